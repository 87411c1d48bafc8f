"""Two stores share a number at WhatsApp: whom a customer's words reach, and that nobody else reads them (H19)."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationState
from chalicelib.domain.errors import OptedOut, OptOutStands, PermissionDenied, WindowClosed
from chalicelib.domain.merchants import ConsentScopeSetting, ProxyState
from chalicelib.domain.messages import FailureReason, MessageKind, MessageStatus
from chalicelib.domain.windows import WINDOW
from chalicelib.usecases.browse_proxies import show_proxies
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from chalicelib.usecases.continue_elsewhere import continue_elsewhere
from chalicelib.usecases.deliver_message import record_provider_opt_out
from chalicelib.usecases.expire_conversations import expire_conversations
from chalicelib.usecases.ports import Conflict, SendError
from chalicelib.usecases.release_held import release_held
from chalicelib.usecases.set_right_opt_out import set_right_opt_out
from chalicelib.usecases.shared_numbers import texts_of_other_stores
from tests.support.merchant import SEATTLE, TACOMA
from tests.support.sharing import (
    PAIR,
    ask_for_tacoma,
    at_whatsapp,
    consent,
    first,
    in_both,
    of,
    routes,
    sent_id,
    shared,
)
from tests.support.world import ADA, BOB, CARLA, DAY, DEAN, MIA, WHATSAPP_NUMBER, World


@pytest.fixture
def world(world: World) -> World:
    world.setup.put_proxy(shared())
    return world


def test_strangers_arrive_in_the_first_store(world: World) -> None:
    at_whatsapp(world, "Hello?")
    assert of(world, SEATTLE).unread == 1
    assert routes(world).beside == ()


def test_each_store_has_a_conversation_of_its_own_with_the_same_customer(world: World) -> None:
    seattle, tacoma = in_both(world)
    assert world.bodies(seattle) == ["Hello?"]
    assert world.bodies(tacoma)[0].startswith("YES ")
    assert of(world, SEATTLE).customer_id == of(world, TACOMA).customer_id


def test_without_a_quote_the_last_active_conversation_gets_it(world: World) -> None:
    seattle, tacoma = in_both(world)
    for store, associate, name in ((seattle, ADA, "Ada"), (tacoma, BOB, "Bob"), (seattle, ADA, "Ada again")):
        world.send(store, f"This is {name}", associate_id=associate)
        at_whatsapp(world, f"Thanks, {name}")
        assert world.bodies(store)[-1] == f"Thanks, {name}"
    assert not set(world.bodies(seattle)) & set(world.bodies(tacoma))


def test_a_text_from_where_they_talk_already_moves_nothing(world: World) -> None:
    seattle, _ = in_both(world)
    world.send(seattle, "One")
    before = routes(world)
    requests = world.table.requests
    world.send(seattle, "Two")
    assert (routes(world), world.table.requests - requests) == (before, 3), "conversation, routes, transaction"


def test_on_a_number_of_one_store_a_text_asks_for_no_routes(world: World) -> None:
    conversation = world.talk()
    requests = world.table.requests
    world.send(conversation, "One")
    assert world.table.requests - requests == 2


def test_the_quoted_message_decides_and_its_conversation_comes_first_from_then_on(world: World) -> None:
    seattle, tacoma = in_both(world)
    world.send(tacoma, "Bob of Tacoma", associate_id=BOB)
    world.send(seattle, "Ada of Seattle")
    world.deliver()
    at_whatsapp(world, "To Bob", quoted_id=sent_id(world, "Bob of Tacoma"))
    assert world.bodies(tacoma)[-1] == "To Bob"
    at_whatsapp(world, "To Bob, too")
    assert world.bodies(tacoma)[-1] == "To Bob, too"
    at_whatsapp(world, "To Ada", quoted_id=sent_id(world, "Ada of Seattle"))
    assert world.bodies(seattle)[-1] == "To Ada"


def test_a_quote_of_what_nobody_said_here_decides_nothing(world: World) -> None:
    seattle, tacoma = in_both(world)
    at_whatsapp(world, "Me neither", sender=DEAN)
    theirs = next(each for each in world.table.conversations.values() if each.customer_address == DEAN)
    world.send(theirs.id, "Hello Dean")
    world.deliver()
    for quoted in ("wamid.unknown", sent_id(world, "Hello Dean")):
        at_whatsapp(world, f"About {quoted}", quoted_id=quoted)
        assert world.bodies(tacoma)[-1] == f"About {quoted}"
    assert world.bodies(theirs.id) == ["Me neither", "Hello Dean"]
    assert world.bodies(seattle) == ["Hello?"]


def test_a_quote_from_a_conversation_that_has_ended_decides_nothing(world: World) -> None:
    seattle, tacoma = in_both(world)
    world.send(seattle, "Ada of Seattle")
    world.deliver()
    close_conversation(seattle, ADA, world)
    at_whatsapp(world, "Still there?", quoted_id=sent_id(world, "Ada of Seattle"))
    assert world.bodies(tacoma)[-1] == "Still there?"


def test_an_invitation_takes_no_text_away_but_its_word(world: World) -> None:
    at_whatsapp(world, "Hello?")
    seattle = of(world, SEATTLE).id
    word = ask_for_tacoma(world)
    for said in ("Are my boots there?", "YES"):
        at_whatsapp(world, said)
        assert world.bodies(seattle)[-1] == said
    at_whatsapp(world, word)
    tacoma = of(world, TACOMA)
    assert (tacoma.state, first(world)) == (ConversationState.OPEN, tacoma.id)
    assert (consent(world, TACOMA), consent(world, SEATTLE)) == (ConsentState.OPTED_IN, ConsentState.NONE)


def test_who_only_was_invited_reaches_the_first_store_like_any_stranger(world: World) -> None:
    ask_for_tacoma(world)
    at_whatsapp(world, "Who is that?")
    assert world.bodies(of(world, SEATTLE).id) == ["Who is that?"]


@pytest.mark.parametrize("end", [close_conversation, delete_conversation])
def test_the_end_of_one_conversation_leaves_the_other_reachable(
    world: World, end: Callable[[str, str, World], object]
) -> None:
    seattle, tacoma = in_both(world)
    world.send(seattle, "Ada was last")
    end(seattle, ADA, world)
    assert first(world) == tacoma
    before = world.bodies(seattle)
    at_whatsapp(world, "Anybody?")
    assert world.bodies(tacoma)[-1] == "Anybody?"
    assert world.bodies(seattle) == before


@pytest.mark.parametrize("swept", [False, True])
def test_the_expiry_of_one_conversation_leaves_the_other_reachable(world: World, *, swept: bool) -> None:
    at_whatsapp(world, "Hello?")
    seattle = of(world, SEATTLE).id
    world.clock.advance(LIFETIME - DAY)
    tacoma = goes_on_beside(world)
    world.clock.advance(DAY)
    if swept:
        expire_conversations(world.clock.now(), world.clock.now() + 1000, world)
    at_whatsapp(world, "Anybody?")
    assert (world.bodies(tacoma), world.bodies(seattle)) == (["Hello Tacoma?", "Anybody?"], ["Hello?"])
    assert first(world) == tacoma


def test_once_all_have_ended_the_one_that_ended_last_answers_and_then_the_first_store_begins_anew(world: World) -> None:
    seattle, tacoma = in_both(world)
    close_conversation(seattle, ADA, world)
    world.clock.advance(1000)
    close_conversation(tacoma, BOB, world)
    at_whatsapp(world, "Hello?")
    world.deliver()
    assert (first(world), world.bodies(tacoma)[-2]) == (tacoma, "Hello?")
    assert world.channel.to(CARLA)[-1].startswith("Harbor Shoes")
    world.clock.advance(COOL_DOWN)
    at_whatsapp(world, "Hello again?")
    new = world.conversation(first(world))
    assert (new.store_id, new.id in (seattle, tacoma)) == (SEATTLE, False)


def test_undoing_a_closing_takes_nothing_from_the_one_that_goes_on(world: World) -> None:
    seattle, tacoma = in_both(world)
    world.send(seattle, "Ada was last")
    close_conversation(seattle, ADA, world)
    assert first(world) == tacoma
    reopen_conversation(seattle, ADA, world)
    assert first(world) == tacoma
    world.send(seattle, "Back again")
    assert first(world) == seattle
    close_conversation(seattle, ADA, world)
    close_conversation(tacoma, BOB, world)
    reopen_conversation(seattle, ADA, world)
    assert first(world) == seattle


def test_stop_to_the_number_is_for_all_its_stores_and_start_for_the_one_it_reaches(world: World) -> None:
    seattle, tacoma = in_both(world)
    waiting = world.send(seattle, "canary")
    world.send(tacoma, "Bob was last", associate_id=BOB)
    at_whatsapp(world, "STOP")
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.OPTED_OUT, ConsentState.OPTED_OUT)
    lines = {each.key.scope: each for each in world.table.ledger if each.state is ConsentState.OPTED_OUT}
    assert (lines[SEATTLE].store_id, lines[TACOMA].store_id) == (SEATTLE, TACOMA)
    assert lines[SEATTLE].evidence == lines[TACOMA].evidence
    world.deliver()
    assert world.message(waiting).failure is FailureReason.OPTED_OUT
    with pytest.raises(OptedOut):
        world.send(seattle, "canary")
    at_whatsapp(world, "START")
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.OPTED_OUT, ConsentState.OPTED_IN)
    at_whatsapp(world, "STOP")
    assert consent(world, TACOMA) is ConsentState.OPTED_OUT
    confirmations = [each for each in world.table.messages.values() if each.kind is MessageKind.OPT_OUT_CONFIRMATION]
    assert {each.conversation_id for each in confirmations} == {tacoma}, "one each, from whom they wrote to"


def test_stop_of_a_stranger_is_for_all_stores(world: World) -> None:
    at_whatsapp(world, "STOP")
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.OPTED_OUT, ConsentState.OPTED_OUT)


def test_stores_of_one_scope_hear_stop_once(world: World) -> None:
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    in_both(world)
    at_whatsapp(world, "STOP")
    assert sum(each.state is ConsentState.OPTED_OUT for each in world.table.ledger) == 1


def test_a_stop_that_comes_late_changes_no_newer_yes(world: World) -> None:
    _, tacoma = in_both(world)
    at_whatsapp(world, "STOP")
    at_whatsapp(world, "START")
    at_whatsapp(world, "STOP", written_at=world.clock.now() - 1)
    assert first(world) == tacoma
    assert consent(world, TACOMA) is ConsentState.OPTED_IN


def test_the_providers_own_block_is_for_all_stores(world: World) -> None:
    seattle, _ = in_both(world)
    world.channel.answers = [SendError(FailureReason.OPTED_OUT, provider_code="63024")]
    message = world.send(seattle, "canary")
    world.deliver()
    assert world.message(message).status is MessageStatus.FAILED
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.OPTED_OUT, ConsentState.OPTED_OUT)
    assert {each.source for each in world.table.ledger if each.state is ConsentState.OPTED_OUT} == {
        ConsentSource.PROVIDER
    }


def test_the_24_hours_count_where_the_customer_wrote(world: World) -> None:
    seattle, tacoma = in_both(world)
    world.clock.advance(WINDOW - 4000)
    at_whatsapp(world, "To Tacoma")
    world.clock.advance(4000)
    assert world.send(tacoma, "canary", associate_id=BOB)
    with pytest.raises(WindowClosed):
        world.send(seattle, "canary")


def test_a_text_that_waited_brings_its_conversation_first_when_it_goes_out(world: World) -> None:
    seattle, tacoma = in_both(world)
    held = world.hold(seattle, world.clock.now() + 3_600_000)
    assert first(world) == tacoma
    world.clock.advance(3_600_000)
    release_held(world.clock.now(), world.clock.now() + 1000, world)
    assert (held.conversation_id, first(world)) == (seattle, seattle)


def test_whoever_loses_the_race_for_the_first_place_reads_again(world: World) -> None:
    seattle, tacoma = in_both(world)
    append = world.conversations.append
    raced = []

    def interleaved(command):  # type: ignore[no-untyped-def]  # as the method in whose place it stands
        if not raced:
            raced.append(True)
            world.send(tacoma, "Bob is faster", associate_id=BOB)
            world.table.beside[PAIR, SEATTLE] = replace(world.table.beside[PAIR, SEATTLE], cool_until=None)
            world.table.routes[PAIR] = replace(world.table.routes[PAIR], conversation_id="gone")
            outcome = append(command)
            assert isinstance(outcome, Conflict)
            world.table.routes[PAIR] = replace(world.table.routes[PAIR], conversation_id=tacoma)
            return outcome
        return append(command)

    world.conversations.append = interleaved  # type: ignore[method-assign]  # somebody else comes between
    world.send(seattle, "Ada")
    assert first(world) == seattle
    assert [each.conversation_id for each in routes(world).beside] == [tacoma]


def test_only_the_store_where_strangers_arrive_says_what_the_number_can_do(world: World) -> None:
    command = ChangeCommand(
        store_id=TACOMA, associate_id=MIA, channel=Channel.WHATSAPP, address=WHATSAPP_NUMBER, state=ProxyState.LOST
    )
    with pytest.raises(PermissionDenied):
        change_proxy(command, world)
    change_proxy(replace(command, store_id=SEATTLE), world)
    assert world.directory.proxies_of(TACOMA, Channel.WHATSAPP)[0].state is ProxyState.LOST


def test_managers_see_with_whom_a_number_is_shared_and_what_of_it_is_theirs(world: World) -> None:
    in_both(world)
    for store, other in ((SEATTLE, "Harbor Shoes"), (TACOMA, "Pine Street Shoes")):
        (line,) = (each for each in show_proxies(store, MIA, world).lines if each.proxy.channel == "whatsapp")
        assert (line.shared_with, line.conversations) == ((other,), 1)


def test_going_on_over_another_number_leaves_the_shared_one_to_the_other_store(world: World) -> None:
    seattle, tacoma = in_both(world)
    world.send(seattle, "Ada was last")
    world.setup.put_proxy(shared(state=ProxyState.LOST))
    own = "+12065550123"
    world.setup.put_proxy(shared(address=own, shared_with=()))
    moved = continue_elsewhere(seattle, ADA, world)
    assert (moved.proxy, first(world)) == (own, tacoma)
    left = routes(world).of_store(SEATTLE)
    assert left is not None
    assert left.cool_until == world.clock.now() + COOL_DOWN


def goes_on_beside(world: World) -> str:
    """Tacoma's conversation comes over to the shared number, behind the one that comes first."""
    own = "+12065550123"
    world.setup.put_proxy(shared(address=own, shared_with=(), store_id=TACOMA))
    at_whatsapp(world, "Hello Tacoma?", recipient=own)
    world.setup.put_proxy(shared(address=own, shared_with=(), store_id=TACOMA, state=ProxyState.LOST))
    tacoma = of(world, TACOMA).id
    assert continue_elsewhere(tacoma, BOB, world).proxy == WHATSAPP_NUMBER
    return tacoma


