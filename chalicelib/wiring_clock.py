"""A part of the composition root (wiring.py): what waits in the table for the clock."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.usecases import ports

if TYPE_CHECKING:
    from chalicelib.store.table import Table


class StoresOfTheClock:
    if TYPE_CHECKING:

        @cached_property
        def _table(self) -> Table:
            """Of the whole."""

    @cached_property
    def held(self) -> ports.HeldStore:
        from chalicelib.store.held import DynamoHeldStore

        return DynamoHeldStore(self._table)

    @cached_property
    def automatic_texts(self) -> ports.AutomaticTextStore:
        from chalicelib.store.automatic_texts import DynamoAutomaticTexts

        return DynamoAutomaticTexts(self._table)

    @cached_property
    def bulks(self) -> ports.BulkStore:
        from chalicelib.store.bulk import DynamoBulkStore

        return DynamoBulkStore(self._table)

    @cached_property
    def unread_replies(self) -> ports.unread_replies.UnreadReplyStore:
        from chalicelib.store.unread_replies import DynamoUnreadReplies

        return DynamoUnreadReplies(self._table)
