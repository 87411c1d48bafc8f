"""Customers from Shopify's webhooks.

The record in the body: https://shopify.dev/docs/api/admin-rest/latest/resources/customer
What the customer agreed to is no part of it since API version 2025-01.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, MsgspecError, json

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import CustomerChanged, ShopCustomer
from chalicelib.domain.merchants import Connection

from .order_fields import epoch_ms, first_said
from .shopify_orders import Address, Buyer

CUSTOMER_TOPICS = {"customers/create", "customers/update"}


class _Record(Buyer, kw_only=True):
    updated_at: Annotated[datetime, Meta(tz=True)]
    default_address: Address | None = None


_RECORD = json.Decoder(_Record)


def customer_event(body: bytes, event_id: str, connection: Connection) -> CustomerChanged:
    """Raises InvalidInput."""
    try:
        found = _RECORD.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    address = found.default_address or Address()
    named = found if first_said(found.first_name, found.last_name) else address
    return CustomerChanged(
        connection_id=connection.id,
        event_id=event_id,
        customer=ShopCustomer(
            external_id=str(found.id),
            first_name=first_said(named.first_name),
            last_name=first_said(named.last_name),
            phone=first_said(found.phone, address.phone),
            email=first_said(found.email),
        ),
        updated_at=epoch_ms(found.updated_at),
    )
