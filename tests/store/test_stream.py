"""Stream records to domain changes; the images are those the emulator's stream really gives."""

from typing import Any

from ministack.services import dynamodb

from chalicelib.store.stream import read_change
from chalicelib.store.table import Table
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import append, conversation, message, opening, order, upsert


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
