"""Doubles, with memory, of what attachments need: their provider, the workshop, the store, the queue."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from chalicelib.domain.uploads import Upload
from chalicelib.usecases.ports import File, MediaJob, Origin, Picture

from .table import FakeTable


class FakeDownloads:
    """Hands out what `content` has by address (an exception is raised)."""

    def __init__(self) -> None:
        self.content: dict[str, bytes | Exception] = {}
        self.asked: list[str] = []
        self.origins: Sequence[Origin] = ()
        """Of the last request."""

    def get(self, url: str, origins: Sequence[Origin]) -> bytes:
        self.asked.append(url)
        self.origins = origins
        found = self.content[url]
        if isinstance(found, Exception):
            raise found
        return found


class FakePictures:
    """Marks what it made anew. `failure`: raised instead."""

    def __init__(self) -> None:
        self.failure: Exception | None = None

    def made_anew(self, content: bytes, content_type: str) -> Picture:
        if self.failure:
            raise self.failure
        return Picture(
            content=b"anew:" + content, thumbnail=b"small:" + content, content_type="image/jpeg", width=40, height=30
        )


class FakeFiles:
    """`failure`: raised by the next writes."""

    def __init__(self) -> None:
        self.stored: dict[str, File] = {}
        self.failure: Exception | None = None

    def put(self, key: str, file: File) -> None:
        if self.failure:
            raise self.failure
        if not (file.unused and key in self.stored):
            self.stored[key] = file

    def link(self, key: str, lifetime: int) -> str:
        return f"https://files.example.test/{key}?lifetime={lifetime}"

    def upload_link(self, key: str, content_type: str, size: int, lifetime: int) -> str:
        return f"https://files.example.test/{key}?put={size}&lifetime={lifetime}"

    def get(self, key: str, most: int) -> bytes | None:
        if self.failure:
            raise self.failure
        return self.stored[key].content[: most + 1] if key in self.stored else None

    def keep(self, key: str) -> bool:
        if self.failure:
            raise self.failure
        if key not in self.stored:
            return False
        self.stored[key] = replace(self.stored[key], unused=False)
        return True

    def copy(self, key: str, to: str) -> bool:
        if self.failure:
            raise self.failure
        if key not in self.stored:
            return False
        self.stored[to] = replace(self.stored[key], unused=False)
        return True

    def below(self, prefix: str) -> Sequence[str]:
        """Two at a time."""
        return sorted(key for key in self.stored if key.startswith(prefix))[:2]

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.stored.pop(key, None)


class FakeMediaQueue:
    def __init__(self) -> None:
        self.jobs: list[MediaJob] = []
        self.pauses: dict[str, int] = {}

    def put(self, jobs: Sequence[MediaJob]) -> None:
        self.jobs.extend(jobs)

    def postpone(self, receipt: str, pause: int) -> None:
        self.pauses[receipt] = pause

    def take(self) -> list[MediaJob]:
        """All that waits, which then no longer waits."""
        taken, self.jobs = self.jobs, []
        return taken


class FakeUploads:
    """ports.UploadStore over plain memory."""

    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, upload: Upload) -> None:
        self._table.request()
        self._table.uploads.setdefault((upload.conversation_id, upload.id), upload)

    def find(self, conversation_id: str, upload_id: str) -> Upload | None:
        self._table.request()
        return self._table.uploads.get((conversation_id, upload_id))

    def find_several(self, conversation_id: str, upload_ids: Sequence[str]) -> Sequence[Upload | None]:
        self._table.request()
        return [self._table.uploads.get((conversation_id, each)) for each in upload_ids]

    def settle(self, upload: Upload, was: Upload) -> bool:
        self._table.request()
        key = (was.conversation_id, was.id)
        if self._table.uploads.get(key) == was:
            self._table.uploads[key] = upload
        return self._table.uploads.get(key) == upload
