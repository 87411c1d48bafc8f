"""What goes over HTTP about notes, remarks and tags (S13, S24)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.notes import LONGEST_NOTE
from chalicelib.domain.tags import LONGEST_TAG, MOST_TAGS

from .schemas import Input


class WriteNote(Input):
    body: Annotated[str, Meta(min_length=1, max_length=LONGEST_NOTE, pattern=r"\S")]


class NoteView(Struct, kw_only=True):
    """`mine`: I may take it away."""

    id: str
    body: str
    author_name: str
    mine: bool
    created_at: int


class NoteList(Struct, kw_only=True):
    """The newest first; `truncated`: there are older ones."""

    rows: list[NoteView]
    truncated: bool


Tag = Annotated[str, Meta(min_length=1, max_length=LONGEST_TAG, pattern=r"\S")]


class ChangeTags(Input):
    """Both lists may be empty; the same change again changes nothing."""

    add: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)]
    remove: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)]


class CustomerTags(Struct):
    """What the customer has now."""

    tags: list[str]
