"""Hand-written doubles, with memory, of everything outside the table. HTTP: see http.py."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

from chalicelib.domain.errors import BadSignature
from chalicelib.domain.ids import ulid
from chalicelib.domain.messages import Message
from chalicelib.usecases.ports import Activity

START = 1_790_000_000_000
"""Where fake time begins (2026-09-21)."""


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: int = START) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def advance(self, milliseconds: int) -> int:
        self._now += milliseconds
        return self._now

    def set(self, now: int) -> None:
        self._now = now


class FakeIds:
    """Counts: the same story gets the same ids."""

    def __init__(self) -> None:
        self._count = 0

    def ulid(self, at: int) -> str:
        self._count += 1
        return ulid(at, self._count)

    def token(self) -> str:
        self._count += 1
        return f"token-{self._count:016d}"


class FakeQueue:
    """FIFO per conversation; the same attempt of a message is taken once."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.failure: Exception | None = None
        self.pauses: dict[str, int] = {}
        self.laid_aside: list[tuple[str, str]] = []
        """Conversation and reason."""
        self._seen: set[object] = set()

    def put(self, messages: Sequence[Message]) -> None:
        if self.failure:
            raise self.failure
        for message in messages:
            if message.ref not in self._seen:
                self._seen.add(message.ref)
                self.messages.append(message)

    def take(self) -> list[Message]:
        """All that waits, which then no longer waits."""
        taken, self.messages = self.messages, []
        return taken

    def postpone(self, receipt: str, pause: int) -> None:
        self.pauses[receipt] = pause

    def lay_aside(self, body: str, group: str, entry_id: str, reason: str) -> bool:
        if self.failure:
            raise self.failure
        self.laid_aside.append((group, reason))
        return True


class FakePusher:
    """Sockets named in `gone` answer 410."""

    def __init__(self, *gone: str) -> None:
        self.gone = set(gone)
        self.pushed: dict[str, list[Activity]] = {}
        self.frames: dict[str, list[object]] = {}
        self.closed: list[str] = []

    def push(self, socket_id: str, activities: Sequence[Activity]) -> bool:
        if socket_id in self.gone:
            return False
        self.pushed.setdefault(socket_id, []).extend(activities)
        return True

    def send(self, socket_id: str, frame: object) -> bool:
        if socket_id in self.gone:
            return False
        self.frames.setdefault(socket_id, []).append(frame)
        return True

    def close(self, socket_id: str) -> None:
        self.closed.append(socket_id)
        self.gone.add(socket_id)


class FakeReferences:
    """Remembers what it signed: nothing else reads back."""

    def __init__(self) -> None:
        self._signed: dict[str, tuple[str, object, int]] = {}

    def sign(self, purpose: str, value: object, *, now: int) -> str:
        token = f"{purpose}-{len(self._signed) + 1}"
        self._signed[token] = (purpose, value, now)
        return token

    def secret(self, purpose: str, value: str) -> bytes:
        return sha256(f"{purpose} {value}".encode()).digest()

    def read(self, purpose: str, token: str, *, now: int, max_age: int | None = None) -> object:
        signed_for, value, at = self._signed.get(token, ("", None, 0))
        if signed_for != purpose or (max_age is not None and now - at > max_age):
            raise BadSignature
        return value


class LogLine(Struct, frozen=True):
    level: str
    event: str
    fields: dict[str, str | int | None]


SAID: list[LogLine] = []
"""Every line of every FakeLog; tests/canaries.py looks at them after each test and empties this."""


class FakeLog:
    def __init__(self) -> None:
        self.lines: list[LogLine] = []

    def info(self, event: str, **fields: str | int | None) -> None:
        self._write(LogLine("info", event, fields))

    def warning(self, event: str, **fields: str | int | None) -> None:
        self._write(LogLine("warning", event, fields))

    def failure(self, event: str, error: BaseException) -> None:
        self._write(LogLine("error", event, {"error": type(error).__name__}))

    def _write(self, line: LogLine) -> None:
        self.lines.append(line)
        SAID.append(line)

    def events(self) -> list[str]:
        return [line.event for line in self.lines]
