"""What sockets have just said to this process (X16). Implements ports.Words."""

from chalicelib.domain.presence import PAUSE
from chalicelib.usecases.ports import Clock

_MOST = 1_000
"""Sockets that are remembered."""


class ProcessWords:
    """The latest word of each socket, and whether it was to go away: to go and to come are two things."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, tuple[bool, int]] = {}

    def just_said(self, socket_id: str, gone: bool) -> bool:
        was_gone, at = self._last.get(socket_id, (False, 0))
        return was_gone is gone and self._clock.now() - at < PAUSE

    def say(self, socket_id: str, gone: bool) -> None:
        if len(self._last) >= _MOST:
            self._last.clear()
        self._last[socket_id] = (gone, self._clock.now())
