"""Contract of ports.ConsentStore."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.consent import Consent, ConsentChange, ConsentSource, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.merchants import MOST_SHARING
from chalicelib.usecases.ports import Righted
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, consent_change, conversation, id_at, opening

STOP = consent_change(ConsentState.OPTED_OUT, START + 5)
ENTRY = AuditEntry(
    id=id_at(START + 9), merchant_id=MERCHANT, store_id=STORE, associate_id="ada", act=AuditAct.OPT_OUT_SET_RIGHT,
    conversation_id=conversation().id, at=START + 9,
)  # fmt: skip


def test_there_is_none_before_the_first_act(stores: Stores) -> None:
    assert stores.consents.state(STOP.key) is None
    assert list(stores.consents.history(STOP.key)) == []


def test_an_act_changes_the_state_and_leaves_a_line(stores: Stores) -> None:
    assert stores.consents.record(STOP)
    assert stores.consents.state(STOP.key) == STOP.leads_to()
    assert list(stores.consents.history(STOP.key)) == [STOP]


def test_an_older_act_changes_nothing(stores: Stores) -> None:
    stores.consents.record(STOP)
    assert not stores.consents.record(consent_change(ConsentState.OPTED_IN, START + 4))
    assert list(stores.consents.history(STOP.key)) == [STOP]


def test_the_ledger_is_oldest_first(stores: Stores) -> None:
    acts = [consent_change(state, START + 10 * n) for n, state in enumerate(ConsentState)]
    for act in acts:
        assert stores.consents.record(act)
    assert list(stores.consents.history(STOP.key)) == acts


def test_the_same_act_again_is_recorded_once(stores: Stores) -> None:
    assert stores.consents.record(STOP)
    assert stores.consents.record(STOP)
    assert list(stores.consents.history(STOP.key)) == [STOP]


def lines_of_a_store(stores: Stores, count: int) -> list[ConsentChange]:
    """Of one customer after the other, a second between them; newest first."""
    lines = [
        replace(
            STOP, id=id_at(START + n, 5), key=replace(STOP.key, address=Address(f"c{n}+x%~#@mail.example")), at=START,
            recorded_at=START + n, store_id=STORE, conversation_id=id_at(START, n), by="ada",
        )
        for n in range(count)
    ]  # fmt: skip
    for line in lines:
        assert stores.consents.record(line)
    return lines[::-1]


def test_the_lines_of_a_store_come_page_by_page_newest_first(stores: Stores) -> None:
    lines = lines_of_a_store(stores, 5)
    stores.consents.record(replace(STOP, store_id="elsewhere"))
    stores.consents.record(STOP)  # from before stores stood in lines
    first = stores.consents.of_store(STORE, 0, 10**13 - 1, 3, None)
    rest = stores.consents.of_store(STORE, 0, 10**13 - 1, 3, first.cursor)
    assert [*first.rows, *rest.rows] == lines
    assert rest.cursor is None


def test_the_last_page_may_be_full(stores: Stores) -> None:
    lines = lines_of_a_store(stores, 4)
    first = stores.consents.of_store(STORE, 0, 10**13 - 1, 2, None)
    rest = stores.consents.of_store(STORE, 0, 10**13 - 1, 2, first.cursor)
    assert ([*first.rows, *rest.rows], rest.cursor) == (lines, None)


@pytest.mark.parametrize(
    ("since", "until", "expected"), [(1, 3, [2, 1]), (0, 1, [0]), (2, 2, []), (3, 2, []), (4, 99, [4])]
)
def test_a_span_of_time_has_its_first_instant_and_not_its_last(
    stores: Stores, since: int, until: int, expected: list[int]
) -> None:
    lines_of_a_store(stores, 5)
    found = stores.consents.of_store(STORE, START + since, START + until, 9, None)
    assert [(line.recorded_at or 0) - START for line in found.rows] == expected


def test_a_cursor_that_is_none_of_ours_is_refused(stores: Stores) -> None:
    with pytest.raises(InvalidInput):
        stores.consents.of_store(STORE, 0, 10**13 - 1, 9, "eA")


def intended(stores: Stores) -> tuple[Conversation, Consent]:
    """A stored conversation that shows an opt-out, and that opt-out, read out of a sentence."""
    act = replace(STOP, source=ConsentSource.INTENT)
    stores.consents.record(act)
    stores.conversations.open(opening(conversation(opted_out=True)))
    stored = stores.conversations.find(conversation().id)
    assert stored is not None
    return stored, act.leads_to()


def right(by: Consent) -> ConsentChange:
    return replace(
        STOP,
        id=id_at(START + 99),
        state=ConsentState.NONE,
        source=ConsentSource.ASSOCIATE,
        by="ada",
        evidence=by.evidence,
    )


def test_what_was_not_meant_is_set_right_in_one_transaction(stores: Stores) -> None:
    shown, mistaken = intended(stores)
    none = Consent(key=STOP.key, state=ConsentState.NONE, changed_at=0)
    assert stores.consents.set_right(right(mistaken), mistaken, none, shown, ENTRY)
    assert stores.consents.state(STOP.key) == none
    assert [line.by for line in stores.consents.history(STOP.key)] == [None, "ada"]
    stored = stores.conversations.find(shown.id)
    assert stored is not None
    assert not stored.opted_out
    assert stores.audit.entries(shown.store_id, 9, None).rows == (ENTRY,)


def test_it_is_set_right_in_as_many_scopes_as_may_share_a_number(stores: Stores) -> None:
    """In the same transaction: DynamoDB takes a hundred actions."""
    shown, mistaken = intended(stores)
    keys = [replace(STOP.key, scope=f"sto-{number}") for number in range(MOST_SHARING - 1)]
    none, beside = Consent(key=STOP.key, state=ConsentState.NONE, changed_at=0), list[Righted]()
    for number, key in enumerate(keys):
        act = replace(STOP, key=key, source=ConsentSource.INTENT)
        stores.consents.record(act)
        entry = replace(ENTRY, id=id_at(START, 50 + number), store_id=key.scope)
        change = replace(right(mistaken), key=key, store_id=key.scope)
        beside.append(Righted(change, act.leads_to(), replace(none, key=key), entry))
    raced = replace(beside[3], was=replace(beside[3].was, changed_at=1))
    assert not stores.consents.set_right(right(mistaken), mistaken, none, shown, ENTRY, [*beside[:3], raced])
    assert stores.consents.state(STOP.key) == mistaken
    assert stores.consents.set_right(right(mistaken), mistaken, none, shown, ENTRY, beside)
    assert [stores.consents.state(key) for key in keys] == [replace(none, key=key) for key in keys]
    assert all(
        len(stores.consents.history(key)) == len(stores.audit.entries(key.scope, 9, None).rows) + 1 for key in keys
    )


def test_it_is_not_set_right_where_somebody_acted_meanwhile(stores: Stores) -> None:
    shown, mistaken = intended(stores)
    stores.consents.record(replace(STOP, id=id_at(8, 8), at=STOP.at + 1))
    none = Consent(key=STOP.key, state=ConsentState.NONE, changed_at=0)
    assert not stores.consents.set_right(right(mistaken), mistaken, none, shown, ENTRY)
    found = stores.consents.state(STOP.key)
    assert found is not None
    assert found.state is ConsentState.OPTED_OUT
    assert stores.audit.entries(shown.store_id, 9, None).rows == ()
    stored = stores.conversations.find(shown.id)
    assert stored is not None
    assert stored.opted_out


def test_scopes_and_addresses_are_apart(stores: Stores) -> None:
    stores.consents.record(STOP)
    for key in (
        replace(STOP.key, scope=id_at(1, 44)),
        replace(STOP.key, address="+15550100003"),
        replace(STOP.key, merchant_id=id_at(1, 45)),
        replace(STOP.key, scope=STOP.key.scope[:-1]),
    ):
        assert stores.consents.state(key) is None
        assert list(stores.consents.history(key)) == []
