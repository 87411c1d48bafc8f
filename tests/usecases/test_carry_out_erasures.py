"""A customer is erased in steps, again and again safe, and comes back as a stranger (X13)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.credits import CreditAccount
from chalicelib.domain.erasures import LAST_LOOK, PUT_ASIDE, Erasure, ErasurePhase, erasure_of
from chalicelib.domain.errors import OptedOut, Unavailable
from chalicelib.domain.events import CustomerChanged, ShopCustomer
from chalicelib.domain.mail import Mail
from chalicelib.domain.media import folder_of
from chalicelib.usecases.apply_customer_event import apply_customer_event
from chalicelib.usecases.carry_out_erasures import Erased, carry_out_erasures
from chalicelib.usecases.erase_customer import erase_customer
from chalicelib.usecases.merge_customers import Other, merge_customers
from chalicelib.usecases.ports import File
from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.support.world import ADA, CARLA, DEAN, MERCHANT, MIA, SEATTLE, SHOP, World

DEANS = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN, email="dean@example.test")
CONSENT = ConsentKey(MERCHANT, "sms", CARLA, SEATTLE)


def erase(world: World, conversation_id: str) -> Erasure:
    return erase_customer(Other(conversation_id=conversation_id), MIA, world)


def erase_customer_of(world: World, conversation_id: str) -> None:
    """Also where the conversation is deleted already."""
    customer = world.customers.find(world.table.conversations[conversation_id].customer_id)
    assert customer is not None
    world.erasures.begin(erasure_of(customer, customer.id, SEATTLE, MIA, world.clock.now()), None)


def run(world: World) -> Erased:
    now = world.clock.now()
    done = carry_out_erasures(now, now + 50_000, world)
    world.fetch()
    return done


def finish(world: World) -> Erasure:
    """Until the last look has found nothing."""
    run(world)
    world.clock.advance(LAST_LOOK)
    run(world)
    (erasure,) = world.table.erasures.values()
    assert erasure.phase is ErasurePhase.DONE
    return erasure


def left_of(world: World, *words: str) -> list[str]:
    """Whatever is stored that has one of these words in it."""
    table = world.table
    stores = (
        table.conversations, table.messages, table.held, table.routes, table.beside, table.orders, table.customers,
        table.lookups, table.consents, table.ledger, table.unanswered, table.invites, table.uploads, table.theirs,
        table.erasures, table.audit, table.automatic, world.files.stored, world.mails.kept,
    )  # fmt: skip
    return [word for word in words for store in stores if word in repr(store)]


def test_nothing_of_a_customer_is_left(world: World) -> None:
    conversation_id = world.talk()
    world.text("canary-text")
    world.hold(conversation_id, world.clock.now() + 3_600_000, "canary-later")
    world.files.put(f"{folder_of(conversation_id)}m-1/picture", File(content=b"canary", content_type="image/jpeg"))
    begun = erase(world, conversation_id)
    assert left_of(world, CARLA, "Carla", "canary") != []
    done = finish(world)
    assert left_of(world, CARLA, "Carla", "Diaz", "canary", "#1001", "c-1", "Boots") == []
    assert (done.conversations, done.orders, done.customer_ids, done.places) == (1, 1, (), ())
    assert done.id == begun.id


def test_what_customers_were_merged_into_them_had_goes_as_well(world: World) -> None:
    carlas = world.talk()
    deans = world.start(world.order(external_id="1002", number="#1002", customer=DEANS))
    merge_customers(carlas, Other(conversation_id=deans), ADA, world)
    erase(world, carlas)
    finish(world)
    assert left_of(world, CARLA, DEAN, "Carla", "Dean", "dean@example.test", "#1002") == []


def test_other_customers_keep_everything(world: World) -> None:
    carlas = world.talk()
    deans = world.start(world.order(external_id="1002", number="#1002", customer=DEANS))
    before = (world.conversation(deans), world.orders.find_external("shop", "1002"))
    erase(world, carlas)
    finish(world)
    assert (world.conversation(deans), world.orders.find_external("shop", "1002")) == before
    assert world.customers.find(before[0].customer_id) is not None


def test_mails_are_removed_as_they_came(world: World) -> None:
    conversation_id = world.talk()
    message = world.table.messages_of(conversation_id)[-1]
    world.table.put_message(replace(message, mail=Mail(original="inbound/abc")))
    world.mails.kept = {"inbound/abc": b"canary", "inbound/other": b""}
    erase(world, conversation_id)
    finish(world)
    assert list(world.mails.kept) == ["inbound/other"]


@pytest.mark.parametrize("stream_first", [True, False])
def test_a_text_that_waits_and_was_paid_for_is_given_back_once(world: World, *, stream_first: bool) -> None:
    """Whether or not the stream comes to the deleted conversation before its messages are gone."""
    conversation_id = world.talk()
    world.change_store(credits=True)
    world.table.credit_accounts[SEATTLE] = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=120)
    world.send(conversation_id, "canary")
    assert world.table.credit_accounts[SEATTLE].balance == 108
    if stream_first:
        was = world.conversation(conversation_id)
        world.conversations.end(was, was.deleted(world.clock.now()))
        world.fan_out()
    erase_customer_of(world, conversation_id)
    finish(world)
    world.fan_out()
    assert world.table.credit_accounts[SEATTLE].balance == 120
    assert [line.kind for line in world.table.credit_lines] == ["charge", "refund"]


def test_who_opted_out_is_still_not_written_to(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    erase(world, conversation_id)
    finish(world)
    assert world.table.consents == {}
    assert world.table.ledger == []
    order = world.order(external_id="1002", number="#1002")
    with pytest.raises(OptedOut):
        world.start(order)
    assert world.consents.state(CONSENT) is not None


def test_who_opted_out_may_come_back(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    erase(world, conversation_id)
    finish(world)
    world.clock.advance(1000)
    world.text("hello again")
    (again,) = world.table.conversations.values()
    assert again.opted_out
    world.clock.advance(1000)
    world.text("START")
    state = world.consents.state(CONSENT)
    assert state is not None
    assert state.state is ConsentState.OPTED_IN


def test_who_did_not_opt_out_leaves_no_hash(world: World) -> None:
    conversation_id = world.talk()
    world.text("START")
    erase(world, conversation_id)
    finish(world)
    assert (world.table.consents, world.table.suppressed) == ({}, {})


def test_an_address_that_somebody_else_has_keeps_its_consent(world: World) -> None:
    """A phone is shared: what was said from it holds for whoever is written to there."""
    conversation_id = world.talk()
    world.text("STOP")
    world.table.lookups[MERCHANT, "sms", CARLA] = "somebody else"
    erase(world, conversation_id)
    finish(world)
    assert list(world.table.consents) == [CONSENT]
    assert world.table.suppressed == {}
    assert world.table.lookups[MERCHANT, "sms", CARLA] == "somebody else"


def test_an_old_order_does_not_bring_them_back(world: World) -> None:
    conversation_id = world.talk()
    erase(world, conversation_id)
    finish(world)
    stored = world.order(updated_at=world.clock.now())
    assert stored.erased_at is not None
    assert left_of(world, CARLA, "Carla") == []
    assert world.table.rejections != {}


def test_ordering_again_they_are_a_new_customer(world: World) -> None:
    conversation_id = world.talk()
    former = world.conversation(conversation_id).customer_id
    erase(world, conversation_id)
    finish(world)
    order = world.order(external_id="1002", number="#1002")
    assert order.customer_id != former
    customer = world.customers.find(order.customer_id)
    assert customer is not None
    assert customer.name == "Carla Diaz"


def test_what_they_write_after_it_is_a_strangers(world: World) -> None:
    conversation_id = world.talk()
    erase(world, conversation_id)
    run(world)
    world.text("Hello there")
    (stranger,) = world.table.conversations.values()
    assert stranger.id != conversation_id
    done = finish(world)
    assert done.conversations == 1
    assert world.conversation(stranger.id).last_preview == "Hello there"


def test_what_somebody_wrote_who_had_read_them_before_goes_with_the_last_look(world: World) -> None:
    conversation_id = world.talk()
    was = world.conversation(conversation_id)
    erase(world, conversation_id)
    run(world)
    late = replace(was, id="late", customer_address=Address(DEAN))
    world.table.put_conversation(late)
    world.table.theirs[late.customer_id, late.id] = MERCHANT
    world.clock.advance(LAST_LOOK)
    run(world)
    (erasure,) = world.table.erasures.values()
    assert (erasure.phase, erasure.conversations) == (ErasurePhase.DONE, 2)
    assert world.table.conversations == {}


def test_nothing_is_done_before_the_last_look(world: World) -> None:
    erase(world, world.talk())
    run(world)
    assert run(world) == Erased(steps=0, finished=True)
    (erasure,) = world.table.erasures.values()
    assert erasure.phase is ErasurePhase.LAST_LOOK


def test_what_was_interrupted_anywhere_goes_on(world: World) -> None:
    """Each request is the last one of a run once."""
    conversation_id = world.talk()
    world.text("canary-text STOP")
    erase(world, conversation_id)
    for after in range(200):
        world.table.refuse_after(after)
        try:
            done = run(world)
        except Unavailable:
            continue
        finally:
            world.table.refuse_after(None)
        if done.finished and not done.steps:
            break
        world.clock.advance(1000)
    finish(world)
    assert left_of(world, CARLA, "Carla", "canary") == []


def test_it_stops_in_time_and_goes_on(world: World) -> None:
    erase(world, world.talk())
    now = world.clock.now()
    assert carry_out_erasures(now, now, world) == Erased(steps=0, finished=False)
    finish(world)


def test_one_that_fails_does_not_hold_up_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = world.talk()
    second = world.start(world.order(external_id="1002", number="#1002", customer=DEANS))
    begun = erase(world, first)
    world.clock.advance(1)
    erase(world, second)
    orders = world.personal_data.orders

    def broken(customer_id: str, limit: int) -> object:
        if customer_id == begun.id:
            raise RuntimeError("a mistake of ours")
        return orders(customer_id, limit)

    monkeypatch.setattr(world.personal_data, "orders", broken)
    run(world)
    assert [each.conversations for each in world.table.erasures.values()] == [0, 1]
    assert "erasure_failed" in world.log.events()


def test_those_that_fail_each_time_go_behind_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than a run takes up."""
    broken = _erasing(world, 0, 25)
    _erasing(world, 25, 26)
    orders = world.personal_data.orders

    def failing(customer_id: str, limit: int) -> object:
        if customer_id in broken:
            raise RuntimeError("a mistake of ours")
        return orders(customer_id, limit)

    with monkeypatch.context() as patch:
        patch.setattr(world.personal_data, "orders", failing)
        for _ in range(2):
            assert run(world).finished
            world.clock.advance(60_000)
    phases = [each.phase for each in world.table.erasures.values()]
    assert phases == [*[ErasurePhase.ORDERS] * 25, ErasurePhase.LAST_LOOK]
    world.clock.advance(PUT_ASIDE)
    for _ in range(3):
        run(world)
        world.clock.advance(LAST_LOOK)
    assert {each.phase for each in world.table.erasures.values()} == {ErasurePhase.DONE}


