"""A provider that is away for hours while people go on writing, and what is asked of us then."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from msgspec import Struct

from chalicelib.domain.circuit import TOLERATED
from chalicelib.domain.messages import LONGEST_PAUSE, MAX_DOUBT, MAX_QUEUED
from chalicelib.usecases.send_message import SendCommand, send_message
from tests.support.merchant import ADA, HOUR, SEATTLE_NUMBER, TWILIO

from . import invariants
from .faults import Faults
from .history import Item
from .provider import GOOD, Habits
from .quiescence import settle
from .senders import text_webhook
from .world import World

MINUTE = 60_000
DRAINED_WITHIN = 10 * MINUTE
"""Milliseconds after the provider's return."""
AT_ONCE = 20
"""Processes that hand texts over, none of which ends by itself: MaximumConcurrency in infra/resources.yaml."""
FRESH = 0.002
"""Lambda ends a process after hours, whatever it does."""
_GONE = {"queued", "sending"}
KINDS: dict[str, Habits] = {
    "refused connections": Habits(unreachable=True),
    "server errors": Habits(refuses=0, busy=0, unclear=1, stalls=0, silent=1, undelivered=0, unlisted=1),
    "time-outs": Habits(refuses=0, busy=0, unclear=1, stalls=1, silent=1, undelivered=0, unlisted=1),
    "too many requests": Habits(refuses=0, busy=1, unlisted=1),
}
BACK = Habits(refuses=0, unclear=0, busy=0, silent=0.9, undelivered=0, unlisted=0, rate=40)
"""It takes a limited number of texts in a second, and mostly says nothing of them."""


class Outage(Struct, frozen=True, kw_only=True):
    """`lasting`: milliseconds. Each of the `conversations` is given `texts` in its first `writing` milliseconds."""

    kind: str
    conversations: int
    texts: int
    lasting: int
    writing: int | None = None
    seed: int = 1


class Report(Struct, frozen=True):
    """`drained`: milliseconds from the provider's return until nothing waited. `asked`: requests during the outage."""

    violations: list[str]
    accepted: int
    in_doubt: int
    left_in_doubt: int
    too_late: int
    asked: int
    drained: int
    failures: dict[str, int]

    def __str__(self) -> str:
        doubt = f"in_doubt={self.in_doubt} left_in_doubt={self.left_in_doubt}"
        told = f"accepted={self.accepted} {doubt} too_late={self.too_late} asked={self.asked}"
        return f"{told} drained_s={self.drained / 1000:.0f} violations={len(self.violations)}"


