"""Asks the provider about texts whose outcome is unknown, and lets the connection's policy decide where it has none.

docs/decisions/0012-unknown-sends.md. Due entries are worked off each minute, page by page. What cannot be settled
now stays due, so that any run may stop, crash, or meet another one.
"""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Connection, UnknownPolicy
from chalicelib.domain.messages import (
    GRACE,
    LEASE,
    LONGEST_PAUSE,
    MAX_DOUBT,
    MAX_QUEUED,
    FailureReason,
    Message,
    MessageKind,
    MessageStatus,
)
from chalicelib.domain.routing import RouteKey

from .deliver_message import record_provider_opt_out
from .ports import Deps, DueMessage, LooksUp, LookupUnclear, TextSearch, Trace
from .shared_numbers import texts_of_other_stores
from .words_sent import words_sent

_PAGE = 25
LONGEST_LIFE = 90_000
"""Milliseconds for which a worker can live after its claim, and still send (.chalice/config.json)."""
_RESENDS = 1
"""Of a text by policy; then a person decides."""


class Resolved(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    found: int = 0
    sent_again: int = 0
    left_to_people: int = 0
    later: int = 0
    finished: bool = True
    silent: set[str] = field(default_factory=set)
    """Connections whose provider did not answer: it is asked about no other text in this run."""


def resolve_unknown(now: int, stop_at: int, deps: Deps) -> Resolved:
    """Works off what is due at `now`; begins no message from `stop_at` (on the clock) on.

    Safe to repeat, and to run twice at once.
    """
    run, cursor = Resolved(), None
    while True:
        page = deps.messages.due(now, _PAGE, cursor)
        for due in page.rows:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            _try(due, now, run, deps)
        cursor = page.cursor
        if cursor is None:
            return run


def _try(due: DueMessage, now: int, run: Resolved, deps: Deps) -> None:
    """One that only makes us fail must not keep the others: it goes behind them, and stays due."""
    try:
        message = deps.conversations.find_message(due.conversation_id, due.message_id)
        if message is not None and message.in_doubt and (message.due_at or 0) <= now:
            _resolve(message, run, deps)
    except Unavailable:
        deps.log.warning("not_resolved", message_id=due.message_id)
    except Exception as error:  # a mistake of ours, such as a row that cannot be read
        deps.log.failure("resolve_failed", error)
        _put_aside(due, now, run, deps)


def _put_aside(due: DueMessage, now: int, run: Resolved, deps: Deps) -> None:
    try:
        deps.messages.put_aside(due, now + LONGEST_PAUSE)
        run.later += 1
    except Unavailable:
        deps.log.warning("not_resolved", message_id=due.message_id)


def _resolve(message: Message, run: Resolved, deps: Deps) -> None:
    connection = deps.directory.connection(message.connection_id)
    over = deps.clock.now() - message.status_at >= MAX_DOUBT
    try:
        trace = _look_up(message, connection, run, deps)
        if trace is not None:
            return _found(message, trace, run, deps)
    except LookupUnclear as unclear:
        if not over or (unclear.silent and deps.clock.now() - message.status_at < MAX_QUEUED):
            return _put_off(message, run, deps)
    except Unavailable:
        raise
    except Exception as error:  # a mistake of ours
        deps.log.failure("resolve_failed", error)
        if not over:
            return _put_off(message, run, deps)
    return _decide(message, connection, run, deps)


def _put_off(message: Message, run: Resolved, deps: Deps) -> None:
    run.later += deps.messages.doubt(message.asked_again_later(deps.clock.now()), message)


def _look_up(message: Message, connection: Connection | None, run: Resolved, deps: Deps) -> Trace | None:
    """None: the provider certainly has not taken it, or cannot be asked at all. Raises LookupUnclear."""
    if connection is None:
        return None
    channel = deps.channels.message_channel(connection.provider)
    if not isinstance(channel, LooksUp):
        return None
    if connection.id in run.silent:
        raise LookupUnclear("silent", silent=True)
    claimed_at = message.claimed_at or message.status_at - LEASE
    search = TextSearch(
        sender=message.proxy,
        recipient=message.customer_address,
        channel=Channel(message.channel),
        body=words_sent(message, channel, deps),
        since=claimed_at,
        until=claimed_at + LONGEST_LIFE,
    )
    try:
        traces = channel.find(search, connection, deps.directory.secrets(connection), deps.http)
    except Unavailable as error:  # without secrets nobody can be asked
        raise LookupUnclear("no secrets") from error
    except LookupUnclear as unclear:
        deps.log.warning("lookup_unclear", message_id=message.id, connection_id=connection.id, why=str(unclear))
        if unclear.silent:
            run.silent.add(connection.id)
        raise
    return _own(message, traces, deps) if traces else None


def _own(message: Message, traces: Sequence[Trace], deps: Deps) -> Trace | None:
    """The oldest that belongs to no other text. Raises LookupUnclear while one with the same words is on its way.

    The others are read after the look-up: whatever it has shown was claimed before, so nothing it shows is missed.
    """
    _require_own_numbers(message, deps)
    others, now = _other_texts(message, deps), deps.clock.now()
    if any(_may_still_speak(other, now) for other in others if other.body.split() == message.body.split()):
        raise LookupUnclear("another with the same words is on its way")
    taken = {known for each in (message, *others) for known in each.known_ids}
    return next((trace for trace in traces if trace.provider_id not in taken), None)


def _other_texts(message: Message, deps: Deps) -> list[Message]:
    """Between the same numbers: of its own conversation and, where stores share the number, of theirs."""
    return [*deps.messages.texts_beside(message), *texts_of_other_stores(message, deps)]


def _require_own_numbers(message: Message, deps: Deps) -> None:
    """Where another conversation texts, or just did, between the same numbers, the provider's texts may be its own; and
    those of a deleted one may be texts that are no longer stored.

    Automatic answers only: no person says the same in two conversations. Raises LookupUnclear.
    """
    if message.kind is MessageKind.TEXT:
        return
    key = RouteKey(message.channel, message.proxy, message.customer_address)
    route = deps.conversations.find_route(key, consistent=True)
    conversation = deps.conversations.find(message.conversation_id)
    claimed_at = message.claimed_at or message.status_at - LEASE
    fresh = conversation is None or claimed_at - conversation.created_at < GRACE
    if fresh or route is None or route.conversation_id != message.conversation_id:
        raise LookupUnclear("another conversation between these numbers")
    if conversation is not None and conversation.state is ConversationState.DELETED:
        raise LookupUnclear("the provider's text may be one that was erased here")


def _may_still_speak(other: Message, now: int) -> bool:
    """Its worker may yet say which of the provider's ids is its own."""
    if other.status is MessageStatus.UNKNOWN:
        return now - other.status_at < GRACE
    return other.status is MessageStatus.SENDING


def _found(message: Message, trace: Trace, run: Resolved, deps: Deps) -> None:
    found = message.found(trace.provider_id, trace.status, trace.failure, deps.clock.now())
    if found.failure is FailureReason.OPTED_OUT:  # first, as nobody comes back for it; dated so that a later START wins
        record_provider_opt_out(replace(found, status_at=trace.created_at), trace.provider_code, deps)
    if not deps.messages.identify(found, message):
        raise LookupUnclear("a report came, a person was faster, or another run gave this id away")
    run.found += 1
    deps.log.info("unknown_found", status=found.status, message_id=found.id)


def _decide(message: Message, connection: Connection | None, run: Resolved, deps: Deps) -> None:
    """Nobody has seen it: at most once is for a person, at least once is sent again."""
    again = connection is not None and connection.on_unknown is UnknownPolicy.SEND_AGAIN
    if again and message.attempt <= _RESENDS and _send_again(message, deps):
        run.sent_again += 1
        deps.log.info("unknown_sent_again", message_id=message.id, connection_id=message.connection_id)
    elif deps.messages.doubt(message.left_to_people(), message):
        run.left_to_people += 1
        deps.log.info("unknown_left_to_people", message_id=message.id, connection_id=message.connection_id)


def _send_again(message: Message, deps: Deps) -> bool:
    """As if a person had asked: the claim of the new attempt checks consent, expiry and that it is the only one."""
    now = deps.clock.now()
    conversation = deps.conversations.find(message.conversation_id)
    if conversation is None or not conversation.takes(message.kind, now):
        return False
    return deps.messages.retry(message.retried(now, conversation.expires_at), message)
