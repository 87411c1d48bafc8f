"""What an installation does all day, each as one billed step: for the tests that count, and for the bench."""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from ministack.services import dynamodb

from chalicelib.domain.addresses import Address
from chalicelib.store import codec
from chalicelib.store.rows import Row
from chalicelib.triggers import sockets
from chalicelib.usecases.ports import Once
from chalicelib.usecases.unsubscribe import unsubscribe_url
from tests.api.client import through_url, url_event_of
from tests.fakes.outside import START
from tests.support.cloud import API, Bill, Cloud, Context
from tests.support.mail import CARLAS_MAIL
from tests.support.members import identity
from tests.support.merchant import ADA, HOUR, MERCHANT, MIA, SEATTLE, SHOP
from tests.support.samples import conversation, id_at, message, order, reminder, route

BODY = ("Hello! Is my order ready for pick-up? I could come by at half past four this afternoon, if that " * 2)[:160]
"""As long as one part of a text can be."""
_NUMBER = "7777777"
"""Stands for a number of as many digits."""
SPACING = 1000
"""Milliseconds between two steps: an inbox entry that moves in the same millisecond would cost less than it does."""

MINUTELY: dict[str, Any] = {
    "version": "0", "account": "0", "region": "us-east-1", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "time": "2026-11-22T10:00:00Z", "id": "1", "resources": [],
}  # fmt: skip


def quiet() -> None:
    """The emulator says nothing but errors."""
    for service in ("ministack", "sqs", "ssm", "dynamodb"):
        logging.getLogger(service).setLevel(logging.ERROR)


