"""I16: in a conversation, an absence is answered once in twelve hours, and only where its assignee has been away."""

from collections.abc import Iterator

from chalicelib.domain.absences import ANSWERED_FOR
from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    away = {request.associate for request in history.requests if request.verb == "away"}
    last: dict[str, int] = {}
    for commit, change in history.changes("m"):
        answer = change.new
        if change.old is not None or answer is None or answer["kind"] != "away_answer":
            continue
        conversation, at = answer["conversation_id"], answer["created_at"]
        if conversation in last and at - last[conversation] < ANSWERED_FOR:
            yield f"conversation {conversation} was told twice of an absence in {commit.worker}"
        last[conversation] = at
        if not away:
            yield f"conversation {conversation} was told that somebody is away, and nobody is"
