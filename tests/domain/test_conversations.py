"""The life of a conversation: expiry exact to the millisecond, cool-down, closing, deleting, reopening."""

import pytest

from chalicelib.domain.conversations import (
    COOL_DOWN,
    LIFETIME,
    PREVIEW_LENGTH,
    ConversationState,
    preview,
)
from chalicelib.domain.media import Media
from chalicelib.domain.messages import MessageStatus

from .build import T0, conversation, message

OPEN, CLOSED, EXPIRED = ConversationState.OPEN, ConversationState.CLOSED, ConversationState.EXPIRED
DAY = 86_400_000


def test_it_lives_120_days_and_cools_45() -> None:
    assert (LIFETIME, COOL_DOWN) == (120 * DAY, 45 * DAY)


def test_it_expires_to_the_exact_millisecond_whatever_is_stored() -> None:
    talk = conversation()
    assert talk.is_open(T0 + LIFETIME - 1)
    assert talk.state_at(T0 + LIFETIME - 1) is OPEN
    assert not talk.is_open(T0 + LIFETIME)
    assert talk.state_at(T0 + LIFETIME) is EXPIRED


def test_a_message_starts_the_120_days_anew() -> None:
    at = T0 + LIFETIME - 1
    talk = conversation().with_message(message(MessageStatus.RECEIVED, created_at=at))
    assert talk.expires_at == at + LIFETIME
    assert talk.is_open(at + LIFETIME - 1)
    assert not talk.is_open(at + LIFETIME)


def test_a_closed_one_expires_too_and_a_deleted_one_stays_deleted() -> None:
    assert conversation().closed(T0 + 1).state_at(T0 + LIFETIME - 1) is CLOSED
    assert conversation().closed(T0 + 1).state_at(T0 + LIFETIME) is EXPIRED
    assert conversation().deleted(T0 + 1).state_at(T0 + LIFETIME) is ConversationState.DELETED


def test_an_open_one_holds_its_route_without_end() -> None:
    assert conversation().cool_until(T0 + LIFETIME - 1) is None


@pytest.mark.parametrize("now", [T0 + LIFETIME, T0 + LIFETIME + 400 * DAY])
def test_an_expired_one_cools_down_from_its_expiry_however_late_it_is_swept(now: int) -> None:
    assert conversation().cool_until(now) == T0 + LIFETIME + COOL_DOWN


def test_a_closed_or_deleted_one_cools_down_from_its_end() -> None:
    assert conversation().closed(T0 + 7).cool_until(T0 + 8) == T0 + 7 + COOL_DOWN
    assert conversation().deleted(T0 + 7).cool_until(T0 + 8) == T0 + 7 + COOL_DOWN


def test_an_end_recorded_late_does_not_lengthen_the_cool_down() -> None:
    swept = conversation(state=EXPIRED, ended_at=T0 + LIFETIME + 3 * DAY)
    assert swept.cool_until(T0 + LIFETIME + 4 * DAY) == T0 + LIFETIME + COOL_DOWN


def test_closing_and_closing_again_allow_one_more_automatic_answer() -> None:
    closed = conversation(ended_answered=True).closed(T0 + 1)
    assert (closed.state, closed.ended_at, closed.ended_answered) == (CLOSED, T0 + 1, False)


def test_reopening_starts_a_life_of_120_days() -> None:
    again = conversation().closed(T0 + 5).reopened(T0 + 9)
    assert (again.state, again.ended_at, again.ended_answered) == (OPEN, None, False)
    assert again.expires_at == T0 + 9 + LIFETIME


def test_reopening_by_a_slow_clock_does_not_shorten_its_life() -> None:
    assert conversation().closed(T0).reopened(T0 - 50).expires_at == T0 + LIFETIME


def test_reopening_after_expiry_makes_it_open() -> None:
    assert conversation(state=EXPIRED, ended_at=T0 + LIFETIME).reopened(T0 + LIFETIME + 1).is_open(T0 + LIFETIME + 1)


def test_a_deleted_one_keeps_nothing_of_the_customer_but_the_address_it_answers() -> None:
    full = conversation(unread=3).with_message(message(MessageStatus.RECEIVED, body="my secret"))
    gone = full.deleted(T0 + 1)
    assert (gone.customer_name, gone.last_preview, gone.unread) == ("", "", 0)
    assert gone.order_id is gone.order_number is gone.last_direction is None
    assert (gone.proxy, gone.customer_address) == (full.proxy, full.customer_address)


def test_only_customers_messages_count_as_unread() -> None:
    talk = conversation().with_message(message(MessageStatus.RECEIVED)).with_message(message(MessageStatus.QUEUED))
    assert talk.unread == 1


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("", ""),
        ("  a \r\n b\t c ", "a b c"),
        ("x" * PREVIEW_LENGTH, "x" * PREVIEW_LENGTH),
        ("x" * (PREVIEW_LENGTH + 1), "x" * (PREVIEW_LENGTH - 1) + "…"),
    ],
)
def test_the_preview_is_one_short_line(body: str, shown: str) -> None:
    assert preview(message(MessageStatus.RECEIVED, body=body)) == shown


@pytest.mark.parametrize(
    ("body", "kinds", "shown"),
    [
        ("Look", ["image/png"], "Look"),
        (" ", ["image/png"], "[Picture]"),
        ("", ["image/png", "image/jpeg"], "[2 pictures]"),
        ("", ["image/png", "video/mp4"], "[2 attachments]"),
        ("", [""], "[Attachment]"),
    ],
)
def test_a_message_without_words_is_shown_by_what_came_with_it(body: str, kinds: list[str], shown: str) -> None:
    media = tuple(Media(id=f"m-{place}", content_type=kind) for place, kind in enumerate(kinds))
    assert preview(message(MessageStatus.RECEIVED, body=body, media=media)) == shown
