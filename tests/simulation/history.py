"""What happened in a schedule, as an observer outside of the product saw it. The invariants are checked over this."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from chalicelib.domain.merchants import UnknownPolicy
from chalicelib.store import (
    cart_rows,
    credit_rows,
    device_rows,
    note_rows,
    privacy_rows,
    product_link_rows,
    reply_rows,
    sale_rows,
)
from chalicelib.store.rows import Row

_BESIDE = (cart_rows, credit_rows, device_rows, note_rows, privacy_rows, product_link_rows, reply_rows, sale_rows)
"""Rows that only some processes know; here all of them are."""
Item = dict[str, Any]
"""An item with the domain's names; numbers are integers. `type`: the discriminator of its row."""
_NAMES = {
    kind: {attribute.attr_name: name for name, attribute in row.get_attributes().items()}
    for kind, row in Row.type._discriminator_map.items()
}


class Change(Struct, frozen=True):
    """One item before and after a commit; None: it was not there."""

    key: tuple[str, str]
    old: Item | None
    new: Item | None

    @property
    def kind(self) -> str:
        return str((self.new or self.old or {})["type"])


class Commit(Struct, frozen=True):
    """Everything that became true in one request. `number` counts from 1: the order of the world."""

    number: int
    at: int
    worker: str
    principal: str | None
    operation: str
    changes: list[Change]


class Webhook(Struct, kw_only=True):
    """An event as a sender made it; `answers`: (status, number of commits then, virtual time) of each delivery."""

    kind: str
    id: str
    connection_id: str
    facts: dict[str, Any]
    answers: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return any(200 <= status < 300 for status, _, _ in self.answers)


class Request(Struct, kw_only=True):
    """What an associate asked for, and got. `began`, `ended`: commits by then."""

    verb: str
    associate: str
    key: str = ""
    about: dict[str, Any]
    began: int
    began_at: int
    ended: int = 0
    ended_at: int = 0
    answer: Any = None
    refusal: str = ""
    """Code of the error; `crashed` when no answer came."""


class Accepted(Struct, frozen=True, kw_only=True):
    """A text that the provider took. `after`: commits by then."""

    sid: str
    sender: str
    recipient: str
    body: str
    conversation_id: str
    message_id: str
    attempt: int
    after: int
    at: int


class TillHistory:
    """What shop and payment provider remember of carts."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        """By our reference."""
        self.closed: set[str] = set()
        self.drafts: dict[str, tuple[str, dict[str, Any]]] = {}
        """Tag, and what was asked for."""
        self.orders: dict[str, str] = {}
        """By draft."""
        self.discarded: set[str] = set()


class History:
    def __init__(self) -> None:
        self.now = lambda: 0
        self.worker = lambda: ("", None)
        self.commits: list[Commit] = []
        self.items: dict[tuple[str, str], Item] = {}
        self.webhooks: list[Webhook] = []
        self.requests: list[Request] = []
        self.accepted: list[Accepted] = []
        self.log: list[str] = []
        self.dead_letters: list[str] = []
        self.waiting: list[str] = []
        """What is still in a queue or in the stream at the end."""
        self.foreign: list[str] = []
        """What somebody was shown of another merchant."""
        self.screens: list[tuple[str, object, object]] = []
        """(what, as an associate sees it after a resync, as it is in the table)."""
        self.live_sockets: set[str] = set()
        self.catalogue: dict[str, int] = {}
        """What the shop hands out, and when each of it last changed. Empty: it hands out nothing."""
        self.woken: list[tuple[str, int]] = []
        """Browsers that their push service was asked to wake, and when."""
        self.till = TillHistory()
        self.policy = UnknownPolicy.ASK
        """Of the connections, for texts of unknown outcome."""

    def commit(self, operation: str, records: list[dict[str, Any]]) -> None:
        changes = [_change(record["dynamodb"]) for record in records]
        name, principal = self.worker()
        self.commits.append(Commit(len(self.commits) + 1, self.now(), name, principal, operation, changes))
        for change in changes:
            if change.new is None:
                self.items.pop(change.key, None)
            else:
                self.items[change.key] = change.new

    def forget(self, key: tuple[str, str]) -> None:
        """Time to live took it."""
        self.items.pop(key, None)

    def changes(self, kind: str) -> Iterator[tuple[Commit, Change]]:
        """Of items of one kind, in the order of the world."""
        for commit in self.commits:
            for change in commit.changes:
                if change.kind == kind:
                    yield commit, change

    def stored(self, kind: str) -> list[Item]:
        """As it is now."""
        return [item for item in self.items.values() if item["type"] == kind]


def _change(record: dict[str, Any]) -> Change:
    key = record["Keys"]["pk"]["S"], record["Keys"]["sk"]["S"]
    return Change(key, plain(record.get("OldImage")), plain(record.get("NewImage")))


def plain(image: dict[str, Any] | None) -> Item | None:
    if image is None:
        return None
    kind = image["t"]["S"]
    names = _NAMES[kind]
    return {names.get(name, name): _value(typed) for name, typed in image.items()} | {"type": kind}


def _value(typed: dict[str, Any]) -> Any:
    ((kind, value),) = typed.items()
    return int(value) if kind == "N" else None if kind == "NULL" else value
