"""The event filters and the code behind them agree: a filter that is too narrow loses texts, as this is the outbox."""

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest
from ministack.services import lambda_svc

from chalicelib.domain.carts import Cart
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.media import Media, MediaState
from chalicelib.domain.messages import Direction, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.domain.reminders import timer_of
from chalicelib.store import codec, keys, rows
from chalicelib.store.stream import read_activity, read_change
from chalicelib.usecases.fan_out import fan_out
from chalicelib.usecases.ports import Activity, Change, Item
from tests.fakes.outside import START
from tests.support.carts import CART, paid, shared
from tests.support.event_filters import passes, patterns
from tests.support.samples import STORE, conversation, held, message, order, outbound, reminder

ROWS: dict[type, Any] = {
    Conversation: partial(codec.conversation_row, shard=0),
    Message: codec.message_row,
    Order: codec.order_row,
    Cart: codec.cart_row,
}
KINDS = [model for model in vars(rows).values() if isinstance(model, type) and issubclass(model, rows.Row)]
MEDIA = [(MediaState.PENDING,), (MediaState.READY,), (MediaState.REFUSED, MediaState.PENDING)]
READ = (rows.MessageRow, rows.ConversationRow, rows.OrderRow)
SEEN = (*READ, rows.HeldRow)
"""What open browsers are told of."""


class Acted(Exception):
    """fan_out has done something."""


class Watching:
    """Dependencies whose first use is the end of it."""

    @property
    def outbound(self) -> "Watching":
        return self

    def put(self, messages: list[Message]) -> None:
        if messages:
            raise Acted

    def __getattr__(self, name: str) -> Any:
        raise Acted


def acts(change: Change) -> bool:
    try:
        fan_out([change], Watching())  # type: ignore[arg-type]  # no more of it is needed
    except Acted:
        return True
    return False


def record(old: Item | None, new: Item | None) -> dict[str, Any]:
    """As the stream writes it."""
    images = {"OldImage": old, "NewImage": new}
    written = {name: ROWS[type(item)](item).serialize() for name, item in images.items() if item is not None}
    happened = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    return {"eventName": happened, "dynamodb": {"SequenceNumber": "1", **written}}


def messages() -> list[Message]:
    choices = product(Direction, MessageStatus, MessageKind, (1, 2), (None, FailureReason.UNREACHABLE))
    return [
        message(direction=direction, status=status, kind=kind, attempt=attempt, failure=failure)
        for direction, status, kind, attempt, failure in choices
    ] + [message(media=tuple(Media(id="m-0", state=state) for state in states)) for states in MEDIA]


def conversations() -> list[Conversation]:
    choices = product(ConversationState, (None, "order"), (0, 3), (False, True))
    return [
        conversation(state=state, order_id=order_id, unread=unread, ended_answered=answered)
        for state, order_id, unread, answered in choices
    ]


def orders() -> list[Order]:
    instants = (None, 0, START)
    return [
        order(closed_at=closed, cancelled_at=cancelled, conversation_id=conversation_id)
        for closed, cancelled, conversation_id in product(instants, instants, (None, "c-1"))
    ]


def carts() -> list[Cart]:
    over = (shared().cancelled(START), shared().not_sent("opted_out", START), CART.cancelled(START))
    return [CART, shared(), paid(), paid().ordered("#1", START), *over]


