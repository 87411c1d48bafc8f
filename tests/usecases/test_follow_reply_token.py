"""Edge case 12: the token in the mailbox decides over the address that a mail comes from, if it is ours and good."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME
from chalicelib.domain.reply_tokens import joined
from tests.support.mail import (
    CARLAS_MAIL,
    DEANS_MAIL,
    FOREIGN_MAILBOX,
    SEATTLE_MAILBOX,
    TACOMA_MAILBOX,
    mail_world,
    receive,
    written,
)
from tests.support.world import DAY, World
from tests.usecases.test_receive_mail import last, talk, token_of


@pytest.fixture
def world() -> World:
    return mail_world()


def test_the_token_decides_over_the_address_and_the_difference_is_shown(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    receive(world, written("From my phone", sender=f"C <{DEANS_MAIL}>"), token_of(world, conversation))
    message = world.thread(conversation.id)[-1]
    assert message.mail is not None
    assert (message.body, message.mail.other_sender) == ("From my phone", DEANS_MAIL)
    assert len(world.table.conversations) == 1
    assert len(world.table.customers) == 1, "nobody is merged, nobody is made"
    assert world.conversation(conversation.id).customer_address == CARLAS_MAIL


def test_a_token_from_the_customers_own_address_shows_nothing_special(world: World) -> None:
    receive(world, written())
    receive(world, written("Again"), token_of(world, talk(world)))
    message = last(world)
    assert message.mail is not None
    assert (message.body, message.mail.other_sender) == ("Again", "")


def test_tokens_survive_capitals(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    receive(world, written("Loud", sender=DEANS_MAIL), token_of(world, conversation).upper())
    assert world.bodies(conversation.id)[-1] == "Loud"


@pytest.mark.parametrize("what", ["forged", "foreign mailbox", "other merchant", "too old", "cut", "gone"])
def test_a_token_that_does_not_count_leaves_a_mail_without_one(world: World, what: str) -> None:
    receive(world, written())
    conversation = talk(world)
    named, to = token_of(world, conversation), SEATTLE_MAILBOX
    if what == "forged":
        flipped = "a" if named[len("seattle+") + 40] != "a" else "b"
        named = Address(named[: len("seattle+") + 40] + flipped + named[len("seattle+") + 41 :])
    elif what == "cut":
        named = Address(named.replace("@", "", 1)[:20] + named[named.index("@") :])
    elif what == "foreign mailbox":
        named, to = Address(named.replace("seattle+", "tacoma+")), TACOMA_MAILBOX
    elif what == "other merchant":
        named, to = joined(FOREIGN_MAILBOX, named.partition("+")[2].partition("@")[0]), FOREIGN_MAILBOX
    elif what == "too old":
        world.clock.advance(181 * DAY)
    else:
        del world.table.conversations[conversation.id]
    receive(world, written("Hello", sender=f"Dean <{DEANS_MAIL}>"), named)
    mine = talk(world, DEANS_MAIL, to)
    assert mine.id != conversation.id
    assert world.bodies(mine.id) == ["Hello"]
    assert "Hello" not in world.bodies(conversation.id)


def test_a_token_of_an_ended_conversation_leads_to_its_end_and_after_the_cool_down_nowhere(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    named = token_of(world, conversation)
    world.clock.advance(LIFETIME)
    receive(world, written("Too late", sender=DEANS_MAIL), named)
    assert world.bodies(conversation.id)[-1] != "Too late", "expired: told whom to call, or recorded"
    assert len(world.table.conversations) == 1
    world.clock.advance(COOL_DOWN)
    receive(world, written("Much later", sender=DEANS_MAIL), named)
    assert world.bodies(talk(world, DEANS_MAIL).id) == ["Much later"]
