"""A store's lists in several shards: they read as one, before, while and after the number of shards is raised."""

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.merchants import MOST_INBOX_SHARDS, SHARDS_TAKE_EFFECT, Store
from chalicelib.store import keys
from chalicelib.store.conversations import DynamoConversationStore
from chalicelib.store.inbox_shards import shard
from chalicelib.store.table import Found, Table
from chalicelib.usecases.ports import Appended, Opened
from tests.fakes.outside import START
from tests.store.conftest import Stores, fake_stores, real_stores
from tests.store.test_reading import fill, walk_inbox
from tests.support.emulator import make_table
from tests.support.samples import MERCHANT, PHONE, STORE, append, conversation, id_at, message, opening, route

SET_UP = Store(id=STORE, merchant_id=MERCHANT, name="Main Street", timezone="UTC", phone=PHONE)
EXPIRED = START + 2 * LIFETIME
_numbers = itertools.count()


def set_up(stores: Stores, count: int) -> None:
    """As `make merchant` writes it; from now on."""
    known = stores.known.get(STORE)
    wanted = replace(SET_UP, inbox_shards=count)
    stores.known[STORE] = wanted.with_shards_after(known, stores.clock.now()) if known else wanted


def spread(table: Table, ids: list[str]) -> Counter[str]:
    """How many conversations are listed in which partition."""
    rows = (table.get(keys.conversation(each)) for each in ids)
    return Counter(row.g1p for row in rows if row)


def test_one_shard_has_the_keys_that_it_always_had(real: Stores, table: Table) -> None:
    ids = fill(real, 4)
    assert spread(table, ids) == {f"S#{STORE}#open": 4}


def test_shards_are_filled_evenly() -> None:
    filled = Counter(shard(id_at(START + number, number * 7919), 4) for number in range(10_000))
    assert set(filled) == {0, 1, 2, 3}
    assert max(filled.values()) < 2_700


@pytest.mark.parametrize("limit", [1, 3, 25])
def test_raising_the_shards_of_a_living_store_hides_nothing(real: Stores, table: Table, limit: int) -> None:
    set_up(real, 1)
    old = fill(real, 12)
    set_up(real, 4)
    assert walk_inbox(real, limit) == old
    texted = _text(real, old[11], START + 50)
    assert spread(table, old) == {f"S#{STORE}#open": 12}, "a process with the former set-up would look there only"
    real.clock.advance(SHARDS_TAKE_EFFECT)
    assert walk_inbox(real, limit) == [texted, *old[:11]]
    for number, each in enumerate(reversed(old)):
        _text(real, each, START + 60 + number)
    assert walk_inbox(real, limit) == old
    assert spread(table, old) == Counter(keys.conversations_of_store(STORE, "open", shard(each, 4)) for each in old)
    assert len(spread(table, old)) > 1
    assert sorted(real.conversations.expirable(STORE, EXPIRED, 100)) == sorted(old)


def test_the_sweep_finds_what_is_left_in_the_first_shard(real: Stores) -> None:
    set_up(real, 1)
    old = fill(real, 6)
    set_up(real, 4)
    real.clock.advance(SHARDS_TAKE_EFFECT)
    moved = [_text(real, each, START + 50) for each in old[:3]]
    _close(real, old[0])
    _close(real, old[5])
    found = real.conversations.expirable(STORE, EXPIRED, 100)
    assert sorted(found) == sorted([*moved, *old[3:]])
    for each in found:
        before = real.conversations.find(each)
        assert before
        assert real.conversations.end(before, before.expired())
    assert real.conversations.expirable(STORE, EXPIRED, 100) == []


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_sweep_takes_no_more_than_asked_from_all_shards(real: Stores, limit: int) -> None:
    set_up(real, 4)
    fill(real, 9)
    assert len(real.conversations.expirable(STORE, EXPIRED, limit)) == limit


def test_one_that_changes_shards_between_two_queries_is_listed_once(real: Stores, table: Table) -> None:
    set_up(real, 1)
    ids = fill(real, 8)
    set_up(real, 4)
    real.clock.advance(SHARDS_TAKE_EFFECT)
    moving = next(each for each in ids if shard(each, 4) == 3)
    texts = iter([lambda: _text(real, moving, START + 90)])
    interrupted: Any = _Interrupted(table, texts)
    listed = DynamoConversationStore(interrupted, real.clock, real.known.get).inbox(STORE, "open", START, 25, None)
    assert next(texts, None) is None
    assert [row.id for row in listed.rows] == [moving, *[each for each in ids if each != moving]]
    assert listed.rows[0].last_activity_at == START + 90


