"""Attachments as they go over HTTP."""

from msgspec import Struct

from chalicelib.domain.media import MediaRefusal, MediaState


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
