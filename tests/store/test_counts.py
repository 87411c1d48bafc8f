"""What every access pattern costs, counted; docs/data-model.md must say the same (P4-P6, P10)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from chalicelib.domain.absences import Absence
from chalicelib.domain.addresses import Address
from chalicelib.domain.assignments import Handover, HandoverKind
from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.automatic_texts import telling, ticket
from chalicelib.domain.bulk import PausedBy
from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.consent import Consent, ConsentChange, ConsentSource, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.credits import CreditAccount, Purchase, PurchaseState, refund_of
from chalicelib.domain.devices import Device
from chalicelib.domain.erasures import ErasurePhase, erasure_of
from chalicelib.domain.invites import INVITE_LIFE, Invite
from chalicelib.domain.media import Media
from chalicelib.domain.merchant_texts import thread_about, thread_of_phone
from chalicelib.domain.merchants import (
    Associate,
    ChatLinkSetting,
    Permission,
    ProxyChange,
    ProxyState,
    Store,
    StoreChange,
)
from chalicelib.domain.merges import merged
from chalicelib.domain.messages import GRACE, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.notes import Note, NoteKind
from chalicelib.domain.opt_in import asked
from chalicelib.domain.order_runs import first_run
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.presence import Viewer
from chalicelib.domain.privacy_requests import PrivacyRequest, RequestKind
from chalicelib.domain.product_links import ProductLink
from chalicelib.domain.products import Product
from chalicelib.domain.reminders import Reminder, Timer
from chalicelib.domain.routing import Rerouting, RouteKey
from chalicelib.domain.sales import Sale, Seller
from chalicelib.domain.shelves import Shelf
from chalicelib.domain.templates import AutomaticSwitches, Template, TemplateKind
from chalicelib.domain.transfers import Transfer
from chalicelib.domain.unanswered import Unanswered
from chalicelib.domain.unread_replies import UnreadReply
from chalicelib.domain.uploads import Upload
from chalicelib.domain.wall_clock import moment_at
from chalicelib.store.table import Table
from chalicelib.usecases.ports import CustomerUpsert, DueHeld, DueMessage, DueText, MergeCommand, Once, Righted, Socket
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.store.test_bulk import BULK, SETTLED
from tests.store.test_bulk import ONCE as BULK_ONCE
from tests.store.test_bulk import PARTS as BULK_PARTS
from tests.store.test_bulk import entry as bulk_entry
from tests.support.capacity import Meter, metered
from tests.support.carts import CART, shared
from tests.support.merchant import MERCHANT as SHOP_MERCHANT
from tests.support.products import product
from tests.support.samples import (
    CONNECTION,
    CUSTOMER,
    MERCHANT,
    PHONE,
    STORE,
    append,
    consent_change,
    conversation,
    customer,
    held,
    id_at,
    message,
    opening,
    order,
    outbound,
    reminder,
    route,
    upsert,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-model.md"
BODY = "Hello! Is my order ready for pick-up? I could come by at half past four this afternoon, if that " * 2
BODY = BODY[:160]
Action = Callable[[], object]


def talk(stores: Stores, messages: int = 1) -> Conversation:
    stores.conversations.open(opening())
    for number in range(1, messages + 1):
        stores.conversations.append(append(message(START + number, body=BODY)))
    found = stores.conversations.find(conversation().id)
    assert found is not None
    return found


def queue(stores: Stores) -> Message:
    talk(stores)
    stores.consents.record(consent_change(ConsentState.OPTED_IN))
    text = outbound(START + 50, body=BODY)
    stores.conversations.append(append(text, once=Once("send", "key-1", "digest", text.id)))
    return text


def claim(stores: Stores) -> Message:
    claimed = queue(stores).claimed("worker-1", START + 60)
    stores.messages.claim(claimed, START + 60)
    return claimed


def inbox(stores: Stores, count: int = 60) -> None:
    for number in range(count):
        made = conversation(START + number, id=id_at(START, 100 + number), last_preview=BODY[:80], unread=3)
        held = route(made)
        held = replace(held, key=replace(held.key, customer_address=f"+1555{number:07d}"))
        stores.conversations.open(opening(made, route=held))


POOL_KEYS = [RouteKey("sms", Address(f"+1555010000{number}"), PHONE) for number in range(1, 6)]


def pool_talk(stores: Stores) -> None:
    for number in (1, 2):
        made = conversation(START, id=id_at(START, number), proxy=POOL_KEYS[number - 1].proxy, associate_id=id_at(1, 9))
        stores.conversations.open(opening(made, route=route(made), once=Once("start", str(number), "", made.id)))


REQUEST = PrivacyRequest(
    id="r" * 22, merchant_id=MERCHANT, store_id=STORE, connection_id=CONNECTION, kind=RequestKind.DATA,
    customer_id=CUSTOMER, requested_at=START,
)  # fmt: skip
ERASURE = erasure_of(customer(), CUSTOMER, STORE, "ada", START)
PROXY_CHANGE = ProxyChange(
    channel="sms", address=POOL_KEYS[0].proxy, merchant_id=MERCHANT, state=ProxyState.LOST, from_associate_id="ada"
)
INVITE = Invite(
    id="i" * 43, merchant_id=MERCHANT, store_id=STORE, associate_id="ada", associate_name="Ada", seed="s" * 32,
    created_at=START, expires_at=START + INVITE_LIFE,
)  # fmt: skip
TEMPLATE = Template(
    id=id_at(START), merchant_id=MERCHANT, store_id=STORE, kind=TemplateKind.CUSTOM, name="Ready to collect",
    texts={"en": BODY}, revision=1,
)  # fmt: skip
SWITCHES = AutomaticSwitches(store_id=STORE, merchant_id=MERCHANT, on=frozenset(OrderEvent))
TRANSFER = Transfer(
    id=id_at(START), merchant_id=MERCHANT, store_id=STORE, from_id="ada", from_name="Ada", to_id="mia", to_name="Mia",
    by_id="mia", by_name="Mia", at=START, total=3,
)  # fmt: skip


def go_on(s: Stores) -> Action:
    made = talk(s)
    moved = replace(made, proxy=POOL_KEYS[1].proxy)
    command = opening(
        moved, was=made, route=route(moved), left=route(made).key, left_at=START + 9, once=Once("on", "1", "", made.id)
    )
    return lambda: s.conversations.open(command)


def move_contact(s: Stores) -> Action:
    pool_talk(s)
    was = s.conversations.find(id_at(START, 1))
    assert was is not None
    return lambda: s.transfers.move(was, replace(was, associate_id="mia", transfer_id=TRANSFER.id))


def from_pool(s: Stores) -> Action:
    """As any start about an order; the associate's list has an entry more."""
    s.setup.put_customer(customer())
    s.orders.upsert(upsert(customer_was=customer()))
    text = outbound(START + 5, body=BODY)
    made = conversation(associate_id=id_at(1, 9)).with_message(text)
    return lambda: s.conversations.open(
        opening(made, messages=(text,), route=route(made), order=order().in_conversation(made.id))
    )


def sharded_inbox(stores: Stores) -> None:
    """Every shard has more than a page."""
    stores.known[STORE] = replace(SET_UP, inbox_shards=4)
    inbox(stores, 160)


def orders(stores: Stores, count: int = 60) -> None:
    stores.setup.put_customer(customer())
    for number in range(count):
        made = order(f"55500{number:05d}", placed_at=START + number, conversation_id=id_at(START, number))
        stores.orders.upsert(upsert(made, customer_was=customer()))


def inbound(s: Stores) -> Action:
    talk(s)
    return lambda: s.conversations.append(append(message(START + 50, body=BODY)))


def at_whatsapp(s: Stores) -> Action:
    s.conversations.open(opening(conversation(channel="whatsapp", free_until=START)))
    fields = {"channel": "whatsapp", "free_until": START + 50, "quoted_id": "wamid." + "A" * 56}
    return lambda: s.conversations.append(append(message(START + 50, body=BODY, **fields)))


