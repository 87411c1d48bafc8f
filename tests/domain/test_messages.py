"""The life of a message: which moves there are, and which evidence overrides which status."""

from itertools import product

import pytest

from chalicelib.domain.errors import NotRetryable
from chalicelib.domain.messages import (
    FAILURE_TEXT,
    LEASE,
    MAX_QUEUED,
    FailureReason,
    MessageKind,
    MessageRef,
    MessageStatus,
    lower_than,
)

from .build import T0, message

S = MessageStatus
LATTICE = [S.QUEUED, S.SENDING, S.UNKNOWN, S.SENT, S.FAILED, S.DELIVERED, S.READ]
"""Lowest first (docs/requirements.md, Unclear sends): written out here, apart from the code."""


@pytest.mark.parametrize(("stored", "reported"), list(product(S, S)))
def test_status_only_climbs(stored: MessageStatus, reported: MessageStatus) -> None:
    if reported is S.RECEIVED:
        climbs = False
    else:
        climbs = stored in LATTICE and LATTICE.index(stored) < LATTICE.index(reported)
    assert (stored in lower_than(reported)) is climbs


def test_climbing_twice_ends_where_the_higher_status_is_in_either_order() -> None:
    def after(stored: MessageStatus, *reports: MessageStatus) -> MessageStatus:
        for reported in reports:
            stored = reported if stored in lower_than(reported) else stored
        return stored

    for stored, one, other in product(LATTICE, repeat=3):
        assert after(stored, one, other) is after(stored, other, one) is max(stored, one, other, key=LATTICE.index)


def test_an_inbound_message_is_never_overridden() -> None:
    assert all(S.RECEIVED not in lower_than(status) for status in S)


def test_a_claim_holds_for_its_lease() -> None:
    claimed = message().claimed("worker", T0 + 5)
    assert (claimed.status, claimed.status_at) == (S.SENDING, T0 + 5)
    assert (claimed.lease_owner, claimed.lease_until) == ("worker", T0 + 5 + LEASE)


def test_every_outcome_gives_the_lease_back() -> None:
    claimed = message().claimed("worker", T0)
    outcomes = {
        S.QUEUED: claimed.released(T0 + 9),
        S.SENT: claimed.sent("SM1", T0 + 9),
        S.FAILED: claimed.failed(FailureReason.LANDLINE, T0 + 9),
        S.UNKNOWN: claimed.unknown(T0 + 9),
    }
    for status, settled in outcomes.items():
        assert (settled.status, settled.status_at) == (status, T0 + 9)
        assert settled.lease_owner is None
        assert settled.lease_until is None
    assert outcomes[S.SENT].provider_id == "SM1"
    assert outcomes[S.FAILED].failure is FailureReason.LANDLINE


@pytest.mark.parametrize("status", list(S))
def test_only_what_failed_or_is_unknown_can_be_sent_again(status: MessageStatus) -> None:
    before = message(status, failure=FailureReason.UNREACHABLE, provider_id="SM1", attempt=2)
    if status not in (S.FAILED, S.UNKNOWN):
        with pytest.raises(NotRetryable):
            before.retried(T0 + 9, T0 + 99)
        return
    again = before.retried(T0 + 9, T0 + 99)
    assert (again.status, again.attempt, again.expires_at) == (S.QUEUED, 3, T0 + 99)
    assert again.failure is None
    assert again.provider_id is None
    assert again.ref == MessageRef("v1", before.id, 3)


def test_verbs_leave_the_message_they_are_called_on_alone() -> None:
    before = message()
    before.claimed("worker", T0 + 1)
    before.failed(FailureReason.BLOCKED, T0 + 1)
    assert before == message()


def test_a_message_is_overdue_after_a_day_in_the_queue_to_the_millisecond() -> None:
    assert not message().overdue(T0 + MAX_QUEUED - 1)
    assert message().overdue(T0 + MAX_QUEUED)


def test_a_retry_waits_its_own_day() -> None:
    again = message(S.FAILED).retried(T0 + MAX_QUEUED, T0 + 10 * MAX_QUEUED)
    assert not again.overdue(T0 + 2 * MAX_QUEUED - 1)
    assert again.overdue(T0 + 2 * MAX_QUEUED)


def test_only_answers_to_stop_and_help_reach_who_opted_out() -> None:
    allowed = {kind for kind in MessageKind if kind.answers_keyword}
    assert allowed == {MessageKind.OPT_OUT_CONFIRMATION, MessageKind.HELP_ANSWER}


def test_every_failure_has_words_for_people() -> None:
    assert set(FAILURE_TEXT) == set(FailureReason)
    assert all(text.endswith(".") and text[0].isupper() for text in FAILURE_TEXT.values())
