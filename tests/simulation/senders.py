"""Webhooks as the senders make them, with what they mean kept for the checks."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from local.simulator.mail.one_click import BODY, HEADERS
from tests.support.mail import SES
from tests.support.members import identity
from tests.support.merchant import AWS, OTHER_SHOP, OTHER_TWILIO, SHOP, TWILIO, WOO

from .history import Webhook
from .provider import PUBLIC_URL, signed

if TYPE_CHECKING:
    from .world import World

TWILIO_SECRETS = {
    TWILIO: ("AC" + "1" * 32, "twilio-secret-1"),
    OTHER_TWILIO: ("AC" + "2" * 32, "twilio-secret-2"),
}
SHOP_SECRETS = {SHOP: ("pine.myshopify.com", "shop-secret-1"), OTHER_SHOP: ("hats.myshopify.com", "shop-secret-2")}
WOO_SECRET, WOO_SITE = b"woo-secret-1", "https://pine.example"
Made = tuple[Webhook, dict[str, str], bytes]


def text_webhook(
    connection_id: str,
    number: int,
    sender: str,
    recipient: str,
    body: str,
    *,
    channel: str = "sms",
    media: tuple[str, ...] = (),
    quoted: str = "",
) -> Made:
    """`number` makes the provider's id; `media`: where the provider has what came along; `quoted`: its id of the text
    that this one answers."""
    account, token = TWILIO_SECRETS[connection_id]
    sid = f"SM{number + 0xABC0000:032x}"
    prefix = "" if channel == "sms" else f"{channel}:"
    between = {"From": prefix + sender, "To": prefix + recipient}
    form = {"MessageSid": sid, "AccountSid": account, **between, "Body": body}
    form |= {"NumMedia": str(len(media)), **{f"MediaUrl{place}": url for place, url in enumerate(media)}}
    form |= {"OriginalRepliedMessageSid": quoted} if quoted else {}
    headers, content = signed(f"/webhooks/twilio/{connection_id}", form, token)
    facts = {"sender": sender, "recipient": recipient, "body": body}
    return Webhook(kind="text", id=sid, connection_id=connection_id, facts=facts), headers, content


def published_text(number: int, sender: str, recipient: str, body: str) -> tuple[Webhook, str]:
    """As AWS publishes a customer's text; the queue has it, which is what its 2xx stands for."""
    message_id = f"aws-{number:08d}"
    content = {
        "originationNumber": sender,
        "destinationNumber": recipient,
        "messageKeyword": "KEYWORD",
        "messageBody": body,
        "inboundMessageId": message_id,
    }
    facts = {"sender": sender, "recipient": recipient, "body": body}
    return Webhook(kind="text", id=message_id, connection_id=AWS, facts=facts), msgspec.json.encode(content).decode()


def click(url: str, message_id: str, number: int) -> tuple[str, Made]:
    """Where a mail provider sends it, and what, when somebody presses its button."""
    webhook = Webhook(kind="click", id=f"click-{number}", connection_id=SES, facts={"message_id": message_id})
    return url.removeprefix(PUBLIC_URL), (webhook, HEADERS, BODY)


def member_form(number: int, body: str, now: int, email: str = "") -> Made:
    """What a browser sends when a customer who is signed in at Seattle's shop writes for the first time."""
    given = {"identity": identity(now, customer="member-1", email=email), "nonce": f"form-{number}", "message": body}
    webhook = Webhook(kind="member", id=f"form-{number}", connection_id=SHOP, facts={"body": body})
    return webhook, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(given).encode()


def status_webhook(world: "World", path: str, form: dict[str, str]) -> Made:
    connection_id = path.split("/")[3]
    account, token = TWILIO_SECRETS[connection_id]
    headers, content = signed(path, {**form, "AccountSid": account}, token)
    conversation_id, message_id, attempt = world._read_reference(path)
    facts = {"conversation_id": conversation_id, "message_id": message_id, "attempt": attempt, **form}
    return Webhook(kind="status", id=form["MessageSid"], connection_id=connection_id, facts=facts), headers, content


def order_webhook(connection_id: str, event_id: str, order: dict[str, Any]) -> Made:
    """`order`: times in epoch milliseconds."""
    shop, secret = SHOP_SECRETS[connection_id]
    times = {name: time_of(order[name]) for name in order if name.endswith("_at")}
    content = msgspec.json.encode({**order, **times})
    mac = hmac.new(secret.encode(), content, hashlib.sha256).digest()
    headers = {
        "X-Shopify-Hmac-Sha256": base64.b64encode(mac).decode(),
        "X-Shopify-Topic": "orders/updated",
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Shop-Domain": shop,
    }
    return Webhook(kind="order", id=event_id, connection_id=connection_id, facts=order), headers, content


def woo_webhook(number: int, order: dict[str, Any], said: dict[str, Any]) -> Made:
    """From a shop at WooCommerce. `said`: what the order says then, in the words of `order_webhook`."""
    content = msgspec.json.encode(order)
    mac = hmac.new(WOO_SECRET, content, hashlib.sha256).digest()
    headers = {
        "X-WC-Webhook-Signature": base64.b64encode(mac).decode(),
        "X-WC-Webhook-Topic": "order.updated",
        "X-WC-Webhook-Source": WOO_SITE,
    }
    once = f"order.updated:{order['id']}:{hashlib.sha256(content).hexdigest()}"
    facts = {**said, "id": order["id"], "once": once}
    return Webhook(kind="order", id=f"woo-{number}", connection_id=WOO, facts=facts), headers, content


def privacy_webhook(connection_id: str, topic: str, content: dict[str, Any]) -> Made:
    """Of what a shop asks for about its customers."""
    _, headers, body = order_webhook(connection_id, f"privacy-{topic}", content)
    facts = {"topic": topic}
    webhook = Webhook(kind="privacy", id=f"privacy-{topic}", connection_id=connection_id, facts=facts)
    return webhook, {**headers, "X-Shopify-Topic": topic}, body


def product_webhook(connection_id: str, event_id: str, topic: str, product: dict[str, Any]) -> Made:
    """`product`: times in epoch milliseconds; of a deletion, its id alone."""
    _, headers, content = order_webhook(connection_id, event_id, product)
    facts = {**product, "topic": topic}
    made = Webhook(kind="product", id=event_id, connection_id=connection_id, facts=facts)
    return made, {**headers, "X-Shopify-Topic": topic}, content


def time_of(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat()