def duplicate(s: Stores) -> Action:
    talk(s)
    return lambda: s.conversations.append(append(message(START + 1, body=BODY)))


def conflict(s: Stores) -> Action:
    closed = talk(s).closed(START + 9)
    s.conversations.end(talk(s), closed)
    return lambda: s.conversations.append(append(message(START + 50, body=BODY)))


def accept(s: Stores) -> Action:
    talk(s)
    text = outbound(START + 50, body=BODY)
    return lambda: s.conversations.append(append(text, once=Once("send", "key-1", "digest", text.id)))


def opt_out(s: Stores) -> Action:
    talk(s)
    stop = replace(STOP, id=id_at(START + 50), at=START + 50)
    texts = (message(START + 50, body="STOP"), outbound(START + 51, body=BODY))
    return lambda: s.conversations.append(append(*texts, consent=stop, opted_out=True))


def start(s: Stores) -> Action:
    s.setup.put_customer(customer())
    s.orders.upsert(upsert(customer_was=customer()))
    text = outbound(START + 5, body=BODY)
    command = opening(conversation().with_message(text), messages=(text,), order=order())
    return lambda: s.conversations.open(command)


def request(s: Stores) -> Action:
    """As any start about an order, with state and ledger of consent."""
    s.setup.put_customer(customer())
    s.orders.upsert(upsert(customer_was=customer()))
    text = outbound(START + 5, body=BODY, kind=MessageKind.OPT_IN_REQUEST)
    made = conversation().requested(START + 5).with_message(text)
    command = opening(made, messages=(text,), order=order(), consent=asked(text))
    return lambda: s.conversations.open(command)


def yes(s: Stores) -> Action:
    """The confirmation behind it."""
    request(s)()
    made = s.conversations.find(conversation().id)
    assert made is not None
    said, confirmation = message(START + 50, body="YES"), outbound(START + 51, body=BODY)
    change = consent_change(ConsentState.OPTED_IN, START + 50)
    return lambda: s.conversations.append(
        append(said, confirmation, expected=made, answers_request=True, consent=change, opted_out=False)
    )


def start_chat(s: Stores) -> Action:
    """With the words, an invitation by text, and the link in it."""
    s.setup.put_customer(customer())
    s.orders.upsert(upsert(customer_was=customer()))
    first, text = outbound(START + 5, body=BODY), outbound(START + 6, body=BODY, link_seed="s" * 22)
    made = conversation().with_message(text)
    command = opening(made, messages=(first, text), order=order(), link=LINK)
    return lambda: s.conversations.open(command)


def renew(s: Stores) -> Action:
    talk(s)
    text = outbound(START + 50, body=BODY, kind=MessageKind.INVITATION, link_seed="s" * 22)
    return lambda: s.conversations.append(append(text, link=replace(LINK, created_at=START + 50)))


def visitor(s: Stores) -> Action:
    text = message(START + 5, body=BODY)
    made = conversation(order_id=None, order_number=None).with_message(text)
    return lambda: s.conversations.open(opening(made, messages=(text,), customer=customer(), customer_address=PHONE))


def visitor_told_of(s: Stores) -> Action:
    text = message(START + 5, body=BODY)
    made, told = ticket(conversation(order_id=None, order_number=None).with_message(text), START)
    return lambda: s.conversations.open(
        opening(made, messages=(text,), customer=customer(), customer_address=PHONE, text=told)
    )


def told_of(s: Stores) -> None:
    visitor_told_of(s)()
    made, told = ticket(conversation(), START)
    said = replace(NOTICE, conversation_id=thread_about(made.id))
    s.automatic_texts.say(told.sent(said.conversation_id, said.id, START), said)


def new_order(s: Stores) -> Action:
    claimed = (("sms", PHONE), ("email", "c@example.com"), ("external", f"{CONNECTION}:77"))
    return lambda: s.orders.upsert(upsert(claimed=claimed))


TOLD, TEXT = telling(order(), OrderEvent.PLACED, START)
DUE_TEXT = DueText(TEXT.order_id, TEXT.event)


TO_TELL, TO_MERCHANT = telling(order(), OrderEvent.MERCHANT_PLACED, START)
NOTICE = outbound(
    START, body=BODY, conversation_id=thread_about(TO_MERCHANT.order_id), kind=MessageKind.MERCHANT_NOTICE,
    author_id=None, author_name=None, event=TO_MERCHANT.event.value,
)  # fmt: skip
NOTICED = TO_MERCHANT.sent(NOTICE.conversation_id, NOTICE.id, START)
HEARD = message(START, body="STOP", conversation_id=thread_of_phone(STORE))
STOPPING = append(
    HEARD,
    replace(NOTICE, id=id_at(START + 1), conversation_id=HEARD.conversation_id, kind=MessageKind.OPT_OUT_CONFIRMATION),
    once=Once("in#tw", "SM" + "0" * 32, "", HEARD.id),
    consent=consent_change(ConsentState.OPTED_OUT, START, conversation_id=""),
)


def told_merchant(s: Stores) -> Action:
    claimed = (("sms", PHONE), ("email", "c@example.com"), ("external", f"{CONNECTION}:77"))
    return lambda: s.orders.upsert(upsert(TO_TELL, claimed=claimed, texts=(TO_MERCHANT,)))


def told_order(s: Stores) -> Action:
    claimed = (("sms", PHONE), ("email", "c@example.com"), ("external", f"{CONNECTION}:77"))
    return lambda: s.orders.upsert(upsert(TOLD, claimed=claimed, texts=(TEXT,)))


def changed_order(s: Stores) -> Action:
    s.orders.upsert(upsert())
    paid = replace(order(), updated_at=START + 5)
    return lambda: s.orders.upsert(upsert(paid, order_was=order(), customer_was=customer()))


def close(s: Stores) -> Action:
    before = talk(s)
    return lambda: s.conversations.end(before, before.closed(START + 9))


def in_both(s: Stores) -> Conversation:
    """Another store talks with the customer over the same number; its conversation comes first."""
    made, theirs = talk(s), conversation(id=id_at(START, 7), store_id="sto-other")
    was, given = s.conversations.routes(route(made).key), route(theirs)
    ours = Rerouting(was, was.led_by(given, START + 2))
    s.conversations.open(opening(theirs, route=given, reroutings=(ours,), once=Once("start", "2", "", theirs.id)))
    return made


def come_first(s: Stores) -> Action:
    made, text = in_both(s), outbound(START + 50, body=BODY)
    was = s.conversations.routes(route(made).key)
    own = was.leading_to(made.id)
    assert own is not None
    moved = Rerouting(was, was.led_by(own, START + 50))
    return lambda: s.conversations.append(append(text, rerouting=moved))


def close_beside(s: Stores) -> Action:
    before = in_both(s)
    return lambda: s.conversations.end(before, before.closed(START + 9))


def close_first(s: Stores) -> Action:
    in_both(s)
    before = s.conversations.find(id_at(START, 7))
    assert before is not None
    return lambda: s.conversations.end(before, before.closed(START + 9))


def stop_shared(s: Stores) -> Action:
    talk(s)
    stop = replace(STOP, id=id_at(START + 50), at=START + 50)
    beside = replace(stop, key=replace(stop.key, scope="sto-other"), store_id="sto-other")
    texts = (message(START + 50, body="STOP"), outbound(START + 51, body=BODY))
    return lambda: s.conversations.append(append(*texts, consent=stop, consent_beside=(beside,), opted_out=True))


def delete(s: Stores) -> Action:
    before = talk(s)
    return lambda: s.conversations.end(before, before.deleted(START + 99))


def erase(s: Stores) -> Action:
    before = talk(s, 10)
    return lambda: s.conversations.erase_messages(before.id, before.last_message_id)


def flag(s: Stores) -> Action:
    before = talk(s)
    return lambda: s.conversations.flag_opted_out(before.id, True)


def reopen(s: Stores) -> Action:
    before = talk(s)
    closed = before.closed(START + 9)
    s.conversations.end(before, closed)
    return lambda: s.conversations.reopen(closed, closed.reopened(START + 10))


