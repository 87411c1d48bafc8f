"""When a connection in trouble is left alone, and that nobody waits too long or asks too often because of it."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.circuit import (
    CLOSED,
    FIRST_BUSY_REST,
    FIRST_REST,
    LONGEST_BUSY_REST,
    LONGEST_REST,
    TOLERATED,
    Circuit,
    Trouble,
)
from chalicelib.domain.messages import MAX_QUEUED

from .build import T0

DOWN, BUSY = Trouble.DOWN, Trouble.BUSY
DRAINED_WITHIN = 600_000
RECEIVES = 1000
"""maxReceiveCount in infra/resources.yaml."""
FRESH = 0.002
"""How often a receive meets a process that has just begun: Lambda ends each after hours."""
troubles = st.lists(st.tuples(st.sampled_from(Trouble), st.integers(0, 400_000)), max_size=40)
"""What went wrong in one process, and how long after the one before."""


def after(*kinds: Trouble, at: int = T0) -> Circuit:
    circuit = CLOSED
    for kind in kinds:
        circuit = circuit.troubled(kind, at)
    return circuit


def test_a_little_bad_luck_stops_nobody() -> None:
    assert CLOSED.pause(T0) == 0
    assert after(*[DOWN] * (TOLERATED - 1)).pause(T0) == 0


def test_a_few_failures_in_a_row_stop_everybody_for_a_while() -> None:
    circuit = after(*[DOWN] * TOLERATED)
    assert (circuit.tripped, circuit.pause(T0), circuit.pause(T0 + FIRST_REST - 1)) == (True, FIRST_REST, FIRST_REST)
    assert circuit.pause(T0 + FIRST_REST) == 0, "somebody may try"


def test_a_failed_try_opens_it_for_longer_up_to_a_limit() -> None:
    rests = [after(*[DOWN] * count).rest for count in range(TOLERATED, TOLERATED + 9)]
    assert rests[:4] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST, 8 * FIRST_REST]
    assert rests[-1] == LONGEST_REST
    assert after(*[BUSY] * 30).rest == LONGEST_BUSY_REST


def test_who_asks_for_fewer_requests_gets_fewer_at_once() -> None:
    circuit = after(BUSY)
    assert (circuit.pause(T0), circuit.tripped) == (FIRST_BUSY_REST, False)


def test_busy_after_an_outage_is_good_news() -> None:
    """Everybody has come back at once: that is over in seconds."""
    assert after(*[DOWN] * 9, BUSY).rest == FIRST_BUSY_REST


def test_busy_in_between_does_not_make_a_failing_provider_a_good_one() -> None:
    assert after(DOWN, BUSY, DOWN, BUSY, DOWN).rest == FIRST_REST


def test_a_clock_that_leaps_back_does_not_lengthen_a_rest() -> None:
    assert after(*[DOWN] * TOLERATED).pause(T0 - 3_600_000) == 0


@given(troubles)
def test_nothing_ever_waits_longer_than_the_longest_rest(history: list[tuple[Trouble, int]]) -> None:
    circuit, now = CLOSED, T0
    for trouble, gap in history:
        now += gap
        circuit = circuit.troubled(trouble, now)
        assert 0 <= circuit.pause(now) <= LONGEST_REST
        assert circuit.pause(now + circuit.rest) == 0
        assert circuit.pause(now) >= (FIRST_BUSY_REST if trouble is BUSY else 0)


@given(st.lists(st.sampled_from([*Trouble, None]), max_size=60))
def test_it_is_open_after_trouble_that_lasts_and_only_then(answers: list[Trouble | None]) -> None:
    """None: a real answer. By another count than the code's."""
    circuit = CLOSED
    for place, answer in enumerate(answers):
        circuit = CLOSED if answer is None else circuit.troubled(answer, T0)
        since = [each for each in answers[: place + 1][_last_answer(answers[: place + 1]) :] if each]
        lasting = answer is BUSY or since.count(DOWN) >= TOLERATED
        assert (circuit.pause(T0) > 0) is (answer is not None and lasting)


def _last_answer(answers: list[Trouble | None]) -> int:
    return max((place for place, answer in enumerate(answers) if answer is None), default=0)


@given(st.lists(troubles, min_size=1, max_size=6), st.integers(0, 2**32))
def test_everything_is_tried_within_ten_minutes_of_the_providers_return(
    processes: list[list[tuple[Trouble, int]]], seed: int
) -> None:
    """Whatever processes a text meets, and wherever each is in its rest; its last pause before was of any length."""
    back = T0 + 20_000_000
    circuits = [_fate(history, back) for history in processes]
    random = Random(seed)
    now = back + random.randint(0, LONGEST_REST)
    while pause := random.choice(circuits).pause(now):
        now += pause
    assert now - back <= DRAINED_WITHIN


def _fate(history: list[tuple[Trouble, int]], end: int) -> Circuit:
    """The last of these troubles happened just before `end`."""
    circuit, now = CLOSED, end - sum(gap for _, gap in history) - 1
    for trouble, gap in history:
        now += gap
        circuit = circuit.troubled(trouble, now)
    return circuit


@given(st.integers(1, 20), st.sampled_from(Trouble), st.integers(0, 2**32))
def test_a_day_of_waiting_does_not_use_up_the_receives_of_a_queue_entry(
    processes: int, trouble: Trouble, seed: int
) -> None:
    random = Random(seed)
    circuits = [CLOSED] * processes
    now, receives = T0, 0
    while now < T0 + MAX_QUEUED:
        receives += 1
        place = random.randrange(processes)
        if random.random() < FRESH:
            circuits[place] = CLOSED
        if not circuits[place].pause(now):
            circuits[place] = circuits[place].troubled(trouble, now)
        now += circuits[place].pause(now) or 2_000
    assert receives < RECEIVES
