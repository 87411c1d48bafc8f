"""Contract of ports.CreditStore, and of the charges in what stores texts: the balance is the sum of its ledger, always
(I4)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.credits import CreditAccount, LineKind, Purchase, PurchaseState, refund_of
from chalicelib.domain.errors import TooFewCredits
from chalicelib.domain.messages import FailureReason, Message
from chalicelib.store.credits import DynamoCreditStore
from chalicelib.store.table import Table
from chalicelib.usecases.ports import Appended, Conflict, Duplicate, Once, Opened
from tests.fakes.outside import START
from tests.store.conftest import Stores, real_stores
from tests.support.emulator import fresh_client
from tests.support.samples import MERCHANT, STORE, append, conversation, id_at, opening, outbound

BOUGHT = Purchase(
    id="first", merchant_id=MERCHANT, store_id=STORE, by_id=id_at(1, 9), pack=1000, price=1000, created_at=START
)


def bought(stores: Stores, pack: int = 1000, purchase_id: str = "first") -> None:
    purchase = replace(BOUGHT, id=purchase_id, pack=pack)
    assert stores.credits.begin(purchase)
    assert stores.credits.settle(replace(purchase, state=PurchaseState.PAID), START)


def account(stores: Stores) -> CreditAccount:
    """With what must be so at any time."""
    found = stores.credits.account(STORE)
    assert found is not None
    assert found.balance == sum(line.amount for line in stores.credits.lines(STORE, 1000, None).rows) >= 0
    return found


def kinds(stores: Stores) -> list[LineKind]:
    return [line.kind for line in stores.credits.lines(STORE, 1000, None).rows]


def text(at: int = START + 5, paid: int | None = 12) -> Message:
    return outbound(at, credits=paid)


def accepted(stores: Stores, paid: int = 12) -> Message:
    """A conversation with one text that was paid for."""
    stores.conversations.open(opening())
    message = text(paid=paid)
    assert stores.conversations.append(append(message)) == Appended()
    return message


def failed(stores: Stores, message: Message) -> Message:
    fallen = message.failed(FailureReason.LANDLINE, START + 9)
    assert stores.messages.fail_queued(fallen)
    return fallen


def test_a_pack_is_usable_as_soon_as_it_is_paid_and_once(stores: Stores) -> None:
    assert stores.credits.account(STORE) is None
    bought(stores)
    assert not stores.credits.settle(replace(BOUGHT, state=PurchaseState.PAID), START)
    assert not stores.credits.settle(replace(BOUGHT, state=PurchaseState.DECLINED), START)
    assert account(stores) == CreditAccount(store_id=STORE, merchant_id=MERCHANT, balance=1000)
    assert not stores.credits.begin(BOUGHT)
    assert stores.credits.purchase(STORE, "first") == replace(BOUGHT, state=PurchaseState.PAID)
    assert list(stores.credits.purchases(STORE)) == [replace(BOUGHT, state=PurchaseState.PAID)]
    assert list(stores.credits.purchases(id_at(1, 8))) == []


def test_a_payment_that_was_declined_brings_nothing(stores: Stores) -> None:
    stores.credits.begin(BOUGHT)
    assert stores.credits.settle(replace(BOUGHT, state=PurchaseState.DECLINED), START)
    assert not stores.credits.settle(replace(BOUGHT, state=PurchaseState.PAID), START)
    assert stores.credits.account(STORE) is None


def test_accepting_a_text_charges_it_once(stores: Stores) -> None:
    bought(stores)
    message = accepted(stores, 24)
    assert stores.conversations.append(append(message)) == Duplicate(
        Once("twilio", f"SM{message.id}", result=message.id)
    )
    assert account(stores).balance == 976
    assert kinds(stores) == [LineKind.CHARGE, LineKind.PURCHASE]
    assert stores.conversations.find_message(message.conversation_id, message.id) == message


def test_several_texts_of_one_transaction_are_charged_together(stores: Stores) -> None:
    bought(stores)
    texts = (text(START + 5), text(START + 6, None), text(START + 7, 24))
    assert stores.conversations.open(opening(messages=texts)) == Opened()
    assert account(stores).balance == 1000 - 36
    assert kinds(stores).count(LineKind.CHARGE) == 2


@pytest.mark.parametrize("pack", [0, 11])
def test_with_too_few_nothing_is_stored(stores: Stores, pack: int) -> None:
    if pack:
        bought(stores, pack)
    with pytest.raises(TooFewCredits):
        stores.conversations.open(opening(messages=(text(),)))
    assert stores.conversations.find(conversation().id) is None
    stores.conversations.open(opening())
    with pytest.raises(TooFewCredits):
        stores.conversations.append(append(text()))
    assert stores.conversations.find_message(text().conversation_id, text().id) is None
    if pack:
        assert account(stores).balance == pack


def test_a_repeat_gets_its_answer_when_the_credits_are_gone(stores: Stores) -> None:
    bought(stores, 12)
    message = accepted(stores)
    assert isinstance(stores.conversations.append(append(message)), Duplicate)
    other = opening(messages=(text(START + 8),), once=Once("start", "other"))
    with pytest.raises(TooFewCredits):
        stores.conversations.open(other)
    again = opening(messages=(replace(text(START + 8), credits=None),))
    assert isinstance(stores.conversations.open(again), Duplicate)
    assert isinstance(stores.conversations.open(replace(again, messages=(text(START + 8),))), Duplicate)


def test_what_is_refused_for_another_reason_is_not_charged(stores: Stores) -> None:
    bought(stores)
    assert isinstance(stores.conversations.append(append(text())), Conflict)
    assert account(stores).balance == 1000
    assert kinds(stores) == [LineKind.PURCHASE]


def test_what_failed_is_given_back_once(stores: Stores) -> None:
    bought(stores)
    message = accepted(stores)
    assert not stores.credits.refund(message, refund_of(message, START + 8))  # it has not failed
    fallen = failed(stores, message)
    assert stores.credits.refund(fallen, refund_of(fallen, START + 9))
    assert not stores.credits.refund(fallen, refund_of(fallen, START + 10))
    assert account(stores).balance == 1000
    stored = stores.conversations.find_message(message.conversation_id, message.id)
    assert stored is not None
    assert stored.credits is None


def test_a_retry_of_what_was_given_back_is_charged_anew(stores: Stores) -> None:
    bought(stores)
    fallen = failed(stores, accepted(stores))
    stores.credits.refund(fallen, refund_of(fallen, START + 9))
    refunded = replace(fallen, credits=None)
    again = replace(refunded.retried(START + 10, fallen.expires_at), credits=12)
    assert stores.messages.retry(again, refunded)
    stores.messages.retry(again, refunded)  # a repeat, whatever it is told
    assert account(stores).balance == 988
    assert kinds(stores).count(LineKind.CHARGE) == 2


def test_a_retry_before_the_refund_carries_the_charge_over(stores: Stores) -> None:
    bought(stores)
    fallen = failed(stores, accepted(stores))
    assert stores.messages.retry(fallen.retried(START + 10, fallen.expires_at), fallen)
    assert not stores.credits.refund(fallen, refund_of(fallen, START + 11))
    assert account(stores).balance == 988


def test_a_retry_that_has_not_seen_the_refund_is_refused(stores: Stores) -> None:
    bought(stores)
    fallen = failed(stores, accepted(stores))
    stores.credits.refund(fallen, refund_of(fallen, START + 9))
    assert not stores.messages.retry(fallen.retried(START + 10, fallen.expires_at), fallen)


def test_a_retry_needs_credits_too(stores: Stores) -> None:
    bought(stores, 12)
    fallen = failed(stores, accepted(stores))
    stores.credits.refund(fallen, refund_of(fallen, START + 9))
    other = text(START + 20)
    stores.conversations.append(append(other))
    refunded = replace(fallen, credits=None)
    with pytest.raises(TooFewCredits):
        stores.messages.retry(replace(refunded.retried(START + 30, fallen.expires_at), credits=12), refunded)
    assert stores.conversations.find_message(fallen.conversation_id, fallen.id) == refunded


def test_each_crossing_of_the_threshold_is_told_once(stores: Stores) -> None:
    bought(stores, 70)
    accepted(stores)
    assert (account(stores).balance, account(stores).low_since) == (58, None)
    for second in (10, 11):
        stores.conversations.append(append(text(START + second)))
    assert (account(stores).balance, account(stores).low_since) == (34, START + 10)
    assert kinds(stores).count(LineKind.LOW) == 1
    bought(stores, 12, "little")
    assert account(stores).low_since == START + 10
    bought(stores, 1000, "much")
    assert account(stores).low_since is None
    stores.conversations.append(append(text(START + 20, 1020)))
    assert account(stores).low_since == START + 20
    assert kinds(stores).count(LineKind.LOW) == 2


def test_a_threshold_is_chosen_or_switched_off(stores: Stores) -> None:
    wanted = CreditAccount(store_id=STORE, merchant_id=MERCHANT, threshold=None)
    assert stores.credits.set_threshold(wanted, START)
    bought(stores, 24)
    accepted(stores)
    assert (account(stores).threshold, account(stores).low_since) == (None, None)
    assert stores.credits.set_threshold(replace(wanted, threshold=100), START + 30)
    assert (account(stores).threshold, account(stores).low_since) == (100, START + 30)
    assert stores.credits.set_threshold(replace(wanted, threshold=5), START + 31)
    assert account(stores).low_since is None
    stores.conversations.append(append(text(START + 40)))
    assert (account(stores).balance, account(stores).low_since) == (0, START + 40)
    assert kinds(stores).count(LineKind.LOW) == 1


def test_the_ledger_comes_in_pages_newest_first(stores: Stores) -> None:
    bought(stores)
    stores.conversations.open(opening())
    for second in range(1, 6):
        stores.conversations.append(append(text(START + second)))
    whole = stores.credits.lines(STORE, 100, None).rows
    assert [line.at for line in whole] == [START + second for second in range(5, -1, -1)]
    first = stores.credits.lines(STORE, 4, None)
    rest = stores.credits.lines(STORE, 4, first.cursor)
    assert (*first.rows, *rest.rows) == whole
    assert rest.cursor is None
    assert stores.credits.lines(id_at(1, 8), 4, None).rows == ()


def test_eight_writers_at_one_balance_never_overdraw_it(table: Table) -> None:
    """Real threads, each with its own client: credits for 20 texts, 8 writers of 5 each."""
    stores = real_stores(table)
    bought(stores, 20 * 12)
    talks = [conversation(id=id_at(START, 100 * (1 + number))) for number in range(8)]
    for number, talk in enumerate(talks):
        route_less = opening(talk, once=Once("start", talk.id, result=talk.id))
        other = replace(route_less.route, key=replace(route_less.route.key, customer_address=f"+1555020{number:04d}"))
        assert stores.conversations.open(replace(route_less, route=other)) == Opened()
    with ThreadPoolExecutor(8) as writers:
        taken = sum(writers.map(lambda talk: _write(table, talk), talks))
    found = account(stores)
    held = [line for line in stores.credits.lines(STORE, 1000, None).rows if line.kind is LineKind.CHARGE]
    assert (found.balance, len(held)) == (20 * 12 - 12 * taken, taken)
    assert kinds(stores).count(LineKind.LOW) == 1
    assert taken == 20


def _write(table: Table, talk: Conversation) -> int:
    own = Table(table.name, region="us-east-1", client=fresh_client)
    stores, taken = real_stores(own), 0
    for second in range(1, 6):
        message = replace(text(START + second), conversation_id=talk.id, id=f"{talk.id[:-1]}{second}")
        once = Once("writer", f"{talk.id} {second}", result=message.id)
        try:
            taken += stores.conversations.append(append(message, once=once)) == Appended()
        except TooFewCredits:
            assert DynamoCreditStore(own).account(STORE) is not None
    return taken
