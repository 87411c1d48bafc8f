"""What customers send along: their provider's files, our bucket and the workshop, each request a boundary."""

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import File, MediaUnavailable, Origin
from tests.fakes.media import FakePictures

from .faults import Call
from .history import History, Item
from .scheduler import Scheduler

PICTURE, DOCUMENT = b"\xff\xd8\xff canary", b"%PDF-1.7 canary"


class Downloads:
    """Implements ports.Downloads."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def get(self, url: str, origins: Sequence[Origin]) -> bytes:
        """A picture, or what its address says."""
        call = Call("provider", "media", "", lambda random: MediaUnavailable(), MediaUnavailable())
        content: bytes = self._scheduler.cross(call, lambda: DOCUMENT if url.endswith("pdf") else PICTURE)
        return content


class Attachments:
    """Implements ports.Files. `stored` is the bucket."""

    pictures = FakePictures()

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self.downloads = Downloads(scheduler)
        self.stored: dict[str, File] = {}

    def get(self, key: str, most: int) -> bytes | None:
        content: bytes | None = self._cross("Get", lambda: self.stored[key].content if key in self.stored else None)
        return content

    def keep(self, key: str) -> bool:
        kept: bool = self._cross("Keep", lambda: self._kept(key))
        return kept

    def _kept(self, key: str) -> bool:
        if key in self.stored:
            self.stored[key] = replace(self.stored[key], unused=False)
        return key in self.stored

    def copy(self, key: str, to: str) -> bool:
        copied: bool = self._cross("Copy", lambda: self._copied(key, to))
        return copied

    def _copied(self, key: str, to: str) -> bool:
        if key in self.stored:
            self.stored[to] = replace(self.stored[key], unused=False)
        return key in self.stored

    def upload_link(self, key: str, content_type: str, size: int, lifetime: int) -> str:
        return key

    def put(self, key: str, file: File) -> None:
        self._cross("Put", lambda: self._stored(key, file))

    def _stored(self, key: str, file: File) -> None:
        if not (file.unused and key in self.stored):
            self.stored[key] = file

    def below(self, prefix: str) -> Sequence[str]:
        found: Sequence[str] = self._cross("List", lambda: [key for key in self.stored if key.startswith(prefix)][:3])
        return found

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._cross("Delete", lambda key=key: self.stored.pop(key, None))

    def upload(self, key: str) -> None:
        """A browser puts a picture there."""
        self.stored[key] = File(content=PICTURE, content_type="application/octet-stream")

    def collect_garbage(self, history: History) -> None:
        """The rule of infra/resources.yaml: uploads, and pictures made of them, that can no longer be sent."""
        sendable = {json.loads(upload["media"])["id"] for upload in history.stored("u")} if self.stored else set()
        for key, file in list(self.stored.items()):
            raw = key.startswith("uploads/")
            if (raw or file.unused) and key.split("/")[3 if raw else 2] not in sendable:
                del self.stored[key]

    def link(self, key: str, lifetime: int) -> str:
        return key

    def _cross(self, operation: str, perform):  # type: ignore[no-untyped-def]  # gives what `perform` gives
        return self._scheduler.cross(Call("s3", operation, "", lambda random: Unavailable(), Unavailable()), perform)


def unsettled(history: History, attachments: Attachments) -> Iterator[str]:
    """At rest nothing is pending, what is ready is stored whole, and nothing is stored that no message shows, or that
    somebody may still send."""
    shown: set[str] = set()
    for message in history.stored("m"):
        for media in json.loads(message.get("media", "[]")):
            state = media.get("state", "pending")
            if state == "pending":
                yield f"attachment {media['id']}"
            if state == "ready":
                shown |= _files(message, media)
    yield from (f"file that is gone: {key}" for key in sorted(shown - set(attachments.stored)))
    loose = set(attachments.stored) - shown - set(_uploaded(history))
    yield from (f"file of nobody: {key}" for key in sorted(loose - _kept_for_nothing(loose, history)))


def _uploaded(history: History) -> Iterator[str]:
    """What is made of an upload may lie there until it is sent, or until the bucket's rule takes it; of the upload
    itself nothing is left once it was checked."""
    for upload in history.stored("u"):
        media = json.loads(upload["media"])
        folder = f"conversations/{upload['conversation_id']}/{media['id']}"
        yield from (f"{folder}/picture", f"{folder}/thumbnail")
        if media.get("state", "pending") == "pending":
            yield f"uploads/{upload['conversation_id']}/{upload['owner']}/{media['id']}"


def _kept_for_nothing(loose: set[str], history: History) -> set[str]:
    """Uploads whose message was refused after they were kept: they stay with the conversation, until it is deleted."""
    if not loose:
        return set()
    once = {json.loads(change.new["media"])["id"] for _, change in history.changes("u") if change.new}
    there = {item["id"] for item in history.stored("c") if item["state"] != "deleted"}
    return {
        key for key in loose if (parts := key.split("/"))[0] != "uploads" and parts[1] in there and parts[2] in once
    }


def _files(message: Item, media: Item) -> set[str]:
    parts = ("picture", "thumbnail") if media.get("width") else ("file",)
    return {f"conversations/{message['conversation_id']}/{media['id']}/{part}" for part in parts}
