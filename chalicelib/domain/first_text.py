"""The first text of a conversation says who writes and how to stop it (CTIA Messaging Principles, 5.1)."""

from .errors import InvalidInput
from .messages import BODY_LIMIT


def first_text(store_name: str, body: str) -> str:
    """The associate's words, or none beside pictures, between the store's name and the way out.

    Raises InvalidInput when that is too long."""
    said = f"{store_name}: {body}" if body else store_name
    text = f"{said}\nReply STOP to opt out."
    if len(text) > BODY_LIMIT:
        raise InvalidInput("This text is too long for a first text.", limit=BODY_LIMIT - (len(text) - len(body)))
    return text
