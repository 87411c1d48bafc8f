"""Lists, threads and counts (D12-D14, S5-S9, N27, N31)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import InvalidInput, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.browse_conversations import (
    UNREAD_SCAN,
    InboxQuery,
    UnreadCounts,
    count_unread,
    list_conversations,
    show_thread,
)
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.ports import InboxRow, Page
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MIA, NOBODY, SEATTLE, TACOMA, TACOMA_NUMBER, ZOE, World


def inbox(world: World, **fields: object) -> Page[InboxRow]:
    given = {"store_id": SEATTLE, "associate_id": ADA, "state": ConversationState.OPEN, "limit": 25}
    return list_conversations(InboxQuery(**{**given, **fields}), world).page  # type: ignore[arg-type]  # as named


def shown(page: Page[InboxRow]) -> list[str]:
    return [row.last_preview for row in page.rows]


def visitors(world: World, count: int) -> None:
    for number in range(count):
        world.clock.advance(1000)
        world.text(f"text {number}", sender=Address(f"+1206555{number:04d}"))


def test_the_latest_activity_comes_first(world: World) -> None:
    visitors(world, 3)
    world.clock.advance(1)
    world.text("once more", sender=Address("+12065550000"))
    assert shown(inbox(world)) == ["once more", "text 2", "text 1"]


def test_pages_join_without_gap_or_repeat(world: World) -> None:
    visitors(world, 7)
    rows, cursor = [], None
    while True:
        page = inbox(world, limit=3, cursor=cursor)
        rows += shown(page)
        cursor = page.cursor
        if cursor is None:
            break
    assert rows == [f"text {number}" for number in reversed(range(7))]


@pytest.mark.parametrize("cursor", ["", "x", "ü", "AAAA", "C#someone", "=" * 2000])
def test_a_cursor_that_is_none_of_ours_is_refused(world: World, cursor: str) -> None:
    conversation_id = world.talk()
    with pytest.raises(InvalidInput):
        inbox(world, cursor=cursor)
    with pytest.raises(InvalidInput):
        show_thread(conversation_id, ADA, 10, cursor, world)


def test_open_and_closed_are_two_lists(world: World) -> None:
    conversation_id = world.talk()
    world.text("Hello", sender=DEAN)
    close_conversation(conversation_id, ADA, world)
    assert [row.customer_address for row in inbox(world).rows] == [DEAN]
    assert [row.customer_address for row in inbox(world, state=ConversationState.CLOSED).rows] == [CARLA]


def test_deleted_ones_are_in_no_list(world: World) -> None:
    delete_conversation(world.talk(), ADA, world)
    assert not inbox(world).rows
    assert not inbox(world, state=ConversationState.CLOSED).rows


def test_from_the_instant_of_expiry_it_is_hidden_though_no_sweep_ran(world: World) -> None:
    conversation_id = world.talk()
    world.clock.set(world.conversation(conversation_id).expires_at - 1)
    assert len(inbox(world).rows) == 1
    world.clock.advance(1)
    assert not inbox(world).rows
    assert not inbox(world, search="Carla").rows
    assert count_unread(ADA, world).stores == {SEATTLE: 0}


def test_catching_up_shows_only_what_is_newer(world: World) -> None:
    visitors(world, 3)
    now = world.clock.now()
    assert shown(inbox(world, newer_than=now - 1000)) == ["text 2"]
    assert shown(inbox(world, newer_than=now)) == []


@pytest.mark.parametrize("search", ["carla", "DIAZ", "#1001", "boots", "+12065550177", "+1 206 555-0177", "2065550177"])
def test_search_finds_by_name_order_text_or_whole_number(world: World, search: str) -> None:
    world.talk()
    visitors(world, 3)
    assert [row.customer_name for row in inbox(world, search=search).rows] == ["Carla Diaz"]


def test_no_part_of_a_number_finds_it(world: World) -> None:
    """Whoever could try endings would unmask it digit by digit (X7)."""
    world.talk()
    for length in range(1, 10):
        assert not inbox(world, search=CARLA[-length:]).rows
    assert inbox(world, search=CARLA).rows


def test_a_search_with_more_matches_than_fit_says_so(world: World) -> None:
    visitors(world, 3)
    found = list_conversations(
        InboxQuery(store_id=SEATTLE, associate_id=ADA, state=ConversationState.OPEN, limit=2, search="text"),
        world,
    )
    assert (len(found.page.rows), found.truncated) == (2, True)


@pytest.mark.parametrize("search", ["nobody", "177", "+", "206555"])
def test_search_finds_nothing_else(world: World, search: str) -> None:
    world.talk()
    assert not inbox(world, search=search).rows


def test_search_looks_beyond_the_first_page(world: World) -> None:
    world.talk()
    visitors(world, 150)
    assert len(inbox(world, search="carla").rows) == 1


def test_search_stays_in_the_store(world: World) -> None:
    world.order()
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    assert not inbox(world, search="carla").rows


def test_a_thread_is_read_newest_first_in_pages(world: World) -> None:
    conversation_id = world.talk()
    for number in range(4):
        world.text(f"text {number}")
    first = show_thread(conversation_id, ADA, 3, None, world)
    second = show_thread(conversation_id, ADA, 3, first.messages.cursor, world)
    assert [m.body for m in first.messages.rows] == ["text 3", "text 2", "text 1"]
    assert second.messages.rows[0].body == "text 0"
    assert second.messages.cursor is None


def test_a_deleted_or_unknown_thread_is_not_there(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    for missing in (conversation_id, "no-such-conversation"):
        with pytest.raises(NotFound):
            show_thread(missing, ADA, 10, None, world)


def test_unread_messages_add_up_per_store(world: World) -> None:
    world.text("One")
    world.text("Two", sender=DEAN)
    world.text("Three", recipient=TACOMA_NUMBER)
    assert count_unread(MIA, world) == UnreadCounts({SEATTLE: 2, TACOMA: 1}, capped=False)
    assert count_unread(BOB, world).stores == {TACOMA: 1}


def test_unread_leaves_out_stores_without_permission_or_messaging(world: World) -> None:
    world.text("One")
    assert count_unread(EVE, world).stores == {}
    world.change_store(messaging=False)
    assert count_unread(MIA, world).stores == {TACOMA: 0}


def test_a_count_that_did_not_see_everything_says_so(world: World) -> None:
    visitors(world, UNREAD_SCAN + 1)
    assert count_unread(ADA, world) == UnreadCounts({SEATTLE: UNREAD_SCAN}, capped=True)


@pytest.mark.parametrize(
    ("associate", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_permitted_people_read(world: World, associate: str, refusal: type[Exception]) -> None:
    conversation_id = world.talk()
    with pytest.raises(refusal):
        inbox(world, associate_id=associate)
    with pytest.raises(refusal):
        show_thread(conversation_id, associate, 10, None, world)


def test_access_ends_when_it_is_taken_away(world: World) -> None:
    conversation_id = world.talk()
    show_thread(conversation_id, ADA, 10, None, world)
    world.permit(ADA, {SEATTLE: frozenset({Permission.INBOX})})
    with pytest.raises(PermissionDenied):
        show_thread(conversation_id, ADA, 10, None, world)


def test_nothing_is_shown_where_messaging_is_off(world: World) -> None:
    conversation_id = world.talk()
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        inbox(world)
    with pytest.raises(MessagingDisabled):
        show_thread(conversation_id, ADA, 10, None, world)
