"""What can be wrong before anything runs gets one clear sentence; what is unchanged is not done again."""

import subprocess
import sys
from pathlib import Path

import pytest

from local import announce, installation, prerequisites, run, stamps
from local.emulator import environment
from local.instance import is_running, only_one
from local.node import new_enough
from local.ports import free_port, listen, port_of
from local.problems import Problem, report
from local.stack import LocalStack
from local.workspace import ROOT, Workspace


def test_a_busy_port_is_named_with_a_way_out() -> None:
    with listen(0) as taken, pytest.raises(Problem, match=rf"Port {port_of(taken)} is in use .* make run PORT="):
        listen(port_of(taken))


def test_a_busy_smtp_port_is_named_as_its_setting(tmp_path: Path) -> None:
    with listen(0) as taken:
        busy = port_of(taken)
        with pytest.raises(Problem, match=rf"Port {busy} is in use .* make run SMTP_PORT={busy + 80}"):
            LocalStack(Workspace(tmp_path), 0, busy)


def test_a_stack_that_does_not_start_leaves_no_port_taken(tmp_path: Path) -> None:
    smtp = free_port()
    with listen(0) as taken, pytest.raises(Problem):
        LocalStack(Workspace(tmp_path), port_of(taken), smtp)
    listen(smtp).close()


@pytest.mark.parametrize(("asked", "taken"), [("", False), ("", True), ("own", False)])
def test_the_smtp_door_gives_way_unless_its_port_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: str, *, taken: bool
) -> None:
    usual = free_port()
    monkeypatch.setattr(run, "DEFAULT_SMTP_PORT", usual)
    monkeypatch.setenv("SMTP_PORT", str(usual + 1) if asked else "")
    if taken:
        with listen(usual):
            assert run._smtp_port() != usual
    else:
        assert run._smtp_port() == (usual + 1 if asked else usual)


def test_what_is_told_at_the_end_names_the_smtp_door(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.demo.write_text('{"stores": [], "associates": []}')
    told = announce.summary("http://localhost:8000", workspace, 2525, wanted=2525)
    assert "127.0.0.1:2525" in told
    assert "in use" not in told
    assert "boston@hello.juniper.example" in told
    assert "2525 is in use by another program" in announce.summary("x", workspace, 4000, wanted=2525)


def test_a_free_port_is_the_preferred_one_if_nobody_has_it() -> None:
    port = free_port()
    assert free_port(port) == port
    with listen(port):
        assert free_port(port) != port


def test_a_folder_runs_once(tmp_path: Path) -> None:
    lock = tmp_path / "run.pid"
    assert not is_running(lock)
    with only_one(lock):
        assert is_running(lock)
        with pytest.raises(Problem, match="already running"), only_one(lock):
            pass
    assert not is_running(lock)


def test_an_smtp_port_that_is_none_is_refused() -> None:
    prerequisites._check_port("", "SMTP_PORT", optional=True)
    with pytest.raises(Problem, match="SMTP_PORT must be a number"):
        prerequisites._check_port("smtp", "SMTP_PORT", optional=True)


@pytest.mark.parametrize("port", ["0", "65536", "http", "", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Problem, match="PORT must be a number"):
        prerequisites._check_port(port)


def test_too_old_a_python_is_told_which_one_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prerequisites.sys, "version_info", (3, 9, 2))
    with pytest.raises(Problem, match=r"needs Python 3\.11"):
        prerequisites._check_python()


def test_a_full_disk_is_told_how_much_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prerequisites, "DISK_NEEDED_AGAIN", 1 << 60)
    monkeypatch.setattr(prerequisites, "DISK_NEEDED", 1 << 60)
    with pytest.raises(Problem, match="GB of disk space"):
        prerequisites._check_disk()


@pytest.mark.parametrize(
    ("version", "good"),
    [((20, 19, 0), True), ((20, 18, 9), False), ((21, 7, 3), False), ((22, 11, 0), False), ((22, 12, 0), True)],
)
def test_node_versions(version: tuple[int, ...], good: bool) -> None:
    assert new_enough(version) is good


def test_a_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1")
    first = stamps.fingerprint([file])
    assert stamps.fingerprint([file]) == first
    file.write_text("2")
    assert stamps.fingerprint([file]) != first
    assert stamps.fingerprint([file], "a fact") != stamps.fingerprint([file])


def test_installed_folders_do_not_count_as_sources(tmp_path: Path) -> None:
    for name in ("src/a.ts", "node_modules/x/b.js", "__pycache__/c.pyc"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    assert stamps.files_below(tmp_path, "node_modules") == [tmp_path / "src/a.ts"]


def test_secrets_are_random_kept_and_private(tmp_path: Path) -> None:
    file = tmp_path / "installation.json"
    first = installation.load(file)
    assert installation.load(file).auth_token != first.auth_token
    installation.save(file, first)
    assert installation.load(file) == first
    assert file.stat().st_mode & 0o077 == 0


def test_functions_see_nothing_of_the_users_own_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    settings = environment(Workspace(tmp_path), 1)
    assert "AWS_PROFILE" not in settings
    assert settings["AWS_ACCESS_KEY_ID"] == "test"
    assert "HTTPS_PROXY" not in settings


def test_the_sentence_comes_last() -> None:
    assert report(Problem("It failed.", "line 1\nline 2")).splitlines()[-1] == "It failed."


def test_setting_up_needs_the_standard_library_only() -> None:
    """A fresh computer has nothing else."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); from local import bootstrap, reset"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
