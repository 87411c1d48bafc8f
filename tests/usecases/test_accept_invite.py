"""A customer gives an address, which counts once it has answered (H5-H8, H10, H12, H13)."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.conversations import ConversationKind, ConversationState
from chalicelib.domain.errors import (
    AddressNotServed,
    ChangedMeanwhile,
    InvalidInput,
    InviteUnusable,
    OptedOut,
    OptInPending,
    TooManyAttempts,
)
from chalicelib.domain.invites import INVITE_WORDING, MOST_ASKS, Invite, InviteState, served
from chalicelib.domain.keywords import opt_in_confirmation
from chalicelib.domain.merchants import ProxyOwner
from chalicelib.domain.messages import FailureReason, MessageKind
from chalicelib.domain.opt_in import INVITE_PAUSE
from chalicelib.domain.unanswered import MINUTE
from chalicelib.usecases.accept_invite import MOST_POSTS, MOST_TO_ONE
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.follow_invite_word import word_of
from chalicelib.usecases.give_back import give_back_unanswered
from chalicelib.usecases.invite_customer import (
    list_invites,
)
from chalicelib.usecases.ports import SendError
from tests.support.invites import CALLER, TYPED, accept, consent, invite, look, state
from tests.support.mail import CARLAS_MAIL, FAIL, SEATTLE_MAILBOX, mail_world, receive, written
from tests.support.world import (
    ADA,
    CARLA,
    DAY,
    DEAN,
    MERCHANT,
    META,
    MIA,
    SEATTLE,
    SEATTLE_NUMBER,
    WHATSAPP_NUMBER,
    World,
)

OPEN, SENT, DONE = InviteState.OPEN, InviteState.SENT, InviteState.DONE


@pytest.fixture
def world() -> World:
    return mail_world()


TEXT = (
    "Pine Street Shoes: Ada would like to keep in touch with you here.\nReply YES to get messages from "
    "Pine Street Shoes, STOP to opt out. Msg & data rates may apply."
)


def test_the_address_is_asked_and_its_yes_makes_the_contact(world: World) -> None:
    made = invite(world)
    assert accept(world, made).status.state is SENT
    world.deliver()
    assert world.channel.to(CARLA) == [TEXT]
    conversation = world.conversation_of()
    assert (conversation.kind, conversation.state) == (ConversationKind.CONTACT, ConversationState.REQUESTED)
    assert (conversation.assignee_id, conversation.customer_name) == (ADA, "Carla")
    with pytest.raises(OptInPending):
        world.send(conversation.id)
    assert state(world, made) is SENT
    world.clock.advance(1000)
    world.text("Yes!")
    world.deliver()
    assert state(world, made) is DONE
    assert world.channel.to(CARLA) == [TEXT, opt_in_confirmation("Pine Street Shoes")]
    world.send(conversation.id, "Hello Carla")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Hello Carla"
    with pytest.raises(InviteUnusable):
        accept(world, made, DEAN)


def test_the_ledger_has_the_page_the_message_and_the_yes(world: World) -> None:
    accept(world, invite(world))
    (line,) = world.table.ledger
    request = world.thread(world.conversation_of().id)[0]
    assert request.kind is MessageKind.OPT_IN_REQUEST
    assert (line.state, line.source) == (ConsentState.REQUESTED, ConsentSource.INVITATION)
    assert (line.evidence, line.wording) == (request.id, INVITE_WORDING)
    world.clock.advance(1000)
    world.text("YES")
    yes = world.table.ledger[-1]
    assert (yes.state, yes.source) == (ConsentState.OPTED_IN, ConsentSource.INVITATION)
    assert (yes.evidence, yes.wording) == (request.id, INVITE_WORDING)


def test_without_a_yes_nobody_is_opted_in(world: World) -> None:
    made = invite(world)
    accept(world, made)
    world.clock.advance(1000)
    world.text("Who is this?")
    assert consent(world) is ConsentState.REQUESTED
    assert state(world, made) is SENT


def test_stop_opts_out_and_the_address_is_not_written_to_again(world: World) -> None:
    accept(world, invite(world))
    world.clock.advance(INVITE_PAUSE)
    world.text("STOP")
    world.deliver()
    before = len(world.channel.sent)
    made = invite(world)
    with pytest.raises(OptedOut):
        accept(world, made)
    world.deliver()
    assert len(world.channel.sent) == before
    assert made.id in world.table.invites
    assert state(world, made) is OPEN
    world.text("START")
    assert accept(world, made).status.state in (SENT, DONE)


def test_a_landline_is_told_and_another_address_can_be_given(world: World) -> None:
    made = invite(world)
    world.channel.answers.append(SendError(FailureReason.LANDLINE))
    accept(world, made)
    world.deliver()
    page = look(world, made)
    assert page.status.state is InviteState.FAILED
    assert page.status.invite.can_ask(world.clock.now())
    accept(world, made, "206 555 0144")
    world.deliver()
    assert state(world, made) is SENT


@pytest.mark.parametrize("typed", ["", "abc", "555", "+1", "x" * 254, "\x00", "２０６", "📞"])
def test_what_is_no_number_is_refused(world: World, typed: str) -> None:
    with pytest.raises(InvalidInput, match="phone number"):
        accept(world, invite(world), typed)
    assert not world.table.messages


@pytest.mark.parametrize("typed", ["carla", "carla@", "@mail.test", "a b@c.de", "a@b", "a@b.c\r\nBcc: x@y.zz"])
def test_what_is_no_mailbox_is_refused(world: World, typed: str) -> None:
    with pytest.raises(InvalidInput, match="e-mail"):
        accept(world, invite(world), typed, Channel.EMAIL)
    assert not world.table.messages


def test_a_number_of_another_country_is_not_texted(world: World) -> None:
    made = invite(world)
    with pytest.raises(AddressNotServed):
        accept(world, made, "+49 30 901820")
    assert accept(world, made).status.state is SENT


@pytest.mark.parametrize("typed", ["+1 876 555 0177", "+1 900 555 0177"])
def test_not_everything_that_begins_with_one_is_texted(world: World, typed: str) -> None:
    """Jamaica, and a premium rate."""
    with pytest.raises(AddressNotServed):
        accept(world, invite(world), typed)


def test_canada_is_texted_from_the_united_states(world: World) -> None:
    assert accept(world, invite(world), "+1 604 555 0177").status.state is SENT


def test_a_short_code_texts_in_its_stores_country_only() -> None:
    assert served(Address("40404"), CARLA, "US")
    assert not served(Address("40404"), Address("+447700900123"), "US")
    assert not served(Address("40404"), CARLA, "GB")


def test_chat_is_no_way_to_choose(world: World) -> None:
    with pytest.raises(InvalidInput):
        accept(world, invite(world), TYPED, Channel.CHAT)


def test_words_that_were_not_shown_are_not_agreed_to(world: World) -> None:
    with pytest.raises(ChangedMeanwhile):
        accept(world, invite(world), wording="invite-0")
    assert not world.table.messages


def test_one_link_writes_to_three_addresses_at_most(world: World) -> None:
    made = invite(world)
    for last in range(MOST_ASKS):
        accept(world, made, f"206 555 01{last}0")
    with pytest.raises(InviteUnusable):
        accept(world, made, "206 555 0190")
    assert len(world.table.conversations) == MOST_ASKS


def test_an_address_is_asked_once_in_ten_minutes_and_three_times_a_day(world: World) -> None:
    made = [invite(world) for _ in range(5)]
    accept(world, made[0])
    with pytest.raises(TooManyAttempts):
        accept(world, made[1], caller="203.0.113.9")
    for each in range(1, MOST_TO_ONE):
        world.clock.advance(INVITE_PAUSE)
        accept(world, made[each])
    world.clock.advance(INVITE_PAUSE)
    with pytest.raises(TooManyAttempts):
        accept(world, made[3])
    world.clock.advance(DAY)
    accept(world, made[4])


def test_a_hundred_posts_from_one_place_are_refused_and_another_place_is_not(world: World) -> None:
    made, refused = invite(world), 0
    for _ in range(100):
        try:
            accept(world, made, "no number")
        except TooManyAttempts:
            refused += 1
        except InvalidInput:
            pass
    assert refused == 100 - MOST_POSTS
    assert not world.table.messages
    assert accept(world, made, caller="203.0.113.9").status.state is SENT
    world.clock.advance(2 * INVITE_PAUSE)
    accept(world, made, "206 555 0144")


def test_no_address_is_kept_in_what_is_counted(world: World) -> None:
    accept(world, invite(world))
    assert CALLER not in repr(world.table.attempts)
    assert CARLA not in repr(world.table.attempts)


def test_two_at_once_with_the_last_try_are_one(world: World) -> None:
    made = invite(world)
    for last in range(MOST_ASKS - 1):
        accept(world, made, f"206 555 01{last}0")
    change = world.invites.change

    def overtaken(after: Invite, was: Invite) -> bool:
        world.invites.change = change  # type: ignore[method-assign]  # once only
        accept(world, made, "206 555 0180", caller="203.0.113.9")
        return change(after, was)

    world.invites.change = overtaken  # type: ignore[method-assign]  # interleaves two requests
    with pytest.raises(ChangedMeanwhile):
        accept(world, made, "206 555 0190")
    assert len(world.table.conversations) == MOST_ASKS


def test_a_stop_in_the_same_moment_wins(world: World) -> None:
    made, table = invite(world), world.table
    world.text("STOP")
    key = next(iter(table.consents))
    stopped = table.consents.pop(key)
    close_conversation(world.conversation_of().id, ADA, world)
    open_it = world.conversations.open

    def overtaken(command: object) -> object:
        world.conversations.open = open_it  # type: ignore[method-assign]  # once only
        table.consents[key] = stopped
        return open_it(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.open = overtaken  # type: ignore[assignment,method-assign]  # interleaves a webhook
    with pytest.raises(OptedOut):
        accept(world, made)
    assert consent(world) is ConsentState.OPTED_OUT


def test_who_has_a_contact_already_stays_with_them(world: World) -> None:
    """H12: Mia talks with Carla; Ada's invitation does not take her away."""
    before = world.start(associate_id=MIA)
    world.deliver()
    made = invite(world)
    accept(world, made)
    world.clock.advance(1000)
    world.text("YES")
    assert (world.conversation_of().id, world.conversation(before).assignee_id) == (before, MIA)
    (listed,) = list_invites(SEATTLE, ADA, world)
    assert (listed.state, listed.conversation) == (DONE, world.conversation(before))


