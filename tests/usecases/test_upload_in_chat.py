"""A customer's pictures: uploaded for one link, made anew, sent as their message, and not without bounds (X23)."""

from contextlib import suppress

import pytest

from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.errors import (
    ChatUnavailable,
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    PictureMissing,
    PictureNotReady,
    TooManyAttempts,
    TooManyPictures,
)
from chalicelib.domain.media import MediaRefusal, MediaState
from chalicelib.domain.messages import Direction
from chalicelib.domain.uploads import LARGEST_UPLOAD, LIFETIME, Upload, owned_by_link
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.read_chat import show_chat, show_picture
from chalicelib.usecases.renew_chat_link import renew_chat_link
from chalicelib.usecases.show_media import show_media
from chalicelib.usecases.upload_in_chat import MOST_OFFERED, SPAN, check_in_chat, offer_in_chat, show_in_chat
from chalicelib.usecases.upload_picture import MOST_CHECKED
from tests.support.world import ADA, World


@pytest.fixture
def link(world: World) -> ChatLink:
    return world.open_chat(world.start_chat())


def uploaded(world: World, link: ChatLink, content: bytes = b"\xff\xd8\xff a photo") -> str:
    return world.upload(link.conversation_id, content, owner=owned_by_link(link.id))


def test_it_is_shown_on_both_sides(world: World, link: ChatLink) -> None:
    picture = uploaded(world, link)
    message = world.write(link, "", pictures=(picture,))
    assert (message.direction, message.body, [each.id for each in message.media]) == (Direction.INBOUND, "", [picture])
    conversation = world.conversation(link.conversation_id)
    assert (conversation.unread, conversation.last_preview) == (1, "[Picture]")
    folder = f"conversations/{link.conversation_id}/{picture}/"
    assert show_media(link.conversation_id, message.id, picture, ADA, world).url.startswith(
        f"https://files.example.test/{folder}picture"
    )
    assert folder in show_picture(link, message.id, picture, world).url
    assert show_chat(link, None, world).messages[-1].media == message.media
    assert not world.files.stored[f"{folder}picture"].unused
    world.fan_out()
    assert world.media_queue.jobs == []


def test_before_that_only_its_uploader_sees_how_far_it_is(world: World, link: ChatLink) -> None:
    offer = offer_in_chat(link, 1234, world)
    assert f"uploads/{link.conversation_id}/chat.{link.id}/{offer.upload.id}?put=1234" in offer.url
    assert check_in_chat(link, offer.upload.id, world).media.state is MediaState.PENDING
    with pytest.raises(PictureNotReady):
        world.write(link, pictures=(offer.upload.id,))
    world.fetch()
    assert show_in_chat(link, offer.upload.id, world).media.refusal is MediaRefusal.NOT_UPLOADED
    with pytest.raises(PictureMissing):
        world.write(link, pictures=(offer.upload.id,))


def test_what_is_hostile_is_refused_before_it_is_sent(world: World, link: ChatLink) -> None:
    hostile = uploaded(world, link, b"<svg onload=alert(1)>")
    assert show_in_chat(link, hostile, world).media.refusal is MediaRefusal.UNSUPPORTED
    with pytest.raises(PictureMissing):
        world.write(link, pictures=(hostile,))


def test_nobody_elses_picture_can_be_seen_or_sent(world: World, link: ChatLink) -> None:
    associates = world.upload(link.conversation_id)
    other = world.open_chat(world.start_chat(world.order(external_id="2", number="#2")))
    for foreign in (associates, "no-such-picture"):
        with pytest.raises(ChatUnavailable):
            show_in_chat(link, foreign, world)
        with pytest.raises(ChatUnavailable):
            check_in_chat(link, foreign, world)
        with pytest.raises(PictureMissing):
            world.write(link, pictures=(foreign,))
    if other.id != link.id:
        with pytest.raises(ChatUnavailable):
            show_in_chat(other, uploaded(world, link), world)


