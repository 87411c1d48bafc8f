"""Seeded bugs: each breaks one rule of the real code, and the simulator must notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from chalicelib.channels.email import ses
from chalicelib.channels.email.ses import Ses
from chalicelib.channels.twilio import Twilio
from chalicelib.domain import circuit
from chalicelib.domain import messages as domain_messages
from chalicelib.domain.circuit import Circuit
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.merchants import UnknownPolicy
from chalicelib.domain.messages import FailureReason, Message, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.domain.reminders import Reminder
from chalicelib.domain.routing import Rerouting
from chalicelib.store import (
    appending,
    consent,
    conversations,
    ending,
    inbox_shards,
    keys,
    messages,
    opening,
    reminders,
    transaction,
    unanswered,
)
from chalicelib.store.rows import ConversationRow, MessageRow, Row
from chalicelib.store.sockets import DynamoSocketStore
from chalicelib.triggers import queues, stream
from chalicelib.usecases import (
    access,
    deliver_message,
    once,
    push_activity,
    resolve_unknown,
    send_message,
    shared_numbers,
    start_conversation,
    text_about_order,
)
from chalicelib.usecases.ports import Claimed, LookupUnclear, Once, Refusal, SendError, SendUnclear
from tests.support import event_filters

Patch = Callable[[Any, str, Any], None]
ANYTHING = Row.pk.exists() | Row.pk.does_not_exist()


def one_shard_is_read(patch: Patch) -> None:
    """Lists look where they always did, whatever the set-up says."""
    patch(inbox_shards.InboxShards, "read", lambda self, store_id: range(1))


def once_without_condition(patch: Patch) -> None:
    """A repeated event is put again."""
    put = transaction.Transaction.put

    def puts(self: Any, name: str, row: Any, condition: Any = None) -> None:
        put(self, name, row, ANYTHING if name == "once" else condition)

    patch(transaction.Transaction, "put", puts)


def claim_without_consent(patch: Patch) -> None:
    patch(transaction.Transaction, "check", lambda self, name, key, condition: None)


def consent_by_a_stale_read(patch: Patch) -> None:
    """The claim looks at consent first, at an old copy, and no longer in its transaction."""
    claim = messages.DynamoMessageStore.claim

    def claims(self: Any, claimed: Message, now: int) -> Any:
        row = self._table.get(messages.codec.consent_key(claimed.consent_key), consistent=False)
        if getattr(row, "state", "") == "opted_out" and not claimed.kind.answers_keyword:
            return Refusal(True, messages._message(self._table.get(messages._key(claimed))))
        return claim(self, claimed, now)

    claim_without_consent(patch)
    patch(messages.DynamoMessageStore, "claim", claims)


def acknowledges_first(patch: Patch) -> None:
    patch(queues, "_failures", lambda records: {"batchItemFailures": []})


def expiry_by_the_sweep(patch: Patch) -> None:
    """What is stored counts, not the clock."""
    patch(Conversation, "state_at", lambda self, now: self.state)
    condition = appending._condition

    def without_instant(command: Any) -> Any:
        long_ago = tuple(replace(message, created_at=0) for message in command.messages)
        return condition(replace(command, messages=long_ago))

    patch(appending, "_condition", without_instant)


def claims_after_expiry(patch: Patch) -> None:
    claim = messages.DynamoMessageStore.claim
    patch(messages.DynamoMessageStore, "claim", lambda self, claimed, now: claim(self, claimed, 0))


def status_falls(patch: Patch) -> None:
    """The last report wins."""
    patch(messages, "lower_than", lambda status: tuple(MessageStatus))


def once_before_the_transaction(patch: Patch) -> None:
    """First the record, then the deed: a crash between them loses the event."""
    append = appending.append

    def appends(table: Any, shards: Any, command: Any, now: int) -> Any:
        row = appending.codec.once_row(command.once, now, 9)
        if not table.put_new(row):
            return appending.Duplicate(command.once)
        return append(table, shards, replace(command, once=Once("after", command.messages[0].id)), now)

    patch(conversations.appending, "append", appends)


def counter_without_once(patch: Patch) -> None:
    """Unread is counted in a request of its own."""
    append = appending.append

    def appends(table: Any, shards: Any, command: Any, now: int) -> Any:
        outcome = append(table, shards, command, now)
        key = appending.keys.conversation(command.messages[0].conversation_id)
        if command.messages[0].direction == "inbound":
            count = ConversationRow.unread
            table.update(key, [count.set(count + 1)], Row.pk.exists())
        return outcome

    patch(conversations.appending, "append", appends)


def doubt_is_a_refusal(patch: Patch) -> None:
    """A time-out is taken for a no, and the text is sent again."""
    send = Twilio.send

    def sends(self: Any, *arguments: Any) -> Any:
        try:
            return send(self, *arguments)
        except SendUnclear:
            raise SendError(FailureReason.UNSPECIFIED, retryable=True) from None

    patch(Twilio, "send", sends)


def doubt_about_a_mail_is_a_refusal(patch: Patch) -> None:
    """A time-out of SES is taken for a no, and the mail is sent again."""
    send = Ses.send

    def sends(self: Any, *arguments: Any) -> Any:
        try:
            return send(self, *arguments)
        except SendUnclear:
            raise SendError(FailureReason.UNSPECIFIED, retryable=True) from None

    patch(Ses, "send", sends)


def a_notice_is_a_mail(patch: Patch) -> None:
    """What SES tells twice came twice."""
    received = ses.received

    def anew(publication: Any, recipients: Any) -> Any:
        events: Any = received(publication, recipients)
        return [replace(each, provider_id=f"{each.provider_id}{publication.now}") for each in events]

    patch(ses, "received", anew)


def stream_skips(patch: Patch) -> None:
    """A record that fails is left behind."""
    consume = stream.consume_stream

    def consumes(event: Any, ports: Any) -> Any:
        consume(event, ports)
        return {"batchItemFailures": []}

    patch(stream, "consume_stream", consumes)


def gives_back_what_was_answered(patch: Patch) -> None:
    """The transaction does not look whether somebody has answered since."""
    patch(unanswered, "_nothing_said", lambda before: Row.pk.exists())


def releases_what_it_read(patch: Patch) -> None:
    """What was changed after the clock had read it goes out as it was."""
    patch(appending, "held_unchanged", lambda was: Row.pk.exists())


def tells_before_its_time(patch: Patch) -> None:
    """What is due within the hour is told as well."""
    due = reminders.DynamoReminderStore.due
    patch(reminders.DynamoReminderStore, "due", lambda self, now, limit: due(self, now + 3_600_000, limit))


def a_snooze_sets_no_timer(patch: Patch) -> None:
    """What was put off is told to nobody."""
    sets = reminders._set_timer

    def setting(transaction: Any, reminder: Reminder) -> None:
        if reminder.revision == 1:
            sets(transaction, reminder)

    patch(reminders, "_set_timer", setting)


def filter_passes_new_items_only(patch: Patch) -> None:
    """What changes later never reaches the outbox: texts asked for again, closed orders."""
    passes = event_filters.passes

    def passing(function: str, record: Any) -> bool:
        return passes(function, record) and "OldImage" not in record["dynamodb"]

    patch(event_filters, "passes", passing)


def lease_means_nothing(patch: Patch) -> None:
    """What somebody else is sending may be sent as well."""
    free = messages._is

    def also_sending(message: Message, status: MessageStatus) -> Any:
        if status is MessageStatus.QUEUED:
            return MessageRow.status.is_in("queued", "sending") & (MessageRow.attempt == message.attempt)
        return free(message, status)

    patch(messages, "_is", also_sending)


def dead_worker_starts_over(patch: Patch) -> None:
    """A lease that ran out is a message that was never sent."""

    def requeues(stored: Message, now: int, deps: Any) -> Any:
        if (left := (stored.lease_until or 0) - now) <= 0:
            deps.messages.settle(stored.released(now), stored.lease_owner or "")
        return deliver_message.RetryLater(max(left, 1))

    patch(deliver_message, "_await_lease", requeues)


def settles_without_owner(patch: Patch) -> None:
    """Whoever comes last says how it ended."""

    def settles(self: Any, message: Message, owner: str) -> bool:
        return self._store(message, MessageRow.attempt == message.attempt)

    patch(messages.DynamoMessageStore, "settle", settles)


def last_report_of_an_order_wins(patch: Patch) -> None:
    patch(Order, "newest", lambda self, other: self)


def late_stop_wins(patch: Patch) -> None:
    """Consent follows the order of arrival, not of the customer's acts."""
    add = consent.add_consent

    def adds(transaction_: Any, change: Any, *, with_state: bool = True) -> None:
        transaction_.put("consent", consent.codec.consent_row(change), ANYTHING)
        add(transaction_, change, with_state=False)

    patch(consent, "add_consent", adds)