def test_nor_does_one_that_cannot_be_written_down_hold_up_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _ = _erasing(world, 0, 2)
    change = world.erasures.change

    def failing(erasure: Erasure, was: Erasure) -> bool:
        if was.id == broken:
            raise RuntimeError("a mistake of ours")
        return change(erasure, was)

    monkeypatch.setattr(world.erasures, "change", failing)
    run(world)
    assert [each.conversations for each in world.table.erasures.values()] == [0, 1]


def _erasing(world: World, first: int, end: int) -> list[str]:
    """Of these customers' erasures the ids, each asked for after the one before."""
    begun = []
    for number in range(first, end):
        buyer = replace(DEANS, external_id=f"x{number}", email="", phone=f"+1206555{3000 + number}")
        order = world.order(external_id=f"3{number}", number=f"#3{number}", customer=buyer)
        begun.append(erase(world, world.start(order)).id)
        world.clock.advance(1)
    return begun


def test_what_a_report_brings_before_they_are_cut_off_goes_too(world: World) -> None:
    conversation_id = world.talk()
    erase(world, conversation_id)
    moved = replace(world.order_event().customer, email="fresh@example.test", phone="+12065550999")
    world.order(external_id="1005", number="#1005", customer=moved, event_id="late", updated_at=world.clock.now() + 5)
    finish(world)
    assert left_of(world, CARLA, "Carla", "fresh@example.test", "+12065550999", "#1005") == []
    assert world.table.lookups == {}
    world.text("Hello, anybody?", sender=Address("+12065550999"))
    assert "Hello, anybody?" in [message.body for message in world.table.messages.values()]


