"""I12: the same idempotency key has one effect and the same answer; with another body it is refused."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.simulation.history import History, Item, Request

_CONTENT = ("conversation_id", "order_id", "body")


def check(history: History) -> Iterator[str]:
    made = Counter(
        _words(change.new)
        for commit, change in history.changes("m")
        if change.old is None and change.new and _was_asked_for(change.new)
        if not any(other.kind == "n" and other.new is None for other in commit.changes)  # accepted when it was held
    )
    made.update(change.new["body"] for _, change in history.changes("n") if change.old is None and change.new)
    keyed: dict[tuple[str, str], list[Request]] = defaultdict(list)
    for request in history.requests:
        if request.key:
            keyed[request.associate, request.key].append(request)
    for requests in keyed.values():
        yield from _one_key(requests, made)


def _words(message: Item) -> str:
    """The associate's own: a product's card stands below them."""
    card, body = message.get("card"), str(message["body"])
    return body if card is None else body.partition(f"\n{json.loads(card)['title']}")[0]


def _was_asked_for(message: Item) -> bool:
    """By an associate, or by a customer on the chat page."""
    written = message["direction"] == "outbound" or message["channel"] == "chat"
    return bool(written and message["kind"] in ("text", "opt_in_request"))


def _one_key(requests: list[Request], made: Counter[str]) -> Iterator[str]:
    answered = [request for request in requests if not request.refusal]
    if len({request.answer for request in answered}) > 1:
        yield f"{requests[0].verb} with one key got different answers"
    if len({_content(request) for request in answered}) > 1:
        yield f"{requests[0].verb} with one key took two contents"
    if "body" not in requests[0].about:
        return
    bodies = {request.about["body"] for request in requests}
    if requests[0].verb in ("send", "write", "hold"):
        effects = sum(made[said] for said in bodies)
    else:
        effects = sum(count for body, count in made.items() if any(_says(body, said) for said in bodies))
    if effects > 1 or (answered and effects == 0):
        yield f"{requests[0].verb} with one key had {effects} effects"


def _content(request: Request) -> tuple[object, ...]:
    return tuple(request.about.get(name) for name in _CONTENT)


def _says(stored: str, asked: str) -> bool:
    """The first text of a conversation has the store's name around the associate's words."""
    return stored == asked or f"{asked}\n" in stored or f" {asked} " in stored or stored.endswith(f" {asked}")
