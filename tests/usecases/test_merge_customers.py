"""Two customers become one because somebody says so, and two again, exactly (X11)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.customers import MOST_MERGED, Customer, CustomerKind
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.events import ShopCustomer
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.show_customer import CustomerSheet, show_buyer, show_customer
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MERCHANT, MIA, TACOMA_NUMBER, ZOE, World

DEANS = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN, email="dean@example.test")


class Two:
    """Carla, who has an order and a conversation, and Dean, who has as much; both of Seattle."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.carlas = world.talk()
        order = world.order(external_id="1002", number="#1002", customer=DEANS)
        self.deans = world.start(order)
        world.deliver()
        self.before = self.shown()

    def shown(self) -> tuple[Customer, Customer]:
        return self.sheet(self.carlas).customer, self.sheet(self.deans).customer

    def sheet(self, conversation_id: str, associate_id: str = MIA) -> CustomerSheet:
        return show_customer(conversation_id, associate_id, self.world)

    def merge(self, associate_id: str = ADA, **fields: bool) -> CustomerSheet:
        self.world.clock.advance(1000)
        other = Other(conversation_id=self.deans)
        return merge_customers(self.carlas, other, associate_id, self.world, **fields)

    def undo(self, merged_id: str = "", conversation_id: str = "") -> CustomerSheet:
        self.world.clock.advance(1000)
        merged_id = merged_id or self.before[1].id
        return undo_merge(conversation_id or self.carlas, merged_id, ADA, self.world)

    def names(self) -> list[str]:
        found = (self.world.conversations.find(each) for each in (self.carlas, self.deans))
        return [each.customer_name for each in found if each is not None]


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def plain(customer: Customer) -> Customer:
    """Apart from when, whether names are being written, and whether there was a merge once."""
    return replace(customer, updated_at=0, renaming=None, absorbed=customer.absorbed or None)


def test_the_one_who_is_kept_has_all_addresses_orders_and_conversations(world: World, two: Two) -> None:
    carla, dean = two.before
    sheet = two.merge()
    assert sheet.customer.id == carla.id
    assert sheet.customer.name == carla.name
    assert set(sheet.customer.phones) == {CARLA, DEAN}
    assert sheet.customer.emails == (*carla.emails, *dean.emails)
    assert [order.number for order in sheet.orders] == ["#1002", "#1001"]
    assert plain(two.sheet(two.deans).customer) == plain(sheet.customer)
    assert two.names() == [carla.name, carla.name]
    assert [(each.id, each.merge and each.merge.by_name) for each in sheet.merges] == [(dean.id, "Ada")]


def test_look_ups_lead_to_the_one_who_is_kept(world: World, two: Two) -> None:
    carla, _ = two.before
    two.merge()
    for kind, value in (("sms", DEAN), ("email", "dean@example.test")):
        found = world.customers.find_by(MERCHANT, kind, value)
        assert found is not None
        kept = world.customers.find(found)
        assert kept is not None
        assert kept.id == carla.id


def test_undone_each_is_exactly_as_before(world: World, two: Two) -> None:
    carla, dean = two.before
    orders = [two.sheet(each).orders for each in (two.carlas, two.deans)]
    two.merge()
    sheet = two.undo()
    assert [plain(each) for each in two.shown()] == [plain(carla), plain(dean)]
    assert [two.sheet(each).orders for each in (two.carlas, two.deans)] == orders
    assert two.names() == [carla.name, dean.name]
    assert (sheet.customer.id, sheet.merges) == (carla.id, ())


def test_undone_from_the_other_conversation_too(world: World, two: Two) -> None:
    two.merge()
    assert two.undo(conversation_id=two.deans).customer.id == two.before[1].id
    assert two.names() == [each.name for each in two.before]


def test_the_other_one_can_be_kept(world: World, two: Two) -> None:
    carla, dean = two.before
    sheet = two.merge(keep_other=True)
    assert (sheet.customer.id, sheet.customer.name) == (dean.id, dean.name)
    assert two.names() == [dean.name, dean.name]
    two.undo(carla.id)
    assert [plain(each) for each in two.shown()] == [plain(carla), plain(dean)]


def test_what_comes_after_the_merge_stays_with_the_one_who_is_kept(world: World, two: Two) -> None:
    _, dean = two.before
    two.merge()
    new = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone="+12065550177")
    world.order(external_id="1003", number="#1003", customer=new)
    two.undo()
    sheets = [two.sheet(each) for each in (two.carlas, two.deans)]
    assert ["#1003" in [order.number for order in sheet.orders] for sheet in sheets] == [True, False]
    assert "+12065550177" in sheets[0].customer.phones
    assert plain(sheets[1].customer) == plain(dean)


