"""Webhook requests as the function URL hands them over, genuine ones to start from, and who really signed a request.

The judge of signatures is not ours: Twilio's own library, PyJWT, and Shopify's scheme written down a second time.
"""

import base64
import hashlib
import hmac
import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import jwt
from msgspec import Struct
from twilio.request_validator import RequestValidator

from tests.api.client import Answer, through_url, url_event_of
from tests.api.shop_senders import generic_event, generic_headers, generic_order, woo_headers, woo_order
from tests.api.webhook_senders import (
    ORIGIN,
    meta_batch,
    meta_message,
    meta_status,
    order,
    status,
    text,
    vonage_status,
    vonage_text,
)
from tests.support.merchant import GENERIC, OTHER_GENERIC, OTHER_WOO, WOO
from tests.support.vonage import token
from tests.support.world import META, OTHER_META, OTHER_SHOP, OTHER_TWILIO, OTHER_VONAGE, SHOP, TWILIO, VONAGE, World

ACCOUNTS = {TWILIO: ("twilio-secret-1", "AC" + "1" * 32), OTHER_TWILIO: ("twilio-secret-2", "AC" + "2" * 32)}
SHOPS = {SHOP: ("shop-secret-1", "pine.myshopify.com"), OTHER_SHOP: ("shop-secret-2", "hats.myshopify.com")}
WOOS = {WOO: ("woo-secret-1", "https://pine.example/"), OTHER_WOO: ("woo-secret-2", "https://hats.example/")}
GENERICS = {GENERIC: ("generic-secret-1", "pine"), OTHER_GENERIC: ("generic-secret-2", "hats")}
AHEAD = 290
"""Seconds: as good for replays as a timestamp can be."""
VONAGES = {
    VONAGE: ("vonage-secret-1-which-signs-webhooks", "a1b2c3d1"),
    OTHER_VONAGE: ("vonage-secret-2-which-signs-webhooks", "a1b2c3d2"),
}
METAS = {META: ("meta-secret-1", "1001"), OTHER_META: ("meta-secret-2", "1002")}
_VALIDATORS = {connection: RequestValidator(secret) for connection, (secret, _) in ACCOUNTS.items()}


class Request(Struct, frozen=True, kw_only=True):
    """`segments`: the values of the path's parameters, as they stand in the address."""

    segments: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    encoded: bool = True
    """Whether the function URL hands the body over as Base64."""

    @property
    def path(self) -> str:
        provider, connection, *reference = self.segments
        return f"/webhooks/{provider}/{connection}" + (f"/status/{reference[0]}" if reference else "")

    def header(self, name: str) -> str:
        """All its values joined by commas, as the event has them."""
        return ",".join(value for given, value in self.headers if given.lower() == name)


def ask(request: Request) -> Answer:
    """One request, through the function's own handler."""
    headers = {name.lower(): request.header(name.lower()) for name, _ in request.headers}
    return through_url(url_event_of("POST", request.path, body=request.body, headers=headers, encoded=request.encoded))


def genuine(world: World, number: int) -> list[Request]:
    """One of each kind, new to the world."""
    sid = f"SM{number:032x}"
    reference = world.references.sign("delivery.con-twilio", ["c", "m", 1], now=world.clock.now())
    return [
        from_twilio((TWILIO,), text("Hello there & welcome = 100 % ü", MessageSid=sid)),
        from_twilio((TWILIO,), text("STOP", MessageSid=sid, NumMedia="2", MediaUrl0="https://m.example/1")),
        from_twilio((TWILIO, reference), status("delivered", MessageSid=sid)),
        from_twilio((TWILIO, reference), status("undelivered", MessageSid=sid, ErrorCode="30006")),
        *_genuine_of_vonage(world, number),
        *_genuine_of_meta(world, number),
        from_shopify(SHOP, order(id=number + 1), "orders/create", f"event-{number}"),
        from_shopify(
            SHOP, order(id=number + 1, cancelled_at="2026-09-21T12:00:00Z"), "orders/cancelled", f"e-{number}"
        ),
        from_woocommerce(WOO, woo_order(id=number + 1)),
        from_woocommerce(WOO, woo_order(id=number + 1, status="cancelled", date_modified_gmt="2026-09-21T12:00:00")),
        from_generic(GENERIC, generic_order(id=f"g-{number}"), f"event-{number}", world.clock.now()),
    ]


