"""When a conversation goes back to the store, because its customer waits (X18)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignments import HandoverKind
from chalicelib.domain.conversations import LIFETIME, ConversationState
from chalicelib.domain.messages import FailureReason, Message, MessageKind
from chalicelib.domain.unanswered import MINUTE, GiveBack, LookAgain, Owner, verdict, waiting_since
from tests.support.samples import conversation, held, message, outbound

NOW = 1_800_000_000_000
HERE, AWAY = Owner(away=False), Owner(away=True)


def theirs(minutes_ago: int) -> Message:
    return message(NOW - minutes_ago * MINUTE)


def ours(minutes_ago: int, author: str | None = "ada") -> Message:
    kind = MessageKind.TEXT if author else MessageKind.AWAY_ANSWER
    return outbound(NOW - minutes_ago * MINUTE, author_id=author, kind=kind)


def failed(minutes_ago: int) -> Message:
    text = ours(minutes_ago)
    return text.failed(FailureReason.UNREACHABLE, text.created_at)


OURS = conversation(NOW - MINUTE, assignee_id="ada")


@pytest.mark.parametrize(
    ("newest_first", "since"),
    [
        ((), None),
        ((ours(1),), None),
        ((theirs(1),), 1),
        ((theirs(1), theirs(7), theirs(9)), 9),
        ((theirs(1), ours(3), theirs(9)), 1),
        ((ours(1), theirs(9)), None),
        ((ours(1, author=None), theirs(9)), 9),  # what goes out by itself is no answer
        ((failed(1), theirs(9)), 9),
        ((theirs(2), ours(3, author=None), theirs(4), failed(5), theirs(6), ours(7), theirs(8)), 6),
    ],
)
def test_a_customer_waits_since_their_first_text_after_the_last_answer(
    newest_first: tuple[Message, ...], since: int | None
) -> None:
    assert waiting_since(newest_first) == (None if since is None else NOW - since * MINUTE)


@pytest.mark.parametrize(("minutes", "goes"), [(29, False), (30, True), (31, True)])
def test_it_goes_back_after_so_many_minutes(minutes: int, goes: bool) -> None:
    since = NOW - minutes * MINUTE
    found = verdict(OURS, [theirs(minutes)], (), HERE, 30, NOW)
    assert found == (GiveBack(since, HandoverKind.UNANSWERED) if goes else LookAgain(since + 30 * MINUTE))


def test_it_goes_back_at_once_while_its_associate_is_away() -> None:
    assert verdict(OURS, [theirs(0)], (), AWAY, 30, NOW) == GiveBack(NOW, HandoverKind.ABSENT)


def test_whoever_took_it_over_has_the_minutes_from_then_on() -> None:
    owner = Owner(away=False, took_over_at=NOW - 10 * MINUTE)
    assert verdict(OURS, [theirs(45)], (), owner, 30, NOW) == LookAgain(NOW + 20 * MINUTE)
    long_ago = replace(owner, took_over_at=NOW - 80 * MINUTE)
    assert verdict(OURS, [theirs(45)], (), long_ago, 30, NOW) == GiveBack(NOW - 45 * MINUTE, HandoverKind.UNANSWERED)


@pytest.mark.parametrize(
    "other",
    [
        replace(OURS, assignee_id=None),
        replace(OURS, opted_out=True),
        replace(OURS, state=ConversationState.CLOSED),
        replace(OURS, last_activity_at=NOW - LIFETIME),
    ],
)
def test_there_is_nothing_to_wait_for_where_nobody_could_answer_or_nobody_looks_after_it(other: object) -> None:
    assert verdict(other, [theirs(45)], (), AWAY, 30, NOW) is None  # type: ignore[arg-type]  # conversations, all


def test_nor_where_they_were_answered_or_the_store_does_not_want_it() -> None:
    assert verdict(OURS, [ours(1), theirs(45)], (), AWAY, 30, NOW) is None
    assert verdict(OURS, [theirs(45)], (), AWAY, None, NOW) is None


def test_an_answer_that_waits_for_its_time_is_one() -> None:
    later = held(NOW + 60 * MINUTE, created_at=NOW - 5 * MINUTE)
    assert verdict(OURS, [theirs(45)], [later], AWAY, 30, NOW) == LookAgain(later.release_at + MINUTE)
    overdue = replace(later, release_at=NOW - MINUTE)
    assert verdict(OURS, [theirs(45)], [overdue], HERE, 30, NOW) == LookAgain(NOW + MINUTE)
    before = replace(later, created_at=NOW - 50 * MINUTE)
    assert isinstance(verdict(OURS, [theirs(45)], [before], HERE, 30, NOW), GiveBack)
