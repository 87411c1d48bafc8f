"""Contract of ports.ConversationStore: numbers that stores share (H19; I5)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, Conversation
from chalicelib.domain.merchants import MOST_SHARING
from chalicelib.domain.routing import Rerouting, Route, Routes
from chalicelib.store.rows import Row
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import Appended, Conflict, Once, Opened, RouteChanged
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    MERCHANT,
    PHONE,
    STORE,
    append,
    consent_change,
    conversation,
    id_at,
    message,
    opening,
    outbound,
    route,
)

OTHER = "sto-other"
MOST_ACTIONS = 100
"""Of a transaction, as DynamoDB counts."""
KEY = route(conversation()).key
MINE = conversation()
THEIRS = conversation(id=id_at(START, 7), store_id=OTHER, consent_scope=OTHER)


def stored(stores: Stores) -> Routes:
    return stores.conversations.routes(KEY)


def begin(stores: Stores, item: Conversation, at: int, number: int) -> Opened | object:
    was = stored(stores)
    given = route(item)
    return stores.conversations.open(
        opening(
            item,
            route=given,
            route_was=was.first,
            reroutings=(Rerouting(was, was.led_by(given, at)),),
            once=Once("start", str(number), result=item.id),
        )
    )


def in_both(stores: Stores) -> None:
    """The other store's comes first."""
    assert begin(stores, MINE, START, 1) == Opened()
    assert begin(stores, THEIRS, START + 1, 2) == Opened()


def bare(found: Route | None) -> Route | None:
    """Without how often the routes of its number have changed."""
    return None if found is None else replace(found, turn=None)


def led(routes: Routes) -> tuple[Route | None, list[str]]:
    return bare(routes.first), [each.conversation_id for each in routes.beside]


def test_each_store_has_a_route_of_its_own_and_one_comes_first(stores: Stores) -> None:
    in_both(stores)
    assert led(stored(stores)) == (route(THEIRS), [MINE.id])
    assert bare(stores.conversations.find_route(KEY, consistent=True)) == route(THEIRS)
    assert bare(stores.conversations.find_routes([KEY])[KEY]) == route(THEIRS)


def test_a_pair_that_nobody_uses_has_none(stores: Stores) -> None:
    assert stored(stores) == Routes()


def test_a_text_brings_its_conversation_first(stores: Stores) -> None:
    in_both(stores)
    for number in range(1, 4):  # back and forth
        text = outbound(START + 10 * number, conversation_id=MINE.id)
        was = stored(stores)
        own = was.leading_to(MINE.id)
        assert own is not None
        moved = Rerouting(was, was.led_by(own, text.created_at))
        assert stores.conversations.append(append(text, rerouting=moved)) == Appended()
        assert led(stored(stores)) == (route(MINE), [THEIRS.id])
        back = stored(stores).of_store(OTHER)
        assert back is not None
        reply = outbound(START + 10 * number + 5, conversation_id=THEIRS.id, store_id=OTHER)
        again = Rerouting(stored(stores), stored(stores).led_by(back, reply.created_at))
        assert stores.conversations.append(append(reply, rerouting=again)) == Appended()
        assert led(stored(stores)) == (route(THEIRS), [MINE.id])


def test_who_read_before_another_moved_it_is_refused(stores: Stores) -> None:
    in_both(stores)
    was = stored(stores)
    own = was.leading_to(MINE.id)
    assert own is not None
    moved = Rerouting(was, was.led_by(own, START + 5))
    theirs = THEIRS.closed(START + 3)
    stores.conversations.end(THEIRS, theirs)
    refused = stores.conversations.append(append(outbound(START + 5), rerouting=moved))
    assert isinstance(refused, Conflict)
    assert led(stored(stores)) == (route(MINE), [THEIRS.id])


def test_who_read_before_another_store_began_beside_is_refused(stores: Stores) -> None:
    """Else the one that ends leaves the other behind it, out of reach."""
    assert begin(stores, MINE, START, 1) == Opened()
    was = stored(stores)
    beside = Rerouting(was, was.with_route(route(THEIRS), START + 1))
    command = opening(THEIRS, route=route(THEIRS), reroutings=(beside,), once=Once("start", "2", result=THEIRS.id))
    assert stores.conversations.open(command) == Opened()
    own = was.leading_to(MINE.id)
    assert own is not None
    ended = Rerouting(was, was.with_route(replace(own, cool_until=START + COOL_DOWN), START + 2))
    refused = stores.conversations.append(append(outbound(START + 5), rerouting=ended))
    assert isinstance(refused, Conflict)
    assert led(stored(stores)) == (route(MINE), [THEIRS.id])


