"""Contract of ports.ErasureStore and ports.PersonalData: what tests/usecases do not reach (X13)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.erasures import ErasurePhase, Place, erased, erasure_of
from chalicelib.domain.messages import MessageKind
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Rerouting, RouteKey
from chalicelib.usecases.ports import Appended, Conflict, Opened, RouteChanged
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    CUSTOMER,
    MERCHANT,
    PHONE,
    PROXY,
    STORE,
    append,
    consent_change,
    conversation,
    customer,
    id_at,
    message,
    opening,
    order,
    outbound,
    route,
    upsert,
)  # fmt: skip

ASKED = erasure_of(customer(), CUSTOMER, STORE, "mia", START)
ENTRY = AuditEntry(
    id=id_at(START), merchant_id=MERCHANT, store_id=STORE, associate_id="mia", act=AuditAct.CUSTOMER_ERASED, at=START,
    conversation_id="",
)  # fmt: skip
PLACE = Place("sms", PHONE)
KEY = RouteKey("sms", PROXY, PHONE)


def test_the_first_one_stays_and_only_it_is_written_down(stores: Stores) -> None:
    assert stores.erasures.begin(ASKED, ENTRY) == ASKED
    again = replace(ASKED, requested_at=START + 1)
    assert stores.erasures.begin(again, replace(ENTRY, id=id_at(START + 1))) == ASKED
    assert [entry.id for entry in stores.audit.entries(STORE, 5, None).rows] == [ENTRY.id]


def test_what_is_under_way_is_listed_until_it_is_done(stores: Stores) -> None:
    stores.erasures.begin(ASKED, ENTRY)
    later = ASKED.at(ErasurePhase.CONVERSATIONS)
    assert stores.erasures.change(later, ASKED)
    assert not stores.erasures.change(later, ASKED)
    assert list(stores.erasures.under_way(START, 5)) == [later]
    done = later.done(START + 9)
    assert stores.erasures.change(done, later)
    assert list(stores.erasures.under_way(START, 5)) == []
    assert list(stores.erasures.of_store(STORE, 5)) == [done]


def test_only_look_ups_that_lead_to_them_go(stores: Stores) -> None:
    stores.orders.upsert(upsert(order(), claimed=(("sms", PHONE),)))
    for ids in (("somebody else",), (CUSTOMER,)):
        assert stores.personal_data.cut_off(MERCHANT, ids, [("sms", PHONE), ("email", "nobody@example.test")], ())
        found = stores.customers.find_by(MERCHANT, "sms", PHONE)
        assert found == (CUSTOMER if ids[0] != CUSTOMER else None)
    assert stores.customers.find(CUSTOMER) is None


def test_a_conversation_is_theirs_until_it_is_forgotten(stores: Stores) -> None:
    assert stores.conversations.open(opening()) == Opened()
    made = conversation()
    assert list(stores.personal_data.conversations(CUSTOMER, 5)) == [made.id]
    stores.personal_data.forget(CUSTOMER, made.id)
    stores.personal_data.forget(CUSTOMER, made.id)
    assert list(stores.personal_data.conversations(CUSTOMER, 5)) == []


def test_what_is_not_deleted_is_not_removed(stores: Stores) -> None:
    stores.conversations.open(opening())
    with pytest.raises(ValueError, match="deleted first"):
        stores.personal_data.remove(conversation())


def test_what_was_added_to_meanwhile_is_not_removed(stores: Stores) -> None:
    stores.conversations.open(opening())
    was = stores.conversations.find(conversation().id)
    assert was is not None
    deleted = was.deleted(START + 1)
    assert stores.conversations.end(was, deleted)
    late = message(START + 5)
    assert stores.conversations.append(append(late, expected=deleted)) == Appended()
    assert not stores.personal_data.remove(deleted)
    stores.personal_data.empty(was.id)
    now = stores.conversations.find(was.id)
    assert now is not None
    assert stores.personal_data.remove(now)
    assert stores.conversations.find(was.id) is None
    assert stores.conversations.find_route(KEY, consistent=True) is None


def test_a_route_that_leads_elsewhere_stays(stores: Stores) -> None:
    stores.conversations.open(opening())
    assert stores.personal_data.forget_route(KEY, "another")
    assert stores.conversations.find_route(KEY, consistent=True) is not None
    assert stores.personal_data.forget_route(KEY, conversation().id)
    assert stores.conversations.find_route(KEY, consistent=True) is None


def test_of_a_shared_number_the_other_stores_route_comes_first_then(stores: Stores) -> None:
    first = conversation()
    stores.conversations.open(opening(first))
    second = conversation(START + 1, id=id_at(START, 2), store_id="other", order_id=None)
    was = stores.conversations.routes(KEY)
    becomes = was.led_by(route(second), START + 1)
    command = opening(second, route=route(second), route_was=was.first, reroutings=(Rerouting(was, becomes),))
    command = replace(command, once=replace(command.once, key="second"), order=None)
    assert stores.conversations.open(command) == Opened()
    assert stores.personal_data.forget_route(KEY, second.id)
    routes = stores.conversations.routes(KEY)
    assert routes.first is not None
    assert (routes.first.conversation_id, routes.first.aside_at, routes.beside) == (first.id, None, ())
    assert stores.personal_data.forget_route(KEY, first.id)
    assert stores.conversations.routes(KEY).all == ()


def test_an_order_that_changed_meanwhile_is_not_replaced(stores: Stores) -> None:
    stores.orders.upsert(upsert())
    stored = stores.orders.find(order().id)
    assert isinstance(stored, Order)
    assert list(stores.personal_data.orders(CUSTOMER, 5)) == [stored.id]
    stale = replace(stored, updated_at=1)
    assert not stores.personal_data.replace_order(stale, erased(stale, START))
    assert stores.personal_data.replace_order(stored, erased(stored, START))
    assert stores.orders.find(stored.id) == erased(stored, START)
    assert list(stores.personal_data.orders(CUSTOMER, 5)) == []
    assert stores.orders.active(STORE, 0, 5, None).rows == ()


def test_an_opt_out_is_reduced_to_its_hash_and_comes_back_with_its_address(stores: Stores) -> None:
    out = consent_change(ConsentState.OPTED_OUT)
    stores.consents.record(out)
    (consent,) = stores.personal_data.consents(MERCHANT, PLACE)
    assert not stores.personal_data.reduce(consent), "its hash is not there"
    stores.personal_data.suppress(consent)
    assert stores.personal_data.reduce(consent)
    stores.personal_data.forget_history(MERCHANT, PLACE)
    assert stores.consents.state(out.key) is None
    assert list(stores.consents.history(out.key)) == []
    assert stores.conversations.open(opening()) == RouteChanged()
    back = stores.consents.state(out.key)
    assert back is not None
    assert (back.state, back.changed_at, back.source) == (ConsentState.OPTED_OUT, out.at, None)
    assert stores.conversations.open(opening()) == Opened()


def test_what_came_back_is_not_reduced(stores: Stores) -> None:
    stores.consents.record(consent_change(ConsentState.OPTED_OUT))
    (consent,) = stores.personal_data.consents(MERCHANT, PLACE)
    stores.personal_data.suppress(consent)
    stores.personal_data.bring_back(consent)
    stores.personal_data.bring_back(consent)
    assert not stores.personal_data.reduce(consent)
    assert list(stores.personal_data.consents(MERCHANT, PLACE)) == [consent]


def test_consents_of_other_addresses_stay(stores: Stores) -> None:
    change = consent_change(ConsentState.OPTED_OUT)
    stores.consents.record(change)
    other = Place("sms", Address("+15550100003"))
    assert list(stores.personal_data.consents(MERCHANT, other)) == []
    stores.personal_data.forget_history(MERCHANT, other)
    assert [line.id for line in stores.consents.history(change.key)] == [change.id]


def test_nobody_is_invited_to_a_chat_over_an_address_whose_opt_out_stands_as_a_hash(stores: Stores) -> None:
    stores.conversations.open(opening())
    elsewhere = Address("+15550100004")
    change = consent_change(ConsentState.OPTED_OUT)
    change = replace(change, key=replace(change.key, address=elsewhere))
    stores.consents.record(change)
    (consent,) = stores.personal_data.consents(MERCHANT, Place("sms", elsewhere))
    stores.personal_data.suppress(consent)
    assert stores.personal_data.reduce(consent)
    text = outbound(START + 9, kind=MessageKind.INVITATION, customer_address=elsewhere)
    assert isinstance(stores.conversations.append(append(text)), Conflict)
    back = stores.consents.state(change.key)
    assert back is not None
    assert back.state is ConsentState.OPTED_OUT


def test_a_customer_who_changed_since_they_were_read_stays(stores: Stores) -> None:
    stores.orders.upsert(upsert(order(), claimed=(("sms", PHONE),)))
    known = stores.customers.find(CUSTOMER)
    assert known is not None
    look_ups = [("sms", PHONE)]
    assert not stores.personal_data.cut_off(MERCHANT, (CUSTOMER,), look_ups, [replace(known, first_name="Another")])
    assert stores.customers.find_by(MERCHANT, "sms", PHONE) == CUSTOMER
    assert stores.customers.find(CUSTOMER) == known
    assert stores.personal_data.cut_off(MERCHANT, (CUSTOMER,), look_ups, [known])
    assert (stores.customers.find(CUSTOMER), stores.customers.find_by(MERCHANT, "sms", PHONE)) == (None, None)


def test_one_that_is_done_gives_way_to_the_next(stores: Stores) -> None:
    stores.erasures.begin(ASKED, None)
    assert stores.erasures.begin(replace(ASKED, order_ids=("o",)), None) == ASKED
    done = ASKED.done(START + 9)
    assert stores.erasures.change(done, ASKED)
    again = stores.erasures.begin(replace(ASKED, order_ids=("o",)), None)
    assert (again.order_ids, again.revision) == (("o",), done.revision + 1)
    assert list(stores.erasures.under_way(START, 5)) == [again]
