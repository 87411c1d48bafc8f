"""Where a store's setting asks for it, only a request goes out until the customer answers (N6, N7)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.conversations import LIFETIME, ConversationState
from chalicelib.domain.errors import (
    ConversationEnded,
    CustomerUnreachable,
    IdempotencyConflict,
    InvalidInput,
    OptedOut,
    OptInPending,
)
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.keywords import opt_in_confirmation, opt_out_confirmation
from chalicelib.domain.merchants import ChatLinkSetting, ConsentScopeSetting, OptInSetting
from chalicelib.domain.messages import BODY_LIMIT, FailureReason, MessageKind, MessageStatus
from chalicelib.domain.opt_in import REQUEST_PAUSE, REQUEST_WORDING, request_text
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from chalicelib.usecases.expire_conversations import expire_conversations
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, BOB, CARLA, HOUR, MERCHANT, MIA, SEATTLE, TACOMA, World

STORE = "Pine Street Shoes"
ASKED = request_text(STORE, "Your boots are here.")
IN, OUT = opt_in_confirmation(STORE), opt_out_confirmation(STORE)
KEY = ConsentKey(MERCHANT, "sms", CARLA, SEATTLE)
REQUESTED, OPEN = ConversationState.REQUESTED, ConversationState.OPEN


@pytest.fixture
def world(world: World) -> World:
    world.change_store(opt_in=OptInSetting.REQUIRED)
    world.change_store(TACOMA, opt_in=OptInSetting.REQUIRED)
    return world


@pytest.fixture
def asked(world: World) -> str:
    """The conversation of a request that has arrived."""
    return world.talk()


def test_starting_sends_the_request_alone(world: World, asked: str) -> None:
    conversation = world.conversation(asked)
    assert world.channel.to(CARLA) == [ASKED]
    assert (conversation.state, conversation.requested_at) == (REQUESTED, conversation.created_at)
    (message,) = world.thread(asked)
    assert (message.kind, message.author_id) == (MessageKind.OPT_IN_REQUEST, ADA)


def test_the_evidence_is_there_before_the_text_leaves(world: World) -> None:
    conversation_id = world.start()
    (line,) = world.table.ledger
    (request,) = world.thread(conversation_id)
    assert world.channel.sent == []
    assert (line.state, line.source) == (ConsentState.REQUESTED, ConsentSource.REQUEST)
    assert (line.evidence, line.wording) == (request.id, REQUEST_WORDING)
    assert world.consent() is ConsentState.REQUESTED


def test_nothing_else_is_sent_until_the_customer_answers(world: World, asked: str) -> None:
    with pytest.raises(OptInPending):
        world.send(asked)
    with pytest.raises(OptInPending):
        world.hold(asked, world.clock.now() + HOUR)
    with pytest.raises(OptInPending):
        world.start(body="Once more")
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED]


@pytest.mark.parametrize("said", ["YES", "yes!", "Start", "UNSTOP"])
def test_a_yes_opts_in_with_one_confirmation(world: World, asked: str, said: str) -> None:
    world.text(said)
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED, IN]
    assert world.consent() is ConsentState.OPTED_IN
    conversation = world.conversation(asked)
    assert (conversation.state, conversation.requested_at, conversation.unread) == (OPEN, None, 1)
    world.send(asked, "Lovely")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Lovely"


def test_the_yes_has_the_request_and_its_wording_as_evidence(world: World, asked: str) -> None:
    request = world.thread(asked)[0]
    world.text("YES")
    line = world.table.ledger[-1]
    answer = world.thread(asked)[1]
    assert (line.id, line.state) == (answer.id, ConsentState.OPTED_IN)
    assert (line.source, line.evidence, line.wording) == (ConsentSource.REQUEST, request.id, REQUEST_WORDING)


def test_a_repeated_yes_is_one_yes(world: World, asked: str) -> None:
    event = world.text("YES")
    world.text("YES", provider_id=event.provider_id)
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED, IN]
    assert len(world.table.ledger) == 2


def test_stop_opts_out_with_one_confirmation_and_start_brings_back(world: World, asked: str) -> None:
    world.text("STOP")
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED, OUT]
    assert (world.conversation(asked).state, world.conversation(asked).opted_out) == (OPEN, True)
    with pytest.raises(OptedOut):
        world.send(asked)
    with pytest.raises(OptedOut):
        world.start()
    world.text("START")
    world.send(asked, "Welcome back")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Welcome back"


def test_an_ordinary_answer_lets_the_store_answer_and_is_no_opt_in(world: World, asked: str) -> None:
    """The customer wrote: that is conversational consent, for this conversation."""
    world.text("Who is this?")
    assert world.conversation(asked).state is OPEN
    assert world.consent() is ConsentState.REQUESTED
    world.send(asked, "Ada of the shoe shop")
    world.text("Yes")
    world.deliver()
    assert world.consent() is ConsentState.OPTED_IN
    assert world.channel.to(CARLA) == [ASKED, "Ada of the shoe shop", IN]


def test_asking_for_help_is_answered_and_goes_on_waiting(world: World, asked: str) -> None:
    world.text("HELP")
    world.deliver()
    assert len(world.channel.to(CARLA)) == 2
    assert world.conversation(asked).state is REQUESTED
    with pytest.raises(OptInPending):
        world.send(asked)


def test_a_machine_does_not_answer_a_request(world: World, asked: str) -> None:
    world.text("I am away", automatic=True)
    assert world.conversation(asked).state is REQUESTED
    assert world.bodies(asked) == [ASKED, "I am away"]


def test_who_agreed_before_is_not_asked(world: World) -> None:
    asked = world.talk()
    world.text("YES")
    close_conversation(asked, ADA, world)
    assert world.start(world.order(external_id="2"), "Your laces are here.") == asked
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Your laces are here."
    assert world.conversation(asked).state is OPEN


def test_who_wrote_first_is_not_asked(world: World) -> None:
    world.text("Is my order ready?")
    conversation_id = world.start(body="It is.")
    world.deliver()
    assert world.channel.to(CARLA) == ["It is."]
    assert world.conversation(conversation_id).state is OPEN


def test_who_wrote_long_ago_is_asked(world: World) -> None:
    world.text("Is my order ready?")
    conversation_id = world.conversation_of().id
    close_conversation(conversation_id, ADA, world)
    assert world.start() == conversation_id
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED]
    assert world.conversation(conversation_id).state is REQUESTED


def test_there_is_one_request_in_120_days(world: World, asked: str) -> None:
    close_conversation(asked, ADA, world)
    with pytest.raises(OptInPending) as refused:
        world.start()
    at = world.thread(asked)[0].created_at
    assert refused.value.details == {"until": at + REQUEST_PAUSE}
    world.clock.advance(at + REQUEST_PAUSE - world.clock.now())
    again = world.start(world.order(external_id="2"))
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED, ASKED]
    assert world.conversation(again).state is REQUESTED


def test_a_colleague_and_a_store_of_the_same_scope_do_not_ask_twice(world: World) -> None:
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    world.talk()
    with pytest.raises(OptInPending):
        world.start(world.order(external_id="2", location="77"), associate_id=BOB)


def test_another_scope_asks_for_itself(world: World) -> None:
    world.talk()
    elsewhere = world.start(world.order(external_id="2", location="77"), associate_id=BOB)
    assert world.conversation(elsewhere).state is REQUESTED


def test_a_stop_that_comes_in_the_same_moment_wins(world: World) -> None:
    """It committed after consent was read: the request's transaction refuses."""
    world.text("STOP", recipient=world.table.stores[SEATTLE].proxy)
    key, table = KEY, world.table
    stopped = table.consents.pop(key)
    order = world.order()
    open_it = world.conversations.open

    def overtaken(command: object) -> object:
        world.conversations.open = open_it  # type: ignore[method-assign]  # once only
        table.consents[key] = stopped
        return open_it(command)  # type: ignore[arg-type]  # passes on what it got

    close_conversation(world.conversation_of().id, ADA, world)
    world.conversations.open = overtaken  # type: ignore[assignment,method-assign]  # interleaves a webhook
    with pytest.raises(OptedOut):
        world.start(order)
    assert world.consent() is ConsentState.OPTED_OUT
    assert [line.state for line in table.ledger] == [ConsentState.OPTED_OUT]


