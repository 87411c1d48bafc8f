"""Tells open pages that something changed, as Server-Sent Events."""

import asyncio
from collections.abc import AsyncIterator


class ChangeFeed:
    """Wakes every listener once per burst of changes; listeners fetch the state themselves."""

    def __init__(self, keep_alive: float) -> None:
        self._keep_alive = keep_alive
        self._listeners: set[asyncio.Event] = set()
        self._version = 0
        self._closed = False

    def changed(self) -> None:
        self._version += 1
        for listener in self._listeners:
            listener.set()

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        self.changed()

    async def stream(self) -> AsyncIterator[str]:
        """The event stream of one page: a `changed` event at once and after each change."""
        wake = asyncio.Event()
        self._listeners.add(wake)
        try:
            yield f"retry: 1000\nevent: changed\ndata: {self._version}\n\n"
            while not self._closed:
                try:
                    await asyncio.wait_for(wake.wait(), self._keep_alive)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                wake.clear()
                if not self._closed:
                    yield f"event: changed\ndata: {self._version}\n\n"
        finally:
            self._listeners.discard(wake)
