"""Texts of unknown outcome: look-up, policy, person (docs/decisions/0012; I3)."""

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import NotRetryable
from chalicelib.domain.merchants import Connection, UnknownPolicy
from chalicelib.domain.messages import (
    GRACE,
    LEASE,
    LONGEST_PAUSE,
    MAX_DOUBT,
    MAX_QUEUED,
    FailureReason,
    Message,
    MessageStatus,
)
from chalicelib.usecases.deliver_message import deliver_message
from chalicelib.usecases.ports import Http, LooksUp, LookupUnclear, SendUnclear, TextSearch, Trace
from chalicelib.usecases.resolve_unknown import LONGEST_LIFE, Resolved, resolve_unknown
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, CARLA, SEATTLE_NUMBER, TWILIO, FakeChannel, World

SID, OTHER_SID = "SM" + "a" * 32, "SM" + "b" * 32


class AskableChannel(FakeChannel):
    """One that can be asked. `list`: what it shows, or what asking it comes to."""

    lookup_lag = 60_000

    def __init__(self) -> None:
        super().__init__()
        self.list: list[Trace] | Exception = []
        self.searches: list[TextSearch] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def find(self, search: TextSearch, connection: Connection, secrets: dict[str, str], http: Http) -> Sequence[Trace]:
        self.searches.append(search)
        self.meanwhile()
        if isinstance(self.list, Exception):
            raise self.list
        return self.list


@pytest.fixture
def channel(world: World) -> AskableChannel:
    channel = AskableChannel()
    world.channels._channel = channel
    world.channel = channel
    return channel


@pytest.fixture
def unknown(world: World, channel: AskableChannel) -> Message:
    """Its time to be looked up has come."""
    message = in_doubt(world, world.talk())
    world.clock.advance(GRACE)
    return message


def in_doubt(world: World, conversation_id: str, body: str = "Hello") -> Message:
    message = world.send(conversation_id, body)
    world.fan_out()
    world.outbound.take()
    world.channel.answers = [SendUnclear()]
    deliver_message(message, 1, world)
    world.circuits.answered(message.connection_id)  # one more that nobody knows of would not be tried
    return world.message(message)


def run(world: World) -> Resolved:
    return resolve_unknown(world.clock.now(), world.clock.now() + 60_000, world)


def trace(world: World, sid: str = SID, status: MessageStatus = MessageStatus.SENT, **fields: object) -> Trace:
    return replace(Trace(provider_id=sid, created_at=world.clock.now() - GRACE, status=status), **fields)


def policy(world: World, chosen: UnknownPolicy) -> None:
    world.change_connection(TWILIO, on_unknown=chosen)


def test_a_text_is_looked_up_after_the_grace_and_not_before(world: World, channel: AskableChannel) -> None:
    message = in_doubt(world, world.talk())
    world.clock.advance(GRACE - 1)
    run(world)
    assert channel.searches == []
    world.clock.advance(1)
    run(world)
    assert channel.searches == [
        TextSearch(
            sender=SEATTLE_NUMBER,
            recipient=Address(CARLA),
            body="Hello",
            since=message.status_at,
            until=message.status_at + LONGEST_LIFE,
        )
    ]


def test_what_a_dead_worker_left_is_searched_from_its_claim_on(world: World, channel: AskableChannel) -> None:
    message = world.send(world.talk(), "Hello")
    claimed = message.claimed("dead", world.clock.now())
    world.messages.claim(claimed, world.clock.now())
    claimed_at = world.clock.now()
    world.clock.advance(9 * LEASE)
    deliver_message(message, 2, world)
    world.clock.advance(GRACE)
    run(world)
    assert (channel.searches[0].since, channel.searches[0].until) == (claimed_at, claimed_at + LONGEST_LIFE)


@pytest.mark.parametrize("status", [MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ])
def test_found_is_as_far_as_the_provider_says(
    world: World, channel: AskableChannel, unknown: Message, status: MessageStatus
) -> None:
    channel.list = [trace(world, status=status)]
    assert run(world).found == 1
    stored = world.message(unknown)
    assert (stored.status, stored.provider_id, stored.due_at, stored.claimed_at) == (status, SID, None, None)


def test_found_as_failed_says_why(world: World, channel: AskableChannel, unknown: Message) -> None:
    channel.list = [trace(world, status=MessageStatus.FAILED, failure=FailureReason.LANDLINE)]
    run(world)
    assert world.message(unknown).failure is FailureReason.LANDLINE


