"""Contract of ports.MessageStore: the state machine of a send."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.media import Media
from chalicelib.domain.messages import GRACE, LEASE, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.store import keys
from chalicelib.store.rows import Row
from chalicelib.store.table import Table
from chalicelib.usecases.ports import Claimed, DueMessage, Refusal
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, consent_change, id_at, message, opening, outbound

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
    again = replace(failed.retried(NOW + 1, NOW + 1000), free_until=NOW + 500)
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


# --- of unknown outcome -------------------------------------------------------------------------------------------


def in_doubt(stores: Stores) -> Message:
    """At NOW; to be looked up after GRACE."""
    text = claimed(stores)
    assert stores.messages.settle(text.unknown(NOW), "worker-1")
    return found(stores)


def due(stores: Stores, now: int) -> list[str]:
    return [entry.message_id for entry in stores.messages.due(now, 10, None).rows]


def test_what_is_in_doubt_is_due_from_its_instant_on(stores: Stores) -> None:
    text = in_doubt(stores)
    assert (text.claimed_at, text.due_at) == (NOW, NOW + GRACE)
    assert due(stores, NOW + GRACE - 1) == []
    assert stores.messages.due(NOW + GRACE, 10, None).rows == (DueMessage(text.conversation_id, text.id),)


def test_due_entries_come_page_by_page_the_longest_due_first(stores: Stores) -> None:
    stores.conversations.open(opening())
    texts = [outbound(START + number, status=MessageStatus.UNKNOWN, due_at=NOW - number) for number in range(5, 10)]
    stores.conversations.append(append(*texts))
    seen, cursor = [], None
    for _ in range(4):
        page = stores.messages.due(NOW, 2, cursor)
        seen += [entry.message_id for entry in page.rows]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [text.id for text in reversed(texts)]


@pytest.mark.parametrize("status", [MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.DELIVERED])
def test_a_report_ends_the_doubt(stores: Stores, status: MessageStatus) -> None:
    text = in_doubt(stores)
    failure = FailureReason.LANDLINE if status is MessageStatus.FAILED else None
    assert stores.messages.climb(text.ref, status, failure, "SM1", NOW + 1)
    assert (found(stores).due_at, found(stores).claimed_at) == (None, None)
    assert due(stores, NOW + GRACE) == []


def test_sending_again_ends_the_doubt(stores: Stores) -> None:
    text = in_doubt(stores)
    assert stores.messages.retry(text.retried(NOW + 1, text.expires_at), text)
    assert due(stores, NOW + GRACE) == []


def test_a_later_look_up_is_due_later_and_none_is_never_due(stores: Stores) -> None:
    text = in_doubt(stores)
    later = replace(text, due_at=NOW + GRACE + 5)
    assert stores.messages.doubt(later, text)
    assert due(stores, NOW + GRACE + 4) == []
    assert due(stores, NOW + GRACE + 5) == [text.id]
    assert not stores.messages.doubt(replace(text, due_at=NOW + 1), text), "somebody else put it off before"
    assert stores.messages.doubt(later.left_to_people(), later)
    assert (due(stores, NOW + 10 * GRACE), found(stores).status) == ([], MessageStatus.UNKNOWN)


def test_what_is_put_aside_is_due_later_without_being_read(stores: Stores) -> None:
    text = in_doubt(stores)
    stores.messages.put_aside(DueMessage(text.conversation_id, text.id), NOW + GRACE + 5)
    assert [due(stores, NOW + GRACE + at) for at in (4, 5)] == [[], [text.id]]
    assert found(stores) == replace(text, due_at=NOW + GRACE + 5)


def test_what_is_settled_is_not_put_aside(stores: Stores) -> None:
    text = in_doubt(stores)
    stores.messages.climb(text.ref, MessageStatus.SENT, None, "SM1", NOW + 1)
    stores.messages.put_aside(DueMessage(text.conversation_id, text.id), NOW + GRACE)
    assert due(stores, NOW + GRACE) == []


def test_what_is_known_is_not_put_in_doubt_again(stores: Stores) -> None:
    text = in_doubt(stores)
    stores.messages.climb(text.ref, MessageStatus.SENT, None, "SM1", NOW + 1)
    assert not stores.messages.doubt(text.asked_again_later(NOW + 2), text)
    assert found(stores).status is MessageStatus.SENT


def test_found_is_stored_once_with_the_providers_id(stores: Stores) -> None:
    text = in_doubt(stores)
    known = text.found("SM1", MessageStatus.DELIVERED, None, NOW + GRACE)
    assert stores.messages.identify(known, text)
    assert found(stores) == known
    assert due(stores, NOW + GRACE) == []
    assert not stores.messages.identify(text.found("SM2", MessageStatus.SENT, None, NOW + GRACE), text)


def test_found_is_not_stored_over_a_report_or_another_attempt(stores: Stores) -> None:
    text = in_doubt(stores)
    again = text.retried(NOW + 1, text.expires_at)
    stores.messages.retry(again, text)
    assert not stores.messages.identify(text.found("SM1", MessageStatus.SENT, None, NOW + GRACE), text)
    assert found(stores) == again


def test_one_id_of_the_provider_is_given_to_one_message(stores: Stores) -> None:
    stores.conversations.open(opening())
    texts = [outbound(START + number, status=MessageStatus.UNKNOWN, due_at=NOW) for number in (5, 6)]
    stores.conversations.append(append(*texts))
    first, second = texts
    assert stores.messages.identify(first.found("SM1", MessageStatus.SENT, None, NOW), first)
    assert not stores.messages.identify(second.found("SM1", MessageStatus.SENT, None, NOW), second)
    assert due(stores, NOW) == [second.id]


def test_the_texts_beside_are_those_of_ours_in_the_conversation(stores: Stores) -> None:
    stores.conversations.open(opening())
    texts = [outbound(START + number) for number in (5, 6, 7)]
    stores.conversations.append(append(*texts))
    stores.conversations.append(append(message(START + 8)))
    assert list(stores.messages.texts_beside(texts[1])) == [texts[0], texts[2]]


def test_ids_of_earlier_attempts_are_kept(stores: Stores) -> None:
    text = claimed(stores)
    sent = text.sent("SM1", NOW)
    stores.messages.settle(sent, "worker-1")
    stores.messages.climb(text.ref, MessageStatus.FAILED, FailureReason.UNREACHABLE, "SM1", NOW)
    failed = found(stores)
    stores.messages.retry(failed.retried(NOW + 1, failed.expires_at), failed)
    assert (found(stores).provider_id, found(stores).spent_ids, found(stores).known_ids) == (None, ("SM1",), ("SM1",))


def pictured(stores: Stores) -> Message:
    text = message(START + 5, media=(Media(id="m-0", source="https://a"), Media(id="m-1", source="https://b")))
    stores.conversations.open(opening())
    stores.conversations.append(append(text))
    return text


def settled(text: Message, place: int) -> Message:
    return text.with_media(text.media[place].ready("image/png", 10, width=2, height=1))


def test_attachments_are_kept_with_their_message(stores: Stores) -> None:
    text = pictured(stores)
    assert stores.conversations.find_message(text.conversation_id, text.id) == text
    first = settled(text, 0)
    assert stores.messages.keep_media(first, text)
    assert stores.conversations.find_message(text.conversation_id, text.id) == first
    thread = stores.conversations.thread(text.conversation_id, 50, None)
    assert thread is not None
    assert thread.messages.rows[0].media == first.media


def test_an_attachment_is_settled_on_what_is_stored_and_a_repeat_is_told_so(stores: Stores) -> None:
    text = pictured(stores)
    assert stores.messages.keep_media(settled(text, 0), text)
    assert stores.messages.keep_media(settled(text, 0), text), "the same again, whose answer was lost"
    assert not stores.messages.keep_media(settled(text, 1), text), "would take the first one back"
    both = settled(settled(text, 0), 1)
    assert stores.messages.keep_media(both, settled(text, 0))
    assert stores.conversations.find_message(text.conversation_id, text.id) == both


def test_attachments_of_an_erased_message_do_not_bring_it_back(stores: Stores) -> None:
    text = pictured(stores)
    stores.conversations.erase_messages(text.conversation_id, text.id)
    assert not stores.messages.keep_media(settled(text, 0), text)
    assert stores.conversations.find_message(text.conversation_id, text.id) is None


@pytest.mark.parametrize("unprompted", [True, False])
def test_who_wrote_without_being_asked_is_kept_and_answers_store_nothing_for_it(
    real: Stores, table: Table, unprompted: bool
) -> None:
    text = queued(real, unprompted=unprompted)
    assert found(real) == text
    key = keys.message(text.conversation_id, text.id)
    (raw,) = table.pages(key.pk, Row.sk == key.sk, consistent=True)
    assert ("up" in raw) is unprompted
