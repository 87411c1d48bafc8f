"""An answer on the chat page that is not read there goes out by mail, once, and leads back to it (S15-S17, S25)."""

from collections.abc import Callable

import pytest

from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import PLACE
from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.messages import FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.unread_replies import AGAIN, LONGEST, PAUSE
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.let_member_in import chat_link_for, let_member_in
from chalicelib.usecases.mail_unread_replies import Mailed, mail_unread_replies
from chalicelib.usecases.ports import OutgoingText, SendError
from chalicelib.usecases.read_chat import mark_seen, show_chat
from chalicelib.usecases.retry_message import retry_message
from tests.support.mail import CARLAS_MAIL, SEATTLE_MAILBOX, mail_world, receive, written
from tests.support.member_chats import chat_of_member
from tests.support.members import identity
from tests.support.world import ADA, CARLA, MERCHANT, MIA, SEATTLE, SHOP, World, token_in


@pytest.fixture
def world() -> World:
    return mail_world()


@pytest.fixture
def talk(world: World) -> str:
    """What Carla asked as a member of the shop, in the store's inbox."""
    return chat_of_member(world)


def strike(world: World, later: int = PAUSE) -> int:
    """So much later the clock looks; how many mails it made."""
    world.clock.advance(later)
    now = world.clock.now()
    run = mail_unread_replies(now, now + 60_000, world)
    assert run.finished
    return run.mailed


def answer(world: World, talk: str, body: str = "We do!", by: str = ADA) -> Message:
    message = world.send(talk, body, associate_id=by)
    world.deliver()
    return message


def mails(world: World) -> list[OutgoingText]:
    world.deliver()
    return [each for each in world.channel.sent if each.mail is not None]


def opt_out(world: World, channel: str, address: str) -> None:
    key = ConsentKey(MERCHANT, channel, address, SEATTLE)  # type: ignore[arg-type]  # as text
    world.consents.record(
        ConsentChange(
            id="x", key=key, state=ConsentState.OPTED_OUT, at=1, source=ConsentSource.KEYWORD, evidence="", wording=""
        )
    )


def test_the_mail_has_the_answers_and_a_link_to_the_page_where_they_stand(world: World, talk: str) -> None:
    answer(world, talk)
    world.clock.advance(60_000)
    answer(world, talk, "In size 40, too.", by=MIA)
    assert strike(world, PAUSE - 60_001) == 0
    assert strike(world, 1) == 1
    (mail,) = mails(world)
    assert (mail.sender, mail.recipient) == (SEATTLE_MAILBOX, CARLAS_MAIL)
    assert mail.body.startswith("Pine Street Shoes has answered you:\n\nWe do!\n\nIn size 40, too.\n\nRead everything")
    link = world.open_chat(token_in(mail.body))
    assert [each.body for each in show_chat(link, None, world).messages][1:] == ["We do!", "In size 40, too."]
    assert mail.mail is not None
    assert (mail.mail.from_name, mail.mail.subject) == (
        "Mia at Pine Street Shoes",
        "Pine Street Shoes has answered you",
    )
    assert (mail.mail.automatic, mail.mail.unsubscribe_url) == (True, ""), "no machine answers it; nobody was surprised"


def test_it_goes_out_once_and_the_next_answer_begins_anew(world: World, talk: str) -> None:
    answer(world, talk)
    assert strike(world) == 1
    assert world.table.unread_replies == {}
    assert [strike(world), strike(world)] == [0, 0]
    answer(world, talk, "Shall I keep a pair?")
    assert strike(world) == 1
    second = mails(world)[1]
    assert "Shall I keep a pair?" in second.body
    assert "We do!" not in second.body, "a mail has carried that"
    assert token_in(second.body) == token_in(mails(world)[0].body), "one link, and no row for each mail"


@pytest.mark.parametrize("how", ["read", "answered", "closed", "gone", "opted out of chat", "switched off"])
def test_who_knows_or_is_not_to_know_gets_no_mail(world: World, talk: str, how: str) -> None:
    sent = answer(world, talk)
    if how == "read":
        token = world.open_chat(member_link(world))
        mark_seen(token, sent.id, world)
    elif how == "answered":
        chat_of_member(world, "Great!")
    elif how == "closed":
        close_conversation(talk, ADA, world)
    elif how == "gone":
        del world.table.conversations[talk]
    elif how == "opted out of chat":
        chat_of_member(world, "STOP")
    else:
        world.change_store(messaging=False)
    assert strike(world) == 0
    assert (mails(world), world.table.unread_replies) == ([], {})