class Day:
    """A cloud in which Carla and Ada talk, Ada's browser is open, and everything a process keeps has been read."""

    def __init__(self) -> None:
        quiet()
        self.cloud = Cloud()
        self.cloud.text("Hello")
        self.conversation = self.cloud.ask("GET", f"/stores/{SEATTLE}/conversations")["rows"][0]["id"]
        self.cloud.open_socket()
        self.write()
        self.cloud.settle()
        self.cloud.report("delivered")
        self.cloud.settle()

    def bill(self, step: Callable[[], object]) -> Bill:
        self.cloud.clock.advance(SPACING)
        with self.cloud.billed() as bill:
            step()
        assert not [event for event in self.cloud.log.events() if event.endswith("failed")]
        return bill

    def write(self) -> None:
        """Ada answers."""
        self.cloud.ask("POST", f"/conversations/{self.conversation}/messages", {"body": BODY})

    def viewing(self) -> dict[str, Bill]:
        """Ada's browser has the conversation open, then Mia's too."""

        def looks(socket_id: str) -> None:
            body = {"action": "view", "conversation": self.conversation, "doing": "looking"}
            event = {"body": json.dumps(body), "requestContext": {"connectionId": socket_id}}
            sockets.message(event, self.cloud.deps)

        mias = self.cloud.open_socket(MIA, "MIAsocket=")
        self.cloud.settle()
        return {
            "alone": self.bill(lambda: looks("L0SM9cOFvHcCIhw=")),
            "beside a colleague": self.bill(lambda: looks(mias)),
            "fan_out": self.bill(self.cloud.stream),
            "push": self.bill(self.cloud.push),
        }

    def clicking(self) -> dict[str, Bill]:
        """Somebody looks at the page behind a mail; a click stops mails, another one comes, and a forged one."""
        cloud = self.cloud
        about: dict[str, Any] = {"channel": "email", "merchant_id": MERCHANT, "store_id": SEATTLE}
        given = conversation(customer_address=CARLAS_MAIL, consent_scope=SEATTLE, **about)
        mail = message(customer_address=CARLAS_MAIL, consent_scope=SEATTLE, **about)
        cloud.table.put(codec.conversation_row(given, 0))
        path = unsubscribe_url(mail, cloud.deps).removeprefix(API)

        def asked(method: str, path: str) -> None:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            through_url(url_event_of(method, path, body=b"List-Unsubscribe=One-Click", headers=headers))

        return {
            "look": self.bill(lambda: asked("GET", path)),
            "click": self.bill(lambda: asked("POST", path)),
            "again": self.bill(lambda: asked("POST", path)),
            "forged": self.bill(lambda: asked("POST", f"{path}x")),
            "fan_out": self.bill(cloud.stream),
            "push": self.bill(cloud.push),
        }

    def coming_as_member(self) -> dict[str, Bill]:
        """Somebody who is signed in at the shop comes, writes, and comes again; and somebody who is not."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}

        def comes(**fields: str) -> None:
            body = urlencode({"identity": identity(self.cloud.deps.clock.now())} | fields).encode()
            through_url(url_event_of("POST", f"/members/{SHOP}", body=body, headers=headers))

        return {
            "first": self.bill(comes),
            "writes": self.bill(lambda: comes(nonce="n-1", message=BODY)),
            "again": self.bill(comes),
            "forged": self.bill(lambda: comes(identity="e30.00")),
        }

    def reminding(self) -> dict[str, Bill]:
        """A minute in which nothing is due, one with a reminder of Mia's, who is not there, and one with Ada's."""
        self._minute()
        bills = {"nothing due": self.bill(self._minute)}
        for owner, named in ((MIA, "nobody there"), (ADA, "a browser open")):
            one = reminder(START - HOUR, id=id_at(START, 99), associate_id=owner, store_id=SEATTLE, note=BODY)
            self.cloud.deps.reminders.add(one, Once(f"request#{owner}", "key-1", "digest", one.id))
            self.cloud.push()
            bills |= {f"due, {named}": self.bill(self._minute), f"push, {named}": self.bill(self.cloud.push)}
        return bills

    def _minute(self) -> None:
        import app

        app.due(MINUTELY, Context())

    def inbound(self) -> dict[str, Bill]:
        """A text to a known route, the same again, and its way to an open browser."""
        cloud = self.cloud
        return {
            "text": self.bill(lambda: cloud.text(BODY, sid="SM" + "a" * 32)),
            "duplicate": self.bill(lambda: cloud.text(BODY, sid="SM" + "a" * 32)),
            "fan_out": self.bill(cloud.stream),
            "push": self.bill(cloud.push),
        }

    def outbound(self) -> dict[str, Bill]:
        """A text to a customer until it is delivered, and what browsers hear of it."""
        cloud = self.cloud
        bills = {"send": self.bill(self.write), "fan_out": self.bill(cloud.stream), "push": self.bill(cloud.push)}
        bills |= {"deliver": self.bill(cloud.deliver), "fan_out sent": self.bill(cloud.stream)}
        bills |= {"push sent": self.bill(cloud.push), "report sent": self.bill(lambda: cloud.report("sent"))}
        bills |= {"report delivered": self.bill(lambda: cloud.report("delivered"))}
        return bills | {"fan_out delivered": self.bill(cloud.stream), "push delivered": self.bill(cloud.push)}

    def together(self, count: int) -> dict[str, Bill]:
        """So many texts in from as many customers, and an answer to each, where AWS hands on whatever waits at once."""
        cloud, senders = self.cloud, [f"+1206555{number:04d}" for number in range(count)]
        for sender in senders:
            cloud.text("Hello", sender)
        cloud.settle()
        bills = {"texts": self.bill(lambda: [cloud.text(BODY, sender) for sender in senders])}
        bills |= {"in fan_out": self.bill(cloud.stream), "in push": self.bill(cloud.push)}
        rows = cloud.ask("GET", f"/stores/{SEATTLE}/conversations", limit=str(count))["rows"]
        sends = [(f"/conversations/{row['id']}/messages", {"body": BODY}) for row in rows]
        bills |= {"sends": self.bill(lambda: [cloud.ask("POST", path, body) for path, body in sends])}
        for when, step in (("", None), (" sent", cloud.deliver), (" delivered", lambda: self.reports(count))):
            if step:
                bills |= {"deliver" if when == " sent" else "reports": self.bill(step)}
            bills |= {f"out fan_out{when}": self.bill(cloud.stream), f"out push{when}": self.bill(cloud.push)}
        return bills

    def reports(self, count: int) -> None:
        """Of the last texts: sent, then delivered."""
        for back in range(count):
            self.cloud.report("sent", back)
            self.cloud.report("delivered", back)

    def pages(self) -> dict[str, Bill]:
        """The first pages, full."""
        cloud, store = self.cloud, f"/stores/{SEATTLE}"
        return {
            "inbox": self.bill(lambda: cloud.ask("GET", f"{store}/conversations", limit="25")),
            "conversation": self.bill(lambda: cloud.ask("GET", f"/conversations/{self.conversation}", limit="50")),
            "start dialog": self.bill(lambda: cloud.ask("GET", f"{store}/orders", limit="25", startable="true")),
        }

    def fill(self, count: int, *, routes: bool = False) -> None:
        """So many more conversations and orders of the store, and messages before those of the conversation.

        `routes`: each conversation can be reached, as each that was started in earnest.

        Put straight into the emulator's memory: through its door, a million would take a quarter of an hour.
        """
        table = dynamodb._tables[self.cloud.table.name]
        for template in (row.serialize() for row in _rows(self.conversation, routes)):
            changing = [name for name, value in template.items() if _NUMBER in str(value)]
            for number in range(count):
                item = {**template, **{name: _numbered(template[name], number) for name in changing}}
                table["items"][item["pk"]["S"]][item["sk"]["S"]] = item
        table.pop("_index_members", None)  # made again from the items by the next query

    def close(self) -> None:
        self.cloud.close()


def _rows(into: str, routes: bool) -> list[Row]:
    """One of each kind, with _NUMBER where the next one differs."""
    number, at = id_at(START - 1)[: -len(_NUMBER)] + _NUMBER, START - 1
    given = conversation(
        id=number, store_id=SEATTLE, customer_address=Address(f"+1555{_NUMBER}"), created_at=at, last_activity_at=at
    )
    text = message(at, id=number, conversation_id=into, store_id=SEATTLE, body=BODY)
    placed = order(id=number, external_id=_NUMBER, placed_at=at, store_id=SEATTLE)
    rows: list[Row] = [codec.conversation_row(given.with_message(text), 0), codec.message_row(text)]
    return [*rows, codec.order_row(placed), *([codec.route_row(route(given))] if routes else [])]


def _numbered(value: dict[str, str], number: int) -> dict[str, str]:
    return {kind: content.replace(_NUMBER, f"{number:0{len(_NUMBER)}d}") for kind, content in value.items()}
