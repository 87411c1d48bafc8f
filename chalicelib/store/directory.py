"""The merchants' set-up and secrets, cached for at most a minute. Implements ports.Directory."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from chalicelib.domain import web_chat
from chalicelib.domain.absences import Absence
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Associate, Colleague, Connection, Proxy, ProxyChange, Store, StoreChange
from chalicelib.domain.templates import AutomaticSwitches
from chalicelib.usecases.ports import Clock

from . import codec, keys
from .proxy_changes import KIND
from .rows import Row, SetupRow
from .store_changes import KIND as STORE_CHANGED
from .table import Table
from .templates import SWITCHES

T = TypeVar("T")
S = TypeVar("S", bound=Struct)

MAX_AGE = 60_000
"""Milliseconds for which what was read is taken as it is."""
LAST_RESORT = 86_400_000
"""Milliseconds for which the last good copy serves while the table or the parameter store refuses: a verified text
can then still go on the `inbound` queue instead of being turned away."""
MISS_AGE = 10_000
"""Milliseconds between reads on behalf of names that are not there: guessing must not cost a request each."""


class Setup(Struct, frozen=True):
    """Everything but the associates, which is small: read as one."""

    connections: dict[str, Connection]
    stores: dict[str, Store]
    proxies: dict[tuple[str, str], Proxy]
    absences: dict[str, list[Absence]]
    """By store."""
    switches: dict[str, AutomaticSwitches]
    """By store."""
    read_at: int


class Secrets(Struct, frozen=True):
    """Of one connection; empty when there are none to be had. `tried_at`: when they were last asked for."""

    values: dict[str, str]
    read_at: int
    tried_at: int


class DynamoDirectory:
    """`parameter`: a decrypted parameter by its name, None when there is none; raises Unavailable."""

    def __init__(self, table: Table, clock: Clock, parameter: Callable[[str], str | None]) -> None:
        self._table, self._clock, self._parameter = table, clock, parameter
        self._setup: Setup | None = None
        self._refused_at = -MISS_AGE
        self._secrets: dict[str, Secrets] = {}

    def connection(self, connection_id: str) -> Connection | None:
        return self._look_up(lambda setup: setup.connections.get(connection_id))

    def connections(self) -> Sequence[Connection]:
        return list(self._fresh(MAX_AGE).connections.values())

    def store(self, store_id: str) -> Store | None:
        return self._look_up(lambda setup: setup.stores.get(store_id))

    def stores(self) -> Sequence[Store]:
        return list(self._fresh(MAX_AGE).stores.values())

    def proxy(self, channel: Channel, address: Address) -> Proxy | None:
        return self._look_up(lambda setup: setup.proxies.get((channel.value, address)))

    def proxies_of(self, store_id: str, channel: Channel) -> Sequence[Proxy]:
        known = self._fresh(MAX_AGE).proxies
        return [known[key] for key in sorted(known) if key[0] == channel and store_id in known[key].store_ids]

    def associate(self, associate_id: str) -> Associate | None:
        row = self._table.get(keys.associate(associate_id))
        return codec.setup_value(row, Associate) if isinstance(row, SetupRow) else None

    def absences(self, store_id: str) -> Sequence[Absence]:
        now = self._clock.now()
        return [each for each in self._fresh(MAX_AGE).absences.get(store_id, ()) if each.lasts(now)]

    def automatic_switches(self, store_id: str) -> AutomaticSwitches | None:
        return self._fresh(MAX_AGE).switches.get(store_id)

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        raws = self._table.pages(keys.colleague(store_id, "").pk, consistent=False)
        rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), SetupRow)]
        found = [codec.setup_value(row, Colleague) for row in rows]
        return sorted(found, key=lambda colleague: (colleague.name.casefold(), colleague.id))

    def secrets(self, connection: Connection) -> dict[str, str]:
        """Missing or blank ones are remembered too, for a shorter time. A connection may need none at all: within AWS
        the function's role is what counts."""
        if not connection.secret_ref:
            return {}
        now, kept = self._clock.now(), self._secrets.get(connection.secret_ref)
        age = MAX_AGE if kept and kept.values else MISS_AGE
        if kept is None or not 0 <= now - kept.tried_at < age:
            kept = self._secrets[connection.secret_ref] = self._renewed(connection.secret_ref, kept, now)
        if not kept.values:
            raise Unavailable
        return kept.values

    def _look_up(self, find: Callable[[Setup], T | None]) -> T | None:
        found = find(self._fresh(MAX_AGE))
        return find(self._fresh(MISS_AGE)) if found is None else found

    def _fresh(self, age: int) -> Setup:
        now, kept = self._clock.now(), self._setup
        if kept is not None and (0 <= now - kept.read_at < age or 0 <= now - self._refused_at < MISS_AGE):
            return kept
        try:
            self._setup = self._read(now)
        except Unavailable:
            if kept is None or now - kept.read_at >= LAST_RESORT:
                raise
            self._refused_at = now
            return kept
        return self._setup

    def _read(self, now: int) -> Setup:
        raws = self._table.pages(keys.SETUP, consistent=False)
        rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), SetupRow)]
        stores = _with_changes(_of(rows, "STORE", Store), _of(rows, STORE_CHANGED, StoreChange))
        connections = _of(rows, "CONNECTION", Connection) + [web_chat.connection(store) for store in stores]
        proxies = _of(rows, "PROXY", Proxy) + [web_chat.proxy(store) for store in stores]
        return Setup(
            connections={connection.id: connection for connection in connections},
            stores={store.id: store for store in stores},
            absences=_by_store(_of(rows, "AWAY", Absence)),
            proxies=_changed(proxies, _of(rows, KIND, ProxyChange)),
            switches={each.store_id: each for each in _of(rows, SWITCHES, AutomaticSwitches)},
            read_at=now,
        )

    def _renewed(self, name: str, kept: Secrets | None, now: int) -> Secrets:
        """Fails closed where they are missing or blank; falls back to the last good ones where nothing answers."""
        try:
            return Secrets(_secrets(self._parameter(name)), now, now)
        except Unavailable:
            if kept is None or now - kept.read_at >= LAST_RESORT:
                return Secrets({}, now, now)
            return Secrets(kept.values, kept.read_at, now)


