"""What people do in a random schedule: customers, associates, a shop, time."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from msgspec.structs import replace

from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from chalicelib.usecases.mark_read import mark_read, mark_unread
from chalicelib.usecases.open_socket import issue_ticket
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_message import SendCommand, send_message
from chalicelib.usecases.start_conversation import StartCommand, start_conversation
from chalicelib.usecases.switch_away import come_back, go_away
from tests.support.mail import CARLAS_MAIL, DEANS_MAIL, SEATTLE_MAILBOX, with_picture, written
from tests.support.merchant import (
    ADA,
    BOB,
    CARLA,
    DAY,
    DEAN,
    FOREIGN,
    FOREIGN_NUMBER,
    HOUR,
    MIA,
    OTHER_TWILIO,
    SEATTLE,
    SEATTLE_NUMBER,
    SHOP,
    TACOMA,
    TACOMA_NUMBER,
    TWILIO,
    ZOE,
)  # fmt: skip

from .history import Item
from .senders import Made, order_webhook, text_webhook
from .world import World

NUMBERS = {SEATTLE: (SEATTLE_NUMBER, TWILIO), TACOMA: (TACOMA_NUMBER, TWILIO), FOREIGN: (FOREIGN_NUMBER, OTHER_TWILIO)}
PEOPLE = {SEATTLE: (ADA, MIA), TACOMA: (BOB, MIA), FOREIGN: (ZOE,)}
REPEATED_FOR = 7 * DAY
CANARY = "canary"
"""In every body and name: it must never be seen in a log."""


class Workload:
    """`focus`: around whom the next acts turn, so that they meet."""

    def __init__(self, world: World, random: Random, more: "Sequence[Weighed]" = ()) -> None:
        """`more`: acts beside those of every schedule."""
        self.world, self.random = world, random
        self.number = 0
        weighed = (*_ACTS, *more)
        self.acts = [act for act, _ in weighed], [weight for _, weight in weighed]
        self.links: list[ChatLink] = []
        """That customers have opened."""
        self.sent: list[tuple[int, str, Made]] = []
        self.focus: Item | None = None
        self.phones = (CARLA, DEAN)[: random.randint(1, 2)]
        self.stores = random.choice(((SEATTLE,), (SEATTLE,), (SEATTLE, TACOMA), (SEATTLE, TACOMA, FOREIGN)))

    def play(self) -> None:
        """A few rounds of acts close together, with leaps of time between them."""
        for _ in range(self.random.randint(1, 3)):
            span = self.random.choice((200, 1_500, 8_000))
            for _ in range(self.random.randint(3, 7)):
                act = self.random.choices(*self.acts)[0]
                self.world.scheduler.after(self.random.randint(0, span), lambda act=act: act(self))
            self.world.scheduler.run(self.world.now() + span)
            self._leap()

    def next(self) -> int:
        self.number += 1
        return self.number

    # --- time -----------------------------------------------------------------------------------------------------

    def _leap(self) -> None:
        """Far only when all is done: queues and streams keep what they have for days, not for months."""
        scheduler, random = self.world.scheduler, self.random
        self.focus = None
        if random.random() < 0.4:
            scheduler.now += random.choice((1_000, 60_000, HOUR))
            return
        scheduler.run()
        conversations = self._conversations()
        if not conversations or random.random() < 0.1:
            scheduler.now += random.choice((HOUR, DAY, 3 * DAY))
        else:
            self.focus = random.choice(conversations)
            scheduler.now = max(scheduler.now, self._brink(self.focus) - random.choice((0, 20, 100, 700)))
        if random.random() < 0.5:
            self.world.collect_garbage()

    def _brink(self, conversation: Item) -> int:
        expires = conversation["last_activity_at"] + LIFETIME
        if conversation["state"] == "open" and self.random.random() < 0.8:
            return int(expires)
        return int(min(conversation.get("ended_at", expires), expires) + COOL_DOWN)

    # --- customers ------------------------------------------------------------------------------------------------

    def text(self, body: str | None = None) -> None:
        phone, store = self.random.choice(self.phones), self.random.choice(self.stores)
        if self.focus is not None:
            phone, store = self.focus["customer_address"], self.focus["store_id"]
        if self.focus is not None and self.focus["channel"] == "email":
            self._write_mail(body or f"{CANARY} mail {self.next()}", phone)
        else:
            self._text(body, phone, store)
        if self.random.random() < 0.15:
            self.world.scheduler.after(self.random.randint(0, 500), self.repeat)

    def _text(self, body: str | None, phone: str, store: str) -> None:
        number = self.next()
        recipient, connection = NUMBERS[store]
        made = text_webhook(connection, number, phone, recipient, body or f"{CANARY} text {number}")
        self.post(f"/webhooks/twilio/{connection}", made)

    def mail(self) -> None:
        self._write_mail(f"{CANARY} mail {self.next()}", self.random.choice((CARLAS_MAIL, CARLAS_MAIL, DEANS_MAIL)))

    def stop_by_mail(self) -> None:
        self._write_mail("STOP" + "." * self.next(), CARLAS_MAIL)

    def _write_mail(self, body: str, sender: str) -> None:
        """To the mailbox, or to what a mail of ours named for answers; now and then with a picture."""
        named, number = self.world.mail.answer_to, self.next()
        to = self.random.choice(named) if named and self.random.random() < 0.6 else SEATTLE_MAILBOX
        about = {"sender": f"Carla <{sender}>", "to": to, "message_id": f"m{number}@customer.test"}
        pictured = self.random.random() < 0.3
        raw = with_picture(body, **about) if pictured else written(body, **about)
        facts = {"sender": sender, "recipient": SEATTLE_MAILBOX, "body": body}
        self.world.mail.receive(number, raw, to, facts)

    def keyword(self) -> None:
        word = self.random.choice(("STOP", "STOP", "START", "YES", "HELP"))
        self.text(word + "." * self.next())

    def waver(self) -> None:
        """Out and in again, faster than anybody can follow."""
        phone, store = self.random.choice(self.phones), self.stores[0]
        for word in ("STOP", "START", "STOP")[: self.random.randint(2, 3)]:
            delay, body = self.random.randint(0, 1_000), word + "." * self.next()
            self.world.scheduler.after(delay, lambda body=body: self._text(body, phone, store))

    def post(self, path: str, made: Made) -> None:
        webhook, headers, body = made
        self.world.history.webhooks.append(webhook)
        self.sent.append((self.world.now(), path, made))
        self.world.deliver(webhook, path, headers, body)

    def repeat(self) -> None:
        """The sender delivers something again, up to a week later."""
        recent = [entry for entry in self.sent if self.world.now() - entry[0] < REPEATED_FOR]
        if recent:
            _, path, (webhook, headers, body) = self.random.choice(recent[-4:])
            self.world.deliver(webhook, path, headers, body)

    # --- the shop -------------------------------------------------------------------------------------------------

    def order(self) -> None:
        """Everything that happens to an order, reported in any order and sometimes twice."""
        number, now, random = self.next(), self.world.now(), self.random
        order: dict[str, Any] = {
            "id": 1000 + number,
            "name": f"#{number}",
            "created_at": now - random.choice((0, HOUR, 72 * HOUR - 800)),
            "updated_at": now,
            "currency": "USD",
            "total_price": "42.00",
            "customer": {
                "id": random.randint(1, 2),
                "first_name": CANARY,
                "last_name": f"N{number}",
                "phone": random.choice(self.phones),
                "email": f"{CANARY}@example.test",
            },
            "line_items": [],
        }
        for place in range(random.randint(1, 3)):
            made = order_webhook(SHOP, f"event-{number}-{place}", order)
            for _ in range(random.choice((1, 1, 2))):
                delay = 0 if place == 0 else random.randint(0, 4_000)
                self.world.scheduler.after(delay, lambda made=made: self.post(f"/webhooks/shopify/{SHOP}", made))
            later = now + (place + 1) * 1000
            order = {**order, "updated_at": later, **random.choice(_developments(later))}

    # --- associates -----------------------------------------------------------------------------------------------

    def send(self) -> None:
        conversation = self._some_conversation()
        if conversation is None:
            return
        associate, key = self._associate(conversation["store_id"]), f"key-{self.next():05d}"
        body = f"{CANARY} answer {self.next()}" if self.random.random() < 0.8 else self._alike()
        self._send(conversation["id"], associate, key, body)
        if self.random.random() < 0.3:
            again = body if self.random.random() < 0.7 else f"{CANARY} other {self.next()}"
            pause = self.random.choice((0, 0, 300, 70_000))
            self.world.scheduler.after(pause, lambda: self._send(conversation["id"], associate, key, again))

    def say_twice(self) -> None:
        """The same words, one right after the other."""
        conversation = self._some_conversation()
        if conversation is None:
            return
        for _ in range(2):
            key, body = f"key-{self.next():05d}", self._alike()
            send = partial(self._send, conversation["id"], self._associate(conversation["store_id"]), key, body)
            self.world.scheduler.after(self.random.choice((0, 100, 5_000)), send)

    def _alike(self) -> str:
        """The same words each time. (White space tells them apart to the checks, and to nobody else.)"""
        return f"{CANARY} the same{' ' * self.next()}words"

    def _send(self, conversation_id: str, associate: str, key: str, body: str) -> None:
        command = SendCommand(conversation_id=conversation_id, associate_id=associate, body=body, idempotency_key=key)
        self.world.ask(
            "send", associate, lambda ports: send_message(command, ports).id,
            key=key, conversation_id=conversation_id, body=body,
        )  # fmt: skip

    def start(self) -> None:
        orders = self.world.history.stored("o")
        fresh = [order for order in orders if self.world.now() - order["placed_at"] < 73 * HOUR]
        if not fresh:
            return self.order()
        order = self.random.choice(fresh)
        associate, key = self._associate(order["store_id"]), f"key-{self.next():05d}"
        body = f"{CANARY} start {self.next()}"
        command = StartCommand(
            store_id=order["store_id"], associate_id=associate, order_id=order["id"], body=body, idempotency_key=key
        )
        for _ in range(self.random.choice((1, 1, 2))):
            self.world.ask(
                "start", associate, lambda ports: start_conversation(command, ports),
                key=key, body=body, order_id=order["id"],
            )  # fmt: skip
        return None

    def retry(self) -> None:
        messages = [m for m in self.world.history.stored("m") if m["status"] in ("failed", "unknown")]
        if self.focus is not None:
            messages = [m for m in messages if m["conversation_id"] == self.focus["id"]] or messages
        if messages:
            message = self.random.choice(messages)
            self._on(message["conversation_id"], message["store_id"], "retry", retry_message, message["id"])

    def assign(self) -> None:
        """Takes it, gives it to a colleague, or back to the store; now and then as it was a while ago."""
        conversation = self._some_conversation()
        if conversation is None:
            return
        store = conversation["store_id"]
        command = AssignCommand(
            conversation_id=conversation["id"],
            associate_id=self._associate(store),
            to=self.random.choice((*PEOPLE[store], None)),
            was=conversation.get("assignee_id"),
        )
        self.world.ask(
            "assign", command.associate_id, lambda ports: assign_conversation(command, ports).assignee_id,
            conversation_id=command.conversation_id,
        )  # fmt: skip

    def away(self) -> None:
        """Somebody goes away, and most come back."""
        associate = self.random.choice((ADA, MIA))
        self.world.ask("away", associate, lambda ports: go_away(associate, f"{CANARY} is away", None, ports).since)
        if self.random.random() < 0.7:
            pause = self.random.choice((2_000, HOUR, DAY))
            self.world.scheduler.after(
                pause, lambda: self.world.ask("back", associate, lambda ports: come_back(associate, ports))
            )

    def end(self) -> None:
        verbs = (("close", close_conversation), ("reopen", reopen_conversation), ("delete", delete_conversation))
        verb, use_case = self.random.choices(verbs, (4, 3, 2))[0]
        conversation = self._some_conversation()
        if conversation is not None:
            self._on(conversation["id"], conversation["store_id"], verb, use_case)

    def read(self) -> None:
        conversation = self._some_conversation()
        if conversation is None:
            return
        if self.random.random() < 0.7:
            self._on(conversation["id"], conversation["store_id"], "read", mark_read, conversation["last_message_id"])
        else:
            self._on(conversation["id"], conversation["store_id"], "unread", mark_unread)

    def _on(self, conversation_id: str, store_id: str, verb: str, use_case: Callable[..., Any], *more: str) -> None:
        associate = self._associate(store_id)

        def run(ports: Any) -> Any:
            if use_case in (mark_read, retry_message):
                first, second = (more[0], associate) if use_case is retry_message else (associate, more[0])
                return use_case(conversation_id, first, second, ports)
            return use_case(conversation_id, associate, ports)

        self.world.ask(verb, associate, run, conversation_id=conversation_id)

    def browser(self) -> None:
        """Opens a live connection, which later goes away, with or without a word."""
        associate, number = self.random.choice((ADA, MIA, ZOE)), self.next()
        ticket = issue_ticket(associate, self.world.process()).token
        self.world.connect(ticket, f"socket-{number}")
        gone = self.random.choice((500, 20_000, 3 * HOUR))
        told = self.random.random() < 0.6
        self.world.scheduler.after(gone, lambda: self.world.disconnect(f"socket-{number}", told=told))

    def sweep(self) -> None:
        for _ in range(self.random.choice((1, 2))):
            self.world.sweep()

    def outage(self) -> None:
        """The provider is away, or slow, for a while."""
        provider, random = self.world.provider, self.random
        before = provider.habits
        provider.habits = random.choice((replace(before, unreachable=True), replace(before, unclear=1, busy=0)))
        self.world.scheduler.after(random.choice((2_000, 30_000, 300_000)), lambda: setattr(provider, "habits", before))

    def poison(self) -> None:
        """Something on a queue that nobody can read, before the good things behind it."""
        body = f'{{"v":1,"poison":{self.next()}}}'
        conversation = self._some_conversation()
        if conversation is not None and self.random.random() < 0.7:
            self.world.outbound.put(body, conversation["id"], body)
        else:
            self.world.inbound.put(body)

    def meet(self) -> None:
        """Two things happen to one conversation at one moment."""
        before, self.focus = self.focus, self._some_conversation()
        meeting = (Workload.text, Workload.send, Workload.end, Workload.read, Workload.sweep, Workload.assign)
        for act in self.random.sample(meeting, 2):
            act(self)
        self.focus = before

    def _conversations(self) -> list[Item]:
        return self.world.history.stored("c")

    def _some_conversation(self) -> Item | None:
        if self.focus is not None and self.random.random() < 0.8:
            return self.focus
        conversations = self._conversations()
        if self.random.random() < 0.7:
            conversations = [each for each in conversations if each["state"] == "open"] or conversations
        return self.random.choice(conversations) if conversations else None

    def _associate(self, store_id: str) -> str:
        """Now and then somebody who has no business there."""
        if self.random.random() < 0.04:
            return ZOE
        return self.random.choice(PEOPLE[store_id])


def _developments(at: int) -> tuple[dict[str, Any], ...]:
    return (
        {"financial_status": "paid"},
        {"fulfillment_status": "fulfilled"},
        {"closed_at": at},
        {"cancelled_at": at},
    )


Weighed = tuple[Callable[[Workload], None], int]
"""How often, beside the others."""
_ACTS: tuple[Weighed, ...] = (
    (Workload.text, 10),
    (Workload.keyword, 5),
    (Workload.send, 11),
    (Workload.meet, 8),
    (Workload.say_twice, 4),
    (Workload.waver, 2),
    (Workload.order, 2),
    (Workload.start, 5),
    (Workload.retry, 3),
    (Workload.assign, 3),
    (Workload.away, 2),
    (Workload.end, 4),
    (Workload.read, 3),
    (Workload.repeat, 3),
    (Workload.sweep, 3),
    (Workload.browser, 1),
    (Workload.outage, 1),
    (Workload.poison, 1),
)
MAIL: tuple[Weighed, ...] = ((Workload.mail, 25), (Workload.stop_by_mail, 3))
"""Where there is mail. (The others, and what a seed makes of them, stay as they are.)"""