def key_forgets_its_body(patch: Patch) -> None:
    """Any body under a known key is taken for a repeat."""
    request_once = once.request_once

    def forgetful(associate_id: str, key: str, content: Any, result: str) -> Any:
        return replace(request_once(associate_id, key, content, result), digest="")

    for module in (send_message, start_conversation):
        patch(module, "request_once", forgetful)


def route_is_not_guarded(patch: Patch) -> None:
    """Whoever opens last has the number."""
    patch(opening, "route_unchanged", lambda was: ANYTHING)


def order_is_not_guarded(patch: Patch) -> None:
    """A message may be put behind a newer one."""
    row = ConversationRow
    patch(appending, "_condition", lambda command: (row.state == "open") & row.last_activity_at.exists())


def end_overwrites(patch: Patch) -> None:
    """Closing and expiring store what they read, whatever happened since."""
    patch(ending, "conversation_unchanged", lambda was: Row.pk.exists())


def cool_down_is_skipped(patch: Patch) -> None:
    """A number is free as soon as its conversation has ended."""
    patch(Conversation, "cool_until", lambda self, now: None if self.is_open(now) else 0)
    patch(ending, "_cool_until", lambda after: 0)


def anybody_may_write(patch: Patch) -> None:
    """Nobody asks whose conversation it is."""

    def own(conversation_id: str, associate_id: str, deps: Any) -> Any:
        conversation, associate = deps.conversations.find_with_associate(conversation_id, associate_id)
        return conversation, associate, None

    for module in (access, send_message):
        patch(module, "own_conversation", own)