def member_link(world: World) -> str:
    link = chat_link_for(let_member_in(identity(world.clock.now()), SHOP, world), world)
    assert link is not None
    return link.partition("#")[2]


@pytest.mark.parametrize("how", ["no address", "no mailbox any more", "opted out of mail"])
def test_who_cannot_be_mailed_or_wants_none_gets_none_and_goes_on_chatting(world: World, how: str) -> None:
    talk = chat_of_member(world, email="" if how == "no address" else CARLAS_MAIL)
    answer(world, talk)
    if how == "no mailbox any more":
        world.table.proxies.clear()
    elif how == "opted out of mail":
        opt_out(world, Channel.EMAIL, CARLAS_MAIL)
    assert strike(world) == 0
    assert (mails(world), world.table.unread_replies) == ([], {})
    assert not world.conversation(talk).opted_out


def test_an_opt_out_at_the_last_moment_refuses_the_mail_and_leaves_the_chat_alone(world: World, talk: str) -> None:
    answer(world, talk)
    assert strike(world) == 1
    opt_out(world, Channel.EMAIL, CARLAS_MAIL)
    assert mails(world) == []
    assert world.thread(talk)[-1].failure is FailureReason.OPTED_OUT
    assert not world.conversation(talk).opted_out
    answer(world, talk, "Still here?")


def test_about_an_order_the_subject_names_it_and_the_page_heads_with_it(world: World) -> None:
    customer = ShopCustomer(external_id="c-1", first_name="Carla", phone=CARLA, email=CARLAS_MAIL)
    link = world.open_chat(world.start_chat(world.order(customer=customer)))
    world.write(link, "When do they come?")
    answer(world, link.conversation_id, "Tomorrow.")
    assert strike(world) == 1
    mail = mails(world)[-1]
    assert mail.mail is not None
    assert mail.mail.subject == "Pine Street Shoes has answered you about your order #1001"
    assert "Tomorrow." in mail.body
    assert "Your boots are here." not in mail.body, "the customer has answered that"
    assert show_chat(world.open_chat(token_in(mail.body)), None, world).order == "#1001"
    assert world.open_chat(world_token(world)), "the links from before still open"


def world_token(world: World) -> str:
    return token_in(world.channel.to(CARLA)[0])


def test_it_is_no_answer_of_a_person_and_shows_nothing_in_the_list(world: World, talk: str) -> None:
    answer(world, talk)
    before = world.conversation(talk)
    strike(world)
    after, mail = world.conversation(talk), world.thread(talk)[-1]
    assert (after.last_preview, after.last_kind, after.assignee_id) == ("We do!", MessageKind.TEXT, ADA)
    assert (before.unread, after.unread) == (1, 1)
    assert (mail.kind, mail.author_id, mail.author_name, mail.credits) == (MessageKind.CHAT_REPLY, None, "Ada", None)
    assert PLACE in mail.body


def test_nobodys_own_mailbox_goes_out_and_nobody_makes_a_link(world: World, talk: str) -> None:
    emails = [associate.email for associate in map(world.directory.associate, (ADA, MIA)) if associate is not None]
    for email, by in zip(emails, (ADA, MIA), strict=True):
        answer(world, talk, f"Write to {email}, or {PLACE}", by=by)
    answer(world, talk, f"We have yours: {CARLAS_MAIL}")
    strike(world)
    (mail,) = mails(world)
    assert len(emails) == 2
    assert not [each for each in (*emails, CARLAS_MAIL) if each in mail.body]
    assert mail.body.count("https://") == 1


def test_what_is_long_is_cut_and_pictures_are_said_to_be_there(world: World, talk: str) -> None:
    for _ in range(5):
        answer(world, talk, "word " * 300)
    world.send(talk, "Look", pictures=(world.upload(talk), world.upload(talk)))
    world.send(talk, "", pictures=(world.upload(talk),))
    world.deliver()
    strike(world)
    (mail,) = mails(world)
    assert "(The beginning is on the page.)\n…" in mail.body
    assert "Look\n[2 pictures: they are on the page.]\n\n[A picture: it is on the page.]\n\nRead" in mail.body
    assert len(mail.body) < LONGEST + 500


def test_one_that_is_not_on_the_page_yet_is_waited_for(world: World, talk: str) -> None:
    world.send(talk, "We do!")
    assert strike(world) == 0
    assert talk in world.table.unread_replies
    world.deliver()
    assert strike(world, AGAIN - 1) == 0
    assert strike(world, 1) == 1


