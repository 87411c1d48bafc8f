"""Contacts get a text of a bulk in the conversations that they are in, and why not (L13, I4, I6, X4)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from chalicelib.domain.bulk import Audience, Bulk, BulkState, Unsent
from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import IdempotencyConflict
from chalicelib.domain.merchants import OptInSetting
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.manage_bulk import Steering, show_part
from chalicelib.usecases.ports import Conflict
from chalicelib.usecases.send_bulk import StartBulk, start_bulk
from tests.support.world import ADA, CARLA, SEATTLE, TACOMA, World
from tests.usecases.test_send_bulk import sent, stored, strike, unsent

NIGHT = int(datetime(2026, 11, 23, 22, 40, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp() * 1000)


@pytest.fixture
def world() -> World:
    return World()


def start(world: World, *ids: str, text: str = "Hi [[firstname]], we close at noon.", key: str = "key-1") -> Bulk:
    command = StartBulk(
        store_id=SEATTLE, associate_id=ADA, idempotency_key=key, text=text, ids=ids, to=Audience.CONTACTS
    )
    return start_bulk(command, world)


def came_to(world: World, *ids: str, **more: str) -> list[Unsent | None]:
    bulk = start(world, *ids, **more)
    strike(world)
    assert stored(world, bulk).state is BulkState.DONE
    return unsent(world, bulk)


def test_it_goes_into_the_conversation_with_its_customers_words(world: World) -> None:
    talk = world.talk()
    bulk = start(world, talk)
    strike(world)
    (message,) = sent(world)
    assert (message.conversation_id, message.unprompted, message.event) == (talk, True, "bulk")
    assert message.body.startswith("Hi Carla, we close at noon.")
    world.deliver()
    assert message.body in world.channel.to(CARLA)
    shown = show_part(Steering(SEATTLE, bulk.id, ADA), 0, world)
    assert (list(shown.contacts), shown.orders) == ([talk], {})


def test_an_order_in_the_conversation_fills_its_tokens(world: World) -> None:
    assert came_to(world, world.talk(), text="Order [[order.number]] waits.") == [None]
    assert "Order #1001 waits." in sent(world)[0].body


def test_a_token_without_a_value_sends_nothing_half_filled(world: World) -> None:
    world.text("Hello?")
    talk = world.conversation_of().id
    assert came_to(world, talk, text="Order [[order.number]] waits.") == [Unsent.MISSING_VALUE]


def test_what_is_not_the_stores_is_nobodys(world: World) -> None:
    talk, other = world.talk(), "c-other"
    world.table.put_conversation(replace(world.conversation(talk), id=other, store_id=TACOMA))
    bulk = start(world, other, "no-such-conversation")
    strike(world)
    assert unsent(world, bulk) == [Unsent.NO_CONTACT, Unsent.NO_CONTACT]
    assert show_part(Steering(SEATTLE, bulk.id, ADA), 0, world).contacts == {}


def test_closed_deleted_and_expired_ones_get_none(world: World) -> None:
    talk = world.talk()
    close_conversation(talk, ADA, world)
    assert came_to(world, talk) == [Unsent.NOT_OPEN]
    delete_conversation(talk, ADA, world)
    assert came_to(world, talk, key="key-2") == [Unsent.NO_CONTACT]
    world.clock.advance(1000)
    again = world.start()
    world.clock.advance(LIFETIME)
    assert came_to(world, again, key="key-3") == [Unsent.NOT_OPEN]
    assert sent(world) == []


def test_whoever_writes_mails_gets_no_text(world: World) -> None:
    talk = world.talk()
    world.table.put_conversation(replace(world.conversation(talk), channel="email"))
    assert came_to(world, talk) == [Unsent.OTHER_CHANNEL]


def test_a_number_gets_it_once(world: World) -> None:
    talk = world.talk()
    world.table.put_conversation(replace(world.conversation(talk), id="c-other"))
    assert came_to(world, talk, "c-other", talk) == [None, Unsent.SAME_NUMBER]
    assert len(sent(world)) == 1


def test_who_opted_out_or_must_agree_first_gets_none(world: World) -> None:
    talk = world.talk()
    world.change_store(opt_in=OptInSetting.REQUIRED)
    assert came_to(world, talk) == [Unsent.NOT_OPTED_IN]
    world.text("STOP")
    assert came_to(world, talk, key="key-2") == [Unsent.OPTED_OUT]
    assert sent(world) == []


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    talk = world.talk()
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NIGHT)
    bulk = start(world, talk)
    strike(world)
    assert (sent(world), stored(world, bulk).due_at > world.clock.now()) == ([], True)
    world.clock.set(stored(world, bulk).due_at)
    strike(world)
    assert (len(sent(world)), stored(world, bulk).state) == (1, BulkState.DONE)


def test_words_that_become_too_long_are_not_cut(world: World) -> None:
    talk = world.talk()
    customer = world.table.customers[world.conversation(talk).customer_id]
    world.table.customers[customer.id] = replace(customer, first_name="C" * 99)
    assert came_to(world, talk, text="[[firstname]]" + "x" * 1580) == [Unsent.TOO_LONG]


def test_what_changes_meanwhile_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, append = world.talk(), world.conversations.append
    answers = [Conflict(world.conversation(talk))] * 2

    def meanwhile(*args: Any) -> Any:
        return answers.pop() if answers else append(*args)

    monkeypatch.setattr(world.conversations, "append", meanwhile)
    assert came_to(world, talk) == [None]
    assert (len(sent(world)), answers) == (1, [])


def test_a_crash_before_it_is_told_sends_no_second(world: World) -> None:
    bulk = start(world, world.talk())
    before, part = stored(world, bulk), world.table.bulk_parts[bulk.id, 0]
    strike(world)
    world.table.bulks[bulk.store_id, bulk.id], world.table.bulk_parts[bulk.id, 0] = before, part
    strike(world)
    assert (len(sent(world)), stored(world, bulk).sent) == (1, 1)


def test_the_same_ids_as_orders_are_another_request(world: World) -> None:
    start(world, "an-id")
    with pytest.raises(IdempotencyConflict):
        start_bulk(
            StartBulk(
                store_id=SEATTLE, associate_id=ADA, idempotency_key="key-1", ids=("an-id",),
                text="Hi [[firstname]], we close at noon.",
            ),
            world,
        )  # fmt: skip
