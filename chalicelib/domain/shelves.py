"""What an associate has at hand when they share a product (H23): favourites, and what they shared last."""

from msgspec import Struct
from msgspec.structs import replace

from .errors import TooManyFavourites

MOST_FAVOURITES = 50
MOST_RECENT = 8


class Shelf(Struct, frozen=True, kw_only=True):
    """`favourites`, `recent`: ids of products, the latest first."""

    associate_id: str
    merchant_id: str
    favourites: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    revision: int = 0
    """Counts its changes: who changes it has seen what is there."""

    def with_favourite(self, product_id: str) -> "Shelf":
        """In front, unless it is one already. Raises TooManyFavourites."""
        if product_id in self.favourites:
            return self
        if len(self.favourites) >= MOST_FAVOURITES:
            raise TooManyFavourites(limit=MOST_FAVOURITES)
        return self._changed(favourites=(product_id, *self.favourites))

    def without_favourite(self, product_id: str) -> "Shelf":
        if product_id not in self.favourites:
            return self
        return self._changed(favourites=tuple(each for each in self.favourites if each != product_id))

    def with_recent(self, product_id: str) -> "Shelf":
        if self.recent[:1] == (product_id,):
            return self
        others = tuple(each for each in self.recent if each != product_id)
        return self._changed(recent=(product_id, *others)[:MOST_RECENT])

    def _changed(self, **fields: tuple[str, ...]) -> "Shelf":
        return replace(self, revision=self.revision + 1, **fields)
