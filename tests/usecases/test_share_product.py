"""A product goes out as a card that is complete in words, with its picture where there is one (N18, H9, H21)."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import (
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
    PictureMissing,
    ProductGone,
    Unavailable,
)
from chalicelib.domain.held import Held
from chalicelib.domain.media import MediaRefusal, MediaState
from chalicelib.domain.messages import BODY_LIMIT, Message, MessageStatus
from chalicelib.domain.products import Product, ProductState
from chalicelib.usecases.change_held import ChangeHeld, change_held
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.make_picture import MOST_TRIES
from chalicelib.usecases.ports import MediaUnavailable
from chalicelib.usecases.release_held import release_held
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_message import SendCommand, send_message
from chalicelib.usecases.share_product import Offer, offer_product
from chalicelib.usecases.upload_picture import show_upload
from tests.support.products import PICTURE, product
from tests.support.world import ADA, HOUR, OTHER_MERCHANT, OTHER_SHOP, World

JPEG = b"\xff\xd8\xff boots"


def text_of_card(world: World) -> str:
    """With the link that was made for it."""
    [link] = world.table.product_links.values()
    return f"Harbor Boots\n$129.00 - $149.00\n{link.target}"


def sell(world: World, **fields: Any) -> Product:
    made = product(**fields)
    world.table.products[made.id] = made
    return made


def talk(world: World) -> str:
    world.text("Do you have boots?")
    return world.conversation_of().id


def offer(world: World, conversation_id: str, product_id: str) -> Offer:
    """With its picture made, as far as it can be."""
    world.downloads.content.setdefault(PICTURE, JPEG)
    offered = offer_product(conversation_id, product_id, ADA, world)
    world.fetch()
    return offered


def command(conversation_id: str, product_id: str, **fields: Any) -> SendCommand:
    given: dict[str, Any] = {"body": "", "idempotency_key": "key-1", **fields}
    return SendCommand(conversation_id=conversation_id, associate_id=ADA, product_id=product_id, **given)


def share(world: World, **fields: Any) -> Message | Held:
    conversation_id, boots = talk(world), sell(world)
    offered = offer(world, conversation_id, boots.id)
    assert offered.picture is not None
    picture_id = offered.picture.media.id
    return send_message(command(conversation_id, boots.id, pictures=(picture_id,), **fields), world)


def test_its_picture_is_made_anew_as_any_other(world: World) -> None:
    conversation_id, boots = talk(world), sell(world)
    offered = offer(world, conversation_id, boots.id)
    assert offered.product == boots
    assert offered.picture is not None
    shown = show_upload(world.conversation_of(), ADA, offered.picture.media.id, world)
    assert (shown.media.state, shown.media.product_id) == (MediaState.READY, boots.id)
    assert world.downloads.asked == [PICTURE]
    assert {origin.prefix for origin in world.downloads.origins} == {
        "https://cdn.shopify.com/",
        "https://pine.myshopify.com/cdn/",
    }


def test_the_card_goes_out_whole(world: World) -> None:
    sent = share(world, body="These? ")
    assert isinstance(sent, Message)
    assert sent.body == f"These?\n{text_of_card(world)}"
    assert sent.card is not None
    assert (sent.card.product_id, sent.card.picture_id) == (product().id, sent.media[0].id)
    world.deliver()
    [text] = world.channel.sent
    assert text.body == sent.body
    assert len(text.pictures) == 1


def test_a_channel_without_pictures_gets_one_link_and_not_two(world: World) -> None:
    world.channel.carries_pictures = False
    share(world)
    world.deliver()
    assert [text.body for text in world.channel.sent] == [text_of_card(world)]


def test_other_pictures_beside_it_still_get_their_link(world: World) -> None:
    world.channel.carries_pictures = False
    conversation_id, boots = talk(world), sell(world)
    offered, other = offer(world, conversation_id, boots.id), world.upload(conversation_id)
    assert offered.picture is not None
    pictures = (offered.picture.media.id, other)
    send_message(command(conversation_id, boots.id, pictures=pictures), world)
    world.deliver()
    assert "https://talk.example.test/pictures" in world.channel.sent[0].body


def test_a_product_without_a_picture_needs_none(world: World) -> None:
    conversation_id, boots = talk(world), sell(world, picture="")
    assert offer_product(conversation_id, boots.id, ADA, world).picture is None
    assert world.media_queue.jobs == []
    sent = send_message(command(conversation_id, boots.id), world)
    assert (sent.body, sent.media) == (text_of_card(world), ())


def test_a_picture_that_cannot_be_had_is_said_to_be_so(world: World) -> None:
    world.downloads.content[PICTURE] = MediaUnavailable()
    with pytest.raises(MediaUnavailable):
        offer(world, talk(world), sell(world).id)
    conversation_id, boots = talk(world), sell(world)
    offered = offer_product(conversation_id, boots.id, ADA, world)
    assert offered.picture is not None
    world.fetch(MOST_TRIES)
    shown = show_upload(world.conversation_of(), ADA, offered.picture.media.id, world)
    assert shown.media.refusal is MediaRefusal.UNREACHABLE
    with pytest.raises(PictureMissing):
        send_message(command(conversation_id, boots.id, pictures=(offered.picture.media.id,)), world)
    assert send_message(command(conversation_id, boots.id), world).body == text_of_card(world)


@pytest.mark.parametrize("state", [ProductState.HIDDEN, ProductState.DELETED])
def test_one_that_went_between_picking_and_sending_is_not_sent(world: World, state: ProductState) -> None:
    conversation_id, boots = talk(world), sell(world)
    sell(world, state=state)
    with pytest.raises(ProductGone):
        send_message(command(conversation_id, boots.id), world)
    with pytest.raises(ProductGone):
        offer_product(conversation_id, boots.id, ADA, world)


def test_what_was_accepted_before_it_went_keeps_its_answer(world: World) -> None:
    conversation_id, boots = talk(world), sell(world)
    sent = send_message(command(conversation_id, boots.id), world)
    sell(world, state=ProductState.DELETED)
    assert send_message(command(conversation_id, boots.id), world) == sent
    with pytest.raises(IdempotencyConflict):
        send_message(command(conversation_id, boots.id, body="Other words"), world)


def test_the_same_request_after_a_new_price_is_the_same_message(world: World) -> None:
    conversation_id, boots = talk(world), sell(world)
    sent = send_message(command(conversation_id, boots.id), world)
    sell(world, price_from=1, price_to=1)
    assert send_message(command(conversation_id, boots.id), world) == sent


def test_another_merchants_product_does_not_exist(world: World) -> None:
    foreign = product("1", OTHER_SHOP, merchant_id=OTHER_MERCHANT)
    world.table.products[foreign.id] = foreign
    conversation_id = talk(world)
    with pytest.raises(NotFound):
        offer_product(conversation_id, foreign.id, ADA, world)
    with pytest.raises(ProductGone):
        send_message(command(conversation_id, foreign.id), world)


def test_words_and_card_are_one_text_and_as_long_as_one(world: World) -> None:
    conversation_id, boots = talk(world), sell(world)
    with pytest.raises(InvalidInput):
        send_message(command(conversation_id, boots.id, body="x" * (BODY_LIMIT - 10)), world)


def test_nothing_is_offered_in_what_has_ended(world: World) -> None:
    conversation_id, boots = talk(world), sell(world)
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        offer_product(conversation_id, boots.id, ADA, world)


def test_a_held_card_goes_out_as_it_was_written(world: World) -> None:
    held = share(world, body="Tomorrow", send_at=world.clock.now() + HOUR)
    assert isinstance(held, Held)
    changed = change_held(
        ChangeHeld(
            conversation_id=held.conversation_id,
            held_id=held.id,
            associate_id=ADA,
            body="Now then",
            send_at=held.release_at,
        ),
        world,
    )
    assert (changed.words, changed.body) == ("Now then", f"Now then\n{text_of_card(world)}")
    sell(world, state=ProductState.DELETED)
    world.clock.advance(2 * HOUR)
    release_held(world.clock.now(), world.clock.now() + HOUR, world)
    world.deliver()
    assert [text.body for text in world.channel.sent] == [f"Now then\n{text_of_card(world)}"]


def test_a_retry_sends_the_same_card(world: World) -> None:
    sent = share(world)
    assert isinstance(sent, Message)
    key = (sent.conversation_id, sent.id)
    world.table.messages[key] = replace(sent, status=MessageStatus.FAILED)
    sell(world, title="Other", updated_at=2**42)
    assert retry_message(*key, ADA, world).card == sent.card


def test_what_was_shared_last_is_at_hand(world: World) -> None:
    share(world)
    assert world.table.shelves[ADA].recent == (product().id,)


def test_a_shelf_that_cannot_be_written_holds_nothing_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(world.shelves, "find", fail)
    assert isinstance(share(world), Message)
