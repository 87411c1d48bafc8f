"""The check for personal data is itself checked: a leak that was put there is seen."""

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.observability import JsonLog
from tests.canaries import leaks, leaks_in_files, said_by_fakes
from tests.fakes.outside import FakeLog

CLEAN = (
    '{"time": 1790000000000, "level": "INFO", "event": "send_refused", "message_id": "01K6B2V5550100AAAAAAAAAAAA"}',
    "2026-11-22T07:31:29.653+00:00 counterline-local-api done in 3333 ms (2fd110fb-e842-4075-a57c-892f97805aeb)",
    '{"event": "swept", "expired": 5550100, "connection_id": "con-twilio"}',
    "SM00000000000000000000000012065550177",
)
LEAKY = (
    "text from +12065550177",
    '{"to": "12065550177"}',
    "To=%2B12065550177&From=x",
    "no such phone: (2065550177)",
    "carla@mail.example",
    "customer Carla",
    "body=canary-text 1",
    "wrong secret twilio-secret-1",
)


@pytest.mark.parametrize("line", CLEAN)
def test_ids_times_and_codes_are_no_leak(line: str) -> None:
    assert leaks(line) == []


@pytest.mark.parametrize("line", LEAKY)
def test_a_leak_is_seen(line: str) -> None:
    assert leaks(line)


def test_a_leak_in_a_log_file_is_named_with_its_place(tmp_path: Path) -> None:
    log = tmp_path / "functions.log"
    log.write_text("\n".join((*CLEAN, LEAKY[0], *CLEAN)))
    (leak,) = leaks_in_files([log])
    assert leak.startswith(f"functions.log:{len(CLEAN) + 1}: '+12065550177'")


class Leaks:
    """What the check after every test would say now; asking takes it away."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def now(self) -> list[str]:
        return leaks("".join(self._capsys.readouterr()) + said_by_fakes())


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Leaks:
    return Leaks(capsys)


@pytest.mark.parametrize("log", [FakeLog(), JsonLog()])
def test_a_leak_in_a_log_is_seen(log: FakeLog | JsonLog, logged: Leaks) -> None:
    log.info("leak", phone="+12065550177")
    assert logged.now() == ["+12065550177"]


@pytest.mark.parametrize("log", ["FakeLog()", "JsonLog()"])
def test_a_run_with_a_leak_fails(log: str, tmp_path: Path) -> None:
    """The whole way, in a run of its own."""
    root = Path(__file__).parents[1]
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text())
    (tmp_path / "test_leak.py").write_text(
        "from chalicelib.observability import JsonLog\nfrom tests.fakes.outside import FakeLog\n"
        f"def test_leak():\n    {log}.info('leak', phone='+12065550177')\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", str(tmp_path)]
    ran = subprocess.run([*command, "--rootdir", str(tmp_path)], cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout
    assert "private was logged" in ran.stdout or "PERSONAL DATA" in ran.stdout
