"""Attachments as they go over HTTP."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.media import MediaRefusal, MediaState
from chalicelib.domain.uploads import LARGEST_UPLOAD


class MediaRefusalView(Struct):
    code: MediaRefusal
    text: str
    """The reason in words for people."""


class MediaView(Struct, kw_only=True):
    """An attachment. What it is called is the sender's word."""

    id: str
    state: MediaState
    content_type: str
    name: str
    width: int
    height: int
    """Pixels; 0 for what is no picture."""
    size: int
    """Bytes; 0 until it is ready."""
    refusal: MediaRefusalView | None


class MediaLinks(Struct, kw_only=True):
    """Addresses that work for some minutes, without signing in."""

    url: str
    thumbnail_url: str | None
    """None for what is no picture: it is downloaded."""
    expires_at: int


class OfferPicture(Struct, forbid_unknown_fields=True):
    """A picture of exactly `size` bytes is to be uploaded."""

    size: Annotated[int, Meta(ge=1, le=LARGEST_UPLOAD)]


class PictureOffer(Struct, kw_only=True):
    """PUT the file to `url` with exactly these headers, and then say that it is there."""

    id: str
    url: str
    headers: dict[str, str]
    expires_at: int


class PictureView(Struct, kw_only=True):
    """A picture that is about to be sent: it can be once it is `ready`."""

    id: str
    state: MediaState
    width: int
    height: int
    """Pixels; 0 until it is ready."""
    thumbnail_url: str | None
    """Works for some minutes; None until it is ready."""
    refusal: MediaRefusalView | None


class OpenPictures(Struct, forbid_unknown_fields=True):
    """The token from the fragment of a link to pictures."""

    token: Annotated[str, Meta(min_length=1, max_length=400)]


class PagePictureView(Struct, kw_only=True):
    url: str
    thumbnail_url: str
    width: int
    height: int


class PicturePage(Struct, kw_only=True):
    """The pictures of one message. Their addresses work until `expires_at`; the token gets fresh ones."""

    store: str
    pictures: list[PagePictureView]
    expires_at: int
