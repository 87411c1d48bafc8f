"""Orders from any shop that speaks our own contract: docs/generic-shop.md, docs/generic-shop.schema.json."""

import re
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event, OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.domain.product_links import code_in
from chalicelib.domain.signatures import hex_signature, require_match
from chalicelib.usecases.ports import WebhookReply, WebhookRequest

from .order_fields import epoch_ms

TOLERANCE = 300
"""Seconds between a request's timestamp and our clock, either way: whoever repeats it later signs anew."""
MOST_SECRETS = 2
"""That are accepted at the same time, so that one can take the place of the other."""
MOST_LINES = 1_000

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_PLACE = re.compile(r" - at `\$\.?([a-z_.\[\]0-9]*)`$")
_NAMED = re.compile(r"Object (missing required|contains unknown) field `([a-z_]{1,40})`")

_Token = Annotated[str, Meta(pattern=r"^[!-~]{1,128}(?!\n)$", description="Printable ASCII without spaces.")]
_Text = Annotated[str, Meta(max_length=255)]
_Time = Annotated[datetime, Meta(tz=True, description="RFC 3339 with a zone.")]
_Money = Annotated[
    int, Meta(ge=0, le=10**15, description="In the currency's minor unit: 5990 is 59.90 USD, or 5990 JPY.")
]


class GenericCustomer(Struct, forbid_unknown_fields=True):
    """Who ordered; whatever is known."""

    id: Annotated[str, Meta(pattern=r"^([!-~]{1,128})?(?!\n)$", description="The shop's own; empty for guests.")] = ""
    first_name: _Text = ""
    last_name: _Text = ""
    phone: Annotated[str, Meta(max_length=64, description="As typed; with a country code if you can.")] = ""
    email: Annotated[str, Meta(max_length=254)] = ""


class GenericLine(Struct, forbid_unknown_fields=True):
    """A product in the order."""

    title: _Text
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]
    price: Annotated[_Money, Meta(description="Of one piece, in the currency's minor unit.")]


class GenericOrder(Struct, forbid_unknown_fields=True):
    """The whole order, as it is at `updated_at`."""

    id: _Token
    number: Annotated[str, Meta(min_length=1, max_length=64, description="As printed for people, such as #1042.")]
    placed_at: _Time
    updated_at: Annotated[_Time, Meta(description="When it last changed. The latest is what counts.")]
    payment: Payment
    fulfilment: Fulfilment
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}(?!\n)$", description="ISO 4217.")]
    total: _Money
    customer: GenericCustomer
    cancelled_at: _Time | None = None
    closed_at: _Time | None = None
    location: Annotated[str, Meta(max_length=128, description="A key of the connection's `locations`.")] = ""
    lines: Annotated[list[GenericLine], Meta(max_length=MOST_LINES)] = []
    landing_page: Annotated[
        str, Meta(max_length=2_048, description="Address of the page where the customer came into the shop.")
    ] = ""


class GenericEvent(Struct, forbid_unknown_fields=True):
    """What is posted each time an order is placed or changes."""

    version: Literal[1]
    event_id: Annotated[_Token, Meta(description="The same for each repeat of one event, and never used again.")]
    shop: Annotated[str, Meta(min_length=1, max_length=200, description="The connection's `account`.")]
    order: GenericOrder


_EVENT = json.Decoder(GenericEvent)


class Generic:
    """Adapter of our own contract. `connection.account` is the shop's name, its secret `webhook_secret`.

    While a secret is exchanged the new and the old one stand there, separated by a comma.
    """

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless timestamp and body are signed with this connection's secret."""
        timestamp = request.headers.get("x-counterline-timestamp", "")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise BadSignature
        signed = f"{timestamp}.".encode() + request.body
        accepted = [each.strip() for each in secrets.get("webhook_secret", "").split(",")][:MOST_SECRETS]
        expected = [hex_signature(each, signed, "sha256") for each in accepted]
        require_match(request.headers.get("x-counterline-signature"), expected)

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """The order as it is now. Raises InvalidInput naming the field, BadSignature (too old, or from the future)."""
        if abs(now - int(request.headers["x-counterline-timestamp"]) * 1000) > TOLERANCE * 1000:
            raise BadSignature
        try:
            event = _EVENT.decode(request.body)
        except (UnicodeDecodeError, RecursionError):
            raise InvalidInput from None
        except MsgspecError as error:
            raise InvalidInput(**_wrong(str(error))) from None
        if event.shop != connection.account:
            raise InvalidInput(field="shop")
        changed = _changed(event, connection)
        if changed.updated_at > now + TOLERANCE * 1000:
            raise InvalidInput(field="order.updated_at", problem="in the future")
        return [changed]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()


def _wrong(told: str) -> dict[str, str]:
    """The field that a message of the decoder is about, and never the value that stands there."""
    place, named = _PLACE.search(told), _NAMED.match(told)
    path = place[1] if place else ""
    if named:
        problem = "missing" if named[1].startswith("missing") else "unknown"
        return {"field": f"{path}.{named[2]}".lstrip("."), "problem": problem}
    return {"field": path} if path else {}


def _changed(event: GenericEvent, connection: Connection) -> OrderChanged:
    order = event.order
    return OrderChanged(
        connection_id=connection.id,
        event_id=event.event_id,
        external_id=order.id,
        number=order.number,
        location=order.location,
        customer=ShopCustomer(
            external_id=order.customer.id,
            first_name=order.customer.first_name.strip(),
            last_name=order.customer.last_name.strip(),
            phone=order.customer.phone.strip(),
            email=order.customer.email.strip(),
        ),
        placed_at=_at("placed_at", order.placed_at),
        updated_at=_at("updated_at", order.updated_at),
        payment=order.payment,
        fulfilment=order.fulfilment,
        cancelled_at=None if order.cancelled_at is None else _at("cancelled_at", order.cancelled_at),
        closed_at=None if order.closed_at is None else _at("closed_at", order.closed_at),
        total=order.total,
        currency=order.currency,
        lines=tuple(OrderLine(title=each.title, quantity=each.quantity, price=each.price) for each in order.lines),
        link=code_in(order.landing_page),
    )


def _at(field: str, at: datetime) -> int:
    try:
        return epoch_ms(at)
    except InvalidInput:
        raise InvalidInput(field=f"order.{field}") from None