def test_an_open_conversation_stays_open_while_it_is_asked(world: World) -> None:
    before = world.talk()
    accept(world, invite(world, conversation_id=before))
    assert world.conversation(before).state is ConversationState.OPEN
    world.send(before, "Just answer there")
    assert consent(world) is ConsentState.REQUESTED


def test_one_that_nobody_looks_after_becomes_the_inviting_associates(world: World) -> None:
    world.text("Do you have boots?")
    accept(world, invite(world))
    assert world.conversation_of().assignee_id == ADA


def test_one_that_has_ended_is_taken_up_again_under_its_name(world: World) -> None:
    before = world.talk()
    close_conversation(before, ADA, world)
    accept(world, invite(world, associate_id=MIA), name="Mallory")
    again = world.conversation(before)
    assert (again.state, again.customer_name) == (ConversationState.REQUESTED, "Carla Diaz")
    assert (again.assignee_id, again.kind) == (MIA, ConversationKind.CONTACT)


def test_one_that_has_ended_over_a_mistyped_number_is_not_taken_up_under_its_old_name(world: World) -> None:
    accept(world, invite(world), name="Mallory")
    close_conversation(world.conversation_of().id, ADA, world)
    world.order()  # the shop knows Carla by this number
    world.clock.advance(INVITE_PAUSE)
    with pytest.raises(AddressNotServed):
        accept(world, invite(world))
    delete_conversation(world.conversation_of().id, ADA, world)
    accept(world, invite(world))


