"""What colleagues write down for each other: notes about a customer, remarks about an order (S13, S24).

They belong to the store in which they were written, and nothing of them goes to a customer.
"""

from enum import StrEnum

from msgspec import Struct

LONGEST_NOTE = 2_000
"""Characters."""
MOST_SHOWN = 100
"""The newest about one customer or order."""


class NoteKind(StrEnum):
    """What it is about."""

    CUSTOMER = "customer"
    ORDER = "order"


class Note(Struct, frozen=True, kw_only=True):
    """Whose words they are stays with them; nobody changes them, their author may take them away."""

    id: str
    kind: NoteKind
    about: str
    """The id of what it is about."""
    merchant_id: str
    store_id: str
    author_id: str
    author_name: str
    body: str
    created_at: int