def test_a_stop_from_before_the_request_that_arrives_late_counts(world: World, asked: str) -> None:
    """What we did is no act of the customer's."""
    before = world.conversation(asked).created_at - 5000
    world.text("STOP", written_at=before)
    assert world.consent() is ConsentState.OPTED_OUT
    with pytest.raises(OptedOut):
        world.send(asked)


def test_the_same_request_again_is_one_text(world: World) -> None:
    order = world.order()
    first = world.start(order, idempotency_key="key-1")
    assert world.start(order, idempotency_key="key-1") == first
    with pytest.raises(IdempotencyConflict):
        world.start(order, "Other", idempotency_key="key-1")
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED]


def test_words_that_leave_no_room_are_refused(world: World) -> None:
    with pytest.raises(InvalidInput):
        world.start(body="x" * (BODY_LIMIT - 50))
    assert not world.table.ledger


def test_a_request_that_did_not_arrive_can_be_sent_again(world: World) -> None:
    world.channel.answers.append(SendError(FailureReason.UNREACHABLE))
    asked = world.start()
    world.deliver()
    (failed,) = world.thread(asked)
    assert failed.status is MessageStatus.FAILED
    retry_message(asked, failed.id, ADA, world)
    world.deliver()
    assert world.channel.to(CARLA) == [ASKED]


