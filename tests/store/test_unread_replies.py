"""Contract of ports.UnreadReplyStore, and of the appends that make and settle one (S15, S16)."""

from typing import Any

from msgspec.structs import replace

from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.unread_replies import UnreadReply
from chalicelib.usecases.ports import Appended, Conflict
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, conversation, id_at, opening, outbound

DUE = START + 180_000
OTHER = id_at(START, 77)


def waits(at: int = START + 1, due: int = DUE, **fields: Any) -> UnreadReply:
    text = outbound(at)
    given = UnreadReply(
        conversation_id=text.conversation_id,
        merchant_id=text.merchant_id,
        store_id=text.store_id,
        last_message_id=text.id,
        due_at=due,
    )
    return replace(given, **fields)


def answered(stores: Stores, at: int = START + 1, due: int = DUE) -> UnreadReply:
    """Somebody answers; what is stored then."""
    item = waits(at, due)
    text = outbound(at, author_id="ada", author_name="Ada")
    assert isinstance(stores.conversations.append(append(text, unread_reply=item)), Appended)
    found = stores.unread_replies.find(item.conversation_id)
    assert found is not None
    return found


def mail(at: int = DUE) -> Message:
    return outbound(at, kind=MessageKind.CHAT_REPLY, channel="email", link_seed="reply.1", author_name="Ada")


def test_the_answer_makes_the_clock_look_and_an_ordinary_one_does_not(stores: Stores) -> None:
    stores.conversations.open(opening())
    stores.conversations.append(append(outbound(START)))
    assert stores.unread_replies.find(conversation().id) is None
    assert answered(stores) == waits()
    assert stores.unread_replies.due(DUE - 1, 25, None).rows == ()
    assert stores.unread_replies.due(DUE, 25, None).rows == (conversation().id,)


def test_one_that_waits_keeps_its_time_and_names_the_newest_answer(stores: Stores) -> None:
    stores.conversations.open(opening())
    answered(stores)
    assert answered(stores, START + 60_000, DUE + 60_000) == waits(START + 60_000, DUE)
    assert stores.unread_replies.due(DUE, 25, None).rows == (conversation().id,)


def test_the_mail_takes_it_away_with_it_and_comes_once(stores: Stores) -> None:
    stores.conversations.open(opening())
    waiting = answered(stores)
    before = stores.conversations.find(waiting.conversation_id)
    assert before is not None
    command = append(mail(), expected=before, mailed=waiting)
    assert isinstance(stores.conversations.append(command), Appended)
    assert stores.unread_replies.find(waiting.conversation_id) is None
    assert stores.unread_replies.due(DUE, 25, None).rows == ()
    after = stores.conversations.find(waiting.conversation_id)
    assert after is not None
    assert (after.last_preview, after.last_author_id, after.assignee_id) == (before.last_preview, "ada", "ada")
    assert (after.last_message_id, after.last_outbound_id) == (mail().id, mail().id)
    again = append(mail(DUE + 1), expected=after, mailed=waiting)
    assert isinstance(stores.conversations.append(again), Conflict), "it is settled"


def test_another_answer_meanwhile_refuses_the_mail_and_the_forgetting(stores: Stores) -> None:
    stores.conversations.open(opening())
    first = answered(stores)
    second = answered(stores, START + 60_000)
    now = stores.conversations.find(first.conversation_id)
    assert isinstance(stores.conversations.append(append(mail(), expected=now, mailed=first)), Conflict)
    assert not stores.unread_replies.forget(first)
    assert stores.unread_replies.find(first.conversation_id) == second
    assert stores.unread_replies.forget(second)
    assert not stores.unread_replies.forget(second)
    assert stores.unread_replies.find(first.conversation_id) is None


def test_the_longest_due_come_first_page_by_page(stores: Stores) -> None:
    ids = [id_at(START, 30 - number) for number in range(5)]
    for number, each in enumerate(ids):
        made = conversation(id=each, customer_address=f"+1206555018{number}")
        stores.conversations.open(opening(made, once=replace(opening().once, key=f"open-{number}")))
        written = outbound(START + 1 + number, conversation_id=each)
        item = waits(due=DUE + number, conversation_id=each, last_message_id=written.id)
        stores.conversations.append(append(written, unread_reply=item))
    first = stores.unread_replies.due(DUE + 3, 3, None)
    assert first.rows == tuple(ids[:3])
    assert stores.unread_replies.due(DUE + 3, 3, first.cursor).rows == (ids[3],)
    stores.unread_replies.put_aside(ids[0], DUE + 10)
    assert stores.unread_replies.due(DUE + 3, 25, None).rows == tuple(ids[1:4])
    assert stores.unread_replies.due(DUE + 10, 25, None).rows == (*ids[1:], ids[0])
    stores.unread_replies.put_aside(OTHER, DUE)  # there is none: nothing comes of it
    assert stores.unread_replies.find(OTHER) is None
