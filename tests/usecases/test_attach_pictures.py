"""Pictures go out with a message once they are ready, from whoever uploaded them, and stay with it (N20)."""

import pytest

from chalicelib.domain.errors import IdempotencyConflict, InvalidInput, PictureMissing, PictureNotReady, TooManyPictures
from chalicelib.domain.media import MediaState
from chalicelib.domain.messages import FailureReason, Message
from chalicelib.domain.uploads import LIFETIME
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.release_held import release_held
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.upload_picture import offer_upload
from tests.support.world import ADA, HOUR, MIA, World


def test_the_message_has_them_in_their_order(world: World) -> None:
    conversation_id = world.talk()
    ids = [world.upload(conversation_id), world.upload(conversation_id)]
    message = world.send(conversation_id, "Look", pictures=(ids[1], ids[0]))
    assert [each.id for each in world.message(message).media] == [ids[1], ids[0]]
    assert {each.state for each in message.media} == {MediaState.READY}
    assert not any(file.unused for file in world.files.stored.values())
    assert len(world.files.stored) == 4


def test_a_picture_needs_no_words(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, "", pictures=(world.upload(conversation_id),))
    assert world.conversation(conversation_id).last_preview == "[Picture]"


def test_a_text_without_pictures_costs_what_it_did(world: World) -> None:
    conversation_id = world.talk()
    before = world.table.requests
    world.send(conversation_id)
    assert world.table.requests - before == 2


def test_nothing_at_all_is_no_message(world: World) -> None:
    with pytest.raises(InvalidInput):
        world.send(world.talk(), "  ")


def test_what_is_not_ready_is_refused_and_nothing_is_said(world: World) -> None:
    conversation_id = world.talk()
    offer = offer_upload(world.conversation(conversation_id), ADA, 10, world)
    said = world.bodies(conversation_id)
    with pytest.raises(PictureNotReady):
        world.send(conversation_id, "Look", pictures=(offer.upload.id,))
    refused = world.upload(conversation_id, b"<svg/>")
    with pytest.raises(PictureMissing):
        world.send(conversation_id, "Look", pictures=(refused,))
    assert world.bodies(conversation_id) == said


def test_others_pictures_are_none(world: World) -> None:
    conversation_id = world.talk()
    for owner in (MIA, f"chat.{ADA}"):
        theirs = world.upload(conversation_id, owner=owner)
        with pytest.raises(PictureMissing):
            world.send(conversation_id, "Look", pictures=(theirs,))
    assert all(file.unused for file in world.files.stored.values())


def test_yesterdays_picture_is_gone(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    world.clock.advance(LIFETIME)
    with pytest.raises(PictureMissing):
        world.send(conversation_id, "Look", pictures=(picture,))


def test_a_picture_whose_files_are_gone_is_not_sent(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    world.files.stored.clear()
    with pytest.raises(PictureMissing):
        world.send(conversation_id, "Look", pictures=(picture,))


def test_no_more_than_one_message_carries(world: World) -> None:
    conversation_id = world.talk()
    ids = tuple(world.upload(conversation_id) for _ in range(6))
    with pytest.raises(TooManyPictures):
        world.send(conversation_id, "Look", pictures=ids)
    world.send(conversation_id, "Look", pictures=ids[:5])


def test_the_same_request_again_is_the_same_message_also_after_the_pictures_time(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    first = world.send(conversation_id, "Look", pictures=(picture,), idempotency_key="key-1")
    assert world.send(conversation_id, "Look", pictures=(picture,), idempotency_key="key-1") == first
    world.clock.advance(LIFETIME)
    assert world.send(conversation_id, "Look", pictures=(picture,), idempotency_key="key-1") == first


def test_the_same_key_with_other_pictures_is_a_conflict(world: World) -> None:
    conversation_id = world.talk()
    one, two = world.upload(conversation_id), world.upload(conversation_id)
    world.send(conversation_id, "Look", pictures=(one,), idempotency_key="key-1")
    for pictures in ((two,), (), (one, two)):
        with pytest.raises(IdempotencyConflict):
            world.send(conversation_id, "Look", pictures=pictures, idempotency_key="key-1")


def test_sent_again_it_has_the_same_pictures(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
    message = world.send(conversation_id, "Look", pictures=(picture,))
    world.deliver()
    retry_message(conversation_id, message.id, ADA, world)
    world.deliver()
    (sent,) = [text for text in world.channel.sent if text.body == "Look"]
    assert [picture in each.url for each in sent.pictures] == [True]


def test_a_text_that_waits_keeps_its_pictures(world: World) -> None:
    conversation_id = world.talk()
    picture = world.upload(conversation_id)
    held = world.hold(conversation_id, world.clock.now() + HOUR, "Later", pictures=(picture,))
    assert [each.id for each in held.media] == [picture]
    world.clock.advance(3 * LIFETIME)
    release_held(world.clock.now(), world.clock.now() + HOUR, world)
    message: Message = world.thread(conversation_id)[-1]
    assert (message.body, [each.id for each in message.media]) == ("Later", [picture])


def test_they_go_with_the_conversation(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, "Look", pictures=(world.upload(conversation_id),))
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    world.fetch()
    assert world.files.stored == {}
