"""Addresses of attachments: for who may see the conversation, of what is ready, and for some minutes (X23)."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.usecases.show_media import LIFETIME, show_media
from tests.support.world import ADA, ZOE, World
from tests.usecases.test_fetch_media import JPEG, PDF, arrive, last


def test_a_picture_has_two_addresses(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    world.fetch()
    message = last(world, conversation_id)
    links = show_media(conversation_id, message.id, message.media[0].id, ADA, world)
    folder = f"https://files.example.test/conversations/{conversation_id}/{message.media[0].id}"
    assert links.url == f"{folder}/picture?lifetime={LIFETIME}"
    assert links.thumbnail_url == f"{folder}/thumbnail?lifetime={LIFETIME}"
    assert links.expires_at == world.clock.now() + LIFETIME


def test_a_file_to_save_has_one(world: World) -> None:
    conversation_id = arrive(world, PDF)
    world.fetch()
    message = last(world, conversation_id)
    links = show_media(conversation_id, message.id, message.media[0].id, ADA, world)
    assert "/file?" in links.url
    assert links.thumbnail_url is None


@pytest.mark.parametrize("content", [JPEG, b"no picture"], ids=["pending", "refused"])
def test_what_is_not_ready_has_none(world: World, content: bytes) -> None:
    conversation_id = arrive(world, content)
    if content != JPEG:
        world.fetch()
    message = last(world, conversation_id)
    with pytest.raises(NotFound):
        show_media(conversation_id, message.id, message.media[0].id, ADA, world)


@pytest.mark.parametrize(("message_id", "media_id"), [("", "-1"), ("X", "-0"), ("", "X")])
def test_what_is_not_there_has_none(world: World, message_id: str, media_id: str) -> None:
    conversation_id = arrive(world, JPEG)
    world.fetch()
    message = last(world, conversation_id)
    with pytest.raises(NotFound):
        show_media(conversation_id, message_id or message.id, message.id + media_id, ADA, world)


def test_for_another_merchants_associate_it_does_not_exist(world: World) -> None:
    conversation_id = arrive(world, JPEG)
    world.fetch()
    message = last(world, conversation_id)
    with pytest.raises(NotFound):
        show_media(conversation_id, message.id, message.media[0].id, ZOE, world)
