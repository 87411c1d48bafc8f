"""The push service of associates' browsers. Each push is a boundary; who unsubscribed is gone."""

from urllib.parse import urlsplit

from chalicelib.usecases.ports import Http, HttpResponse, NoAnswer, NotConnected

from .faults import Call
from .history import History
from .scheduler import Scheduler

SERVICE = "web.push.apple.com"
KEY = "A" * 42 + "E"
"""One, in 32 bytes."""


class Browsers:
    """Implements ports.Http. What is for others goes on to them."""

    def __init__(self, scheduler: Scheduler, history: History, others: Http) -> None:
        self._scheduler, self._history, self._others = scheduler, history, others

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        if urlsplit(url).netloc != SERVICE:
            return self._others.request(method, url, headers=headers, body=body, timeout=timeout)
        self._history.woken.append((url, self._history.now()))
        call = Call("browsers", "wake", "", lambda random: NotConnected(), NoAnswer())
        self._scheduler.cross(call, dict)
        return HttpResponse(410 if url.endswith("gone") else 201, b"")