def test_going_on_over_a_shared_number_takes_the_first_place_from_nobody(world: World) -> None:
    at_whatsapp(world, "Hello?")
    seattle = of(world, SEATTLE).id
    tacoma = goes_on_beside(world)
    assert (first(world), [each.conversation_id for each in routes(world).beside]) == (seattle, [tacoma])


def test_what_another_store_said_in_the_same_words_is_not_taken_for_ours(world: World) -> None:
    seattle, tacoma = in_both(world)
    ours = world.send(seattle, "Your order is ready.")
    theirs = world.send(tacoma, "Your order is ready.", associate_id=BOB)
    assert [each.id for each in texts_of_other_stores(ours, world)] == [theirs.id]
    assert texts_of_other_stores(world.send(world.talk(), "Hello"), world) == []


def test_the_set_up_of_a_number_that_is_not_known_shares_nothing(world: World) -> None:
    at_whatsapp(world, "Hello?")
    del world.table.proxies["whatsapp", WHATSAPP_NUMBER]
    world.send(of(world, SEATTLE).id, "Hello")
    assert routes(world).beside == ()


def test_stop_shows_in_the_other_stores_conversation_too(world: World) -> None:
    in_both(world)
    at_whatsapp(world, "STOP")
    assert (of(world, SEATTLE).opted_out, of(world, TACOMA).opted_out) == (True, True)