def read(s: Stores) -> Action:
    seen = talk(s)
    return lambda: s.conversations.mark_read(seen, 0)


def after(prepare: Callable[[Stores], object], act: Callable[[Stores], object]) -> Callable[[Stores], Action]:
    def pattern(stores: Stores) -> Action:
        prepare(stores)
        return lambda: act(stores)

    return pattern


SALE = Sale(
    order_id=order().id, merchant_id=MERCHANT, store_id=STORE, placed_at=START, total=9_900, currency="USD",
    sellers=(Seller(id_at(1, 9), "Alex Morgan"),),
)  # fmt: skip


def many_sales(s: Stores) -> None:
    for number in range(110):
        s.sales.add(replace(SALE, order_id=order(str(number)).id))


PRODUCT_LINK = ProductLink(
    id="AbCdEfGhIj", merchant_id=MERCHANT, store_id=STORE, associate_id=id_at(1, 9), associate_name="Alex Morgan",
    product_id="d" * 22, title="Harbor Boots waterproof leather", url="https://pine.example/products/harbor-boots",
    created_at=START,
)  # fmt: skip


def many_links(s: Stores) -> None:
    for number in range(110):
        s.product_links.add(replace(PRODUCT_LINK, id=f"AbCdEfG{number:03d}"))


def nothing(_: Stores) -> None:
    """No preparation."""


def added_bulk(s: Stores) -> None:
    assert s.bulks.add(BULK, BULK_PARTS, BULK_ONCE, bulk_entry(1)) is None


PAID = append(outbound(START + 50, body=BODY, credits=12), once=Once("send", "key-1", "digest", id_at(START + 50)))
FALLEN = PAID.messages[0].failed(FailureReason.LANDLINE, START + 60)
AGAIN = replace(FALLEN, credits=None).retried(START + 70, FALLEN.expires_at)
PURCHASE = Purchase(
    id="first", merchant_id=MERCHANT, store_id=STORE, by_id=id_at(1, 9), pack=1000, price=1000, created_at=START
)


def bought(s: Stores, pack: int, purchase_id: str = "first") -> None:
    purchase = replace(PURCHASE, id=purchase_id, pack=pack)
    s.credits.begin(purchase)
    s.credits.settle(replace(purchase, state=PurchaseState.PAID), START)


def fallen(s: Stores) -> None:
    bought(s, 1000)
    talk(s)
    s.conversations.append(PAID)
    s.messages.fail_queued(FALLEN)


def refunded(s: Stores) -> None:
    fallen(s)
    s.credits.refund(FALLEN, refund_of(FALLEN, START + 65))


def claimed_then(act: Callable[[Stores, Message], object]) -> Callable[[Stores], Action]:
    def pattern(stores: Stores) -> Action:
        held = claim(stores)
        return lambda: act(stores, held)

    return pattern


def queued_then(act: Callable[[Stores, Message], object]) -> Callable[[Stores], Action]:
    def pattern(stores: Stores) -> Action:
        text = queue(stores)
        return lambda: act(stores, text)

    return pattern


def retry(s: Stores) -> Action:
    failed = queue(s).failed(FailureReason.BLOCKED, START + 60)
    s.messages.fail_queued(failed)
    return lambda: s.messages.retry(failed.retried(START + 70, START + 1000), failed)


LINK = ChatLink(id="h" * 43, conversation_id=conversation().id, merchant_id=MERCHANT, created_at=START)
GUEST = Socket(id="L0SM9cOFvHcCIhw=", associate_id="", store_ids=(), opened_at=START, conversation_id=conversation().id)
SET_UP = Store(id=STORE, merchant_id=MERCHANT, name="Main Street", timezone="UTC", phone=PHONE)
ENTRY = AuditEntry(
    id=id_at(START), merchant_id=MERCHANT, store_id=STORE, associate_id="sub", act=AuditAct.HANDED_OVER, at=START,
    conversation_id=conversation().id,
)  # fmt: skip
STORE_CHANGE = StoreChange(store_id=STORE, merchant_id=MERCHANT, chat_link=ChatLinkSetting.IN_TEXT)
ABSENCE = Absence(associate_id="sub", merchant_id=MERCHANT, store_ids=(STORE,), answer=BODY, since=START)
HANDOVER = Handover(
    id=id_at(START + 9), conversation_id=conversation().id, merchant_id=MERCHANT, store_id=STORE, at=START + 9,
    kind=HandoverKind.HANDED_OVER, by_id=id_at(1, 8), by_name="Alex Morgan", to_id=id_at(1, 9), to_name="Sam Lee",
)  # fmt: skip
COLLEAGUE = Associate(
    id=id_at(1, 9),
    merchant_id=MERCHANT,
    email="sam@example.test",
    name="Sam Lee",
    stores={STORE: frozenset(Permission)},
)
SOCKET = Socket(id="L0SM9cOFvHcCIhw=", associate_id="sub", store_ids=(STORE, id_at(1, 8)), opened_at=START)
OTHER = customer(id=id_at(2, 2), phones=("+12065550199",), emails=("two@example.test",))
PAIR = merged(customer(), OTHER, (), "sub", "Sam Lee", START + 1)
MERGE = MergeCommand((customer(), PAIR[0]), (OTHER, PAIR[1]))


def two_customers(s: Stores) -> None:
    for each in (customer(), OTHER):
        s.setup.put_customer(each)


def merged_pair(s: Stores) -> None:
    two_customers(s)
    s.customers.change_both(MERGE, ENTRY)


VIEWER = Viewer(
    socket_id=SOCKET.id, associate_id="sub", name="Sam Lee", conversation_id=conversation().id, writing=True,
    seen_at=START + 1,
)  # fmt: skip


def look(s: Stores) -> None:
    s.sockets.add(SOCKET, "ticket")
    s.sockets.look(STORE, VIEWER, START)


STOP = consent_change(
    ConsentState.OPTED_OUT, START + 60, store_id=STORE, conversation_id=conversation().id, recorded_at=START + 60
)
KEY = STOP.key
INTENDED = replace(STOP, source=ConsentSource.INTENT)
MISTAKEN, NONE = INTENDED.leads_to(), Consent(key=KEY, state=ConsentState.NONE, changed_at=0)
RIGHT = replace(STOP, id=id_at(START + 99), state=ConsentState.NONE, source=ConsentSource.ASSOCIATE, by=id_at(1, 9))
SET_RIGHT = AuditEntry(
    id=id_at(START + 99), merchant_id=MERCHANT, store_id=STORE, associate_id=id_at(1, 9),
    act=AuditAct.OPT_OUT_SET_RIGHT, conversation_id=conversation().id, at=START + 99,
)  # fmt: skip


def line_of(number: int) -> ConsentChange:
    address = Address(f"+1555010{number:04d}")
    return replace(STOP, id=id_at(START + number, 6), key=replace(KEY, address=address), recorded_at=START + number)


def mistaken(s: Stores) -> None:
    s.conversations.open(opening(conversation(opted_out=True)))
    s.consents.record(INTENDED)


INTENDED_BESIDE = replace(INTENDED, key=replace(KEY, scope="sto-other"), store_id="sto-other")
BESIDE = Righted(
    replace(RIGHT, key=INTENDED_BESIDE.key, store_id="sto-other"),
    INTENDED_BESIDE.leads_to(),
    replace(NONE, key=INTENDED_BESIDE.key),
    replace(SET_RIGHT, store_id="sto-other", conversation_id=""),
)


def mistaken_beside(s: Stores) -> None:
    mistaken(s)
    s.consents.record(INTENDED_BESIDE)


LATER = START + 61 + GRACE


def doubted_then(action: Callable[[Stores, Message], object]) -> Callable[[Stores], Action]:
    def staged(s: Stores) -> Action:
        doubted = claim(s).unknown(START + 61)
        s.messages.settle(doubted, "worker-1")
        return lambda: action(s, doubted)

    return staged


def many_doubted(s: Stores) -> Action:
    talk(s)
    for number in range(0, 40, 5):
        texts = [outbound(START + 50 + number + each, body=BODY, due_at=START) for each in range(5)]
        s.conversations.append(append(*texts))
    return lambda: s.messages.due(LATER, 25, None)


