"""Faults stop, the world comes to rest, and everybody looks at their screens once more."""

from msgspec import json
from msgspec.structs import replace

from chalicelib.domain.catalogue import LONGEST_PAUSE
from chalicelib.domain.conversations import LIFETIME, LIVING, ConversationState
from chalicelib.domain.erasures import LAST_LOOK
from chalicelib.usecases.browse_conversations import InboxQuery, list_conversations, show_thread
from chalicelib.usecases.ports import Activity, InboxRow
from chalicelib.usecases.push_activity import push_activity
from chalicelib.wiring import Dependencies
from tests.support.merchant import FOREIGN, MIA, SEATTLE, TACOMA, ZOE

from .attachments import unsettled
from .history import Item
from .provider import GOOD
from .world import World

PAGE = 90
RESYNCS = 3
"""Conversations around whose latest activity an app that was away asks what is newer."""


def settle(world: World) -> None:
    world.scheduler.faults.on = False
    world.provider.habits = GOOD
    world.scheduler.run()
    world.sweep()
    world.scheduler.run()
    _read_catalogue(world)
    _finish_erasures(world)
    world.client.be_current()
    _look(world)
    _touch_sockets(world)
    history = world.history
    history.waiting += [
        f"queue: {entry.body[:80]}"
        for entry in (*world.inbound.entries, *world.outbound.entries, *world.media.entries, *world.published.entries)
    ]
    history.waiting += ["stream" for shard in world.stream.shards for _ in shard.records]
    world.attachments.collect_garbage(history)
    history.waiting += unsettled(history, world.attachments)
    dead = (
        *world.inbound.dead,
        *world.media.dead,
        *world.outbound.dead,
        *world.published.dead,
        *world.laid_aside.entries,
    )
    history.dead_letters += [entry.body for entry in dead]
    history.live_sockets = set(world.sockets)


def _read_catalogue(world: World) -> None:
    """The clock goes on: a reading that was broken off is due again within a quarter of an hour."""
    for _ in range(2 if world.history.catalogue else 0):
        world.scheduler.now += LONGEST_PAUSE
        world.due()
        world.scheduler.run()


def _finish_erasures(world: World) -> None:
    """The clock goes on: the last look, and once more all of it where that one found something."""
    for _ in range(3):
        if all(json.decode(item["value"])["phase"] == "done" for item in world.history.stored("er")):
            return
        world.scheduler.now += LAST_LOOK
        world.due()
        world.scheduler.run()


def _look(world: World) -> None:
    """What an associate sees after fetching everything again, page by page, beside what the table holds."""
    ports, now = world.process(), world.now()
    for store_id, associate in ((SEATTLE, MIA), (TACOMA, MIA), (FOREIGN, ZOE)):
        for state in (ConversationState.OPEN, ConversationState.CLOSED):
            rows = _rows(store_id, associate, state, ports)
            seen = sorted((row.id, row.unread, row.last_preview, row.opted_out) for row in rows)
            world.history.screens.append((f"{store_id} {state}", seen, _listed(world, store_id, state, now)))
            _resync(world, store_id, associate, state, ports)
            for row in rows:
                thread = show_thread(row.id, associate, 90, None, ports)
                texts = [(message.id, message.status) for message in reversed(thread.messages.rows)]
                texts += [(held.id, held.release_at) for held in thread.held]
                world.history.screens.append((f"thread {row.id}", texts, _thread(world, row.id)))


def _resync(world: World, store_id: str, associate: str, state: ConversationState, ports: Dependencies) -> None:
    """What an app fetches after a gap, which knows everything up to an instant: just before and just at an activity."""
    listed = _current(world, store_id, state, world.now())
    for known in {item["last_activity_at"] + gap for item in listed[:RESYNCS] for gap in (-1, 0)}:
        seen = sorted(row.id for row in _rows(store_id, associate, state, ports, known))
        newer = sorted(item["id"] for item in listed if item["last_activity_at"] > known)
        world.history.screens.append((f"{store_id} {state} since {known}", seen, newer))


def _rows(
    store_id: str, associate: str, state: ConversationState, ports: Dependencies, newer_than: int | None = None
) -> list[InboxRow]:
    query = InboxQuery(store_id=store_id, associate_id=associate, state=state, limit=PAGE, newer_than=newer_than)
    page = list_conversations(query, ports).page
    rows = list(page.rows)
    while page.cursor is not None:
        page = list_conversations(replace(query, cursor=page.cursor), ports).page
        rows += page.rows
    return rows


def _listed(world: World, store_id: str, state: str, now: int) -> object:
    return sorted(
        (item["id"], item["unread"], item["last_preview"], item["opted_out"])
        for item in _current(world, store_id, state, now)
    )


def _current(world: World, store_id: str, state: str, now: int) -> list[Item]:
    listed = LIVING if state == ConversationState.OPEN else (state,)
    return [
        item
        for item in world.history.stored("c")
        if item["store_id"] == store_id and item["state"] in listed and now < item["last_activity_at"] + LIFETIME
    ]


def _thread(world: World, conversation_id: str) -> object:
    messages = [m for m in world.history.stored("m") if m["conversation_id"] == conversation_id]
    held = [h for h in world.history.stored("n") if h["conversation_id"] == conversation_id]
    return [
        *sorted((message["id"], message["status"]) for message in messages),
        *sorted((each["id"], each["release_at"]) for each in held),
    ]


def _touch_sockets(world: World) -> None:
    """One more push to every store: sockets that are gone must be forgotten by then."""
    ports = world.process()
    for store_id in (SEATTLE, TACOMA, FOREIGN):
        push_activity([Activity(type="conversation", store_id=store_id, id="x", at=world.now())], ports)
    for item in world.history.stored("c"):
        told = Activity(type="conversation", store_id=item["store_id"], id=item["id"], at=world.now(), chat=True)
        push_activity([told], ports)
