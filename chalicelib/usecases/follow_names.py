"""After two customers became one, or two again, lists show the conversations of each under their name (X11).

One write for each conversation that shows another one, again and again safe: what a crash or the clock left over is
made good by whoever looks at the customer next.
"""

from collections.abc import Sequence
from itertools import product

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.routing import RouteKey

from .ports import Deps

BATCH = 100
STEP = 4_000
"""Milliseconds of the ten seconds a request may take."""


def follow_names(customer: Customer, deps: Deps) -> None:
    """Nothing is read where nothing is left to do."""
    if not customer.renaming:
        return
    stop_at, routes = deps.clock.now() + STEP, _routes(customer, deps)
    for start in range(0, len(routes), BATCH):
        if deps.clock.now() >= stop_at:
            return
        found = {
            route.conversation_id for route in deps.conversations.find_routes(routes[start : start + BATCH]).values()
        }
        for conversation in deps.conversations.find_several(sorted(found)).values():
            if _shows_another_name(conversation, customer):
                deps.conversations.rename(conversation, customer.name)
    deps.customers.renamed(customer)


def _shows_another_name(conversation: Conversation, customer: Customer) -> bool:
    if conversation.customer_id not in customer.ids or conversation.state is ConversationState.DELETED:
        return False
    return conversation.customer_name != customer.name


def _routes(customer: Customer, deps: Deps) -> list[RouteKey]:
    """Wherever a conversation of theirs could be: each address of ours with each of theirs."""
    theirs: dict[Channel, Sequence[str]] = {
        Channel.SMS: customer.phones,
        Channel.WHATSAPP: customer.phones,
        Channel.EMAIL: customer.emails,
        Channel.CHAT: customer.ids,
    }
    stores = [store for store in deps.directory.stores() if store.merchant_id == customer.merchant_id]
    return [
        RouteKey(channel, proxy.address, Address(address))
        for store, (channel, addresses) in product(stores, theirs.items())
        for proxy, address in product(deps.directory.proxies_of(store.id, channel), addresses)
    ]
