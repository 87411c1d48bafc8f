"""One of everything that a route can be about, in one store; and a request for every route."""

from typing import Any

from chalicelib.api.routing import Route
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.messages import FailureReason
from chalicelib.usecases.ports import SendError
from tests.api.client import JSON, KEY, Answer, as_json, call, path_of
from tests.support.world import (
    ADA,
    FOREIGN,
    FOREIGN_NUMBER,
    FOREIGN_WHATSAPP,
    META,
    OTHER_META,
    OTHER_SHOP,
    OTHER_TWILIO,
    SEATTLE,
    SEATTLE_NUMBER,
    SHOP,
    TWILIO,
    WHATSAPP_NUMBER,
    ZOE,
    World,
)

SECRET = "canary-of-the-store"
"""Stands in the texts of the store: whoever may not see it must not get it."""


class Objects:
    """A conversation with a customer's text and a failed message, and its order."""

    def __init__(self, world: World, store_id: str = SEATTLE) -> None:
        shop, twilio, number, author = (
            (SHOP, TWILIO, SEATTLE_NUMBER, ADA)
            if store_id == SEATTLE
            else (OTHER_SHOP, OTHER_TWILIO, FOREIGN_NUMBER, ZOE)
        )
        order = world.order(connection_id=shop)
        conversation_id = world.start(order, f"{SECRET} one", associate_id=author)
        world.deliver()
        world.text(f"{SECRET} two", connection_id=twilio, recipient=Address(number))
        world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
        message = world.send(conversation_id, f"{SECRET} three", associate_id=author)
        world.deliver()
        meta, at_whatsapp = (META, WHATSAPP_NUMBER) if store_id == SEATTLE else (OTHER_META, FOREIGN_WHATSAPP)
        fields = {"connection_id": meta, "channel": Channel.WHATSAPP, "written_at": world.clock.now()}
        world.text(f"{SECRET} four", recipient=at_whatsapp, **fields)
        self.ids = {
            "store_id": store_id,
            "order_id": order.id,
            "conversation_id": conversation_id,
            "at_whatsapp": world.conversation_of(number=at_whatsapp).id,
            "texting": conversation_id,
            "message_id": message.id,
            "associate_id": author,
        }


def foreign(world: World) -> Objects:
    return Objects(world, FOREIGN)


BODIES: dict[str, Any] = {
    "StartConversation": lambda ids: {"order_id": ids["order_id"], "body": "Hello"},
    "SendMessage": lambda ids: {"body": "Hello"},
    "SendTemplate": lambda ids: {"name": "ready", "language": "en_US", "values": ["Carla", "#1001"]},
    "Assign": lambda ids: {"to": None, "was": ids.get("associate_id", ADA)},
    "GoAway": lambda ids: {"answer": "Back on Monday.", "until": None},
    "MarkRead": lambda ids: {"up_to": ids["message_id"]},
}


def good_request(route: Route, ids: dict[str, str], sub: str = ADA, **changes: Any) -> Answer:
    """A request that this route takes. `changes`: arguments of `call` to replace."""
    if route.path.endswith("/templates") and ids["conversation_id"] == ids.get("texting"):
        ids = {**ids, "conversation_id": ids["at_whatsapp"]}  # texts know no templates
    body = None if route.request is None else as_json(BODIES[route.request.__name__](ids))
    headers = {**JSON, **(KEY if route.idempotent else {})}
    return call(route.method, path_of(route, ids), **{"sub": sub, "body": body, "headers": headers, **changes})
