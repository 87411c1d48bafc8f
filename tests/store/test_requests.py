"""Contract of the conversation and consent stores: asking for a customer's yes, and their answer (N6, N7)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignments import Handover, HandoverKind
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.opt_in import REQUEST_PAUSE, asked
from chalicelib.usecases.ports import Appended, Conflict, Opened, Opening, RouteChanged
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    MERCHANT,
    STORE,
    append,
    consent_change,
    conversation,
    id_at,
    message,
    opening,
    outbound,
)

REQUESTED, OPEN, CLOSED = ConversationState.REQUESTED, ConversationState.OPEN, ConversationState.CLOSED
KEY = consent_change(ConsentState.NONE).key
IN, OUT = ConsentState.OPTED_IN, ConsentState.OPTED_OUT


def request(at: int = START) -> tuple[Opening, Message]:
    text = outbound(at, kind=MessageKind.OPT_IN_REQUEST)
    made = conversation(at).requested(at).with_message(text)
    return opening(made, messages=(text,), consent=asked(text)), text


def requested(stores: Stores) -> Conversation:
    command, _ = request()
    assert stores.conversations.open(command) == Opened()
    return command.conversation


def test_request_and_evidence_are_written_together(stores: Stores) -> None:
    command, text = request()
    assert stores.conversations.open(command) == Opened()
    consent = stores.consents.state(KEY)
    assert consent is not None
    assert (consent.state, consent.changed_at) == (ConsentState.REQUESTED, START)
    assert list(stores.consents.history(KEY)) == [asked(text)]
    assert stores.conversations.find(command.conversation.id) == command.conversation


@pytest.mark.parametrize("state", [IN, OUT, ConsentState.REQUESTED])
def test_who_decided_or_was_asked_meanwhile_is_not_asked(stores: Stores, state: ConsentState) -> None:
    before = consent_change(state, START - 1)
    stores.consents.record(before)
    command, text = request()
    assert stores.conversations.open(command) == RouteChanged()
    assert list(stores.consents.history(KEY)) == [before]
    assert stores.conversations.find_message(text.conversation_id, text.id) is None


@pytest.mark.parametrize(("early", "outcome"), [(1, RouteChanged()), (0, Opened())])
def test_a_request_comes_again_after_its_pause(stores: Stores, early: int, outcome: object) -> None:
    stores.consents.record(consent_change(ConsentState.REQUESTED, START - REQUEST_PAUSE + early))
    assert stores.conversations.open(request()[0]) == outcome


def test_what_the_customer_did_before_the_request_overrules_it(stores: Stores) -> None:
    requested(stores)
    assert stores.consents.record(consent_change(OUT, START - 5))
    assert not stores.consents.record(consent_change(IN, START - 6))
    consent = stores.consents.state(KEY)
    assert consent is not None
    assert (consent.state, consent.changed_at) == (OUT, START - 5)


def test_it_takes_nothing_by_the_way_of_open_ones(stores: Stores) -> None:
    made = requested(stores)
    outcome = stores.conversations.append(append(outbound(START + 5)))
    assert isinstance(outcome, Conflict)
    assert outcome.conversation == made


def test_an_answer_opens_it(stores: Stores) -> None:
    made, answer = requested(stores), message(START + 5)
    yes = consent_change(IN, START + 5)
    outcome = stores.conversations.append(append(answer, expected=made, answers_request=True, consent=yes))
    assert outcome == Appended()
    stored = stores.conversations.find(made.id)
    assert stored is not None
    assert (stored.state, stored.requested_at, stored.unread) == (OPEN, None, 1)
    assert stored.last_activity_at == START + 5
    assert stores.conversations.append(append(outbound(START + 6))) == Appended()


def test_what_is_no_answer_counts_as_activity_and_leaves_it_waiting(stores: Stores) -> None:
    made = requested(stores)
    stores.conversations.append(append(message(START + 5), expected=made))
    stored = stores.conversations.find(made.id)
    assert stored is not None
    assert (stored.state, stored.requested_at, stored.last_activity_at) == (REQUESTED, START, START + 5)


def test_two_answers_at_once_are_one_after_the_other(stores: Stores) -> None:
    made = requested(stores)
    assert stores.conversations.append(append(message(START + 5), expected=made, answers_request=True)) == Appended()
    late = append(message(START + 6), expected=made, answers_request=True)
    assert isinstance(stores.conversations.append(late), Conflict)


def test_an_answer_to_a_closed_one_leaves_it_closed_and_answered(stores: Stores) -> None:
    made = requested(stores)
    closed = made.closed(START + 3)
    assert stores.conversations.end(made, closed)
    stores.conversations.append(append(message(START + 5), expected=closed, answers_request=True))
    stored = stores.conversations.find(made.id)
    assert stored is not None
    assert (stored.state, stored.requested_at) == (CLOSED, None)
    assert stored.undone().state is OPEN


def test_it_is_listed_with_the_open_ones_and_says_what_it_is(stores: Stores) -> None:
    made = requested(stores)
    (row,) = stores.conversations.inbox(STORE, "open", START + 9, 10, None).rows
    assert (row.state, row.requested_at) == (REQUESTED, START)
    closed = made.closed(START + 3)
    stores.conversations.end(made, closed)
    assert stores.conversations.inbox(STORE, "open", START + 9, 10, None).rows == ()
    (row,) = stores.conversations.inbox(STORE, "closed", START + 9, 10, None).rows
    assert row.state is CLOSED


def test_it_is_swept_like_any(stores: Stores) -> None:
    made = requested(stores)
    assert list(stores.conversations.expirable(STORE, START + LIFETIME, 10)) == [made.id]
    assert stores.conversations.end(made, made.expired())
    assert list(stores.conversations.expirable(STORE, START + LIFETIME, 10)) == []


def test_it_changes_hands_like_any(stores: Stores) -> None:
    made = requested(stores)
    handover = Handover(
        id=id_at(START, 7), conversation_id=made.id, merchant_id=MERCHANT, store_id=STORE, kind=HandoverKind.TAKEN,
        at=START, by_id="ada", by_name="Ada", to_id="ada", to_name="Ada",
    )  # fmt: skip
    before = replace(made, assignee_id=made.assignee_id)
    assert stores.assignments.assign(before, handover)
    assert not stores.assignments.assign(made.closed(START + 1), replace(handover, id=id_at(START, 8)))
