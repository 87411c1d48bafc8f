"""Who has the same conversation open is seen, by those who may see it and nobody else (X16)."""

from typing import Any

import msgspec
import pytest

from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied, Unavailable
from chalicelib.domain.merchants import Permission
from chalicelib.domain.presence import FADES, MOST_TOLD, PAUSE, Doing
from chalicelib.usecases.open_socket import close_socket
from chalicelib.usecases.ports import Socket
from chalicelib.usecases.show_presence import show_presence
from chalicelib.words import ProcessWords
from tests.support.world import ADA, BOB, DEAN, EVE, MIA, SEATTLE, TACOMA, World


@pytest.fixture
def conversation_id(world: World) -> str:
    return world.talk()


def opened(world: World, associate_id: str, *stores: str, tab: int = 1) -> str:
    socket_id = f"{associate_id}-{tab}"
    socket = Socket(id=socket_id, associate_id=associate_id, store_ids=stores, opened_at=world.clock.now())
    assert world.sockets.add(socket, f"ticket-{socket_id}")
    return socket_id


def says(world: World, socket_id: str, conversation_id: str, doing: Doing = Doing.LOOKING) -> None:
    """At least as much later than the last word as counts."""
    world.clock.advance(PAUSE)
    assert show_presence(socket_id, conversation_id, doing, world)


def told(world: World, socket_id: str) -> list[dict[str, Any]]:
    """Whom this browser is to show, since it was asked last."""
    frames = world.pusher.frames.pop(socket_id, [])
    return [msgspec.to_builtins(frame)["presence"] for frame in frames]


def names(world: World, socket_id: str) -> list[tuple[str, bool]]:
    """What it shows in the end: who, and whether they write."""
    return [(person["name"], person["writing"]) for person in told(world, socket_id)[-1]["people"]]


def test_who_comes_second_and_who_was_there_see_each_other(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE, TACOMA)
    says(world, ada, conversation_id)
    assert told(world, ada) == [], "nobody else is there"
    says(world, mia, conversation_id)
    assert told(world, mia) == [
        {
            "conversation_id": conversation_id,
            "people": [{"id": ADA, "name": "Ada", "writing": False, "fades_in": FADES - PAUSE}],
        }
    ]
    assert names(world, ada) == [("Mia", False)]


def test_of_very_many_tabs_of_one_colleague_those_that_spoke_last_are_told(world: World, conversation_id: str) -> None:
    ada = opened(world, ADA, SEATTLE)
    tabs = [opened(world, MIA, SEATTLE, tab=number) for number in range(30)]
    for tab in tabs:
        assert show_presence(tab, conversation_id, Doing.LOOKING, world)
        world.clock.advance(1)
    world.pusher.frames.clear()
    says(world, ada, conversation_id)
    assert set(world.pusher.frames) == {ada, *tabs[-MOST_TOLD:]}
    assert names(world, ada) == [("Mia", False)]


def test_writing_shows_and_ends(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id, Doing.WRITING)
    assert names(world, ada) == [("Mia", True)]
    says(world, mia, conversation_id)
    assert names(world, ada) == [("Mia", False)]


def test_who_goes_is_gone_at_once(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id)
    says(world, mia, conversation_id, Doing.GONE)
    assert names(world, ada) == []
    world.pusher.frames.clear()
    says(world, mia, conversation_id, Doing.GONE)
    assert world.pusher.frames == {}, "it was told"


def test_who_goes_on_to_another_conversation_is_not_here_any_more(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    world.text("Hello", sender=DEAN)
    says(world, mia, conversation_id)
    says(world, mia, world.conversation_of(DEAN).id)
    says(world, ada, conversation_id)
    assert told(world, ada) == []


def test_a_browser_that_died_fades_within_a_minute(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, mia, conversation_id)
    world.clock.advance(FADES - PAUSE - 1)
    says(world, ada, conversation_id)
    assert [person["fades_in"] for person in told(world, ada)[-1]["people"]] == [1]
    world.clock.advance(1)
    says(world, ada, conversation_id)
    assert told(world, ada) == []


def test_ones_own_other_tab_is_nobody_else(world: World, conversation_id: str) -> None:
    one, two = opened(world, ADA, SEATTLE), opened(world, ADA, SEATTLE, tab=2)
    says(world, one, conversation_id, Doing.WRITING)
    says(world, two, conversation_id)
    assert [frame["people"] for frame in told(world, one)] == [[]]
    assert told(world, two) == []


def test_a_colleague_with_two_tabs_is_one_and_writes_if_one_of_them_does(world: World, conversation_id: str) -> None:
    ada = opened(world, ADA, SEATTLE)
    says(world, opened(world, MIA, SEATTLE), conversation_id, Doing.WRITING)
    says(world, opened(world, MIA, SEATTLE, tab=2), conversation_id)
    says(world, ada, conversation_id)
    assert names(world, ada) == [("Mia", True)]


def test_nobody_is_told_who_looks_at_something_else(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    world.text("Hello", sender=DEAN)
    says(world, ada, world.conversation_of(DEAN).id)
    says(world, mia, conversation_id)
    assert world.pusher.frames == {}


def test_who_may_not_see_the_conversation_says_nothing_there(world: World, conversation_id: str) -> None:
    ada, bob = opened(world, ADA, SEATTLE), opened(world, BOB, TACOMA)
    says(world, ada, conversation_id)
    for doing in Doing:
        world.clock.advance(PAUSE)
        with pytest.raises(NotFound):
            show_presence(bob, conversation_id, doing, world)
    with pytest.raises(PermissionDenied):
        show_presence(opened(world, EVE, SEATTLE), conversation_id, Doing.LOOKING, world)
    world.change_store(messaging=False)
    world.clock.advance(PAUSE)
    with pytest.raises(MessagingDisabled):
        show_presence(ada, conversation_id, Doing.LOOKING, world)
    assert world.pusher.frames == {}


def test_who_lost_access_meanwhile_is_neither_told_nor_shown(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, mia, conversation_id)
    world.permit(MIA, {TACOMA: frozenset({Permission.ORDERS})})
    says(world, ada, conversation_id)
    assert world.pusher.frames == {}


def test_a_socket_that_is_not_of_the_store_is_not_noted(world: World, conversation_id: str) -> None:
    """It was opened before its owner came to this store."""
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, TACOMA)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id)
    assert world.pusher.frames == {}