def from_twilio(place: tuple[str, ...], form: dict[str, str]) -> Request:
    request = Request(segments=("twilio", *place), headers=(), body=urlencode(form).encode())
    signature = _VALIDATORS[place[0]].compute_signature(ORIGIN + request.path, form)
    headers = (("Content-Type", "application/x-www-form-urlencoded"), ("X-Twilio-Signature", signature))
    return _with_headers(request, headers)


def _genuine_of_vonage(world: World, number: int) -> list[Request]:
    uuid, now = f"{number:08x}-0000-4000-8000-000000000000", world.clock.now()
    reference = world.references.sign("delivery.con-vonage", ["c", "m", 1], now=now)
    error = {"type": "https://developer.vonage.com/api-errors/messages#1250", "title": 1250}
    picture = {"channel": "mms", "message_type": "image", "image": {"url": "https://m.example/1", "caption": "ü"}}
    return [
        from_vonage((VONAGE,), vonage_text("Hello there & welcome = 100 % ü", message_uuid=uuid), now),
        from_vonage((VONAGE,), vonage_text(message_uuid=uuid[:-1] + "1", text=None, **picture), now),
        from_vonage((VONAGE, reference), vonage_status("delivered", reference, message_uuid=uuid), now),
        from_vonage((VONAGE, reference), vonage_status("rejected", reference, message_uuid=uuid, error=error), now),
    ]


