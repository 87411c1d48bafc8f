"""Contract of ports.AssignmentStore, and of the lists of colleagues."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignments import Handover, HandoverKind
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.merchants import Associate, Permission
from chalicelib.domain.messages import MessageKind
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, append, conversation, id_at, message, opening, outbound

ADA, MIA = id_at(1, 11), id_at(1, 12)


def handover(at: int = START + 1, to: str | None = ADA) -> Handover:
    return Handover(
        id=id_at(at),
        conversation_id=conversation().id,
        merchant_id=MERCHANT,
        store_id=STORE,
        kind=HandoverKind.TAKEN if to else HandoverKind.RELEASED,
        at=at,
        by_id=ADA,
        by_name="Ada",
        to_id=to,
        to_name="Ada" if to else None,
    )


def stored(stores: Stores) -> Conversation:
    found = stores.conversations.find(conversation().id)
    assert found is not None
    return found


def test_a_conversation_changes_hands_and_remembers_it(stores: Stores) -> None:
    stores.conversations.open(opening())
    assert stores.assignments.assign(stored(stores), handover())
    assert (stored(stores).assignee_id, stored(stores).handed_over) == (ADA, True)
    assert stores.assignments.assign(stored(stores), handover(START + 2, None))
    assert stored(stores).assignee_id is None
    assert stores.assignments.history(conversation().id) == [handover(), handover(START + 2, None)]
    assert stores.assignments.history(id_at(START, 99)) == []


def test_lists_show_who_looks_after_it(stores: Stores) -> None:
    stores.conversations.open(opening())
    stores.assignments.assign(stored(stores), handover())
    (row,) = stores.conversations.inbox(STORE, "open", START + 9, 25, None).rows
    assert row.assignee_id == ADA


def test_what_somebody_else_took_meanwhile_stays_theirs(stores: Stores) -> None:
    stores.conversations.open(opening())
    before = stored(stores)
    stores.assignments.assign(before, handover())
    assert not stores.assignments.assign(before, replace(handover(START + 2), to_id=MIA))
    assert stored(stores).assignee_id == ADA
    assert len(stores.assignments.history(before.id)) == 1


def test_what_has_ended_or_is_anothers_is_not_given_to_anybody(stores: Stores) -> None:
    stores.conversations.open(opening())
    open_one = stored(stores)
    stores.conversations.end(open_one, open_one.closed(START + 1))
    assert not stores.assignments.assign(open_one, handover())
    with pytest.raises(ValueError, match="of this conversation"):
        stores.assignments.assign(replace(open_one, merchant_id=id_at(1, 77)), handover())


def test_an_end_that_knows_another_assignee_does_not_overwrite(stores: Stores) -> None:
    stores.conversations.open(opening())
    before = stored(stores)
    stores.assignments.assign(before, handover())
    assert not stores.conversations.end(before, before.closed(START + 5))
    assert stored(stores).assignee_id == ADA


def test_the_first_answer_by_a_person_decides_and_no_later_one(stores: Stores) -> None:
    stores.conversations.open(opening())
    automatic = outbound(START + 1, author_id=None, author_name=None, kind=MessageKind.HELP_ANSWER)
    for text, looks_after in ((automatic, None), (message(START + 2), None), (outbound(START + 3, author_id=ADA), ADA)):
        stores.conversations.append(append(text))
        assert stored(stores).assignee_id == looks_after
    stores.conversations.append(append(outbound(START + 4, author_id=MIA)))
    assert stored(stores).assignee_id == ADA


def test_history_goes_with_the_messages_and_shows_in_no_page_of_them(stores: Stores) -> None:
    stores.conversations.open(opening(messages=(message(),)))
    stores.assignments.assign(stored(stores), handover())
    thread = stores.conversations.thread(conversation().id, 50, None)
    assert thread is not None
    assert thread.messages.rows == (message(),)
    stores.conversations.erase_messages(conversation().id, message().id)
    assert stores.assignments.history(conversation().id) == []


def test_colleagues_are_listed_by_name_in_each_of_their_stores(stores: Stores) -> None:
    orders, both = frozenset({Permission.ORDERS}), {STORE: frozenset(Permission), "other": frozenset(Permission)}
    ada = Associate(id="1", merchant_id=MERCHANT, email="a@example.test", name="ada", stores={STORE: orders})
    mia = Associate(id="2", merchant_id=MERCHANT, email="m@example.test", name="Mia", stores=both)
    for associate in (mia, ada):
        stores.setup.put_associate(associate)
    assert [(each.name, each.permissions) for each in stores.directory.colleagues(STORE)] == [
        ("ada", orders),
        ("Mia", frozenset(Permission)),
    ]
    stores.setup.put_associate(replace(mia, stores={STORE: orders}))
    assert stores.directory.colleagues("other") == []
    assert [each.permissions for each in stores.directory.colleagues(STORE)] == [orders, orders]
