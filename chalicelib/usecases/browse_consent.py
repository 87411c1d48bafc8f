"""The consent ledger as people read it: of the customer of a conversation, and of a whole store (X5)."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.consent import ConsentChange
from chalicelib.domain.errors import BadSignature, InvalidInput, PermissionDenied
from chalicelib.domain.merchants import Associate, Permission, Store

from .access import managed_store, own_conversation, signed_in
from .audit_entry import audited_in_store
from .ports import Deps, Page

MOST_SHOWN = 200
"""Lines of one customer, the newest."""
_HOUR = 3_600_000
_LATEST = 10**13 - 1


class LedgerQuery(Struct, frozen=True, kw_only=True):
    """`since`, `until`: when it was written down; the first belongs to it, the second does not."""

    store_id: str
    associate_id: str
    limit: int
    cursor: str | None = None
    since: int = 0
    until: int = _LATEST


class Ledger(Struct, frozen=True):
    """Lines, newest first."""

    page: Page[ConsentChange]
    names: dict[str, str]
    """Of the store's associates, by id; whoever left has none."""


def consent_history(conversation_id: str, associate_id: str, deps: Deps) -> Ledger:
    """Of the address that a conversation is with, in its scope. Raises as `own_conversation` does."""
    conversation, _, store = own_conversation(conversation_id, associate_id, deps)
    lines = deps.consents.history(conversation.consent_key)
    newest = tuple(sorted(lines, key=lambda line: (line.at, line.id), reverse=True)[:MOST_SHOWN])
    return Ledger(Page(newest), _names(newest, store, deps))


def browse_ledger(query: LedgerQuery, deps: Deps) -> Ledger:
    """For managers. Raises NotFound, PermissionDenied, InvalidInput."""
    _, store = _managed(query, deps)
    return _found(query, query.cursor, store, deps)


def unmask_ledger(query: LedgerQuery, deps: Deps) -> Ledger:
    """As above, for whoever may also see real addresses: it is written down before the first page, and the cursor of
    each page, good for an hour and for this associate, says so to the next one.

    Raises as above; Unavailable where it cannot be written down: then nothing is shown.
    """
    associate, store = _managed(query, deps)
    if not associate.may(Permission.UNMASK, store.id):
        raise PermissionDenied
    purpose = f"ledger.{store.id}.{associate.id}"
    if query.cursor is None:
        deps.audit.record(audited_in_store(AuditAct.LEDGER_UNMASKED, store, associate.id, deps))
    found = _found(query, None if query.cursor is None else _opened(query.cursor, purpose, deps), store, deps)
    if found.page.cursor is None:
        return found
    signed = deps.references.sign(purpose, found.page.cursor, now=deps.clock.now())
    return Ledger(Page(found.page.rows, signed), found.names)


def _managed(query: LedgerQuery, deps: Deps) -> tuple[Associate, Store]:
    associate = signed_in(query.associate_id, deps)
    return associate, managed_store(associate, query.store_id, deps)


def _opened(cursor: str, purpose: str, deps: Deps) -> str:
    try:
        value = deps.references.read(purpose, cursor, now=deps.clock.now(), max_age=_HOUR)
    except BadSignature:
        raise InvalidInput from None
    return str(value)


def _found(query: LedgerQuery, cursor: str | None, store: Store, deps: Deps) -> Ledger:
    page = deps.consents.of_store(store.id, query.since, query.until, query.limit, cursor)
    return Ledger(page, _names(page.rows, store, deps))


def _names(lines: Sequence[ConsentChange], store: Store, deps: Deps) -> dict[str, str]:
    if not any(line.by for line in lines):
        return {}
    return {each.id: each.name for each in deps.directory.colleagues(store.id)}