def test_too_many_words_do_not_count(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id)
    world.pusher.frames.clear()
    for _ in range(20):
        world.clock.advance(PAUSE // 20 - 1)
        show_presence(mia, conversation_id, Doing.WRITING, world)
    assert world.pusher.frames == {}
    says(world, mia, conversation_id, Doing.WRITING)
    assert names(world, ada) == [("Mia", True)]


def test_what_does_not_count_costs_no_request(world: World, conversation_id: str) -> None:
    mia, bob = opened(world, MIA, SEATTLE), opened(world, BOB, TACOMA)
    says(world, mia, conversation_id)
    with pytest.raises(NotFound):
        show_presence(bob, conversation_id, Doing.LOOKING, world)
    world.table.refuse()
    for doing in (Doing.LOOKING, Doing.WRITING) * 10:
        assert show_presence(mia, conversation_id, doing, world)
        assert show_presence(bob, conversation_id, doing, world)
    with pytest.raises(Unavailable):
        world.conversations.find(conversation_id)


def test_another_process_does_not_count_it_either(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id)
    world.pusher.frames.clear()
    world.words = ProcessWords(world.clock)
    assert show_presence(mia, conversation_id, Doing.WRITING, world)
    assert world.pusher.frames == {}


def test_who_goes_and_comes_back_at_once_is_there(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id)
    show_presence(mia, conversation_id, Doing.GONE, world)
    assert names(world, ada) == []
    show_presence(mia, conversation_id, Doing.LOOKING, world)
    assert names(world, ada) == [("Mia", False)]


def test_a_customers_socket_neither_says_nor_hears_anything(world: World) -> None:
    link = world.open_chat(world.start_chat())
    guest = Socket(id="guest", associate_id="", store_ids=(), opened_at=0, conversation_id=link.conversation_id)
    world.sockets.add(guest, "ticket-guest")
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    for doing in Doing:
        assert not show_presence("guest", link.conversation_id, doing, world)
    says(world, ada, link.conversation_id)
    says(world, mia, link.conversation_id, Doing.WRITING)
    assert "guest" not in world.pusher.frames
    assert [person["name"] for person in told(world, ada)[-1]["people"]] == ["Mia"]


def test_a_socket_that_nobody_knows_says_nothing(world: World, conversation_id: str) -> None:
    assert not show_presence("made-up", conversation_id, Doing.LOOKING, world)


def test_a_socket_that_is_gone_is_forgotten_and_keeps_nobody_from_being_told(
    world: World, conversation_id: str
) -> None:
    gone, ada, mia = opened(world, ADA, SEATTLE), opened(world, ADA, SEATTLE, tab=2), opened(world, MIA, SEATTLE)
    says(world, gone, conversation_id)
    says(world, ada, conversation_id)
    world.pusher.gone.add(gone)
    says(world, mia, conversation_id)
    assert gone not in world.table.sockets
    assert names(world, ada) == [("Mia", False)]


def test_a_closed_socket_looks_at_nothing(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, mia, conversation_id)
    close_socket(mia, world)
    says(world, ada, conversation_id)
    assert told(world, ada) == []


def test_nothing_of_the_customer_is_told(world: World, conversation_id: str) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE)
    says(world, ada, conversation_id)
    says(world, mia, conversation_id, Doing.WRITING)
    conversation = world.conversation_of()
    for secret in (conversation.customer_address, conversation.customer_name, conversation.last_preview):
        assert secret not in repr(world.pusher.frames)