def gone_sockets_stay(patch: Patch) -> None:
    patch(push_activity, "_push", lambda socket, owner, store, store_id, activities, deps: None)


def log_quotes_the_customer(patch: Patch) -> None:
    send = deliver_message._send

    def sends(claimed: Message, tries: int, deps: Any) -> Any:
        deps.log.info("sending", body=claimed.body)
        return send(claimed, tries, deps)

    patch(deliver_message, "_send", sends)


def claims_without_writing(patch: Patch) -> None:
    """The claim is a read: two workers may both see `queued`."""
    patch(messages.DynamoMessageStore, "claim", lambda self, claimed, now: Claimed())


def resync_misses_an_instant(patch: Patch) -> None:
    """An app that was away is not told of what happened right after what it knows."""
    inbox = conversations.DynamoConversationStore.inbox

    def inboxes(self: Any, *asked: Any) -> Any:
        *query, newer_than = asked if len(asked) == 6 else (*asked, None)
        return inbox(self, *query, None if newer_than is None else newer_than + 1)

    patch(conversations.DynamoConversationStore, "inbox", inboxes)


def socket_leaves_its_stores_rows(patch: Patch) -> None:
    """Closing a browser removes the socket's own row only."""
    patch(DynamoSocketStore, "remove", lambda self, socket_id: self._table.delete_many([keys.socket(socket_id)]))


def circuit_never_opens(patch: Patch) -> None:
    """Whatever the provider does, every text is handed over."""
    patch(Circuit, "pause", lambda self, now: 0)


def circuit_never_closes(patch: Patch) -> None:
    """Nobody tries whether the provider is back."""
    patch(Circuit, "pause", lambda self, now: circuit.LONGEST_REST if self.tripped else 0)


def circuit_rests_for_too_long(patch: Patch) -> None:
    patch(circuit, "LONGEST_REST", 3 * 3_600_000)


def left_alone_is_done(patch: Patch) -> None:
    """What has to wait for its provider is taken from the queue for good."""
    deliver = queues.deliver_message

    def delivers(message: Message, tries: int, deps: Any) -> Any:
        later = deliver(message, tries, deps)
        return None if deps.circuits.pause(message.connection_id) else later

    patch(queues, "deliver_message", delivers)


def lookup_takes_any_id(patch: Patch) -> None:
    """Whatever the provider has with these words is taken for this text, whosever it is."""
    patch(resolve_unknown, "_own", lambda message, traces, deps: traces[0])


def lookup_overwrites(patch: Patch) -> None:
    """What was found is stored whatever became of the text meanwhile, and of whichever attempt."""

    def identifies(self: Any, found: Message, was: Message) -> bool:
        return self._store(found, MessageRow.pk.exists())

    patch(messages.DynamoMessageStore, "identify", identifies)


def grace_is_shorter_than_the_lag(patch: Patch) -> None:
    """The provider is asked before it can know."""
    patch(domain_messages, "GRACE", 5_000)


def doubt_of_the_provider_is_a_no(patch: Patch) -> None:
    """A look-up that did not succeed counts as one that found nothing."""
    look_up = resolve_unknown._look_up

    def looks_up(*arguments: Any) -> Any:
        try:
            return look_up(*arguments)
        except LookupUnclear:
            return None

    patch(resolve_unknown, "_look_up", looks_up)


def policy_is_not_asked(patch: Patch) -> None:
    """What nobody has seen is sent again, to whomever."""
    decide = resolve_unknown._decide

    def decides(message: Message, connection: Any, run: Any, deps: Any) -> None:
        decide(message, replace(connection, on_unknown=UnknownPolicy.SEND_AGAIN), run, deps)

    patch(resolve_unknown, "_decide", decides)


def policy_sends_for_ever(patch: Patch) -> None:
    patch(resolve_unknown, "_RESENDS", 99)


