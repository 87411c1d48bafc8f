"""The send state machine (docs/requirements.md, Unclear sends; I3, I6, I9)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.circuit import FIRST_BUSY_REST, FIRST_REST, TOLERATED, Trouble
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import LEASE, MAX_QUEUED, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.usecases.apply_delivery_status import apply_delivery_status
from chalicelib.usecases.deliver_message import RetryLater, deliver_message, pause_after
from chalicelib.usecases.ports import SendError, SendUnclear
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, CARLA, DAY, World
from tests.usecases.test_apply_delivery_status import report

LATER = SendError(FailureReason.UNSPECIFIED, retryable=True)
DOWN = SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)
BUSY = SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY)


@pytest.fixture
def queued(world: World) -> Message:
    """A message on the queue, not yet taken from it."""
    message = world.send(world.talk(), "Hello")
    world.fan_out()
    world.outbound.take()
    return message


def test_a_sent_message_carries_the_providers_id_and_no_lease(world: World, queued: Message) -> None:
    assert deliver_message(queued, 1, world) is None
    stored = world.message(queued)
    assert (stored.status, stored.provider_id) == (MessageStatus.SENT, "SM" + "2".zfill(32))
    assert (stored.lease_owner, stored.lease_until) == (None, None)


def test_the_provider_gets_our_signed_reference(world: World, queued: Message) -> None:
    deliver_message(queued, 1, world)
    url = world.channel.sent[-1].callback_url
    prefix = "https://api.example.test/webhooks/twilio/con-twilio/status/"
    assert url.startswith(prefix)
    value = world.references.read("delivery.con-twilio", url.removeprefix(prefix), now=world.clock.now())
    assert value == [queued.conversation_id, queued.id, 1]


def test_the_same_queue_entry_twice_is_one_text(world: World, queued: Message) -> None:
    deliver_message(queued, 1, world)
    assert deliver_message(queued, 2, world) is None
    assert world.channel.to(CARLA).count("Hello") == 1


@pytest.mark.parametrize(
    ("reason", "code"),
    [(FailureReason.NOT_MOBILE, "21614"), (FailureReason.LANDLINE, "30006"), (FailureReason.REJECTED, "")],
)
def test_a_refusal_fails_the_message_with_its_reason(
    world: World, queued: Message, reason: FailureReason, code: str
) -> None:
    world.channel.answers = [SendError(reason, provider_code=code)]
    assert deliver_message(queued, 1, world) is None
    assert (world.message(queued).status, world.message(queued).failure) == (MessageStatus.FAILED, reason)
    assert world.consent() is ConsentState.NONE


def test_21610_writes_our_ledger(world: World, queued: Message) -> None:
    world.channel.answers = [SendError(FailureReason.OPTED_OUT, provider_code="21610")]
    deliver_message(queued, 1, world)
    change = world.table.ledger[-1]
    assert (world.consent(), change.source, change.evidence) == (ConsentState.OPTED_OUT, "provider", "21610")
    assert world.conversation(queued.conversation_id).opted_out


def test_21610_reaches_the_ledger_though_the_table_refused_at_first(world: World, queued: Message) -> None:
    world.channel.answers = [SendError(FailureReason.OPTED_OUT, provider_code="21610")]
    state = world.consents.state

    def refuse_once(key: object) -> object:
        world.consents.state = state  # type: ignore[method-assign]  # once only
        raise Unavailable

    world.consents.state = refuse_once  # type: ignore[assignment,method-assign]  # fails after the status is stored
    with pytest.raises(Unavailable):
        deliver_message(queued, 1, world)
    deliver_message(queued, 2, world)
    assert world.consent() is ConsentState.OPTED_OUT


def test_a_repeated_21610_does_not_undo_a_newer_start(world: World, queued: Message) -> None:
    world.channel.answers = [SendError(FailureReason.OPTED_OUT, provider_code="21610")]
    deliver_message(queued, 1, world)
    world.clock.advance(1000)
    world.text("START")
    deliver_message(queued, 2, world)
    assert world.consent() is ConsentState.OPTED_IN
    assert not world.conversation(queued.conversation_id).opted_out


def test_a_busy_provider_is_asked_again_later_and_later(world: World, queued: Message) -> None:
    pauses = []
    for tries in range(1, 12):
        world.channel.answers = [LATER]
        later = deliver_message(queued, tries, world)
        assert isinstance(later, RetryLater)
        pauses.append(later.pause)
    assert pauses[:4] == [2000, 4000, 8000, 16000]
    assert pauses[-1] == 300_000
    assert world.message(queued).status is MessageStatus.QUEUED
    assert deliver_message(queued, 12, world) is None
    assert world.message(queued).status is MessageStatus.SENT


def test_texts_of_a_connection_that_is_down_wait_unclaimed_until_one_gets_through(
    world: World, queued: Message
) -> None:
    for tries in range(1, TOLERATED):
        world.channel.answers = [DOWN]
        assert deliver_message(queued, tries, world) == RetryLater(pause_after(tries))
    world.channel.answers = [DOWN]
    assert deliver_message(queued, TOLERATED, world) == RetryLater(FIRST_REST)
    requests = world.table.requests
    assert deliver_message(queued, 9, world) == RetryLater(FIRST_REST)
    assert world.table.requests == requests, "it was not claimed"
    world.clock.advance(FIRST_REST)
    assert deliver_message(queued, 10, world) is None
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_provider_that_is_slow_costs_a_few_texts_their_certainty_and_not_all(world: World) -> None:
    conversation_id = world.talk()
    messages = [world.send(conversation_id, f"Hello {number}") for number in range(10)]
    world.channel.answers = [SendUnclear("no answer") for _ in messages]
    world.deliver()
    statuses = [world.message(message).status for message in messages]
    assert statuses == [MessageStatus.UNKNOWN] * TOLERATED + [MessageStatus.QUEUED] * (10 - TOLERATED)


def test_no_text_is_risked_for_finding_out_whether_the_provider_is_back(world: World, queued: Message) -> None:
    for _ in range(TOLERATED):
        world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    world.clock.advance(FIRST_REST)
    world.channel.up = False
    assert deliver_message(queued, 5, world) == RetryLater(2 * FIRST_REST)
    assert world.message(queued).status is MessageStatus.QUEUED
    world.clock.advance(2 * FIRST_REST)
    world.channel.up = True
    assert deliver_message(queued, 6, world) is None
    assert world.message(queued).status is MessageStatus.SENT


def test_a_connection_that_is_gone_is_not_asked(world: World, queued: Message) -> None:
    for _ in range(TOLERATED):
        world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    world.clock.advance(FIRST_REST)
    del world.table.connections[queued.connection_id]
    deliver_message(queued, 5, world)
    assert world.message(queued).failure is FailureReason.ACCOUNT_PROBLEM


def test_a_provider_that_answers_questions_and_takes_no_texts_is_left_alone_for_longer(
    world: World, queued: Message
) -> None:
    for _ in range(TOLERATED):
        world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    world.clock.advance(FIRST_REST)
    world.channel.answers = [DOWN]
    assert deliver_message(queued, 5, world) == RetryLater(2 * FIRST_REST)


@pytest.mark.parametrize("answer", [SendError(FailureReason.LANDLINE), LATER])
def test_a_provider_that_refuses_one_text_is_not_down(world: World, queued: Message, answer: SendError) -> None:
    world.channel.answers = [DOWN, DOWN, answer]
    for tries in range(1, 4):
        deliver_message(queued, tries, world)
    for _ in range(TOLERATED - 1):
        world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    assert world.circuits.pause(queued.connection_id) == 0


def test_our_own_trouble_is_not_the_providers(world: World, queued: Message) -> None:
    world.directory.unreadable = True
    for tries in range(1, 6):
        assert deliver_message(queued, tries, world) == RetryLater(pause_after(tries))


def test_a_provider_that_wants_fewer_requests_gets_them_later_and_not_much_later(world: World, queued: Message) -> None:
    """However often this text has been tried before."""
    world.channel.answers = [BUSY]
    assert deliver_message(queued, 90, world) == RetryLater(FIRST_BUSY_REST)
    assert deliver_message(queued, 91, world) == RetryLater(FIRST_BUSY_REST)
    world.clock.advance(FIRST_BUSY_REST)
    assert deliver_message(queued, 92, world) is None


def test_a_message_too_old_fails_also_while_its_connection_is_left_alone(world: World, queued: Message) -> None:
    for _ in range(TOLERATED):
        world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    world.clock.set(queued.created_at + MAX_QUEUED)
    world.circuits.troubled(queued.connection_id, Trouble.DOWN)
    assert deliver_message(queued, 9, world) is None
    assert world.message(queued).failure is FailureReason.TOO_LONG_QUEUED


def test_a_message_too_old_whose_worker_died_is_unknown(world: World, queued: Message) -> None:
    """And not `sending` for ever: nobody comes back for it once its queue entry is gone."""
    world.clock.set(queued.created_at + MAX_QUEUED - 1)
    world.messages.claim(queued.claimed("who dies", world.clock.now()), world.clock.now())
    world.clock.advance(1)
    assert deliver_message(queued, 9, world) == RetryLater(LEASE - 1)
    world.clock.advance(LEASE)
    assert deliver_message(queued, 10, world) is None
    assert world.message(queued).status is MessageStatus.UNKNOWN


def test_giving_a_message_back_does_not_queue_it_twice(world: World, queued: Message) -> None:
    world.fan_out()
    world.channel.answers = [LATER]
    deliver_message(queued, 1, world)
    world.fan_out()
    assert world.outbound.messages == []


def test_an_unclear_send_is_unknown_and_is_not_repeated(world: World, queued: Message) -> None:
    world.channel.answers = [SendUnclear("no answer")]
    assert deliver_message(queued, 1, world) is None
    assert deliver_message(queued, 2, world) is None
    assert world.message(queued).status is MessageStatus.UNKNOWN
    assert "Hello" not in world.channel.to(CARLA)


def test_secrets_that_cannot_be_read_keep_the_message_queued(world: World, queued: Message) -> None:
    world.directory.unreadable = True
    assert isinstance(deliver_message(queued, 1, world), RetryLater)
    assert world.message(queued).status is MessageStatus.QUEUED
    world.directory.unreadable = False
    world.clock.advance(LEASE)
    deliver_message(queued, 2, world)
    assert world.message(queued).status is MessageStatus.SENT


def test_a_connection_that_is_gone_fails_the_message(world: World, queued: Message) -> None:
    del world.table.connections["con-twilio"]
    deliver_message(queued, 1, world)
    assert world.message(queued).failure is FailureReason.ACCOUNT_PROBLEM


def test_a_worker_that_died_leaves_an_unknown_message_after_its_lease(world: World, queued: Message) -> None:
    world.channel.answers = [RuntimeError("killed")]
    with pytest.raises(RuntimeError):
        deliver_message(queued, 1, world)
    world.clock.advance(LEASE - 1)
    assert deliver_message(queued, 2, world) == RetryLater(1)
    assert world.message(queued).status is MessageStatus.SENDING
    world.clock.advance(1)
    assert deliver_message(queued, 3, world) is None
    assert world.message(queued).status is MessageStatus.UNKNOWN
    assert "Hello" not in world.channel.to(CARLA)


def test_two_workers_send_once(world: World, queued: Message) -> None:
    second = []
    world.channel.answers = [lambda: second.append(deliver_message(queued, 2, world))]
    deliver_message(queued, 1, world)
    assert second == [RetryLater(LEASE)]
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_slow_worker_taken_for_dead_still_proves_that_it_sent(world: World, queued: Message) -> None:
    def taken_for_dead() -> None:
        world.clock.advance(LEASE)
        deliver_message(queued, 2, world)
        assert world.message(queued).status is MessageStatus.UNKNOWN

    world.channel.answers = [taken_for_dead]
    deliver_message(queued, 1, world)
    assert world.message(queued).status is MessageStatus.SENT


def test_a_slow_worker_does_not_touch_the_next_attempt(world: World, queued: Message) -> None:
    def retried_meanwhile() -> None:
        world.clock.advance(LEASE)
        deliver_message(queued, 2, world)
        retry_message(queued.conversation_id, queued.id, ADA, world)

    world.channel.answers = [retried_meanwhile]
    deliver_message(queued, 1, world)
    stored = world.message(queued)
    assert (stored.status, stored.attempt) == (MessageStatus.QUEUED, 2)


def test_a_callback_that_overtakes_the_answer_wins(world: World, queued: Message) -> None:
    world.channel.answers = [lambda: apply_delivery_status(report(queued, MessageStatus.DELIVERED), world)]
    deliver_message(queued, 1, world)
    assert world.message(queued).status is MessageStatus.DELIVERED


def test_an_opt_out_between_queue_and_provider_blocks(world: World, queued: Message) -> None:
    world.text("STOP")
    assert deliver_message(queued, 1, world) is None
    assert world.message(queued).failure is FailureReason.OPTED_OUT
    assert "Hello" not in world.channel.to(CARLA)


def test_only_answers_to_stop_and_help_reach_the_opted_out(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    world.text("HELP")
    world.deliver()
    sent = {m.kind for m in world.thread(conversation_id) if m.status is MessageStatus.SENT}
    assert sent == {MessageKind.TEXT, MessageKind.OPT_OUT_CONFIRMATION, MessageKind.HELP_ANSWER}


def test_what_was_said_in_the_last_instant_goes_out_for_it_prolonged_the_conversation(world: World) -> None:
    conversation_id = world.talk()
    world.clock.set(world.conversation(conversation_id).expires_at - 1)
    message = world.send(conversation_id, "Hello")
    world.fan_out()
    world.outbound.take()
    world.clock.advance(1)
    deliver_message(message, 1, world)
    assert "Hello" in world.channel.to(CARLA)


def test_from_the_instant_of_expiry_nothing_goes_out(world: World) -> None:
    conversation_id = world.talk()
    message = world.send(conversation_id, "Hello")
    world.fan_out()
    world.outbound.take()
    gone = replace(message, expires_at=world.clock.now())
    world.table.put_message(gone)
    past = replace(world.conversation(conversation_id), last_activity_at=world.clock.now() - LIFETIME)
    world.table.put_conversation(past)
    deliver_message(gone, 1, world)
    assert world.message(message).failure is FailureReason.CONVERSATION_ENDED
    assert "Hello" not in world.channel.to(CARLA)


def test_what_was_sent_again_at_the_last_moment_goes_out_if_the_customer_prolonged_the_conversation(
    world: World,
) -> None:
    conversation_id = world.talk()
    world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
    message = world.send(conversation_id, "Hello")
    world.deliver()
    expiry = world.conversation(conversation_id).expires_at
    world.clock.set(expiry - 2)
    again = retry_message(conversation_id, message.id, ADA, world)
    world.clock.advance(1)
    world.text("Still there?")
    world.clock.advance(1)
    assert isinstance(deliver_message(again, 1, world), RetryLater)
    assert deliver_message(again, 2, world) is None
    assert world.message(message).status is MessageStatus.SENT
    assert world.message(message).expires_at == world.conversation(conversation_id).expires_at
    assert "Hello" in world.channel.to(CARLA)


def test_a_message_that_waited_for_a_day_fails_instead_of_surprising(world: World, queued: Message) -> None:
    world.channel.answers = [LATER]
    deliver_message(queued, 1, world)
    world.clock.set(queued.created_at + MAX_QUEUED - 1)
    world.channel.answers = [LATER]
    assert isinstance(deliver_message(queued, 2, world), RetryLater)
    world.clock.advance(1)
    assert deliver_message(queued, 3, world) is None
    assert world.message(queued).failure is FailureReason.TOO_LONG_QUEUED


def test_an_old_queue_entry_does_not_fail_what_was_sent_long_ago(world: World, queued: Message) -> None:
    deliver_message(queued, 1, world)
    world.clock.advance(2 * DAY)
    deliver_message(queued, 2, world)
    assert world.message(queued).status is MessageStatus.SENT


def test_an_erased_message_is_not_sent(world: World, queued: Message) -> None:
    world.table.messages.clear()
    assert deliver_message(queued, 1, world) is None
    assert "Hello" not in world.channel.to(CARLA)


def test_a_refusing_table_leaves_the_entry_to_come_back(world: World, queued: Message) -> None:
    world.table.refuse()
    with pytest.raises(Unavailable):
        deliver_message(queued, 1, world)
    deliver_message(queued, 2, world)
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_lost_outcome_is_unknown_and_not_a_second_text(world: World, queued: Message) -> None:
    """The table refuses right after the provider took the text."""
    world.channel.answers = [lambda: world.table.refuse(1)]
    with pytest.raises(Unavailable):
        deliver_message(queued, 1, world)
    world.clock.advance(LEASE)
    deliver_message(queued, 2, world)
    assert world.message(queued).status is MessageStatus.UNKNOWN
    assert world.channel.to(CARLA).count("Hello") == 1


def test_the_log_names_ids_and_codes_only(world: World, queued: Message) -> None:
    world.channel.answers = [SendError(FailureReason.NOT_MOBILE, provider_code="21614")]
    deliver_message(queued, 1, world)
    line = world.log.lines[-1]
    assert (line.event, line.fields["provider_code"]) == ("send_refused", "21614")
    assert CARLA not in str(world.log.lines)
    assert "Hello" not in str(world.log.lines)
