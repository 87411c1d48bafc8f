"""Tells open browsers that something changed: those of a store's associates, and of customers on the chat page.

No content goes out this way.
"""

from collections.abc import Sequence

from chalicelib.domain.merchants import Associate, Store

from .access import MESSAGING
from .ports import Activity, Deps, Socket


def push_activity(activities: Sequence[Activity], deps: Deps) -> None:
    """Best effort: clients resync after any gap. Sockets that are gone, or whose owner lost access, are dropped.

    Each thing is told once, however often it changed. What fails for one store does not keep it from the others; then
    the first failure is raised.
    """
    activities = list({(each.store_id, each.type, each.id): each for each in activities}.values())
    failures: list[Exception] = []
    for store_id in {activity.store_id: None for activity in activities}:
        try:
            _tell(store_id, activities, deps)
        except Exception as error:  # whatever it is, it is this store's
            failures.append(error)
    for conversation_id in {activity.id: None for activity in activities if activity.chat}:
        try:
            _tell_customer(conversation_id, deps)
        except Exception as error:  # likewise
            failures.append(error)
    if failures:
        raise failures[0]


def _tell_customer(conversation_id: str, deps: Deps) -> None:
    """That there is something to ask for. Whether they may still have it is decided when they ask."""
    for socket in deps.sockets.of_conversation(conversation_id):
        if not deps.pusher.send(socket.id, {"changed": True}):
            deps.sockets.remove(socket.id)


def _tell(store_id: str, activities: Sequence[Activity], deps: Deps) -> None:
    store = deps.directory.store(store_id)
    own = [activity for activity in activities if activity.store_id == store_id]
    sockets = [each for each in deps.sockets.of_store(store_id) if any(_concerns(each, what) for what in own)]
    owners = {socket.associate_id: deps.directory.associate(socket.associate_id) for socket in sockets}
    for socket in sockets:
        _push(socket, owners[socket.associate_id], store, store_id, own, deps)


def _push(
    socket: Socket,
    owner: Associate | None,
    store: Store | None,
    store_id: str,
    activities: Sequence[Activity],
    deps: Deps,
) -> None:
    if owner is None or store is None or not owner.may(MESSAGING, store_id):
        deps.sockets.remove(socket.id)
        deps.pusher.close(socket.id)
        return
    visible = [each for each in activities if _concerns(socket, each) and _is_on(store, each)]
    if visible and not deps.pusher.push(socket.id, visible):
        deps.sockets.remove(socket.id)


def _concerns(socket: Socket, activity: Activity) -> bool:
    return activity.associate_id in (None, socket.associate_id)


def _is_on(store: Store, activity: Activity) -> bool:
    """What is switched off is told to nobody (D4, H15)."""
    if activity.type == "order":
        return True
    return store.messaging and (store.contacts or activity.type != "reminder")
