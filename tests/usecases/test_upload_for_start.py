"""Pictures in the first text: uploaded before there is a conversation, by and for whoever starts it (D1, N20)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.errors import (
    IdempotencyConflict,
    InvalidInput,
    MessagingDisabled,
    NotFound,
    OrderNotStartable,
    PermissionDenied,
    PictureMissing,
    PictureNotReady,
    QuietHours,
    RequestHasNoPictures,
    TooManyPictures,
)
from chalicelib.domain.media import MediaState
from chalicelib.domain.merchants import ChatLinkSetting, OptInSetting
from chalicelib.domain.orders import Order
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.domain.uploads import LIFETIME
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.ports import EraseUnstarted, MediaUnavailable, RouteChanged
from chalicelib.usecases.take_media_job import STARTED_WITHIN, take_media_job
from chalicelib.usecases.upload_for_start import check_for_start, offer_for_start, show_for_start
from tests.support.world import ADA, BOB, EVE, HOUR, MIA, SEATTLE, TACOMA, ZOE, World

NIGHT = int(datetime(2026, 10, 1, 22, 40, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp() * 1000)


def offered(world: World, order: Order, associate_id: str = ADA, store_id: str = SEATTLE) -> str:
    return offer_for_start(store_id, order.id, associate_id, 10, world).upload.id


def test_it_is_offered_checked_and_shown_before_there_is_a_conversation(world: World) -> None:
    order = world.order()
    picture = world.upload_for_start(order)
    shown = show_for_start(SEATTLE, order.id, ADA, picture, world)
    assert shown.media.state is MediaState.READY
    assert shown.thumbnail_url is not None
    assert all(file.unused for file in world.files.stored.values())
    assert not world.table.conversations


def test_for_others_and_for_other_orders_it_does_not_exist(world: World) -> None:
    order, other = world.order(), world.order(external_id="2", number="#2")
    picture = world.upload_for_start(order)
    for order_id, associate in ((order.id, MIA), (other.id, ADA)):
        for ask in (show_for_start, check_for_start):
            with pytest.raises(NotFound):
                ask(SEATTLE, order_id, associate, picture, world)


@pytest.mark.parametrize(
    ("associate", "store", "refusal"),
    [(ZOE, SEATTLE, NotFound), (BOB, SEATTLE, NotFound), (EVE, SEATTLE, PermissionDenied), (MIA, TACOMA, NotFound)],
)
def test_who_may_not_start_may_not_upload(world: World, associate: str, store: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        offered(world, world.order(), associate, store)
    assert not world.table.uploads


def test_nor_where_messaging_is_off_or_the_order_is_no_longer_fresh(world: World) -> None:
    order = world.order(placed_at=world.clock.now())
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        offered(world, order)
    world.change_store(messaging=True)
    world.clock.advance(73 * HOUR)
    with pytest.raises(OrderNotStartable):
        offered(world, order)


def test_the_first_text_has_them_in_their_order_and_they_stay(world: World) -> None:
    order = world.order()
    ids = (world.upload_for_start(order), world.upload_for_start(order))
    conversation_id = world.start(order, pictures=ids[::-1])
    (first,) = world.thread(conversation_id)
    assert [each.id for each in first.media] == list(ids[::-1])
    kept = {key for key, file in world.files.stored.items() if not file.unused}
    folder = f"conversations/{conversation_id}"
    assert kept == {f"{folder}/{each}/{part}" for each in ids for part in ("picture", "thumbnail")}
    world.deliver()
    assert [picture.url.split("?")[0] for picture in world.channel.sent[0].pictures] == [
        f"https://files.example.test/{folder}/{each}/picture" for each in ids[::-1]
    ]


def test_a_first_picture_needs_no_words(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order, "", pictures=(world.upload_for_start(order),))
    assert world.bodies(conversation_id) == ["Pine Street Shoes\nReply STOP to opt out."]
    with pytest.raises(InvalidInput):
        world.start(world.order(external_id="2", number="#2"), "")


def test_a_start_without_pictures_costs_what_it_did(world: World) -> None:
    order = world.order()
    before = world.table.requests
    world.start(order)
    without = world.table.requests - before
    assert world.media_queue.jobs == []
    other = World()
    order = other.order()
    picture = other.upload_for_start(order)
    before = other.table.requests
    other.start(order, pictures=(picture,))
    assert other.table.requests - before == without + 1


def test_a_conversation_that_is_taken_up_again_gets_them_too(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    close_conversation(conversation_id, ADA, world)
    picture = world.upload_for_start(order)
    assert world.start(order, "Again", pictures=(picture,)) == conversation_id
    assert [each.id for each in world.thread(conversation_id)[-1].media] == [picture]
    assert not world.files.stored[f"conversations/{conversation_id}/{picture}/picture"].unused


@pytest.mark.parametrize("way", [ChatLinkSetting.IN_TEXT, ChatLinkSetting.IN_MAIL, ChatLinkSetting.BOTH])
def test_where_the_text_has_no_content_the_chat_page_has_the_picture(world: World, way: ChatLinkSetting) -> None:
    order = world.order()
    picture = world.upload_for_start(order)
    conversation_id = world.start(order, "", pictures=(picture,), chat_link=way)
    first, *invitations = world.thread(conversation_id)
    assert [each.id for each in first.media] == [picture]
    assert all(not each.media for each in invitations)
    assert f"conversations/{conversation_id}/{picture}/picture" in world.files.stored


def test_what_is_not_ready_too_many_or_somebody_elses_starts_nothing(world: World) -> None:
    order = world.order()
    pending, theirs = offered(world, order), world.upload_for_start(order, owner=MIA)
    refused = world.upload_for_start(order, b"<svg/>")
    many = tuple(world.upload_for_start(order) for _ in range(6))
    elsewhere = world.upload_for_start(world.order(external_id="2", number="#2"))
    for pictures, refusal in (
        ((pending,), PictureNotReady),
        ((theirs,), PictureMissing),
        ((refused,), PictureMissing),
        ((elsewhere,), PictureMissing),
        (many, TooManyPictures),
    ):
        with pytest.raises(refusal):
            world.start(order, pictures=pictures)
    assert not world.table.conversations
    assert all(file.unused for file in world.files.stored.values())


def test_a_request_for_their_yes_has_no_pictures(world: World) -> None:
    world.change_store(opt_in=OptInSetting.REQUIRED)
    order = world.order()
    picture = world.upload_for_start(order)
    with pytest.raises(RequestHasNoPictures):
        world.start(order, pictures=(picture,))
    assert not world.table.conversations
    conversation_id = world.start(order)
    world.deliver()
    world.text("YES")
    close_conversation(conversation_id, ADA, world)
    assert world.start(order, pictures=(picture,)) == conversation_id


def test_a_night_refuses_the_start_and_leaves_the_pictures_for_the_morning(world: World) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NIGHT)
    order = world.order(placed_at=NIGHT)
    picture = world.upload_for_start(order)
    with pytest.raises(QuietHours):
        world.start(order, pictures=(picture,))
    world.clock.advance(12 * HOUR)
    assert [each.id for each in world.thread(world.start(order, pictures=(picture,)))[0].media] == [picture]


def test_the_same_request_again_is_the_same_conversation_also_after_the_pictures_time(world: World) -> None:
    order = world.order()
    one, two = world.upload_for_start(order), world.upload_for_start(order)
    first = world.start(order, pictures=(one,), idempotency_key="key-1")
    assert world.start(order, pictures=(one,), idempotency_key="key-1") == first
    assert len(world.thread(first)) == 1
    with pytest.raises(IdempotencyConflict):
        world.start(order, pictures=(two,), idempotency_key="key-1")
    world.clock.advance(LIFETIME)
    assert world.start(order, pictures=(one,), idempotency_key="key-1") == first


def test_copies_of_a_start_that_came_to_nothing_go_and_those_of_one_that_did_stay(world: World) -> None:
    order = world.order()
    picture = world.upload_for_start(order)
    tries = 0
    open_it = world.conversations.open

    def overtaken_once(command: object) -> object:
        nonlocal tries
        tries += 1
        return RouteChanged() if tries == 1 else open_it(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.open = overtaken_once  # type: ignore[assignment,method-assign]  # somebody else is faster
    conversation_id = world.start(order, pictures=(picture,))
    lost, kept = world.media_queue.take()
    assert isinstance(lost, EraseUnstarted)
    with pytest.raises(MediaUnavailable):
        take_media_job(lost, 1, world)
    assert world.files.below(f"conversations/{lost.conversation_id}/")
    world.clock.advance(STARTED_WITHIN)
    for job in (lost, kept, lost):
        take_media_job(job, 1, world)
    assert not world.files.below(f"conversations/{lost.conversation_id}/")
    assert len(world.files.below(f"conversations/{conversation_id}/")) == 2


def test_they_go_with_the_conversation(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order, pictures=(world.upload_for_start(order),))
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    world.clock.advance(STARTED_WITHIN)
    world.fetch()
    assert all(file.unused for file in world.files.stored.values())
