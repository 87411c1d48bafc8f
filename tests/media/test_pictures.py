"""Pictures are made anew from their pixels; whatever else a file is or holds does not get through (X23)."""

import io
import resource
import time
from contextlib import suppress

import pytest
from PIL import Image

from chalicelib.domain.media import PICTURES, MediaRefusal, MediaRefused, kind_of
from chalicelib.pictures import LARGEST_PNG, LONGEST_SIDE, THUMBNAIL_SIDE, PillowPictures
from chalicelib.usecases.ports import Picture
from tests.media import hostile


def made_anew(content: bytes) -> Picture:
    kind = kind_of(content)
    assert kind in PICTURES
    return PillowPictures().made_anew(content, kind)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "1", "LA"])
def test_every_way_to_store_a_picture_in_png(mode: str) -> None:
    if mode == "LA":
        out = io.BytesIO()
        Image.new("LA", (30, 20), (9, 100)).save(out, "PNG")
        content = out.getvalue()
    else:
        content = hostile.picture("PNG", mode=mode)
    made = made_anew(content)
    assert opened(made.content).size == (made.width, made.height)
    assert made.content_type == "image/png"
    assert opened(made.content).mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")


@pytest.mark.parametrize(
    ("form", "mode", "becomes"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("GIF", "P", "image/png"),
    ],
)
def test_every_kind_becomes_one_that_every_browser_shows(form: str, mode: str, becomes: str) -> None:
    made = made_anew(hostile.picture(form, mode=mode))
    assert made.content_type == kind_of(made.content) == kind_of(made.thumbnail) == becomes


def test_large_ones_become_smaller_and_keep_their_shape() -> None:
    made = made_anew(hostile.picture("JPEG", (4000, 1000)))
    assert (made.width, made.height) == (LONGEST_SIDE, 512)
    assert opened(made.content).size == (LONGEST_SIDE, 512)
    assert max(opened(made.thumbnail).size) == THUMBNAIL_SIDE


def test_small_ones_do_not_grow() -> None:
    made = made_anew(hostile.picture("PNG", (3, 2)))
    assert opened(made.thumbnail).size == opened(made.content).size == (3, 2)


def test_a_photo_as_png_becomes_a_jpeg() -> None:
    noise = Image.effect_noise((1400, 1400), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    made = made_anew(out.getvalue())
    assert made.content_type == "image/jpeg"
    assert len(made.content) < LARGEST_PNG < len(out.getvalue())


def test_a_photo_stands_upright_and_says_no_longer_where_it_was_taken() -> None:
    content = hostile.with_exif()
    assert hostile.SECRET.encode() in content
    made = made_anew(content)
    assert (made.width, made.height) == (200, 320)
    for part in (made.content, made.thumbnail):
        assert hostile.SECRET.encode() not in part
        assert b"Exif" not in part
        assert dict(opened(part).getexif()) == {}


def test_comments_and_further_frames_are_left_behind() -> None:
    for content in (hostile.png_with_text(), hostile.animated_gif()):
        assert hostile.SECRET.encode() in content
        made = made_anew(content)
        assert hostile.SECRET.encode() not in made.content + made.thumbnail
        assert getattr(opened(made.content), "n_frames", 1) == 1
        assert set(opened(made.content).info) <= {"transparency"}


@pytest.mark.parametrize("name", hostile.POLYGLOTS)
def test_what_is_also_something_else_is_only_a_picture_or_nothing_afterwards(name: str) -> None:
    made = None
    with suppress(MediaRefused):
        made = made_anew(hostile.POLYGLOTS[name])
    parts = [] if made is None else [made.content, made.thumbnail]
    assert (made is None) is (name == "GIF that is a script")
    for part in parts:
        assert hostile.SECRET.encode() not in part
        assert b"<html" not in part


@pytest.mark.parametrize("name", hostile.BROKEN)
def test_damaged_files_are_refused(name: str) -> None:
    with pytest.raises(MediaRefused) as refused:
        made_anew(hostile.BROKEN[name])
    assert refused.value.reason in (MediaRefusal.BROKEN, MediaRefusal.TOO_LARGE)


@pytest.mark.parametrize("name", hostile.BOMBS)
def test_bombs_are_refused_before_they_go_off(name: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(MediaRefused) as refused:
        made_anew(hostile.BOMBS[name])
    assert refused.value.reason is MediaRefusal.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "KB"
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", hostile.NO_PICTURES)
def test_what_is_neither_picture_nor_document_is_known_by_its_bytes(name: str) -> None:
    assert kind_of(hostile.NO_PICTURES[name]) is None


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_file_is_opened_as_what_its_first_bytes_say(form: str) -> None:
    """And not as one of Pillow's forty formats, whatever a hostile file can make it believe."""
    others = {"image/jpeg", "image/png", "image/webp", "image/gif"} - {kind_of(hostile.picture(form))}
    for kind in others:
        with pytest.raises(MediaRefused):
            PillowPictures().made_anew(hostile.picture(form), kind)
