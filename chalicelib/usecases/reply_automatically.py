"""What a customer's text does by itself: a change of consent, and at most one automatic answer (N9-N14, X6, X14)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import can_be_answered
from chalicelib.domain.consent import ConsentChange, ConsentSource, ConsentState
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.intent import asks_to_stop
from chalicelib.domain.invites import INVITE_WORDING
from chalicelib.domain.keywords import (
    Keyword,
    classify,
    help_answer,
    next_consent,
    opt_in_confirmation,
    opt_out_confirmation,
    wording,
)
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.opt_in import agreed
from chalicelib.domain.routing import RouteKey

from . import compose
from .answer_for_absent import away_answer
from .ports import Deps
from .shared_numbers import consents_beside, is_shared, show_opt_outs

_HOUR = 3_600_000
_ANSWERS_PER_HOUR = 4
"""Automatic answers, to keywords or for somebody who is away, that one conversation gets in an hour."""
_LOOKED_BACK = 20


class Reply(Struct, frozen=True):
    """What a text does beyond being stored: a change of consent, and at most one automatic answer.

    `consent_beside`: the same change in the other scopes that the number serves.
    `opted_out`: what the conversation is to show from now on; None leaves it. (A change that comes after the customer
    has acted anew goes into the ledger only.)
    """

    answer: Message | None = None
    consent: ConsentChange | None = None
    consent_beside: tuple[ConsentChange, ...] = ()
    opted_out: bool | None = None


ORDINARY = Reply()
"""What people say to each other: it changes nothing."""


def reply_in_conversation(
    event: MessageReceived, message: Message, connection: Connection, store: Store, deps: Deps
) -> Reply:
    """As `reply_to_words`; to ordinary words the answer of an associate who is away (H2)."""
    reply = reply_to_words(event, message, connection, store, deps)
    return Reply(_answer_for_absent(event, message, deps)) if reply is ORDINARY else reply


def reply_to_words(event: MessageReceived, message: Message, connection: Connection, store: Store, deps: Deps) -> Reply:
    """What STOP, START, HELP and sentences that mean STOP lead to (docs/requirements.md, Keywords; docs/consent.md).

    Ordinary words: nothing, without any read.
    """
    keyword, source = _asked(event)
    if keyword is None or (keyword is Keyword.START and not from_the_customer(event)):
        return ORDINARY
    silent = (
        (connection.provider_answers_keywords and source is ConsentSource.KEYWORD)
        or not may_be_answered(event)
        or _answered_enough(message, event.received_at, deps)
    )
    if keyword is Keyword.HELP:
        body = help_answer(store.name, store.phone, event.channel)
        return Reply(None if silent else compose.automatic(message, MessageKind.HELP_ANSWER, body))
    reply = _change_of_consent(event, message, keyword, source, None if silent else store, deps)
    if keyword is not Keyword.STOP:
        return reply
    return replace(reply, consent_beside=_stops_beside(event, message, source, deps))


def show_beside(event: MessageReceived, key: RouteKey, deps: Deps) -> None:
    """Once STOP to a number that stores share is stored, the others' conversations show it, too."""
    if is_shared(key.channel, key.proxy, deps) and _asked(event)[0] is Keyword.STOP:
        show_opt_outs(key, deps)


def _stops_beside(
    event: MessageReceived, message: Message, source: ConsentSource, deps: Deps
) -> tuple[ConsentChange, ...]:
    """STOP to a number that stores share is for all of them (H19): in each scope that has not heard it, dated alike."""
    return tuple(
        replace(_change(event, message, Keyword.STOP, source, ConsentState.OPTED_OUT), key=key, store_id=store.id)
        for key, store in consents_beside(message, deps)
        if (known := deps.consents.state(key)) is None or known.state is not ConsentState.OPTED_OUT
    )


