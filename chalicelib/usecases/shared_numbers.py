"""Numbers that several stores share: whose conversation a customer's words are for (H19; docs/routing.md).

Each store has a conversation of its own with the customer, and no store sees another's. The one that comes first gets
what does not say itself whom it is for; an associate's text makes theirs the first.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, Conversation
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import Message
from chalicelib.domain.routing import Rerouting, Route, RouteKey, Routes

from .ports import Deps

LOOKED_BACK = 100
"""Messages of each conversation, the newest, among which a quoted one is looked for."""


def is_shared(channel: str, number: Address, deps: Deps) -> bool:
    """From the set-up, which every process has at hand."""
    proxy = deps.directory.proxy(Channel(channel), number)
    return proxy is not None and bool(proxy.shared_with)


def meant(event: MessageReceived, key: RouteKey, deps: Deps) -> Rerouting | None:
    """Brings first the conversation that the customer names by quoting what was said there. None: they name none, as
    all ordinary words do, a YES among them; they go to whichever comes first."""
    if not event.quoted_id or not is_shared(key.channel, key.proxy, deps):
        return None
    routes = deps.conversations.routes(key)
    if not routes.beside:
        return None
    alive = _alive(routes, event.received_at, deps)
    route = _quoted(event.quoted_id, routes, alive, deps)
    return None if route is None else Rerouting(routes, routes.led_by(route, event.received_at))


def _alive(routes: Routes, now: int, deps: Deps) -> dict[str, Conversation]:
    talks = deps.conversations.find_several([route.conversation_id for route in routes.all])
    return {each.id: each for each in talks.values() if each.lives(now)}


def _quoted(provider_id: str, routes: Routes, alive: Mapping[str, Conversation], deps: Deps) -> Route | None:
    """By what we said over this very number to this very customer, and nowhere else."""
    for route in routes.all:
        if route.conversation_id in alive and _has(route.conversation_id, provider_id, deps):
            return route
    return None


def _has(conversation_id: str, provider_id: str, deps: Deps) -> bool:
    thread = deps.conversations.thread(conversation_id, LOOKED_BACK, None)
    return thread is not None and any(provider_id in message.known_ids for message in thread.messages.rows)


def elsewhere(ended: Conversation, key: RouteKey, now: int, deps: Deps) -> Rerouting | None:
    """Where the customer's words go as `ended` is over: to the one that was active last of those that live, or that
    ended last. None: it is that one."""
    if not is_shared(key.channel, key.proxy, deps):
        return None
    routes = deps.conversations.routes(key)
    talks = deps.conversations.find_several([route.conversation_id for route in routes.all])
    known = [route for route in routes.all if route.conversation_id in talks]
    best = max(known, key=lambda route: _rank(talks[route.conversation_id], now), default=None)
    if best is None or best.conversation_id == ended.id:
        return None
    return Rerouting(routes, routes.led_by(best, now))


def _rank(conversation: Conversation, now: int) -> tuple[bool, int]:
    return conversation.lives(now), conversation.cool_until(now) or conversation.last_activity_at


def brought_first(conversation: Conversation, now: int, deps: Deps) -> Rerouting | None:
    """What an associate's text there changes. None: its number is its store's alone, or it comes first already."""
    if not is_shared(conversation.channel, conversation.proxy, deps):
        return None
    routes = deps.conversations.routes(route_key(conversation))
    own = routes.leading_to(conversation.id)
    return None if own is None or own is routes.first else Rerouting(routes, routes.led_by(own, now))


def beginning(route: Route, now: int, deps: Deps) -> tuple[Rerouting, ...]:
    """What a conversation that a stranger begins changes, as the opening takes it."""
    if not is_shared(route.key.channel, route.key.proxy, deps):
        return ()
    routes = deps.conversations.routes(route.key)
    return (Rerouting(routes, routes.led_by(route, now)),)


def leaving(conversation: Conversation, now: int, deps: Deps) -> tuple[Rerouting, ...]:
    """What going on over another number changes: its own route cools down, another store's comes first."""
    routes = deps.conversations.routes(route_key(conversation))
    own = routes.leading_to(conversation.id)
    if own is None or not routes.beside:
        return ()
    return (Rerouting(routes, routes.with_route(replace(own, cool_until=now + COOL_DOWN), now)),)


def consents_beside(message: Message | Conversation, deps: Deps) -> tuple[tuple[ConsentKey, Store], ...]:
    """The other scopes that the number serves, each with a store of it: STOP to a number is for all of it."""
    proxy = deps.directory.proxy(Channel(message.channel), message.proxy)
    if proxy is None or not proxy.shared_with or proxy.merchant_id != message.merchant_id:
        return ()
    stores = [store for each in proxy.store_ids if (store := deps.directory.store(each)) is not None]
    found = {store.consent_scope_id: store for store in stores if store.consent_scope_id != message.consent_scope}
    return tuple((replace(message.consent_key, scope=scope), store) for scope, store in found.items())


def show_opt_outs(key: RouteKey, deps: Deps) -> None:
    """Each store's conversation over the number shows what holds in its scope (N12)."""
    talks = deps.conversations.find_several([route.conversation_id for route in deps.conversations.routes(key).all])
    for talk in talks.values():
        consent = deps.consents.state(talk.consent_key)
        opted_out = consent is not None and consent.state is ConsentState.OPTED_OUT
        if talk.opted_out is not opted_out:
            deps.conversations.flag_opted_out(talk.id, opted_out)


def texts_of_other_stores(message: Message, deps: Deps) -> list[Message]:
    """What went out over the same number to the same customer in other conversations."""
    if not is_shared(message.channel, message.proxy, deps):
        return []
    key = RouteKey(message.channel, message.proxy, message.customer_address)
    others = [each.conversation_id for each in deps.conversations.routes(key).all]
    return [
        text
        for each in others
        if each != message.conversation_id
        for text in deps.messages.texts_beside(replace(message, conversation_id=each))
    ]


def route_key(conversation: Conversation) -> RouteKey:
    return RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)