def test_an_order_from_before_goes_back_though_the_shop_changed_it_since(world: World, two: Two) -> None:
    two.merge()
    world.clock.advance(60_000)
    world.order(external_id="1002", number="#1002", customer=DEANS, updated_at=world.clock.now(), total=77_00)
    assert [order.number for order in two.sheet(two.carlas).orders] == ["#1002", "#1001"]
    two.undo()
    assert [order.number for order in two.sheet(two.carlas).orders] == ["#1001"]
    assert [(order.number, order.total) for order in two.sheet(two.deans).orders] == [("#1002", 77_00)]


def test_a_text_from_the_others_number_lands_where_it_always_did(world: World, two: Two) -> None:
    two.merge()
    world.text("Still me", sender=DEAN)
    assert world.bodies(two.deans)[-1] == "Still me"
    assert two.sheet(two.deans).customer.id == two.before[0].id


def test_a_new_conversation_from_the_others_address_is_with_the_one_who_is_kept(world: World, two: Two) -> None:
    carla, _ = two.before
    two.merge()
    world.text("Hello Tacoma", sender=DEAN, recipient=TACOMA_NUMBER)
    conversation = world.conversation_of(DEAN, TACOMA_NUMBER)
    assert (conversation.customer_id, conversation.customer_name) == (carla.id, carla.name)


def test_starting_again_with_either_takes_up_what_there_is(world: World, two: Two) -> None:
    two.merge()
    world.clock.advance(1000)
    order = world.order(external_id="1004", number="#1004", customer=DEANS)
    assert world.start(order) == two.deans, "not taken for somebody else's"
    conversation = world.conversations.find(two.deans)
    assert conversation is not None
    assert conversation.customer_id == two.before[1].id, "so that the merge can be undone"


def test_consent_is_each_addresss_own(world: World, two: Two) -> None:
    world.text("STOP", sender=DEAN)
    world.deliver()
    ledger = list(world.table.ledger)
    two.merge()
    consents = [two.sheet(each).consent for each in (two.carlas, two.deans)]
    assert [None if each is None else each.state for each in consents] == [None, ConsentState.OPTED_OUT]
    two.undo()
    assert world.table.ledger == ledger


def test_both_are_written_down_in_the_audit_log(world: World, two: Two) -> None:
    before = len(world.table.audit)
    two.merge()
    two.undo()
    entries = world.table.audit[before:]
    assert [entry.act for entry in entries] == [AuditAct.CUSTOMERS_MERGED, AuditAct.MERGE_UNDONE]
    assert {(entry.associate_id, entry.conversation_id) for entry in entries} == {(ADA, two.carlas)}


def test_again_and_again_changes_nothing(world: World, two: Two) -> None:
    two.merge()
    entries, merged = len(world.table.audit), two.shown()
    assert two.merge().customer.id == two.before[0].id
    assert two.merge(keep_other=True).customer.id == two.before[0].id
    assert (len(world.table.audit), two.shown()) == (entries, merged)
    two.undo()
    two.undo()
    assert len(world.table.audit) == entries + 1


def test_a_customer_is_not_merged_with_themselves(world: World, two: Two) -> None:
    before = dict(world.table.customers)
    merge_customers(two.carlas, Other(conversation_id=two.carlas), ADA, world)
    assert world.table.customers == before


def test_somebody_without_conversations_is_named_by_an_order(world: World, two: Two) -> None:
    fay = ShopCustomer(external_id="c-3", first_name="Fay", last_name="Ito", email="fay@example.test")
    order = world.order(external_id="1005", number="#1005", customer=fay)
    assert show_buyer(order.id, ADA, world).customer.name == "Fay Ito"
    sheet = merge_customers(two.carlas, Other(order_id=order.id), ADA, world)
    assert "fay@example.test" in sheet.customer.emails
    assert show_buyer(order.id, ADA, world).customer.id == two.before[0].id


def test_merges_upon_merges_come_apart_one_by_one(world: World, two: Two) -> None:
    carla, dean = two.before
    fay = ShopCustomer(external_id="c-3", first_name="Fay", last_name="Ito", email="fay@example.test")
    order = world.order(external_id="1005", number="#1005", customer=fay)
    merge_customers(two.deans, Other(order_id=order.id), ADA, world)
    sheet = two.merge()
    assert {order.number for order in sheet.orders} == {"#1005", "#1002", "#1001"}
    assert [each.id for each in sheet.merges] == [dean.id], "Fay was merged into Dean"
    two.undo()
    assert plain(two.sheet(two.carlas).customer) == plain(carla)
    deans = two.sheet(two.deans)
    assert {order.number for order in deans.orders} == {"#1005", "#1002"}
    undo_merge(two.deans, deans.merges[0].id, ADA, world)
    assert plain(two.sheet(two.deans).customer) == plain(dean)


