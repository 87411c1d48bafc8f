"""At WhatsApp only the word of the invitation's page is its YES: anybody may have typed the number there (H6)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind, ConversationState
from chalicelib.domain.invites import INVITE_LIFE, INVITE_WORDING, MOST_WORDS, InviteState
from chalicelib.domain.keywords import opt_in_confirmation
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.follow_invite_word import word_of
from chalicelib.usecases.invite_customer import list_invites, revoke_invite
from chalicelib.usecases.receive_message import receive_message
from tests.support.invites import TYPED, accept, invite, state
from tests.support.merchant import SEATTLE, TACOMA
from tests.support.sharing import at_whatsapp, consent, first, of, shared
from tests.support.world import ADA, BOB, CARLA, DAY, DEAN, MIA, World


def typed(world: World, store_id: str = SEATTLE, associate_id: str = ADA, address: str = TYPED) -> str:
    """Somebody gives Carla's number on the page, which tells them this word."""
    made = invite(world, store_id=store_id, associate_id=associate_id)
    return word_of(accept(world, made, address, Channel.WHATSAPP).status.invite, world)


def wrong(word: str) -> str:
    return f"YES {(int(word.split()[1]) + 1) % 1_000_000:06}"


@pytest.mark.parametrize(("store", "associate"), [(TACOMA, BOB), (SEATTLE, ADA)])
def test_a_yes_to_an_associates_question_stays_in_that_conversation(world: World, store: str, associate: str) -> None:
    """Also on a number of one store; and so does what is said next."""
    if store == TACOMA:
        world.setup.put_proxy(shared())
    at_whatsapp(world, "Do you have it in blue?")
    seattle = of(world, SEATTLE).id
    typed(world, store, associate)
    world.send(seattle, "Yes! Shall I put one aside for you?")
    world.deliver()
    for said in ("Yes", "I come at five"):
        at_whatsapp(world, said)
    assert world.bodies(seattle)[-2:] == ["Yes", "I come at five"]
    assert consent(world, store) is ConsentState.NONE


@pytest.mark.parametrize("end", [close_conversation, delete_conversation])
def test_what_is_typed_on_the_page_takes_up_nothing_that_has_ended(world: World, end) -> None:  # type: ignore[no-untyped-def]  # both
    at_whatsapp(world, "Hello")
    conversation = of(world, SEATTLE)
    end(conversation.id, MIA, world)
    ended, ledger = of(world, SEATTLE), list(world.table.ledger)
    word = typed(world)
    assert (of(world, SEATTLE), consent(world, SEATTLE), world.table.ledger) == (ended, ConsentState.NONE, ledger)
    at_whatsapp(world, word)
    assert (of(world, SEATTLE).id, of(world, SEATTLE).state) == (conversation.id, ConversationState.OPEN)
    assert consent(world, SEATTLE) is ConsentState.OPTED_IN


def test_the_word_makes_the_contact_and_the_ledger_says_by_which_page(world: World) -> None:
    made = invite(world)
    word = word_of(accept(world, made, TYPED, Channel.WHATSAPP).status.invite, world)
    assert state(world, made) is InviteState.SENT
    at_whatsapp(world, word, sender_name="carla w")
    world.deliver()
    talk = of(world, SEATTLE)
    assert (talk.kind, talk.assignee_id, talk.customer_name) == (ConversationKind.CONTACT, ADA, "Carla")
    assert (talk.unread, world.bodies(talk.id)) == (1, [word, opt_in_confirmation("Pine Street Shoes", "whatsapp")])
    (line,) = world.table.ledger
    assert (line.state, line.source) == (ConsentState.OPTED_IN, ConsentSource.INVITATION)
    assert (line.wording, line.evidence) == (INVITE_WORDING, line.id)
    assert state(world, made) is InviteState.DONE
    (listed,) = list_invites(SEATTLE, ADA, world)
    assert (listed.state, listed.conversation) == (InviteState.DONE, talk)
    assert world.table.lookups[talk.merchant_id, "whatsapp", CARLA] == talk.customer_id


@pytest.mark.parametrize("written", ["yes{}", " Yes, {}! ", "\u201cYES\u201d\n{}.", "ＹＥＳ　{}", "Y-E-S {}"])
def test_how_the_word_is_spelled_does_not_matter(world: World, written: str) -> None:
    at_whatsapp(world, written.format(typed(world).split()[1]))
    assert consent(world, SEATTLE) is ConsentState.OPTED_IN


@pytest.mark.parametrize("written", ["YES", "{}", "YES {} please", "NO {}", "YES {}1", "YES " + "-" * 99 + "{}"])
def test_nothing_else_is_the_word(world: World, written: str) -> None:
    at_whatsapp(world, written.format(typed(world).split()[1]))
    assert consent(world, SEATTLE) is ConsentState.NONE