def give(s: Stores) -> Action:
    before = talk(s)
    return lambda: s.assignments.assign(before, HANDOVER)


def closing_audited(s: Stores) -> Action:
    before = talk(s)
    return lambda: s.conversations.end(before, before.closed(START + 9), ENTRY)


def given(s: Stores) -> None:
    give(s)()


def start_and_open(s: Stores) -> None:
    start_chat(s)()


HELD = held(LATER, body=BODY)
UPLOAD = Upload(
    conversation_id=conversation().id,
    merchant_id=MERCHANT,
    owner="ada",
    created_at=START,
    media=Media(id="abcdefghijklmnopqrstuv"),
)
MADE = UPLOAD.settled(UPLOAD.media.ready("image/jpeg", 700_000, width=2048, height=1536))
HOLD = Once("request#ada", "key-2", "digest", HELD.id)


def held_then(act: Callable[[Stores], object]) -> Callable[[Stores], Action]:
    def staged(s: Stores) -> Action:
        talk(s)
        s.held.hold(HELD, HOLD, START)
        return lambda: act(s)

    return staged


def release(s: Stores) -> object:
    text = outbound(LATER, body=BODY)
    return s.conversations.append(append(text, once=Once("held", HELD.id, result=text.id), held=HELD))


def waits(text: Message) -> Unanswered:
    return Unanswered(
        conversation_id=text.conversation_id,
        merchant_id=text.merchant_id,
        store_id=text.store_id,
        last_message_id=text.id,
        due_at=LATER,
    )


REMINDER = reminder(LATER, note=BODY)
REMINDED = reminder(START, note=BODY)
WORDS = REMINDER.changed("Other", REMINDER.moment)
PUT_OFF = REMINDER.changed(BODY, moment_at(LATER + 600_000, REMINDER.zone))
ANOTHER = Once("request#ada", "key-8", "digest", "other")
REMIND = Once("request#ada", "key-7", "digest", REMINDER.id)


def carted_then(act: Callable[[Stores], object]) -> Callable[[Stores], Action]:
    def arrange(s: Stores) -> Action:
        s.carts.add(CART, REMIND)
        return lambda: act(s)

    return arrange


def reminding_then(act: Callable[[Stores], object], one: Reminder = REMINDER) -> Callable[[Stores], Action]:
    def arrange(s: Stores) -> Action:
        s.reminders.add(one, REMIND)
        return lambda: act(s)

    return arrange


def ended_then(act: Callable[[Stores, Reminder], object]) -> Callable[[Stores], Action]:
    def arrange(s: Stores) -> Action:
        s.reminders.add(REMINDER, REMIND)
        over = REMINDER.ended(START)
        s.reminders.end(over, REMINDER)
        return lambda: act(s, over)

    return arrange


NOTE = Note(
    id=id_at(START, 100), kind=NoteKind.CUSTOMER, about="customer-1", merchant_id=REMINDER.merchant_id,
    store_id=REMINDER.store_id, author_id="ada", author_name="Ada", body=BODY, created_at=START,
)  # fmt: skip


def many_notes(s: Stores) -> None:
    for number in range(40):
        one = replace(NOTE, id=id_at(START, 100 + number))
        s.notes.add(one, Once("request#ada", f"note-{number}", "digest", one.id))


def many_reminders(s: Stores) -> list[Timer]:
    for number in range(40):
        one = reminder(START, id=id_at(START, 100 + number), note=BODY)
        s.reminders.add(one, Once("request#ada", f"key-{number}", "digest", one.id))
    return list(s.reminders.due(LATER, 25))


DEVICE = Device(
    associate_id="ada", merchant_id=MERCHANT, created_at=START,
    endpoint="https://fcm.googleapis.com/fcm/send/" + "x" * 150,
)  # fmt: skip


def many_devices(s: Stores) -> None:
    for number in range(10):
        s.devices.put(replace(DEVICE, endpoint=f"{DEVICE.endpoint}{number}"))


def striking(s: Stores) -> Action:
    timers = many_reminders(s)
    return lambda: s.reminders.strike(timers)


ASKED, ASKED_AGAIN = message(START + 50, body=BODY), message(START + 60, body=BODY)
WAITS = waits(ASKED)
ASKING = append(ASKED, unanswered=WAITS)
ASKING_AGAIN = append(ASKED_AGAIN, unanswered=waits(ASKED_AGAIN))


REPLY, NEXT_REPLY = (outbound(START + at, body=BODY, author_id="ada", author_name="Ada") for at in (50, 60))
MAILED = outbound(LATER, kind=MessageKind.CHAT_REPLY, channel="email", body=BODY, link_seed="reply.c-1.0")


def unread(text: Message) -> UnreadReply:
    return UnreadReply(
        conversation_id=text.conversation_id,
        merchant_id=text.merchant_id,
        store_id=text.store_id,
        last_message_id=text.id,
        due_at=LATER,
    )


def answer(s: Stores, text: Message = REPLY) -> object:
    return s.conversations.append(append(text, unread_reply=unread(text)))


def unread_then(act: Callable[[Stores], object]) -> Callable[[Stores], Action]:
    def arrange(s: Stores) -> Action:
        s.conversations.open(opening())
        answer(s)
        return lambda: act(s)

    return arrange


def mailing(s: Stores) -> Action:
    unread_then(lambda s: None)(s)
    before = s.conversations.find(REPLY.conversation_id)
    return lambda: s.conversations.append(append(MAILED, expected=before, mailed=unread(REPLY)))


def many_unread(s: Stores) -> Action:
    for number in range(40):
        made = conversation(id=id_at(START, 100 + number), customer_address=f"+1206{number:07d}")
        s.conversations.open(opening(made, once=Once("open", f"key-{number}")))
        answer(s, outbound(START + 50 + number, conversation_id=made.id))
    return lambda: s.unread_replies.due(LATER, 25, None)


def waiting_then(act: Callable[[Stores], object]) -> Callable[[Stores], Action]:
    def arrange(s: Stores) -> Action:
        s.conversations.open(opening())
        s.conversations.append(append(outbound(START + 1, body=BODY, author_id="ada", author_name="Ada")))
        s.conversations.append(ASKING)
        return lambda: act(s)

    return arrange


def going_back(s: Stores) -> Action:
    waiting_then(lambda s: None)(s)
    before = s.conversations.find(WAITS.conversation_id)
    assert before is not None
    line = replace(HANDOVER, id=id_at(LATER), kind=HandoverKind.UNANSWERED, by_id=None, by_name=None, to_id=None)
    line = replace(line, to_name=None, from_id="ada", from_name="Ada")
    return lambda: s.unanswered.give_back(before, line, WAITS, START)


def many_waiting(s: Stores) -> Action:
    for number in range(40):
        made = conversation(id=id_at(START, 100 + number), customer_address=f"+1206{number:07d}")
        s.conversations.open(opening(made, once=Once("open", f"key-{number}")))
        text = message(START + 50 + number, conversation_id=made.id)
        s.conversations.append(append(text, unanswered=waits(text)))
    return lambda: s.unanswered.due(LATER, 25, None)


def many_held(s: Stores) -> Action:
    talk(s)
    for number in range(40):
        s.held.hold(held(START + number, id=id_at(START, 100 + number)), Once("request", f"key-{number}"), START)
    return lambda: s.held.due(LATER, 25, None)


PICTURED = message(START + 5, media=(Media(id="m-0", source="https://api.example.test/" + "a" * 120),))


def pictured(stores: Stores) -> None:
    stores.conversations.open(opening())
    stores.conversations.append(append(PICTURED))


def settled(item: Message) -> Message:
    return item.with_media(item.media[0].ready("image/jpeg", 90_000, width=2048, height=1536))


BOOTS = product(title="Harbor Boots waterproof leather", vendor="Pine & Co", codes=("4006381333931", "HB-41"))


