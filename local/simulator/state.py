"""The simulator's memory, kept in a file so that phones, mailboxes and orders survive a restart."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import msgspec

from local.simulator.mail.records import Mail, Mailbox
from local.simulator.records import Message, Phone, ShopOrder, ShopProduct, Snapshot

MAX_PHONES = 1000
MAX_ORDERS = 2_000
MAX_TEXTS_PER_PHONE = 500
"""The oldest are forgotten beyond this."""
MAX_MAILBOXES = 200
MAX_MAILS_PER_MAILBOX = 200
"""As with texts."""

log = logging.getLogger(__name__)


class State:
    """Holds the records and writes them to `path` some time after each change."""

    def __init__(self, path: Path | None, save_delay: float, on_change: Callable[[], None]) -> None:
        self._path = path
        self._save_delay = save_delay
        self._on_change = on_change
        self._pending: asyncio.TimerHandle | None = None
        self._dirty = False
        self._data = _load(path)
        self._by_phone: dict[str, list[str]] = {}
        for message in self._data.messages.values():
            self._by_phone.setdefault(message.phone, []).append(message.sid)
        self._by_mailbox: dict[str, list[str]] = {}
        for mail in self._data.mails.values():
            self._by_mailbox.setdefault(mail.mailbox, []).append(mail.id)

    @property
    def phones(self) -> dict[str, Phone]:
        return self._data.phones

    @property
    def messages(self) -> dict[str, Message]:
        return self._data.messages

    @property
    def orders(self) -> dict[str, ShopOrder]:
        return self._data.orders

    @property
    def products(self) -> dict[str, ShopProduct]:
        return self._data.products

    @property
    def mailboxes(self) -> dict[str, Mailbox]:
        return self._data.mailboxes

    @property
    def mails(self) -> dict[str, Mail]:
        return self._data.mails

    @property
    def lose_next_webhook(self) -> bool:
        return self._data.lose_next_webhook

    @lose_next_webhook.setter
    def lose_next_webhook(self, lose: bool) -> None:
        self._data.lose_next_webhook = lose
        self.changed()

    def texts_of(self, number: str) -> list[Message]:
        """All texts of a phone, oldest first, arrived or not."""
        return [self.messages[sid] for sid in self._by_phone.get(number, ())]

    def add_message(self, message: Message) -> None:
        self.messages[message.sid] = message
        sids = self._by_phone.setdefault(message.phone, [])
        sids.append(message.sid)
        if len(sids) > MAX_TEXTS_PER_PHONE:
            del self.messages[sids.pop(0)]
        self.changed()

    def remove_phone(self, number: str) -> None:
        del self.phones[number]
        for sid in self._by_phone.pop(number, ()):
            del self.messages[sid]
        self.changed()

    def mails_of(self, address: str) -> list[Mail]:
        """All mails of a mailbox, oldest first, arrived or not."""
        return [self.mails[each] for each in self._by_mailbox.get(address, ())]

    def add_mail(self, mail: Mail) -> None:
        self.mails[mail.id] = mail
        ids = self._by_mailbox.setdefault(mail.mailbox, [])
        ids.append(mail.id)
        if len(ids) > MAX_MAILS_PER_MAILBOX:
            del self.mails[ids.pop(0)]
        self.changed()

    def remove_mailbox(self, address: str) -> None:
        del self.mailboxes[address]
        for each in self._by_mailbox.pop(address, ()):
            del self.mails[each]
        self.changed()

    def next_order_number(self) -> int:
        """The number printed on the next order."""
        number = self._data.next_order_number
        self._data.next_order_number = number + 1
        return number

    def next_shopify_id(self) -> int:
        """A fresh 13-digit id, as Shopify's orders, customers and lines have."""
        number = self._data.next_shopify_id
        self._data.next_shopify_id = number + 1_021
        return number

    def changed(self) -> None:
        """Tell the pages, and save soon."""
        self._dirty = True
        self._on_change()
        self.save_soon()

    def save_soon(self) -> None:
        if self._path is None or self._pending is not None or not self._dirty:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # seeded before the start: saved by `start` or `flush`
        self._pending = loop.call_later(self._save_delay, self.flush)

    def flush(self) -> None:
        """Write the file now if anything changed: whole or not at all."""
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None
        if self._path is None or not self._dirty:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(msgspec.json.encode(self._data))
        fresh.replace(self._path)
        self._dirty = False


def _load(path: Path | None) -> Snapshot:
    if path is None or not path.exists():
        return Snapshot()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Snapshot)
    except (msgspec.DecodeError, OSError):
        aside = path.with_name(path.name + ".unreadable")
        path.replace(aside)
        log.warning("The simulator's state was unreadable: moved to %s, starting empty.", aside)
        return Snapshot()
