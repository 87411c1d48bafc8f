"""More numbers for the Seattle store: a pool, or an associate's own."""

from typing import Any

from chalicelib.domain.addresses import Address
from chalicelib.domain.merchants import Proxy, ProxyOwner
from tests.support.merchant import MERCHANT, SEATTLE, TWILIO

POOL = tuple(Address(f"+1206555020{place}") for place in range(5))
ADAS_OWN = Address("+12065550210")


def pooled(number: Address, **fields: Any) -> Proxy:
    known: dict[str, Any] = {
        "channel": "sms",
        "address": number,
        "merchant_id": MERCHANT,
        "store_id": SEATTLE,
        "connection_id": TWILIO,
        "owner": ProxyOwner.POOL,
    }
    return Proxy(**{**known, **fields})


def pool_of(count: int) -> list[Proxy]:
    return [pooled(number) for number in POOL[:count]]


def own(number: Address, associate_id: str) -> Proxy:
    return pooled(number, owner=ProxyOwner.ASSOCIATE, associate_id=associate_id)
