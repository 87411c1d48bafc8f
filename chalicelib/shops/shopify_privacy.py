"""What Shopify asks apps to forget: https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance

Its customers are named by Shopify's id. E-mail and phone stand in the body as well, and are not gone by: they may be
somebody else's, too (X11).
"""

from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import CustomerRedacted, PrivacyAsked
from chalicelib.domain.merchants import Connection
from chalicelib.domain.privacy_requests import RequestKind

REDACT, DATA_REQUEST, SHOP_REDACT = "customers/redact", "customers/data_request", "shop/redact"

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class _Customer(Struct):
    id: _Id


class _Redaction(Struct):
    customer: _Customer
    orders_to_redact: list[_Id] = []


class _Numbered(Struct):
    id: _Id


class _DataRequest(Struct):
    customer: _Customer
    data_request: _Numbered


class _ShopRedaction(Struct):
    shop_id: _Id


_REDACTION = json.Decoder(_Redaction)
_DATA_REQUEST = json.Decoder(_DataRequest)
_SHOP_REDACTION = json.Decoder(_ShopRedaction)


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


def data_request(body: bytes, connection: Connection) -> PrivacyAsked:
    """Raises InvalidInput."""
    try:
        asked = _DATA_REQUEST.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    number, customer = str(asked.data_request.id), str(asked.customer.id)
    return PrivacyAsked(connection_id=connection.id, kind=RequestKind.DATA, reference=number, external_id=customer)


def shop_redaction(body: bytes, event_id: str, connection: Connection) -> PrivacyAsked:
    """Raises InvalidInput."""
    try:
        _SHOP_REDACTION.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    return PrivacyAsked(connection_id=connection.id, kind=RequestKind.SHOP, reference=event_id)