def test_one_that_failed_is_not_mailed_and_a_failed_mail_has_carried_nothing(world: World, talk: str) -> None:
    def refuse() -> Exception:
        return SendError(FailureReason.UNSPECIFIED)

    world.channel.answers.append(refuse())
    answer(world, talk, "Lost")
    assert strike(world) == 0
    answer(world, talk, "We do!")
    assert strike(world) == 1
    world.channel.answers.append(refuse())
    assert mails(world) == []
    failed = world.thread(talk)[-1]
    assert (failed.kind, failed.status) == (MessageKind.CHAT_REPLY, MessageStatus.FAILED)
    answer(world, talk, "In blue!")
    assert strike(world) == 1
    assert "We do!\n\nIn blue!" in mails(world)[0].body
    again = retry_message(talk, failed.id, ADA, world)
    assert (again.channel, again.proxy) == (Channel.EMAIL, SEATTLE_MAILBOX), "it goes the way it went"


def test_a_mail_that_is_sent_again_keeps_the_chat_out_of_its_thread(world: World, talk: str) -> None:
    """In-Reply-To names mails only: nobody's program knows an id of the chat page."""
    answer(world, talk)
    strike(world)
    (mail,) = mails(world)
    assert mail.mail is not None
    assert mail.mail.threading.in_reply_to == ""


def test_an_old_copy_of_the_conversation_decides_nothing(world: World, talk: str) -> None:
    old = world.conversations.thread(talk, 50, None)
    answer(world, talk)
    read = world.conversations.thread
    world.conversations.thread = lambda *_: old  # type: ignore[method-assign]  # a copy that lags
    assert strike(world) == 0
    assert talk in world.table.unread_replies
    world.conversations.thread = read  # type: ignore[method-assign]  # as it was
    assert strike(world, 0) == 1


@pytest.mark.parametrize("meanwhile", ["answered", "written", "mailed"])
def test_what_happens_at_the_same_moment_comes_first(world: World, talk: str, meanwhile: str) -> None:
    answer(world, talk)

    def then() -> None:
        if meanwhile == "answered":
            world.clock.advance(-1_000)  # taken in by a computer whose clock is behind
            chat_of_member(world, "Great!")
            world.clock.advance(1_000)
        elif meanwhile == "written":
            answer(world, talk, "And in red.")
        else:
            assert strike(world, 0) == 1

    world.conversations.append = once_before(world.conversations.append, then)  # type: ignore[method-assign]  # a race
    assert strike(world) == 0
    made = [each for each in world.thread(talk) if each.kind is MessageKind.CHAT_REPLY]
    assert len(made) == (meanwhile == "mailed")
    assert strike(world) == (meanwhile == "written")


def once_before(act: Callable[..., object], then: Callable[[], None]) -> Callable[..., object]:
    left = [then]

    def acted(*given: object) -> object:
        while left:
            left.pop()()
        return act(*given)

    return acted


def test_a_table_that_refuses_leaves_it_due(world: World, talk: str) -> None:
    answer(world, talk)
    world.clock.advance(PAUSE)
    now = world.clock.now()
    world.table.refuse(1)
    with pytest.raises(Unavailable):
        mail_unread_replies(now, now + 1, world)
    world.directory.store = lambda _: refused()  # type: ignore[method-assign,assignment]  # an outage
    assert strike(world, 0) == 0
    del world.directory.store
    assert strike(world, 0) == 1


def refused() -> None:
    raise Unavailable


def test_one_that_cannot_be_read_does_not_hold_up_the_others(world: World, talk: str) -> None:
    answer(world, talk)
    world.directory.store = lambda _: 1 / 0  # type: ignore[method-assign,assignment]  # a mistake of ours
    assert strike(world) == 0
    assert "mailing_reply_failed" in world.log.events()
    assert world.table.unread_aside[talk] > world.clock.now()


def test_without_time_none_is_begun(world: World, talk: str) -> None:
    answer(world, talk)
    world.clock.advance(PAUSE)
    now = world.clock.now()
    assert mail_unread_replies(now, now, world) == Mailed(finished=False)
    assert talk in world.table.unread_replies


def test_an_answer_to_the_mail_is_a_mail_of_the_same_customer_in_the_stores_inbox(world: World, talk: str) -> None:
    """docs/limits.md: it does not come into the chat, and is not lost."""
    answer(world, talk)
    strike(world)
    (mail,) = mails(world)
    assert mail.mail is not None
    receive(world, written("Great, by mail"), mail.mail.reply_to)
    (other,) = [each for each in world.table.conversations.values() if each.id != talk]
    assert (other.store_id, other.customer_id) == (SEATTLE, world.conversation(talk).customer_id)
    assert world.bodies(other.id) == ["Great, by mail"]
