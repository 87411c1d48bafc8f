"""Pictures made anew from their pixels, with Pillow (docs/media.md). Imported in the function `media` and nowhere else.

What a file held besides pixels (places, cameras, comments, colour profiles, further frames, what is glued to its end)
is left behind.
"""

import io
from typing import TYPE_CHECKING

from chalicelib.domain.media import MAX_PIXELS, MediaRefusal, MediaRefused
from chalicelib.usecases.ports import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE, THUMBNAIL_SIDE = 2048, 480
"""Pixels of what is stored."""
LARGEST_PNG = 1_500_000
"""Bytes. A photo as PNG is many times a photo as JPEG."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}


class PillowPictures:
    def made_anew(self, content: bytes, content_type: str) -> Picture:
        pixels = _pixels(content, _FORMATS[content_type])
        lossless = content_type in ("image/png", "image/gif")
        shown, kind = _encoded(pixels, lossless=lossless)
        small = pixels.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Picture(
            content=shown,
            thumbnail=_written(small, kind),
            content_type=kind,
            width=pixels.width,
            height=pixels.height,
        )


def _pixels(content: bytes, form: str) -> "Image":
    """The first frame, upright, as RGB or RGBA. Raises MediaRefused: whatever goes wrong in here, the file did it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise MediaRefused(MediaRefusal.TOO_LARGE)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG unpacks no larger than it is needed
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _only_pixels(upright)
    except MediaRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise MediaRefused(MediaRefusal.TOO_LARGE) from None
    except Exception:  # of Pillow: a hostile file may make it raise anything
        raise MediaRefused(MediaRefusal.BROKEN) from None


def _only_pixels(image: "Image") -> "Image":
    """A fresh picture, which knows nothing of the file."""
    from PIL import Image

    mode = "RGBA" if image.has_transparency_data else "RGB"
    fresh = Image.new(mode, image.size)
    fresh.paste(image.convert(mode))
    return fresh


def _encoded(pixels: "Image", *, lossless: bool) -> tuple[bytes, str]:
    if pixels.mode == "RGBA":
        return _written(pixels, "image/png"), "image/png"
    if lossless:
        written = _written(pixels, "image/png")
        if len(written) <= LARGEST_PNG:
            return written, "image/png"
    return _written(pixels, "image/jpeg"), "image/jpeg"


def _written(pixels: "Image", content_type: str) -> bytes:
    out = io.BytesIO()
    if content_type == "image/png":
        pixels.save(out, "PNG", optimize=False)
    else:
        pixels.save(out, "JPEG", quality=85, progressive=True)
    return out.getvalue()
