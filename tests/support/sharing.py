"""Seattle and Tacoma share the number at WhatsApp; strangers arrive in Seattle."""

from typing import Any

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.merchants import Proxy
from chalicelib.domain.routing import RouteKey, Routes
from chalicelib.usecases.follow_invite_word import word_of
from tests.support.invites import TYPED, accept, invite
from tests.support.merchant import BOB, CARLA, MERCHANT, META, SEATTLE, TACOMA, WHATSAPP_NUMBER
from tests.support.world import World

PAIR = RouteKey("whatsapp", WHATSAPP_NUMBER, CARLA)


def shared(**fields: Any) -> Proxy:
    known: dict[str, Any] = {
        "channel": "whatsapp",
        "address": WHATSAPP_NUMBER,
        "merchant_id": MERCHANT,
        "store_id": SEATTLE,
        "connection_id": META,
        "shared_with": (TACOMA,),
    }
    return Proxy(**{**known, **fields})


def at_whatsapp(world: World, body: str, **fields: Any) -> MessageReceived:
    """Carla writes to the shared number."""
    world.clock.advance(1000)
    given = {"channel": Channel.WHATSAPP, "connection_id": META, "recipient": WHATSAPP_NUMBER}
    return world.text(body, **{**given, "written_at": world.clock.now(), **fields})


def of(world: World, store_id: str) -> Conversation:
    """The store's one over the shared number."""
    (found,) = (
        each for each in world.table.conversations.values() if (each.store_id, each.channel) == (store_id, "whatsapp")
    )
    return found


def in_both(world: World) -> tuple[str, str]:
    """Carla talks with both stores; Tacoma's conversation comes first."""
    at_whatsapp(world, "Hello?")
    at_whatsapp(world, ask_for_tacoma(world))
    return of(world, SEATTLE).id, of(world, TACOMA).id


def ask_for_tacoma(world: World) -> str:
    """The word that the page then tells."""
    page = accept(world, invite(world, store_id=TACOMA, associate_id=BOB), TYPED, Channel.WHATSAPP)
    return word_of(page.status.invite, world)


def routes(world: World) -> Routes:
    return world.table.routes_of(PAIR)


def first(world: World) -> str:
    found = routes(world).first
    assert found is not None
    return found.conversation_id


def sent_id(world: World, body: str) -> str:
    """The provider's id of what we sent."""
    found = next(each.provider_id for each in world.table.messages.values() if each.body == body)
    assert found
    return found


def consent(world: World, store_id: str, address: Address = CARLA) -> ConsentState:
    found = world.table.consents.get(ConsentKey(MERCHANT, "whatsapp", address, store_id))
    return ConsentState.NONE if found is None else found.state
