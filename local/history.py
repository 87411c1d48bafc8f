"""Talk of the past weeks and months, for which nobody can wait: written through the use cases and the store layer."""

import time
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.config import Settings
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.merchants import Colleague, Store
from chalicelib.domain.messages import MessageStatus
from chalicelib.domain.routing import RouteKey
from chalicelib.store.setup import DynamoSetup
from chalicelib.store.table import Table
from chalicelib.usecases import compose
from chalicelib.usecases.ports import Append, Appended, Once
from chalicelib.usecases.receive_message import receive_message
from chalicelib.wiring import Dependencies

from . import merchant
from .customers import BUYERS, Buyer
from .merchant import BOSTON, SEATTLE
from .problems import Problem

DAY = 86_400_000
MINUTE = 60_000


class Exchange(NamedTuple):
    """A customer wrote, the store answered five minutes later."""

    buyer: int
    store: Store
    days_ago: float
    said: str
    answered: str
    closed: bool = False


FIRST_WITHOUT_ORDER = 23
EXCHANGES = (
    Exchange(23, BOSTON, 20, "Do you repair zips on field coats?", "We do! Bring it by, it takes about a week."),
    Exchange(24, SEATTLE, 63, "Is the storm lantern back in stock?", "It is. I put one aside for you until Friday."),
    Exchange(25, BOSTON, 119.5, "Thanks again for the quick help!", "Any time, Sinead."),
    Exchange(26, SEATTLE, 131, "What are your hours over the holidays?", "10 to 6, closed on the 4th."),
    Exchange(27, BOSTON, 10, "My parcel has arrived, all good.", "Glad to hear it. Enjoy the blanket!", closed=True),
)
"""One expires tomorrow; one has expired and waits for the sweep."""


def write(setup: DynamoSetup, table: Table, outputs: dict[str, str], origin: str) -> None:
    """Customers known without an order, and what was said with them."""
    now = time.time_ns() // 1_000_000
    deps = _dependencies(table, outputs, origin)
    setup.put_customers(_member(buyer, deps, now) for buyer in BUYERS[FIRST_WITHOUT_ORDER:])
    for exchange in EXCHANGES:
        _hold(exchange, deps, now)


def _dependencies(table: Table, outputs: dict[str, str], origin: str) -> Dependencies:
    """As the functions have them, on this table."""
    chosen = Settings(
        stage="local",
        table_name=table.name,
        inbound_queue_url=outputs["InboundQueueUrl"],
        outbound_queue_url=outputs["OutboundQueueUrl"],
        webhook_url=origin,
        websocket_url=outputs["WebsocketUrl"],
        websocket_api_endpoint="",
        parameter_prefix=outputs["ParameterPrefix"],
    )
    deps = Dependencies(chosen)
    vars(deps)["_table"] = table  # the emulator's, not the one that AWS settings would lead to
    return deps


def _member(buyer: Buyer, deps: Dependencies, now: int) -> Customer:
    return Customer(
        id=deps.ids.ulid(now),
        merchant_id=merchant.MERCHANT_ID,
        kind=CustomerKind.MEMBER,
        first_name=buyer.first_name,
        last_name=buyer.last_name,
        phones=(Address(buyer.phone),),
        emails=(buyer.email,),
        created_at=now - 200 * DAY,
        updated_at=now - 200 * DAY,
    )


def _hold(exchange: Exchange, deps: Dependencies, now: int) -> None:
    at = now - int(exchange.days_ago * DAY)
    customer, proxy = Address(BUYERS[exchange.buyer].phone), exchange.store.proxy
    assert proxy is not None
    receive_message(
        MessageReceived(
            connection_id=merchant.TWILIO_ID,
            provider_id=f"SM{at:032x}",
            channel=Channel.SMS,
            sender=customer,
            recipient=proxy,
            body=exchange.said,
            received_at=at - 5 * MINUTE,
        ),
        deps,
    )
    conversation = _answer(_conversation(RouteKey(Channel.SMS, proxy, customer), deps), exchange.answered, at, deps)
    if exchange.closed and not deps.conversations.end(conversation, conversation.closed(at + MINUTE)):
        raise Problem("A conversation of the demo data could not be closed.")


def _conversation(key: RouteKey, deps: Dependencies) -> Conversation:
    route = deps.conversations.find_route(key, consistent=True)
    found = route and deps.conversations.find(route.conversation_id)
    if not found:
        raise Problem("A conversation of the demo data was not stored.")
    return found


def _manager(deps: Dependencies) -> Colleague:
    name = merchant.ASSOCIATES[0].name
    return next(each for each in deps.directory.colleagues(BOSTON.id) if each.name == name)


def _answer(conversation: Conversation, body: str, at: int, deps: Dependencies) -> Conversation:
    """The manager's answer, delivered then; everything read. The conversation after it."""
    author = _manager(deps)
    message_id = compose.next_id(conversation.last_message_id, at, deps)
    written = compose.written(conversation, message_id, body, at, author_id=author.id, author_name=author.name)
    delivered = replace(written, status=MessageStatus.DELIVERED, provider_id=f"SM{at + 1:032x}")
    once = Once("demo", message_id, result=message_id)
    if not isinstance(
        deps.conversations.append(Append(once=once, messages=(delivered,), expected=conversation)), Appended
    ):
        raise Problem("An answer of the demo data was not stored.")
    answered = deps.conversations.find(conversation.id)
    if answered is None or not deps.conversations.mark_read(answered, 0):
        raise Problem("A conversation of the demo data could not be marked as read.")
    return replace(answered, unread=0)