def test_the_providers_block_list_is_consent_also_when_looked_up(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    blocked = trace(world, status=MessageStatus.FAILED, failure=FailureReason.OPTED_OUT, provider_code="21610")
    channel.list = [blocked]
    run(world)
    (line,) = [line for line in world.table.ledger if line.evidence == "21610"]
    assert line.at == blocked.created_at


def test_not_found_is_left_to_a_person(world: World, channel: AskableChannel, unknown: Message) -> None:
    assert run(world).left_to_people == 1
    stored = world.message(unknown)
    assert (stored.status, stored.due_at, stored.can_retry) == (MessageStatus.UNKNOWN, None, True)
    world.clock.advance(GRACE)
    run(world)
    assert len(channel.searches) == 1
    assert channel.to(CARLA).count("Hello") == 0


def test_at_least_once_sends_a_second_time_and_then_asks(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    policy(world, UnknownPolicy.SEND_AGAIN)
    assert run(world).sent_again == 1
    again = world.message(unknown)
    assert (again.status, again.attempt, again.due_at) == (MessageStatus.QUEUED, 2, None)
    channel.answers = [SendUnclear()]
    world.deliver()
    world.clock.advance(GRACE)
    assert run(world).left_to_people == 1
    assert (world.message(unknown).status, world.message(unknown).attempt) == (MessageStatus.UNKNOWN, 2)


def test_what_is_sent_again_by_policy_goes_out_once(world: World, channel: AskableChannel, unknown: Message) -> None:
    policy(world, UnknownPolicy.SEND_AGAIN)
    run(world)
    run(world)
    world.deliver()
    assert world.message(unknown).status is MessageStatus.SENT
    assert channel.to(CARLA).count("Hello") == 1


def test_a_second_attempt_of_a_person_is_not_followed_by_one_of_the_policy(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    policy(world, UnknownPolicy.SEND_AGAIN)
    retry_message(unknown.conversation_id, unknown.id, ADA, world)
    channel.answers = [SendUnclear()]
    world.deliver()
    world.clock.advance(GRACE)
    assert run(world).sent_again == 0


def test_nothing_is_sent_again_in_a_conversation_that_has_ended(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    policy(world, UnknownPolicy.SEND_AGAIN)
    world.clock.advance(LIFETIME)
    run(world)
    assert (world.message(unknown).status, world.message(unknown).due_at) == (MessageStatus.UNKNOWN, None)


def test_an_unclear_look_up_is_repeated_with_growing_pauses(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    channel.list = LookupUnclear("garbled")
    pauses = []
    for _ in range(5):
        run(world)
        due = world.message(unknown).due_at or 0
        pauses.append(due - world.clock.now())
        world.clock.set(due)
    assert pauses == [180_000, 360_000, 720_000, 900_000, 900_000]
    channel.list = [trace(world)]
    run(world)
    assert world.message(unknown).status is MessageStatus.SENT


@pytest.mark.parametrize(
    ("chosen", "status"), [(UnknownPolicy.ASK, MessageStatus.UNKNOWN), (UnknownPolicy.SEND_AGAIN, MessageStatus.QUEUED)]
)
def test_after_the_longest_doubt_the_policy_decides(
    world: World, channel: AskableChannel, unknown: Message, chosen: UnknownPolicy, status: MessageStatus
) -> None:
    policy(world, chosen)
    channel.list = LookupUnclear("redacted")
    world.clock.set(unknown.status_at + MAX_DOUBT)
    run(world)
    assert (world.message(unknown).status, world.message(unknown).due_at) == (status, None)


def test_a_provider_that_does_not_answer_is_asked_for_a_day(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    """Whatever the policy: what it would send again could not leave either."""
    policy(world, UnknownPolicy.SEND_AGAIN)
    channel.list = LookupUnclear("no answer", silent=True)
    world.clock.set(unknown.status_at + MAX_DOUBT)
    assert run(world).later == 1
    world.clock.set(unknown.status_at + MAX_QUEUED)
    assert run(world).sent_again == 1


def test_a_row_that_cannot_be_read_goes_behind_the_others(
    world: World, channel: AskableChannel, unknown: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = in_doubt(world, unknown.conversation_id, "Hello again")
    find = world.conversations.find_message

    def broken(conversation_id: str, message_id: str) -> Message | None:
        if message_id == unknown.id:
            raise ValueError("of no known kind")
        return find(conversation_id, message_id)

    monkeypatch.setattr(world.conversations, "find_message", broken)
    world.clock.advance(GRACE)
    result = run(world)
    assert (result.later, result.left_to_people, world.log.events().count("resolve_failed")) == (1, 1, 1)
    assert world.message(later).due_at is None
    assert run(world).later == 0, "it is not due for a while"
    monkeypatch.undo()
    world.clock.advance(LONGEST_PAUSE)
    assert run(world).left_to_people == 1


def test_a_silent_provider_is_asked_once_in_a_run(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    messages = [in_doubt(world, conversation_id, f"Hello {number}") for number in range(3)]
    world.clock.advance(GRACE)
    channel.list = LookupUnclear("no answer", silent=True)
    assert run(world).later == 3
    assert len(channel.searches) == 1
    assert all(world.message(message).in_doubt for message in messages)


def test_doubt_about_one_text_keeps_no_other(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    for number in range(3):
        in_doubt(world, conversation_id, f"Hello {number}")
    world.clock.advance(GRACE)
    channel.list = LookupUnclear("redacted")
    run(world)
    assert len(channel.searches) == 3


def test_a_mistake_over_one_text_keeps_no_other(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    messages = [in_doubt(world, conversation_id, f"Hello {number}") for number in range(2)]
    world.clock.advance(GRACE)
    channel.meanwhile = lambda: 1 / 0 if len(channel.searches) == 1 else None  # type: ignore[assignment, return-value]  # what it returns is not looked at
    run(world)
    assert [world.message(message).due_at is None for message in messages] == [False, True]
    assert "resolve_failed" in world.log.events()


def test_without_secrets_it_is_tried_later(world: World, channel: AskableChannel, unknown: Message) -> None:
    world.directory.unreadable = True
    assert run(world).later == 1
    assert world.message(unknown).in_doubt


def test_a_provider_that_cannot_be_asked_leaves_it_to_the_policy(world: World) -> None:
    assert not isinstance(world.channel, LooksUp)
    message = in_doubt(world, world.talk())
    world.clock.advance(GRACE)
    assert run(world).left_to_people == 1
    assert world.message(message).due_at is None


def test_a_report_during_the_look_up_wins(world: World, channel: AskableChannel, unknown: Message) -> None:
    channel.list = [trace(world)]
    channel.meanwhile = lambda: world.messages.climb(  # type: ignore[assignment, return-value]  # what it returns is not looked at
        unknown.ref, MessageStatus.DELIVERED, None, OTHER_SID, world.clock.now()
    )
    assert run(world).found == 0
    assert (world.message(unknown).status, world.message(unknown).provider_id) == (MessageStatus.DELIVERED, OTHER_SID)


def test_a_person_may_send_again_while_the_provider_is_asked(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    policy(world, UnknownPolicy.SEND_AGAIN)

    def pressed() -> None:
        retry_message(unknown.conversation_id, unknown.id, ADA, world)
        world.clock.advance(1)

    channel.meanwhile = pressed
    assert run(world).sent_again == 0
    assert world.message(unknown).attempt == 2
    with pytest.raises(NotRetryable):
        retry_message(unknown.conversation_id, unknown.id, ADA, world)


# --- the same words twice -----------------------------------------------------------------------------------------


def test_two_texts_with_the_same_words_never_share_an_id(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    first, second = in_doubt(world, conversation_id), in_doubt(world, conversation_id, "Hello ")
    world.clock.advance(GRACE)
    channel.list = [trace(world)]
    run(world)
    assert (world.message(first).status, world.message(second).status) == (MessageStatus.SENT, MessageStatus.UNKNOWN)
    channel.list = [trace(world), trace(world, OTHER_SID)]
    world.messages.doubt(replace(second, due_at=world.clock.now()), replace(second, due_at=None))
    run(world)
    assert world.message(first).provider_id == SID


def test_each_of_two_gets_its_own_in_order(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    messages = [in_doubt(world, conversation_id), in_doubt(world, conversation_id)]
    world.clock.advance(GRACE)
    channel.list = [trace(world), trace(world, OTHER_SID)]
    assert run(world).found == 2
    assert [world.message(message).provider_id for message in messages] == [SID, OTHER_SID]


def test_the_id_of_a_text_that_was_sent_is_nobody_elses(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    sent = world.send(conversation_id, "Hello")
    world.deliver()
    message = in_doubt(world, conversation_id)
    world.clock.advance(GRACE)
    channel.list = [trace(world, world.message(sent).provider_id or "")]
    assert run(world).left_to_people == 1
    assert world.message(message).status is MessageStatus.UNKNOWN


def test_the_id_of_an_earlier_attempt_is_not_taken_for_the_next(world: World, channel: AskableChannel) -> None:
    message = world.send(world.talk(), "Hello")
    world.deliver()
    spent = world.message(message).provider_id or ""
    world.messages.climb(message.ref, MessageStatus.FAILED, FailureReason.UNREACHABLE, spent, world.clock.now())
    retry_message(message.conversation_id, message.id, ADA, world)
    channel.answers = [SendUnclear()]
    world.deliver()
    world.clock.advance(GRACE)
    channel.list = [trace(world, spent)]
    assert run(world).left_to_people == 1


def test_it_waits_while_one_with_the_same_words_is_on_its_way(
    world: World, channel: AskableChannel, unknown: Message
) -> None:
    twin = world.send(unknown.conversation_id, "Hello")
    world.messages.claim(twin.claimed("worker", world.clock.now()), world.clock.now())
    channel.list = [trace(world)]
    assert run(world).later == 1
    assert world.message(unknown).in_doubt


# --- many at once -------------------------------------------------------------------------------------------------


def test_many_are_worked_off_page_by_page(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    for number in range(60):
        in_doubt(world, conversation_id, f"Hello {number}")
    world.clock.advance(GRACE)
    assert run(world).left_to_people == 60


def test_a_run_stops_when_its_time_is_over_and_the_next_goes_on(world: World, channel: AskableChannel) -> None:
    conversation_id = world.talk()
    for number in range(3):
        in_doubt(world, conversation_id, f"Hello {number}")
    world.clock.advance(GRACE)
    stop_at = world.clock.now() + 10
    channel.meanwhile = lambda: world.clock.advance(10)  # type: ignore[assignment, return-value]  # what it returns is not looked at
    assert not resolve_unknown(world.clock.now(), stop_at, world).finished
    channel.meanwhile = lambda: None
    assert run(world).left_to_people == 2