def from_vonage(place: tuple[str, ...], content: Any, now: int) -> Request:
    """`place`: the connection, and the reference where it is a report. `now` in milliseconds."""
    body = json.dumps(content).encode()
    given = token(*VONAGES[place[0]], body, now // 1000)
    headers = (("Content-Type", "application/json"), ("Authorization", given))
    return Request(segments=("vonage", *place), headers=headers, body=body)


def _genuine_of_meta(world: World, number: int) -> list[Request]:
    reference = world.references.sign("delivery.con-meta", ["c", "m", 1], now=world.clock.now())
    first, second = (meta_message("Hello ü", id=f"wamid.{number}.{each}") for each in (1, 2))
    picture = meta_message(id=f"wamid.{number}.3", type="image", image={"id": "1", "caption": "ü"}, text=None)
    refused = meta_status("failed", reference, errors=[{"code": 131047}])
    return [
        from_meta((META,), meta_batch(first)),
        from_meta((META,), meta_batch(second, picture, statuses=(meta_status("delivered", reference),))),
        from_meta((META,), meta_batch(statuses=(refused, meta_status("read", "of another program")))),
    ]


def from_meta(place: tuple[str, ...], content: Any) -> Request:
    body = json.dumps(content).encode()
    headers = (("Content-Type", "application/json"), ("X-Hub-Signature-256", _meta_signature(place[0], body)))
    return Request(segments=("meta", *place), headers=headers, body=body)


def _meta_signature(connection: str, body: bytes) -> str:
    return "sha256=" + hmac.new(METAS[connection][0].encode(), body, hashlib.sha256).hexdigest()


def from_shopify(connection: str, content: Any, topic: str, event_id: str) -> Request:
    secret, shop = SHOPS[connection]
    body = json.dumps(content).encode()
    request = Request(segments=("shopify", connection), headers=(), body=body)
    headers = (
        ("Content-Type", "application/json"),
        ("X-Shopify-Hmac-Sha256", _hmac(secret, body)),
        ("X-Shopify-Topic", topic),
        ("X-Shopify-Event-Id", event_id),
        ("X-Shopify-Shop-Domain", shop),
    )
    return _with_headers(request, headers)


def from_woocommerce(connection: str, content: Any) -> Request:
    secret, site = WOOS[connection]
    body = json.dumps(content).encode()
    headers = woo_headers(body, secret, site=site)
    return Request(segments=("woocommerce", connection), headers=tuple(headers.items()), body=body)


def from_generic(connection: str, content: Any, event_id: str, now: int) -> Request:
    secret, shop = GENERICS[connection]
    body = json.dumps(generic_event(content, event_id, shop)).encode()
    headers = generic_headers(body, secret, now // 1000 + AHEAD)
    return Request(segments=("generic", connection), headers=tuple(headers.items()), body=body)


def is_ping(request: Request) -> bool:
    """What WooCommerce sends unsigned, and is answered."""
    unsigned = not any(name.lower() == "x-wc-webhook-signature" for name, _ in request.headers)
    return unsigned and re.fullmatch(rb"webhook_id=[0-9]+", _handed_over(request)) is not None


def really_signed(request: Request) -> bool:
    """Whether the sender that the address names has signed this: the judgement of others' code."""
    provider, connection = unquote(request.segments[0]), unquote(request.segments[1])
    if provider == "shopify" and connection in SHOPS:
        return request.header("x-shopify-hmac-sha256") == _hmac(SHOPS[connection][0], _handed_over(request))
    if provider == "woocommerce" and connection in WOOS:
        return request.header("x-wc-webhook-signature") == _hmac(WOOS[connection][0], _handed_over(request))
    if provider == "generic" and connection in GENERICS:
        signed = request.header("x-counterline-timestamp").encode("utf-8", "replace") + b"." + _handed_over(request)
        mac = hmac.new(GENERICS[connection][0].encode(), signed, hashlib.sha256).hexdigest()
        return request.header("x-counterline-signature") == mac
    if provider == "vonage" and connection in VONAGES:
        return _signed_by_vonage(request, *VONAGES[connection])
    if provider == "meta" and connection in METAS:
        return _signed_by_meta(request, connection)
    if provider != "twilio" or connection not in ACCOUNTS:
        return False
    try:
        pairs = parse_qsl(_handed_over(request).decode("utf-8", "surrogateescape"), keep_blank_values=True)
        form = _Parameters()
        for name, value in pairs:
            form.setdefault(name, []).append(value)
        given = request.header("x-twilio-signature")
        return bool(_VALIDATORS[connection].validate(ORIGIN + request.path, form, given))
    except ValueError:  # no text in any encoding that Twilio could have signed
        return False


def _signed_by_vonage(request: Request, secret: str, account: str) -> bool:
    given = request.header("authorization").removeprefix("Bearer ")
    try:
        claims = jwt.decode(given, secret, algorithms=["HS256"], options={"verify_iat": False})
    except (jwt.PyJWTError, ValueError):
        return False
    hashed = hashlib.sha256(_handed_over(request)).hexdigest()
    return bool(claims.get("payload_hash") == hashed and claims.get("api_key") == account)


def _signed_by_meta(request: Request, connection: str) -> bool:
    """Also of one that is of another account of the same app: it is genuine, and none of it is taken."""
    return request.header("x-hub-signature-256") == _meta_signature(connection, _handed_over(request))


class _Parameters(dict[str, list[str]]):
    """With several values per name, as web frameworks hand them to Twilio's library."""

    def getall(self, name: str) -> list[str]:
        return self[name]


def _handed_over(request: Request) -> bytes:
    return request.body if request.encoded else request.body.decode("utf-8", "replace").encode()


def _hmac(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _with_headers(request: Request, headers: tuple[tuple[str, str], ...]) -> Request:
    from msgspec.structs import replace

    return replace(request, headers=headers)
