"""Associates who have the same conversation open see each other there (X16).

What a browser says is noted on its socket and told to those who look at the same thing, nobody else. It costs nothing
where nobody looks, and nothing for a text. What gets lost is said again within half a minute.
"""

from collections.abc import Sequence

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.presence import FADES, PAUSE, Doing, Viewer, newest, others

from .access import MESSAGING, own_conversation
from .ports import Deps


def show_presence(socket_id: str, conversation_id: str, doing: Doing, deps: Deps) -> bool:
    """False: the socket is no associate's, and has nothing to say. More often than PAUSE nothing counts, and costs
    nothing in a process that heard the word before.

    Raises as access.own_conversation: then nobody is told.
    """
    gone = doing is Doing.GONE
    if deps.words.just_said(socket_id, gone):
        return True
    socket = deps.sockets.find(socket_id)
    if socket is None or not socket.associate_id:
        return False
    deps.words.say(socket_id, gone)
    conversation, associate, store = own_conversation(conversation_id, socket.associate_id, deps)
    now = deps.clock.now()
    viewer = Viewer(
        socket_id=socket_id,
        associate_id=associate.id,
        name=associate.name,
        conversation_id=conversation.id,
        writing=doing is Doing.WRITING,
        seen_at=now,
    )
    if gone:
        news = deps.sockets.look_away(store.id, socket_id, conversation.id)
    else:
        news = deps.sockets.look(store.id, viewer, now - PAUSE)
    if news:
        _tell(conversation, viewer, deps)
    return True


def _tell(conversation: Conversation, speaker: Viewer, deps: Deps) -> None:
    """Each is told of all the others: who missed something has it again with the next word."""
    now = speaker.seen_at
    viewers = deps.sockets.viewers(conversation.store_id, conversation.id, now - FADES)
    here = _allowed(viewers, conversation.store_id, speaker, deps)
    for viewer in newest(here):
        people = others(here, viewer.associate_id, now)
        if viewer.socket_id == speaker.socket_id and not people:
            continue  # who is alone, and was, need not be told
        frame = {"presence": {"conversation_id": conversation.id, "people": people}}
        if not deps.pusher.send(viewer.socket_id, frame):
            deps.sockets.remove(viewer.socket_id)


def _allowed(viewers: Sequence[Viewer], store_id: str, speaker: Viewer, deps: Deps) -> Sequence[Viewer]:
    """Without those whose access ended since they last said that they look."""
    known = {speaker.associate_id: True}
    for viewer in viewers:
        if viewer.associate_id not in known:
            owner = deps.directory.associate(viewer.associate_id)
            known[viewer.associate_id] = owner is not None and owner.may(MESSAGING, store_id)
    return [viewer for viewer in viewers if known[viewer.associate_id]]
