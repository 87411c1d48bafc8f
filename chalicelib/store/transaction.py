"""Writes that happen together or not at all."""

import secrets
from collections.abc import Sequence

from botocore.exceptions import BotoCoreError
from pynamodb.constants import TRANSACT_WRITE_ITEMS
from pynamodb.exceptions import VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import Unavailable

from .keys import Key
from .rows import Row
from .table import Raw, Table, row_of

_TRANSIENT = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class Transaction:
    """Named steps that happen together or not at all."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._names: list[str] = []
        self._steps: list[Raw] = []

    def put(self, name: str, row: Row, condition: Condition | None = None) -> None:
        """Without a condition: the item must not exist yet."""
        absent = Row.pk.does_not_exist() if condition is None else condition
        self._add(name, "Put", self._table.request(Key(row.pk, row.sk), row=row, condition=absent))

    def update(self, name: str, key: Key, actions: Sequence[Action], condition: Condition) -> None:
        self._add(name, "Update", self._table.request(key, actions=actions, condition=condition))

    def delete(self, name: str, key: Key, condition: Condition) -> None:
        self._add(name, "Delete", self._table.request(key, condition=condition))

    def check(self, name: str, key: Key, condition: Condition) -> None:
        self._add(name, "ConditionCheck", self._table.request(key, condition=condition))

    def _add(self, name: str, kind: str, request: Raw) -> None:
        self._names.append(name)
        self._steps.append({kind: request})

    def commit(self) -> dict[str, Row | None]:
        """The steps whose condition did not hold, with the item found there; empty: all is done.

        Every try of botocore and of this loop carries the same token: a try whose answer was lost is not
        applied again. The token is fresh for each commit: what makes an event happen once is its Once item,
        which lasts longer than the ten minutes DynamoDB remembers tokens.
        """
        request = {"TransactItems": self._steps, "ClientRequestToken": secrets.token_hex(16)}
        for _ in self._table.tries():
            try:
                self._table.connection.connection.dispatch(TRANSACT_WRITE_ITEMS, request)
                return {}
            except VerboseClientError as error:
                failed = self._failed(error)
            except BotoCoreError as error:
                raise Unavailable from error
            if failed:
                return failed
        raise Unavailable

    def _failed(self, error: VerboseClientError) -> dict[str, Row | None]:
        """Empty when trying again may help. Raises Unavailable when nothing is known to help."""
        reasons = dict(zip(self._names, error.cancellation_reasons, strict=False))
        failed = {
            name: row_of(reason.raw_item)
            for name, reason in reasons.items()
            if reason and reason.code == "ConditionalCheckFailed"
        }
        if failed:
            return failed
        if any(reason and reason.code in _TRANSIENT for reason in reasons.values()):
            return {}
        raise Unavailable from error
