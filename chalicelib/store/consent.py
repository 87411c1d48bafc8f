"""Consent: the state that decides, and the ledger that says why. Implements ports.ConsentStore."""

from collections.abc import Collection, Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.opt_in import pause_of
from chalicelib.usecases.ports import Append, Opening, Page, Righted

from . import codec, keys
from .audit import add_audit
from .conditions import unchanged
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE, Key
from .rows import ConsentRow, ConversationRow, LedgerRow, Row
from .table import Table
from .transaction import Transaction

STATE, LEDGER = "consent", "ledger"
_STATE = ("state", "changed_at", "source", "evidence")


def add_consent(transaction: Transaction, change: ConsentChange, *, with_state: bool = True) -> None:
    """The steps of one change; step STATE fails where a newer act is stored."""
    if with_state:
        may = _may_be_asked(change) if change.state is ConsentState.REQUESTED else _decides(change)
        transaction.put(STATE, codec.consent_row(change.leads_to()), Row.pk.does_not_exist() | may)
    transaction.put(LEDGER, codec.ledger_row(change))


def add_consents(transaction: Transaction, command: Append | Opening, stale: Collection[str]) -> None:
    """The steps of all changes that come with it; of those named in `stale`, the lines in the ledger only."""
    if command.consent:
        add_consent(transaction, command.consent, with_state=STATE not in stale)
    for change in command.consent_beside:
        step = step_of(change)
        if step not in stale:
            transaction.put(step, codec.consent_row(change.leads_to()), Row.pk.does_not_exist() | _decides(change))
        transaction.put(f"{LEDGER} of {change.key.scope}", codec.ledger_row(change))


def step_of(change: ConsentChange) -> str:
    """Name of the step that fails where a newer act is stored in a further scope."""
    return f"{STATE} of {change.key.scope}"


def newer_acts(failed: Collection[str], command: Append | Opening) -> bool:
    """Whether nothing stands in its way but acts of the customer that came later: then the ledger takes the lines."""
    asks = command.consent is not None and command.consent.state is ConsentState.REQUESTED
    steps = {STATE, *map(step_of, command.consent_beside)}
    return bool(failed) and not asks and set(failed) <= steps


def _decides(change: ConsentChange) -> Condition:
    """No newer act of the customer is stored. A request is none of theirs."""
    row = ConsentRow
    condition: Condition = (row.changed_at <= change.at) | (row.state == ConsentState.REQUESTED.value)
    return condition


def _may_be_asked(change: ConsentChange) -> Condition:
    """Neither in nor out, and not asked lately."""
    row = ConsentRow
    long_ago = row.changed_at <= change.at - pause_of(change.source)
    undecided: Condition = row.state == ConsentState.NONE.value
    undecided |= (row.state == ConsentState.REQUESTED.value) & long_ago
    return undecided


def not_opted_out() -> Condition:
    other: Condition = ConsentRow.state != ConsentState.OPTED_OUT.value
    condition: Condition = Row.pk.does_not_exist() | other
    return condition


class DynamoConsentStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def state(self, key: ConsentKey) -> Consent | None:
        row = self._table.get(codec.consent_key(key))
        return codec.consent(row, key) if isinstance(row, ConsentRow) else None

    def record(self, change: ConsentChange) -> bool:
        """A change whose line is in the ledger already (same id) counts as recorded."""
        transaction = Transaction(self._table)
        add_consent(transaction, change)
        return STATE not in transaction.commit()

    def set_right(
        self,
        change: ConsentChange,
        was: Consent,
        to: Consent,
        conversation: Conversation,
        audit: AuditEntry,
        beside: Sequence[Righted] = (),
    ) -> bool:
        row, transaction = ConversationRow, Transaction(self._table)
        transaction.put(STATE, codec.consent_row(to), unchanged(ConsentRow, was, _STATE))
        transaction.put(LEDGER, codec.ledger_row(change))
        ours: Condition = (row.merchant_id == conversation.merchant_id) & (row.store_id == conversation.store_id)
        transaction.update("conversation", keys.conversation(conversation.id), [row.opted_out.set(False)], ours)
        add_audit(transaction, audit)
        for each in beside:
            transaction.put(step_of(each.change), codec.consent_row(each.to), unchanged(ConsentRow, each.was, _STATE))
            transaction.put(f"{LEDGER} of {each.change.key.scope}", codec.ledger_row(each.change))
            add_audit(transaction, each.audit)
        return not transaction.commit()

    def history(self, key: ConsentKey) -> Sequence[ConsentChange]:
        whose = (key.merchant_id, key.channel, key.address, key.scope)
        starts = (keys.ledger(*whose, ""), keys.former_ledger(*whose))
        pages = [self._table.pages(start.pk, Row.sk.startswith(start.sk), consistent=True) for start in starts]
        rows = [Row.from_raw_data(raw) for raws in pages for raw in raws]
        changes = [codec.change(row, key) for row in rows if isinstance(row, LedgerRow)]
        return sorted(changes, key=lambda change: (change.at, change.id))

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ConsentChange]:
        """What the index names is read from the table: it projects hardly anything of a line."""
        oldest, newest = keys.at(since), keys.at(until) if cursor is None else index_position(cursor)
        if newest < oldest:
            return Page(())
        span = Row.g1s.between(oldest, newest)  # the bounds belong to it: the row of the cursor comes once more
        found = self._table.query(
            keys.ledger_of_store(store_id), span, index=BY_STORE, limit=limit + 2, newest_first=True
        ).rows
        listed = [row for row in found if row.g1s < newest]
        wanted = [Key(row.pk, row.sk) for row in listed[:limit]]
        rows = self._table.get_many(wanted) if wanted else {}
        lines = [row for key in wanted if isinstance(row := rows.get(key), LedgerRow)]
        shown = tuple(codec.change(row, codec.ledger_key(row)) for row in lines)
        return Page(shown, opaque(listed[limit - 1].g1s) if len(listed) > limit else None)