def test_at_most_five_in_a_message_each_once_and_never_nothing(world: World, link: ChatLink) -> None:
    pictures = tuple(uploaded(world, link) for _ in range(6))
    with pytest.raises(TooManyPictures):
        world.write(link, pictures=pictures)
    with pytest.raises(InvalidInput):
        world.write(link, pictures=pictures[:1] * 2)
    with pytest.raises(InvalidInput):
        world.write(link, " ")
    assert len(world.write(link, pictures=pictures[:5]).media) == 5


def test_a_repeat_is_one_message_also_when_the_upload_is_over(world: World, link: ChatLink) -> None:
    pictures = (uploaded(world, link), uploaded(world, link))
    one = world.write(link, "Look", "key-12345678", pictures[:1])
    world.clock.advance(LIFETIME)
    assert world.write(link, "Look", "key-12345678", pictures[:1]) == one
    with pytest.raises(IdempotencyConflict):
        world.write(link, "Look", "key-12345678", pictures[1:])
    with pytest.raises(PictureMissing):
        world.write(link, "Look", pictures=pictures[1:])
    assert world.conversation(link.conversation_id).unread == 1


def test_one_link_uploads_no_more_than_a_person_would(world: World, link: ChatLink) -> None:
    for _ in range(MOST_OFFERED):
        offer_in_chat(link, 10, world)
    with pytest.raises(TooManyAttempts):
        offer_in_chat(link, 10, world)
    world.clock.advance(SPAN)
    offer_in_chat(link, 10, world)


def test_nor_do_many_at_once(world: World, link: ChatLink, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser sends a hundred at once: each is let in before the one before has made its upload."""
    add, waiting, offered = world.uploads.add, list(range(100)), []

    def interleaved(upload: Upload) -> None:
        while waiting:
            waiting.pop()
            with suppress(TooManyAttempts):
                offered.append(offer_in_chat(link, 10, world))
        add(upload)

    monkeypatch.setattr(world.uploads, "add", interleaved)
    offer_in_chat(link, 10, world)
    assert len(offered) + 1 == MOST_OFFERED == len(world.table.uploads)


def test_asked_a_thousand_times_one_upload_is_checked_a_few(world: World, link: ChatLink) -> None:
    upload = offer_in_chat(link, 10, world).upload.id
    for _ in range(1000):
        assert check_in_chat(link, upload, world).media.state is MediaState.PENDING
    assert len(world.media_queue.jobs) == MOST_CHECKED


@pytest.mark.parametrize("size", [0, LARGEST_UPLOAD + 1])
def test_no_address_for_what_would_be_refused(world: World, link: ChatLink, size: int) -> None:
    with pytest.raises(InvalidInput):
        offer_in_chat(link, size, world)
    assert world.table.uploads == {}


def test_after_the_end_none_is_taken(world: World, link: ChatLink) -> None:
    picture = uploaded(world, link)
    close_conversation(link.conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        offer_in_chat(link, 10, world)
    with pytest.raises(ConversationEnded):
        world.write(link, pictures=(picture,))


def test_a_link_that_opens_nothing_uploads_nothing(world: World, link: ChatLink) -> None:
    picture = uploaded(world, link)
    world.clock.advance(1)
    renew_chat_link(link.conversation_id, ADA, "key-renew-01", world)
    for act in (offer_in_chat, check_in_chat, show_in_chat):
        with pytest.raises(ChatUnavailable):
            act(link, 10 if act is offer_in_chat else picture, world)  # type: ignore[operator]  # one of either kind


def test_uploads_go_with_the_conversation(world: World, link: ChatLink) -> None:
    world.write(link, pictures=(uploaded(world, link),))
    offer = offer_in_chat(link, 10, world)
    delete_conversation(link.conversation_id, ADA, world)
    world.fetch()
    assert [key for key in world.files.stored if link.conversation_id in key] == []
    assert offer.upload.id
