"""What the function `media` does: attachments are fetched, pictures made anew, files erased (X23); and steps
of remote carts that need a secret or the outside (N22-N25)."""

from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import folder_of
from chalicelib.domain.uploads import raw_folder_of

from .fetch_media import fetch_media
from .make_picture import make_picture
from .ports import (
    Deps,
    EraseMails,
    EraseMedia,
    EraseUnstarted,
    MakePicture,
    MediaJob,
    MediaUnavailable,
    WorkOnCart,
)

RETRIED = (MediaUnavailable, Unavailable)
"""What says nothing about the attachment itself."""
STARTED_WITHIN = 300_000
"""Milliseconds after which a start that stored pictures is over, whatever became of it."""


def take_media_job(job: MediaJob, tries: int, deps: Deps) -> None:
    """Safe to repeat. `tries` counts from 1. Raises MediaUnavailable and Unavailable: to be tried again."""
    if isinstance(job, EraseMedia):
        _erase(raw_folder_of(job.conversation_id), deps)
        _erase(folder_of(job.conversation_id), deps)
    elif isinstance(job, EraseMails):
        for key in job.keys:
            deps.mails.delete(key)
    elif isinstance(job, MakePicture):
        make_picture(job, tries, deps)
    elif isinstance(job, EraseUnstarted):
        _erase_unstarted(job, deps)
    elif isinstance(job, WorkOnCart):
        from .work_on_cart import work_on_cart  # pictures do not pay for it

        work_on_cart(job, tries, deps)
    else:
        fetch_media(job, tries, deps)


def _erase_unstarted(job: EraseUnstarted, deps: Deps) -> None:
    """Raises MediaUnavailable while the start may still be under way."""
    conversation = deps.conversations.find(job.conversation_id)
    if conversation is not None and conversation.state is not ConversationState.DELETED:
        return
    if deps.clock.now() < job.at + STARTED_WITHIN:
        raise MediaUnavailable
    _erase(folder_of(job.conversation_id), deps)


def _erase(prefix: str, deps: Deps) -> None:
    while keys := deps.files.below(prefix):
        deps.files.delete(keys)
