"""What texts cost, in the transaction of the texts (I4; docs/decisions/0020-credits.md).

One step changes the balance under the condition that there is enough, and a line of the ledger says so. The charge that
crosses the store's threshold writes the notice as well: the ordinary one is refused there, and made anew as a crossing.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.credits import CreditLine, charge_of, low_line
from chalicelib.domain.errors import TooFewCredits, Unavailable
from chalicelib.domain.messages import Message

from . import codec, keys
from .credit_rows import CreditRow
from .rows import Row
from .transaction import Transaction

CREDITS = "credits"
TRIES = 5
"""How often one is made anew that met the threshold at another side than it was read."""


class Charge(Struct, frozen=True):
    """All of one store."""

    lines: tuple[CreditLine, ...]

    @property
    def total(self) -> int:
        return -sum(line.amount for line in self.lines)


def charge_for(messages: Sequence[Message]) -> Charge | None:
    """None: nothing is to be charged, and nothing is asked."""
    lines = tuple(line for message in messages if (line := charge_of(message)) is not None)
    return Charge(lines) if lines else None


def commit_charged(build: Callable[[], Transaction], charge: Charge | None) -> dict[str, Row | None]:
    """As `Transaction.commit`. CREDITS is among the steps that failed only where there is too little for it."""
    if charge is None:
        return build().commit()
    crossing = False
    for _ in range(TRIES):
        transaction = build()
        _add(transaction, charge, crossing=crossing)
        failed = transaction.commit()
        if CREDITS not in failed or not _affordable(failed[CREDITS], charge):
            return failed
        row = failed.pop(CREDITS)
        if failed:
            return failed
        crossing = isinstance(row, CreditRow) and not is_low(row) and row.spare < charge.total
    raise Unavailable


def require_credits(failed: dict[str, Row | None]) -> None:
    """Raises TooFewCredits where that is why nothing was written."""
    if CREDITS in failed:
        raise TooFewCredits


def is_low(row: CreditRow) -> bool:
    """Whether it has fallen below the threshold, and has not been above since."""
    return row.attribute_values.get("low_since") is not None


def _affordable(row: Row | None, charge: Charge) -> bool:
    return isinstance(row, CreditRow) and row.balance >= charge.total


def _add(transaction: Transaction, charge: Charge, *, crossing: bool) -> None:
    row, total, first = CreditRow, charge.total, charge.lines[0]
    changes: list[Action] = [row.balance.set(row.balance - total), row.spare.set(row.spare - total)]
    enough: Condition = (row.merchant_id == first.merchant_id) & (row.balance >= total)
    lines = charge.lines
    if crossing:
        enough &= row.low_since.does_not_exist() & (row.spare < total)
        changes.append(row.low_since.set(first.at))
        lines = (*lines, low_line(first))
    else:
        enough &= row.low_since.exists() | (row.spare >= total)
    transaction.update(CREDITS, keys.credit_account(first.store_id), changes, enough)
    add_lines(transaction, lines)


def add_lines(transaction: Transaction, lines: Sequence[CreditLine]) -> None:
    for line in lines:
        transaction.put(f"line {line.id}", codec.credit_line_row(line))
