"""A provider in Twilio's shape: takes texts, loses answers, reports late, twice and in the wrong order."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from msgspec import Struct

from chalicelib.channels.twilio import LOOKUP_LAG
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected

from .faults import Call
from .history import Accepted, History
from .scheduler import Scheduler

SITE_URL = "https://talk.example.test"
"""Where chat links lead."""

API_URL = "https://provider.test"


class Habits(Struct, frozen=True, kw_only=True):
    """How a provider behaves; probabilities."""

    refuses: float = 0.08
    unclear: float = 0.08
    """Answers 500 or not at all."""
    took: float = 0.5
    """How often it has taken the text then."""
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
    unlisted: float = 0.2
    """Answers a look-up with 500, 429, nonsense, or not at all."""
    ends: tuple[str, ...] = ("30003", "30006", "21610", "30007")
    """Codes of what is undelivered."""
    refusals: tuple[tuple[str, int], ...] = (("21610", 400), ("21614", 400), ("20003", 401), ("21211", 400))
    """Codes and statuses."""


GOOD = Habits(refuses=0, unclear=0, busy=0, silent=0, undelivered=0, unlisted=0)
_PAGE = 3
"""Texts on a page of the list, whatever is asked for: so that there is a second page."""
_DELIVERED = ("delivered", "")


class Listed(Struct, kw_only=True):
    """A text as the list shows it from `from_` on; before `settled_at` it is `queued`."""

    resource: dict[str, Any]
    from_: int
    settled_at: int


class Provider:
    """`report(path, form, delay)` delivers a status callback."""

    def __init__(self, scheduler: Scheduler, history: History, random: Random, habits: Habits) -> None:
        self._scheduler, self._history, self._random = scheduler, history, random
        self.habits = habits
        self._asked = (0, 0)
        """(second, requests in it)."""
        self._list: list[Listed] = []
        self.report: Callable[[str, dict[str, str], int], None] = lambda path, form, delay: None
        self.read_reference: Callable[[str], tuple[str, str, int]] = lambda reference: ("", "", 0)

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        assert url.startswith(API_URL)
        if method == "GET":
            return self._look_up(url, timeout) if "/Messages.json" in url else self._ask(timeout)
        call = Call("provider", "send", "", lambda random: NotConnected(), NoAnswer(), repeatable=False)
        answer: HttpResponse = self._scheduler.cross(call, lambda: self._take(body, timeout))
        return answer

    def _ask(self, timeout: float) -> HttpResponse:
        """A question that changes nothing."""
        call = Call("provider", "ask", "", lambda random: NotConnected(), NoAnswer())
        answer: HttpResponse = self._scheduler.cross(call, lambda: self._said(timeout))
        return answer

    def _look_up(self, url: str, timeout: float) -> HttpResponse:
        call = Call("provider", "find", "", lambda random: NotConnected(), NoAnswer())
        answer: HttpResponse = self._scheduler.cross(call, lambda: self._show(url, timeout))
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
        if unclear and random.random() >= self.habits.took:
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
                sender=form["From"].removeprefix("whatsapp:"),
                recipient=form["To"].removeprefix("whatsapp:"),
                body=form["Body"],
                conversation_id=conversation_id,
                message_id=message_id,
                attempt=attempt,
                after=len(self._history.commits),
                at=self._scheduler.now,
            )
        )
        end = self._end()
        self._enter(form, sid, end)
        self._promise(path, sid, end)
        return sid

    def _end(self) -> tuple[str, str]:
        """What becomes of a text, and the code of the reason."""
        random = self._random
        return (
            ("undelivered", random.choice(self.habits.ends))
            if random.random() < self.habits.undelivered
            else _DELIVERED
        )

    def _enter(self, form: dict[str, str], sid: str, end: tuple[str, str]) -> None:
        """Into the list, where it shows after a while."""
        now = self._scheduler.now
        resource = {
            "sid": sid,
            "to": form["To"],
            "from": form["From"],
            "body": form["Body"],
            "direction": "outbound-api",
            "date_created": format_datetime(datetime.fromtimestamp(now // 1000, UTC)),
            "status": end[0],
            "error_code": int(end[1]) if end[1] else None,
        }
        shown = now + self._random.randint(0, LOOKUP_LAG)
        self._list.append(Listed(resource=resource, from_=shown, settled_at=shown + self._random.randint(0, 60_000)))

    def _show(self, url: str, timeout: float) -> HttpResponse:
        """A page of what was sent between two numbers, the newest first."""
        if self.habits.unreachable:
            raise NotConnected
        if self._random.random() < self.habits.unlisted:
            return self._no_list(timeout)
        parts, now = urlsplit(url), self._scheduler.now
        query = dict(parse_qsl(parts.query))
        found = [
            {**text.resource, **({} if text.settled_at <= now else {"status": "queued", "error_code": None})}
            for text in reversed(self._list)
            if text.from_ <= now and (text.resource["to"], text.resource["from"]) == (query["To"], query["From"])
        ]
        page, start = int(query.get("Page", 0)), int(query.get("Page", 0)) * _PAGE
        more = f"{parts.path}?{urlencode({**query, 'Page': page + 1})}" if start + _PAGE < len(found) else None
        return _json(200, {"messages": found[start : start + _PAGE], "next_page_uri": more})

    def _no_list(self, timeout: float) -> HttpResponse:
        way = self._random.choice(("500", "429", "nonsense", "nothing"))
        if way == "nothing":
            self._scheduler.sleep(int(timeout * 1000))
            raise NoAnswer
        return HttpResponse(200, b"<html>") if way == "nonsense" else _json(int(way), {})

    def _promise(self, path: str, sid: str, end: tuple[str, str]) -> None:
        """Its reports: in any order, some twice, some never, some late."""
        random = self._random
        if random.random() < self.habits.silent:
            return
        reports = [("sent", ""), end]
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
