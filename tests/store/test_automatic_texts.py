"""Texts that events of orders bring about: made with the order's change, due until they are settled, settled once."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.automatic_texts import AutomaticText, NotSent, telling, ticket
from chalicelib.domain.consent import Consent, ConsentState
from chalicelib.domain.credits import Purchase, PurchaseState
from chalicelib.domain.errors import InvalidInput, TooFewCredits, Unavailable
from chalicelib.domain.merchant_texts import thread_about, thread_of_phone
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.orders import OrderEvent
from chalicelib.usecases.ports import DueText, Duplicate, Once, Raced, Stored
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    MERCHANT,
    STORE,
    append,
    consent_change,
    conversation,
    id_at,
    message,
    opening,
    order,
    outbound,
    upsert,
)

TOLD, TEXT = telling(order(), OrderEvent.PLACED, START)
NAME = DueText(TEXT.order_id, TEXT.event)


def test_it_comes_with_the_order_and_is_due(stores: Stores) -> None:
    assert stores.orders.upsert(upsert(TOLD, texts=(TEXT,))) == Stored()
    assert stores.orders.find(TOLD.id) == TOLD
    assert stores.automatic_texts.find(NAME) == TEXT
    assert list(stores.automatic_texts.of_order(TOLD.id)) == [TEXT]
    assert stores.automatic_texts.due(START - 1, 25, None).rows == ()
    assert stores.automatic_texts.due(START, 25, None).rows == (NAME,)


def test_an_order_that_was_told_already_is_not_told_again(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    again = replace(TOLD, updated_at=START + 9)
    assert stores.orders.upsert(upsert(again, order_was=TOLD, customer_was=upsert().customer, texts=(TEXT,))) == Raced()
    assert stores.orders.find(TOLD.id) == TOLD


def test_pages_come_in_the_order_of_their_times(stores: Stores) -> None:
    stores.setup.put_customer(upsert().customer)
    named = []
    for number in range(5):
        told, text = telling(order(f"7{number:04d}"), OrderEvent.PLACED, START + number)
        stores.orders.upsert(upsert(told, texts=(text,), customer_was=upsert().customer))
        named.append(DueText(text.order_id, text.event))
    first = stores.automatic_texts.due(START + 9, 3, None)
    rest = stores.automatic_texts.due(START + 9, 3, first.cursor)
    assert [*first.rows, *rest.rows] == named
    with pytest.raises(InvalidInput):
        stores.automatic_texts.due(START + 9, 3, "nonsense")


@pytest.mark.parametrize("settled", [TEXT.sent("v1", "m1", START + 5), TEXT.given_up(NotSent.OPTED_OUT, START + 5)])
def test_it_is_settled_once(stores: Stores, settled: AutomaticText) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    assert stores.automatic_texts.settle(settled)
    assert stores.automatic_texts.find(NAME) == settled
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()
    assert not stores.automatic_texts.settle(TEXT.given_up(NotSent.NO_PHONE, START + 6))
    assert stores.automatic_texts.find(NAME) == settled
    stores.automatic_texts.postpone(NAME, START + 50)
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()


def test_it_waits_for_another_time(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    stores.automatic_texts.postpone(NAME, START + 50)
    assert stores.automatic_texts.due(START + 49, 25, None).rows == ()
    assert stores.automatic_texts.due(START + 50, 25, None).rows == (NAME,)
    assert stores.automatic_texts.find(NAME) == replace(TEXT, due_at=START + 50)


def test_what_is_not_there_is_neither_settled_nor_made(stores: Stores) -> None:
    assert not stores.automatic_texts.settle(TEXT.sent("v1", "m1", START))
    stores.automatic_texts.postpone(NAME, START)
    assert stores.automatic_texts.find(NAME) is None


def test_another_merchants_is_not_settled(stores: Stores) -> None:
    stores.orders.upsert(upsert(TOLD, texts=(TEXT,)))
    assert not stores.automatic_texts.settle(replace(TEXT, merchant_id="other").given_up(NotSent.NO_PHONE, START))


def test_a_text_about_another_order_is_a_mistake_of_ours(stores: Stores) -> None:
    with pytest.raises(ValueError, match="about the order"):
        stores.orders.upsert(upsert(TOLD, texts=(replace(TEXT, order_id="other"),)))
    with pytest.raises(ValueError, match="not settled"):
        stores.automatic_texts.settle(TEXT)


TO_TELL, NOTICE_TEXT = telling(order(), OrderEvent.MERCHANT_PLACED, START)
PHONE = Address("+15550009999")
SAID = outbound(
    START + 5, conversation_id=thread_about(NOTICE_TEXT.order_id), customer_address=PHONE,
    kind=MessageKind.MERCHANT_NOTICE, author_id=None, author_name=None,
)  # fmt: skip
DONE = NOTICE_TEXT.sent(SAID.conversation_id, SAID.id, START + 5)


def stored_notice(stores: Stores, message: Message = SAID) -> Message | None:
    return stores.conversations.find_message(message.conversation_id, message.id)


def test_what_the_merchants_phone_is_told_is_said_as_it_is_settled(stores: Stores) -> None:
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    assert stores.automatic_texts.say(DONE, SAID)
    assert stored_notice(stores) == SAID
    assert list(stores.automatic_texts.of_order(TO_TELL.id)) == [DONE]
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()
    assert stores.conversations.find(SAID.conversation_id) is None
    assert stores.conversations.thread(SAID.conversation_id, 50, None) is None


def test_it_is_said_once(stores: Stores) -> None:
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    other = replace(SAID, id=id_at(START + 6))
    assert stores.automatic_texts.say(DONE, SAID)
    assert not stores.automatic_texts.say(replace(DONE, message_id=other.id), other)
    assert stored_notice(stores, other) is None


def test_nothing_is_said_of_what_is_gone_with_its_customer_or_another_merchants(stores: Stores) -> None:
    assert not stores.automatic_texts.say(DONE, SAID)
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    assert not stores.automatic_texts.say(replace(DONE, merchant_id="other"), SAID)
    stores.personal_data.forget_about_order(TO_TELL.id, ())
    assert not stores.automatic_texts.say(DONE, SAID)
    assert stored_notice(stores) is None
    with pytest.raises(ValueError, match="not settled"):
        stores.automatic_texts.say(NOTICE_TEXT, SAID)


def test_what_was_said_goes_with_the_order(stores: Stores) -> None:
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    stores.automatic_texts.say(DONE, SAID)
    stores.personal_data.forget_about_order(TO_TELL.id, ())
    assert stored_notice(stores) is None


BEGUN, TICKET = ticket(conversation(order_id=None, order_number=None), START)
ABOUT_TICKET = replace(SAID, conversation_id=thread_about(BEGUN.id))


def test_it_comes_with_the_conversation_that_a_customer_begins_and_goes_with_it(stores: Stores) -> None:
    stores.conversations.open(opening(BEGUN, text=TICKET))
    assert stores.conversations.find(BEGUN.id) == BEGUN
    assert stores.automatic_texts.due(START, 25, None).rows == (DueText(BEGUN.id, TICKET.event),)
    told = TICKET.sent(ABOUT_TICKET.conversation_id, ABOUT_TICKET.id, START + 5)
    assert stores.automatic_texts.say(told, ABOUT_TICKET)
    assert list(stores.automatic_texts.of_order(BEGUN.id)) == [told]
    stores.personal_data.forget_told(BEGUN.id)
    assert stored_notice(stores, ABOUT_TICKET) is None
    assert list(stores.automatic_texts.of_order(BEGUN.id)) == []
    assert stores.conversations.find(BEGUN.id) == BEGUN


def test_a_repeat_of_the_message_that_begins_it_brings_no_other(stores: Stores) -> None:
    stores.conversations.open(opening(BEGUN, text=TICKET))
    stores.automatic_texts.settle(TICKET.given_up(NotSent.OPTED_OUT, START + 5))
    assert isinstance(stores.conversations.open(opening(BEGUN, text=TICKET)), Duplicate)
    assert stores.automatic_texts.due(START + 99, 25, None).rows == ()


def test_a_text_of_another_merchants_is_refused(stores: Stores) -> None:
    with pytest.raises(ValueError, match="belong to the merchant"):
        stores.conversations.open(opening(BEGUN, text=replace(TICKET, merchant_id="other")))
    assert stores.conversations.find(BEGUN.id) is None


def test_it_costs_credits_or_is_not_said(stores: Stores) -> None:
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    dear = replace(SAID, credits=12)
    with pytest.raises(TooFewCredits):
        stores.automatic_texts.say(DONE, dear)
    assert stored_notice(stores) is None
    assert stores.automatic_texts.find(DueText(NOTICE_TEXT.order_id, NOTICE_TEXT.event)) == NOTICE_TEXT
    pack = Purchase(id="p1", merchant_id=MERCHANT, store_id=STORE, by_id="mia", pack=1000, price=1000, created_at=START)
    stores.credits.begin(pack)
    stores.credits.settle(replace(pack, state=PurchaseState.PAID), START)
    assert stores.automatic_texts.say(DONE, dear)
    account = stores.credits.account(STORE)
    assert account is not None
    assert account.balance == 988


def test_an_opt_out_from_before_an_erasure_comes_back_first(stores: Stores) -> None:
    stores.orders.upsert(upsert(TO_TELL, texts=(NOTICE_TEXT,)))
    stores.personal_data.suppress(Consent(key=SAID.consent_key, state=ConsentState.OPTED_OUT, changed_at=START))
    with pytest.raises(Unavailable):
        stores.automatic_texts.say(DONE, SAID)
    assert stored_notice(stores) is None
    found = stores.consents.state(SAID.consent_key)
    assert found is not None
    assert found.state is ConsentState.OPTED_OUT


HEARD = message(START + 7, conversation_id=thread_of_phone(STORE), customer_address=PHONE, body="STOP")
ANSWER = replace(
    SAID, id=id_at(START + 8), conversation_id=HEARD.conversation_id, kind=MessageKind.OPT_OUT_CONFIRMATION
)
STOPPED = consent_change(ConsentState.OPTED_OUT, START + 7, key=HEARD.consent_key, conversation_id="")
WORDS = append(HEARD, ANSWER, once=Once("in#tw", "SM1", result=HEARD.id), consent=STOPPED)


def test_a_stop_of_the_merchants_phone_is_heard_once(stores: Stores) -> None:
    for _ in range(2):
        stores.automatic_texts.hear(WORDS)
    assert (stored_notice(stores, HEARD), stored_notice(stores, ANSWER)) == (HEARD, ANSWER)
    found = stores.consents.state(HEARD.consent_key)
    assert found is not None
    assert found.state is ConsentState.OPTED_OUT
    assert list(stores.consents.history(HEARD.consent_key)) == [STOPPED]


def test_one_that_comes_after_a_later_start_is_in_the_ledger_only(stores: Stores) -> None:
    later = consent_change(ConsentState.OPTED_IN, START + 50, key=HEARD.consent_key, id=id_at(START + 50))
    stores.consents.record(later)
    stores.automatic_texts.hear(WORDS)
    found = stores.consents.state(HEARD.consent_key)
    assert found is not None
    assert found.state is ConsentState.OPTED_IN
    assert len(stores.consents.history(HEARD.consent_key)) == 2


def test_words_from_a_phone_with_a_hashed_opt_out_wait_for_it(stores: Stores) -> None:
    stores.personal_data.suppress(Consent(key=HEARD.consent_key, state=ConsentState.OPTED_OUT, changed_at=START))
    with pytest.raises(Unavailable):
        stores.automatic_texts.hear(WORDS)
    stores.automatic_texts.hear(WORDS)
    assert stored_notice(stores, HEARD) == HEARD
