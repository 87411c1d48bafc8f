"""Money is exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.money import minor_units


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("0", "USD", 0),
        ("59.9", "USD", 5990),
        ("59.90", "USD", 5990),
        ("59.900", "USD", 5990),
        ("0.07", "EUR", 7),
        ("1500", "JPY", 1500),
        ("1500.00", "JPY", 1500),
        ("0.125", "KWD", 125),
        ("12", "KWD", 12000),
        ("999999999999999.99", "USD", 99999999999999999),
    ],
)
def test_amounts_in_minor_units(amount: str, currency: str, units: int) -> None:
    assert minor_units(amount, currency) == units


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("1.5", "JPY"), ("1.234", "USD"), ("1.2345", "KWD"), ("", "USD"), ("-1", "USD"), ("+1", "USD"), ("1e3", "USD"),
        ("1,50", "USD"), (".5", "USD"), ("5.", "USD"), (" 5", "USD"), ("5\n", "USD"), ("٥", "USD"), ("NaN", "USD"),
        ("1" * 16, "USD"), ("1", "usd"), ("1", "US"), ("1", "USDX"), ("1", ""),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - three reasons, one answer
        minor_units(amount, currency)


@given(st.integers(0, 10**15 - 1), st.sampled_from([("JPY", 0), ("USD", 2), ("KWD", 3)]))
def test_every_amount_comes_back(units: int, case: tuple[str, int]) -> None:
    currency, places = case
    assert minor_units(f"{Decimal(units).scaleb(-places):f}", currency) == units
