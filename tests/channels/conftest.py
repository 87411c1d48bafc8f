"""Gives every channel's tables to the tests that every channel shares."""

import pytest

from .runner import ChannelContract


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    contract = metafunc.cls
    if contract is None or not issubclass(contract, ChannelContract):
        return
    for table, row in (("incoming", "incoming_row"), ("outgoing", "outgoing_row"), ("lookups", "lookup_row")):
        if row in metafunc.fixturenames:
            rows = getattr(contract, table)
            metafunc.parametrize(row, rows, ids=[r.name for r in rows])
