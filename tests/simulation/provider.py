"""A provider in Twilio's shape: takes texts, loses answers, reports late, twice and in the wrong order."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec import Struct

from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected

from .faults import Call
from .history import Accepted, History
from .scheduler import Scheduler

API_URL = "https://provider.test"


class Habits(Struct, frozen=True, kw_only=True):
    """How a provider behaves; probabilities."""

    refuses: float = 0.08
    unclear: float = 0.08
    """Answers 500 or not at all; in half of the cases it took the text."""
    busy: float = 0.08
    stalls: float = 0.5
    """How often it does not answer at all, of the cases that are unclear."""
    unreachable: bool = False
    """Nothing gets through to it."""
    rate: int = 0
    """Texts that it takes in a second, the others are refused with 429; 0: any number."""
    silent: float = 0.15
    """Never reports."""
    undelivered: float = 0.15
    refusals: tuple[tuple[str, int], ...] = (("21610", 400), ("21614", 400), ("20003", 401), ("21211", 400))
    """Codes and statuses."""


GOOD = Habits(refuses=0, unclear=0, busy=0, silent=0, undelivered=0)
_UNDELIVERED = ("30003", "30006", "21610", "30007")


class Provider:
    """`report(path, form, delay)` delivers a status callback."""

    def __init__(self, scheduler: Scheduler, history: History, random: Random, habits: Habits) -> None:
        self._scheduler, self._history, self._random = scheduler, history, random
        self.habits = habits
        self._asked = (0, 0)
        """(second, requests in it)."""
        self.report: Callable[[str, dict[str, str], int], None] = lambda path, form, delay: None
        self.read_reference: Callable[[str], tuple[str, str, int]] = lambda reference: ("", "", 0)

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        assert (method in ("GET", "POST"), url.startswith(API_URL)) == (True, True)
        if method == "GET":
            return self._ask(timeout)
        call = Call("provider", "send", "", lambda random: NotConnected(), NoAnswer(), repeatable=False)
        answer: HttpResponse = self._scheduler.cross(call, lambda: self._take(body, timeout))
        return answer

    def _ask(self, timeout: float) -> HttpResponse:
        """A question that changes nothing."""
        call = Call("provider", "ask", "", lambda random: NotConnected(), NoAnswer())
        answer: HttpResponse = self._scheduler.cross(call, lambda: self._said(timeout))
        return answer

    def _said(self, timeout: float) -> HttpResponse:
        habits, random = self.habits, self._random
        if habits.unreachable:
            raise NotConnected
        return self._unclear(timeout) if random.random() < habits.unclear else _json(200, {})

    def _take(self, body: bytes, timeout: float) -> HttpResponse:
        form, habits, random = dict(parse_qsl(body.decode())), self.habits, self._random
        if habits.unreachable:
            raise NotConnected
        chance = random.random()
        if chance < habits.busy or self._too_fast():
            return _refusal("20429", 429)
        if chance < habits.busy + habits.refuses:
            return _refusal(*random.choice(habits.refusals))
        unclear = chance < habits.busy + habits.refuses + habits.unclear
        if unclear and random.random() < 0.5:
            return self._unclear(timeout)
        sid = self._accept(form)
        self._scheduler.sleep(random.randint(20, 400))
        return self._unclear(timeout) if unclear else _json(201, {"sid": sid, "status": "queued"})

    def _unclear(self, timeout: float) -> HttpResponse:
        if self._random.random() < 1 - self.habits.stalls:
            return _json(500, {})
        self._scheduler.sleep(int(timeout * 1000))
        raise NoAnswer

    def _too_fast(self) -> bool:
        """Asked in this second more often than it likes."""
        second = self._scheduler.now // 1000
        self._asked = (second, self._asked[1] + 1 if self._asked[0] == second else 1)
        return 0 < self.habits.rate < self._asked[1]

    def _accept(self, form: dict[str, str]) -> str:
        sid = f"SM{len(self._history.accepted) + 1:032x}"
        path = form["StatusCallback"].removeprefix(PUBLIC_URL)
        conversation_id, message_id, attempt = self.read_reference(path)
        self._history.accepted.append(
            Accepted(
                sid=sid,
                sender=form["From"],
                recipient=form["To"],
                body=form["Body"],
                conversation_id=conversation_id,
                message_id=message_id,
                attempt=attempt,
                after=len(self._history.commits),
                at=self._scheduler.now,
            )
        )
        self._promise(path, sid)
        return sid

    def _promise(self, path: str, sid: str) -> None:
        """Its reports: in any order, some twice, some never, some late."""
        random = self._random
        if random.random() < self.habits.silent:
            return
        fails = random.random() < self.habits.undelivered
        reports = [("sent", ""), ("undelivered", random.choice(_UNDELIVERED)) if fails else ("delivered", "")]
        reports += [report for report in reports if random.random() < 0.2]
        for status, code in reports:
            form = {"MessageSid": sid, "MessageStatus": status, **({"ErrorCode": code} if code else {})}
            self.report(path, form, random.choice((10, 200, 2_000, 30_000)) + random.randint(0, 200))


PUBLIC_URL = "https://api.example.test"


def signed(path: str, form: dict[str, str], token: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of a webhook as Twilio sends it."""
    text = PUBLIC_URL + path + "".join(name + form[name] for name in sorted(form))
    signature = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    return headers, urlencode(form).encode()


def _refusal(code: str, status: int) -> HttpResponse:
    return _json(status, {"code": int(code), "message": "", "status": status})


def _json(status: int, content: dict[str, Any]) -> HttpResponse:
    return HttpResponse(status, msgspec.json.encode(content))
