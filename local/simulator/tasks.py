"""Work that goes on after a request was answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class Tasks:
    """Keeps background tasks referenced, their failures logged, and their waiting replaceable in tests."""

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        self.sleep = sleep
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def settle(self) -> None:
        """Wait until nothing goes on any more, work started meanwhile included."""
        while self._running:
            await asyncio.wait(set(self._running))
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Cancel what goes on; it is resumed from the state at the next start."""
        running = set(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("Background work of the simulator failed", exc_info=error)
