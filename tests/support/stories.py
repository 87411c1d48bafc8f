"""What an installation does all day, each as one billed step: for the tests that count, and for the bench."""

import logging
from collections.abc import Callable

from ministack.services import dynamodb

from chalicelib.store import codec
from chalicelib.store.rows import Row
from tests.fakes.outside import START
from tests.support.cloud import Bill, Cloud
from tests.support.merchant import SEATTLE
from tests.support.samples import conversation, id_at, message, order

BODY = ("Hello! Is my order ready for pick-up? I could come by at half past four this afternoon, if that " * 2)[:160]
"""As long as one part of a text can be."""
SPACING = 1000
"""Milliseconds between two steps: an inbox entry that moves in the same millisecond would cost less than it does."""


class Day:
    """A cloud in which Carla and Ada talk, Ada's browser is open, and everything a process keeps has been read."""

    def __init__(self) -> None:
        logging.getLogger("ministack").setLevel(logging.ERROR)
        for service in ("sqs", "sns", "ssm", "dynamodb"):
            logging.getLogger(service).setLevel(logging.ERROR)
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

    def pages(self) -> dict[str, Bill]:
        """The first pages, full."""
        cloud, store = self.cloud, f"/stores/{SEATTLE}"
        return {
            "inbox": self.bill(lambda: cloud.ask("GET", f"{store}/conversations", limit="25")),
            "conversation": self.bill(lambda: cloud.ask("GET", f"/conversations/{self.conversation}", limit="50")),
            "start dialog": self.bill(lambda: cloud.ask("GET", f"{store}/orders", limit="25", startable="true")),
        }

    def fill(self, count: int) -> None:
        """So many more conversations and orders of the store, and messages before those of the conversation.

        Put straight into the emulator's memory: through its door, a million would take a quarter of an hour.
        """
        table = dynamodb._tables[self.cloud.table.name]
        for number in range(count):
            for row in _rows(number, self.conversation):
                table["items"][row.pk][row.sk] = row.serialize()
        table.pop("_index_members", None)  # made again from the items by the next query

    def close(self) -> None:
        self.cloud.close()


def _rows(number: int, into: str) -> list[Row]:
    at = START - 1 - number % 250_000_000
    given = conversation(id=id_at(at, number), store_id=SEATTLE, created_at=at, last_activity_at=at)
    text = message(at, id=id_at(at, number), conversation_id=into, store_id=SEATTLE, body=BODY)
    placed = order(id=f"{number:032d}", external_id=str(number), placed_at=at, store_id=SEATTLE)
    return [codec.conversation_row(given.with_message(text)), codec.message_row(text), codec.order_row(placed)]
