"""A number is lost, or can no longer do what it could (docs/requirements.md, Routes 8): managers say so."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import NotFound, PermissionDenied, ProxyUnusable
from chalicelib.domain.merchants import ProxyChange, ProxyState

from .access import managed_store, signed_in
from .ports import Deps


class ChangeCommand(Struct, frozen=True, kw_only=True):
    store_id: str
    associate_id: str
    channel: Channel
    address: str
    state: ProxyState


def change_proxy(command: ChangeCommand, deps: Deps) -> None:
    """Every process knows within a minute. What stores share is changed by the one where strangers arrive. Raises
    NotFound, PermissionDenied."""
    store = managed_store(signed_in(command.associate_id, deps), command.store_id, deps)
    there = deps.directory.proxies_of(store.id, command.channel)
    proxy = next((each for each in there if each.address == command.address), None)
    if proxy is None:
        raise NotFound
    if proxy.store_id != store.id:
        raise PermissionDenied
    known = (
        each for each in deps.proxy_changes.all() if (each.channel, each.address) == (proxy.channel, proxy.address)
    )
    empty = ProxyChange(channel=proxy.channel, address=proxy.address, merchant_id=store.merchant_id)
    deps.proxy_changes.put(replace(next(known, empty), state=command.state))
    deps.log.info("proxy_changed", store_id=store.id, state=command.state, by=command.associate_id)


def state_of(store_id: str, channel: str, address: str, deps: Deps) -> ProxyState:
    """What an address of ours can do, from the set-up only; one that is not set up any more is taken to work."""
    there = deps.directory.proxies_of(store_id, Channel(channel))
    return next((each.state for each in there if each.address == address), ProxyState.WORKS)


def proxy_state(conversation: Conversation, deps: Deps) -> ProxyState:
    return state_of(conversation.store_id, conversation.channel, conversation.proxy, deps)


def usable(store_id: str, channel: str, address: str, deps: Deps) -> bool:
    """Whether it can send."""
    return state_of(store_id, channel, address, deps) is ProxyState.WORKS


def require_usable_proxy(conversation: Conversation, deps: Deps) -> None:
    """Raises ProxyUnusable."""
    if proxy_state(conversation, deps) is not ProxyState.WORKS:
        raise ProxyUnusable
