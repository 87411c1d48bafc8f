"""A picture is uploaded to an address made for it, checked, and shown to whoever uploaded it and nobody else (N20)."""

import pytest

from chalicelib.domain.errors import ConversationEnded, InvalidInput, NotFound
from chalicelib.domain.media import MediaState
from chalicelib.domain.uploads import LARGEST_UPLOAD, LIFETIME
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import MakePicture
from chalicelib.usecases.upload_picture import PUT_WITHIN, check_upload, offer_upload, show_upload
from tests.support.world import ADA, BOB, World


def test_the_address_is_for_one_file_of_this_size(world: World) -> None:
    conversation = world.conversation(world.talk())
    offer = offer_upload(conversation, ADA, 1234, world)
    key = f"uploads/{conversation.id}/{ADA}/{offer.upload.id}"
    assert offer.url == f"https://files.example.test/{key}?put=1234&lifetime={PUT_WITHIN}"
    assert offer.expires_at == world.clock.now() + PUT_WITHIN
    assert show_upload(conversation, ADA, offer.upload.id, world).media.state is MediaState.PENDING
    assert world.media_queue.jobs == []


def test_each_offer_is_another_picture(world: World) -> None:
    conversation = world.conversation(world.talk())
    assert offer_upload(conversation, ADA, 10, world).upload.id != offer_upload(conversation, ADA, 10, world).upload.id


@pytest.mark.parametrize("size", [0, LARGEST_UPLOAD + 1])
def test_no_address_for_what_would_be_refused(world: World, size: int) -> None:
    with pytest.raises(InvalidInput):
        offer_upload(world.conversation(world.talk()), ADA, size, world)
    assert world.table.uploads == {}


def test_nor_where_nothing_can_be_sent(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        offer_upload(world.conversation(conversation_id), ADA, 10, world)


def test_once_it_is_there_it_is_checked_and_shown_small(world: World) -> None:
    conversation = world.conversation(world.talk())
    upload_id = world.upload(conversation.id)
    shown = show_upload(conversation, ADA, upload_id, world)
    assert (shown.media.state, shown.media.width, shown.media.height) == (MediaState.READY, 40, 30)
    assert shown.thumbnail_url is not None
    assert f"/conversations/{conversation.id}/{upload_id}/thumbnail?" in shown.thumbnail_url


def test_asking_again_has_it_checked_again_only_while_it_is_not(world: World) -> None:
    conversation = world.conversation(world.talk())
    offer = offer_upload(conversation, ADA, 10, world)
    for _ in range(2):
        check_upload(conversation, ADA, offer.upload.id, world)
    assert world.media_queue.take() == [MakePicture(conversation.id, offer.upload.id)] * 2
    ready = world.upload(conversation.id)
    check_upload(conversation, ADA, ready, world)
    assert world.media_queue.jobs == []


def test_for_others_and_elsewhere_it_does_not_exist(world: World) -> None:
    mine = world.conversation(world.talk())
    upload_id = world.upload(mine.id)
    other = world.conversation(world.start(world.order(external_id="2", number="#2")))
    for conversation, owner, asked in (
        (mine, BOB, upload_id),
        (mine, f"chat.{ADA}", upload_id),
        (other, ADA, upload_id),
        (mine, ADA, "another"),
    ):
        for ask in (show_upload, check_upload):
            if conversation is other and other.id == mine.id:
                continue
            with pytest.raises(NotFound):
                ask(conversation, owner, asked, world)


def test_after_a_day_it_is_gone(world: World) -> None:
    conversation = world.conversation(world.talk())
    upload_id = world.upload(conversation.id)
    world.clock.advance(LIFETIME - 1)
    show_upload(conversation, ADA, upload_id, world)
    world.clock.advance(1)
    with pytest.raises(NotFound):
        show_upload(conversation, ADA, upload_id, world)
