"""The ports of the table over plain memory. tests/store/ holds them and the real ones to the same contract."""

from collections.abc import Sequence
from typing import TypeGuard

from msgspec.structs import replace

from chalicelib.domain.absences import ANSWERED_FOR
from chalicelib.domain.assignments import Handover
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, LIVING, Conversation, ConversationState, preview
from chalicelib.domain.merchants import Associate
from chalicelib.domain.messages import (
    TROUBLED,
    Direction,
    FailureReason,
    Message,
    MessageKind,
    MessageRef,
    MessageStatus,
    lower_than,
)
from chalicelib.domain.routing import Rerouting, Route, RouteKey, Routes
from chalicelib.store.conditions import CONVERSATION, ROUTE
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position, message_position
from chalicelib.usecases.ports import (
    Append,
    Appended,
    Claimed,
    Conflict,
    DueMessage,
    Duplicate,
    InboxRow,
    Once,
    Opened,
    Opening,
    Page,
    ProxyUse,
    Refusal,
    Righted,
    RouteChanged,
    Thread,
)

from .credits import charge, require_credits
from .table import FakeTable, unchanged


class FakeConversations:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find_route(self, key: RouteKey, *, consistent: bool) -> Route | None:
        self._table.request()
        return self._table.routes.get(key)

    def find(self, conversation_id: str) -> Conversation | None:
        self._table.request()
        return self._table.conversations.get(conversation_id)

    def find_with_associate(
        self, conversation_id: str, associate_id: str
    ) -> tuple[Conversation | None, Associate | None]:
        self._table.request()
        return self._table.conversations.get(conversation_id), self._table.associates.get(associate_id)

    def find_routes(self, keys: Sequence[RouteKey]) -> dict[RouteKey, Route]:
        self._table.request()
        return {key: self._table.routes[key] for key in keys if key in self._table.routes}

    def routes(self, key: RouteKey) -> Routes:
        self._table.request()
        return self._table.routes_of(key)

    def find_several(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]:
        self._table.request()
        known = self._table.conversations
        return {each: known[each] for each in conversation_ids if each in known}

    def find_message(self, conversation_id: str, message_id: str) -> Message | None:
        self._table.request()
        return self._table.messages.get((conversation_id, message_id))

    def find_once(self, once: Once) -> Once | None:
        self._table.request()
        return self._table.onces.get((once.scope, once.key))

    def append(self, command: Append) -> Appended | Duplicate | Conflict:
        self._table.request()
        _check(command.messages)
        table, once = self._table, command.once
        if stored := table.onces.get((once.scope, once.key)):
            return Duplicate(stored)
        require_credits(table, command.messages)
        found = table.conversations.get(command.messages[0].conversation_id)
        if found is None or found.merchant_id != command.messages[0].merchant_id:
            return Conflict(None)
        invited = [message for message in command.messages if message.kind.leads_to_chat]
        if table.brought_back(*(each.consent_key for each in invited)):
            return Conflict(found)
        refused = _asks(command.consent) and not table.decides(command.consent)
        if refused or not _accepts(found, command) or (command.held and not table.still_held(command.held)):
            return Conflict(found)
        if command.mailed and not table.still_unread(command.mailed):
            return Conflict(found)
        if command.rerouting:
            if not table.may_reroute(command.rerouting):
                return Conflict(found)
            table.reroute(command.rerouting)
        charge(table, command.messages)
        if command.held:
            del table.held[command.held.conversation_id, command.held.id]
        table.onces[once.scope, once.key] = once
        for message in command.messages:
            table.put_message(message)
        current = table.change_consent(command.consent) if command.consent else True
        for change in command.consent_beside:
            table.change_consent(change)
        if command.link:
            table.links[command.link.id] = command.link
        if command.unanswered:
            table.await_answer(command.unanswered, max(message.created_at for message in command.messages))
        if command.unread_reply:
            table.await_reading(command.unread_reply)
        if command.mailed:
            del table.unread_replies[command.mailed.conversation_id]
        table.put_conversation(_appended(found, command, current=current))
        return Appended()

    def open(self, command: Opening) -> Opened | Duplicate | RouteChanged:
        self._table.request()
        _check_opening(command)
        table, once = self._table, command.once
        if stored := table.onces.get((once.scope, once.key)):
            return Duplicate(stored)
        if table.brought_back(command.conversation.consent_key, *(each.consent_key for each in command.messages)):
            return RouteChanged()
        require_credits(table, command.messages)
        if not self._openable(command):
            return RouteChanged()
        charge(table, command.messages)
        made = command.conversation
        table.theirs[made.customer_id, made.id] = made.merchant_id
        table.onces[once.scope, once.key] = once
        table.put_conversation(command.conversation)
        shared = {each.written.key: each for each in command.reroutings}
        for rerouting in shared.values():
            table.reroute(rerouting)
        if command.route.key not in shared:
            table.routes[command.route.key] = command.route
        if command.left and command.left not in shared:
            table.routes[command.left] = replace(table.routes[command.left], cool_until=command.left_at + COOL_DOWN)
        for message in command.messages:
            table.put_message(message)
        for change in (*([command.consent] if command.consent else []), *command.consent_beside):
            table.change_consent(change)
        if command.link:
            table.links[command.link.id] = command.link
        if command.text:
            table.automatic[command.text.order_id, command.text.event] = command.text
        if command.order:
            table.put_order(table.orders[command.order.id].in_conversation(command.conversation.id))
        if command.customer:
            table.customers[command.customer.id] = command.customer
        if address := _address_key(command):
            table.lookups[address] = command.conversation.customer_id
        return Opened()

    def _openable(self, command: Opening) -> bool:
        table, address = self._table, _address_key(command)
        stored = table.orders.get(command.order.id) if command.order else None
        shared = {each.written.key for each in command.reroutings}
        return (
            unchanged(table.conversations.get(command.conversation.id), command.was, CONVERSATION)
            and all(table.may_reroute(each) for each in command.reroutings)
            and (
                command.route.key in shared or unchanged(table.routes.get(command.route.key), command.route_was, ROUTE)
            )
            and (command.left is None or command.left in shared or self._leads_to(command.left, command.conversation))
            and (address is None or address not in table.lookups)
            and (command.customer is None or command.customer.id not in table.customers)
            and (not _asks(command.consent) or table.decides(command.consent))
            and (command.order is None or (stored is not None and stored.active))
        )

    def _leads_to(self, key: RouteKey, conversation: Conversation) -> bool:
        route = self._table.routes.get(key)
        return route is not None and route.conversation_id == conversation.id

    def thread(self, conversation_id: str, limit: int, cursor: str | None) -> Thread | None:
        self._table.request()
        before = message_position(cursor) if cursor is not None else None
        conversation = self._table.conversations.get(conversation_id)
        held = tuple(self._table.held_in(conversation_id)) if cursor is None else ()
        newest = [m for m in reversed(self._table.messages_of(conversation_id)) if before is None or m.id < before]
        shown = tuple(newest[:limit])
        after = opaque(shown[-1].id) if len(newest) > limit else None
        return Thread(conversation, Page(shown, after), held) if conversation else None

    def messages_after(self, conversation_id: str, message_id: str, limit: int) -> Thread | None:
        self._table.request()
        conversation = self._table.conversations.get(conversation_id)
        later = [m for m in self._table.messages_of(conversation_id) if m.id > message_id]
        more = opaque(later[limit - 1].id) if len(later) > limit else None
        return Thread(conversation, Page(tuple(later[:limit]), more)) if conversation else None

    def inbox(
        self, store_id: str, state: str, now: int, limit: int, cursor: str | None, newer_than: int | None = None
    ) -> Page[InboxRow]:
        self._table.request()
        before = index_position(cursor) if cursor is not None else None
        oldest = max(now - LIFETIME, -1 if newer_than is None else newer_than)
        found = [c for c in self._listed(store_id, state) if c.last_activity_at > oldest]
        newest = [c for c in sorted(found, key=_position, reverse=True) if before is None or _position(c) < before]
        shown = newest[:limit]
        after = opaque(_position(shown[-1])) if len(newest) > limit else None
        return Page(tuple(_inbox_row(conversation) for conversation in shown), after)

    def _listed(self, store_id: str, state: str) -> list[Conversation]:
        if state not in {"open", "closed"}:
            raise ValueError("only open and closed conversations are listed")
        listed = LIVING if state == "open" else (ConversationState.CLOSED,)
        return [c for c in self._table.conversations.values() if c.store_id == store_id and c.state in listed]

    def show_outcome(self, message: Message) -> bool:
        self._table.request()
        stored = self._table.conversations.get(message.conversation_id)
        itself = self._table.messages.get((message.conversation_id, message.id))
        last = stored is not None and stored.last_outbound_id == message.id
        trouble = message.status if message.status in TROUBLED else None
        now = itself.status if itself is not None and itself.status in TROUBLED else None
        if not last or itself is None or now != trouble:
            return False
        assert stored is not None
        self._table.put_conversation(replace(stored, outbound_trouble=trouble))
        return True

    def expirable(self, store_id: str, now: int, limit: int) -> Sequence[str]:
        self._table.request()
        over: list[str] = []
        for state in ("open", "closed"):
            listed = sorted(self._listed(store_id, state), key=_position)
            over += [c.id for c in listed if c.last_activity_at <= now - LIFETIME]
        return over[:limit]

    def proxy_uses(self, store_id: str, now: int, limit: int) -> tuple[Sequence[ProxyUse], bool]:
        self._table.request()
        found: list[ProxyUse] = []
        more = False
        for state in ("open", "closed"):
            alive = [c for c in self._listed(store_id, state) if c.last_activity_at > now - LIFETIME]
            shown = sorted(alive, key=_position, reverse=True)[:limit]
            more = more or len(shown) == limit
            found += [ProxyUse(c.channel, c.proxy, c.customer_address, state == "open") for c in shown]
        return found, more

    def mark_read(self, conversation: Conversation, unread: int) -> bool:
        self._table.request()
        stored = self._table.conversations.get(conversation.id)
        if not unchanged(stored, conversation, ("merchant_id", "last_message_id", "state", "unread")) or stored is None:
            return False
        self._table.put_conversation(replace(stored, unread=unread))
        return True

    def count_inbound_after(self, conversation_id: str, message_id: str) -> int:
        self._table.request()
        messages = self._table.messages_of(conversation_id)
        return sum(m.direction is Direction.INBOUND and m.id > message_id for m in messages)

    def end(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        self._table.request()
        _check_same(before, after)
        if not unchanged(self._table.conversations.get(before.id), before, CONVERSATION):
            return False
        self._table.put_conversation(after)
        self._table.put_audit(audit)
        routes, until = self._table.routes_of(_route_key(before)), after.cool_until(after.expires_at - 1)
        if route := routes.leading_to(before.id):
            assert until is not None
            ended = routes.with_route(replace(route, cool_until=until), until - COOL_DOWN)
            self._table.reroute(Rerouting(routes, ended))
        return True

    def reopen(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        self._table.request()
        _check_same(before, after)
        routes = self._table.routes_of(_route_key(before))
        route = routes.leading_to(before.id)
        if route is None or not unchanged(self._table.conversations.get(before.id), before, CONVERSATION):
            return False
        held = routes.with_route(replace(route, cool_until=None), after.last_activity_at)
        self._table.reroute(Rerouting(routes, held))
        self._table.put_audit(audit)
        self._table.put_conversation(after)
        return True

    def flag_opted_out(self, conversation_id: str, opted_out: bool) -> None:
        self._table.request()
        stored = self._table.conversations.get(conversation_id)
        if stored is not None:
            self._table.put_conversation(replace(stored, opted_out=opted_out))

    def rename(self, conversation: Conversation, customer_name: str) -> None:
        self._table.request()
        stored = self._table.conversations.get(conversation.id)
        theirs = stored is not None and stored.customer_id == conversation.customer_id
        if stored is not None and theirs and stored.state is not ConversationState.DELETED:
            self._table.put_conversation(replace(stored, customer_name=customer_name))

    def erase_messages(self, conversation_id: str, up_to: str) -> None:
        self._table.request()
        self._table.erase_messages(conversation_id, up_to)


class FakeAssignments:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def assign(self, before: Conversation, handover: Handover, audit: AuditEntry | None = None) -> bool:
        self._table.request()
        if (before.id, before.merchant_id) != (handover.conversation_id, handover.merchant_id):
            raise ValueError("the handover is of this conversation")
        stored = self._table.conversations.get(before.id)
        if stored is None or stored.state not in LIVING:
            return False
        if not unchanged(stored, before, ("merchant_id", "assignee_id")):
            return False
        self._table.put_conversation(replace(stored, assignee_id=handover.to_id, handed_over=True))
        self._table.handovers.append(handover)
        self._table.put_audit(audit)
        return True

    def history(self, conversation_id: str) -> Sequence[Handover]:
        self._table.request()
        found = [each for each in self._table.handovers if each.conversation_id == conversation_id]
        return sorted(found, key=lambda handover: handover.id)


class FakeAudit:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def record(self, entry: AuditEntry) -> None:
        self._table.request()
        self._table.put_audit(entry)

    def find(self, store_id: str, entry_id: str) -> AuditEntry | None:
        self._table.request()
        return next((e for e in self._table.audit if (e.store_id, e.id) == (store_id, entry_id)), None)

    def entries(self, store_id: str, limit: int, cursor: str | None) -> Page[AuditEntry]:
        self._table.request()
        before = message_position(cursor) if cursor is not None else None
        listed = sorted((e for e in self._table.audit if e.store_id == store_id), key=lambda e: e.id, reverse=True)
        newest = [entry for entry in listed if before is None or entry.id < before]
        shown = tuple(newest[:limit])
        return Page(shown, opaque(shown[-1].id) if len(newest) > limit else None)


class FakeMessages:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def claim(self, claimed: Message, now: int) -> Claimed | Refusal:
        self._table.request()
        stored = self._stored(claimed, MessageStatus.QUEUED)
        key = ConsentKey(claimed.merchant_id, claimed.channel, claimed.customer_address, claimed.consent_scope)
        consent = None if claimed.kind.answers_keyword else self._table.consents.get(key)
        opted_out = consent is not None and consent.state is ConsentState.OPTED_OUT
        if opted_out or stored is None or stored.expires_at <= now:
            return Refusal(opted_out, self._table.messages.get((claimed.conversation_id, claimed.id)))
        self._table.put_message(replace(claimed, expires_at=stored.expires_at))
        return Claimed()

    def settle(self, message: Message, owner: str) -> bool:
        stored = self._stored(message, MessageStatus.SENDING)
        return self._store(message, stored is not None and stored.lease_owner == owner)

    def fail_queued(self, message: Message) -> bool:
        return self._store(message, self._stored(message, MessageStatus.QUEUED) is not None)

    def expire_lease(self, message: Message, now: int) -> bool:
        stored = self._stored(message, MessageStatus.SENDING)
        return self._store(message, stored is not None and (stored.lease_until or 0) <= now)

    def retry(self, message: Message, was: Message) -> bool:
        stored = self._stored(was, was.status)
        same = stored is not None and stored.credits == was.credits
        if same and message.credits != was.credits:
            require_credits(self._table, [message])
            charge(self._table, [message])
        return self._store(message, same, with_expiry=True)

    def prolong(self, message: Message, expires_at: int) -> None:
        self._table.request()
        stored = self._stored(message, MessageStatus.QUEUED)
        if stored is not None:
            self._table.put_message(replace(stored, expires_at=expires_at))

    def climb(
        self,
        ref: MessageRef,
        status: MessageStatus,
        failure: FailureReason | None,
        provider_id: str,
        at: int,
    ) -> bool:
        self._table.request()
        stored = self._table.messages.get((ref.conversation_id, ref.message_id))
        if stored is None or stored.attempt != ref.attempt:
            return False
        if stored.status not in lower_than(status):
            return (stored.status, stored.status_at) == (status, at) and bool(lower_than(status))
        self._table.put_message(
            replace(
                stored,
                status=status,
                status_at=at,
                failure=failure,
                provider_id=provider_id or stored.provider_id,
                lease_owner=None,
                lease_until=None,
                claimed_at=None,
                due_at=None,
            )
        )
        return True

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueMessage]:
        self._table.request()
        entries = sorted((f"{m.due_at:013d}#{m.id}", m) for m in self._table.messages.values() if m.due_at is not None)
        after = "" if cursor is None else index_position(cursor)
        over = [(position, m) for position, m in entries if after < position < f"{now + 1:013d}"]
        named = tuple(DueMessage(m.conversation_id, m.id) for _, m in over[:limit])
        return Page(named, opaque(over[limit - 1][0]) if len(over) >= limit else None)

    def put_aside(self, due: DueMessage, until: int) -> None:
        self._table.request()
        key = (due.conversation_id, due.message_id)
        stored = self._table.messages.get(key)
        if stored is not None and stored.due_at is not None:
            self._table.messages[key] = replace(stored, due_at=until)

    def texts_beside(self, message: Message) -> Sequence[Message]:
        self._table.request()
        others = [m for m in self._table.messages_of(message.conversation_id) if m.id != message.id]
        return [m for m in others if m.direction is Direction.OUTBOUND]

    def identify(self, found: Message, was: Message) -> bool:
        self._table.request()
        given = (f"found#{found.connection_id}", found.provider_id or "")
        if given in self._table.onces or self._stored(was, MessageStatus.UNKNOWN) is None:
            return False
        self._table.onces[given] = Once(*given, result=found.id)
        self._table.put_message(found)
        return True

    def keep_media(self, message: Message, was: Message) -> bool:
        self._table.request()
        stored = self._table.messages.get((was.conversation_id, was.id))
        if stored is None or stored.media != was.media:
            return stored is not None and stored.media == message.media
        self._table.put_message(replace(stored, media=message.media))
        return True

    def doubt(self, message: Message, was: Message) -> bool:
        stored = self._stored(was, MessageStatus.UNKNOWN)
        return self._store(message, stored is not None and stored.due_at == was.due_at)

    def _stored(self, message: Message, status: MessageStatus) -> Message | None:
        stored = self._table.messages.get((message.conversation_id, message.id))
        same = unchanged(stored, message, ("attempt", "merchant_id"))
        return stored if stored and same and stored.status is status else None

    def _store(self, message: Message, allowed: bool, *, with_expiry: bool = False) -> bool:
        """Workers hold copies from when it was queued; only `with_expiry` changes until when it may be claimed."""
        self._table.request()
        stored = self._table.messages.get((message.conversation_id, message.id))
        after = message if with_expiry or stored is None else replace(message, expires_at=stored.expires_at)
        if allowed:
            self._table.put_message(after)
        return self._table.messages.get((message.conversation_id, message.id)) == after


class FakeConsents:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def state(self, key: ConsentKey) -> Consent | None:
        self._table.request()
        return self._table.consents.get(key)

    def record(self, change: ConsentChange) -> bool:
        self._table.request()
        if not self._table.decides(change):
            return False
        if change.id not in {line.id for line in self._table.ledger if line.key == change.key}:
            self._table.change_consent(change)
        return True

    def set_right(
        self,
        change: ConsentChange,
        was: Consent,
        to: Consent,
        conversation: Conversation,
        audit: AuditEntry,
        beside: Sequence[Righted] = (),
    ) -> bool:
        self._table.request()
        stored = self._table.conversations.get(conversation.id)
        same = stored is not None and unchanged(stored, conversation, ("merchant_id", "store_id"))
        if stored is None or not same or self._table.consents.get(was.key) != was:
            return False
        if any(self._table.consents.get(each.was.key) != each.was for each in beside):
            return False
        for each in beside:
            self._table.consents[each.was.key] = each.to
            self._table.ledger.append(each.change)
            self._table.put_audit(each.audit)
        self._table.consents[was.key] = to
        self._table.ledger.append(change)
        self._table.put_conversation(replace(stored, opted_out=False))
        self._table.put_audit(audit)
        return True

    def history(self, key: ConsentKey) -> Sequence[ConsentChange]:
        self._table.request()
        lines = [line for line in self._table.ledger if line.key == key]
        return sorted(lines, key=lambda line: (line.at, line.id))

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ConsentChange]:
        self._table.request()
        before = f"{until:013d}" if cursor is None else index_position(cursor)
        lines = [line for line in self._table.ledger if line.store_id == store_id]
        placed = {f"{line.at if line.recorded_at is None else line.recorded_at:013d}#{line.id}": line for line in lines}
        places = [place for place in sorted(placed, reverse=True) if f"{since:013d}" <= place < before]
        shown = tuple(placed[place] for place in places[:limit])
        return Page(shown, opaque(places[limit - 1]) if len(places) > limit else None)


