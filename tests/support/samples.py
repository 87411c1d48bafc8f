"""Domain objects as they typically are; every field can be given."""

from typing import Any

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationKind
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.held import Held, HeldReason
from chalicelib.domain.ids import ulid
from chalicelib.domain.messages import Direction, Message, MessageStatus
from chalicelib.domain.orders import Order, order_id
from chalicelib.domain.reminders import Reminder
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.domain.wall_clock import moment_at
from chalicelib.usecases.ports import Append, Once, Opening, OrderUpsert
from tests.fakes.outside import START

MERCHANT = ulid(1, 1)
STORE = ulid(1, 2)
CONNECTION = ulid(1, 3)
CUSTOMER = ulid(1, 4)
PROXY = Address("+15550100001")
PHONE = Address("+15550100002")
BODY = "Hello, is my order ready for pick-up? I could come by at half past four this afternoon."


def id_at(at: int, count: int = 0) -> str:
    return ulid(at, count)


def message(at: int = START, **fields: Any) -> Message:
    """An inbound text unless said otherwise."""
    known: dict[str, Any] = {
        "id": id_at(at),
        "conversation_id": id_at(START, 1),
        "merchant_id": MERCHANT,
        "store_id": STORE,
        "connection_id": CONNECTION,
        "channel": "sms",
        "proxy": PROXY,
        "customer_address": PHONE,
        "consent_scope": STORE,
        "direction": Direction.INBOUND,
        "body": BODY,
        "created_at": at,
        "expires_at": at + LIFETIME,
        "status": MessageStatus.RECEIVED,
        "status_at": at,
    }
    return Message(**{**known, **fields})


def outbound(at: int = START, **fields: Any) -> Message:
    known = {
        "direction": Direction.OUTBOUND,
        "status": MessageStatus.QUEUED,
        "author_id": id_at(1, 9),
        "author_name": "Alex Morgan",
    }
    return message(at, **{**known, **fields})


def held(release_at: int, **fields: Any) -> Held:
    """A text of the associate's, written at START, that waits."""
    known: dict[str, Any] = {
        "id": id_at(START, 7),
        "conversation_id": id_at(START, 1),
        "merchant_id": MERCHANT,
        "store_id": STORE,
        "body": BODY,
        "author_id": id_at(1, 9),
        "author_name": "Alex Morgan",
        "created_at": START,
        "release_at": release_at,
        "reason": HeldReason.LATER,
    }
    return Held(**{**known, **fields})


def reminder(due_at: int, **fields: Any) -> Reminder:
    """Of Ada's, made at START, due in the full minute from then on."""
    when = moment_at(due_at, "America/Los_Angeles")
    known: dict[str, Any] = {
        "id": id_at(START, 8),
        "associate_id": "ada",
        "merchant_id": MERCHANT,
        "store_id": STORE,
        "conversation_id": id_at(START, 1),
        "customer_id": CUSTOMER,
        "note": BODY,
        "due_at": when.at,
        "wall": when.wall,
        "zone": when.zone,
        "created_at": START,
    }
    return Reminder(**{**known, **fields})


def conversation(at: int = START, **fields: Any) -> Conversation:
    known: dict[str, Any] = {
        "id": id_at(START, 1),
        "merchant_id": MERCHANT,
        "store_id": STORE,
        "connection_id": CONNECTION,
        "customer_id": CUSTOMER,
        "customer_name": "Charlotte Müller-Lüdenscheidt",
        "kind": ConversationKind.ORDER,
        "channel": "sms",
        "proxy": PROXY,
        "customer_address": PHONE,
        "consent_scope": STORE,
        "order_id": order_id(CONNECTION, "5550001"),
        "order_number": "#104217",
        "created_at": at,
        "last_activity_at": at,
    }
    return Conversation(**{**known, **fields})


def route(item: Conversation, **fields: Any) -> Route:
    known: dict[str, Any] = {
        "key": RouteKey(item.channel, item.proxy, item.customer_address),
        "merchant_id": item.merchant_id,
        "store_id": item.store_id,
        "conversation_id": item.id,
    }
    return Route(**{**known, **fields})


def customer(**fields: Any) -> Customer:
    known: dict[str, Any] = {
        "id": CUSTOMER,
        "merchant_id": MERCHANT,
        "kind": CustomerKind.VISITOR,
        "first_name": "Charlotte",
        "last_name": "Müller-Lüdenscheidt",
        "phones": (PHONE,),
        "created_at": START,
        "updated_at": START,
    }
    return Customer(**{**known, **fields})


def order(external_id: str = "5550001", **fields: Any) -> Order:
    known: dict[str, Any] = {
        "id": order_id(CONNECTION, external_id),
        "merchant_id": MERCHANT,
        "store_id": STORE,
        "connection_id": CONNECTION,
        "external_id": external_id,
        "number": "#104217",
        "customer_id": CUSTOMER,
        "customer_name": "Charlotte Müller-Lüdenscheidt",
        "placed_at": START,
        "updated_at": START,
        "total": 12_345,
        "currency": "USD",
    }
    return Order(**{**known, **fields})


def consent_change(state: ConsentState, at: int = START, **fields: Any) -> ConsentChange:
    known: dict[str, Any] = {
        "id": id_at(at),
        "key": ConsentKey(MERCHANT, "sms", PHONE, STORE),
        "state": state,
        "at": at,
        "source": ConsentSource.KEYWORD,
        "evidence": id_at(at),
        "wording": "sms-stop-1",
    }
    return ConsentChange(**{**known, **fields})


def opening(item: Conversation | None = None, **fields: Any) -> Opening:
    """A new conversation with nothing in it, unless said otherwise."""
    made = item or conversation()
    known: dict[str, Any] = {
        "once": Once("start", made.id, result=made.id),
        "conversation": made,
        "was": None,
        "route": route(made),
        "route_was": None,
        "messages": (),
    }
    return Opening(**{**known, **fields})


def append(*messages: Message, **fields: Any) -> Append:
    known = {"once": Once("twilio", f"SM{messages[0].id}", result=messages[0].id), "messages": messages}
    return Append(**{**known, **fields})


def upsert(item: Order | None = None, **fields: Any) -> OrderUpsert:
    made = item or order()
    known: dict[str, Any] = {
        "once": Once("shopify", f"{made.id} {made.updated_at}"),
        "order": made,
        "order_was": None,
        "customer": customer(),
        "customer_was": None,
    }
    return OrderUpsert(**{**known, **fields})