def _asked(event: MessageReceived) -> tuple[Keyword | None, ConsentSource]:
    """A machine has no wishes: what it wrote counts as a keyword only. The word of an invitation is its YES (H6)."""
    if event.invite_id is not None:
        return Keyword.START, ConsentSource.INVITATION
    said = _words(event)
    keyword = classify(said)
    if keyword is None and not event.automatic and asks_to_stop(said, event.channel):
        return Keyword.STOP, ConsentSource.INTENT
    return keyword, ConsentSource.KEYWORD


def _change_of_consent(
    event: MessageReceived,
    message: Message,
    keyword: Keyword,
    source: ConsentSource,
    answers: Store | None,
    deps: Deps,
) -> Reply:
    """`answers`: the store that confirms it; None: nobody does."""
    key = message.consent_key
    consent = deps.consents.state(key)
    current = ConsentState.NONE if consent is None else consent.state
    state = next_consent(current, keyword, _words(event))
    confirms = keyword is Keyword.STOP and consent is not None and consent.is_confirmed_by(source)
    if confirms:
        state = ConsentState.OPTED_OUT
    if state is None:  # nothing new; but another store of the scope may have heard it, so the flag is put right
        return Reply(opted_out=current is ConsentState.OPTED_OUT)
    change = _change(event, message, keyword, source, state)
    if current is ConsentState.REQUESTED and state is ConsentState.OPTED_IN and source is ConsentSource.KEYWORD:
        change = agreed(change, deps.consents.history(key))
    if consent is not None and not consent.overruled_by(change.at):
        return Reply(consent=change)
    answer = None if answers is None or confirms else _confirmation(message, keyword, answers)
    return Reply(answer, change, opted_out=state is ConsentState.OPTED_OUT)


def _change(
    event: MessageReceived, message: Message, keyword: Keyword, source: ConsentSource, state: ConsentState
) -> ConsentChange:
    return ConsentChange(
        id=message.id,
        key=message.consent_key,
        state=state,
        at=event.received_at if event.written_at is None else event.written_at,
        source=source,
        evidence=message.id,
        wording=INVITE_WORDING if source is ConsentSource.INVITATION else wording(keyword, event.channel),
        store_id=message.store_id,
        conversation_id=message.conversation_id,
        recorded_at=event.received_at,
    )


def _words(event: MessageReceived) -> str:
    """What the customer wrote anew; of a mail without any words, its subject."""
    return event.body if event.mail is None or event.body.strip() else event.mail.subject


def _answer_for_absent(event: MessageReceived, message: Message, deps: Deps) -> Message | None:
    """Where nobody of the store is away: nothing, without any read."""
    answer = away_answer(message, deps) if may_be_answered(event) else None
    return None if answer is None or _answered_enough(message, event.received_at, deps) else answer


def _answered_enough(message: Message, now: int, deps: Deps) -> bool:
    """Two machines must not keep each other awake (X14): a keyword still does to consent what it does, unanswered."""
    thread = deps.conversations.thread(message.conversation_id, _LOOKED_BACK, None)
    recent = () if thread is None else thread.messages.rows
    answers = (m for m in recent if m.kind is not MessageKind.TEXT and now - m.created_at < _HOUR)
    return sum(1 for _ in answers) >= _ANSWERS_PER_HOUR


def _confirmation(message: Message, keyword: Keyword, store: Store) -> Message:
    if keyword is Keyword.STOP:
        return compose.automatic(
            message, MessageKind.OPT_OUT_CONFIRMATION, opt_out_confirmation(store.name, message.channel)
        )
    return compose.automatic(message, MessageKind.OPT_IN_CONFIRMATION, opt_in_confirmation(store.name, message.channel))


def may_be_answered(event: MessageReceived) -> bool:
    """By itself: what a machine wrote is not (X14), nor what may come from anybody (docs/requirements.md, E-mail)."""
    return not event.automatic and can_be_answered(event.channel, event.sender) and from_the_customer(event)


def from_the_customer(event: MessageReceived) -> bool:
    """Whether it is certain to come from the address that it is taken to come from."""
    return event.mail is None or not (event.mail.unverified or event.mail.other_sender)
