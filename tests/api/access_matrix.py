"""What each kind of person gets from each route: about their own store's things, and about another merchant's.

Principals: nobody (a sign-in without an associate), another merchant's, of another store of the same merchant, of the
store without the `orders` permission, permitted but messaging is off, permitted, permission taken away after a first
request, manager of both stores.
"""

from msgspec import Struct

PRINCIPALS = (
    "nobody",
    "other_merchant",
    "other_store",
    "no_orders",
    "flag_off",
    "permitted",
    "revoked",
    "manager",
)


class Row(Struct, frozen=True):
    """Statuses by principal. `foreign`: the same request about a thing of the other merchant."""

    own: tuple[int, ...]
    foreign: tuple[int, ...] = ()


def messaging(ok: int) -> Row:
    """Permission and feature flag are needed (D4-D6)."""
    return Row((403, 404, 404, 403, 403, ok, 403, ok), (403, ok, 404, 404, 404, 404, 404, 404))


def owned(ok: int) -> Row:
    """As messaging; of a colleague's own there is nothing to see, whatever one may."""
    return Row((403, 404, 404, 404, 403, ok, 403, ok), (403, ok, 404, 404, 404, 404, 404, 404))


def orders(ok: int) -> Row:
    """Permission alone is needed."""
    return Row((403, 404, 404, 403, ok, ok, 403, ok), (403, ok, 404, 404, 404, 404, 404, 404))


def managing(ok: int) -> Row:
    """The permission `manage` is needed, and no other."""
    return Row((403, 404, 404, 403, 403, 403, 403, ok), (403, ok, 404, 404, 404, 404, 404, 404))


def oneself(ok: int) -> Row:
    """About the caller, whoever they are."""
    return Row((403, ok, ok, ok, ok, ok, ok, ok))


def customers(ok: int) -> Row:
    """The cookie of the conversation alone counts, whoever is signed in beside it; messaging must be on."""
    return Row((ok, ok, ok, ok, 404, ok, ok, ok), (404,) * 8)


def links(ok: int, revoked: int = 0) -> Row:
    """The token counts. `revoked`: what it is worth after whoever made the link has left; 0: what it was."""
    return Row((ok, ok, ok, ok, 404, ok, revoked or ok, ok))


