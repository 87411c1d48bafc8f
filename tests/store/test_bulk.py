"""Bulk texts: added once with all of their parts, due while they run, changed by whoever has seen what is there."""

from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.bulk import Bulk, Part, PausedBy, Result, Unsent, in_parts
from chalicelib.usecases.ports import DueBulk, Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE

PARTS = in_parts([f"o{number}" for number in range(30)])
BULK = Bulk(
    id="01M3250V000000000000000009", merchant_id=MERCHANT, store_id=STORE, sender_id="ada", sender_name="Ada",
    text="Hi [[firstname]]", total=30, parts=2, made_at=START, due_at=START,
)  # fmt: skip
ONCE = Once("request#ada", "key-1", digest="d", result=BULK.id)
SETTLED = Part(
    0,
    PARTS[0].ids,
    (*(Result(each, "c1", "m1") for each in PARTS[0].ids[1:]), Result("o0", unsent=Unsent.NO_PHONE)),
)


def entry(number: int) -> AuditEntry:
    return AuditEntry(
        id=f"01M3250V00000000000000001{number}", merchant_id=MERCHANT, store_id=STORE, associate_id="ada",
        act=AuditAct.BULK_STARTED, conversation_id="", at=START,
    )  # fmt: skip


def test_it_is_added_once_with_its_parts_and_an_entry(stores: Stores) -> None:
    assert stores.bulks.add(BULK, PARTS, ONCE, entry(1)) is None
    assert stores.bulks.find(STORE, BULK.id) == BULK
    assert [stores.bulks.part(BULK.id, number) for number in range(3)] == [*PARTS, None]
    again = replace(BULK, id="01M3250V000000000000000019")
    assert stores.bulks.add(again, PARTS, replace(ONCE, result=again.id), entry(2)) == ONCE
    assert stores.bulks.of_store(STORE, 9) == [BULK]
    assert [each.id for each in stores.audit.entries(STORE, 9, None).rows] == [entry(1).id]


def test_it_is_due_while_it_runs(stores: Stores) -> None:
    stores.bulks.add(BULK, PARTS, ONCE, entry(1))
    assert stores.bulks.due(START - 1, 9) == []
    assert stores.bulks.due(START, 9) == [DueBulk(STORE, BULK.id)]
    later = BULK.waiting(START + 50)
    assert stores.bulks.change(later, BULK)
    assert stores.bulks.due(START + 49, 9) == []
    assert stores.bulks.change(later.paused(PausedBy.HAND), later)
    assert stores.bulks.due(START + 99, 9) == []


def test_its_progress_is_told_with_the_part_and_by_one_alone(stores: Stores) -> None:
    stores.bulks.add(BULK, PARTS, ONCE, entry(1))
    after = BULK.settled(SETTLED)
    assert stores.bulks.change(after, BULK, SETTLED)
    assert not stores.bulks.change(BULK.cancelled(), BULK, audit=entry(2))
    assert (stores.bulks.find(STORE, BULK.id), stores.bulks.part(BULK.id, 0)) == (after, SETTLED)
    assert (after.sent, after.unsent, after.done_parts) == (24, 1, 1)
    assert len(stores.audit.entries(STORE, 9, None).rows) == 1