class FakeRejections:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def record(self, once: Once, reason: str, at: int) -> None:
        self._table.request()
        key = (once.scope, once.key)
        if key not in self._table.onces:
            self._table.onces[key] = once
            self._table.rejections[key] = (reason, at)


def _asks(change: ConsentChange | None) -> TypeGuard[ConsentChange]:
    return change is not None and change.state is ConsentState.REQUESTED


def _check(messages: Sequence[Message]) -> None:
    owners = {(m.conversation_id, m.merchant_id, m.store_id) for m in messages}
    ids = [m.id for m in messages]
    if len(owners) != 1 or len(messages) > 5 or ids != sorted(set(ids)):
        raise ValueError("one to five messages of one conversation, in ascending order")


def _check_opening(command: Opening) -> None:
    conversation, route = command.conversation, command.route
    owner = (conversation.id, conversation.merchant_id, conversation.store_id)
    owners = {(m.conversation_id, m.merchant_id, m.store_id) for m in command.messages}
    people = (command.customer, command.order, command.was, command.text)
    parts = [part for part in people if part is not None]
    if owners - {owner} or (route.conversation_id, route.merchant_id, route.store_id) != owner:
        raise ValueError("messages and route belong to the conversation")
    if any(part.merchant_id != conversation.merchant_id for part in parts):
        raise ValueError("customer, order and text belong to the merchant of the conversation")


