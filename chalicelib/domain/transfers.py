"""Transfers: an associate's contacts in a store go over to a colleague, with history and addresses (H16)."""

from msgspec import Struct
from msgspec.structs import replace


class Transfer(Struct, frozen=True, kw_only=True):
    """Who gave whose contacts to whom, and how far that has come. Kept as the record of it."""

    id: str
    merchant_id: str
    store_id: str
    from_id: str
    from_name: str
    to_id: str
    to_name: str
    by_id: str
    by_name: str
    at: int
    total: int
    """Contacts there were when it began."""
    undone_at: int | None = None
    undone_by_name: str | None = None
    finished: bool = False
    """Nothing is left to move, in the direction it has now."""

    @property
    def giver(self) -> str:
        """Whose contacts are being moved now: undone, it goes the other way."""
        return self.from_id if self.undone_at is None else self.to_id

    @property
    def receiver(self) -> str:
        return self.to_id if self.undone_at is None else self.from_id

    def undone(self, now: int, by_name: str) -> "Transfer":
        return replace(self, undone_at=now, undone_by_name=by_name, finished=False)

    def done(self) -> "Transfer":
        return replace(self, finished=True)
