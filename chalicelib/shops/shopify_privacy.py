"""What Shopify asks apps to forget: https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance

Its customers are named by Shopify's id. E-mail and phone stand in the body as well, and are not gone by: they may be
somebody else's, too (X11).
"""

from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import CustomerRedacted
from chalicelib.domain.merchants import Connection

REDACT = "customers/redact"

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class _Customer(Struct):
    id: _Id


class _Redaction(Struct):
    customer: _Customer
    orders_to_redact: list[_Id] = []


_REDACTION = json.Decoder(_Redaction)


def redaction(body: bytes, connection: Connection) -> CustomerRedacted:
    """Raises InvalidInput."""
    try:
        asked = _REDACTION.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    return CustomerRedacted(
        connection_id=connection.id,
        external_id=str(asked.customer.id),
        order_ids=tuple(str(each) for each in asked.orders_to_redact),
    )
