"""Invitations of customers by their tokens' hashes. Implements ports.InviteStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.invites import Invite
from chalicelib.usecases.ports import Clock, Once

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .keys import BY_CUSTOMER
from .rows import InviteRow, Row
from .table import Table
from .transaction import Transaction

_KEPT = 30 * 86_400
"""Seconds for which one that has expired can still be told so."""


class DynamoInviteStore:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def add(self, invite: Invite) -> Invite:
        transaction = Transaction(self._table)
        transaction.put("invite", _row(invite))
        return invite if not transaction.commit() else self.find(invite.id) or invite

    def find(self, invite_id: str) -> Invite | None:
        return _invite(self._table.get(keys.invite(invite_id)))

    def change(self, invite: Invite, was: Invite, word: Once | None = None) -> bool:
        transaction = Transaction(self._table)
        same: Condition = InviteRow.revision == was.revision
        transaction.put("invite", _row(invite), same)
        if word is not None:
            transaction.put(ONCE, codec.once_row(word, self._clock.now(), ONCE_DAYS))
        return not transaction.commit()

    def of_associate(self, associate_id: str, now: int, limit: int) -> Sequence[Invite]:
        partition = keys.invites_of_associate(associate_id)
        listed = self._table.query(partition, Row.g2s >= keys.at(now + 1), index=BY_CUSTOMER, limit=limit).rows
        wanted = [keys.Key(row.pk, row.sk) for row in listed]
        found = self._table.get_many(wanted) if wanted else {}
        return [invite for key in wanted if (invite := _invite(found.get(key))) is not None]


def _row(invite: Invite) -> InviteRow:
    row = InviteRow(*keys.invite(invite.id), value=codec.values(invite), revision=invite.revision)
    row.g2p, row.g2s = keys.invites_of_associate(invite.associate_id), keys.at(invite.expires_at, invite.id)
    row.ttl = invite.expires_at // 1000 + _KEPT
    return row


def _invite(row: Row | None) -> Invite | None:
    return codec.setup_value(row, Invite) if isinstance(row, InviteRow) else None