def test_a_living_conversation_takes_it_and_stays_with_whom_it_is(world: World) -> None:
    world.setup.put_proxy(shared())
    at_whatsapp(world, "Hello?")
    seattle = of(world, SEATTLE).id
    at_whatsapp(world, typed(world, TACOMA, BOB))
    assert first(world) == of(world, TACOMA).id
    word = typed(world)
    at_whatsapp(world, word)
    assert (first(world), world.bodies(seattle)[1]) == (seattle, word)
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.OPTED_IN, ConsentState.OPTED_IN)


def test_it_counts_from_the_typed_number_only(world: World) -> None:
    at_whatsapp(world, typed(world), sender=DEAN)
    assert consent(world, SEATTLE, DEAN) is consent(world, SEATTLE) is ConsentState.NONE


def test_it_counts_once_and_only_the_last_one_of_an_invitation(world: World) -> None:
    made = invite(world)
    former, word = (
        word_of(accept(world, made, number, Channel.WHATSAPP).status.invite, world) for number in (DEAN, TYPED)
    )
    at_whatsapp(world, former, sender=DEAN)
    assert consent(world, SEATTLE, DEAN) is ConsentState.NONE
    at_whatsapp(world, word)
    at_whatsapp(world, "STOP")
    at_whatsapp(world, word)
    assert consent(world, SEATTLE) is ConsentState.OPTED_OUT


def test_the_same_text_again_changes_nothing(world: World) -> None:
    event = at_whatsapp(world, typed(world))
    before = (world.bodies(of(world, SEATTLE).id), len(world.table.ledger))
    receive_message(event, world)
    assert (world.bodies(of(world, SEATTLE).id), len(world.table.ledger)) == before


def test_a_crash_before_the_invitation_knows_is_made_good_by_the_repeat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = invite(world)
    word = word_of(accept(world, made, TYPED, Channel.WHATSAPP).status.invite, world)
    with monkeypatch.context() as patch:
        patch.setattr(world.invites, "change", lambda *_: False)
        event = at_whatsapp(world, word)
    assert state(world, made) is InviteState.SENT
    receive_message(event, world)
    assert (state(world, made), len(world.table.ledger)) == (InviteState.DONE, 1)


def test_who_guesses_is_not_listened_to_any_more(world: World) -> None:
    word = typed(world)
    for _ in range(MOST_WORDS):
        at_whatsapp(world, wrong(word))
    at_whatsapp(world, word)
    assert consent(world, SEATTLE) is ConsentState.NONE
    assert len(world.bodies(of(world, SEATTLE).id)) == MOST_WORDS + 1, "they are texts like any other"
    world.clock.advance(DAY)
    at_whatsapp(world, word)
    assert consent(world, SEATTLE) is ConsentState.OPTED_IN


@pytest.mark.parametrize("over", ["expired", "revoked", "left"])
def test_of_an_invitation_that_is_over_it_is_a_text_like_any_other(world: World, over: str) -> None:
    made = invite(world)
    word = word_of(accept(world, made, TYPED, Channel.WHATSAPP).status.invite, world)
    if over == "expired":
        world.clock.advance(INVITE_LIFE)
    elif over == "revoked":
        revoke_invite(SEATTLE, made.id, ADA, world)
    else:
        associate = world.directory.associate(ADA)
        assert associate is not None
        world.setup.put_associate(replace(associate, stores={}))
    at_whatsapp(world, word)
    assert (of(world, SEATTLE).kind, consent(world, SEATTLE)) == (ConversationKind.SHOP, ConsentState.NONE)


def test_a_machine_has_no_wishes(world: World) -> None:
    at_whatsapp(world, typed(world), automatic=True)
    assert consent(world, SEATTLE) is ConsentState.NONE


def test_after_the_cool_down_a_conversation_of_its_own_begins(world: World) -> None:
    at_whatsapp(world, "Hello")
    before = of(world, SEATTLE)
    world.clock.advance(LIFETIME + COOL_DOWN)
    at_whatsapp(world, typed(world))
    assert first(world) != before.id
    assert world.conversation(first(world)).kind is ConversationKind.CONTACT


def test_under_another_ones_name_nothing_is_taken_up(world: World) -> None:
    """The number became somebody's between the page and the word."""
    at_whatsapp(world, "Hello")
    ended = of(world, SEATTLE)
    close_conversation(ended.id, ADA, world)
    word = typed(world)
    del world.table.lookups[ended.merchant_id, "whatsapp", CARLA]
    world.table.lookups[ended.merchant_id, "sms", Address(CARLA)] = world.order().customer_id
    at_whatsapp(world, word)
    assert (of(world, SEATTLE).state, consent(world, SEATTLE)) == (ConversationState.CLOSED, ConsentState.NONE)


def test_what_stores_keep_tells_neither_word_nor_number(world: World) -> None:
    word = typed(world)
    kept = f"{world.table.invites} {world.table.onces}"
    assert word.split()[1] not in kept
    assert CARLA not in kept


def test_other_texts_cost_nothing_for_it(world: World) -> None:
    at_whatsapp(world, "Hello")
    requests = world.table.requests
    at_whatsapp(world, "Is it there?")
    assert world.table.requests - requests == 2