def test_a_text_from_before_is_not_sent_again_while_a_request_waits(world: World) -> None:
    world.text("Hello?")
    conversation_id = world.conversation_of().id
    world.channel.answers.append(SendError(FailureReason.UNREACHABLE))
    failed = world.send(conversation_id)
    world.deliver()
    close_conversation(conversation_id, ADA, world)
    world.start()
    with pytest.raises(OptInPending):
        retry_message(conversation_id, failed.id, ADA, world)


def test_a_block_list_of_the_providers_opts_out(world: World) -> None:
    world.channel.answers.append(SendError(FailureReason.OPTED_OUT, provider_code="21610"))
    asked = world.talk()
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(asked).opted_out


def test_it_is_in_the_inbox_with_when_it_was_sent(world: World, asked: str) -> None:
    (row,) = world.conversations.inbox(SEATTLE, "open", world.clock.now(), 10, None).rows
    assert (row.state, row.requested_at) == (REQUESTED, world.conversation(asked).created_at)


def test_it_is_closed_and_reopened_as_it_was(world: World, asked: str) -> None:
    assert close_conversation(asked, ADA, world).state is ConversationState.CLOSED
    assert reopen_conversation(asked, ADA, world).state is REQUESTED


def test_a_yes_to_a_closed_one_opts_in_and_does_not_reopen_it(world: World, asked: str) -> None:
    close_conversation(asked, ADA, world)
    world.text("YES")
    world.deliver()
    assert world.consent() is ConsentState.OPTED_IN
    assert world.channel.to(CARLA) == [ASKED, IN]
    assert world.conversation(asked).state is ConversationState.CLOSED
    assert reopen_conversation(asked, ADA, world).state is OPEN


def test_it_is_handed_over_like_any(world: World, asked: str) -> None:
    command = AssignCommand(conversation_id=asked, associate_id=ADA, to=MIA, was=ADA)
    assert assign_conversation(command, world).assignee_id == MIA
    assert world.conversation(asked).assignee_id == MIA


def test_it_expires_and_a_late_yes_still_opts_in(world: World, asked: str) -> None:
    world.clock.advance(LIFETIME)
    with pytest.raises(ConversationEnded):
        world.send(asked)
    assert expire_conversations(world.clock.now(), world.clock.now() + 1, world).expired == 1
    assert world.conversation(asked).state is ConversationState.EXPIRED
    world.text("YES")
    assert world.consent() is ConsentState.OPTED_IN


def test_a_deleted_one_says_nothing_and_is_not_asked_again(world: World, asked: str) -> None:
    delete_conversation(asked, ADA, world)
    assert world.conversation(asked).requested_at is None
    with pytest.raises(OptInPending):
        world.start()


def test_closing_the_order_closes_it(world: World, asked: str) -> None:
    world.order(closed_at=world.clock.now(), updated_at=world.clock.now())
    world.fan_out()
    assert world.conversation(asked).state is ConversationState.CLOSED


def test_the_chat_page_comes_after_the_yes(world: World) -> None:
    """The link would be more than the request."""
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    asked = world.talk()
    assert world.channel.to(CARLA) == [ASKED]
    world.text("YES")
    chat = world.start(world.order(external_id="2"))
    world.deliver()
    assert chat != asked
    assert "/chat#" in world.channel.to(CARLA)[-1]


def test_who_has_no_phone_cannot_be_asked(world: World) -> None:
    world.change_store(chat_link=ChatLinkSetting.IN_MAIL)
    mail_only = ShopCustomer(external_id="c-2", first_name="Carla", email="carla@mail.example")
    order = world.order(external_id="2", customer=mail_only)
    with pytest.raises(CustomerUnreachable):
        world.start(order)
    assert not world.table.messages


def test_a_yes_heard_elsewhere_opens_it_by_starting_again(world: World) -> None:
    """In another conversation of the scope: who has agreed is not kept waiting."""
    asked = world.talk()
    world.table.consents[KEY] = replace(world.table.consents[KEY], state=ConsentState.OPTED_IN)
    assert world.start(world.order(external_id="2"), "Your laces are here.") == asked
    assert world.conversation(asked).state is OPEN


def test_without_the_setting_all_is_as_it_was(world: World) -> None:
    world.change_store(opt_in=OptInSetting.NOT_REQUIRED)
    conversation_id = world.start()
    assert world.conversation(conversation_id).state is OPEN
    assert not world.table.ledger


def test_a_question_as_an_answer_waits_for_one_too(world: World, asked: str) -> None:
    """X18 begins with what the customer asks, whatever let the store answer."""
    world.change_store(reassign_after=30)
    world.text("Are they brown?")
    assert asked in world.table.unanswered


def test_a_plain_yes_waits_for_nobody(world: World, asked: str) -> None:
    world.change_store(reassign_after=30)
    world.text("YES")
    assert world.table.unanswered == {}
