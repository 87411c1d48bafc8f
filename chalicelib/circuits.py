"""The circuits of this process (docs/decisions/0013-circuit-breaker.md). Implements ports.Circuits."""

from chalicelib.domain.circuit import CLOSED, Circuit, Trouble
from chalicelib.usecases.ports import Clock, Log


class ProcessCircuits:
    """One circuit per connection that is in trouble; a function's process handles one invocation at a time."""

    def __init__(self, clock: Clock, log: Log) -> None:
        self._clock, self._log = clock, log
        self._troubled: dict[str, Circuit] = {}

    def pause(self, connection_id: str) -> int:
        circuit = self._troubled.get(connection_id)
        return 0 if circuit is None else circuit.pause(self._clock.now())

    def asks_first(self, connection_id: str) -> bool:
        circuit = self._troubled.get(connection_id)
        return circuit is not None and circuit.asks_first

    def answered(self, connection_id: str) -> None:
        before = self._troubled.pop(connection_id, CLOSED)
        if before.tripped:
            self._log.info("circuit_closed", connection_id=connection_id)

    def troubled(self, connection_id: str, trouble: Trouble) -> None:
        before = self._troubled.get(connection_id, CLOSED)
        after = before.troubled(trouble, self._clock.now())
        self._troubled[connection_id] = after
        if after.tripped and not before.tripped:
            self._log.warning("circuit_opened", connection_id=connection_id, trouble=trouble)
