"""After two customers became one, or two again, lists show the conversations of each under their name (X11).

One write for each conversation that shows another one, again and again safe: what a crash or the clock left over is
done by whoever looks at the customer next, from where the one before stopped.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.routing import Route, RouteKey

from .ports import Deps
from .shared_numbers import is_shared

BATCH = 100
STEP = 4_000
"""Milliseconds of the ten seconds a request may take."""


def follow_names(customer: Customer, deps: Deps) -> None:
    """Nothing is read where nothing is left to do."""
    if customer.renaming is None:
        return
    stop_at, pairs, position = deps.clock.now() + STEP, _pairs(customer, deps), customer.renaming
    while position < len(pairs):
        if deps.clock.now() >= stop_at:
            deps.customers.renamed(customer, position)
            return
        step = _step(pairs, position, deps)
        found = {route.conversation_id for route in _routes(step, deps)}
        for conversation in deps.conversations.find_several(sorted(found)).values():
            if _shows_another_name(conversation, customer):
                deps.conversations.rename(conversation, customer.name)
        position += len(step)
    deps.customers.renamed(customer)


def _shows_another_name(conversation: Conversation, customer: Customer) -> bool:
    if conversation.customer_id not in customer.ids or conversation.state is ConversationState.DELETED:
        return False
    return conversation.customer_name != customer.name


def _step(pairs: Sequence[RouteKey], position: int, deps: Deps) -> Sequence[RouteKey]:
    """What one request finds the routes of: so many pairs, or one of a number that stores share."""
    alone = [key for key in pairs[position : position + BATCH] if not is_shared(key.channel, key.proxy, deps)]
    return alone or pairs[position : position + 1]


def _routes(step: Sequence[RouteKey], deps: Deps) -> Iterable[Route]:
    if is_shared(step[0].channel, step[0].proxy, deps):
        return deps.conversations.routes(step[0]).all
    return deps.conversations.find_routes(step).values()


def _pairs(customer: Customer, deps: Deps) -> Sequence[RouteKey]:
    """Wherever a conversation of theirs could be: each address of ours with each of theirs, shared numbers last."""
    theirs: dict[Channel, Sequence[str]] = {
        Channel.SMS: customer.phones,
        Channel.WHATSAPP: (*customer.phones, *customer.whatsapp_ids),
        Channel.EMAIL: customer.emails,
        Channel.CHAT: customer.ids,
    }
    stores = [store for store in deps.directory.stores() if store.merchant_id == customer.merchant_id]
    keys = [
        RouteKey(channel, proxy.address, Address(address))
        for store, (channel, addresses) in product(stores, theirs.items())
        for proxy, address in product(deps.directory.proxies_of(store.id, channel), addresses)
    ]
    return sorted(dict.fromkeys(keys), key=lambda key: is_shared(key.channel, key.proxy, deps))
