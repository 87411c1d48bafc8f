"""Contract of ports.UnansweredStore, and of the append that makes the clock look (X18)."""

from typing import Any

from msgspec.structs import replace

from chalicelib.domain.assignments import Handover, HandoverKind
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.unanswered import Unanswered
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, conversation, id_at, message, opening, outbound

DUE = START + 1_800_000
OTHER = id_at(START, 77)


def waits(at: int = START + 1, due: int = DUE, **fields: Any) -> Unanswered:
    text = message(at)
    given = Unanswered(
        conversation_id=text.conversation_id,
        merchant_id=text.merchant_id,
        store_id=text.store_id,
        last_message_id=text.id,
        due_at=due,
    )
    return replace(given, **fields)


def text(stores: Stores, at: int = START + 1, due: int = DUE) -> Unanswered:
    """The customer writes; what is stored then."""
    item = waits(at, due)
    stores.conversations.append(append(message(at), unanswered=item))
    found = stores.unanswered.find(item.conversation_id)
    assert found is not None
    return found


def talk(stores: Stores) -> Conversation:
    stores.conversations.open(opening())
    stores.conversations.append(append(outbound(START, author_id="ada", author_name="Ada")))
    return current(stores)


def current(stores: Stores) -> Conversation:
    found = stores.conversations.find(conversation().id)
    assert found is not None
    return found


def back(before: Conversation, **fields: Any) -> Handover:
    given = Handover(
        id=id_at(DUE, 5),
        conversation_id=before.id,
        merchant_id=before.merchant_id,
        store_id=before.store_id,
        kind=HandoverKind.UNANSWERED,
        at=DUE,
        from_id="ada",
        from_name="Ada",
    )
    return replace(given, **fields)


def test_the_text_makes_the_clock_look_and_an_ordinary_one_does_not(stores: Stores) -> None:
    before = talk(stores)
    assert stores.unanswered.find(before.id) is None
    assert text(stores) == waits()
    assert stores.unanswered.due(DUE - 1, 25, None).rows == ()
    assert stores.unanswered.due(DUE, 25, None).rows == (before.id,)


def test_who_waits_already_keeps_their_time_unless_it_is_now(stores: Stores) -> None:
    talk(stores)
    text(stores)
    assert text(stores, START + 60_000, DUE + 60_000) == waits(START + 60_000, DUE)
    assert text(stores, START + 90_000, START + 90_000) == waits(START + 90_000, START + 90_000)
    assert stores.unanswered.due(START + 90_000, 25, None).rows == (conversation().id,)


def test_a_repeat_of_the_text_changes_nothing(stores: Stores) -> None:
    talk(stores)
    command = append(message(START + 1), unanswered=waits())
    stores.conversations.append(command)
    stores.unanswered.look_again(waits(), DUE + 5)
    stores.conversations.append(replace(command, unanswered=waits(due=START + 1)))
    assert stores.unanswered.find(conversation().id) == waits(due=DUE + 5)


def test_looking_again_and_forgetting_want_that_the_customer_wrote_no_more(stores: Stores) -> None:
    talk(stores)
    first = text(stores)
    second = text(stores, START + 60_000)
    assert not stores.unanswered.look_again(first, DUE + 1)
    assert not stores.unanswered.forget(first)
    assert stores.unanswered.find(first.conversation_id) == second
    assert stores.unanswered.look_again(second, DUE + 1)
    assert stores.unanswered.due(DUE, 25, None).rows == ()
    assert stores.unanswered.due(DUE + 1, 25, None).rows == (second.conversation_id,)
    assert stores.unanswered.forget(second)
    assert not stores.unanswered.forget(second)
    assert stores.unanswered.find(second.conversation_id) is None


def test_the_longest_due_come_first_page_by_page(stores: Stores) -> None:
    ids = [id_at(START, 30 - number) for number in range(5)]
    for number, each in enumerate(ids):
        made = conversation(id=each, customer_address=f"+1206555018{number}")
        stores.conversations.open(opening(made, once=replace(opening().once, key=f"open-{number}")))
        written = message(START + 1 + number, conversation_id=each)
        stores.conversations.append(
            append(written, unanswered=waits(due=DUE + number, conversation_id=each, last_message_id=written.id))
        )
    first = stores.unanswered.due(DUE + 3, 3, None)
    assert first.rows == tuple(ids[:3])
    assert stores.unanswered.due(DUE + 3, 3, first.cursor).rows == (ids[3],)
    stores.unanswered.put_aside(ids[0], DUE + 10)
    assert stores.unanswered.due(DUE + 3, 25, None).rows == tuple(ids[1:4])
    assert stores.unanswered.due(DUE + 10, 25, None).rows == (*ids[1:], ids[0])
    stores.unanswered.put_aside(OTHER, DUE)  # there is none: nothing comes of it
    assert stores.unanswered.find(OTHER) is None


def test_it_goes_back_to_the_store_with_a_line_of_history_and_is_marked(stores: Stores) -> None:
    talk(stores)
    waiting = text(stores)
    before = current(stores)
    assert stores.unanswered.give_back(before, back(before), waiting, START + 1)
    after = current(stores)
    assert after == replace(before, assignee_id=None, handed_over=True, waiting_since=START + 1)
    assert list(stores.assignments.history(before.id)) == [back(before)]
    assert stores.unanswered.find(before.id) is None
    (row,) = stores.conversations.inbox(before.store_id, "open", DUE, 25, None).rows
    assert (row.assignee_id, row.waiting_since) == (None, START + 1)
    assert not stores.unanswered.give_back(before, back(before, id=id_at(DUE, 6)), waiting, START + 1)


def test_whoever_answers_takes_the_mark_away_and_looks_after_it(stores: Stores) -> None:
    talk(stores)
    waiting = text(stores)
    before = current(stores)
    stores.unanswered.give_back(before, back(before), waiting, START + 1)
    stores.conversations.append(append(outbound(DUE + 1, author_id="mia", author_name="Mia")))
    assert (current(stores).assignee_id, current(stores).waiting_since) == ("mia", None)


def test_an_answer_another_text_a_change_of_hands_or_an_end_come_first(stores: Stores) -> None:
    talk(stores)
    waiting = text(stores)
    before = current(stores)
    stores.conversations.append(append(outbound(START + 2, author_id="ada", author_name="Ada")))
    assert not stores.unanswered.give_back(before, back(before), waiting, START + 1)
    later = text(stores, START + 3)
    before = current(stores)
    assert not stores.unanswered.give_back(before, back(before), waiting, START + 3), "they wrote once more"
    taken = back(before, kind=HandoverKind.TAKEN, to_id="mia", by_id="mia")
    assert stores.assignments.assign(before, taken)
    assert not stores.unanswered.give_back(before, back(before, id=id_at(DUE, 6)), later, START + 3)
    before = current(stores)
    stores.conversations.end(before, before.closed(START + 4))
    assert not stores.unanswered.give_back(before, back(before, id=id_at(DUE, 7)), later, START + 3)
    assert [each.kind for each in stores.assignments.history(before.id)] == [HandoverKind.TAKEN]
    assert stores.unanswered.find(before.id) == later
