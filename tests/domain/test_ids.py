"""ULIDs: text order is time order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.ids import is_ulid, ulid, ulid_after

TIMES = st.integers(0, 2**48 - 1)
CHANCE = st.integers(0, 2**80 - 1)


def test_the_smallest_the_largest_and_the_one_of_the_specification() -> None:
    assert ulid(0, 0) == "0" * 26
    assert ulid(2**48 - 1, 2**80 - 1) == "7" + "Z" * 25
    assert ulid(1_469_918_176_385, 0)[:10] == "01ARYZ6S41"


@given(TIMES, CHANCE, TIMES, CHANCE)
def test_text_order_is_the_order_of_time_then_chance(a: int, x: int, b: int, y: int) -> None:
    assert (ulid(a, x) < ulid(b, y)) is ((a, x) < (b, y))


@given(TIMES, CHANCE)
def test_what_is_made_is_well_formed(at: int, randomness: int) -> None:
    assert is_ulid(ulid(at, randomness))


@given(TIMES, st.integers(0, 2**80 - 2))
def test_the_next_one_is_the_smallest_after(at: int, randomness: int) -> None:
    assert ulid_after(ulid(at, randomness)) == ulid(at, randomness + 1)


def test_the_next_one_carries_over_into_the_time() -> None:
    assert ulid_after(ulid(5, 2**80 - 1)) == ulid(6, 0)


@pytest.mark.parametrize(("at", "randomness"), [(-1, 0), (2**48, 0), (0, -1), (0, 2**80)])
def test_what_does_not_fit_is_refused(at: int, randomness: int) -> None:
    with pytest.raises(ValueError, match="range"):
        ulid(at, randomness)


BAD = [
    "",
    "0" * 25,
    "0" * 27,
    "8" + "0" * 25,
    "0" * 25 + "U",
    "0" * 25 + "I",
    "0" * 25 + "a",
    "0" * 25 + "٠",
    "0" * 25 + "\n",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_ulid_is_refused(text: str) -> None:
    assert not is_ulid(text)
    with pytest.raises(ValueError, match="not a ULID"):
        ulid_after(text)
