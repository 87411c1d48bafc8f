"""Pictures leave in the message where its channel carries them, else behind a link that ends with it (N5, N19)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.errors import ChatUnavailable, Unavailable
from chalicelib.domain.messages import Message
from chalicelib.domain.products import Card
from chalicelib.signing import SignedReferences
from chalicelib.usecases.address_mail import outgoing_mail
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.ports import OutgoingText, SendError
from chalicelib.usecases.send_pictures import LARGEST_MAIL, PROVIDER_LIFETIME, open_page, with_pictures
from tests.support.world import ADA, DAY, World


@pytest.fixture(autouse=True)
def _signed(world: World) -> None:
    world.references = SignedReferences(lambda: "k" * 43)  # type: ignore[assignment]  # with memory no link repeats


def sent(world: World, body: str = "Look") -> tuple[Message, OutgoingText]:
    conversation_id = world.talk()
    message = world.send(conversation_id, body, pictures=(world.upload(conversation_id),))
    world.deliver()
    return message, world.channel.sent[-1]


def token_in(text: OutgoingText) -> str:
    line, _, token = text.body.splitlines()[-1].partition("#")
    assert line == "https://talk.example.test/pictures"
    return token


def test_the_provider_gets_an_address_of_the_picture_alone_that_ends(world: World) -> None:
    message, text = sent(world)
    (picture,) = text.pictures
    key = f"conversations/{message.conversation_id}/{message.media[0].id}/picture"
    assert picture.url == f"https://files.example.test/{key}?lifetime={PROVIDER_LIFETIME}"
    assert (text.body, picture.content_type) == ("Look", "image/jpeg")


def test_where_the_channel_carries_none_the_text_carries_a_link(world: World) -> None:
    world.channel.carries_pictures = False
    message, text = sent(world)
    assert text.pictures == ()
    assert text.body.startswith("Look\nhttps://talk.example.test/pictures#")
    page = open_page(token_in(text), world)
    (picture,) = page.pictures
    assert (page.store, picture.media) == ("Pine Street Shoes", message.media[0])
    assert "/picture?" in picture.url
    assert "/thumbnail?" in picture.thumbnail_url


def test_a_picture_alone_is_a_link_alone(world: World) -> None:
    world.channel.carries_pictures = False
    _, text = sent(world, "")
    assert text.body.startswith("https://")


def test_each_attempt_has_the_same_link(world: World) -> None:
    world.channel.carries_pictures = False
    message, first = sent(world)
    world.clock.advance(60_000)
    again = with_pictures(replace(first, body="Look"), message, world.channel, world)  # type: ignore[arg-type]  # it sends
    assert again.body == first.body


def test_the_page_ends_with_the_conversation_and_with_time(world: World) -> None:
    world.channel.carries_pictures = False
    message, text = sent(world)
    token = token_in(text)
    world.clock.advance(119 * DAY)
    open_page(token, world)
    world.clock.advance(message.expires_at - world.clock.now())
    with pytest.raises(ChatUnavailable):
        open_page(token, world)


def test_nothing_is_shown_of_a_deleted_conversation(world: World) -> None:
    world.channel.carries_pictures = False
    message, text = sent(world)
    delete_conversation(message.conversation_id, ADA, world)
    with pytest.raises(ChatUnavailable):
        open_page(token_in(text), world)


def test_guessed_and_foreign_tokens_open_nothing(world: World) -> None:
    message, _ = sent(world)
    value, now = [message.conversation_id, message.id], world.clock.now()
    for token in (
        "",
        "x" * 100,
        world.references.sign("delivery.twilio", value, now=now),
        world.references.sign("pictures", [*value, "more"], now=now),
        world.references.sign("pictures", [message.conversation_id, "nothing"], now=now),
        world.references.sign("pictures", "text", now=now),
    ):
        with pytest.raises(ChatUnavailable):
            open_page(token, world)


def test_a_customers_own_picture_has_no_page(world: World) -> None:
    world.talk()
    event = world.text("Hello")
    conversation = world.conversation_of(number=event.recipient)
    token = world.references.sign("pictures", [conversation.id, conversation.last_message_id], now=world.clock.now())
    with pytest.raises(ChatUnavailable):
        open_page(token, world)


def by_mail(world: World, message: Message) -> OutgoingText:
    text = OutgoingText(
        sender=message.proxy, recipient=message.customer_address, body="Look", callback_url="", channel=Channel.EMAIL
    )
    return with_pictures(text, message, world.channel, world)  # type: ignore[arg-type]  # it sends


def test_a_mail_carries_the_pictures_themselves(world: World) -> None:
    message, _ = sent(world)
    text = by_mail(world, message)
    assert [(each.content, each.url) for each in text.pictures] == [(b"anew:\xff\xd8\xff a photo", "")]


def test_a_products_picture_is_marked_as_the_cards(world: World) -> None:
    message, _ = sent(world)
    card = Card(product_id="p", title="Boots", price="", url="", picture_id=message.media[0].id)
    assert [each.of_card for each in by_mail(world, replace(message, card=card)).pictures] == [True]
    assert [each.of_card for each in by_mail(world, message).pictures] == [False]
    assert outgoing_mail(replace(message, card=card), "reference", world).card == card


def test_what_is_too_large_for_a_mail_stands_behind_a_link(world: World) -> None:
    message, _ = sent(world)
    large = replace(message, media=(replace(message.media[0], size=LARGEST_MAIL + 1),))
    text = by_mail(world, large)
    assert text.pictures == ()
    assert token_in(text)


def test_while_the_bucket_is_out_of_reach_the_mail_waits(world: World) -> None:
    message, _ = sent(world)
    world.files.failure = Unavailable()
    with pytest.raises(SendError) as later:
        by_mail(world, message)
    assert later.value.retryable
    world.files.failure = None
    world.files.stored.clear()
    with pytest.raises(SendError) as never:
        by_mail(world, message)
    assert not never.value.retryable
