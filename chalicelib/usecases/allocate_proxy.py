"""The address of ours over which an associate talks with a customer. It is reserved by the opening's transaction."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.allocation import Pool, Seat, Wanted, choose, pool_after
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import NoFreeProxy
from chalicelib.domain.merchants import Proxy, ProxyOwner, ProxyState, Store
from chalicelib.domain.routing import Route, RouteKey, Routes

from .ports import Deps


class Allocated(Struct, frozen=True):
    """`pool`: how it is for this customer once this is taken; None: the address is of no pool."""

    seat: Seat
    pool: Pool | None


def candidates(store: Store, associate_id: str, channel: Channel, deps: Deps) -> tuple[Proxy, ...]:
    """The associate's own addresses and the store's pool; where there are neither, the one the store sends from."""
    there = [each for each in deps.directory.proxies_of(store.id, channel) if each.state is ProxyState.WORKS]
    own = [proxy for proxy in there if proxy.associate_id == associate_id]
    pool = [proxy for proxy in there if proxy.owner is ProxyOwner.POOL]
    if own or pool:
        return (*own, *pool)
    return numbers_of_store(store, deps) if channel is Channel.SMS else ()


def mailbox_of(store: Store, associate_id: str, deps: Deps) -> Proxy | None:
    """From which this associate's mails go out: their own, else the store's (H17); never a colleague's."""
    there = [each for each in deps.directory.proxies_of(store.id, Channel.EMAIL) if each.state is ProxyState.WORKS]
    own = (each for each in there if each.associate_id == associate_id)
    return next(own, None) or next((each for each in there if each.owner is ProxyOwner.STORE), None)


def allocate(proxies: Sequence[Proxy], store_id: str, wanted: Wanted, deps: Deps) -> Allocated:
    """Reads the routes of all candidates, strongly consistent. Raises NoFreeProxy.

    The store's own address is always the one, whoever talks with the customer over it: one conversation per customer.
    """
    now = deps.clock.now()
    seats = seats_of(proxies, store_id, wanted.customer_address, deps)
    if seats[0].proxy.owner is ProxyOwner.STORE:
        return Allocated(seats[0], None)
    seat = choose(seats, wanted, now)
    if seat is None:
        deps.log.warning("pool_low", store_id=proxies[0].store_id, channel=proxies[0].channel, free_share=0)
        raise NoFreeProxy
    return Allocated(seat, pool_after(seat, seats, now))


def notice(allocated: Allocated, deps: Deps) -> None:
    """One line in the log when little of the pool is left for a customer (docs/operating.md)."""
    pool, proxy = allocated.pool, allocated.seat.proxy
    if pool is not None and pool.is_low:
        deps.log.warning("pool_low", store_id=proxy.store_id, channel=proxy.channel, free_share=pool.free_share)


def seats_of(proxies: Sequence[Proxy], store_id: str, customer_address: Address, deps: Deps) -> list[Seat]:
    """Each as it is for this customer in this store; strongly consistent. What stores share costs a query each."""
    keys = [RouteKey(proxy.channel, proxy.address, customer_address) for proxy in proxies]
    shared = {
        key: deps.conversations.routes(key) for proxy, key in zip(proxies, keys, strict=True) if proxy.shared_with
    }
    alone = [key for key in keys if key not in shared]
    found: dict[RouteKey, Route | None] = {key: routes.of_store(store_id) for key, routes in shared.items()}
    found |= deps.conversations.find_routes(alone) if alone else {}
    led = [route.conversation_id for route in found.values() if route is not None]
    last = deps.conversations.find_several(list(set(led))) if led else {}
    return [_seat(proxy, found.get(key), last, shared.get(key)) for proxy, key in zip(proxies, keys, strict=True)]


def _seat(proxy: Proxy, route: Route | None, last: dict[str, Conversation], routes: Routes | None) -> Seat:
    return Seat(proxy=proxy, route=route, last=last.get(route.conversation_id) if route else None, routes=routes)


def numbers_of_store(store: Store, deps: Deps) -> tuple[Proxy, ...]:
    """What it texts from where nobody in person does: its sender, or another of its own where that no longer can."""
    if store.proxy is None or store.connection_id is None:
        return ()
    own = [each for each in deps.directory.proxies_of(store.id, Channel.SMS) if each.owner is ProxyOwner.STORE]
    if any(each.address == store.proxy and each.state is not ProxyState.WORKS for each in own):
        return tuple(each for each in own if each.state is ProxyState.WORKS)[:1]
    return (
        Proxy(
            channel=Channel.SMS,
            address=store.proxy,
            merchant_id=store.merchant_id,
            store_id=store.id,
            connection_id=store.connection_id,
        ),
    )
