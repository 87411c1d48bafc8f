"""A camera for Chromium that sees one bar code (an uncompressed video, https://wiki.multimedia.cx/index.php/YUV4MPEG2)."""

from pathlib import Path

WIDTH, HEIGHT = 640, 480
_BAR = 4
"""Pixels of the narrowest bar."""
_ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_FIRST = (
    "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO",
)  # fmt: skip


def bars(code: str) -> str:
    """Of an EAN-13 (ISO/IEC 15420); 1 is black."""
    digits = [int(each) for each in code]
    right = [digit_bars.translate(str.maketrans("01", "10")) for digit_bars in _ODD]
    left = [
        _ODD[digit] if way == "O" else right[digit][::-1]
        for digit, way in zip(digits[1:7], _FIRST[digits[0]], strict=True)
    ]
    return f"101{''.join(left)}01010{''.join(right[digit] for digit in digits[7:])}101"


def seeing(code: str, path: Path) -> Path:
    """Writes what the camera films: the code on white, grey above and below."""
    line = bars(code)
    margin = (WIDTH - len(line) * _BAR) // 2
    inside = b"".join((b"\x10" if bar == "1" else b"\xeb") * _BAR for bar in line)
    row = (b"\xeb" * margin + inside).ljust(WIDTH, b"\xeb")
    luma = b"\x80" * WIDTH * 120 + row * 240 + b"\x80" * WIDTH * 120
    frame = b"FRAME\n" + luma + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420mpeg2\n".encode() + frame * 2)
    return path
