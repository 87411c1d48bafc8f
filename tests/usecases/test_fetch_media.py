"""Attachments: each is fetched once, made safe or refused with a reason, and gone with its conversation (X23)."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import Media, MediaReference, MediaRefusal, MediaRefused, MediaState
from chalicelib.domain.messages import Message
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.fetch_media import MOST_TRIES, fetch_media
from chalicelib.usecases.ports import EraseMedia, FetchMedia, File, MediaUnavailable
from chalicelib.usecases.receive_message import receive_message
from tests.support.world import ADA, World

URL = "https://media.example/"
JPEG, PNG, PDF = b"\xff\xd8\xff\xe0 a photo", b"\x89PNG\r\n\x1a\n a drawing", b"%PDF-1.7 a bill"


def arrive(world: World, *contents: bytes | Exception, body: str = "Look", name: str = "") -> str:
    """A text with these attachments; the conversation."""
    conversation_id = world.talk()
    references = []
    for place, content in enumerate(contents):
        world.downloads.content[f"{URL}{place}"] = content
        references.append(MediaReference(source=f"{URL}{place}", content_type="image/jpeg", name=name))
    world.text(body, media=tuple(references))
    return conversation_id


def last(world: World, conversation_id: str) -> Message:
    return world.thread(conversation_id)[-1]


def media(world: World, conversation_id: str) -> tuple[Media, ...]:
    return last(world, conversation_id).media


def states(world: World, conversation_id: str) -> list[MediaState]:
    return [each.state for each in media(world, conversation_id)]


def test_the_message_is_there_before_its_pictures(world: World) -> None:
    conversation_id = arrive(world, JPEG, PNG)
    assert last(world, conversation_id).body == "Look"
    assert states(world, conversation_id) == [MediaState.PENDING] * 2
    assert world.downloads.asked == []


def test_pictures_are_made_anew_and_kept_with_a_small_one_each(world: World) -> None:
    conversation_id = arrive(world, JPEG, PNG)
    world.fetch()
    first, second = media(world, conversation_id)
    assert (first.state, first.content_type, first.width, first.height) == (MediaState.READY, "image/jpeg", 40, 30)
    folder = f"conversations/{conversation_id}/{first.id}/"
    assert world.files.stored[f"{folder}picture"].content == b"anew:" + JPEG
    assert world.files.stored[f"{folder}thumbnail"].content == b"small:" + JPEG
    assert first.size == len(b"anew:" + JPEG)
    assert first.source == second.source == ""
    assert len(world.files.stored) == 4


def test_other_files_are_kept_to_be_saved_only(world: World) -> None:
    conversation_id = arrive(world, PDF, name="../../My bill\r\n.exe")
    world.fetch()
    (kept,) = media(world, conversation_id)
    assert (kept.state, kept.content_type, kept.size, kept.is_picture) == (
        MediaState.READY, "application/pdf", len(PDF), False,
    )  # fmt: skip
    (stored,) = world.files.stored.values()
    assert (stored.content, stored.content_type, stored.download_as) == (PDF, "application/pdf", "My_bill.pdf")


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"<html>", b"MZ\x90", b"PK\x03\x04", b"BM" + b"0" * 60]
)
def test_kinds_that_are_not_taken_are_refused_by_their_bytes(world: World, content: bytes) -> None:
    conversation_id = arrive(world, content)
    world.fetch()
    (refused,) = media(world, conversation_id)
    assert (refused.state, refused.refusal) == (MediaState.REFUSED, MediaRefusal.UNSUPPORTED)
    assert world.files.stored == {}


def test_what_the_workshop_refuses_is_not_kept(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    world.pictures.failure = MediaRefused(MediaRefusal.BROKEN)
    world.fetch()
    assert media(world, conversation_id)[0].refusal is MediaRefusal.BROKEN
    assert world.files.stored == {}


def test_a_file_that_cannot_be_had_does_not_keep_the_others_waiting(world: World) -> None:
    conversation_id = arrive(world, MediaUnavailable(), PNG)
    with pytest.raises(MediaUnavailable):
        world.fetch()
    assert states(world, conversation_id) == [MediaState.PENDING, MediaState.READY]
    world.downloads.content[f"{URL}0"] = JPEG
    fetch_media(FetchMedia(conversation_id, last(world, conversation_id).id), 2, world)
    assert states(world, conversation_id) == [MediaState.READY] * 2
    assert world.downloads.asked.count(f"{URL}1") == 1


def test_after_many_tries_it_is_refused_unseen(world: World) -> None:
    """Whatever ended the workers before, the last one does not touch the file."""
    conversation_id = arrive(world, JPEG)
    world.fetch(MOST_TRIES)
    assert media(world, conversation_id)[0].refusal is MediaRefusal.UNREACHABLE
    assert world.downloads.asked == []


def test_a_repeat_changes_nothing_and_fetches_nothing(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    job = FetchMedia(conversation_id, last(world, conversation_id).id)
    world.fetch()
    before = (media(world, conversation_id), dict(world.files.stored))
    fetch_media(job, 2, world)
    assert (media(world, conversation_id), dict(world.files.stored)) == before
    assert len(world.downloads.asked) == 1


def test_what_could_not_be_stored_is_tried_again(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    world.files.failure = Unavailable()
    with pytest.raises(Unavailable):
        world.fetch()
    assert states(world, conversation_id) == [MediaState.PENDING]


def test_a_text_without_attachments_makes_no_job(world: World) -> None:
    world.talk()
    world.text("Hello")
    world.fan_out()
    assert world.media_queue.jobs == []


def test_each_attachment_is_asked_for_once_however_often_its_message_changes(world: World) -> None:
    conversation_id = arrive(world, JPEG, PNG)
    world.fetch()
    assert world.media_queue.jobs == []
    assert sorted(world.downloads.asked) == [f"{URL}0", f"{URL}1"]
    assert states(world, conversation_id) == [MediaState.READY] * 2


def test_a_repeated_webhook_fetches_nothing_twice(world: World) -> None:
    arrive(world)
    world.downloads.content[f"{URL}9"] = JPEG
    event = world.text("Look", media=(MediaReference(source=f"{URL}9"),))
    world.fetch()
    receive_message(event, world)
    world.fetch()
    assert world.downloads.asked == [f"{URL}9"]


def test_files_go_with_the_conversation(world: World) -> None:
    conversation_id, kept = arrive(world, JPEG, PNG, PDF), "conversations/other/m-0/picture"
    world.fetch()
    world.files.stored[kept] = next(iter(world.files.stored.values()))
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    assert world.media_queue.jobs == [EraseMedia(conversation_id)]
    world.fetch()
    assert set(world.files.stored) == {kept}


def test_what_a_worker_stored_for_a_message_that_is_gone_goes_too(world: World) -> None:
    """Deleted while its picture was on the way, and erased before that was stored."""
    conversation_id = arrive(world, JPEG)
    message = last(world, conversation_id)
    world.fan_out()
    delete_conversation(conversation_id, ADA, world)
    (fetch,) = world.media_queue.take()
    world.fetch()
    world.files.put(
        f"conversations/{conversation_id}/{message.id}-0/picture", File(content=b"x", content_type="image/jpeg")
    )
    fetch_media(fetch, 2, world)
    assert world.files.stored == {}


def test_a_picture_without_words_shows_in_the_list(world: World) -> None:
    conversation_id = arrive(world, JPEG, body="")
    assert world.conversation(conversation_id).last_preview == "[Picture]"


def test_the_answer_to_a_keyword_has_no_attachment(world: World) -> None:
    conversation_id = arrive(world, JPEG, body="STOP")
    received, answer = world.thread(conversation_id)[-2:]
    assert (len(received.media), answer.media) == (1, ())
