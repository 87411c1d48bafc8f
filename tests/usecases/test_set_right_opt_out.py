"""An opt-out read out of a sentence can be set right; nothing else that opts out can (X6)."""

import pytest

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.errors import ChangedMeanwhile, NotFound, OptedOut, OptOutStands, PermissionDenied
from chalicelib.domain.merchants import ConsentScopeSetting
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.deliver_message import record_provider_opt_out
from chalicelib.usecases.receive_message import receive_message
from chalicelib.usecases.set_right_opt_out import opt_out_of, set_right_opt_out
from tests.support.world import ADA, BOB, CARLA, EVE, MIA, SEATTLE, TACOMA, TACOMA_NUMBER, ZOE, World

SAID = "Please stop texting me"


def asked(world: World, *before: str) -> str:
    """A conversation in which the customer has asked not to be written to."""
    conversation_id = world.talk()
    for said in (*before, SAID):
        world.clock.advance(1000)
        world.text(said)
    world.clock.advance(1000)
    return conversation_id


def test_the_customer_can_be_written_to_again(world: World) -> None:
    conversation_id = asked(world)
    with pytest.raises(OptedOut):
        world.send(conversation_id, "Which size?")
    assert not set_right_opt_out(conversation_id, ADA, world).opted_out
    sent = world.send(conversation_id, "Which size?")
    world.deliver()
    assert world.message(sent).status is MessageStatus.SENT
    assert world.consent() is ConsentState.NONE


def test_the_ledger_and_the_audit_log_say_who_and_about_which_sentence(world: World) -> None:
    conversation_id = asked(world)
    set_right_opt_out(conversation_id, ADA, world)
    mistaken, right = world.table.ledger
    assert (right.source, right.by, right.state) == (ConsentSource.ASSOCIATE, ADA, ConsentState.NONE)
    assert right.evidence == mistaken.evidence == world.thread(conversation_id)[1].id
    assert (right.at, right.id > mistaken.id) == (mistaken.at, True)
    (entry,) = world.table.audit
    assert (entry.act, entry.associate_id, entry.conversation_id) == (
        AuditAct.OPT_OUT_SET_RIGHT, ADA, conversation_id,
    )  # fmt: skip


def test_what_held_before_holds_again_and_no_more_than_that(world: World) -> None:
    conversation_id = asked(world, "STOP", "START")
    opted_in_at = world.table.ledger[1].at
    set_right_opt_out(conversation_id, ADA, world)
    consent = world.consents.state(world.conversation(conversation_id).consent_key)
    assert consent is not None
    assert (consent.state, consent.changed_at) == (ConsentState.OPTED_IN, opted_in_at)


def test_twice_is_once(world: World) -> None:
    conversation_id = asked(world)
    for _ in range(2):
        assert not set_right_opt_out(conversation_id, ADA, world).opted_out
    assert (len(world.table.ledger), len(world.table.audit)) == (2, 1)


def test_the_same_words_again_opt_out_again(world: World) -> None:
    conversation_id = asked(world)
    set_right_opt_out(conversation_id, ADA, world)
    world.clock.advance(1000)
    world.text(SAID)
    assert world.consent() is ConsentState.OPTED_OUT
    assert opt_out_of(world.conversation(conversation_id), world) is not None


@pytest.mark.parametrize("words", [("STOP",), (SAID, "STOP")])
def test_a_keyword_stands(world: World, words: tuple[str, ...]) -> None:
    conversation_id = world.talk()
    for said in words:
        world.clock.advance(1000)
        world.text(said)
    with pytest.raises(OptOutStands):
        set_right_opt_out(conversation_id, ADA, world)
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.table.audit == []


def test_a_second_sentence_is_set_right_along_with_the_first(world: World) -> None:
    conversation_id = asked(world, SAID)
    assert [line.source for line in world.table.ledger] == [ConsentSource.INTENT, ConsentSource.INTENT]
    assert not set_right_opt_out(conversation_id, ADA, world).opted_out
    assert world.consent() is ConsentState.NONE


def test_a_second_sentence_in_another_store_is_for_nobody_here_to_judge(world: World) -> None:
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    conversation_id = world.talk()
    world.text(SAID, recipient=TACOMA_NUMBER)
    world.clock.advance(1000)
    world.text(SAID)
    found = opt_out_of(world.conversation(conversation_id), world)
    assert found is not None
    assert not found.may_be_mistaken
    with pytest.raises(OptOutStands):
        set_right_opt_out(conversation_id, ADA, world)


