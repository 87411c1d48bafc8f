"""What all tests share: the running stack, and the check that nobody's data is in any log (tests/canaries.py).

Under xdist every worker that asks for the stack starts one of its own.
"""

from hypothesis import settings

from tests.canaries import (
    no_test_logs_anything_private,
    pytest_fixture_setup,
    pytest_runtest_logreport,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from tests.e2e.stack import stack

settings.register_profile("patient", deadline=None)  # the machine may be busy: time says nothing about an example
settings.load_profile("patient")

__all__ = [
    "no_test_logs_anything_private",
    "pytest_fixture_setup",
    "pytest_runtest_logreport",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "stack",
]
