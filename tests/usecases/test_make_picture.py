"""What was uploaded is checked by its bytes and made anew; the upload itself does not stay (X23)."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import MAX_BYTES, Media, MediaRefusal, MediaRefused, MediaState
from chalicelib.usecases.attach_pictures import attached
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.make_picture import MOST_TRIES, make_picture
from chalicelib.usecases.ports import File, MakePicture, Picture
from chalicelib.usecases.upload_picture import offer_upload
from tests.media.hostile import NO_PICTURES
from tests.support.world import ADA, World

JPEG = b"\xff\xd8\xff a photo"


def uploaded(world: World, content: bytes | None) -> MakePicture:
    """A file that lies where it was to be put; None: none does."""
    conversation = world.conversation(world.talk())
    upload = offer_upload(conversation, ADA, 10, world).upload
    if content is not None:
        world.files.put(upload.key, File(content=content, content_type="text/html"))
    return MakePicture(conversation.id, upload.id)


def media(world: World, job: MakePicture) -> Media:
    upload = world.uploads.find(job.conversation_id, job.upload_id)
    assert upload is not None
    return upload.media


def test_it_is_made_anew_and_marked_as_unused(world: World) -> None:
    job = uploaded(world, JPEG)
    make_picture(job, 1, world)
    folder = f"conversations/{job.conversation_id}/{job.upload_id}"
    assert {key: (file.content, file.unused) for key, file in world.files.stored.items()} == {
        f"{folder}/picture": (b"anew:" + JPEG, True),
        f"{folder}/thumbnail": (b"small:" + JPEG, True),
    }
    made = media(world, job)
    assert (made.state, made.content_type, made.size) == (MediaState.READY, "image/jpeg", len(b"anew:" + JPEG))


@pytest.mark.parametrize(
    "content", [*NO_PICTURES.values(), b"%PDF-1.7", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypmp42", b"ID3"]
)
def test_only_pictures_go_out_whatever_they_are_called(world: World, content: bytes) -> None:
    job = uploaded(world, content)
    make_picture(job, 1, world)
    assert media(world, job).refusal is MediaRefusal.UNSUPPORTED
    assert world.files.stored == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, MediaRefusal.NOT_UPLOADED), (JPEG + b"x" * MAX_BYTES, MediaRefusal.TOO_LARGE)],
    ids=["nothing there", "larger than was signed for"],
)
def test_what_is_not_as_it_was_announced(world: World, content: bytes | None, reason: MediaRefusal) -> None:
    job = uploaded(world, content)
    make_picture(job, 1, world)
    assert media(world, job).refusal is reason
    assert world.files.stored == {}


def test_what_the_workshop_refuses_is_not_kept(world: World) -> None:
    job = uploaded(world, JPEG)
    world.pictures.failure = MediaRefused(MediaRefusal.BROKEN)
    make_picture(job, 1, world)
    assert media(world, job).refusal is MediaRefusal.BROKEN
    assert world.files.stored == {}


def test_the_last_try_does_not_touch_the_file(world: World) -> None:
    job = uploaded(world, JPEG)
    world.pictures.failure = AssertionError("touched")
    make_picture(job, MOST_TRIES, world)
    assert media(world, job).refusal is MediaRefusal.BROKEN


def test_a_repeat_changes_nothing(world: World) -> None:
    job = uploaded(world, JPEG)
    make_picture(job, 1, world)
    before = (media(world, job), dict(world.files.stored))
    world.pictures.failure = AssertionError("made again")
    make_picture(job, 2, world)
    assert (media(world, job), dict(world.files.stored)) == before


def test_a_second_check_at_the_same_time_leaves_what_was_sent_meanwhile(world: World) -> None:
    """Else it goes after two days, out of a message that has it."""
    job = uploaded(world, JPEG)
    made_anew, sent = world.pictures.made_anew, []

    def overtaken(content: bytes, kind: str) -> Picture:
        world.pictures.made_anew = made_anew  # type: ignore[method-assign]  # as it was
        make_picture(job, 1, world)
        sent.extend(attached([job.upload_id], "", world.conversation(job.conversation_id), ADA, world))
        return made_anew(content, kind)

    world.pictures.made_anew = overtaken  # type: ignore[method-assign]  # interleaves another check
    make_picture(job, 1, world)
    assert len(sent) == 1
    assert [file.unused for file in world.files.stored.values()] == [False, False]


def test_what_could_not_be_stored_is_tried_again(world: World) -> None:
    job = uploaded(world, JPEG)
    world.files.failure = Unavailable()
    with pytest.raises(Unavailable):
        make_picture(job, 1, world)
    assert media(world, job).state is MediaState.PENDING
    world.files.failure = None
    make_picture(job, 2, world)
    assert media(world, job).state is MediaState.READY


def test_nothing_is_left_of_it_in_a_conversation_that_was_erased_meanwhile(world: World) -> None:
    job = uploaded(world, JPEG)
    kept = dict(world.files.stored)
    delete_conversation(job.conversation_id, ADA, world)
    world.fan_out()
    world.fetch()
    assert world.files.stored == {}, "the upload itself goes with the conversation"
    world.files.stored.update(kept)
    make_picture(job, 1, world)
    assert world.files.stored == {}


def test_nobody_asks_for_what_is_not_known(world: World) -> None:
    make_picture(MakePicture("nothing", "here"), 1, world)
    assert world.files.stored == {}