def shelf_of(number: int) -> list[Product]:
    return [product(str(each), title=f"Boots {each} waterproof leather", codes=()) for each in range(number)]


def sell(s: Stores, number: int = 60) -> None:
    for each in shelf_of(number):
        s.products.write(each, None)


SHELF = Shelf(associate_id="sub", merchant_id=MERCHANT, favourites=tuple(each.id for each in shelf_of(50)))
ORDER_RUN = first_run(CONNECTION, MERCHANT, START)
RUN = CatalogueRun(connection_id=CONNECTION, merchant_id=MERCHANT, started_at=START)


PATTERNS: dict[str, Callable[[Stores], Action]] = {
    "product write: new": after(nothing, lambda s: s.products.write(BOOTS, None)),
    "product write: another price": after(
        lambda s: s.products.write(BOOTS, None), lambda s: s.products.write(replace(BOOTS, price_to=1), BOOTS)
    ),
    "product find": after(lambda s: s.products.write(BOOTS, None), lambda s: s.products.find(BOOTS.id)),
    "products find_several (40)": after(sell, lambda s: s.products.find_several([each.id for each in shelf_of(40)])),
    "products by_word (60)": after(sell, lambda s: s.products.by_word(SHOP_MERCHANT, "wat", 250, None)),
    "products by_code": after(
        lambda s: s.products.write(BOOTS, None), lambda s: s.products.by_code(SHOP_MERCHANT, "hb-41", 10)
    ),
    "products listed (24)": after(sell, lambda s: s.products.listed(SHOP_MERCHANT, 24, None)),
    "shelf find": after(lambda s: s.shelves.change(SHELF, None), lambda s: s.shelves.find("sub")),
    "shelf change": after(
        lambda s: s.shelves.change(SHELF, None), lambda s: s.shelves.change(SHELF.with_recent("p"), SHELF)
    ),
    "catalogue runs": after(lambda s: s.catalogue_runs.change(RUN, None), lambda s: s.catalogue_runs.all()),
    "catalogue run change": after(
        lambda s: s.catalogue_runs.change(RUN, None), lambda s: s.catalogue_runs.change(RUN.refused(), RUN)
    ),
    "order runs": after(lambda s: s.order_runs.change(ORDER_RUN, None), lambda s: s.order_runs.all()),
    "order run change": after(
        lambda s: s.order_runs.change(ORDER_RUN, None), lambda s: s.order_runs.change(ORDER_RUN.refused(), ORDER_RUN)
    ),
    "find_route": after(talk, lambda s: s.conversations.find_route(route(conversation()).key, consistent=False)),
    "append: text from a customer": inbound,
    "append: message at WhatsApp": at_whatsapp,
    "append: duplicate": duplicate,
    "append: conflict": conflict,
    "append: text to a customer": accept,
    "append: STOP with confirmation": opt_out,
    "open: about an order": start,
    "open: a request for the customer's yes": request,
    "append: the yes, with confirmation": yes,
    "open: on the chat page, with a link": start_chat,
    "append: fresh chat link": renew,
    "open: unknown customer writes": visitor,
    "open: unknown customer writes, and the merchant's phone is told": visitor_told_of,
    "open: go on over another number": go_on,
    "invite add": after(nothing, lambda s: s.invites.add(INVITE)),
    "invite find": after(lambda s: s.invites.add(INVITE), lambda s: s.invites.find(INVITE.id)),
    "invite change": after(
        lambda s: s.invites.add(INVITE), lambda s: s.invites.change(INVITE.revoked(START + 1), INVITE)
    ),
    "invite change: an address at WhatsApp": after(
        lambda s: s.invites.add(INVITE),
        lambda s: s.invites.change(INVITE.revoked(START + 1), INVITE, Once("word", "hash", result=INVITE.id)),
    ),
    "invites of_associate (10)": after(
        lambda s: [s.invites.add(replace(INVITE, id=f"{number:043d}")) for number in range(10)],
        lambda s: s.invites.of_associate("ada", START, 50),
    ),
    "proxy change": after(nothing, lambda s: s.proxy_changes.put(PROXY_CHANGE)),
    "store change": after(nothing, lambda s: s.store_changes.put(STORE_CHANGE, None, ENTRY)),
    "store change find": after(
        lambda s: s.store_changes.put(STORE_CHANGE, None, ENTRY), lambda s: s.store_changes.find(STORE)
    ),
    "proxy changes": after(lambda s: s.proxy_changes.put(PROXY_CHANGE), lambda s: s.proxy_changes.all()),
    "upsert: new order whose customer is told": told_order,
    "automatic find": after(lambda s: told_order(s)(), lambda s: s.automatic_texts.find(DUE_TEXT)),
    "automatic of_order": after(lambda s: told_order(s)(), lambda s: s.automatic_texts.of_order(TOLD.id)),
    "automatic due: none": after(nothing, lambda s: s.automatic_texts.due(START, 25, None)),
    "automatic due: page (1)": after(lambda s: told_order(s)(), lambda s: s.automatic_texts.due(START, 25, None)),
    "automatic postpone": after(lambda s: told_order(s)(), lambda s: s.automatic_texts.postpone(DUE_TEXT, START + 9)),
    "automatic settle": after(
        lambda s: told_order(s)(), lambda s: s.automatic_texts.settle(TEXT.sent(id_at(START), id_at(START), START))
    ),
    "bulk add (30)": after(nothing, added_bulk),
    "bulk find": after(added_bulk, lambda s: s.bulks.find(STORE, BULK.id)),
    "bulk part": after(added_bulk, lambda s: s.bulks.part(BULK.id, 0)),
    "bulk due: none": after(nothing, lambda s: s.bulks.due(START, 25)),
    "bulk due: page (1)": after(added_bulk, lambda s: s.bulks.due(START, 25)),
    "bulk of_store (1)": after(added_bulk, lambda s: s.bulks.of_store(STORE, 50)),
    "bulk change": after(added_bulk, lambda s: s.bulks.change(BULK.paused(PausedBy.HAND), BULK)),
    "bulk change: a part is settled": after(added_bulk, lambda s: s.bulks.change(BULK.settled(SETTLED), BULK, SETTLED)),
    "append: text that costs credits": after(
        lambda s: (bought(s, 1000), talk(s)), lambda s: s.conversations.append(PAID)
    ),
    "append: text that crosses the threshold": after(
        lambda s: (bought(s, 55), talk(s)), lambda s: s.conversations.append(PAID)
    ),
    "retry: what was given back": after(
        refunded, lambda s: s.messages.retry(replace(AGAIN, credits=12), replace(FALLEN, credits=None))
    ),
    "automatic say": after(lambda s: told_merchant(s)(), lambda s: s.automatic_texts.say(NOTICED, NOTICE)),
    "automatic say, where it costs credits": after(
        lambda s: (bought(s, 1000), told_merchant(s)()),
        lambda s: s.automatic_texts.say(NOTICED, replace(NOTICE, credits=12)),
    ),
    "automatic hear: STOP of the merchant's phone": after(nothing, lambda s: s.automatic_texts.hear(STOPPING)),
    "credits account": after(lambda s: bought(s, 1000), lambda s: s.credits.account(STORE)),
    "credits lines (50)": after(
        lambda s: [bought(s, 1000, f"{number:026d}") for number in range(51)],
        lambda s: s.credits.lines(STORE, 50, None),
    ),
    "credits refund": after(fallen, lambda s: s.credits.refund(FALLEN, refund_of(FALLEN, START + 9))),
    "credits begin": after(nothing, lambda s: s.credits.begin(PURCHASE)),
    "credits settle": after(
        lambda s: (bought(s, 1000, "other"), s.credits.begin(PURCHASE)),
        lambda s: s.credits.settle(replace(PURCHASE, state=PurchaseState.PAID), START),
    ),
    "credits purchases (10)": after(
        lambda s: [bought(s, 1000, f"{number:026d}") for number in range(10)], lambda s: s.credits.purchases(STORE)
    ),
    "credits set_threshold": after(
        lambda s: bought(s, 1000),
        lambda s: s.credits.set_threshold(CreditAccount(store_id=STORE, merchant_id=MERCHANT, threshold=9), START),
    ),
    "template save": after(nothing, lambda s: s.templates.save(TEMPLATE, None)),
    "template save: standard": after(nothing, lambda s: s.templates.save(TEMPLATE, SWITCHES)),
    "template find": after(lambda s: s.templates.save(TEMPLATE, None), lambda s: s.templates.find(STORE, TEMPLATE.id)),
    "templates of_store (20)": after(
        lambda s: [s.templates.save(replace(TEMPLATE, id=f"{number:026d}"), None) for number in range(20)],
        lambda s: s.templates.of_store(STORE),
    ),
    "transfer put": after(nothing, lambda s: s.transfers.put(TRANSFER)),
    "transfer find": after(lambda s: s.transfers.put(TRANSFER), lambda s: s.transfers.find(STORE, TRANSFER.id)),
    "transfers of_store": after(lambda s: s.transfers.put(TRANSFER), lambda s: s.transfers.of_store(STORE, 20)),
    "contacts (100)": after(pool_talk, lambda s: s.transfers.contacts(id_at(1, 9), 100, None)),
    "count_contacts": after(pool_talk, lambda s: s.transfers.count_contacts(id_at(1, 9), STORE)),
    "transfer move": move_contact,
    "find_routes (pool of 5)": after(talk, lambda s: s.conversations.find_routes(POOL_KEYS)),
    "find_several (2)": after(pool_talk, lambda s: s.conversations.find_several([id_at(START, 1), id_at(START, 2)])),
    "open: from a pool": from_pool,
    "find": after(talk, lambda s: s.conversations.find(conversation().id)),
    "find_with_associate": after(talk, lambda s: s.conversations.find_with_associate(conversation().id, "sub")),
    "thread: first page (50)": after(
        lambda s: talk(s, 60), lambda s: s.conversations.thread(conversation().id, 50, None)
    ),
    "messages_after: nothing new": after(
        lambda s: talk(s, 60), lambda s: s.conversations.messages_after(conversation().id, message(START + 60).id, 50)
    ),
    "messages_after: 10 new": after(
        lambda s: talk(s, 60), lambda s: s.conversations.messages_after(conversation().id, message(START + 50).id, 50)
    ),
    "chat link find": after(start_and_open, lambda s: s.chat_links.find(LINK.id)),
    "chat link keep": after(start_and_open, lambda s: s.chat_links.keep(LINK)),
    "upload add": after(nothing, lambda s: s.uploads.add(UPLOAD)),
    "upload find": after(lambda s: s.uploads.add(UPLOAD), lambda s: s.uploads.find(UPLOAD.conversation_id, UPLOAD.id)),
    "upload settle": after(lambda s: s.uploads.add(UPLOAD), lambda s: s.uploads.settle(MADE, UPLOAD)),
    "uploads find_several (5)": after(
        lambda s: s.uploads.add(UPLOAD),
        lambda s: s.uploads.find_several(UPLOAD.conversation_id, [f"{UPLOAD.id}{n}" for n in range(5)]),
    ),
    "attempts count": after(nothing, lambda s: s.attempts.count("chat-link", "place")),
    "attempts add": after(nothing, lambda s: s.attempts.add("chat-link", "place", START)),
    "find_message": after(talk, lambda s: s.conversations.find_message(conversation().id, message(START + 1).id)),
    "inbox: page (25)": after(inbox, lambda s: s.conversations.inbox(STORE, "open", START, 25, None)),
    "inbox: page (25), 4 shards": after(sharded_inbox, lambda s: s.conversations.inbox(STORE, "open", START, 25, None)),
    "expirable, 4 shards": after(sharded_inbox, lambda s: s.conversations.expirable(STORE, START, 25)),
    "expirable": after(talk, lambda s: s.conversations.expirable(STORE, START, 25)),
    "mark_read": read,
    "end: close": close,
    "end: delete": delete,
    "routes (2 stores)": after(in_both, lambda s: s.conversations.routes(route(conversation()).key)),
    "append: text that brings its conversation first": come_first,
    "append: STOP for two scopes, with confirmation": stop_shared,
    "end: close, another store's goes on": close_first,
    "end: close, beside another store's": close_beside,
    "erase 10 messages": erase,
    "flag_opted_out": flag,
    "find_once": after(talk, lambda s: s.conversations.find_once(append(message(START + 1)).once)),
    "reopen": reopen,
    "assign": give,
    "assign: history": after(given, lambda s: s.assignments.history(conversation().id)),
    "audit record": after(nothing, lambda s: s.audit.record(ENTRY)),
    "audit entries (50)": after(
        lambda s: [s.audit.record(replace(ENTRY, id=id_at(START, number))) for number in range(60)],
        lambda s: s.audit.entries(STORE, 50, None),
    ),
    "end: close, written down": closing_audited,
    "absence put": after(nothing, lambda s: s.absences.put(ABSENCE)),
    "absence find": after(lambda s: s.absences.put(ABSENCE), lambda s: s.absences.find("sub")),
    "colleagues": after(lambda s: s.setup.put_associate(COLLEAGUE), lambda s: s.directory.colleagues(STORE)),
    "show_outcome": queued_then(lambda s, m: s.conversations.show_outcome(m)),
    "claim": queued_then(lambda s, m: s.messages.claim(m.claimed("w", START + 60), START + 60)),
    "settle": claimed_then(lambda s, m: s.messages.settle(m.sent("SM" + "0" * 32, START + 61), "worker-1")),
    "fail_queued": queued_then(lambda s, m: s.messages.fail_queued(m.failed(FailureReason.BLOCKED, START + 60))),
    "expire_lease": claimed_then(lambda s, m: s.messages.expire_lease(m.unknown(START + 90_000), START + 90_000)),
    "retry": retry,
    "prolong": queued_then(lambda s, m: s.messages.prolong(m, START + 99)),
    "climb": claimed_then(lambda s, m: s.messages.climb(m.ref, MessageStatus.DELIVERED, None, "SM1", START + 62)),
    "settle: unknown": claimed_then(lambda s, m: s.messages.settle(m.unknown(START + 61), "worker-1")),
    "climb: out of doubt": doubted_then(lambda s, m: s.messages.climb(m.ref, MessageStatus.SENT, None, "SM1", LATER)),
    "due: none": after(talk, lambda s: s.messages.due(LATER, 25, None)),
    "due: page (25)": many_doubted,
    "hold": after(talk, lambda s: s.held.hold(HELD, HOLD, START)),
    "held find": held_then(lambda s: s.held.find(HELD.conversation_id, HELD.id)),
    "held of_conversation": held_then(lambda s: s.held.of_conversation(HELD.conversation_id, 20)),
    "held change": held_then(lambda s: s.held.change(HELD.changed(BODY, LATER + 1, HELD.reason), HELD)),
    "held cancel": held_then(lambda s: s.held.cancel(HELD)),
    "held put_aside": held_then(lambda s: s.held.put_aside(DueHeld(HELD.conversation_id, HELD.id), LATER + 1)),
    "append: release of a held text": held_then(release),
    "held due: none": held_then(lambda s: s.held.due(START, 25, None)),
    "held due: page (25)": many_held,
    "append: text to be answered in time": after(talk, lambda s: s.conversations.append(ASKING)),
    "append: next text to be answered in time": waiting_then(lambda s: s.conversations.append(ASKING_AGAIN)),
    "unanswered due: none": waiting_then(lambda s: s.unanswered.due(START, 25, None)),
    "unanswered due: page (25)": many_waiting,
    "append: answer on the chat page": after(talk, answer),
    "append: next answer on the chat page": unread_then(lambda s: answer(s, NEXT_REPLY)),
    "append: mail with unread answers": mailing,
    "unread reply due: none": unread_then(lambda s: s.unread_replies.due(START, 25, None)),
    "unread reply due: page (25)": many_unread,
    "unread reply find": unread_then(lambda s: s.unread_replies.find(REPLY.conversation_id)),
    "unread reply forget": unread_then(lambda s: s.unread_replies.forget(unread(REPLY))),
    "unread reply put_aside": unread_then(lambda s: s.unread_replies.put_aside(REPLY.conversation_id, LATER + 1)),
    "note add": after(nothing, lambda s: s.notes.add(NOTE, Once("request#ada", "key-8", "digest", NOTE.id))),
    "notes about (40)": after(many_notes, lambda s: s.notes.about(NOTE.kind, NOTE.about, NOTE.store_id, 40)),
    "note find": after(many_notes, lambda s: s.notes.find(NOTE.kind, NOTE.about, NOTE.store_id, NOTE.id)),
    "note remove": after(many_notes, lambda s: s.notes.remove(NOTE)),
    "cart add": lambda s: lambda: s.carts.add(CART, ANOTHER),
    "cart find": carted_then(lambda s: s.carts.find("c-1", CART.id)),
    "carts of_conversation": carted_then(lambda s: s.carts.of_conversation("c-1", 20)),
    "cart change": carted_then(lambda s: s.carts.change(shared(), CART)),
    "reminder add": reminding_then(lambda s: s.reminders.add(reminder(LATER, id=id_at(START, 9), note=BODY), ANOTHER)),
    "reminder find": reminding_then(lambda s: s.reminders.find("ada", REMINDER.id)),
    "reminder find_ended": ended_then(lambda s, over: s.reminders.find_ended("ada", over.id)),
    "reminders of_associate (40)": after(many_reminders, lambda s: s.reminders.of_associate("ada")),
    "reminder change: words": reminding_then(lambda s: s.reminders.change(WORDS, REMINDER)),
    "reminder change: time": reminding_then(lambda s: s.reminders.change(PUT_OFF, REMINDER)),
    "reminder end: before its time": reminding_then(lambda s: s.reminders.end(REMINDER.ended(START), REMINDER)),
    "reminder end: after it was told": reminding_then(
        lambda s: s.reminders.end(REMINDED.ended(LATER), REMINDED), REMINDED
    ),
    "reminder restore": ended_then(lambda s, over: s.reminders.restore(over.restored(), over)),
    "device put": after(nothing, lambda s: s.devices.put(DEVICE)),
    "devices of_associate (10)": after(many_devices, lambda s: s.devices.of_associate("ada")),
    "device remove": after(lambda s: s.devices.put(DEVICE), lambda s: s.devices.remove("ada", DEVICE.endpoint)),
    "timers due: none": reminding_then(lambda s: s.reminders.due(START, 25)),
    "timers due: page (25)": after(many_reminders, lambda s: s.reminders.due(LATER, 25)),
    "timers strike (25)": striking,
    "unanswered find": waiting_then(lambda s: s.unanswered.find(WAITS.conversation_id)),
    "unanswered look_again": waiting_then(lambda s: s.unanswered.look_again(WAITS, LATER + 1)),
    "unanswered forget": waiting_then(lambda s: s.unanswered.forget(WAITS)),
    "unanswered put_aside": waiting_then(lambda s: s.unanswered.put_aside(WAITS.conversation_id, LATER + 1)),
    "unanswered give_back": going_back,
    "texts_beside (50)": after(
        lambda s: talk(s, 50), lambda s: s.messages.texts_beside(outbound(START + 99, body=BODY))
    ),
    "identify": doubted_then(lambda s, m: s.messages.identify(m.found("SM1", MessageStatus.SENT, None, LATER), m)),
    "doubt: later": doubted_then(lambda s, m: s.messages.doubt(m.asked_again_later(LATER), m)),
    "put_aside": doubted_then(lambda s, m: s.messages.put_aside(DueMessage(m.conversation_id, m.id), LATER + 1)),
    "doubt: never": doubted_then(lambda s, m: s.messages.doubt(m.left_to_people(), m)),
    "keep_media": after(pictured, lambda s: s.messages.keep_media(settled(PICTURED), PICTURED)),
    "consent state": after(lambda s: s.consents.record(STOP), lambda s: s.consents.state(KEY)),
    "consent record": after(nothing, lambda s: s.consents.record(STOP)),
    "consent history": after(lambda s: s.consents.record(STOP), lambda s: s.consents.history(KEY)),
    "consent of_store (50)": after(
        lambda s: [s.consents.record(line_of(n)) for n in range(60)],
        lambda s: s.consents.of_store(STORE, 0, 10**13 - 1, 50, None),
    ),
    "consent set_right": after(
        mistaken, lambda s: s.consents.set_right(RIGHT, MISTAKEN, NONE, conversation(), SET_RIGHT)
    ),
    "consent set_right, and in another store's scope": after(
        mistaken_beside,
        lambda s: s.consents.set_right(RIGHT, MISTAKEN, NONE, conversation(), SET_RIGHT, [BESIDE]),
    ),
    "order find_several (2)": after(orders, lambda s: s.orders.find_several([order().id, "unknown"])),
    "order find, find_external": after(orders, lambda s: s.orders.find_external(CONNECTION, "5550000001")),
    "upsert: new order and customer": new_order,
    "upsert: changed order": changed_order,
    "unlink": after(
        lambda s: s.orders.upsert(upsert(replace(order(), conversation_id="talk"))),
        lambda s: s.orders.unlink(order().id, "talk"),
    ),
    "proxy_uses (60)": after(inbox, lambda s: s.conversations.proxy_uses(STORE, START, 1000)),
    "active: page (25)": after(orders, lambda s: s.orders.active(STORE, START, 25, None)),
    "of_customer (50)": after(orders, lambda s: s.orders.of_customer(CUSTOMER, 50)),
    "customer find": after(lambda s: s.setup.put_customer(customer()), lambda s: s.customers.find(CUSTOMER)),
    "customer find_by": after(
        lambda s: s.setup.put_customer(customer()), lambda s: s.customers.find_by(MERCHANT, "sms", PHONE)
    ),
    "customer find: merged": after(merged_pair, lambda s: s.customers.find(OTHER.id)),
    "customers find_several (2)": after(merged_pair, lambda s: s.customers.find_several([CUSTOMER, "nobody"])),
    "customers merged_into (1)": after(merged_pair, lambda s: s.customers.merged_into(PAIR[0])),
    "customers change_both": after(two_customers, lambda s: s.customers.change_both(MERGE, ENTRY)),
    "customer upsert: new": after(
        nothing,
        lambda s: s.customers.upsert(
            CustomerUpsert(
                customer=customer(), customer_was=None, claimed=(("external", "s:1"), ("sms", "+12065550199"))
            )
        ),
    ),
    "erasure begin": after(nothing, lambda s: s.erasures.begin(ERASURE, ENTRY)),
    "erasure change": after(
        lambda s: s.erasures.begin(ERASURE, ENTRY),
        lambda s: s.erasures.change(ERASURE.at(ErasurePhase.CONVERSATIONS), ERASURE),
    ),
    "erasures under_way: none": after(nothing, lambda s: s.erasures.under_way(START, 20)),
    "erasures of_store": after(lambda s: s.erasures.begin(ERASURE, ENTRY), lambda s: s.erasures.of_store(STORE, 50)),
    "forget what the merchant's phone was told of a conversation": after(
        told_of, lambda s: s.personal_data.forget_told(conversation().id)
    ),
    "conversations of a customer (10)": after(inbox, lambda s: s.personal_data.conversations(CUSTOMER, 10)),
    "audit find": after(lambda s: s.audit.record(ENTRY), lambda s: s.audit.find(ENTRY.store_id, ENTRY.id)),
    "customer file: counts (60 of each)": after(
        lambda s: (inbox(s), orders(s)), lambda s: s.customer_files.counts([CUSTOMER])
    ),
    "customer file: next_conversation": after(inbox, lambda s: s.customer_files.next_conversation(CUSTOMER, "")),
    "customer file: inside (50)": after(
        lambda s: talk(s, 60), lambda s: s.customer_files.inside(conversation().id, "", 50)
    ),
    "customer file: next_order": after(orders, lambda s: s.customer_files.next_order(CUSTOMER, "")),
    "customer file: notes (40)": after(many_notes, lambda s: s.customer_files.notes(NOTE.kind, NOTE.about, "", 50)),
    "customer file: reminders (40)": after(many_reminders, lambda s: s.customer_files.reminders("ada")),
    "customer file: invites (1)": after(
        lambda s: s.invites.add(INVITE), lambda s: s.customer_files.invites(INVITE.associate_id)
    ),
    "privacy request add": after(nothing, lambda s: s.privacy_requests.add(REQUEST)),
    "privacy requests of_store": after(
        lambda s: s.privacy_requests.add(REQUEST), lambda s: s.privacy_requests.of_store(STORE)
    ),
    "privacy request find": after(
        lambda s: s.privacy_requests.add(REQUEST), lambda s: s.privacy_requests.find(STORE, REQUEST.id)
    ),
    "privacy request change": after(
        lambda s: s.privacy_requests.add(REQUEST),
        lambda s: s.privacy_requests.change(REQUEST.settled("ada", START), REQUEST),
    ),
    "sales: said_to (50)": after(lambda s: talk(s, 60), lambda s: s.sales.said_to(CUSTOMER, START, START + 50)),
    "sale add": after(nothing, lambda s: s.sales.add(SALE)),
    "sales of_store (100)": after(many_sales, lambda s: s.sales.of_store(STORE, 0, 10**13 - 1, 100, None)),
    "product link add": after(nothing, lambda s: s.product_links.add(PRODUCT_LINK)),
    "product link find": after(many_links, lambda s: s.product_links.find("AbCdEfG001")),
    "product link click": after(many_links, lambda s: s.product_links.click("AbCdEfG001", START)),
    "product links of_store (100)": after(
        many_links, lambda s: s.product_links.of_store(STORE, 0, 10**13 - 1, 100, None)
    ),
    "customer renamed": after(merged_pair, lambda s: s.customers.renamed(PAIR[0])),
    "rename": after(talk, lambda s: s.conversations.rename(conversation(), "Kim Lee")),
    "directory: connections, stores, proxies": after(
        lambda s: s.setup.put_store(SET_UP), lambda s: s.directory.store(STORE)
    ),
    "directory: associate": after(nothing, lambda s: s.directory.associate("sub")),
    "rejection record": after(nothing, lambda s: s.rejections.record(Once("twilio", "SM1"), "no_route", START)),
    "socket add (2 stores)": after(nothing, lambda s: s.sockets.add(SOCKET, "ticket")),
    "socket of_store": after(lambda s: s.sockets.add(SOCKET, "ticket"), lambda s: s.sockets.of_store(STORE)),
    "socket add (a customer's)": after(nothing, lambda s: s.sockets.add(GUEST, "ticket")),
    "socket of_conversation": after(
        lambda s: s.sockets.add(GUEST, "ticket"), lambda s: s.sockets.of_conversation(conversation().id)
    ),
    "socket find": after(lambda s: s.sockets.add(SOCKET, "ticket"), lambda s: s.sockets.find(SOCKET.id)),
    "socket look": after(lambda s: s.sockets.add(SOCKET, "ticket"), lambda s: s.sockets.look(STORE, VIEWER, START)),
    "socket look_away": after(look, lambda s: s.sockets.look_away(STORE, SOCKET.id, VIEWER.conversation_id)),
    "socket viewers": after(look, lambda s: s.sockets.viewers(STORE, VIEWER.conversation_id, START)),
    "socket remove (2 stores)": after(lambda s: s.sockets.add(SOCKET, "ticket"), lambda s: s.sockets.remove(SOCKET.id)),
}