def test_a_block_list_or_a_complaint_stands_also_after_a_sentence(world: World) -> None:
    conversation_id = asked(world)
    failed = world.thread(conversation_id)[0].failed(FailureReason.OPTED_OUT, world.clock.now())
    record_provider_opt_out(failed, "21610", world)
    assert [line.source for line in world.table.ledger] == [ConsentSource.INTENT, ConsentSource.PROVIDER]
    with pytest.raises(OptOutStands):
        set_right_opt_out(conversation_id, ADA, world)


def test_stop_that_was_written_before_the_sentence_and_came_late_stands(world: World) -> None:
    conversation_id = world.talk()
    event = world.text(SAID)
    late = world.text_event("STOP", written_at=event.received_at - 1, received_at=event.received_at + 1)
    receive_message(late, world)
    with pytest.raises(OptOutStands):
        set_right_opt_out(conversation_id, ADA, world)


def test_stop_that_comes_after_it_was_set_right_counts_though_written_earlier(world: World) -> None:
    conversation_id = world.talk()
    event = world.text(SAID)
    set_right_opt_out(conversation_id, ADA, world)
    receive_message(
        world.text_event("STOP", written_at=event.received_at - 1, received_at=event.received_at + 9), world
    )
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(conversation_id).opted_out


def test_stop_in_the_same_moment_wins(world: World) -> None:
    conversation_id = asked(world)
    set_right = world.consents.set_right

    def overtaken(*args: object) -> bool:
        world.text("STOP")
        return set_right(*args)  # type: ignore[arg-type]  # passed on

    world.consents.set_right = overtaken  # type: ignore[method-assign]  # the customer writes just then
    with pytest.raises(ChangedMeanwhile):
        set_right_opt_out(conversation_id, ADA, world)
    assert world.consent() is ConsentState.OPTED_OUT


def test_only_who_can_read_the_sentence_can_say_what_it_meant(world: World) -> None:
    """The scope is the merchant: the sentence stands in Seattle, and Bob sees Tacoma only."""
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    other = world.conversation_of(CARLA, TACOMA_NUMBER)
    asked(world)
    with pytest.raises(OptOutStands):
        set_right_opt_out(other.id, BOB, world)
    world.conversations.flag_opted_out(other.id, True)
    shown = opt_out_of(world.conversation(other.id), world)
    assert shown is not None
    assert (shown.message_id, shown.may_be_mistaken) == (None, False)


@pytest.mark.parametrize(("who", "refusal"), [(EVE, PermissionDenied), (BOB, NotFound), (ZOE, NotFound)])
def test_nobody_else_may(world: World, who: str, refusal: type[Exception]) -> None:
    conversation_id = asked(world)
    with pytest.raises(refusal):
        set_right_opt_out(conversation_id, who, world)
    assert world.consent() is ConsentState.OPTED_OUT


def test_what_was_deleted_cannot_be_set_right(world: World) -> None:
    conversation_id = asked(world)
    delete_conversation(conversation_id, MIA, world)
    with pytest.raises(NotFound):
        set_right_opt_out(conversation_id, ADA, world)


def test_the_conversation_says_why_nothing_may_be_sent(world: World) -> None:
    conversation_id = asked(world)
    shown = opt_out_of(world.conversation(conversation_id), world)
    assert shown is not None
    assert (shown.source, shown.message_id) == (ConsentSource.INTENT, world.thread(conversation_id)[1].id)
    assert shown.may_be_mistaken


def test_after_a_keyword_there_is_nothing_to_set_right(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    shown = opt_out_of(world.conversation(conversation_id), world)
    assert shown is not None
    assert (shown.source, shown.may_be_mistaken) == (ConsentSource.KEYWORD, False)


def test_a_flag_that_is_out_of_date_shows_nothing(world: World) -> None:
    conversation_id = world.talk()
    world.conversations.flag_opted_out(conversation_id, True)
    assert opt_out_of(world.conversation(conversation_id), world) is None
    assert not set_right_opt_out(conversation_id, ADA, world).opted_out
    assert not world.conversation(conversation_id).opted_out
