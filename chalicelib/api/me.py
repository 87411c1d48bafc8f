"""The signed-in associate: who they are, what waits for them, and their socket."""

from chalice.app import Blueprint

from chalicelib.usecases.access import signed_in
from chalicelib.usecases.browse_conversations import count_unread
from chalicelib.usecases.open_socket import issue_ticket
from chalicelib.usecases.switch_away import come_back, go_away, show_absence

from . import present, schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(blueprint, Route(method="GET", path="/me", summary="Who I am, and my stores.", answer=schemas.Me))
def show_me(call: Call) -> schemas.Me:
    associate = signed_in(call.associate_id, call.deps)
    stores = [call.deps.directory.store(store_id) for store_id in sorted(associate.stores)]
    return present.me(associate, [store for store in stores if store is not None])


@endpoint(
    blueprint,
    Route(method="GET", path="/me/absence", summary="Whether I am away (H1).", answer=schemas.AbsenceState),
)
def show_own_absence(call: Call) -> schemas.AbsenceState:
    return present.absence(show_absence(call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/me/absence",
        summary="I am away: who writes to me is answered so, by itself (H1, H2).",
        request=schemas.GoAway,
        answer=schemas.AbsenceState,
    ),
)
def begin_absence(call: Call) -> schemas.AbsenceState:
    return present.absence(go_away(call.associate_id, call.body.answer, call.body.until, call.deps))


@endpoint(
    blueprint,
    Route(method="DELETE", path="/me/absence", summary="I am back."),
)
def end_absence(call: Call) -> None:
    come_back(call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(method="GET", path="/me/unread", summary="Unread customer messages (D14).", answer=schemas.Unread),
)
def show_unread(call: Call) -> schemas.Unread:
    counts = count_unread(call.associate_id, call.deps)
    return schemas.Unread(
        total=sum(counts.stores.values()),
        capped=counts.capped,
        stores=[schemas.StoreUnread(store_id=store, unread=count) for store, count in counts.stores.items()],
    )


@endpoint(
    blueprint,
    Route(method="POST", path="/me/ticket", summary="A ticket for one WebSocket.", answer=schemas.Ticket),
)
def make_ticket(call: Call) -> schemas.Ticket:
    ticket = issue_ticket(call.associate_id, call.deps)
    url = f"{call.deps.websocket_url}?ticket={ticket.token}"
    return schemas.Ticket(url=url, expires_at=ticket.expires_at)