def changes() -> Iterator[Change]:
    """From everything to everything, whether or not the product ever does it; made; and gone."""
    for states in (messages(), conversations(), orders(), carts()):
        befores: list[Item | None] = [None, *states[:: max(1, len(states) // 12)]]
        for new in states:
            yield from (Change(old, new) for old in befores)
        yield from (Change(old, None) for old in states)


def test_what_fan_out_acts_on_reaches_it() -> None:
    acting = [change for change in changes() if acts(change)]
    assert {type(change.new) for change in acting} == set(ROWS), "there is something of each to compare"
    assert [change for change in acting if not passes("FanOut", record(change.old, change.new))] == []


def test_nothing_wakes_fan_out_that_its_new_image_shows_to_be_none_of_its_business() -> None:
    """What still passes without effect: what was acted on before, or was in trouble, written once more."""
    for change in changes():
        if passes("FanOut", record(change.old, change.new)) and change.old is None:
            inbound = isinstance(change.new, Message) and change.new.direction is Direction.INBOUND
            assert acts(change) or inbound, change.new
    waking = [status for status in MessageStatus if passes("FanOut", record(None, outbound(status=status)))]
    assert waking == [MessageStatus.QUEUED, MessageStatus.UNKNOWN, MessageStatus.FAILED]


def test_the_good_path_of_a_text_wakes_fan_out_once_and_of_a_customers_text_never() -> None:
    now, received, talk = START, message(), conversation()
    queued = outbound()
    claimed = queued.claimed("owner", now)
    sent = claimed.sent("SM1", now)
    path = [(talk, talk.with_message(received)), (None, received), (talk.with_message(received), talk)]
    assert [passes("FanOut", record(*change)) for change in path] == [False] * 3
    sending = [(None, queued), (queued, claimed), (claimed, sent), (sent, outbound(status=MessageStatus.DELIVERED))]
    assert [passes("FanOut", record(*change)) for change in sending] == [True, False, False, False]


def test_attachments_wake_fan_out_when_they_come_and_not_when_they_are_ready() -> None:
    came = message(media=(Media(id="m-0", source="https://api.example.test/a"),))
    ready = came.with_media(came.media[0].ready("image/png", 3, width=1, height=1))
    assert [passes("FanOut", record(*change)) for change in ((None, came), (came, ready))] == [True, False]


def test_whatever_is_seen_on_a_screen_reaches_push() -> None:
    for change in changes():
        written = record(change.old, change.new)
        assert passes("Push", written) is (read_activity(written, START) is not None)


@pytest.mark.parametrize(
    ("reader", "model"),
    [
        pytest.param(reader, kind, id=f"{reader}-{kind.__name__}")
        for reader, read in (("FanOut", READ), ("Push", SEEN))
        for kind in KINDS
        if kind not in read
    ],
)
def test_items_of_other_kinds_reach_nobody(reader: str, model: type[rows.Row]) -> None:
    kind = vars(rows.Row)["type"].get_discriminator(model)
    image = {"t": {"S": kind}, "s": {"S": "queued"}, "cc": {"N": "1"}}
    assert not passes(reader, {"dynamodb": {"NewImage": image}})


def test_that_a_held_text_is_there_changes_or_goes_away_is_seen_and_sends_nothing() -> None:
    image = codec.held_row(held(START)).serialize()
    about = Activity(type="conversation", store_id=STORE, id=held(START).conversation_id, at=START)
    for name, images in (
        ("INSERT", {"NewImage": image}),
        ("MODIFY", {"OldImage": image, "NewImage": image}),
        ("REMOVE", {"OldImage": image}),
    ):
        written: dict[str, Any] = {"eventName": name, "dynamodb": images}
        assert passes("Push", written), name
        assert read_activity(written, START) == about
        assert not passes("FanOut", written)
    gone = record(message(), None)
    assert not passes("Push", {**gone, "eventName": "REMOVE"}), "of anything else nobody is told that it went"


def test_that_a_reminder_is_due_is_seen_by_its_associate_and_that_one_is_set_by_nobody() -> None:
    one = reminder(START)
    image = rows.TimerRow(*keys.timer(one.due_at, one.id), **codec.values(timer_of(one))).serialize()
    struck: dict[str, Any] = {"eventName": "REMOVE", "dynamodb": {"OldImage": image}}
    told = Activity(type="reminder", store_id=STORE, id=one.id, at=START, associate_id="ada")
    assert (passes("Push", struck), passes("FanOut", struck)) == (True, False)
    assert read_activity(struck, START) == told
    for name, images in (("INSERT", {"NewImage": image}), ("MODIFY", {"OldImage": image, "NewImage": image})):
        written: dict[str, Any] = {"eventName": name, "dynamodb": images}
        assert not passes("Push", written), name
        assert read_activity(written, START) is None


@pytest.mark.parametrize("reader", ["FanOut", "Push"])
def test_the_emulator_reads_the_filters_as_we_do(reader: str) -> None:
    for change in changes():
        written = record(change.old, change.new)
        theirs = any(lambda_svc._match_esm_filter(written, pattern) for pattern in patterns(reader))
        assert theirs is passes(reader, written)


def test_a_change_survives_being_written() -> None:
    for change in (Change(None, outbound()), Change(order(), order(closed_at=START))):
        assert read_change(record(change.old, change.new)) == change
