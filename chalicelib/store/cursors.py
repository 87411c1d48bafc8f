"""Page cursors: the sort key of the last row shown, in a form that says nothing and goes into an address."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.ids import is_ulid

_INDEX_SORT = re.compile(r"[0-9]{13}#[A-Za-z0-9+@._%=-]{1,512}", re.ASCII)
_TITLE_SORT = re.compile(r"[A-Za-z0-9+@._%=-]{0,512}#[A-Za-z0-9_-]{22}", re.ASCII)
_LONGEST = 1024


def cursor(position: str) -> str:
    return urlsafe_b64encode(position.encode()).decode().rstrip("=")


def message_position(text: str) -> str:
    """The message id in a cursor. Raises InvalidInput."""
    position = _position(text)
    if not is_ulid(position):
        raise InvalidInput
    return position


def index_position(text: str) -> str:
    """The sort key of an index in a cursor. Raises InvalidInput."""
    position = _position(text)
    if not _INDEX_SORT.fullmatch(position):
        raise InvalidInput
    return position


def title_position(text: str) -> str:
    """The sort key of the list of products in a cursor. Raises InvalidInput."""
    position = _position(text)
    if not _TITLE_SORT.fullmatch(position):
        raise InvalidInput
    return position


def word_position(text: str, beginning: str) -> str:
    """The sort key of a word in a cursor, which begins so. Raises InvalidInput."""
    position = title_position(text)
    if not position.startswith(beginning):
        raise InvalidInput
    return position


def _position(text: str) -> str:
    if len(text) > _LONGEST:
        raise InvalidInput
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        position = urlsafe_b64decode(padded).decode("ascii")
    except ValueError:
        raise InvalidInput from None
    if cursor(position) != text:  # base64 decoding skips foreign characters
        raise InvalidInput
    return position
