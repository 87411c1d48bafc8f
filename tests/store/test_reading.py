"""Contract of ports.ConversationStore: threads, inbox, read state."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.merchants import Associate, Permission
from chalicelib.usecases.ports import InboxRow, Opened
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    MERCHANT,
    PHONE,
    PROXY,
    STORE,
    append,
    conversation,
    id_at,
    message,
    opening,
    outbound,
    route,
)


def fill(stores: Stores, count: int, **fields: object) -> list[str]:
    """Conversations of one store, a millisecond apart, newest first."""
    ids = []
    for number in range(count):
        item = conversation(START + number, id=id_at(START, 100 + number), **fields)
        held = route(item)
        held = replace(held, key=replace(held.key, customer_address=f"+1555020{number:04d}"))
        assert stores.conversations.open(opening(item, route=held)) == Opened()
        ids.append(item.id)
    return ids[::-1]


def talk(stores: Stores, count: int) -> list[str]:
    """One conversation with messages; their ids, newest first."""
    stores.conversations.open(opening())
    texts = [message(START + number) for number in range(1, count + 1)]
    for text in texts:
        stores.conversations.append(append(text))
    return [text.id for text in texts][::-1]


def walk_inbox(stores: Stores, limit: int, state: str = "open", now: int = START) -> list[str]:
    cursor, ids = None, []
    while True:
        page = stores.conversations.inbox(STORE, state, now, limit, cursor)
        assert len(page.rows) <= limit
        ids += [row.id for row in page.rows]
        cursor = page.cursor
        if cursor is None:
            return ids


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
def test_a_thread_pages_through_every_message_once(stores: Stores, limit: int) -> None:
    ids = talk(stores, 7)
    cursor, seen = None, []
    while True:
        thread = stores.conversations.thread(conversation().id, limit, cursor)
        assert thread is not None
        assert thread.conversation == stores.conversations.find(conversation().id)
        seen += [text.id for text in thread.messages.rows]
        cursor = thread.messages.cursor
        if cursor is None:
            break
    assert seen == ids


def test_a_thread_without_messages_and_one_without_conversation(stores: Stores) -> None:
    stores.conversations.open(opening())
    thread = stores.conversations.thread(conversation().id, 10, None)
    assert thread is not None
    assert (thread.messages.rows, thread.messages.cursor) == ((), None)
    assert stores.conversations.thread(id_at(START, 99), 10, None) is None


@pytest.mark.parametrize("cursor", ["", "x", "!!", "é", "A" * 2000, "Zm9v", "AA==", "\x00"])
def test_a_foreign_cursor_is_invalid_input(stores: Stores, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        stores.conversations.thread(conversation().id, 10, cursor)
    with pytest.raises(InvalidInput):
        stores.conversations.inbox(STORE, "open", START, 10, cursor)
    with pytest.raises(InvalidInput):
        stores.orders.active(STORE, 0, 10, cursor)


@pytest.mark.parametrize("limit", [1, 3, 4, 5])
def test_the_inbox_lists_the_last_activity_first(stores: Stores, limit: int) -> None:
    assert walk_inbox(stores, limit) == []
    ids = fill(stores, 4)
    assert walk_inbox(stores, limit) == ids
    assert stores.conversations.inbox(id_at(1, 50), "open", START, 10, None).rows == ()


def test_an_inbox_row_has_what_a_list_shows(stores: Stores) -> None:
    made = conversation()
    stores.conversations.open(opening(made))
    stores.conversations.append(append(message(START + 1)))
    now = stores.conversations.find(made.id)
    expected = InboxRow(**{name: getattr(now, name) for name in InboxRow.__struct_fields__})
    assert stores.conversations.inbox(STORE, "open", START, 10, None).rows == (expected,)


def test_a_row_without_order_or_messages(stores: Stores) -> None:
    made = conversation(order_id=None, order_number=None)
    stores.conversations.open(opening(made))
    (row,) = stores.conversations.inbox(STORE, "open", START, 10, None).rows
    assert (row.order_number, row.last_direction, row.last_preview) == (None, None, "")


def test_new_activity_moves_a_conversation_to_the_top(stores: Stores) -> None:
    ids = fill(stores, 3)
    stores.conversations.append(append(message(START + 9, conversation_id=ids[2])))
    assert walk_inbox(stores, 10) == [ids[2], ids[0], ids[1]]


def test_a_cursor_holds_when_its_row_moves_away(stores: Stores) -> None:
    ids = fill(stores, 4)
    cursor = stores.conversations.inbox(STORE, "open", START, 2, None).cursor
    stores.conversations.append(append(message(START + 9, conversation_id=ids[1])))
    assert [row.id for row in stores.conversations.inbox(STORE, "open", START, 2, cursor).rows] == ids[2:]


def test_closed_conversations_have_their_own_list(stores: Stores) -> None:
    ids = fill(stores, 2)
    before = stores.conversations.find(ids[0])
    assert before is not None
    stores.conversations.end(before, before.closed(START + 5))
    assert walk_inbox(stores, 10) == ids[1:]
    assert walk_inbox(stores, 10, "closed") == ids[:1]
    with pytest.raises(ValueError, match="listed"):
        stores.conversations.inbox(STORE, "expired", START, 10, None)


def test_the_inbox_leaves_out_what_has_expired_exactly(stores: Stores) -> None:
    ids = fill(stores, 3)
    assert walk_inbox(stores, 2, now=START + LIFETIME - 1) == ids
    assert walk_inbox(stores, 2, now=START + LIFETIME) == ids[:2]
    assert walk_inbox(stores, 2, now=START + LIFETIME + 2) == []


def test_catching_up_gives_only_what_is_newer(stores: Stores) -> None:
    ids = fill(stores, 3)
    page = stores.conversations.inbox(STORE, "open", START, 10, None, START)
    assert [row.id for row in page.rows] == ids[:2]
    assert stores.conversations.inbox(STORE, "open", START, 10, None, START + 2).rows == ()


def test_expirable_are_those_whose_time_is_over_until_they_are_swept(stores: Stores) -> None:
    ids = fill(stores, 3)
    closed = stores.conversations.find(ids[2])
    assert closed is not None
    stores.conversations.end(closed, closed.closed(START + 1))
    assert stores.conversations.expirable(STORE, START + LIFETIME - 1, 10) == []
    assert sorted(stores.conversations.expirable(STORE, START + LIFETIME + 1, 10)) == sorted(ids[1:])
    assert len(stores.conversations.expirable(STORE, START + LIFETIME + 1, 1)) == 1
    assert stores.conversations.expirable(STORE, START + LIFETIME + 1, 2) == [ids[1], ids[2]]


def test_mark_read_sets_the_count_unless_a_message_came(stores: Stores) -> None:
    talk(stores, 2)
    seen = stores.conversations.find(conversation().id)
    assert seen is not None
    assert seen.unread == 2
    assert stores.conversations.mark_read(seen, 0)
    assert stores.conversations.find(seen.id) == replace(seen, unread=0)
    stores.conversations.append(append(message(START + 9)))
    assert not stores.conversations.mark_read(seen, 0)
    now = stores.conversations.find(seen.id)
    assert now is not None
    assert now.unread == 1
    assert not stores.conversations.mark_read(conversation(id=id_at(START, 99)), 0)


def test_mark_read_is_refused_once_somebody_else_has_read(stores: Stores) -> None:
    talk(stores, 2)
    seen = stores.conversations.find(conversation().id)
    assert seen is not None
    assert stores.conversations.mark_read(seen, 0)
    assert not stores.conversations.mark_read(seen, 1)


def test_count_inbound_after_counts_the_customers_messages_only(stores: Stores) -> None:
    ids = talk(stores, 4)
    stores.conversations.append(append(outbound(START + 9)))
    assert stores.conversations.count_inbound_after(conversation().id, ids[3]) == 3
    assert stores.conversations.count_inbound_after(conversation().id, ids[0]) == 0
    assert stores.conversations.count_inbound_after(conversation().id, "") == 4


def test_conversation_and_associate_come_together(stores: Stores) -> None:
    associate = Associate(
        id="sub-1", merchant_id=MERCHANT, email="a@example.com", name="A", stores={STORE: frozenset(Permission)}
    )
    assert stores.conversations.find_with_associate(conversation().id, "sub-1") == (None, None)
    stores.setup.put_associate(associate)
    stores.conversations.open(opening())
    assert stores.conversations.find_with_associate(conversation().id, "sub-1") == (conversation(), associate)
    assert stores.conversations.find_with_associate(conversation().id, "sub-2") == (conversation(), None)


def test_the_uses_of_proxies_are_the_open_and_closed_conversations_that_have_not_expired(stores: Stores) -> None:
    fill(stores, 2)
    third = conversation(START + 9, id=id_at(START, 300), proxy="+15550100009")
    stores.conversations.open(opening(third, route=route(third)))
    stores.conversations.end(third, third.closed(START + 10))
    uses, more = stores.conversations.proxy_uses(STORE, START + 20, 10)
    assert sorted((use.proxy, use.customer_address, use.is_open) for use in uses) == [
        (PROXY, PHONE, True),
        (PROXY, PHONE, True),
        ("+15550100009", PHONE, False),
    ]
    assert (more, {use.channel for use in uses}) == (False, {"sms"})
    assert stores.conversations.proxy_uses(STORE, START + 20, 2)[1]
    assert len(stores.conversations.proxy_uses(STORE, START + LIFETIME, 10)[0]) == 2
    assert stores.conversations.proxy_uses(STORE, START + LIFETIME + 9, 10) == ([], False)
