from collections.abc import Iterator

import pytest

from .emulator_speed import untouched


@pytest.fixture(autouse=True)
def _other_tests_see_nothing_of_it() -> Iterator[None]:
    with untouched():
        yield