def test_who_is_merged_with_them_before_they_are_cut_off_is_the_same_person(world: World) -> None:
    for kept_first in (True, False):
        fresh = World()
        carlas = fresh.talk()
        deans = fresh.start(fresh.order(external_id="1002", number="#1002", customer=DEANS))
        erase(fresh, carlas)
        kept, other = (carlas, deans) if kept_first else (deans, carlas)
        merge_customers(kept, Other(conversation_id=other), ADA, fresh)
        done = finish(fresh)
        assert left_of(fresh, CARLA, "Carla", DEAN, "Dean", "dean@example.test", "#1001", "#1002") == []
        assert (fresh.table.customers, fresh.table.lookups, done.conversations, done.orders) == ({}, {}, 2, 2)


def test_they_are_cut_off_as_they_were_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report comes between the reading and the cutting off: the next minute begins with what it brought."""
    erase(world, world.talk())
    cut_off, changed = world.personal_data.cut_off, []

    def report_comes_first(*args: object) -> bool:
        if not changed:
            changed.append(True)
            moved = replace(world.order_event().customer, email="fresh@example.test")
            at = world.clock.now() + 9
            apply_customer_event(
                CustomerChanged(connection_id=SHOP, event_id="late", customer=moved, updated_at=at), world
            )
        return cut_off(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(world.personal_data, "cut_off", report_comes_first)
    run(world)
    assert [each.phase for each in world.table.erasures.values()] == [ErasurePhase.CUTTING_OFF]
    finish(world)
    assert world.table.lookups == {}


def test_those_that_wait_for_their_last_look_keep_nobody_waiting(world: World) -> None:
    for number in range(30):
        buyer = replace(DEANS, external_id=f"x{number}", email="", phone=f"+1206555{3000 + number}")
        order = world.order(external_id=f"3{number}", number=f"#3{number}", customer=buyer)
        erase(world, world.start(order))
    for _ in range(2):
        run(world)
        world.clock.advance(60_000)
    assert {each.phase for each in world.table.erasures.values()} == {ErasurePhase.LAST_LOOK}


def test_what_the_merchants_phone_was_told_of_their_orders_goes_as_well_and_costs_nothing(world: World) -> None:
    phone = Address("+15550009999")
    world.change_store(merchant_phone=phone, credits=True)
    world.table.credit_accounts[SEATTLE] = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=100)
    now = world.clock.now()
    order = world.order()
    send_automatic_texts(now, now + 9, world)
    assert [each.customer_address for each in world.table.messages.values()] == [phone]
    customer = world.customers.find(order.customer_id)
    assert customer is not None
    world.erasures.begin(erasure_of(customer, customer.id, SEATTLE, MIA, now), None)
    finish(world)
    assert (world.table.messages, world.table.automatic) == ({}, {})
    assert world.table.credit_accounts[SEATTLE].balance == 100
    world.deliver()
    assert world.channel.to(phone) == []