def test_to_a_customer_who_waits_it_is_no_answer(world: World) -> None:
    """X18: their associate has not written, a colleague's invitation has."""
    world.change_store(reassign_after=30)
    talk = world.talk()
    world.text("Is anybody there?")
    accept(world, invite(world, associate_id=MIA))
    request = world.thread(talk)[-1]
    assert (request.kind, request.author_id) == (MessageKind.OPT_IN_REQUEST, None)
    world.clock.advance(30 * MINUTE)
    assert give_back_unanswered(world.clock.now(), world.clock.now() + MINUTE, world).given_back == 1


def test_a_customer_who_is_known_by_the_address_is_that_one(world: World) -> None:
    order = world.order()
    accept(world, invite(world), name="Somebody")
    conversation = world.conversation_of()
    assert (conversation.customer_id, conversation.customer_name) == (order.customer_id, "Carla Diaz")


def test_an_address_that_has_not_answered_leads_to_nobody(world: World) -> None:
    """Else whoever types a stranger's number names them."""
    accept(world, invite(world), name="Mallory")
    assert world.customers.find_by(MERCHANT, "sms", CARLA) is None


def test_who_opted_in_before_is_asked_all_the_same(world: World) -> None:
    """Somebody else may type their number: only they can say that it is them."""
    world.talk()
    world.text("START")
    made = invite(world)
    world.clock.advance(1000)
    accept(world, made)
    assert state(world, made) is SENT
    world.clock.advance(1000)
    world.text("YES")
    assert state(world, made) is DONE
    assert [line.state for line in world.table.ledger] == [ConsentState.OPTED_IN]


