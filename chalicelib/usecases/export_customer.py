"""Everything that is kept of a customer, in pages, for those who may see real addresses (X13, X24; docs/privacy.md).

The first page is written down in the audit log, and all further ones require that entry: nobody comes by a page of
which the log does not know. What is of a store whose addresses they may not see is left out, and said to be.
"""

from msgspec import Struct, json
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.exports import LIFE, Cursor, Part, Records, Spot, cursor_of, read_cursor
from chalicelib.domain.merchants import Permission, Store

from .access import signed_in
from .audit_entry import audited_in_store
from .customer_pieces import Gathering
from .erase_customer import customer_behind
from .merge_customers import Other
from .ports import Deps

PAGE_BYTES = 256 * 1024
"""What is on a page, as JSON, after which nothing is added: one piece more stays far below what Lambda can answer."""
PAGE_PIECES = 40
PAGE_TIME = 5_000
"""Milliseconds after which no piece is begun: API Gateway waits for 29 seconds."""
OVER = "This export has taken too long. Please begin again."


class ExportPage(Struct, frozen=True, kw_only=True):
    records: Records
    cursor: str | None
    """Of the next page; None: that was the last."""
    conversations: int = 0
    orders: int = 0
    """How many there were when it began; 0 on further pages."""


class Subject(Struct, frozen=True):
    """Whose file, where it is asked for, and by what of theirs."""

    customer: Customer
    store: Store
    conversation_id: str = ""
    about_id: str | None = None


def export_customer(whose: Other, associate_id: str, cursor: str | None, deps: Deps) -> ExportPage:
    """A page of their file. Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput (also: took too long);
    Unavailable where it cannot be written down: then nothing is told."""
    store, customer = customer_behind(whose, Permission.UNMASK, associate_id, deps)
    subject = Subject(customer, store, whose.conversation_id or "", whose.order_id)
    return export_page(subject, associate_id, cursor, deps)


def export_page(subject: Subject, associate_id: str, cursor: str | None, deps: Deps) -> ExportPage:
    """As `export_customer`, of a customer whose file the associate may have."""
    if cursor is None:
        return _first_page(subject, associate_id, deps)
    read = read_cursor(cursor)
    _require_entry(read.entry_id, subject, associate_id, deps)
    return _page(subject, associate_id, read, deps)


def _first_page(subject: Subject, associate_id: str, deps: Deps) -> ExportPage:
    entry = audited_in_store(AuditAct.CUSTOMER_EXPORTED, subject.store, associate_id, deps)
    entry = replace(entry, conversation_id=subject.conversation_id, about_id=subject.about_id)
    deps.audit.record(entry)
    deps.log.info("customer_exported", entry_id=entry.id, by=associate_id)
    conversations, orders = deps.customer_files.counts(subject.customer.ids)
    page = _page(subject, associate_id, Cursor(entry.id, Spot(Part.CUSTOMER)), deps)
    return replace(page, conversations=conversations, orders=orders)


def _require_entry(entry_id: str, subject: Subject, associate_id: str, deps: Deps) -> None:
    """This associate has begun with it, about the same, not too long ago."""
    entry = deps.audit.find(subject.store.id, entry_id)
    begun = (AuditAct.CUSTOMER_EXPORTED, associate_id, subject.conversation_id, subject.about_id)
    if entry is None or (entry.act, entry.associate_id, entry.conversation_id, entry.about_id) != begun:
        raise InvalidInput
    if deps.clock.now() >= entry.at + LIFE:
        raise InvalidInput(OVER)


def _page(subject: Subject, associate_id: str, start: Cursor, deps: Deps) -> ExportPage:
    """As many pieces as fit."""
    gathering = Gathering(subject.customer, signed_in(associate_id, deps), deps)
    stop_at, spot = deps.clock.now() + PAGE_TIME, gathering.piece(start.spot)
    for _ in range(PAGE_PIECES - 1):
        full = len(json.encode(gathering.records)) >= PAGE_BYTES or deps.clock.now() >= stop_at
        if spot is None or full:
            break
        spot = gathering.piece(spot)
    following = None if spot is None else cursor_of(Cursor(start.entry_id, spot))
    return ExportPage(records=gathering.records, cursor=following)
