"""Over which partitions of `by_store` a store's conversations are spread (docs/decisions/0014-inbox-shards.md)."""

from collections.abc import Callable
from zlib import crc32

from chalicelib.domain.merchants import Store
from chalicelib.usecases.ports import Clock

StoreOf = Callable[[str], Store | None]


class InboxShards:
    """`store_of`: a store as it is set up. One that is not set up has one shard."""

    def __init__(self, store_of: StoreOf, clock: Clock) -> None:
        self._store_of, self._clock = store_of, clock

    def of(self, store_id: str, conversation_id: str) -> int:
        """Where the conversation is listed from its next activity on."""
        store = self._store_of(store_id)
        return shard(conversation_id, store.shards_written(self._clock.now()) if store else 1)

    def read(self, store_id: str) -> range:
        """Wherever a conversation may be listed: in all that were ever written to."""
        store = self._store_of(store_id)
        return range(store.inbox_shards if store else 1)


def shard(conversation_id: str, count: int) -> int:
    """Below `count`, evenly spread, the same on every computer; 0 is the one that every store has."""
    return crc32(conversation_id.encode()) % count
