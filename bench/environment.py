"""Folders under build/bench that the measured processes import from: each process sees exactly one product."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from infra.package import package
from local import stamps

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
HERE = Path(__file__).resolve().parent
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "STAGE": "bench",
    "TABLE_NAME": "bench",
    "INBOUND_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/inbound",
    "OUTBOUND_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/outbound.fifo",
    "PROVIDER_EVENT_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/provider-events",
    "MAIL_BUCKET": "bench-mail",
    "MEDIA_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/000000000000/media",
    "MEDIA_BUCKET_URL": "https://bench-media.s3.us-east-1.amazonaws.com",
    "WEBHOOK_URL": "https://api.example.test",
    "ACTIVITY_TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:activity",  # the natural handler's own
    "WEBSOCKET_URL": "wss://ws.example.test",
    "WEBSOCKET_API_ENDPOINT": "https://sockets.example.test",
    "PARAMETER_PREFIX": "/counterline/bench",
}
"""What a deployed function finds in its environment."""


def runtime() -> Path:
    return _installed("runtime")


def peers() -> Path:
    return _installed("peers")


def built() -> tuple[Path, Path]:
    """The zip as it is deployed, made anew, and the read-only folder it is unpacked in."""
    archive, folder = package(ROOT / "build" / "package").archive, BUILD / "unpacked"
    if folder.exists():
        _writable(folder, True)
        shutil.rmtree(folder)
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    _writable(folder, False)
    return archive, folder


def python(*paths: Path) -> dict[str, str]:
    """The environment of a measured process: nothing of ours but the settings."""
    return {**SETTINGS, "PATH": os.environ["PATH"], "BENCH_PATHS": os.pathsep.join(map(str, paths))}


def command(script: Path, *arguments: str) -> list[str]:
    """Isolated: no site-packages, no user folder, and nothing is written beside what is imported."""
    return [sys.executable, "-I", "-S", "-B", str(script), *arguments]


def _installed(name: str) -> Path:
    """A folder with the packages of requirements-<name>.txt, byte-compiled, as an image or a layer has them."""
    requirements, folder = HERE / f"requirements-{name}.txt", BUILD / name
    wanted = stamps.fingerprint([requirements], sys.version)
    stamp = BUILD / f"{name}.stamp"
    if stamps.is_fresh(stamp, wanted):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", *install, "--requirement", str(requirements)], check=True)
    stamps.write(stamp, wanted)
    return folder


def _writable(folder: Path, allowed: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755 if allowed else 0o555)
