"""Builds the layer of the function `media`: Pillow, as far as pictures need it, and in nobody else's zip.

Left out: formats we do not take, fonts, windows, colour management; what is loaded only when asked for.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from infra.failure import ShippingError
from infra.slim import TIMESTAMP, Size

PREFIX = "python"
"""Lambda puts what is below it on the path of a function: https://docs.aws.amazon.com/lambda/latest/dg/python-layers.html"""
MAX_ZIP = 6_000_000
PLUGINS = {"BmpImagePlugin", "GifImagePlugin", "JpegImagePlugin", "MpoImagePlugin", "PngImagePlugin", "WebPImagePlugin"}
"""Pillow registers these by itself (Bmp is Png's and Gif's relative); of others nothing can be opened."""
EXTENSIONS = ("_imaging.", "_webp.")
LIBRARIES_LEFT_OUT = ("libavif", "libfreetype", "libharfbuzz", "liblcms2", "libpng16", "libbrotli")
"""Only what is left out links to them."""


def build_layer(requirements: Path, out: Path) -> Size:
    """Writes `out` for Lambda's Linux, whatever this machine is. Same input, same bytes. Raises ShippingError."""
    with tempfile.TemporaryDirectory(prefix="layer-") as scratch:
        _install(requirements, Path(scratch))
        files = dict(_kept(Path(scratch)))
    out.unlink(missing_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{PREFIX}/{name}", TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return Size(out.stat().st_size, sum(map(len, files.values())))


def _install(requirements: Path, target: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), "-r", str(requirements)]
    command += ["--platform", "manylinux_2_28_x86_64", "--platform", "manylinux2014_x86_64", "--only-binary=:all:"]
    done = subprocess.run(
        [*command, "--python-version", version, "--no-compile", "--disable-pip-version-check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ShippingError(f"The layer for pictures cannot be built: {done.stderr.strip()[-2000:]}")


def _kept(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_kept(name):
            yield name, path.read_bytes()


def is_kept(name: str) -> bool:
    """Whether pictures need this file of Pillow."""
    path = PurePosixPath(name)
    top, stem = path.parts[0], path.name
    if top == "pillow.libs":
        return not stem.startswith(LIBRARIES_LEFT_OUT)
    if top != "PIL" or len(path.parts) != 2:
        return False
    if stem.endswith(".so"):
        return stem.startswith(EXTENSIONS)
    return stem.endswith(".py") and (not stem.endswith("ImagePlugin.py") or path.stem in PLUGINS)
