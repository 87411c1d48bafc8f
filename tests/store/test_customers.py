"""Contract of ports.CustomerStore: two who are merged, and two again (X11)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.customers import Customer
from chalicelib.domain.merges import merged, parted
from chalicelib.usecases.ports import MergeCommand, Stored
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, PHONE, STORE, conversation, customer, id_at, opening, order, upsert

OTHER_PHONE = "+12065550199"
ONE = customer(id=id_at(2, 1), phones=(PHONE,))
TWO = customer(id=id_at(2, 2), phones=(OTHER_PHONE,), emails=("two@example.test",))
THREE = customer(id=id_at(2, 3), phones=())
ENTRY = AuditEntry(
    id=id_at(START), merchant_id=MERCHANT, store_id=STORE, associate_id="sub", act=AuditAct.CUSTOMERS_MERGED, at=START,
    conversation_id=conversation().id,
)  # fmt: skip


@pytest.fixture(autouse=True)
def known(stores: Stores) -> None:
    for number, each in enumerate((ONE, TWO, THREE)):
        claimed = tuple(("sms", phone) for phone in each.phones)
        command = upsert(order(str(number), customer_id=each.id), customer=each, claimed=claimed)
        assert stores.orders.upsert(command) == Stored()


def merge(stores: Stores, kept: Customer, other: Customer, at: int = START + 1) -> tuple[Customer, Customer] | None:
    both = merged(kept, other, (), "sub", "Sam Lee", at)
    command = MergeCommand((kept, both[0]), (other, both[1]))
    return both if stores.customers.change_both(command, replace(ENTRY, id=id_at(at))) else None


def test_the_other_one_leads_to_the_one_who_is_kept(stores: Stores) -> None:
    both = merge(stores, ONE, TWO)
    assert both is not None
    assert stores.customers.find(TWO.id) == stores.customers.find(ONE.id) == both[0]
    assert stores.customers.find_by(MERCHANT, "sms", OTHER_PHONE) == TWO.id
    assert list(stores.customers.merged_into(both[0])) == [both[1]]
    assert [entry.act for entry in stores.audit.entries(STORE, 5, None).rows] == [AuditAct.CUSTOMERS_MERGED]


def test_several_are_found_by_the_ids_asked_for_merged_or_not(stores: Stores) -> None:
    first = merge(stores, TWO, THREE)
    assert first is not None
    assert stores.customers.find_several([]) == {}
    nobody = [id_at(3, number) for number in range(100)]
    asked = [ONE.id, *nobody, THREE.id, TWO.id, ONE.id]
    assert stores.customers.find_several(asked) == {ONE.id: ONE, TWO.id: first[0], THREE.id: first[0]}
    second = merge(stores, ONE, first[0], START + 2)
    assert second is not None
    assert stores.customers.find_several([THREE.id]) == {THREE.id: second[0]}


def test_whoever_was_never_merged_has_nobody(stores: Stores) -> None:
    assert list(stores.customers.merged_into(ONE)) == []


def test_merged_over_two_steps_they_all_lead_there(stores: Stores) -> None:
    first = merge(stores, TWO, THREE)
    assert first is not None
    second = merge(stores, ONE, first[0], START + 2)
    assert second is not None
    assert {stores.customers.find(each) for each in (ONE.id, TWO.id, THREE.id)} == {second[0]}
    assert second[0].absorbed == (TWO.id, THREE.id)
    assert list(stores.customers.merged_into(second[0])) == [second[1]], "the third one was merged into the second"


def test_parted_both_are_stored_as_they_were(stores: Stores) -> None:
    both = merge(stores, ONE, TWO)
    assert both is not None
    apart = parted(*both, (), START + 2)
    command = MergeCommand((both[0], apart[0]), (both[1], apart[1]))
    assert stores.customers.change_both(command, ENTRY)
    assert not stores.customers.change_both(command, ENTRY), "it is done"
    for was, now in zip((ONE, TWO), apart, strict=True):
        stored = stores.customers.find(was.id)
        assert stored == now == replace(was, updated_at=START + 2, renaming=0, absorbed=())


def test_of_two_at_once_one_gets_through(stores: Stores) -> None:
    assert merge(stores, ONE, TWO)
    assert merge(stores, TWO, ONE) is None
    assert merge(stores, THREE, TWO) is None
    assert merge(stores, ONE, THREE) is None, "it was read before"
    assert len(stores.audit.entries(STORE, 5, None).rows) == 1


def test_who_was_changed_meanwhile_is_not_merged(stores: Stores) -> None:
    newer = replace(TWO, first_name="Kim", updated_at=START + 9)
    command = upsert(order("9", customer_id=TWO.id), customer=newer, customer_was=TWO)
    assert stores.orders.upsert(command) == Stored()
    assert merge(stores, ONE, TWO) is None
    assert stores.customers.find(TWO.id) == newer


def test_a_shop_that_read_before_the_merge_does_not_overwrite_it(stores: Stores) -> None:
    both = merge(stores, ONE, TWO, TWO.updated_at)
    assert both is not None
    late = upsert(order("9", customer_id=TWO.id), customer=replace(TWO, first_name="Kim"), customer_was=TWO)
    assert stores.orders.upsert(late) != Stored()
    assert stores.customers.find(TWO.id) == both[0]


def test_an_order_stays_under_the_id_it_came_with(stores: Stores) -> None:
    both = merge(stores, ONE, TWO)
    assert both is not None
    newer = replace(order("1", customer_id=TWO.id), updated_at=START + 5)
    assert (
        stores.orders.upsert(
            upsert(newer, order_was=order("1", customer_id=TWO.id), customer=both[0], customer_was=both[0])
        )
        == Stored()
    )
    assert [each.id for each in stores.orders.of_customer(TWO.id, 5)] == [newer.id]


@pytest.mark.parametrize("stranger", [replace(TWO, merchant_id=id_at(1, 77)), ONE])
def test_only_two_of_one_merchant_are_merged(stores: Stores, stranger: Customer) -> None:
    with pytest.raises(ValueError, match="two customers of one merchant"):
        merge(stores, ONE, stranger)


def test_names_are_written_until_they_are_right(stores: Stores) -> None:
    both = merge(stores, ONE, TWO)
    assert both is not None
    stores.customers.renamed(replace(both[0], updated_at=START - 9))
    assert stores.customers.find(ONE.id) == both[0], "another change asked for it again"
    stores.customers.renamed(both[0], 7)
    assert stores.customers.find(ONE.id) == replace(both[0], renaming=7)
    stores.customers.renamed(both[0])
    assert stores.customers.find(ONE.id) == replace(both[0], renaming=None)


def test_a_conversation_is_renamed_while_it_is_that_customers(stores: Stores) -> None:
    stores.conversations.open(opening())
    stored = stores.conversations.find(conversation().id)
    assert stored is not None
    stores.conversations.rename(replace(stored, customer_id=TWO.id), "Nobody")
    stores.conversations.rename(stored, "Kim Lee")
    found = stores.conversations.find(stored.id)
    assert found == replace(stored, customer_name="Kim Lee")
    (row,) = stores.conversations.inbox(STORE, "open", stored.last_activity_at, 5, None).rows
    assert row.customer_name == "Kim Lee"
    deleted = stored.deleted(START + 99)
    assert stores.conversations.end(found, replace(deleted))
    stores.conversations.rename(deleted, "Kim Lee")
    after = stores.conversations.find(stored.id)
    assert after is not None
    assert after.customer_name == ""


def test_an_address_that_both_had_stays_with_both() -> None:
    other = replace(TWO, phones=(PHONE, OTHER_PHONE))
    both = merged(ONE, other, (), "sub", "Sam Lee", START + 1)
    assert both[0].phones == (PHONE, OTHER_PHONE)
    apart = parted(*both, (), START + 2)
    assert [each.phones for each in apart] == [(PHONE,), (PHONE, OTHER_PHONE)]
