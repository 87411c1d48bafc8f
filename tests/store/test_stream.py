"""Stream records to domain changes; the images are those the emulator's stream really gives."""

from typing import Any

from ministack.services import dynamodb

from chalicelib.domain.automatic_texts import telling
from chalicelib.domain.merchant_texts import thread_about
from chalicelib.domain.messages import MessageKind
from chalicelib.domain.orders import OrderEvent
from chalicelib.store.stream import read_activity, read_change
from chalicelib.store.table import Table
from chalicelib.usecases.ports import Activity, Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, conversation, message, opening, order, outbound, reminder, upsert


def records(table: Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dynamodb.stream_live_records(table.name)
    return found


def changes(table: Table) -> list[Any]:
    return [change for record in records(table) if (change := read_change(record))]


def test_an_append_is_told_as_a_new_message_and_a_changed_conversation(real: Stores, table: Table) -> None:
    real.conversations.open(opening())
    before = len(changes(table))
    text = message(START + 1)
    real.conversations.append(append(text))
    told = changes(table)[before:]
    assert {(change.old, change.new) for change in told} == {
        (None, text),
        (conversation(), conversation().with_message(text)),
    }


def test_an_order_and_what_goes_away_are_told(real: Stores, table: Table) -> None:
    real.orders.upsert(upsert())
    assert [(change.old, change.new) for change in changes(table)] == [(None, order())]
    real.conversations.open(opening(messages=(message(),)))
    real.conversations.erase_messages(conversation().id, message().id)
    last = changes(table)[-1]
    assert (last.old, last.new) == (message(), None)


def test_other_items_and_unknown_kinds_are_nobodys_business() -> None:
    for image in ({"t": {"S": "1"}}, {"t": {"S": "?"}}, {}, {"pk": {"S": "x"}}):
        assert read_change({"dynamodb": {"NewImage": image, "SequenceNumber": "1"}}) is None
    assert read_change({"dynamodb": {"SequenceNumber": "1"}}) is None


def test_what_the_merchants_phone_is_told_is_sent_and_no_browser_hears_of_it(real: Stores, table: Table) -> None:
    about, text = telling(order(), OrderEvent.MERCHANT_PLACED, START)
    real.orders.upsert(upsert(about, texts=(text,)))
    before = len(records(table))
    said = outbound(conversation_id=thread_about(about.id), kind=MessageKind.MERCHANT_NOTICE)
    assert real.automatic_texts.say(text.sent(said.conversation_id, said.id, START), said)
    assert [change.new for change in changes(table)][-1] == said
    assert [read_activity(record, START) for record in records(table)[before:]] == [None, None]


def test_what_a_change_is_about_is_told_without_reading_the_rest(real: Stores, table: Table) -> None:
    real.orders.upsert(upsert())
    real.conversations.open(opening(messages=(message(),)))
    told = {activity for record in records(table) if (activity := read_activity(record, START)) is not None}
    seen = conversation()
    assert told == {
        Activity(type="conversation", store_id=seen.store_id, id=seen.id, at=START),
        Activity(type="order", store_id=order().store_id, id=order().id, at=START),
    }


def test_nobody_is_told_of_other_items_nor_of_what_goes_away(real: Stores, table: Table) -> None:
    real.conversations.open(opening(messages=(message(),)))
    before = len(records(table))
    real.conversations.erase_messages(conversation().id, message().id)
    assert [read_activity(record, START) for record in records(table)[before:]] == [None]
    for image in ({"t": {"S": "1"}}, {"t": {"S": "?"}}, {}, {"pk": {"S": "x"}}):
        assert read_activity({"dynamodb": {"NewImage": image, "SequenceNumber": "1"}}, START) is None


def test_a_struck_timer_is_told_once_to_its_associate(real: Stores, table: Table) -> None:
    one = reminder(START)
    real.reminders.add(one, Once("request#ada", "key-1", "digest", one.id))
    timers = real.reminders.due(one.due_at, 9)
    for _ in range(2):
        real.reminders.strike(timers)
    told = [activity for record in records(table) if (activity := read_activity(record, START)) is not None]
    assert told == [Activity(type="reminder", store_id=one.store_id, id=one.id, at=START, associate_id="ada")]
