"""A part of the composition root (wiring.py): what waits in the table for the clock."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.usecases import ports

if TYPE_CHECKING:
    from chalicelib.config import Settings
    from chalicelib.store.table import Table


class StoresOfTheClock:
    if TYPE_CHECKING:
        settings: Settings
        log: ports.Log

        @cached_property
        def http(self) -> ports.Http:
            """Of the whole, as what follows."""

        @cached_property
        def _table(self) -> Table: ...

        def _parameter(self, name: str) -> str: ...

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

    @cached_property
    def devices(self) -> ports.DeviceStore:
        from chalicelib.store.devices import DynamoDeviceStore

        return DynamoDeviceStore(self._table)

    @cached_property
    def push_services(self) -> ports.PushServices:
        from chalicelib.web_push import WebPush

        return WebPush(self.settings, lambda: self.http, self._parameter, self.log)
