"""Contract of ports.HeldStore, and of the append that releases a held text."""

from msgspec.structs import replace

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.held import HeldReason
from chalicelib.usecases.ports import Append, Appended, Conflict, DueHeld, Duplicate, Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import conversation, held, id_at, message, opening, outbound

AT = START + 3_600_000
ONCE = Once("request#ada", "key-1", "digest", "held-1")
TEXT = held(AT)
WHERE = DueHeld(TEXT.conversation_id, TEXT.id)


def holding(stores: Stores) -> None:
    stores.conversations.open(opening())
    assert stores.held.hold(TEXT, ONCE, START) == Appended()


def released(at: int = AT) -> Append:
    text = outbound(at)
    return Append(once=Once("held", TEXT.id, result=text.id), messages=(text,), held=TEXT)


def test_a_held_text_waits_beside_its_conversation_and_is_no_activity(stores: Stores) -> None:
    holding(stores)
    assert stores.held.find(TEXT.conversation_id, TEXT.id) == TEXT
    assert stores.conversations.find(TEXT.conversation_id) == conversation()
    thread = stores.conversations.thread(TEXT.conversation_id, 50, None)
    assert thread is not None
    assert (thread.messages.rows, thread.held) == ((), (TEXT,))
    assert stores.conversations.count_inbound_after(TEXT.conversation_id, "0") == 0


def test_the_same_request_twice_holds_one_text(stores: Stores) -> None:
    holding(stores)
    again = held(AT, id=id_at(START, 8))
    assert stores.held.hold(again, ONCE, START) == Duplicate(ONCE)
    assert stores.held.find(again.conversation_id, again.id) is None


def test_only_an_open_conversation_of_the_store_takes_one(stores: Stores) -> None:
    assert stores.held.hold(TEXT, ONCE, START) == Conflict(None)
    stores.conversations.open(opening())
    assert stores.held.hold(replace(TEXT, merchant_id="other"), ONCE, START) == Conflict(None)
    assert stores.held.hold(replace(TEXT, store_id="other"), ONCE, START) == Conflict(conversation())
    assert stores.held.hold(TEXT, ONCE, START + LIFETIME) == Conflict(conversation())
    closed = conversation().closed(START + 1)
    stores.conversations.end(conversation(), closed)
    assert stores.held.hold(TEXT, ONCE, START + 2) == Conflict(closed)
    assert stores.held.find(TEXT.conversation_id, TEXT.id) is None


def test_due_are_those_whose_time_has_come_the_longest_first(stores: Stores) -> None:
    stores.conversations.open(opening())
    texts = [held(AT + 10 * number, id=id_at(START, 20 - number)) for number in range(5)]
    for number, text in enumerate(texts):
        stores.held.hold(text, Once("r", f"key-{number}"), START)
    first = stores.held.due(AT + 30, 3, None)
    assert [due.held_id for due in first.rows] == [text.id for text in texts[:3]]
    second = stores.held.due(AT + 30, 3, first.cursor)
    assert ([due.held_id for due in second.rows], second.cursor) == ([texts[3].id], None)
    assert stores.held.due(AT - 1, 3, None).rows == ()


def test_a_change_moves_it_and_happens_to_what_was_read(stores: Stores) -> None:
    holding(stores)
    later = TEXT.changed("Another", AT + 5, HeldReason.QUIET_HOURS)
    assert stores.held.change(later, TEXT)
    assert stores.held.find(TEXT.conversation_id, TEXT.id) == later
    assert not stores.held.change(TEXT.changed("A third", AT, HeldReason.LATER), TEXT), "somebody was faster"
    assert stores.held.due(AT, 9, None).rows == ()
    assert stores.held.due(AT + 5, 9, None).rows == (WHERE,)


def test_cancelled_is_gone_once(stores: Stores) -> None:
    holding(stores)
    assert not stores.held.cancel(TEXT.changed("Another", AT, HeldReason.LATER)), "not as it is stored"
    assert stores.held.cancel(TEXT)
    assert not stores.held.cancel(TEXT)
    assert stores.held.find(TEXT.conversation_id, TEXT.id) is None
    assert stores.held.due(AT, 9, None).rows == ()


def test_a_release_makes_the_message_and_takes_the_held_text_away(stores: Stores) -> None:
    holding(stores)
    assert stores.conversations.append(released()) == Appended()
    assert stores.held.find(TEXT.conversation_id, TEXT.id) is None
    thread = stores.conversations.thread(TEXT.conversation_id, 50, None)
    assert thread is not None
    assert (thread.messages.rows, thread.held) == ((outbound(AT),), ())
    assert isinstance(stores.conversations.append(released(AT + 1)), Duplicate)


def test_what_was_changed_or_cancelled_is_not_released(stores: Stores) -> None:
    holding(stores)
    stores.held.change(TEXT.changed("Another", AT, HeldReason.LATER), TEXT)
    assert isinstance(stores.conversations.append(released()), Conflict)
    stores.held.cancel(TEXT.changed("Another", AT, HeldReason.LATER))
    assert isinstance(stores.conversations.append(released()), Conflict)
    thread = stores.conversations.thread(TEXT.conversation_id, 50, None)
    assert thread is not None
    assert thread.messages.rows == ()


def test_held_texts_take_no_room_from_the_messages_of_a_page(stores: Stores) -> None:
    holding(stores)
    stores.held.hold(held(AT - 9, id=id_at(START, 9)), Once("r", "key-2"), START)
    texts = [message(START + number) for number in range(1, 6)]
    for text in texts:
        stores.conversations.append(Append(once=Once("in", text.id), messages=(text,)))
    thread = stores.conversations.thread(TEXT.conversation_id, 2, None)
    assert thread is not None
    assert [each.release_at for each in thread.held] == [AT - 9, AT]
    assert [each.id for each in thread.messages.rows] == [texts[4].id, texts[3].id]
    older = stores.conversations.thread(TEXT.conversation_id, 9, thread.messages.cursor)
    assert older is not None
    assert (older.held, [each.id for each in older.messages.rows]) == ((), [text.id for text in texts[2::-1]])


def test_erasing_a_conversation_takes_what_it_holds(stores: Stores) -> None:
    holding(stores)
    kept = message(START + 9)
    for text in (message(START + 1), kept):
        stores.conversations.append(Append(once=Once("in", text.id), messages=(text,)))
    stores.conversations.erase_messages(TEXT.conversation_id, id_at(START + 5))
    assert stores.held.of_conversation(TEXT.conversation_id, 9) == []
    assert stores.conversations.find_message(TEXT.conversation_id, kept.id) == kept
    assert stores.conversations.find(TEXT.conversation_id) is not None


def test_one_that_is_put_aside_is_due_again_later(stores: Stores) -> None:
    holding(stores)
    stores.held.put_aside(WHERE, AT + 100)
    assert stores.held.due(AT, 9, None).rows == ()
    assert stores.held.due(AT + 100, 9, None).rows == (WHERE,)
    stores.held.cancel(TEXT)
    stores.held.put_aside(WHERE, AT)
    assert stores.held.due(AT, 9, None).rows == (), "nothing is made of nothing"
