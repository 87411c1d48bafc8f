"""What a manager sees of a store's numbers and mailboxes: who owns them, what they carry, what is free."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.allocation import Pool
from chalicelib.domain.merchants import Proxy, ProxyChange, ProxyOwner, ProxyState

from .access import managed_store, signed_in
from .ports import Deps, ProxyUse

_COUNTED = 1000
"""Conversations looked at of each inbox shard: one query of 1 MB at the most."""


class ProxyLine(Struct, frozen=True):
    """One of our addresses. `associate_name`: of its owner, where that is an associate. `shared_with`: names of the
    other stores that talk over it, the one where strangers arrive first. `conversations`: this store's."""

    proxy: Proxy
    provider: str
    associate_name: str
    conversations: int
    shared_with: tuple[str, ...] = ()


class Overview(Struct, frozen=True):
    """`capped`: there are more conversations than were counted."""

    store_id: str
    lines: tuple[ProxyLine, ...]
    pools: tuple[Pool, ...]
    capped: bool


def show_proxies(store_id: str, associate_id: str, deps: Deps) -> Overview:
    """Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    changes = {(each.channel, each.address): each for each in deps.proxy_changes.all()}  # the directory's may be a
    listed = [proxy for channel in Channel for proxy in deps.directory.proxies_of(store.id, channel)]  # minute old
    proxies = [_with(proxy, changes.get((proxy.channel, proxy.address))) for proxy in listed]
    uses, capped = deps.conversations.proxy_uses(store.id, deps.clock.now(), _COUNTED)
    talks = Counter((use.channel, use.proxy) for use in uses if use.is_open)
    names = _names({proxy.associate_id for proxy in proxies if proxy.associate_id}, deps)
    lines = tuple(
        ProxyLine(
            proxy,
            _provider(proxy, deps),
            names.get(proxy.associate_id or "", ""),
            talks[proxy.channel, proxy.address],
            _others(proxy, store.id, deps),
        )
        for proxy in proxies
    )
    return Overview(store.id, lines, _pools(proxies, uses), capped)


def _others(proxy: Proxy, store_id: str, deps: Deps) -> tuple[str, ...]:
    stores = (deps.directory.store(each) for each in proxy.store_ids if each != store_id)
    return tuple(store.name for store in stores if store is not None)


def _with(proxy: Proxy, change: ProxyChange | None) -> Proxy:
    return proxy if change is None or change.merchant_id != proxy.merchant_id else proxy.changed(change)


def _names(ids: set[str], deps: Deps) -> dict[str, str]:
    found = [deps.directory.associate(each) for each in sorted(ids)]
    return {each.id: each.name for each in found if each is not None}


def _provider(proxy: Proxy, deps: Deps) -> str:
    connection = deps.directory.connection(proxy.connection_id)
    return "" if connection is None else connection.provider


def _counts(proxy: Proxy) -> bool:
    return proxy.owner is ProxyOwner.POOL and proxy.state is ProxyState.WORKS


def _pools(proxies: Sequence[Proxy], uses: Sequence[ProxyUse]) -> tuple[Pool, ...]:
    """Of each channel that has one."""
    found: list[Pool] = []
    for channel in Channel:
        pooled = {p.address for p in proxies if _counts(p) and p.channel == channel}
        held = Counter(use.customer_address for use in uses if use.channel == channel and use.proxy in pooled)
        if pooled:
            found.append(Pool(channel=channel, size=len(pooled), most_held=max(held.values(), default=0)))
    return tuple(found)
