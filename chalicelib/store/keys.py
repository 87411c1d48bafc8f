"""Every key string of the table. Parts never go in raw: `#` separates, so whatever a part holds cannot forge a key."""

from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, unquote

META = "~"
"""Sort key of the one item that is about the partition itself; sorts after the messages of a conversation."""
LOOKUP = "LOOKUP"
SETUP = "SETUP"
BY_STORE = "by_store"
BY_CUSTOMER = "by_customer"
_LONGEST_PART = 256
_TITLE = 20
"""Characters of a title that products are ordered by: no more than a part may have, whatever they are."""
APPEND_ONLY = ("Y#", "L#", "ZL#")
"""Starts of partitions in which nothing is changed or deleted: consent ledger, audit log, ledger of credits. Policies
name them, too."""

ERASED_WITH_THEIR_CUSTOMER = "Y#"
"""Of these, the lines that go when their customer is erased (X13), and by nothing else."""


class Key(NamedTuple):
    pk: str
    sk: str = META


def encode(part: str) -> str:
    """Percent-encodes all but `[A-Za-z0-9+@._-]`; an overlong part becomes its hash, marked by `=`."""
    text = quote(part, safe="+@", errors="surrogatepass").replace("~", "%7E")
    return text if len(text) <= _LONGEST_PART else "=" + sha256(text.encode()).hexdigest()


def decode(part: str) -> str:
    """What `encode` was given, unless that was overlong."""
    return unquote(part, errors="surrogatepass")


def joined(prefix: str, *parts: str) -> str:
    return "#".join((prefix, *(encode(part) for part in parts)))


def conversation(conversation_id: str) -> Key:
    return Key(joined("C", conversation_id))


def message(conversation_id: str, message_id: str) -> Key:
    return Key(joined("C", conversation_id), joined("M", message_id))


def handover(conversation_id: str, handover_id: str) -> Key:
    """Sorts before the messages of the conversation: pages of a thread never meet it, and it is erased with them."""
    return Key(joined("C", conversation_id), joined("E", handover_id))


def held(conversation_id: str, held_id: str) -> Key:
    """Sorts behind the messages of the conversation and before the conversation itself."""
    return Key(joined("C", conversation_id), joined("N", held_id))


def cart(conversation_id: str, cart_id: str) -> Key:
    """Sorts before the messages of the conversation: pages of a thread never meet it, and it is erased with them."""
    return Key(joined("C", conversation_id), joined("B", cart_id))


def upload(conversation_id: str, upload_id: str) -> Key:
    """Not beside the messages of the conversation: no page of a thread meets it."""
    return Key(joined("P", conversation_id), encode(upload_id))


def unanswered(conversation_id: str) -> Key:
    return Key(joined("Q", conversation_id))


def unread_reply(conversation_id: str) -> Key:
    return Key(joined("UR", conversation_id))


def order(order_id: str) -> Key:
    return Key(joined("O", order_id))


def customer(customer_id: str) -> Key:
    return Key(joined("CU", customer_id))


def theirs(customer_id: str, conversation_id: str) -> Key:
    """Beside the customer: a conversation of theirs."""
    return Key(joined("CU", customer_id), joined("C", conversation_id))


def erasure(store_id: str, erasure_id: str) -> Key:
    return Key(joined("ER", store_id), encode(erasure_id))


def privacy_request(store_id: str, request_id: str) -> Key:
    return Key(joined("DR", store_id), encode(request_id))


def erasures_under_way() -> str:
    """Partition of `by_store`."""
    return "ERASING"


def suppression(merchant_id: str, channel: str, address: str, scope: str) -> Key:
    """Of a consent, without saying whose."""
    whose = sha256(joined("A", merchant_id, channel, address, scope).encode()).hexdigest()
    return Key(joined("SU", whose))


def route(channel: str, proxy: str, customer_address: str) -> Key:
    return Key(joined("R", channel, proxy, customer_address))


def route_beside(channel: str, proxy: str, customer_address: str, store_id: str) -> Key:
    """Of a store that shares the number, while another's route comes first."""
    return Key(route(channel, proxy, customer_address).pk, encode(store_id))


def lookup(merchant_id: str, kind: str, value: str) -> Key:
    return Key(joined("A", merchant_id, kind, value), LOOKUP)


def consent(merchant_id: str, channel: str, address: str, scope: str) -> Key:
    return Key(joined("A", merchant_id, channel, address), joined("CONSENT", scope))


def ledger(merchant_id: str, channel: str, address: str, scope: str, change_id: str) -> Key:
    """A partition of its own, in which no policy lets anybody change or delete (docs/consent.md)."""
    return Key(joined("Y", merchant_id, channel, address), joined("LEDGER", scope, change_id))


def former_ledger(merchant_id: str, channel: str, address: str, scope: str) -> Key:
    """Where lines were written before they had a partition of their own; the start of their sort keys."""
    return Key(joined("A", merchant_id, channel, address), joined("LEDGER", scope, ""))


def ledger_of_store(store_id: str) -> str:
    """Partition of `by_store`: lines of the consent ledger, by when they were written."""
    return f"{joined('S', store_id)}#ledger"


def once(scope: str, key: str) -> Key:
    return Key(joined("1", scope, key))


def associate(associate_id: str) -> Key:
    return Key(joined("U", associate_id))


def audit(store_id: str, entry_id: str) -> Key:
    return Key(joined("L", store_id), encode(entry_id))


def colleague(store_id: str, associate_id: str) -> Key:
    return Key(joined("T", store_id), encode(associate_id))


def setup(kind: str, *name: str) -> Key:
    return Key(SETUP, joined(kind, *name))


def chat_link(link_id: str) -> Key:
    return Key(joined("H", link_id))


