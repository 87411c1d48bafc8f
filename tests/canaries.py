"""Personal data where it must not be (I14): a check over everything that the whole test run leaves behind.

Every customer of the tests has a number from the ranges reserved for fiction, an address at an example domain, and a
name from this list; what they write is made of words of ours. So whatever of that turns up in a log, a metric or the
attributes of a dead letter was leaked. tests/conftest.py switches the checks on: after every test over what it logged,
and when a stack ends over what its functions, gateway and emulator logged, its metrics and its dead letters.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.outside import SAID

NAMES = ("Carla", "Diaz", "Nora Test", "Canaryname", "Yellowfinch")
"""Of customers in tests/support/world.py, tests/e2e and here."""
TEXTS = ("canary-text", "canarytext", "Hello there", "Your boots are here", "Linen shirt")
SECRETS = ("twilio-secret-", "shop-secret-", "vonage-secret-", "meta-secret-", "meta-access-token-", "k" * 43)
_PHONE = re.compile(r"(?<![\w.-])\+?1?[2-9]\d{2}555[01]\d{3}(?![\w-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.(?:example|test)\b")
_ENCODED_PHONE = re.compile(r"%2B1[2-9]\d{2}555\d{4}", re.IGNORECASE)
_PATTERNS = (_PHONE, _EMAIL, _ENCODED_PHONE)


def leaks(text: str, more: Iterable[str] = ()) -> list[str]:
    """Whatever of a person or a secret stands in a text. `more`: of this run."""
    found = [word for word in (*NAMES, *TEXTS, *SECRETS, *more) if word and word in text]
    return found + [match.group() for pattern in _PATTERNS for match in pattern.finditer(text)]


def leaks_in_files(files: Iterable[Path], more: Iterable[str] = ()) -> list[str]:
    """`file:line: what`, the first of each file and kind."""
    found: dict[tuple[str, str], str] = {}
    for file in files:
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
            for leak in leaks(line, more):
                found.setdefault((file.name, leak), f"{file.name}:{number}: {leak!r} in {line[:160]!r}")
    return list(found.values())


def leaks_of_stack(stack: Any) -> list[str]:
    """In everything that a running local stack (tests/e2e/stack.py) shows to operators."""
    secrets = [connection["signing_secret"] for connection in stack.demo["connections"]]
    logs = [file for file in stack.workspace.logs.iterdir() if file.name in OURS]
    return [
        *leaks_in_files(logs, secrets),
        *(f"dead letter: {leak}" for leak in leaks(_attributes(stack), secrets)),
        *(f"metric: {leak}" for leak in leaks(_metrics(stack), secrets)),
    ]


OURS = {"functions.log", "emulator.log", "gateway-errors.log"}
"""What AWS would keep. The gateway's access log shows the simulator's own addresses, with the numbers of its phones."""


def _attributes(stack: Any) -> str:
    """Of every dead letter, without the bodies: those are what the letters are for."""
    sqs, found = stack.client("sqs"), []
    for name in ("InboundDeadLettersUrl", "OutboundDeadLettersUrl", "FanOutFailuresUrl"):
        answer = sqs.receive_message(
            QueueUrl=stack.outputs[name],
            MaxNumberOfMessages=10,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
            VisibilityTimeout=0,
        )
        found += [{**letter, "Body": ""} for letter in answer.get("Messages", [])]
    return repr(found)


def _metrics(stack: Any) -> str:
    return repr(stack.client("cloudwatch").list_metrics().get("Metrics", []))


# --- in every test run --------------------------------------------------------------------------------------------

_in_captured_lines: list[str] = []


@pytest.fixture(autouse=True)
def no_test_logs_anything_private() -> Iterator[None]:
    SAID.clear()
    yield
    found = leaks(said_by_fakes())
    assert found == [], f"something private was logged: {found}"


def said_by_fakes() -> str:
    """What fake logs were given since the last look."""
    lines, SAID[:] = list(SAID), []
    return "\n".join(map(repr, lines))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """The real log writes to standard output; pytest keeps that of every test."""
    if report.when == "teardown":
        lines = [line for line in report.capstdout.splitlines() if line.startswith('{"time"')]
        _in_captured_lines.extend(f"{report.nodeid}: {leak!r}" for leak in leaks("\n".join(lines)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for leak in _in_captured_lines:
        terminalreporter.write_line(f"PERSONAL DATA in a log line: {leak}", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _in_captured_lines:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    """Before the shared stack stops, everything that it logged is looked at."""
    made = yield
    if fixturedef.argname == "stack":
        fixturedef.addfinalizer(lambda: _no_leaks_of(made))
    return made


def _no_leaks_of(stack: Any) -> None:
    found = leaks_of_stack(stack)
    assert found == [], f"personal data left the stack's bodies: {found}"
