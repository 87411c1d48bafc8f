"""Every store has web chat: its address there, and the connection behind it, follow from the store itself.

Nothing is set up for it, because there is no provider: what is stored is sent.
"""

from .addresses import Address, Channel
from .merchants import Connection, Proxy, Store, UnknownPolicy

PROVIDER = "webchat"
NO_SECRETS = ""


def connection_id(store_id: str) -> str:
    """With a full stop, which no connection that is set up has in its name."""
    return f"chat.{store_id}"


def connection(store: Store) -> Connection:
    """Without secrets. What is of unknown outcome is handed over again: it is stored once, nobody sees it twice."""
    return Connection(
        id=connection_id(store.id),
        merchant_id=store.merchant_id,
        provider=PROVIDER,
        secret_ref=NO_SECRETS,
        store_id=store.id,
        on_unknown=UnknownPolicy.SEND_AGAIN,
    )


def proxy(store: Store) -> Proxy:
    """What customers write to."""
    return Proxy(
        channel=Channel.CHAT,
        address=Address(store.id),
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=connection_id(store.id),
    )