def test_a_name_is_taken_over_where_there_is_none_and_goes_again(world: World, two: Two) -> None:
    world.text("Hi", sender="+12065550189")
    visitor = world.conversation_of(Address("+12065550189")).id
    before = two.sheet(visitor).customer
    assert (before.name, before.kind) == ("", CustomerKind.VISITOR)
    merge_customers(visitor, Other(conversation_id=two.deans), ADA, world)
    after = two.sheet(visitor).customer
    assert (after.id, after.name, after.kind) == (before.id, two.before[1].name, CustomerKind.MEMBER)
    found = world.conversations.find(visitor)
    assert found is not None
    assert found.customer_name == two.before[1].name
    undo_merge(visitor, two.before[1].id, ADA, world)
    assert plain(two.sheet(visitor).customer) == plain(before)
    assert two.names()[1] == two.before[1].name


def test_who_may_not_see_one_of_the_two_merges_nothing(world: World, two: Two) -> None:
    before = dict(world.table.customers)
    for who, refusal in ((BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied)):
        with pytest.raises(refusal):
            two.merge(who)
    with pytest.raises(NotFound):
        merge_customers(two.carlas, Other(conversation_id="c-unknown"), ADA, world)
    with pytest.raises(NotFound):
        merge_customers(two.carlas, Other(order_id="o-unknown"), ADA, world)
    for nothing in (Other(), Other(two.deans, "order")):
        with pytest.raises(InvalidInput):
            merge_customers(two.carlas, nothing, ADA, world)
    assert world.table.customers == before


def test_a_customer_of_another_store_is_merged_by_whoever_sees_both(world: World, two: Two) -> None:
    world.text("Hello Tacoma", sender=Address("+12065550189"), recipient=TACOMA_NUMBER)
    other = Other(conversation_id=world.conversation_of(Address("+12065550189"), TACOMA_NUMBER).id)
    with pytest.raises(NotFound):
        merge_customers(two.carlas, other, ADA, world)
    assert "+12065550189" in merge_customers(two.carlas, other, MIA, world).customer.phones


def test_a_customer_of_another_merchant_is_out_of_reach_whatever_leads_there(world: World, two: Two) -> None:
    _, dean = two.before
    world.table.customers[dean.id] = replace(dean, merchant_id="another")
    with pytest.raises(NotFound):
        two.merge()


def test_at_most_so_many_are_one(world: World, two: Two) -> None:
    _, dean = two.before
    many = tuple(f"gone-{number}" for number in range(MOST_MERGED))
    world.table.customers[dean.id] = replace(dean, absorbed=many)
    with pytest.raises(InvalidInput):
        two.merge()
    world.table.customers[dean.id] = replace(dean, absorbed=many[1:])
    world.table.customers.update({each: replace(dean, id=each) for each in many})
    assert len(two.merge().customer.ids) == MOST_MERGED + 1


def test_who_is_changed_by_a_shop_meanwhile_is_read_again(
    world: World, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_both, tries = world.customers.change_both, []

    def busy(command, audit):  # type: ignore[no-untyped-def]  # as the port says
        tries.append(command)
        carla = world.table.customers[two.before[0].id]
        if len(tries) < 3:
            world.table.customers[carla.id] = replace(carla, updated_at=carla.updated_at + 1)
        return change_both(command, audit)

    monkeypatch.setattr(world.customers, "change_both", busy)
    assert set(two.merge().customer.phones) == {CARLA, DEAN}
    assert len(tries) == 3
    monkeypatch.setattr(world.customers, "change_both", lambda command, audit: False)
    with pytest.raises(ChangedMeanwhile):
        two.undo()


def test_only_a_merge_of_a_customer_there_is_can_be_undone(world: World, two: Two) -> None:
    with pytest.raises(NotFound):
        two.undo("nobody")
    world.table.customers["foreign"] = replace(two.before[1], id="foreign", merchant_id="another")
    with pytest.raises(NotFound):
        two.undo("foreign")
    with pytest.raises(NotFound):
        undo_merge(two.carlas, two.before[1].id, BOB, world)
