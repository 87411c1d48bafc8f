"""Pictures that are about to be sent: whose they are, how long, how many, how large (N19, N20)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput, PictureMissing, PictureNotReady, TooManyPictures
from chalicelib.domain.media import Media, MediaRefusal
from chalicelib.domain.uploads import (
    CAPTION_LIMIT,
    LARGEST_UPLOAD,
    LIFETIME,
    MOST_PICTURES,
    Upload,
    require_fitting,
    require_size,
    sendable,
)

PENDING = Upload(conversation_id="v1", merchant_id="m1", owner="ada", created_at=1000, media=Media(id="p1"))
READY = PENDING.settled(PENDING.media.ready("image/jpeg", 700, width=40, height=30))


@pytest.mark.parametrize("size", [0, -1, LARGEST_UPLOAD + 1, 40 << 20])
def test_sizes_that_are_not_taken(size: int) -> None:
    with pytest.raises(InvalidInput):
        require_size(size)


def test_sizes_that_are() -> None:
    for size in (1, LARGEST_UPLOAD):
        require_size(size)


def test_the_file_lies_apart_from_what_is_shown() -> None:
    assert PENDING.key == "uploads/v1/ada/p1"


@pytest.mark.parametrize("channel", sorted(MOST_PICTURES))
def test_as_many_as_the_channel_carries_and_no_more(channel: str) -> None:
    ids = [f"p{number}" for number in range(10)]
    limit = MOST_PICTURES[channel]
    require_fitting(ids[:limit], "", channel)
    with pytest.raises(TooManyPictures) as refused:
        require_fitting(ids[: limit + 1], "Look", channel)
    assert refused.value.details == {"limit": limit}


def test_what_cannot_be_one_message() -> None:
    for ids, body, channel in (
        ([], "", "sms"),
        ([], " \n", "chat"),
        (["p1", "p1"], "Look", "sms"),
        (["p1"], "x" * (CAPTION_LIMIT + 1), "whatsapp"),
    ):
        with pytest.raises(InvalidInput):
            require_fitting(ids, body, channel)
    require_fitting([], "x" * (CAPTION_LIMIT + 1), "whatsapp")
    require_fitting(["p1"], "x" * CAPTION_LIMIT, "whatsapp")
    require_fitting(["p1"], "x" * (CAPTION_LIMIT + 1), "sms")


def test_a_ready_one_is_sent_by_its_owner_within_a_day() -> None:
    assert sendable(READY, "m1", "ada", 1000 + LIFETIME - 1) == READY.media
    for upload, merchant, owner, now in (
        (None, "m1", "ada", 1000),
        (READY, "m2", "ada", 1000),
        (READY, "m1", "bob", 1000),
        (READY, "m1", "ada", 1000 + LIFETIME),
        (PENDING.settled(PENDING.media.refused(MediaRefusal.BROKEN)), "m1", "ada", 1000),
        (PENDING.settled(replace(READY.media, width=0)), "m1", "ada", 1000),
    ):
        with pytest.raises(PictureMissing):
            sendable(upload, merchant, owner, now)
    with pytest.raises(PictureNotReady):
        sendable(PENDING, "m1", "ada", 1000)
