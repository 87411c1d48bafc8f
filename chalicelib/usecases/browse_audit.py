"""Managers read the audit log of a store: newest first, of one associate, of one kind of act (X24)."""

from msgspec import Struct

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission

from .access import signed_in
from .ports import Deps, Page
from .search import Found, search


class AuditQuery(Struct, frozen=True, kw_only=True):
    """`who`, `act`: only entries of that associate, of that kind."""

    store_id: str
    associate_id: str
    limit: int
    cursor: str | None = None
    who: str | None = None
    act: AuditAct | None = None


class AuditPage(Struct, frozen=True):
    found: Found[AuditEntry]
    names: dict[str, str]
    """Of the store's associates, by id; whoever left has none."""


def browse_audit(query: AuditQuery, deps: Deps) -> AuditPage:
    """Raises NotFound, PermissionDenied, InvalidInput."""
    associate = signed_in(query.associate_id, deps)
    store = deps.directory.store(query.store_id) if associate.belongs_to(query.store_id) else None
    if store is None or store.merchant_id != associate.merchant_id:
        raise NotFound
    if not associate.may(Permission.MANAGE, store.id):
        raise PermissionDenied
    names = {each.id: each.name for each in deps.directory.colleagues(store.id)}
    return AuditPage(_found(query, deps), names)


def _found(query: AuditQuery, deps: Deps) -> Found[AuditEntry]:
    def page_of(limit: int, cursor: str | None) -> Page[AuditEntry]:
        return deps.audit.entries(query.store_id, limit, cursor)

    if query.who is None and query.act is None:
        return Found(page_of(query.limit, query.cursor))
    return search(page_of, lambda rows: [entry for entry in rows if _matches(entry, query)], query.limit)


def _matches(entry: AuditEntry, query: AuditQuery) -> bool:
    return query.who in (None, entry.associate_id) and query.act in (None, entry.act)