def invite(invite_id: str) -> Key:
    return Key(joined("I", invite_id))


def invites_of_associate(associate_id: str) -> str:
    """Partition of `by_customer`."""
    return joined("IA", associate_id)


def reminder(associate_id: str, reminder_id: str) -> Key:
    return Key(joined("RM", associate_id), encode(reminder_id))


def note(kind: str, about: str, store_id: str, note_id: str) -> Key:
    return Key(joined("NO", kind, about), joined("N", store_id, note_id))


def ended_reminder(associate_id: str, reminder_id: str) -> Key:
    """Where one is that was done with, as long as that can be taken back: lists never meet it."""
    return Key(joined("RE", associate_id), encode(reminder_id))


def timer(due_at: int, reminder_id: str) -> Key:
    """All in one partition, by when they are due."""
    return Key("TIMERS", at(due_at, reminder_id))


def device(associate_id: str, endpoint: str) -> Key:
    """By its address, so that a browser that says it again is the same one."""
    return Key(joined("DV", associate_id), encode(endpoint))


def template(store_id: str, template_id: str) -> Key:
    return Key(joined("K", store_id), encode(template_id))


def automatic_text(order_id: str, event: str) -> Key:
    return Key(joined("V", order_id), encode(event))


def automatic_texts() -> str:
    """Partition of `by_store`: texts that events of orders are to bring about, by when."""
    return "AUTOMATIC"


def bulk(store_id: str, bulk_id: str) -> Key:
    return Key(joined("BU", store_id), encode(bulk_id))


def bulk_part(bulk_id: str, number: int) -> Key:
    return Key(joined("BP", bulk_id), f"{number:04d}")


def bulks() -> str:
    """Partition of `by_store`: bulk texts that run, by when they go on."""
    return "BULKS"


def attempts(scope: str, key: str) -> Key:
    return Key(joined("F", scope, key))


def socket(socket_id: str) -> Key:
    return Key(joined("WS", socket_id))


def store_socket(store_id: str, socket_id: str) -> Key:
    return Key(joined("W", store_id), encode(socket_id))


def conversation_socket(conversation_id: str, socket_id: str) -> Key:
    """Of a customer who has the conversation open."""
    return Key(joined("WC", conversation_id), encode(socket_id))


def conversations_of_store(store_id: str, state: str, shard: int = 0) -> str:
    """Partition of `by_store`; `state`: open or closed. Shard 0 is the one that every store has."""
    partition = f"{joined('S', store_id)}#{state}"
    return f"{partition}#{shard}" if shard else partition


def orders_of_store(store_id: str) -> str:
    return f"{joined('S', store_id)}#orders"


def due() -> str:
    """Partition of `by_store`: texts of unknown outcome, by when the provider is asked about them."""
    return "DUE"


def held_texts() -> str:
    """Partition of `by_store`: texts that wait for their time, by that time."""
    return "HELD"


def all_unanswered() -> str:
    """Partition of `by_store`: customers who wait for an answer, by when the clock looks."""
    return "UNANSWERED"


def unread_replies() -> str:
    """Partition of `by_store`: answers that may be unread, by when the clock looks."""
    return "UNREAD"


def orders_of_customer(customer_id: str) -> str:
    """Partition of `by_customer`."""
    return joined("CU", customer_id)


def conversations_of_associate(associate_id: str) -> str:
    """Partition of `by_customer`."""
    return joined("AS", associate_id)


def transfer(store_id: str, transfer_id: str) -> Key:
    return Key(joined("X", store_id), encode(transfer_id))


def product(product_id: str) -> Key:
    return Key(joined("D", product_id))


def product_word(merchant_id: str, word: str, product_id: str) -> Key:
    """In the partition of the word's first letter."""
    return Key(joined("DW", merchant_id, word[:1]), f"{encode(word)}#{encode(product_id)}")


def product_code(merchant_id: str, code_key: str, product_id: str) -> Key:
    return Key(joined("DC", merchant_id, code_key), encode(product_id))


def products_of_merchant(merchant_id: str) -> str:
    """Partition of `by_store`: what is listed, by title."""
    return joined("DM", merchant_id)


def by_title(folded: str, product_id: str) -> str:
    """Sort key of `by_store`. `folded`: a title without case and accents."""
    return f"{encode(folded[:_TITLE])}#{encode(product_id)}"


def product_link(code: str) -> Key:
    return Key(joined("DL", code))


def product_links_of_store(store_id: str) -> str:
    """Partition of `by_store`: by when they were made."""
    return joined("DL", store_id)


def shelf(associate_id: str) -> Key:
    return Key(joined("B", associate_id))


def catalogue_run(connection_id: str) -> Key:
    return Key("CATALOGUE", encode(connection_id))


def order_run(connection_id: str) -> Key:
    return Key("ORDERS", encode(connection_id))


def credit_account(store_id: str) -> Key:
    """Behind the store's purchases."""
    return Key(joined("Z", store_id))


def credit_purchase(store_id: str, purchase_id: str) -> Key:
    return Key(joined("Z", store_id), encode(purchase_id))


def credit_line(store_id: str, instant: int, line_id: str) -> Key:
    """A partition of its own, in which no policy lets anybody change or delete."""
    return Key(joined("ZL", store_id), at(instant, line_id))


def sale(store_id: str, placed_at: int, order_id: str) -> Key:
    """Of an order, by when it was placed."""
    return Key(joined("SA", store_id), at(placed_at, order_id))


def at(instant: int, item_id: str = "") -> str:
    """Sort key of both indexes. Without an id: the bound before everything that happened at that instant."""
    moment = f"{max(instant, 0):013d}"
    return f"{moment}#{encode(item_id)}" if item_id else moment