def test_a_sentence_set_right_is_set_right_for_all_stores_of_the_number(world: World) -> None:
    _, tacoma = in_both(world)
    at_whatsapp(world, "Please stop texting me")
    assert (of(world, SEATTLE).opted_out, consent(world, SEATTLE)) == (True, ConsentState.OPTED_OUT)
    set_right_opt_out(tacoma, BOB, world)
    assert (consent(world, SEATTLE), consent(world, TACOMA)) == (ConsentState.NONE, ConsentState.OPTED_IN)
    assert (of(world, SEATTLE).opted_out, of(world, TACOMA).opted_out) == (False, False)
    lines = [line for line in world.table.ledger if line.source is ConsentSource.ASSOCIATE]
    assert {line.store_id for line in lines} == {SEATTLE, TACOMA} == {entry.store_id for entry in world.table.audit}
    assert {line.by for line in lines} == {BOB}


def test_what_another_store_heard_besides_stands(world: World) -> None:
    seattle, tacoma = in_both(world)
    at_whatsapp(world, "Please stop texting me")
    failed = world.thread(seattle)[0].failed(FailureReason.OPTED_OUT, world.clock.now())
    record_provider_opt_out(failed, "63024", world)
    with pytest.raises(OptOutStands):
        set_right_opt_out(tacoma, BOB, world)
    assert consent(world, SEATTLE) is ConsentState.OPTED_OUT