def measured(real: Stores, table: Table, name: str) -> Meter:
    action = PATTERNS[name](real)
    with metered(table) as meter:
        action()
    return meter


def documented() -> dict[str, list[str]]:
    """Rows of the table of access patterns: name -> [calls, write units, read units]."""
    cells = [re.split(r"\s*\|\s*", line.strip("| \n")) for line in DOCUMENT.read_text("utf-8").splitlines()]
    return {row[0].strip("`"): row[-3:] for row in cells if len(row) == 6 and row[0].startswith("`")}


@pytest.mark.parametrize("name", PATTERNS)
def test_the_document_says_what_an_access_pattern_costs(real: Stores, table: Table, name: str) -> None:
    meter = measured(real, table, name)
    assert documented().get(name) == [str(len(meter.calls)), f"{meter.write_units:g}", f"{meter.read_units:g}"]


def test_the_document_has_no_other_patterns() -> None:
    assert set(documented()) == set(PATTERNS)


def test_p4_a_text_to_a_known_route(real: Stores, table: Table) -> None:
    action = inbound(real)
    with metered(table) as meter:
        real.conversations.find_route(route(conversation()).key, consistent=False)
        action()
    assert meter.calls == ["GetItem", "TransactWriteItems"]
    assert (meter.write_units, meter.read_units) == (8, 0.5)
    assert meter.index_write_units == 2, "the inbox entry moves: one out, one in"
    assert meter.largest_item < 900, "well below 1 KB"


