"""Bulk texts (L13): started by an associate, and carried out by the clock, part by part.

What is settled is stored with the bulk's progress; what a crash cut off is found again by the once item of each number.
"""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.bulk import MOST, Audience, Bulk, Part, PausedBy, Result, in_parts
from chalicelib.domain.credits import PER_SEGMENT
from chalicelib.domain.errors import IdempotencyConflict, InvalidInput, TooFewCredits, Unavailable
from chalicelib.domain.merchants import Store
from chalicelib.domain.templates import checked

from .access import MESSAGING, messaging_store, signed_in
from .audit_entry import audited_in_store
from .once import request_once
from .ports import Deps, DueBulk
from .text_about_order import Postponed
from .text_contact_in_bulk import text_contact_in_bulk
from .text_in_bulk import text_in_bulk

_TEXTED = {Audience.ORDERS: text_in_bulk, Audience.CONTACTS: text_contact_in_bulk}
_PAGE = 25
_ATTEMPTS = 5


class StartBulk(Struct, frozen=True, kw_only=True):
    store_id: str
    associate_id: str
    idempotency_key: str
    text: str
    ids: tuple[str, ...]
    """What they are of, `to` says."""
    to: Audience = Audience.ORDERS


class Carried(Struct):
    """What a run came to. `finished`: time sufficed for all that was due; else the next run goes on."""

    parts: int = 0
    finished: bool = True


def start_bulk(command: StartBulk, deps: Deps) -> Bulk:
    """It begins within a minute. The same request again gets the same bulk, as it is by then.

    Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput, IdempotencyConflict, TooFewCredits.
    """
    associate = signed_in(command.associate_id, deps)
    store = messaging_store(associate, command.store_id, deps)
    text = checked({store.language: command.text})[store.language]
    parts = in_parts(command.ids)
    if not parts or len(command.ids) > MOST:
        raise InvalidInput(f"Choose between 1 and 10,000 {command.to.value}.", field="ids")
    now = deps.clock.now()
    bulk = Bulk(
        id=deps.ids.ulid(now), merchant_id=store.merchant_id, store_id=store.id, sender_id=associate.id,
        sender_name=associate.name, text=text, total=sum(len(part.ids) for part in parts), parts=len(parts),
        made_at=now, due_at=now, to=command.to,
    )  # fmt: skip
    once = request_once(associate.id, command.idempotency_key, (store.id, command.to, text, *command.ids), bulk.id)
    earlier = deps.conversations.find_once(once)  # before anything is written: it may have been accepted already
    if earlier is None:
        _require_credits(store, deps)
        entry = audited_in_store(AuditAct.BULK_STARTED, store, associate.id, deps)
        earlier = deps.bulks.add(bulk, parts, once, entry)
    if earlier is None:
        return bulk
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    return deps.bulks.find(store.id, earlier.result) or bulk


def _require_credits(store: Store, deps: Deps) -> None:
    """For one text at least (L14). How many there will be, and of how many segments, shows as they go out."""
    if not store.credits:
        return
    account = deps.credits.account(store.id)
    if account is None or account.balance < PER_SEGMENT:
        raise TooFewCredits


def send_bulks(now: int, stop_at: int, deps: Deps) -> Carried:
    """One part of each that is due, in turns, until none is left. Begins no part from `stop_at` (on the clock) on. Safe
    to repeat and to run twice at once."""
    run = Carried()
    due = list(deps.bulks.due(now, _PAGE))
    while due:
        going_on = []
        for each in due:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            if _tried(each, now, run, deps):
                going_on.append(each)
        due = going_on
    return run


def _tried(due: DueBulk, now: int, run: Carried, deps: Deps) -> bool:
    """Whether it goes on at once."""
    try:
        return _step(due, now, run, deps)
    except Unavailable:
        deps.log.warning("bulk_waits", bulk_id=due.bulk_id)
    except Exception as error:  # a mistake of ours, such as an order that cannot be read: the others go on
        deps.log.failure("bulk_failed", error)
    return False


def _step(due: DueBulk, now: int, run: Carried, deps: Deps) -> bool:
    bulk = deps.bulks.find(due.store_id, due.bulk_id)
    if bulk is None or not bulk.runs(now):
        return False
    if bulk.is_late(deps.clock.now()):
        deps.bulks.change(bulk.cancelled(), bulk)
        return False
    ground = _ground(bulk, deps)
    if isinstance(ground, PausedBy):
        deps.bulks.change(bulk.paused(ground), bulk)
        return False
    part = deps.bulks.part(bulk.id, bulk.done_parts)
    if part is None:
        raise LookupError("a part of a bulk is missing")
    worked = _worked(bulk, part, ground, deps)
    if worked.until is None and not worked.too_few_credits:
        run.parts += 1
    return _written(bulk, part, worked, deps)


def _ground(bulk: Bulk, deps: Deps) -> Store | PausedBy:
    """The store, if it and whoever is answerable may still send."""
    store, sender = deps.directory.store(bulk.store_id), deps.directory.associate(bulk.sender_id)
    if store is None or not store.messaging:
        return PausedBy.MESSAGING_OFF
    if sender is None or not sender.may(MESSAGING, store.id):
        return PausedBy.SENDER_LEFT
    return store


class _Worked(Struct, frozen=True):
    """How far a part has come; without the last two: to its end."""

    results: Sequence[Result]
    until: int | None = None
    too_few_credits: bool = False

    def after(self, bulk: Bulk, part: Part) -> Bulk:
        if self.too_few_credits:
            return bulk.paused(PausedBy.TOO_FEW_CREDITS).told(part)
        if self.until is not None:
            return bulk.waiting(self.until).told(part)
        return bulk.settled(part)


def _worked(bulk: Bulk, part: Part, store: Store, deps: Deps) -> _Worked:
    """Who sleeps holds up what comes after this part, and nobody beside them. Raises Unavailable."""
    results: list[Result] = []
    waits = []
    for each in part.ids:
        try:
            outcome = _TEXTED[bulk.to](bulk, store, each, deps)
        except TooFewCredits:
            return _Worked(results, too_few_credits=True)
        if isinstance(outcome, Postponed):
            waits.append(outcome.until)
        else:
            results.append(outcome)
    return _Worked(results, until=min(waits, default=None))


def _written(bulk: Bulk, part: Part, worked: _Worked, deps: Deps) -> bool:
    """Whether it goes on at once. Also where it was paused or cancelled meanwhile: what is sent is told."""
    for _attempt in range(_ATTEMPTS):
        told = part.with_results(worked.results)
        after = worked.after(bulk, told)
        if deps.bulks.change(after, bulk, told if told.results else None):
            return after.runs(deps.clock.now())
        found, known = deps.bulks.find(bulk.store_id, bulk.id), deps.bulks.part(bulk.id, part.number)
        if found is None or known is None or found.done_parts != part.number:
            return False  # another run was first
        bulk, part = found, known
    raise Unavailable