def sends_again_what_is_known(patch: Patch) -> None:
    """The second attempt is stored without looking whether the first is still in doubt."""
    send_again = resolve_unknown._send_again

    def sends_again(message: Message, deps: Any) -> bool:
        def retries(again: Message, was: Message) -> bool:
            return deps.messages._store(again, MessageRow.pk.exists())  # type: ignore[no-any-return]  # any ports

        return send_again(message, _With(deps, retries))

    patch(resolve_unknown, "_send_again", sends_again)


def an_answer_takes_it_over(patch: Patch) -> None:
    """Whoever answers looks after it from then on, whoever did."""

    def takes(command: Any) -> list[Any]:
        authors = [message.author_id for message in command.messages if message.author_id is not None]
        return [ConversationRow.assignee_id.set(authors[-1])] if authors else []

    patch(appending, "_assignment", takes)


def absence_is_answered_on_the_ground_of_a_read(patch: Patch) -> None:
    """The transaction does not look whether somebody was faster."""
    patch(appending, "_away_answer", lambda command: False)


def acts_are_not_written_down(patch: Patch) -> None:
    """The audit log is somebody else's business."""
    patch(ending, "add_audit", lambda transaction, entry: None)


def nobody_knows_how_it_changed_hands(patch: Patch) -> None:
    """The history is not written with the change."""
    put = transaction.Transaction.put

    def puts(self: Any, name: str, row: Any, condition: Any = None) -> None:
        if name != "handover":
            put(self, name, row, condition)

    patch(transaction.Transaction, "put", puts)


def other_routes_of_a_number_are_not_looked_at(patch: Patch) -> None:
    """Stores that share a number change their own route, and whoever has read them all before does not see it."""
    patch(Rerouting, "written", property(lambda self: self.becomes.first))


def whoever_comes_first_gets_the_quote(patch: Patch) -> None:
    """The quote decides only where it says something else than the pointer did."""
    meant = shared_numbers.meant

    def means(event: Any, key: Any, deps: Any) -> Any:
        found = meant(event, key, deps)
        return None if found is None or found.was.first == found.becomes.first else found

    patch(shared_numbers, "meant", means)


def a_crash_tells_again(patch: Patch) -> None:
    """What was said of an order is said again by whoever does not know that it was."""
    fresh = count()
    patch(
        text_about_order,
        "_once",
        lambda text, result: Once(f"automatic#{text.order_id}", f"{next(fresh)}", result=result),
    )


class _With:
    """The ports, with another way to store the next attempt."""

    def __init__(self, deps: Any, retry: Any) -> None:
        self.clock, self.conversations = deps.clock, deps.conversations
        self.messages = SimpleNamespace(retry=retry)


MUTANTS: dict[str, Callable[[Patch], None]] = {
    mutant.__name__: mutant
    for mutant in (
        once_without_condition, claim_without_consent, consent_by_a_stale_read, acknowledges_first,
        expiry_by_the_sweep, claims_after_expiry, status_falls, once_before_the_transaction, counter_without_once,
        doubt_is_a_refusal, doubt_about_a_mail_is_a_refusal, a_notice_is_a_mail, stream_skips,
        filter_passes_new_items_only, lease_means_nothing, dead_worker_starts_over, settles_without_owner,
        last_report_of_an_order_wins, late_stop_wins, key_forgets_its_body, route_is_not_guarded,
        order_is_not_guarded, end_overwrites, cool_down_is_skipped, anybody_may_write, gone_sockets_stay,
        log_quotes_the_customer, claims_without_writing, one_shard_is_read, resync_misses_an_instant,
        socket_leaves_its_stores_rows, circuit_never_opens, circuit_never_closes, circuit_rests_for_too_long,
        left_alone_is_done, lookup_takes_any_id,
        lookup_overwrites, grace_is_shorter_than_the_lag, doubt_of_the_provider_is_a_no, policy_is_not_asked,
        policy_sends_for_ever, sends_again_what_is_known,
        acts_are_not_written_down,
        absence_is_answered_on_the_ground_of_a_read, an_answer_takes_it_over, nobody_knows_how_it_changed_hands,
        releases_what_it_read, gives_back_what_was_answered,
        a_crash_tells_again,
        tells_before_its_time, a_snooze_sets_no_timer,
        other_routes_of_a_number_are_not_looked_at, whoever_comes_first_gets_the_quote,
    )
}  # fmt: skip


@contextmanager
def patched() -> Iterator[Patch]:
    """A way to replace attributes, which are put back at the end."""
    before: list[tuple[Any, str, Any]] = []

    def patch(place: Any, name: str, value: Any) -> None:
        before.append((place, name, getattr(place, name)))
        setattr(place, name, value)

    try:
        yield patch
    finally:
        for place, name, value in reversed(before):
            setattr(place, name, value)


@contextmanager
def mutated(name: str) -> Iterator[None]:
    with patched() as patch:
        MUTANTS[name](patch)
        yield
