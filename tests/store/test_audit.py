"""Contract of ports.AuditLog; entries that come with an act come with it or not at all."""

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.conversations import ConversationState
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, conversation, id_at, opening


def entry(at: int = START, act: AuditAct = AuditAct.CLOSED) -> AuditEntry:
    return AuditEntry(
        id=id_at(at), merchant_id=MERCHANT, store_id=STORE, associate_id="ada", act=act,
        conversation_id=conversation().id, at=at,
    )  # fmt: skip


def listed(stores: Stores) -> list[AuditEntry]:
    return list(stores.audit.entries(STORE, 50, None).rows)


def test_entries_are_kept_newest_first_page_by_page(stores: Stores) -> None:
    for number in range(5):
        stores.audit.record(entry(START + number))
    first = stores.audit.entries(STORE, 3, None)
    rest = stores.audit.entries(STORE, 3, first.cursor)
    assert [row.at - START for row in (*first.rows, *rest.rows)] == [4, 3, 2, 1, 0]
    assert rest.cursor is None
    assert stores.audit.entries("elsewhere", 3, None).rows == ()


def test_a_repeat_changes_nothing(stores: Stores) -> None:
    stores.audit.record(entry())
    stores.audit.record(entry())
    assert listed(stores) == [entry()]


def test_what_is_written_stays_as_it_was(stores: Stores) -> None:
    stores.audit.record(entry())
    stores.audit.record(entry(act=AuditAct.DELETED))
    assert listed(stores) == [entry()]


def test_an_act_and_its_entry_become_true_together(stores: Stores) -> None:
    stores.conversations.open(opening())
    before = conversation()
    closed = before.closed(START + 5)
    assert stores.conversations.end(before, closed, entry())
    assert not stores.conversations.end(before, closed, entry(START + 6)), "it is closed already"
    assert stores.conversations.reopen(closed, closed.undone(), entry(START + 7, AuditAct.REOPENED))
    assert [row.act for row in listed(stores)] == [AuditAct.REOPENED, AuditAct.CLOSED]
    found = stores.conversations.find(before.id)
    assert found is not None
    assert found.state is ConversationState.OPEN
