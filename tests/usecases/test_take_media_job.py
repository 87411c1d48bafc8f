"""The function `media` has three jobs, each safe to repeat (X23)."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import MediaState
from chalicelib.usecases.ports import EraseMedia, File, MakePicture, MediaUnavailable
from chalicelib.usecases.take_media_job import RETRIED, take_media_job
from tests.support.world import World
from tests.usecases.test_fetch_media import JPEG, arrive, states


def test_what_came_in_is_fetched(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    world.fetch()
    assert states(world, conversation_id) == [MediaState.READY]


def test_what_is_to_go_out_is_made_anew(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    take_media_job(MakePicture(conversation_id, picture), 1, world)
    upload = world.uploads.find(conversation_id, picture)
    assert upload is not None
    assert upload.media.state is MediaState.READY


def test_of_one_conversation_all_files_are_erased_and_of_no_other(world: World) -> None:
    file = File(content=b"x", content_type="image/png")
    for key in ("conversations/one/a/picture", "uploads/one/sub/b", "conversations/other/a/picture"):
        world.files.put(key, file)
    for _ in range(2):
        take_media_job(EraseMedia("one"), 1, world)
        assert list(world.files.stored) == ["conversations/other/a/picture"]


@pytest.mark.parametrize("error", [MediaUnavailable(), Unavailable()])
def test_what_says_nothing_about_the_file_is_tried_again(world: World, error: Exception) -> None:
    arrive(world, error)
    with pytest.raises(RETRIED):
        world.fetch()
