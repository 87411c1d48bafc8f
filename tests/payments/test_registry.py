"""The registry of payment providers, and what is written about them."""

from pathlib import Path

import pytest

from chalicelib.payments import PAYMENTS, provider
from chalicelib.usecases.ports import TakesPayments


@pytest.mark.parametrize("name", PAYMENTS)
def test_each_takes_payments_is_documented_and_has_a_table_of_tests(name: str) -> None:
    assert isinstance(provider(name, {name: "http://localhost:1"}), TakesPayments)
    assert (Path(__file__).parent / name / f"test_{name}.py").exists()
    assert f"| `{name}`" in (Path(__file__).parents[2] / "docs" / "carts.md").read_text("utf-8")


def test_another_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        provider("paypal")