def test_an_associates_own_number_carries_their_contacts(world: World) -> None:
    proxy = next(each for each in world.table.proxies.values() if each.address == SEATTLE_NUMBER)
    own = replace(proxy, address=Address("+12065550188"), owner=ProxyOwner.ASSOCIATE, associate_id=ADA)
    world.setup.put_proxy(own)
    accept(world, invite(world))
    conversation = world.conversation_of(number="+12065550188")
    assert (conversation.associate_id, conversation.assignee_id) == (ADA, ADA)


def test_at_whatsapp_the_customer_writes_first(world: World) -> None:
    made = invite(world)
    page = accept(world, made, TYPED, Channel.WHATSAPP)
    world.deliver()
    assert (page.status.state, world.channel.sent) == (SENT, [])
    assert page.status.invite.write_to == WHATSAPP_NUMBER
    assert (page.status.conversation, world.table.conversations, world.table.ledger) == (None, {}, [])
    world.clock.advance(1000)
    world.text(
        word_of(page.status.invite, world),
        channel=Channel.WHATSAPP,
        connection_id=META,
        recipient=WHATSAPP_NUMBER,
        written_at=world.clock.now(),
    )
    assert state(world, made) is DONE
    conversation = world.conversation_of(number=WHATSAPP_NUMBER)
    assert (conversation.assignee_id, conversation.state) == (ADA, ConversationState.OPEN)
    assert consent(world, "whatsapp") is ConsentState.OPTED_IN
    assert world.table.ledger[-1].source is ConsentSource.INVITATION
    world.send(conversation.id, "Hello Carla")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Hello Carla"


def mailed(world: World) -> tuple[Invite, Any]:
    made = invite(world)
    accept(world, made, f" {CARLAS_MAIL.upper()} ", Channel.EMAIL)
    world.deliver()
    world.clock.advance(1000)
    return made, world.channel.sent[-1]


def test_by_mail_an_answer_with_yes_counts(world: World) -> None:
    made, mail = mailed(world)
    assert (mail.recipient, mail.channel) == (CARLAS_MAIL, Channel.EMAIL)
    assert "Answer YES" in mail.body
    receive(world, written("YES", to=mail.mail.reply_to), mail.mail.reply_to)
    assert state(world, made) is DONE
    assert consent(world, "email", CARLAS_MAIL) is ConsentState.OPTED_IN
    conversation = world.conversation_of(CARLAS_MAIL, SEATTLE_MAILBOX)
    assert conversation.assignee_id == ADA


def test_a_yes_that_nobody_vouches_for_does_not(world: World) -> None:
    made, mail = mailed(world)
    receive(world, written("YES", to=mail.mail.reply_to), mail.mail.reply_to, dmarc=FAIL, dkim=FAIL)
    assert state(world, made) is SENT
    conversation = world.conversation_of(CARLAS_MAIL, SEATTLE_MAILBOX)
    assert (conversation.state, conversation.unread) == (ConversationState.REQUESTED, 1)


def test_a_yes_from_another_mailbox_does_not(world: World) -> None:
    made, mail = mailed(world)
    other = written("YES", sender="Mallory <mallory@elsewhere.test>", to=mail.mail.reply_to)
    receive(world, other, mail.mail.reply_to)
    assert state(world, made) is SENT
    conversation = world.conversation_of(CARLAS_MAIL, SEATTLE_MAILBOX)
    assert (conversation.state, conversation.unread) == (ConversationState.REQUESTED, 1)
