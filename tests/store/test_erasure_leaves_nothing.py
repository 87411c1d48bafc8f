"""After an erasure nothing of the customer is left in the table, in the buckets or in the queues (X13).

A whole world over the emulator's DynamoDB, whose every item is looked through afterwards.
"""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.erasures import LAST_LOOK, ErasurePhase
from chalicelib.domain.events import PrivacyAsked, ShopCustomer
from chalicelib.domain.invites import INVITE_LIFE, Invite
from chalicelib.domain.mail import Mail
from chalicelib.domain.media import folder_of
from chalicelib.domain.messages import Message
from chalicelib.store.conversations import DynamoConversationStore
from chalicelib.store.rows import OnceRow, Row
from chalicelib.store.table import Table
from chalicelib.usecases.carry_out_erasures import carry_out_erasures
from chalicelib.usecases.erase_customer import erase_customer
from chalicelib.usecases.merge_customers import Other, merge_customers
from chalicelib.usecases.ports import Append, File, Once
from chalicelib.usecases.take_privacy_request import take_privacy_request
from chalicelib.usecases.write_note import customer_of, order_of, write_note
from tests.store.conftest import Stores
from tests.support.merchant import furnish
from tests.support.world import ADA, CARLA, DEAN, MERCHANT, MIA, SEATTLE, SHOP, World

CANARIES = ("canary", "Canary", "Yellowfinch", CARLA, CARLA.replace("+", "%2B"), DEAN, "#4242", "shop-canary-id")
CUSTOMER = ShopCustomer(
    external_id="shop-canary-id", first_name="Canaryname", last_name="Yellowfinch", phone=CARLA,
    email="canary@example.test",
)  # fmt: skip
OTHER = ShopCustomer(external_id="c-2", first_name="Canaryname", last_name="Second", phone=DEAN)
_OURS = (
    "messages", "assignments", "absences", "held", "unanswered", "unread_replies", "audit", "consents", "orders",
    "customers", "erasures", "personal_data", "rejections", "sockets", "uploads", "chat_links", "invites", "attempts",
    "transfers", "templates", "automatic_texts", "directory", "notes", "customer_files", "reminders", "carts",
    "privacy_requests",
)  # fmt: skip


@pytest.fixture
def world(real: Stores, table: Table) -> World:
    """The whole world, over the table."""
    made = World()
    made.clock = real.clock
    for name in _OURS:
        setattr(made, name, getattr(real, name))
    furnish(real.setup)  # type: ignore[arg-type]  # the real one does the same
    made.conversations = DynamoConversationStore(table, made.clock, real.directory.store)  # type: ignore[assignment]  # the real one
    return made


def found_in(table: Table) -> list[str]:
    """`kind: word in item` for every item with something of theirs. What was done once is known for nine days."""
    items: list[dict[str, Any]] = []
    start = None
    while True:
        answer = table.connection.scan(exclusive_start_key=start)
        items += answer["Items"]
        start = answer.get("LastEvaluatedKey")
        if start is None:
            break
    return [
        f"{type(row).__name__}: {word} in {item}"
        for item in items
        if not isinstance(row := Row.from_raw_data(item), OnceRow)
        for word in CANARIES
        if word in repr(item)
    ]


def found_outside(world: World) -> list[str]:
    places = (
        world.files.stored,
        world.mails.kept,
        world.media_queue.jobs,
        world.outbound.messages,
        world.inbound.events,
    )
    return [f"{word} in {place}" for place in places for word in CANARIES if word in repr(place)]


def everything(world: World) -> str:
    """A conversation of a customer with something in every place that there is."""
    take_privacy_request(
        PrivacyAsked(connection_id=SHOP, kind="data", reference="1", external_id="shop-canary-id"), world
    )
    order = world.order(number="#4242", customer=CUSTOMER)
    conversation_id = world.start(order, "canary first")
    world.text("canary answer")
    world.hold(conversation_id, world.clock.now() + 3_600_000, "canary later")
    _mail(world, conversation_id)
    world.files.put(f"{folder_of(conversation_id)}canary", File(content=b"canary", content_type="image/jpeg"))
    _invite(world, conversation_id)
    second = world.start(world.order(external_id="2", number="#4242-2", customer=OTHER), "canary second")
    write_note(customer_of(second, ADA, world), "canary note", "note-1", world)
    merge_customers(conversation_id, Other(conversation_id=second), ADA, world)
    write_note(customer_of(conversation_id, ADA, world), "canary note", "note-2", world)
    for order in world.orders.of_customer(customer_of(conversation_id, ADA, world).ids[0], 5):
        write_note(order_of(order.id, ADA, world), "canary remark", f"remark-{order.id}", world)
    world.text("STOP", sender=DEAN)
    return conversation_id


def _mail(world: World, conversation_id: str) -> None:
    world.mails.kept["inbound/canary"] = b"canary"
    conversation = world.conversations.find(conversation_id)
    assert conversation is not None
    thread = world.conversations.thread(conversation_id, 1, None)
    assert thread is not None
    world.clock.advance(1000)
    template: Message = thread.messages.rows[0]
    mail = replace(
        template, id=world.ids.ulid(world.clock.now()), mail=Mail(subject="canary", original="inbound/canary")
    )
    world.conversations.append(Append(once=Once("in", "canary-mail", result=mail.id), messages=(mail,)))


def _invite(world: World, conversation_id: str) -> None:
    now = world.clock.now()
    about = {"merchant_id": MERCHANT, "store_id": SEATTLE, "associate_id": ADA, "associate_name": "Ada"}
    answered = {"conversation_id": conversation_id, "asked_name": "Canaryname"}
    world.invites.add(
        Invite(id="i" * 43, seed="s" * 32, created_at=now, expires_at=now + INVITE_LIFE, **about, **answered)
    )


def erase(world: World, conversation_id: str) -> None:
    erase_customer(Other(conversation_id=conversation_id), MIA, world)
    for _ in range(2):
        now = world.clock.now()
        carry_out_erasures(now, now + 600_000, world)
        world.fetch()
        world.clock.advance(LAST_LOOK)


def test_before_it_everything_is_there(world: World, table: Table) -> None:
    everything(world)
    kinds = {line.partition(":")[0] for line in found_in(table)}
    assert kinds >= {
        "ConversationRow", "MessageRow", "HeldRow", "RouteRow", "OrderRow", "CustomerRow", "LookupRow", "ConsentRow",
        "LedgerRow", "InviteRow", "NoteRow", "PrivacyRequestRow",
    }  # fmt: skip
    assert found_outside(world) != []


def test_nothing_is_left_anywhere(world: World, table: Table) -> None:
    conversation_id = everything(world)
    erase(world, conversation_id)
    (erasure,) = world.erasures.of_store(SEATTLE, 5)
    assert erasure.phase is ErasurePhase.DONE
    assert (erasure.conversations, erasure.orders) == (2, 2)
    assert found_in(table) == []
    assert found_outside(world) == []


def test_who_opted_out_is_not_written_to_and_their_hash_is_all_there_is(world: World, table: Table) -> None:
    erase(world, everything(world))
    world.text("canary again", sender=DEAN)
    row = world.conversations.inbox(SEATTLE, "open", world.clock.now(), 5, None).rows[0]
    assert (row.customer_address, row.opted_out) == (DEAN, True)
    conversation = world.conversations.find(row.id)
    assert conversation is not None
    consent = world.consents.state(conversation.consent_key)
    assert consent is not None
    assert consent.state is ConsentState.OPTED_OUT
    assert conversation.channel == Channel.SMS
