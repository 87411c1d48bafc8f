"""Opt-outs of customers who were erased: a hash stands for each, and the opt-out comes back with its address (X13)."""

from collections.abc import Collection, Iterable

from pynamodb.expressions.condition import Condition

from chalicelib.domain.consent import Consent, ConsentKey, ConsentState
from chalicelib.domain.erasures import Suppression

from . import codec, keys
from .conditions import absent, unchanged
from .keys import Key
from .rows import ConsentRow, Row, SuppressionRow
from .table import Table
from .transaction import Transaction

SUPPRESSED = "suppressed"
_STATE = ("state", "changed_at")


def add_checks(transaction: Transaction, wanted: Iterable[ConsentKey]) -> None:
    """Whoever begins with an address for which a hash stands brings the opt-out back first."""
    for number, key in enumerate(dict.fromkeys(wanted)):
        transaction.check(f"{SUPPRESSED} {number}", _key(key), absent())


def bring_back_all(table: Table, failed: Collection[str], wanted: Iterable[ConsentKey]) -> None:
    """Of a transaction with `add_checks` that was refused for these steps."""
    if any(step.startswith(SUPPRESSED) for step in failed):
        for key in dict.fromkeys(wanted):
            bring_back(table, key)


def bring_back(table: Table, key: ConsentKey) -> None:
    """The opt-out holds under its address, as it did; its hash is gone. Nothing happens where there is no hash."""
    row = table.get(_key(key))
    if not isinstance(row, SuppressionRow):
        return
    consent = Consent(key=key, state=ConsentState.OPTED_OUT, changed_at=int(row.changed_at))
    there: Condition = Row.pk.exists()
    transaction = Transaction(table)
    transaction.put("consent", codec.consent_row(consent), absent())
    transaction.delete(SUPPRESSED, _key(key), there)
    if "consent" in transaction.commit():  # what stands there is newer, or the same
        again = Transaction(table)
        again.check("consent", codec.consent_key(key), there)
        again.delete(SUPPRESSED, _key(key), there)
        again.commit()


def suppress(table: Table, consent: Consent) -> None:
    """A hash of the opt-out, beside it: from then on nobody begins with the address without bringing it back."""
    item = Suppression(consent.key, consent.changed_at)
    row = SuppressionRow(*_key(item.key), merchant_id=item.key.merchant_id, changed_at=item.changed_at)
    table.put(row)


def reduce(table: Table, consent: Consent) -> bool:
    """The consent goes, where it is as read, and of an opt-out only where its hash stands; else False."""
    transaction = Transaction(table)
    key = codec.consent_key(consent.key)
    transaction.delete("consent", key, unchanged(ConsentRow, consent, _STATE))
    if consent.state is ConsentState.OPTED_OUT:
        transaction.check(SUPPRESSED, _key(consent.key), Row.pk.exists())
    return not transaction.commit()


def _key(key: ConsentKey) -> Key:
    return keys.suppression(key.merchant_id, key.channel, key.address, key.scope)
