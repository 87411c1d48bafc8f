"""Attachments: where they come from, how they are made safe, where they are kept."""

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct

from chalicelib.domain.merchants import Connection
from chalicelib.domain.uploads import Upload

from .surroundings import Mails


class Origin(Struct, frozen=True, kw_only=True):
    """Where a provider keeps attachments. Nothing is fetched from anywhere else, redirects included."""

    prefix: str
    """Scheme, host and the beginning of the path."""
    headers: dict[str, str] = {}
    """Credentials: sent there, and nowhere a redirect leads to."""
    private: bool = False
    """Its host may have a private address: whoever runs this has named it (a simulator, a gateway)."""


class MediaUnavailable(Exception):
    """It cannot be had now; another time it may."""


class Downloads(Protocol):
    def get(self, url: str, origins: Sequence[Origin]) -> bytes:
        """At most MAX_BYTES. Raises MediaUnavailable, MediaRefused."""
        ...


@runtime_checkable
class FetchesMedia(Protocol):
    """The channels whose customers send attachments."""

    def fetch_media(self, source: str, connection: Connection, secrets: dict[str, str], downloads: Downloads) -> bytes:
        """What a `MediaReference.source` of this adapter names. Raises MediaUnavailable, MediaRefused."""
        ...


@runtime_checkable
class ReadsMedia(Protocol):
    """The channels whose attachments are parts of what lies in the bucket of received mail."""

    def read_media(self, source: str, mails: Mails) -> bytes:
        """What a `MediaReference.source` of this adapter names. Raises MediaRefused, Unavailable."""
        ...


class Picture(Struct, frozen=True, kw_only=True):
    """A picture made anew from its pixels, with a small one beside it. Nothing else of the file is left."""

    content: bytes
    thumbnail: bytes
    content_type: str
    """Of both."""
    width: int
    height: int


class Pictures(Protocol):
    def made_anew(self, content: bytes, content_type: str) -> Picture:
        """Raises MediaRefused. `content_type`: one of PICTURES, as `kind_of` found it."""
        ...


class File(Struct, frozen=True, kw_only=True):
    """What is stored, and how a browser is to take it."""

    content: bytes
    content_type: str
    download_as: str = ""
    """A name: it is saved and never shown. Empty: it may be shown."""
    unused: bool = False
    """Nothing refers to it yet: it goes away by itself after some days unless `Files.keep` is called for it."""


class Files(Protocol):
    """The private store of attachments."""

    def put(self, key: str, file: File) -> None:
        """Replaces what is there; with `unused`, what is there stays: it may be in use by now. Raises Unavailable."""
        ...

    def link(self, key: str, lifetime: int) -> str:
        """An address under which anybody can fetch it for `lifetime` milliseconds. Costs no request."""
        ...

    def upload_link(self, key: str, content_type: str, size: int, lifetime: int) -> str:
        """An address to which anybody can PUT a file of exactly this type and size for `lifetime` milliseconds."""
        ...

    def get(self, key: str, most: int) -> bytes | None:
        """None: it is not there. Of more than `most` bytes the first `most + 1`. Raises Unavailable."""
        ...

    def keep(self, key: str) -> bool:
        """From now on it is used. False: it is not there. Safe to repeat. Raises Unavailable."""
        ...

    def copy(self, key: str, to: str) -> bool:
        """Replaces what is there by a copy, which is used. False: there is nothing to copy. Raises Unavailable."""
        ...

    def below(self, prefix: str) -> Sequence[str]:
        """Some keys that begin so; none only where there are none. Raises Unavailable."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Safe to repeat. Raises Unavailable."""
        ...


class FetchMedia(Struct, frozen=True, tag="fetch"):
    """What came with a message is to be fetched."""

    conversation_id: str
    message_id: str


class EraseMedia(Struct, frozen=True, tag="erase"):
    """A deleted conversation's attachments are to go."""

    conversation_id: str


class EraseMails(Struct, frozen=True, tag="mails"):
    """Mails as they came, of a customer who is erased, are to go."""

    keys: tuple[str, ...]


class EraseUnstarted(Struct, frozen=True, tag="unstarted"):
    """Pictures were stored for a conversation that is being started: they are to go if nothing comes of it."""

    conversation_id: str
    at: int


class MakePicture(Struct, frozen=True, tag="make"):
    """What was uploaded to be sent is to be checked and made anew."""

    conversation_id: str
    upload_id: str


class WorkOnCart(Struct, frozen=True, tag="cart"):
    """The next step of a cart is due, whichever that is by then: it needs a secret, or the outside."""

    conversation_id: str
    cart_id: str


MediaJob = FetchMedia | EraseMedia | EraseMails | EraseUnstarted | MakePicture | WorkOnCart


class UploadStore(Protocol):
    """Pictures that are about to be sent."""

    def add(self, upload: Upload) -> None: ...

    def find(self, conversation_id: str, upload_id: str) -> Upload | None: ...

    def find_several(self, conversation_id: str, upload_ids: Sequence[str]) -> Sequence[Upload | None]:
        """In their order."""
        ...

    def settle(self, upload: Upload, was: Upload) -> bool:
        """False where it is no longer as it was."""
        ...


class MediaQueue(Protocol):
    def put(self, jobs: Sequence[MediaJob]) -> None:
        """Raises Unavailable."""
        ...

    def postpone(self, receipt: str, pause: int) -> None:
        """Hides an entry that was received for `pause` milliseconds from now."""
        ...
