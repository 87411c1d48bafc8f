"""Delivery reports: the status only climbs (I8), whatever comes late, twice or for an older attempt."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import DeliveryReported
from chalicelib.domain.messages import FailureReason, Message, MessageRef, MessageStatus
from chalicelib.usecases.apply_delivery_status import apply_delivery_status
from chalicelib.usecases.ports import SendUnclear
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, TWILIO, World

SENT, DELIVERED, READ, FAILED = (
    MessageStatus.SENT,
    MessageStatus.DELIVERED,
    MessageStatus.READ,
    MessageStatus.FAILED,
)


def report(
    message: Message, status: MessageStatus, failure: FailureReason | None = None, attempt: int = 1
) -> DeliveryReported:
    return DeliveryReported(
        connection_id=TWILIO,
        ref=MessageRef(message.conversation_id, message.id, attempt),
        provider_id="SM" + "9" * 32,
        status=status,
        failure=failure,
        provider_code="21610" if failure is FailureReason.OPTED_OUT else "",
    )


def sent(world: World) -> Message:
    message = world.send(world.talk(), "Hello")
    world.deliver()
    return message


def test_a_bubble_goes_from_sent_to_delivered(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, DELIVERED), world)
    assert world.message(message).status is DELIVERED


def test_it_costs_one_request(world: World) -> None:
    message = sent(world)
    before = world.table.requests
    apply_delivery_status(report(message, DELIVERED), world)
    assert world.table.requests - before == 1


@pytest.mark.parametrize("order", list(itertools.permutations([SENT, DELIVERED, READ])))
def test_any_order_of_reports_ends_the_same(world: World, order: tuple[MessageStatus, ...]) -> None:
    message = sent(world)
    for status in order:
        apply_delivery_status(report(message, status), world)
    assert world.message(message).status is READ


@settings(deadline=None)
@given(st.lists(st.sampled_from([SENT, DELIVERED, READ, FAILED]), min_size=1, max_size=8))
def test_the_highest_report_wins(statuses: list[MessageStatus]) -> None:
    world = World()
    message = sent(world)
    rank = list(MessageStatus)
    for status in statuses:
        failure = FailureReason.UNREACHABLE if status is FAILED else None
        apply_delivery_status(report(message, status, failure), world)
    stored = world.message(message)
    assert stored.status is max([SENT, *statuses], key=rank.index)
    assert (stored.failure is not None) == (stored.status is FAILED)


def test_a_landline_fails_with_its_reason(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, FAILED, FailureReason.LANDLINE), world)
    assert world.message(message).failure is FailureReason.LANDLINE


def test_a_late_failure_does_not_undo_proof_of_delivery(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, DELIVERED), world)
    apply_delivery_status(report(message, FAILED, FailureReason.UNREACHABLE), world)
    assert (world.message(message).status, world.message(message).failure) == (DELIVERED, None)


def test_a_report_resolves_an_unknown_send(world: World) -> None:
    world.talk()
    world.channel.answers = [SendUnclear("no answer")]
    message = world.send(world.conversation_of().id, "Hello")
    world.deliver()
    assert world.message(message).status is MessageStatus.UNKNOWN
    apply_delivery_status(report(message, SENT), world)
    assert world.message(message).status is SENT
    assert world.message(message).provider_id == "SM" + "9" * 32


def test_a_report_of_an_older_attempt_says_nothing_about_the_newer(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, FAILED, FailureReason.UNREACHABLE), world)
    retry_message(message.conversation_id, message.id, ADA, world)
    apply_delivery_status(report(message, DELIVERED, attempt=1), world)
    assert (world.message(message).status, world.message(message).attempt) == (MessageStatus.QUEUED, 2)
    assert "status_not_news" in world.log.events()


def test_a_report_about_nothing_changes_nothing(world: World) -> None:
    message = sent(world)
    world.table.messages.clear()
    apply_delivery_status(report(message, FAILED, FailureReason.OPTED_OUT), world)
    assert not world.table.messages
    assert world.consent() is ConsentState.NONE


def test_a_provider_opt_out_reported_later_writes_our_ledger(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, FAILED, FailureReason.OPTED_OUT), world)
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(message.conversation_id).opted_out


def test_a_repeated_provider_opt_out_is_one_line_in_the_ledger(world: World) -> None:
    message = sent(world)
    for _ in range(3):
        world.clock.advance(1000)
        apply_delivery_status(report(message, FAILED, FailureReason.OPTED_OUT), world)
    assert len(world.table.ledger) == 1


def test_a_repeated_provider_opt_out_does_not_undo_a_newer_start(world: World) -> None:
    message = sent(world)
    apply_delivery_status(report(message, FAILED, FailureReason.OPTED_OUT), world)
    world.clock.advance(1000)
    world.text("START")
    world.clock.advance(1000)
    apply_delivery_status(report(message, FAILED, FailureReason.OPTED_OUT), world)
    assert world.consent() is ConsentState.OPTED_IN


def test_an_opt_out_reaches_the_ledger_when_the_table_refused_after_the_status(world: World) -> None:
    message = sent(world)
    event = report(message, FAILED, FailureReason.OPTED_OUT)
    find_message = world.conversations.find_message

    def refuse_once(conversation_id: str, message_id: str) -> Message | None:
        world.conversations.find_message = find_message  # type: ignore[method-assign]  # once only
        raise Unavailable

    world.conversations.find_message = refuse_once  # type: ignore[method-assign]  # fails after the status is stored
    with pytest.raises(Unavailable):
        apply_delivery_status(event, world)
    world.clock.advance(3600)
    apply_delivery_status(event, world)
    assert world.consent() is ConsentState.OPTED_OUT
