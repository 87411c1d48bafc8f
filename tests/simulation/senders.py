"""Webhooks as the senders make them, with what they mean kept for the checks."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from tests.support.merchant import AWS, OTHER_SHOP, OTHER_TWILIO, SHOP, TWILIO

from .history import Webhook
from .provider import signed

if TYPE_CHECKING:
    from .world import World

TWILIO_SECRETS = {
    TWILIO: ("AC" + "1" * 32, "twilio-secret-1"),
    OTHER_TWILIO: ("AC" + "2" * 32, "twilio-secret-2"),
}
SHOP_SECRETS = {SHOP: ("pine.myshopify.com", "shop-secret-1"), OTHER_SHOP: ("hats.myshopify.com", "shop-secret-2")}
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
    times = {name: _time(order[name]) for name in order if name.endswith("_at")}
    content = msgspec.json.encode({**order, **times})
    mac = hmac.new(secret.encode(), content, hashlib.sha256).digest()
    headers = {
        "X-Shopify-Hmac-Sha256": base64.b64encode(mac).decode(),
        "X-Shopify-Topic": "orders/updated",
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Shop-Domain": shop,
    }
    return Webhook(kind="order", id=event_id, connection_id=connection_id, facts=order), headers, content


def _time(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat()
