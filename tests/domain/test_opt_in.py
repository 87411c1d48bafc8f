"""Asking for a customer's yes: who may be asked, how often, and in which words (N6, N7)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import Consent, ConsentSource, ConsentState
from chalicelib.domain.conversations import LIFETIME, ConversationState
from chalicelib.domain.errors import InvalidInput, OptedOut, OptInPending
from chalicelib.domain.messages import BODY_LIMIT, MessageKind
from chalicelib.domain.opt_in import REQUEST_PAUSE, REQUEST_WORDING, agreed, asked, must_be_asked, request_text
from tests.support.samples import PHONE, consent_change, outbound

from .build import T0, conversation

KEY = consent_change(ConsentState.NONE).key


def consent(state: ConsentState, at: int = T0) -> Consent:
    return Consent(key=KEY, state=state, changed_at=at)


def test_the_words_name_the_store_the_ways_to_answer_and_the_cost() -> None:
    text = request_text("Oak & Linen", "Your order is here.")
    assert text == (
        "Oak & Linen: Your order is here.\nReply YES to get messages from Oak & Linen, STOP to opt out. "
        "Msg & data rates may apply."
    )
    assert REQUEST_WORDING == "sms-request-1"


def test_the_words_leave_a_limit_for_the_associates_own() -> None:
    room = BODY_LIMIT - len(request_text("Oak", ""))
    assert len(request_text("Oak", "x" * room)) == BODY_LIMIT
    with pytest.raises(InvalidInput) as refused:
        request_text("Oak", "x" * (room + 1))
    assert refused.value.details == {"limit": room}


def test_who_never_said_anything_is_asked_and_who_agreed_is_not() -> None:
    assert must_be_asked(None, T0)
    assert must_be_asked(consent(ConsentState.NONE), T0)
    assert not must_be_asked(consent(ConsentState.OPTED_IN), T0)


def test_who_opted_out_is_never_asked() -> None:
    with pytest.raises(OptedOut):
        must_be_asked(consent(ConsentState.OPTED_OUT), T0 + 10 * REQUEST_PAUSE)


def test_a_second_request_comes_120_days_later_to_the_millisecond() -> None:
    assert REQUEST_PAUSE == LIFETIME
    with pytest.raises(OptInPending) as refused:
        must_be_asked(consent(ConsentState.REQUESTED), T0 + REQUEST_PAUSE - 1)
    assert refused.value.details == {"until": T0 + REQUEST_PAUSE}
    assert must_be_asked(consent(ConsentState.REQUESTED), T0 + REQUEST_PAUSE)


def test_any_act_of_the_customers_overrules_a_request_and_no_newer_act() -> None:
    assert consent(ConsentState.REQUESTED).overruled_by(T0 - 1)
    assert not consent(ConsentState.OPTED_IN).overruled_by(T0 - 1)
    assert consent(ConsentState.OPTED_IN).overruled_by(T0)


def test_the_ledger_knows_the_request_by_its_message() -> None:
    request = outbound(T0)
    line = asked(request)
    assert (line.state, line.source, line.at) == (ConsentState.REQUESTED, ConsentSource.REQUEST, T0)
    assert (line.evidence, line.wording, line.key.address) == (request.id, REQUEST_WORDING, PHONE)


def test_a_yes_has_the_latest_request_as_its_evidence() -> None:
    yes = consent_change(ConsentState.OPTED_IN, T0 + 3)
    first = replace(asked(outbound(T0)), wording="sms-request-0")
    second = asked(outbound(T0 + 1))
    answered = agreed(yes, [first, second])
    assert (answered.id, answered.at) == (yes.id, yes.at)
    assert (answered.source, answered.evidence) == (ConsentSource.REQUEST, second.evidence)
    assert answered.wording == REQUEST_WORDING
    assert agreed(yes, [consent_change(ConsentState.OPTED_OUT, T0)]) == yes


def test_a_requested_conversation_lives_and_takes_its_request_alone() -> None:
    waiting = conversation().requested(T0)
    assert waiting.lives(T0)
    assert not waiting.is_open(T0)
    assert waiting.takes(MessageKind.OPT_IN_REQUEST, T0)
    assert not waiting.takes(MessageKind.TEXT, T0)
    assert waiting.cool_until(T0) is None


def test_it_expires_like_any() -> None:
    waiting = conversation().requested(T0)
    assert waiting.state_at(T0 + LIFETIME - 1) is ConversationState.REQUESTED
    assert waiting.state_at(T0 + LIFETIME) is ConversationState.EXPIRED
    assert not waiting.takes(MessageKind.OPT_IN_REQUEST, T0 + LIFETIME)


def test_an_answer_opens_it_and_closing_can_be_undone_before() -> None:
    waiting = conversation().requested(T0)
    opened = waiting.answered()
    assert (opened.state, opened.requested_at) == (ConversationState.OPEN, None)
    assert waiting.closed(T0 + 1).undone() == waiting
    assert opened.closed(T0 + 1).undone() == opened
    assert waiting.closed(T0 + 1).reopened(T0 + 2).state is ConversationState.OPEN
