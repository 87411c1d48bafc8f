"""One WebSocket per browser, opened with a ticket that works once and for half a minute."""

from msgspec import Struct

from chalicelib.domain.errors import BadSignature

from .access import MESSAGING, signed_in
from .ports import Deps, Socket

TICKET_LIFE = 30_000
"""Milliseconds."""


class IssuedTicket(Struct, frozen=True):
    token: str
    expires_at: int


def issue_ticket(associate_id: str, deps: Deps) -> IssuedTicket:
    """A ticket for the signed-in associate."""
    associate = signed_in(associate_id, deps)
    now = deps.clock.now()
    token = deps.references.sign("socket", [associate.id, deps.ids.token()], now=now)
    return IssuedTicket(token, now + TICKET_LIFE)


def open_socket(token: str, socket_id: str, deps: Deps) -> None:
    """Registers the socket for the stores its owner may see. Raises BadSignature (forged, too old, used before)."""
    now = deps.clock.now()
    value = deps.references.read("socket", token, now=now, max_age=TICKET_LIFE)
    if not (isinstance(value, list) and len(value) == 2):
        raise BadSignature
    associate_id, ticket_id = str(value[0]), str(value[1])
    associate = signed_in(associate_id, deps)
    stores = tuple(sorted(store for store in associate.stores if associate.may(MESSAGING, store)))
    socket = Socket(id=socket_id, associate_id=associate.id, store_ids=stores, opened_at=now)
    if not deps.sockets.add(socket, ticket_id):
        raise BadSignature


def close_socket(socket_id: str, deps: Deps) -> None:
    """Forgets a socket. Safe to repeat."""
    deps.sockets.remove(socket_id)
