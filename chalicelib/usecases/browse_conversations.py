"""What associates read of conversations: lists, threads, unread counts (D12-D14, S5-S9, N27-N31)."""

import re
from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.assignments import Handover
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied

from .access import messaging_store, signed_in
from .ports import Deps, InboxRow, Page, Thread
from .search import Found, search
from .search_tags import chosen

UNREAD_SCAN = 100
"""Conversations per store that the total counts; those with unread messages are the ones with the latest activity."""
_WHOLE_NUMBER = 10
"""Digits of a number without its country code, at least."""


class InboxQuery(Struct, frozen=True, kw_only=True):
    """`search` matches name, order number, last message, a whole phone number, or `tag:` and a tag; `newer_than`: epoch
    ms."""

    store_id: str
    associate_id: str
    state: ConversationState
    limit: int
    cursor: str | None = None
    search: str = ""
    newer_than: int | None = None
    mine: bool = False
    """Only those that the associate looks after (N28)."""


class UnreadCounts(Struct, frozen=True):
    """Per store; `capped` when some store has more conversations than were counted."""

    stores: dict[str, int]
    capped: bool


def list_conversations(query: InboxQuery, deps: Deps) -> Found[InboxRow]:
    """A page of a store's open or closed conversations, last activity first."""
    messaging_store(signed_in(query.associate_id, deps), query.store_id, deps)
    now = deps.clock.now()

    def page_of(limit: int, cursor: str | None) -> Page[InboxRow]:
        return deps.conversations.inbox(query.store_id, query.state, now, limit, cursor, query.newer_than)

    wanted = query.search.strip().casefold()
    if wanted or query.mine:
        return search(page_of, lambda rows: _asked_for(rows, wanted, query, deps), query.limit)
    return Found(page_of(query.limit, query.cursor))


def _asked_for(rows: Sequence[InboxRow], wanted: str, query: InboxQuery, deps: Deps) -> Sequence[InboxRow]:
    own = [row for row in rows if not query.mine or row.assignee_id == query.associate_id]
    return chosen(own, wanted, lambda row: matches(row, wanted), deps) if wanted else own


def matches(row: InboxRow | Conversation, wanted: str) -> bool:
    """By a number only as a whole: whoever could try endings would have it digit by digit (X7)."""
    digits = re.sub(r"[ ()./+-]", "", wanted)
    if digits.isdigit() and len(digits) >= _WHOLE_NUMBER and row.customer_address.endswith(digits):
        return True
    return any(wanted in (text or "").casefold() for text in (row.customer_name, row.order_number, row.last_preview))


def show_handovers(thread: Thread, deps: Deps) -> Sequence[Handover]:
    """How the thread's conversation changed hands, oldest first. Nothing is read where it never did."""
    return deps.assignments.history(thread.conversation.id) if thread.conversation.handed_over else ()


def show_thread(conversation_id: str, associate_id: str, limit: int, cursor: str | None, deps: Deps) -> Thread:
    """A conversation with a page of its messages: one query beside the one for the associate."""
    associate = signed_in(associate_id, deps)
    thread = deps.conversations.thread(conversation_id, limit, cursor)
    if thread is None or thread.conversation.state is ConversationState.DELETED:
        raise NotFound
    messaging_store(associate, thread.conversation.store_id, deps)
    return thread


def count_unread(associate_id: str, deps: Deps) -> UnreadCounts:
    """Customers' messages nobody has read, in every store where this associate may use messaging (D14, X19)."""
    associate = signed_in(associate_id, deps)
    counts: dict[str, int] = {}
    capped = False
    now = deps.clock.now()
    for store_id in associate.stores:
        try:
            messaging_store(associate, store_id, deps)
        except (NotFound, PermissionDenied, MessagingDisabled):
            continue
        page = deps.conversations.inbox(store_id, ConversationState.OPEN, now, UNREAD_SCAN, None)
        counts[store_id] = sum(row.unread for row in page.rows)
        capped = capped or page.cursor is not None
    return UnreadCounts(counts, capped)
