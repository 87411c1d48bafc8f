"""One WebSocket per browser, opened with a ticket that works once and for half a minute.

An associate's is told of their stores, a customer's of the one conversation that they have open.
"""

from msgspec import Struct

from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.errors import BadSignature

from .access import MESSAGING, signed_in
from .open_chat_link import opened
from .ports import Deps, Socket

TICKET_LIFE = 30_000
"""Milliseconds."""
_ASSOCIATE, _CHAT = "socket", "chat-socket"
"""What tickets are signed for: neither counts for the other."""


class IssuedTicket(Struct, frozen=True):
    token: str
    expires_at: int


def issue_ticket(associate_id: str, deps: Deps) -> IssuedTicket:
    """A ticket for the signed-in associate."""
    associate = signed_in(associate_id, deps)
    now = deps.clock.now()
    token = deps.references.sign(_ASSOCIATE, [associate.id, deps.ids.token()], now=now)
    return IssuedTicket(token, now + TICKET_LIFE)


def issue_chat_ticket(link: ChatLink, deps: Deps) -> IssuedTicket:
    """A ticket for a customer's browser. Raises ChatUnavailable."""
    opened(link, deps.conversations.find(link.conversation_id), deps)
    now = deps.clock.now()
    token = deps.references.sign(_CHAT, [link.conversation_id, deps.ids.token()], now=now)
    return IssuedTicket(token, now + TICKET_LIFE)


def open_socket(token: str, socket_id: str, deps: Deps) -> None:
    """Registers the socket for what its owner may see. Raises BadSignature (forged, too old, used before)."""
    now = deps.clock.now()
    purpose, owner, ticket_id = _ticket(token, now, deps)
    if purpose == _CHAT:
        socket = Socket(id=socket_id, associate_id="", store_ids=(), opened_at=now, conversation_id=owner)
    else:
        associate = signed_in(owner, deps)
        stores = tuple(sorted(store for store in associate.stores if associate.may(MESSAGING, store)))
        socket = Socket(id=socket_id, associate_id=associate.id, store_ids=stores, opened_at=now)
    if not deps.sockets.add(socket, ticket_id):
        raise BadSignature


def _ticket(token: str, now: int, deps: Deps) -> tuple[str, str, str]:
    """What it was signed for, whose it is, and its own id."""
    for purpose in (_ASSOCIATE, _CHAT):
        try:
            value = deps.references.read(purpose, token, now=now, max_age=TICKET_LIFE)
        except BadSignature:
            continue
        if isinstance(value, list) and len(value) == 2:
            return purpose, str(value[0]), str(value[1])
    raise BadSignature


def close_socket(socket_id: str, deps: Deps) -> None:
    """Forgets a socket. Safe to repeat."""
    deps.sockets.remove(socket_id)
