"""What one process knows of its connections' providers, and what it tells the operator."""

from chalicelib.circuits import ProcessCircuits
from chalicelib.domain.circuit import FIRST_REST, TOLERATED, Trouble
from tests.fakes.outside import FakeClock, FakeLog


def tripped(circuits: ProcessCircuits, connection_id: str = "con-1") -> None:
    for _ in range(TOLERATED):
        circuits.troubled(connection_id, Trouble.DOWN)


def test_connections_do_not_share_their_troubles() -> None:
    circuits = ProcessCircuits(FakeClock(), FakeLog())
    tripped(circuits)
    assert (circuits.pause("con-1"), circuits.pause("con-2")) == (FIRST_REST, 0)


def test_it_is_told_once_when_it_opens_and_once_when_it_closes() -> None:
    clock, log = FakeClock(), FakeLog()
    circuits = ProcessCircuits(clock, log)
    circuits.answered("con-1")
    tripped(circuits)
    tripped(circuits)
    circuits.answered("con-1")
    circuits.answered("con-1")
    assert log.events() == ["circuit_opened", "circuit_closed"]
    assert [line.fields for line in log.lines] == [
        {"connection_id": "con-1", "trouble": "down"},
        {"connection_id": "con-1"},
    ]


def test_a_single_request_to_slow_down_is_not_worth_a_line() -> None:
    log = FakeLog()
    circuits = ProcessCircuits(FakeClock(), log)
    circuits.troubled("con-1", Trouble.BUSY)
    circuits.answered("con-1")
    assert log.events() == []
