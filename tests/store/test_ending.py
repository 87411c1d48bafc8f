"""Contract of ports.ConversationStore: ending, reopening, erasing, with the route."""

from msgspec.structs import replace

from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, Conversation, ConversationState
from chalicelib.domain.routing import Route
from chalicelib.usecases.ports import Opened
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import STORE, append, conversation, id_at, message, opening, route


def opened(stores: Stores, messages: int = 0) -> Conversation:
    stores.conversations.open(opening())
    for number in range(1, messages + 1):
        stores.conversations.append(append(message(START + number)))
    return found(stores)


def found(stores: Stores) -> Conversation:
    stored = stores.conversations.find(conversation().id)
    assert stored is not None
    return stored


def held(stores: Stores) -> Route:
    stored = stores.conversations.find_route(route(conversation()).key, consistent=True)
    assert stored is not None
    return stored


def count(stores: Stores) -> int:
    thread = stores.conversations.thread(conversation().id, 100, None)
    return len(thread.messages.rows) if thread else 0


def test_closing_starts_the_cool_down_of_the_route(stores: Stores) -> None:
    before = opened(stores)
    after = before.closed(START + 7)
    assert stores.conversations.end(before, after)
    assert found(stores) == after
    assert held(stores) == route(before, cool_until=START + 7 + COOL_DOWN)


def test_expiring_starts_the_cool_down_when_it_expired_not_when_it_was_swept(stores: Stores) -> None:
    before = opened(stores)
    after = replace(before, state=ConversationState.EXPIRED, ended_at=before.expires_at)
    assert stores.conversations.end(before, after)
    assert held(stores).cool_until == START + LIFETIME + COOL_DOWN
    assert stores.conversations.expirable(STORE, START + 2 * LIFETIME, 10) == []
    assert stores.conversations.inbox(STORE, "open", START, 10, None).rows == ()


def test_what_changed_meanwhile_is_not_ended(stores: Stores) -> None:
    before = opened(stores)
    stores.conversations.append(append(message(START + 5)))
    assert not stores.conversations.end(before, before.closed(START + 7))
    assert found(stores).state is ConversationState.OPEN
    assert held(stores).cool_until is None


def test_reading_it_meanwhile_is_not_overwritten(stores: Stores) -> None:
    before = opened(stores, 1)
    assert stores.conversations.mark_read(before, 0)
    assert not stores.conversations.end(before, before.closed(START + 7))


def test_a_deleted_conversation_leaves_the_lists_and_its_messages_can_be_erased(stores: Stores) -> None:
    before = opened(stores, 60)
    after = before.deleted(START + 99)
    assert stores.conversations.end(before, after)
    stores.conversations.erase_messages(after.id, after.last_message_id)
    assert found(stores) == after
    assert count(stores) == 0
    assert stores.conversations.inbox(STORE, "open", START, 10, None).rows == ()


def test_erasing_stops_at_the_message_named_and_can_be_repeated(stores: Stores) -> None:
    opened(stores, 5)
    for _ in range(2):
        stores.conversations.erase_messages(conversation().id, message(START + 3).id)
        assert count(stores) == 2
    assert found(stores).id == conversation().id


def test_ending_leaves_a_route_alone_that_leads_elsewhere(stores: Stores) -> None:
    first = opened(stores)
    closed = first.closed(START + 1)
    stores.conversations.end(first, closed)
    other = conversation(id=id_at(START, 2))
    assert stores.conversations.open(opening(other, route_was=held(stores))) == Opened()
    assert stores.conversations.end(closed, closed.deleted(START + 9))
    assert held(stores) == route(other)


def test_reopening_holds_the_route_again(stores: Stores) -> None:
    before = opened(stores)
    closed = before.closed(START + 7)
    stores.conversations.end(before, closed)
    assert stores.conversations.reopen(closed, closed.reopened(START + 8))
    assert found(stores) == closed.reopened(START + 8)
    assert held(stores) == route(before)
    assert not stores.conversations.reopen(closed, closed.reopened(START + 9)), "it is open already"


def test_reopening_fails_when_the_route_leads_elsewhere(stores: Stores) -> None:
    before = opened(stores)
    closed = before.closed(START + 7)
    stores.conversations.end(before, closed)
    stores.conversations.open(opening(conversation(id=id_at(START, 2)), route_was=held(stores)))
    assert not stores.conversations.reopen(closed, closed.reopened(START + 8))
    assert found(stores) == closed


def test_the_opt_out_flag_is_shown_and_taken_back_but_never_makes_a_conversation(stores: Stores) -> None:
    before = opened(stores)
    for flag in (True, True, False):
        stores.conversations.flag_opted_out(before.id, flag)
        assert found(stores) == replace(before, opted_out=flag)
    stores.conversations.flag_opted_out("nobody", True)
    assert stores.conversations.find("nobody") is None


def test_what_happened_once_can_be_looked_up(stores: Stores) -> None:
    opened(stores)
    command = append(message(START + 1))
    assert stores.conversations.find_once(command.once) is None
    stores.conversations.append(command)
    assert stores.conversations.find_once(command.once) == command.once
