"""A conversation goes on over another number of ours, since its own is lost or cannot send (Routes 8)."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.allocation import Seat
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChangedMeanwhile, ConversationEnded, NoFreeProxy
from chalicelib.domain.merchants import Associate, Proxy, ProxyOwner, ProxyState
from chalicelib.domain.routing import Route, RouteKey

from .access import own_conversation
from .allocate_proxy import seats_of
from .change_proxy import proxy_state
from .ports import Deps, Once, Opened, Opening
from .shared_numbers import leaving

_ATTEMPTS = 5


def continue_elsewhere(conversation_id: str, associate_id: str, deps: Deps) -> Conversation:
    """As it is then: the same conversation, with its history. One whose number works is left as it is.

    What the customer still writes to the old number comes here, too. Raises NotFound, PermissionDenied,
    MessagingDisabled, ConversationEnded, NoFreeProxy, ChangedMeanwhile.
    """
    for _attempt in range(_ATTEMPTS):
        before, associate, _ = own_conversation(conversation_id, associate_id, deps)
        if proxy_state(before, deps) is ProxyState.WORKS:
            return before
        if not before.lives(deps.clock.now()):
            raise ConversationEnded
        opening = _opening(before, _free_seat(before, associate, deps), deps)
        if isinstance(deps.conversations.open(opening), Opened):
            deps.log.info("went_on_elsewhere", conversation_id=before.id, by=associate_id)
            return opening.conversation
    raise ChangedMeanwhile


def _free_seat(before: Conversation, associate: Associate, deps: Deps) -> Seat:
    """The associate's own, then the pool, then the store's: the first over which nobody talks with this customer."""
    there = deps.directory.proxies_of(before.store_id, Channel(before.channel))
    usable = [each for each in there if each.state is ProxyState.WORKS and _may_use(each, before, associate)]
    ranks = (ProxyOwner.ASSOCIATE, ProxyOwner.POOL, ProxyOwner.STORE)
    ordered = sorted(usable, key=lambda each: ranks.index(each.owner))
    now = deps.clock.now()
    seats = seats_of(ordered, before.store_id, before.customer_address, deps) if ordered else []
    free = next((seat for seat in seats if seat.held(now) is None), None)
    if free is None:
        raise NoFreeProxy
    return free


def _may_use(proxy: Proxy, before: Conversation, associate: Associate) -> bool:
    if proxy.owner is ProxyOwner.ASSOCIATE:
        return proxy.associate_id == (before.associate_id or associate.id)
    return True


def _opening(before: Conversation, seat: Seat, deps: Deps) -> Opening:
    """Only the address changes: no text, no activity."""
    after = replace(before, proxy=seat.proxy.address, connection_id=seat.proxy.connection_id)
    key, now = RouteKey(before.channel, seat.proxy.address, before.customer_address), deps.clock.now()
    route = Route(key=key, merchant_id=before.merchant_id, store_id=before.store_id, conversation_id=before.id)
    return Opening(
        once=Once(f"on#{before.id}", deps.ids.token(), result=before.id),
        conversation=after,
        was=before,
        route=route,
        route_was=seat.route,
        messages=(),
        left=RouteKey(before.channel, before.proxy, before.customer_address),
        left_at=now,
        reroutings=(*seat.reroutings(route, now), *leaving(before, now, deps)),
    )
