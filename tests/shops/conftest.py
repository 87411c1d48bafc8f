"""Gives every shop platform's table to the tests that every platform shares."""

import pytest

from .runner import ShopContract


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    contract = metafunc.cls
    if contract is None or not issubclass(contract, ShopContract) or "incoming_row" not in metafunc.fixturenames:
        return
    metafunc.parametrize("incoming_row", contract.incoming, ids=[row.name for row in contract.incoming])