class _Interrupted:
    """A table with which something happens after each query."""

    def __init__(self, table: Table, happening: Any) -> None:
        self._table, self._happening = table, happening

    def query(self, *args: Any, **how: Any) -> Found:
        found = self._table.query(*args, **how)
        next(self._happening, lambda: None)()
        return found


# --- beside plain memory --------------------------------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["open", "open", "open", "text", "text", "close", "reopen", "raise", "wait"]),
        st.integers(0, 99),
        st.integers(0, 1),
    ),
    max_size=40,
)


@given(ACTS, st.integers(1, 7), st.lists(st.integers(0, 99), max_size=3))
@settings(max_examples=60, deadline=None)
def test_lists_are_those_of_plain_memory_whatever_happens_to_shards(
    acts: list[tuple[str, int, int]], limit: int, while_reading: list[int]
) -> None:
    real, fake = real_stores(make_table(f"shards-{next(_numbers)}")), fake_stores()
    set_up(real, 1)
    ids, at = _live(acts, real, fake)
    for state in ("open", "closed"):
        assert walk_inbox(real, limit, state) == walk_inbox(fake, limit, state)
    assert real.conversations.inbox(STORE, "open", START, 9, None, at - 1) == fake.conversations.inbox(
        STORE, "open", START, 9, None, at - 1
    )
    assert sorted(real.conversations.expirable(STORE, EXPIRED, 99)) == sorted(
        fake.conversations.expirable(STORE, EXPIRED, 99)
    )
    _read_while_texts_come(real, ids, at, limit, while_reading)


def _live(acts: list[tuple[str, int, int]], *worlds: Stores) -> tuple[list[str], int]:
    """The same acts in each world; several happen in the same millisecond. The conversations, and the last instant."""
    ids: list[str] = []
    at, shards = START, 1
    for number, (act, which, pause) in enumerate(acts):
        at += pause
        chosen = ids[which % len(ids)] if ids else ""
        if act == "open":
            ids.append(id_at(START, 1000 + number * 7919))
        if act == "raise":
            more = shards * (1 + which % 4)
            shards = more if more <= MOST_INBOX_SHARDS else shards
        for world in worlds:
            if act == "raise" and world.known:
                set_up(world, shards)
            elif act == "wait":
                world.clock.advance(SHARDS_TAKE_EFFECT)
            elif act == "open":
                _open(world, ids[-1], at, number)
            elif chosen and act in _ACT:
                _ACT[act](world, chosen, at)
    return ids, at


def _read_while_texts_come(real: Stores, ids: list[str], at: int, limit: int, texted: list[int]) -> None:
    """What is not touched meanwhile is read exactly once, and nothing twice on the pages after its text."""
    before = walk_inbox(real, 99)
    seen, cursor, touched = list[str](), None, set[str]()
    while True:
        page = real.conversations.inbox(STORE, "open", START, limit, cursor)
        seen += [row.id for row in page.rows]
        cursor = page.cursor
        if cursor is None:
            break
        if texted and ids:
            touched.add(_text(real, ids[texted.pop() % len(ids)], at + 1 + len(seen)))
    untouched = [each for each in before if each not in touched]
    assert [each for each in seen if each not in touched] == untouched
    assert max(Counter(seen).values(), default=1) == 1


def _open(stores: Stores, conversation_id: str, at: int, number: int) -> None:
    item = conversation(at, id=conversation_id)
    held = route(item)
    held = replace(held, key=replace(held.key, customer_address=f"+1555030{number:04d}"))
    item = replace(item, customer_address=held.key.customer_address)
    assert stores.conversations.open(opening(item, route=held)) == Opened()


def _text(stores: Stores, conversation_id: str, at: int) -> str:
    """A text from the customer, if the conversation is open."""
    found = stores.conversations.find(conversation_id)
    assert found
    if found.state == "open":
        text = message(at, id=id_at(at, next(_numbers)), conversation_id=conversation_id)
        assert stores.conversations.append(append(text)) == Appended()
    return conversation_id


def _close(stores: Stores, conversation_id: str, at: int = START + 70) -> None:
    before = stores.conversations.find(conversation_id)
    assert before
    if before.state == "open":
        assert stores.conversations.end(before, before.closed(at))


def _reopen(stores: Stores, conversation_id: str, at: int) -> None:
    before = stores.conversations.find(conversation_id)
    assert before
    if before.state == "closed":
        assert stores.conversations.reopen(before, before.reopened(at))


_ACT: dict[str, Callable[[Stores, str, int], object]] = {"text": _text, "close": _close, "reopen": _reopen}
