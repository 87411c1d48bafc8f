"""The page of the shop where a customer is signed in: it has the widget, with what the shop signs for them."""

import base64
import hmac
import json
from html import escape

from local.simulator.config import Shop
from local.simulator.records import ShopOrder

POLICY = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; form-action 'self'"
"""As strict as a shop's may be."""


def identity(order: ShopOrder, secret: str, now: int) -> str:
    """As docs/members.md asks for it. `now` in epoch milliseconds."""
    customer = order.customer
    claims = {
        "customer": str(order.customer_id),
        "issued_at": now // 1000,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
    }
    first = base64.urlsafe_b64encode(json.dumps(claims).encode())
    return f"{first.decode()}.{hmac.new(secret.encode(), first, 'sha256').hexdigest()}"


def account_page(order: ShopOrder, shop: Shop, now: int) -> str:
    """HTML. Without a secret nobody can be signed in, and there is no button."""
    name = f"{order.customer.first_name} {order.customer.last_name}".strip() or "a customer"
    signed = identity(order, shop.member_secret, now) if shop.member_secret else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(shop.shop_domain)}</title>"
        "<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:40rem;margin:3rem auto;"
        "padding:0 1rem}</style></head>"
        f"<body><main><h1>My account</h1><p>Signed in at {escape(shop.shop_domain)} as {escape(name)}. "
        f"Latest order: {escape(order.number)}.</p></main>"
        f'<script src="/widget.js" data-door="/members/{escape(shop.connection_id)}" '
        f'data-identity="{escape(signed)}"></script></body></html>\n'
    )