@pytest.mark.parametrize("count", [1, 4])
def test_a_text_costs_the_same_in_any_shard_and_in_the_one_it_moves_to(real: Stores, table: Table, count: int) -> None:
    action = inbound(real)
    real.known[STORE] = replace(SET_UP, inbox_shards=count)
    with metered(table) as meter:
        action()
    assert (meter.calls, meter.write_units, meter.index_write_units) == (["TransactWriteItems"], 8, 2)


def test_p4_a_text_with_a_picture_costs_no_more(real: Stores, table: Table) -> None:
    talk(real)
    source = f"https://api.twilio.com/2010-04-01/Accounts/AC{'1' * 32}/Messages/MM{'2' * 32}/Media/ME{'3' * 32}"
    media = (Media(id=id_at(START, 1) + "-0", content_type="image/jpeg", source=source),)
    with metered(table) as meter:
        real.conversations.append(append(message(START + 50, body=BODY, media=media)))
    assert (meter.calls, meter.write_units) == (["TransactWriteItems"], 8)


def test_p4_a_duplicate(real: Stores, table: Table) -> None:
    meter = measured(real, table, "append: duplicate")
    assert meter.calls == ["TransactWriteItems"]
    assert meter.write_units <= 3


def test_p5_a_text_out_with_claim_result_and_two_callbacks(real: Stores, table: Table) -> None:
    talk(real)
    real.consents.record(consent_change(ConsentState.OPTED_IN))
    text = outbound(START + 50, body=BODY)
    held = text.claimed("worker-1", START + 60)
    with metered(table) as meter:
        real.conversations.find_with_associate(conversation().id, "sub")
        real.conversations.append(append(text, once=Once("send", "key-1", "digest", text.id)))
        real.messages.claim(held, START + 60)
        real.messages.settle(held.sent("SM" + "0" * 32, START + 61), "worker-1")
        assert real.messages.climb(text.ref, MessageStatus.DELIVERED, None, "", START + 62)
        assert real.messages.climb(text.ref, MessageStatus.READ, None, "", START + 63)
    assert len(meter.calls) == 6
    assert meter.write_units == 15
    assert meter.index_write_units == 2, "the inbox entry moves; that a text could be due costs nothing"


@pytest.mark.parametrize(
    ("name", "most"), [("inbox: page (25)", 1.5), ("thread: first page (50)", 4), ("active: page (25)", 1.5)]
)
def test_p6_a_page_is_one_query(real: Stores, table: Table, name: str, most: float) -> None:
    meter = measured(real, table, name)
    assert meter.calls == ["Query"]
    assert 0 < meter.read_units <= most


def test_p10_costs_do_not_grow(real: Stores, table: Table) -> None:
    bills = []
    for count in (30, 300):
        inbox(real, count)
        with metered(table) as meter:
            real.conversations.inbox(STORE, "open", START, 25, None)
            real.conversations.append(append(message(START + 500 + count, conversation_id=id_at(START, count + 99))))
        bills.append((meter.calls, meter.write_units, meter.read_units))
    assert bills[0] == bills[1]