def test_what_another_store_opened_meanwhile_is_not_overwritten(stores: Stores) -> None:
    assert begin(stores, MINE, START, 1) == Opened()
    was = stored(stores)
    assert begin(stores, THEIRS, START + 1, 2) == Opened()
    late = replace(THEIRS, id=id_at(START, 9))
    aside = Rerouting(was, was.with_route(route(late), START + 2))
    command = opening(late, route=route(late), reroutings=(aside,), once=Once("start", "3", result=late.id))
    assert stores.conversations.open(command) == RouteChanged()
    fresh = stored(stores)
    beside = Rerouting(fresh, fresh.with_route(route(late), START + 2))
    assert stores.conversations.open(replace(command, reroutings=(beside,))) == Opened(), "as decided on what there is"


def test_ending_the_first_brings_the_other_one_first(stores: Stores) -> None:
    in_both(stores)
    closed = THEIRS.closed(START + 9)
    assert stores.conversations.end(THEIRS, closed)
    first, beside = stored(stores).first, stored(stores).beside
    assert bare(first) == route(MINE)
    assert [(each.conversation_id, each.cool_until) for each in beside] == [(THEIRS.id, START + 9 + COOL_DOWN)]
    assert stores.conversations.reopen(closed, closed.undone())
    assert bare(stored(stores).first) == route(MINE)
    assert stored(stores).beside[0].cool_until is None


def test_once_both_have_ended_the_longest_cool_down_comes_first(stores: Stores) -> None:
    in_both(stores)
    mine = MINE.closed(START + 9)
    stores.conversations.end(MINE, mine)
    assert bare(stored(stores).first) == route(THEIRS)
    stores.conversations.end(THEIRS, THEIRS.closed(START + 8))
    assert bare(stored(stores).first) == route(MINE, cool_until=START + 9 + COOL_DOWN)
    assert stores.conversations.reopen(mine, mine.undone())
    assert bare(stored(stores).first) == route(MINE)


def test_stop_counts_in_every_scope_unless_the_customer_has_acted_since(stores: Stores) -> None:
    in_both(stores)
    scopes = [ConsentKey(MERCHANT, "sms", PHONE, scope) for scope in (STORE, OTHER, "sto-third")]
    stores.consents.record(consent_change(ConsentState.OPTED_IN, START + 20, key=scopes[1]))
    out, *further = [consent_change(ConsentState.OPTED_OUT, START + 9, key=key) for key in scopes]
    text = message(START + 9, body="STOP")
    command = append(text, consent=out, consent_beside=tuple(further), opted_out=True)
    assert stores.conversations.append(command) == Appended()
    states = [found.state for key in scopes if (found := stores.consents.state(key))]
    assert states == [ConsentState.OPTED_OUT, ConsentState.OPTED_IN, ConsentState.OPTED_OUT]
    assert [len(stores.consents.history(key)) for key in scopes] == [1, 2, 1], "the ledger has every line"
    assert stores.conversations.find(MINE.id).opted_out  # type: ignore[union-attr]  # it is there


def test_a_first_text_that_says_stop_counts_in_every_scope(stores: Stores) -> None:
    keys = [ConsentKey(MERCHANT, "sms", PHONE, scope) for scope in (STORE, OTHER)]
    out, further = (consent_change(ConsentState.OPTED_OUT, START, key=key) for key in keys)
    assert stores.conversations.open(opening(consent=out, consent_beside=(further,))) == Opened()
    assert [stores.consents.state(key).state for key in keys] == [ConsentState.OPTED_OUT] * 2  # type: ignore[union-attr]  # they are there


def test_stop_reaches_as_many_stores_as_may_share_a_number(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the transaction takes along: DynamoDB refuses more than a hundred actions."""
    sizes = sizes_of_transactions(monkeypatch)
    in_both(stores)
    scopes = [ConsentKey(MERCHANT, "sms", PHONE, f"sto-{number}") for number in range(MOST_SHARING - 1)]
    out = consent_change(ConsentState.OPTED_OUT, START + 9)
    beside = tuple(replace(out, key=key) for key in scopes)
    was = stored(stores)
    own = was.leading_to(MINE.id)
    assert own is not None
    texts = (message(START + 9, body="STOP"), outbound(START + 10, body="You have opted out"))
    moved = Rerouting(was, was.led_by(own, START + 9))
    command = append(*texts, consent=out, consent_beside=beside, opted_out=True, rerouting=moved)
    assert stores.conversations.append(command) == Appended()
    assert max(sizes, default=0) <= MOST_ACTIONS
    assert all(stores.consents.state(key) is not None for key in scopes)


def sizes_of_transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of those that go to the table from now on; fakes have none."""
    sizes, commit = list[int](), Transaction.commit

    def counted(self: Transaction) -> dict[str, Row | None]:
        sizes.append(len(self._steps))
        return commit(self)

    monkeypatch.setattr(Transaction, "commit", counted)
    return sizes
