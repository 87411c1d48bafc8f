"""Files as somebody malicious, or a bad line, makes them; each built here, byte by byte."""

import io
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

SECRET = "canary-of-the-file"
"""Stands wherever a file can hold more than pixels."""
SCRIPT = b"<script>alert('" + SECRET.encode() + b"')</script>"


def picture(form: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **options: object) -> bytes:
    """A picture with something to see in it."""
    image = Image.new(mode, size, 0 if mode in ("L", "P", "1") else (240, 200, 40, 128)[: len(mode)])
    ImageDraw.Draw(image).line((0, 0, *size), fill=1 if mode in ("L", "P", "1") else (10, 20, 200, 255)[: len(mode)])
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_exif() -> bytes:
    """A photo that lies on its side and says where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)  # latitude
    return picture("JPEG", exif=exif, comment=SECRET.encode())


def png_with_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET)
    notes.add_itxt("XML:com.adobe.xmp", SECRET)
    return picture("PNG", pnginfo=notes)


def animated_gif() -> bytes:
    frames = [Image.new("RGB", (60, 40), (shade, 0, 0)) for shade in (10, 120, 250)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=SECRET.encode())
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def png(width: int, height: int, *more: bytes, data: bytes = b"\0\0\0\0") -> bytes:
    """A grey PNG that says it is so large."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A few KB that unpack to 900 million pixels."""
    return png(30_000, 30_000, data=b"\0" * 4_000_000)


def text_bomb() -> bytes:
    """A compressed comment of 200 MB in a picture of one pixel."""
    return png(1, 1, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)), data=b"\0\0")


def gif_of_sizes(width: int, height: int) -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\0\0\0,\0\0\0\0"
        + struct.pack("<HH", width, height)
        + b"\0\2\2L\1\0;"
    )


POLYGLOTS: dict[str, bytes] = {
    "GIF that is a script": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "JPEG with a page behind it": picture("JPEG") + b"<html>" + SCRIPT,
    "JPEG with an archive behind it": picture("JPEG") + b"PK\x03\x04" + SECRET.encode(),
    "PNG with a page in a chunk of its own": png(1, 1, chunk(b"heLl", SCRIPT), data=b"\0\0"),
    "PNG with a script behind it": picture("PNG") + SCRIPT,
    "WebP with a page behind it": picture("WEBP") + SCRIPT,
}
"""Pictures that are something else as well."""

BROKEN: dict[str, bytes] = {
    "JPEG cut in the middle": picture("JPEG")[:900],
    "JPEG of its first bytes": b"\xff\xd8\xff",
    "PNG cut in the middle": picture("PNG", (640, 480))[:300],
    "PNG with a wrong checksum": picture("PNG").replace(b"IDAT", b"IDAT\0", 1),
    "PNG without pixels": png(10, 10, data=b""),
    "PNG of no size": png(0, 0),
    "GIF of no size": gif_of_sizes(0, 0),
    "GIF without a frame": b"GIF89a\x01\0\x01\0\0\0\0;",
    "WebP of its first bytes": b"RIFF\x10\0\0\0WEBPVP8 ",
    "WebP that lies about its length": b"RIFF\xff\xff\xff\x7fWEBP" + picture("WEBP")[12:60],
    "JPEG of noise": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
    "text bomb": text_bomb(),
}
"""Not to be shown at all."""

BOMBS: dict[str, bytes] = {
    "PNG of 900 million pixels": bomb(),
    "PNG of the largest size there is": png(2**31 - 1, 2**31 - 1),
    "PNG of one endless line": png(60_000_000, 1),
    "GIF of 65,535 by 65,535": gif_of_sizes(65_535, 65_535),
}

NO_PICTURES: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\xff",
    "SVG with a script": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG without a head": b"<svg>" + SCRIPT,
    "a page": b"<!doctype html>" + SCRIPT,
    "a page behind white space": b" \n\t<html>" + SCRIPT,
    "a Windows program": b"MZ\x90\0" + b"\0" * 100,
    "a Linux program": b"\x7fELF" + b"\0" * 100,
    "an archive": b"PK\x03\x04" + b"\0" * 100,
    "a BMP": picture("BMP"),
    "a TIFF": picture("TIFF"),
    "an icon": picture("ICO", (16, 16)),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "an unknown ISO brand": b"\0\0\0\x18ftypxxxx" + b"\0" * 20,
    "a PDF behind a space": b" %PDF-1.7",
}
