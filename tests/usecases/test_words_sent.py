"""What is counted is what a provider is given: with links that are not in the stored text."""

from chalicelib.usecases.words_sent import words_sent
from tests.support.world import World


def test_ordinary_words_go_out_as_they_are(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    assert words_sent(message, world.channel, world) == "Hello"


def test_the_link_of_an_invitation_is_in_them(world: World) -> None:
    world.start_chat()
    invitation = max(world.table.messages.values(), key=lambda message: message.id)
    assert words_sent(invitation, world.channel, world) == world.channel.sent[-1].body


def test_so_is_the_link_to_pictures_where_the_channel_carries_none(world: World) -> None:
    talk = world.talk()
    message = world.send(talk, "Look", pictures=(world.upload(talk),))
    world.deliver()
    assert words_sent(message, world.channel, world) == world.channel.sent[-1].body
