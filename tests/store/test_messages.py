"""Contract of ports.MessageStore: the state machine of a send."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.messages import LEASE, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.usecases.ports import Claimed, Refusal
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, consent_change, id_at, opening, outbound

NOW = START + 100


def queued(stores: Stores, **fields: object) -> Message:
    text = outbound(START + 5, **fields)
    stores.conversations.open(opening())
    stores.conversations.append(append(text))
    return text


def claimed(stores: Stores) -> Message:
    text = queued(stores).claimed("worker-1", NOW)
    assert stores.messages.claim(text, NOW) == Claimed()
    return text


def found(stores: Stores) -> Message:
    stored = stores.conversations.find_message(outbound().conversation_id, outbound(START + 5).id)
    assert stored is not None
    return stored


def test_a_claim_holds_the_message_for_one_worker(stores: Stores) -> None:
    first = claimed(stores)
    assert found(stores) == first
    second = replace(first, lease_owner="worker-2")
    assert stores.messages.claim(second, NOW) == Refusal(False, first)


def test_no_claim_after_an_opt_out(stores: Stores) -> None:
    text = queued(stores)
    stores.consents.record(consent_change(ConsentState.OPTED_OUT))
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Refusal(True, text)
    stores.consents.record(consent_change(ConsentState.OPTED_IN, START + 1))
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Claimed()


@pytest.mark.parametrize("kind", [MessageKind.OPT_OUT_CONFIRMATION, MessageKind.HELP_ANSWER])
def test_the_answer_to_a_keyword_needs_no_consent(stores: Stores, kind: MessageKind) -> None:
    text = queued(stores, kind=kind)
    stores.consents.record(consent_change(ConsentState.OPTED_OUT))
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Claimed()


def test_an_opt_out_elsewhere_does_not_count(stores: Stores) -> None:
    text = queued(stores)
    change = consent_change(ConsentState.OPTED_OUT)
    stores.consents.record(replace(change, key=replace(change.key, scope=id_at(1, 55))))
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Claimed()


def test_no_claim_from_the_instant_it_expires(stores: Stores) -> None:
    text = queued(stores, expires_at=NOW)
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Refusal(False, text)
    assert stores.messages.claim(text.claimed("w", NOW - 1), NOW - 1) == Claimed()


def test_no_claim_of_another_attempt_or_of_nothing(stores: Stores) -> None:
    text = queued(stores)
    assert stores.messages.claim(replace(text, attempt=2).claimed("w", NOW), NOW) == Refusal(False, text)
    gone = replace(text, id=id_at(START + 6))
    assert stores.messages.claim(gone.claimed("w", NOW), NOW) == Refusal(False, None)


def test_only_the_holder_settles(stores: Stores) -> None:
    held = claimed(stores)
    done = held.sent("SM1", NOW + 1)
    assert not stores.messages.settle(done, "worker-2")
    assert found(stores) == held
    assert stores.messages.settle(done, "worker-1")
    assert found(stores) == done
    assert not stores.messages.settle(held.failed(FailureReason.BLOCKED, NOW + 2), "worker-1")


def test_settling_again_with_the_same_outcome_is_settled(stores: Stores) -> None:
    done = claimed(stores).sent("SM1", NOW + 1)
    assert stores.messages.settle(done, "worker-1")
    assert stores.messages.settle(done, "worker-1"), "the first answer may have been lost"


def test_a_released_message_can_be_claimed_again(stores: Stores) -> None:
    held = claimed(stores)
    assert stores.messages.settle(held.released(NOW + 1), "worker-1")
    assert stores.messages.claim(held.released(NOW + 1).claimed("worker-2", NOW + 2), NOW + 2) == Claimed()


def test_a_queued_message_can_be_failed_a_claimed_one_not(stores: Stores) -> None:
    text = queued(stores)
    failed = text.failed(FailureReason.OPTED_OUT, NOW)
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Claimed()
    assert not stores.messages.fail_queued(failed)
    assert stores.messages.settle(text.released(NOW), "w")
    assert stores.messages.fail_queued(failed)
    assert found(stores) == failed


def test_a_lease_expires_only_when_it_is_over(stores: Stores) -> None:
    held = claimed(stores)
    lost = held.unknown(NOW + LEASE)
    assert not stores.messages.expire_lease(lost, NOW + LEASE - 1)
    assert stores.messages.expire_lease(lost, NOW + LEASE)
    assert found(stores) == lost


def test_a_retry_starts_the_next_attempt_once(stores: Stores) -> None:
    failed = queued(stores).failed(FailureReason.BLOCKED, NOW)
    assert stores.messages.fail_queued(failed)
    again = failed.retried(NOW + 1, NOW + 1000)
    assert stores.messages.retry(again, failed)
    assert found(stores) == again
    other = replace(again, status_at=NOW + 2)
    assert not stores.messages.retry(other, failed)


def climb(
    stores: Stores, status: MessageStatus, at: int, attempt: int = 1, failure: FailureReason | None = None
) -> bool:
    ref = replace(outbound(START + 5).ref, attempt=attempt)
    return stores.messages.climb(ref, status, failure, "SM1", at)


def test_status_only_climbs(stores: Stores) -> None:
    claimed(stores)
    assert climb(stores, MessageStatus.DELIVERED, NOW + 3)
    assert not climb(stores, MessageStatus.SENT, NOW + 4)
    assert not climb(stores, MessageStatus.FAILED, NOW + 4, failure=FailureReason.BLOCKED)
    assert not climb(stores, MessageStatus.DELIVERED, NOW + 4)
    stored = found(stores)
    assert (stored.status, stored.status_at, stored.failure) == (MessageStatus.DELIVERED, NOW + 3, None)
    assert (stored.provider_id, stored.lease_owner) == ("SM1", None)
    assert climb(stores, MessageStatus.READ, NOW + 5)


def test_the_same_report_again_counts_as_stored(stores: Stores) -> None:
    claimed(stores)
    assert climb(stores, MessageStatus.SENT, NOW + 3)
    assert climb(stores, MessageStatus.SENT, NOW + 3)


def test_proof_of_delivery_wins_over_failure(stores: Stores) -> None:
    claimed(stores)
    assert climb(stores, MessageStatus.FAILED, NOW + 3, failure=FailureReason.LANDLINE)
    assert found(stores).failure is FailureReason.LANDLINE
    assert climb(stores, MessageStatus.DELIVERED, NOW + 4)
    assert found(stores).failure is None


def test_reports_on_another_attempt_or_nothing_change_nothing(stores: Stores) -> None:
    held = claimed(stores)
    assert not climb(stores, MessageStatus.DELIVERED, NOW + 3, attempt=2)
    assert found(stores) == held
    assert not stores.messages.climb(replace(held.ref, message_id=id_at(9)), MessageStatus.SENT, None, "SM1", NOW)


def test_a_report_without_provider_id_keeps_the_known_one(stores: Stores) -> None:
    done = claimed(stores).sent("SM1", NOW + 1)
    stores.messages.settle(done, "worker-1")
    assert stores.messages.climb(done.ref, MessageStatus.DELIVERED, None, "", NOW + 2)
    assert found(stores).provider_id == "SM1"


def test_another_merchants_worker_writes_nothing(stores: Stores) -> None:
    text = queued(stores)
    foreign = replace(text, merchant_id=id_at(1, 77))
    assert isinstance(stores.messages.claim(foreign.claimed("w", NOW), NOW), Refusal)
    assert not stores.messages.fail_queued(foreign.failed(FailureReason.BLOCKED, NOW))
    assert found(stores) == text


def test_what_is_queued_can_be_prolonged_and_no_worker_takes_that_back(stores: Stores) -> None:
    text = queued(stores, expires_at=NOW)
    stores.messages.prolong(text, NOW + 50)
    assert stores.messages.claim(text.claimed("w", NOW), NOW) == Claimed()
    assert found(stores).expires_at == NOW + 50
    assert stores.messages.settle(text.sent("SM1", NOW + 1), "w")
    assert found(stores).expires_at == NOW + 50
    stores.messages.prolong(text, NOW + 99)
    assert found(stores).expires_at == NOW + 50
