"""What a provider's answer over HTTP means for a text of ours: taken, refused, or nobody knows (decision 12)."""

from collections.abc import Callable

import msgspec

from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.messages import FailureReason
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected, SendError, SendUnclear, Sent

TIMEOUT = 10.0
"""Seconds; less than the time a worker holds a message."""

GARBLED = (msgspec.MsgspecError, ValueError, RecursionError, InvalidInput)


def hand_over(
    ask: Callable[[], HttpResponse], accepted: Callable[[bytes], str], refusal: Callable[[HttpResponse], SendError]
) -> Sent:
    """`accepted`: reads the provider's id out of a yes, and raises one of GARBLED where there is none.

    Raises SendError where the provider says no or was not reached, SendUnclear where it says nothing certain.
    """
    try:
        response = ask()
    except (NotConnected, Unavailable):
        raise SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN) from None
    except NoAnswer:
        raise SendUnclear("no answer") from None
    if 400 <= response.status < 500:
        raise refusal(response)
    if not 200 <= response.status < 300:
        raise SendUnclear(f"status {response.status}")
    try:
        return Sent(accepted(response.body))
    except GARBLED:
        raise SendUnclear("garbled answer") from None


def is_answering(ask: Callable[[], HttpResponse]) -> bool:
    """Whatever the answer says, the provider is there to give it."""
    try:
        return ask().status < 500
    except (NotConnected, NoAnswer, Unavailable):
        return False


def aws_id(found: str) -> str:
    """An id as AWS gives to a message. Raises ValueError."""
    if not found or len(found) > 200 or not found.replace("-", "").isalnum():
        raise ValueError("no id of a message")
    return found
