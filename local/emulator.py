"""Starts and stops the emulator (`ministack`) as a child process."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .ports import HOST
from .problems import Problem
from .workspace import Workspace

REGION = "us-east-1"
START_TIMEOUT = 60
"""Seconds until a start counts as failed; a loaded laptop needs a few."""
STOP_TIMEOUT = 20
"""Seconds it may take to write its state."""
AWS_SETTINGS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What whoever talks to the emulator has instead of an AWS account; it takes any credentials."""
KEPT_FROM_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE", "SYSTEMROOT", "LD_LIBRARY_PATH")


class Emulator:
    """One emulator process. `endpoint` is what AWS clients talk to."""

    def __init__(self, workspace: Workspace, port: int) -> None:
        self.port = port
        self.endpoint = endpoint_of(port)
        self._workspace = workspace
        self._log = workspace.logs / "emulator.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Returns when it answers. Raises Problem when it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "local.emulator_process", str(self._workspace.logs / "functions.log")],
                cwd=self._workspace.root,
                env=environment(self._workspace, self.port),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is ours to handle, not the emulator's
            )
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if not self.alive or time.monotonic() > deadline:
                self.stop()
                raise Problem("The emulator did not start; its last lines are above.", tail(self._log))
            time.sleep(0.05)

    def stop(self) -> None:
        """Lets it write its state, then ends it. Harmless when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """Ends it as a power cut would: nothing is written."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.endpoint}/_ministack/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def endpoint_of(port: int) -> str:
    return f"http://{HOST}:{port}"


def environment(workspace: Workspace, port: int) -> dict[str, str]:
    """The emulator's settings; functions inherit them, so nothing of the user's own AWS set-up may be in it."""
    kept = {name: os.environ[name] for name in KEPT_FROM_ENVIRONMENT if name in os.environ}
    return kept | {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(workspace.emulator),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(workspace.emulator / "s3"),
        "TMPDIR": str(workspace.temporary),
        "AUTH": "true",  # functions may do what their policies allow, and nothing else
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": f"unix://{workspace.temporary}/no-docker.sock",  # never touch the user's containers
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "WARNING",
        "TZ": "UTC",
        "NO_PROXY": "*",
        "PYTHONDONTWRITEBYTECODE": "1",
        **AWS_SETTINGS,
    }


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