MATRIX: dict[str, Row] = {
    "GET /me": oneself(200),
    "GET /me/unread": oneself(200),
    "GET /me/absence": oneself(200),
    "POST /me/absence": oneself(200),
    "DELETE /me/absence": oneself(204),
    "GET /me/push": oneself(200),
    "PUT /me/push": oneself(204),
    "POST /me/push/forget": oneself(204),
    "POST /me/ticket": oneself(200),
    "GET /stores/{store_id}/orders": orders(200),
    "GET /stores/{store_id}/proxies": managing(200),
    "POST /stores/{store_id}/proxies": managing(204),
    "GET /stores/{store_id}/quiet-hours": managing(200),
    "GET /stores/{store_id}/merchant-phone": managing(200),
    "PUT /stores/{store_id}/merchant-phone": managing(200),
    "GET /stores/{store_id}/settings": managing(200),
    "PUT /stores/{store_id}/settings": managing(200),
    "GET /stores/{store_id}/transfers": managing(200),
    "POST /stores/{store_id}/transfers": managing(201),
    "POST /stores/{store_id}/transfers/{transfer_id}/continue": managing(200),
    "POST /stores/{store_id}/transfers/{transfer_id}/undo": managing(200),
    "GET /orders/{order_id}": orders(200),
    "GET /stores/{store_id}/products": messaging(200),
    "PUT /stores/{store_id}/products/{product_id}/favourite": messaging(204),
    "DELETE /stores/{store_id}/products/{product_id}/favourite": messaging(204),
    "POST /conversations/{conversation_id}/products/{product_id}": messaging(201),
    "POST /stores/{store_id}/products/{product_id}/links": messaging(201),
    "GET /stores/{store_id}/product-links": managing(200),
    "GET /conversations/{conversation_id}/carts": messaging(200),
    "POST /conversations/{conversation_id}/carts": messaging(201),
    "PUT /conversations/{conversation_id}/carts/{cart_id}": messaging(200),
    "POST /conversations/{conversation_id}/carts/{cart_id}/share": messaging(200),
    "POST /conversations/{conversation_id}/carts/{cart_id}/cancel": messaging(200),
    "GET /stores/{store_id}/catalogues": managing(200),
    "POST /stores/{store_id}/catalogues/{connection_id}/orders": managing(200),
    "POST /stores/{store_id}/catalogues/{connection_id}/read": managing(200),
    "GET /stores/{store_id}/bulk": messaging(200),
    "POST /stores/{store_id}/bulk": messaging(201),
    "GET /stores/{store_id}/bulk/{bulk_id}": messaging(200),
    "GET /stores/{store_id}/bulk/{bulk_id}/results": messaging(200),
    "POST /stores/{store_id}/bulk/{bulk_id}/pause": messaging(200),
    "POST /stores/{store_id}/bulk/{bulk_id}/resume": messaging(200),
    "POST /stores/{store_id}/bulk/{bulk_id}/cancel": messaging(200),
    "GET /stores/{store_id}/credits": messaging(200),
    "GET /stores/{store_id}/credits/lines": managing(200),
    "POST /stores/{store_id}/credits/purchases": managing(201),
    "POST /stores/{store_id}/credits/settle": managing(200),
    "PUT /stores/{store_id}/credits/threshold": managing(200),
    "GET /stores/{store_id}/templates": messaging(200),
    "PUT /stores/{store_id}/templates/{template_id}": managing(200),
    "DELETE /stores/{store_id}/templates/{template_id}": managing(204),
    "POST /stores/{store_id}/template-preview": messaging(200),
    "GET /conversations/{conversation_id}/texts": messaging(200),
    "GET /orders/{order_id}/texts": messaging(200),
    "GET /orders/{order_id}/automatic-texts": messaging(200),
    "GET /stores/{store_id}/conversations": messaging(200),
    "POST /stores/{store_id}/conversations": messaging(201),
    "GET /stores/{store_id}/colleagues": messaging(200),
    "GET /conversations/{conversation_id}": messaging(200),
    "GET /conversations/{conversation_id}/customer": messaging(200),
    "GET /orders/{order_id}/customer": messaging(200),
    "POST /conversations/{conversation_id}/customer/erasure": managing(202),
    "POST /orders/{order_id}/customer/erasure": managing(202),
    "POST /conversations/{conversation_id}/customer/export": managing(200),
    "POST /orders/{order_id}/customer/export": managing(200),
    "GET /stores/{store_id}/privacy-requests": managing(200),
    "POST /stores/{store_id}/privacy-requests/{request_id}/done": managing(200),
    "POST /stores/{store_id}/privacy-requests/{request_id}/export": managing(200),
    "GET /stores/{store_id}/erasures": managing(200),
    "GET /stores/{store_id}/sales": managing(200),
    "POST /conversations/{conversation_id}/customer/merges": messaging(200),
    "POST /conversations/{conversation_id}/customer/merges/{merged_id}/undo": messaging(200),
    "POST /conversations/{conversation_id}/messages": messaging(201),
    "GET /conversations/{conversation_id}/templates": messaging(200),
    "POST /conversations/{conversation_id}/templates": messaging(201),
    "POST /conversations/{conversation_id}/messages/{message_id}/retry": messaging(200),
    "PUT /conversations/{conversation_id}/held/{held_id}": messaging(200),
    "DELETE /conversations/{conversation_id}/held/{held_id}": messaging(204),
    "POST /conversations/{conversation_id}/held/{held_id}/release": messaging(200),
    "GET /conversations/{conversation_id}/messages/{message_id}/media/{media_id}": messaging(200),
    "POST /conversations/{conversation_id}/pictures": messaging(201),
    "POST /conversations/{conversation_id}/pictures/{picture_id}/check": messaging(200),
    "GET /conversations/{conversation_id}/pictures/{picture_id}": messaging(200),
    "POST /stores/{store_id}/orders/{order_id}/pictures": messaging(201),
    "POST /stores/{store_id}/orders/{order_id}/pictures/{start_picture_id}/check": messaging(200),
    "GET /stores/{store_id}/orders/{order_id}/pictures/{start_picture_id}": messaging(200),
    "GET /reminders": oneself(200),
    "POST /conversations/{conversation_id}/reminders": messaging(201),
    "PUT /reminders/{reminder_id}": owned(200),
    "POST /reminders/{reminder_id}/snooze": owned(200),
    "DELETE /reminders/{reminder_id}": owned(204),
    "POST /reminders/{reminder_id}/restore": owned(200),
    "GET /conversations/{conversation_id}/notes": messaging(200),
    "POST /conversations/{conversation_id}/notes": messaging(201),
    "DELETE /conversations/{conversation_id}/notes/{note_id}": messaging(204),
    "PUT /conversations/{conversation_id}/tags": messaging(200),
    "GET /orders/{order_id}/notes": messaging(200),
    "POST /orders/{order_id}/notes": messaging(201),
    "DELETE /orders/{order_id}/notes/{remark_id}": messaging(204),
    "GET /stores/{store_id}/contacts": messaging(200),
    "POST /conversations/{conversation_id}/read": messaging(204),
    "POST /conversations/{conversation_id}/unread": messaging(204),
    "POST /conversations/{conversation_id}/assignee": messaging(200),
    "POST /conversations/{conversation_id}/opt-out/set-right": messaging(200),
    "GET /conversations/{conversation_id}/consent": messaging(200),
    "GET /stores/{store_id}/consent": Row(
        (403, 404, 404, 403, 403, 403, 403, 200), (403, 200, 404, 404, 404, 404, 404, 404)
    ),
    "POST /stores/{store_id}/consent/unmask": Row(
        (403, 404, 404, 403, 403, 403, 403, 200), (403, 200, 404, 404, 404, 404, 404, 404)
    ),
    "POST /conversations/{conversation_id}/unmask": Row(
        (403, 404, 404, 403, 403, 403, 403, 200), (403, 200, 404, 404, 404, 404, 404, 404)
    ),
    "GET /stores/{store_id}/audit": Row(
        (403, 404, 404, 403, 403, 403, 403, 200), (403, 200, 404, 404, 404, 404, 404, 404)
    ),
    "POST /conversations/{conversation_id}/continue": messaging(200),
    "POST /conversations/{conversation_id}/close": messaging(200),
    "POST /conversations/{conversation_id}/reopen": messaging(200),
    "DELETE /conversations/{conversation_id}": messaging(204),
    "POST /conversations/{conversation_id}/chat-link": messaging(201),
    "GET /stores/{store_id}/invites": messaging(200),
    "POST /stores/{store_id}/invites": messaging(201),
    "DELETE /stores/{store_id}/invites/{invite_id}": messaging(204),
    "POST /chat-invites": links(200),
    "POST /chat-invites/accept": links(200, revoked=409),
    "POST /chat": links(201),
    "POST /chat-pictures": links(200),
    "GET /chat/{chat_id}": customers(200),
    "POST /chat/{chat_id}/messages": customers(201),
    "GET /chat/{chat_id}/messages/{message_id}/pictures/{picture_id}": customers(200),
    "POST /chat/{chat_id}/pictures": customers(201),
    "POST /chat/{chat_id}/pictures/{upload_id}/check": customers(200),
    "GET /chat/{chat_id}/pictures/{upload_id}": customers(200),
    "POST /chat/{chat_id}/seen": customers(204),
    "POST /chat/{chat_id}/ticket": customers(200),
}