class OutageStory:
    """The stage is set, the provider goes away, people write, the provider comes back."""

    def __init__(self, outage: Outage) -> None:
        self.outage, self.random = outage, Random(outage.seed)
        self.world = World(self.random, Faults(), GOOD)
        self.world.processes_kept, self.world.fresh = AT_ONCE, FRESH
        self.world.pollers["outbound"].at_once = AT_ONCE
        self.asked = self.back = 0

    def play(self) -> Report:
        self._get_to_know_the_customers()
        scheduler = self.world.scheduler
        began = scheduler.now
        self._write()
        self.world.provider.habits = KINDS[self.outage.kind]
        self._count_requests()
        scheduler.run(began + self.outage.lasting)
        scheduler.now = back = self.back = began + self.outage.lasting
        asked = self.asked
        self.world.provider.habits = BACK
        scheduler.faults.on = False  # no repeated deliveries, which hold a conversation up for nine minutes each
        scheduler.run(back + DRAINED_WITHIN)
        late = self._waiting()
        scheduler.run()
        settle(self.world)
        violations = [*invariants.check(self.world.history), *self._of_the_outage(late)]
        return self._report(violations, asked, back)

    def _get_to_know_the_customers(self) -> None:
        for number in range(self.outage.conversations):
            made = text_webhook(TWILIO, number, f"+1206{5550000 + number}", SEATTLE_NUMBER, f"canary text {number}")
            self.world.history.webhooks.append(made[0])
            self.world.deliver(made[0], f"/webhooks/twilio/{TWILIO}", made[1], made[2])
            self.world.scheduler.run()

    def _write(self) -> None:
        """At any time of the outage, the last just before its end."""
        span = self.outage.writing or self.outage.lasting - 2_000
        ids = sorted(item["id"] for item in self.world.history.stored("c"))
        for number in range(self.outage.conversations * self.outage.texts):
            conversation_id = ids[number % len(ids)]
            at = self.random.randint(0, span)
            self.world.scheduler.after(at, lambda number=number, to=conversation_id: self._send(number, to))

    def _send(self, number: int, conversation_id: str) -> None:
        key, body = f"key-{number:06d}", f"canary answer {number}"
        command = SendCommand(conversation_id=conversation_id, associate_id=ADA, body=body, idempotency_key=key)
        self.world.ask(
            "send", ADA, lambda ports: send_message(command, ports).id,
            key=key, conversation_id=conversation_id, body=body,
        )  # fmt: skip

    def _count_requests(self) -> None:
        take = self.world.provider._take

        def counted(body: bytes, timeout: float) -> object:
            self.asked += 1
            return take(body, timeout)

        self.world.provider._take = counted  # type: ignore[assignment,method-assign]  # looks on, changes nothing

    # --- what is asked of us --------------------------------------------------------------------------------------

    def _texts(self) -> list[Item]:
        return [item for item in self.world.history.stored("m") if item["direction"] == "outbound"]

    def _waiting(self) -> int:
        return sum(text["status"] in _GONE for text in self._texts())

    def _of_the_outage(self, late: int) -> Iterator[str]:
        texts = self._texts()
        asked_for = self.outage.conversations * self.outage.texts
        if len(texts) != asked_for:
            yield f"{asked_for} texts were asked for, {len(texts)} are there"
        if late:
            yield f"{late} texts waited still, ten minutes after the provider's return"
        doubt = len(self._put_in_doubt())
        if doubt > TOLERATED * self.world.started["outbound"]:
            yield f"nobody knew what became of {doubt} texts"
        yield from self._lost(texts)

    def _put_in_doubt(self) -> dict[str, int]:
        """Texts whose outcome was unknown at some time, and since when."""
        changes = [change.new for _, change in self.world.history.changes("m") if change.new]
        return {item["id"]: item["status_at"] for item in changes if item["status"] == "unknown"}

    def _lost(self, texts: list[Item]) -> Iterator[str]:
        """Whatever is not in doubt went out, once; or it was older than a day when there was a provider again."""
        accepted = Counter(text.message_id for text in self.world.history.accepted)
        for text in texts:
            if text["status"] == "failed":
                waited = text["status_at"] - text["created_at"]
                if text["failure"] != "too_long_queued" or waited < MAX_QUEUED:
                    yield f"message {text['id']} failed as {text['failure']} after {waited / HOUR:.1f} hours"
                elif accepted[text["id"]]:
                    yield f"message {text['id']} was given up and went out"
            elif text["status"] == "unknown":
                if accepted[text["id"]] and text["status_at"] + MAX_DOUBT > self.back + LONGEST_PAUSE:
                    yield f"message {text['id']} went out, and the look-up did not say so"
            elif accepted[text["id"]] != 1:
                yield f"message {text['id']} is {text['status']} and was accepted {accepted[text['id']]} times"

    def _report(self, violations: list[str], asked: int, back: int) -> Report:
        texts = self._texts()
        done = [change.new["status_at"] for _, change in self.world.history.changes("m")
                if change.old and change.new and change.old["status"] in _GONE]  # fmt: skip
        return Report(
            violations=violations,
            accepted=len(self.world.history.accepted),
            in_doubt=len(self._put_in_doubt()),
            left_in_doubt=sum(text["status"] == "unknown" for text in texts),
            too_late=sum(text["status"] == "failed" for text in texts),
            asked=asked,
            drained=max(0, max(done, default=back) - back),
            failures=dict(Counter(text.get("failure", "") for text in texts)),
        )


def full_size(kind: str, seed: int = 1) -> Outage:
    """Six hours and 5,000 texts of 500 conversations: minutes of a processor."""
    return Outage(kind=kind, conversations=500, texts=10, lasting=6 * HOUR, seed=seed)


def run_outage(outage: Outage) -> Report:
    return OutageStory(outage).play()
