"""Consent ledger and audit log: the store refuses what could change or delete a line, before it asks DynamoDB."""

from collections.abc import Callable

import pytest

from chalicelib.domain.consent import ConsentState
from chalicelib.store import codec, keys
from chalicelib.store.keys import Key
from chalicelib.store.rows import LedgerRow, Row
from chalicelib.store.table import Table
from chalicelib.store.transaction import Transaction
from tests.support.samples import MERCHANT, PHONE, STORE, consent_change, id_at

LINE = consent_change(ConsentState.OPTED_OUT)
KEPT = {
    "consent ledger": keys.ledger(MERCHANT, "sms", PHONE, STORE, LINE.id),
    "audit log": keys.audit(STORE, id_at(1)),
    "ledger of credits": keys.credit_line(STORE, 1, "charge.1.1"),
}
ANY = Row.pk.exists()
WAYS: dict[str, Callable[[Table, Key], object]] = {
    "update": lambda table, key: table.update(key, [LedgerRow.state.set("opted_in")], ANY),
    "delete": lambda table, key: table.delete_many([keys.conversation("c"), key]),
    "put": lambda table, key: table.put(LedgerRow(*key)),
    "transaction: update": lambda table, key: Transaction(table).update("x", key, [LedgerRow.state.remove()], ANY),
    "transaction: delete": lambda table, key: Transaction(table).delete("x", key, ANY),
    "transaction: put": lambda table, key: Transaction(table).put("x", LedgerRow(*key), ANY),
}


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_changes_or_deletes_a_line(table: Table, way: str, kept: str) -> None:
    with pytest.raises(ValueError, match="append-only"):
        WAYS[way](table, KEPT[kept])


def test_a_line_is_never_put_over_another(table: Table) -> None:
    assert table.put_new(codec.ledger_row(LINE))
    other = consent_change(ConsentState.OPTED_IN)
    assert not table.put_new(codec.ledger_row(other))
    stored = table.get(KEPT["consent ledger"])
    assert isinstance(stored, LedgerRow)
    assert stored.state == ConsentState.OPTED_OUT


def test_everything_else_can_be_written() -> None:
    ordinary = (
        keys.conversation("c"),
        keys.consent(MERCHANT, "sms", PHONE, STORE),
        keys.lookup(MERCHANT, "sms", PHONE),
    )
    assert not any(key.pk.startswith(keys.APPEND_ONLY) for key in ordinary)


def test_a_line_goes_with_its_customer_and_an_entry_of_the_audit_log_never(table: Table) -> None:
    table.put_new(codec.ledger_row(LINE))
    table.erase_line(KEPT["consent ledger"])
    table.erase_line(KEPT["consent ledger"])
    assert table.get(KEPT["consent ledger"]) is None
    with pytest.raises(ValueError, match="append-only"):
        table.erase_line(KEPT["audit log"])