def _check_same(before: Conversation, after: Conversation) -> None:
    if (before.id, before.merchant_id, before.store_id) != (after.id, after.merchant_id, after.store_id):
        raise ValueError("the same conversation before and after")


def _accepts(found: Conversation, command: Append) -> bool:
    at, was = max(message.created_at for message in command.messages), command.expected
    first = command.messages[0]
    if found.last_message_id >= first.id or found.store_id != first.store_id:
        return False
    if any(m.free_until and m.free_until < (found.free_until or 0) for m in _inbound(command)):
        return False
    told = found.away_answered_at
    away = any(message.kind is MessageKind.AWAY_ANSWER for message in command.messages)
    if away and told is not None and told > at - ANSWERED_FOR:
        return False
    if was is None:
        return found.state is ConversationState.OPEN and found.last_activity_at > at - LIFETIME
    return unchanged(found, was, ("state", "ended_answered", "last_message_id"))


def _appended(found: Conversation, command: Append, *, current: bool) -> Conversation:
    """`current`: the consent change was the newest, so the display flag follows it."""
    last, was = command.messages[-1], command.expected
    after = replace(found, last_message_id=last.id)
    lives = was is None or was.lives(max(message.created_at for message in command.messages))
    if lives:
        after = replace(after, last_activity_at=last.created_at)
    if command.answers_request:
        after = replace(after, requested_at=None)
        after = replace(after, state=ConversationState.OPEN) if lives else after
    if command.link:
        after = replace(after, links_from=command.link.created_at)
    if last.kind.leads_to_chat:
        after = replace(after, last_outbound_id=last.id, outbound_trouble=None)
    elif was is None or was.state is not ConversationState.DELETED:
        inbound = sum(message.direction is Direction.INBOUND for message in command.messages)
        shown = preview(last)
        after = replace(after, last_preview=shown, last_direction=last.direction, unread=found.unread + inbound)
        after = replace(after, last_kind=last.kind, last_author_id=last.author_id, last_author_name=last.author_name)
        if any(message.kind is MessageKind.AWAY_ANSWER for message in command.messages):
            after = replace(after, away_answered_at=max(message.created_at for message in command.messages))
        authors = [message.author_id for message in command.messages if message.author_id is not None]
        after = replace(after, assignee_id=found.assignee_id or authors[0], waiting_since=None) if authors else after
        ours = [message.id for message in command.messages if message.direction is Direction.OUTBOUND]
        after = replace(after, last_outbound_id=ours[-1], outbound_trouble=None) if ours else after
    if command.opted_out is not None and current:
        after = replace(after, opted_out=command.opted_out)
    for message in _inbound(command):
        after = replace(after, free_until=after.free_until_after(message))
    return replace(after, ended_answered=True) if command.ended_answered else after


def _inbound(command: Append) -> list[Message]:
    return [message for message in command.messages if message.direction is Direction.INBOUND]


def _address_key(command: Opening) -> tuple[str, str, str] | None:
    if command.customer is None or command.customer_address is None:
        return None
    return (command.customer.merchant_id, command.conversation.channel, command.customer_address)


def _route_key(conversation: Conversation) -> RouteKey:
    return RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)


def _position(conversation: Conversation) -> str:
    return f"{conversation.last_activity_at:013d}#{conversation.id}"


def _inbox_row(conversation: Conversation) -> InboxRow:
    return InboxRow(**{name: getattr(conversation, name) for name in InboxRow.__struct_fields__})