def _with_changes(stores: list[Store], changes: list[StoreChange]) -> list[Store]:
    """With what managers changed; what is said of another merchant's store is nothing."""
    found = {(each.store_id, each.merchant_id): each for each in changes}
    return [store.changed(found[key]) if (key := (store.id, store.merchant_id)) in found else store for store in stores]


def _changed(proxies: list[Proxy], changes: list[ProxyChange]) -> dict[tuple[str, str], Proxy]:
    """By channel and address, with what managers changed; what is said of another merchant's is nothing."""
    by_key = {(change.channel, change.address, change.merchant_id): change for change in changes}
    found: dict[tuple[str, str], Proxy] = {}
    for proxy in proxies:
        change = by_key.get((proxy.channel, proxy.address, proxy.merchant_id))
        found[proxy.channel, proxy.address] = proxy.changed(change) if change else proxy
    return found


def _secrets(parameter: str | None) -> dict[str, str]:
    """Empty when they are not what they should be."""
    try:
        found = msgspec.json.decode(parameter or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        return {}
    return found if all(value.strip() for value in found.values()) else {}


def _by_store(absences: list[Absence]) -> dict[str, list[Absence]]:
    found: dict[str, list[Absence]] = {}
    for absence in absences:
        for store_id in absence.store_ids:
            found.setdefault(store_id, []).append(absence)
    return found


def _of(rows: list[SetupRow], prefix: str, kind: type[S]) -> list[S]:
    return [codec.setup_value(row, kind) for row in rows if row.sk.startswith(f"{prefix}#")]
