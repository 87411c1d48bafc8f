"""What goes over HTTP about browsers that are woken for reminders (H20)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.devices import LONGEST_ENDPOINT

from .schemas import Input


class PushKey(Struct):
    """`public_key`: for the browser to subscribe with; null: this installation wakes no browsers."""

    public_key: str | None


class PushDevice(Input):
    endpoint: Annotated[str, Meta(min_length=1, max_length=LONGEST_ENDPOINT)]
    """Where the browser's push service takes what is for it."""
