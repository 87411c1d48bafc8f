"""I12 of notes: one request is one note, and nothing of it goes to anybody."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    wanted = {request.key for request in history.requests if request.verb == "note"}
    made = Counter(change.new["id"] for _, change in history.changes("no") if change.new and change.old is None)
    if len(made) > len(wanted):
        yield f"{len(wanted)} requests made {len(made)} notes"
    words = {change.new["body"] for _, change in history.changes("no") if change.new}
    for _, change in history.changes("m"):
        if change.new and change.new["body"] in words:
            yield f"a note stands in the message {change.new['id']}"
    answered = [each for each in history.requests if each.verb == "note" and each.answer and not each.refusal]
    for request in answered:
        if request.answer not in made:
            yield f"the note of {request.key} was answered and is not there"
