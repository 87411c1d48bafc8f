"""What payment providers report, signed as they sign it; made independently of the adapters.

https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures,
https://docs.stripe.com/webhooks#verify-manually
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

from local.simulator.config import PaymentConnection

Webhook = tuple[bytes, dict[str, str]]


def adyen_webhook(
    known: PaymentConnection, reference: str, number: str, amount: int, currency: str, at: int
) -> Webhook:
    psp = f"SIM{number}"
    fields = [psp, "", known.account, reference, str(amount), currency, "AUTHORISATION", "true"]
    text = ":".join(each.replace("\\", "\\\\").replace(":", "\\:") for each in fields)
    mac = hmac.new(bytes.fromhex(known.webhook_secret), text.encode(), hashlib.sha256)
    item = {
        "additionalData": {"hmacSignature": base64.b64encode(mac.digest()).decode()},
        "amount": {"currency": currency, "value": amount},
        "eventCode": "AUTHORISATION",
        "eventDate": datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds"),
        "merchantAccountCode": known.account,
        "merchantReference": reference,
        "paymentMethod": "visa",
        "pspReference": psp,
        "success": "true",
    }
    body = {"live": "false", "notificationItems": [{"NotificationRequestItem": item}]}
    return json.dumps(body).encode(), {"content-type": "application/json"}


def stripe_webhook(
    known: PaymentConnection, reference: str, number: str, amount: int, currency: str, at: int
) -> Webhook:
    session = {
        "id": f"cs_test_{number}",
        "object": "checkout.session",
        "amount_total": amount,
        "client_reference_id": reference,
        "currency": currency.lower(),
        "payment_intent": f"pi_{number}",
        "payment_status": "paid",
        "status": "complete",
    }
    event = {"id": f"evt_{number}", "object": "event", "created": at // 1000, "data": {"object": session}}
    body = json.dumps({**event, "type": "checkout.session.completed"}).encode()
    mac = hmac.new(known.webhook_secret.encode(), f"{at // 1000}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {"content-type": "application/json", "stripe-signature": f"t={at // 1000},v1={mac}"}
