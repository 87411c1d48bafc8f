"""I3: the provider takes a message at most once per attempt. Another attempt needs a failure and a person, or doubt and
a person or the connection's policy; and what a look-up says is true: one of the provider's texts is one of ours."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from chalicelib.domain.chat_links import PLACE
from chalicelib.domain.merchants import UnknownPolicy
from chalicelib.domain.messages import MAX_DOUBT
from tests.simulation.history import Accepted, Commit, History, Item
from tests.simulation.provider import SITE_URL

_GONE_OUT = ("sent", "delivered", "read")
_LINK = re.compile(re.escape(SITE_URL) + "/chat#[0-9A-Za-z]{22}")


def check(history: History) -> Iterator[str]:
    taken = Counter((text.conversation_id, text.message_id, text.attempt) for text in history.accepted)
    for (_, message_id, attempt), count in taken.items():
        if count > 1:
            yield f"message {message_id} went out {count} times in attempt {attempt}"
    for commit, change in history.changes("m"):
        old, new = change.old, change.new
        if old is None or new is None or new["attempt"] == old["attempt"]:
            continue
        if not _may_go_again(commit.worker, old, new, history):
            yield f"message {new['id']} got attempt {new['attempt']} from {old['status']} by {commit.worker}"
    stored = {item["id"]: item for _, change in history.changes("m") if (item := change.new)}
    for text in history.accepted:
        message = stored[text.message_id]
        if (message["customer_address"], message["proxy"], message["body"]) != (
            text.recipient,
            text.sender,
            stored_words(text),
        ):
            yield f"message {text.message_id} went to somebody else, or says something else"
    yield from _looked_up(history)
    yield from _never_taken(history)


def _never_taken(history: History) -> Iterator[str]:
    """What is shown as sent. (On the chat page it is there by being stored; twins are told apart by nobody.)"""
    taken, alike = {text.message_id for text in history.accepted}, _alike(history)
    for message in history.stored("m"):
        said = message["direction"] == "outbound" and message["channel"] != "chat" and message["status"] in _GONE_OUT
        if said and message["id"] not in taken and alike[_words(message)] == 1:
            yield f"message {message['id']} is {message['status']}, and the provider never took it"


def stored_words(text: Accepted) -> str:
    """A chat link is put in while a text is handed over."""
    return _LINK.sub(PLACE, text.body)


def _may_go_again(worker: str, old: Item, new: Item, history: History) -> bool:
    """By a person, or once by policy while nobody knows."""
    if worker == "retry":
        return old["status"] in ("failed", "unknown")
    policy = UnknownPolicy.SEND_AGAIN if old["channel"] == "chat" else history.policy
    by_policy = worker == "due" and policy is UnknownPolicy.SEND_AGAIN
    return by_policy and (old["status"], old["attempt"], new["attempt"]) == ("unknown", 1, 2) and "due_at" in old


def _looked_up(history: History) -> Iterator[str]:
    """What `due` came to, against what the provider has taken, and whose its ids were by then."""
    accepted = {text.sid: text for text in history.accepted}
    alike = _alike(history)
    known: dict[str, set[str]] = defaultdict(set)
    for commit, change in history.changes("m"):
        old, new = change.old, change.new
        if new is None:
            continue
        if commit.worker == "due" and old is not None and old["status"] == "unknown":
            if new["status"] == "unknown" or new["attempt"] != old["attempt"]:
                yield from _given_up(commit, old, new, history, alike)
            else:
                yield from _told_apart(new, accepted.get(new["provider_id"]), known, alike)
        if "provider_id" in new:
            known[new["provider_id"]].add(new["id"])


def _told_apart(new: Item, text: Accepted | None, known: dict[str, set[str]], alike: Counter[str]) -> Iterator[str]:
    if text is None or _words({"conversation_id": text.conversation_id, "body": stored_words(text)}) != _words(new):
        yield f"message {new['id']} was found under an id that is not its own"
    elif text.message_id != new["id"] and alike[_words(new)] == 1:
        yield f"message {new['id']} was found though another was sent"
    if others := known[new["provider_id"]] - {new["id"]}:
        yield f"message {new['id']} was found under the id of {sorted(others)}"


def _given_up(commit: Commit, old: Item, new: Item, history: History, alike: Counter[str]) -> Iterator[str]:
    """Only after asking in vain for MAX_DOUBT, or where the provider does not have it."""
    if ("due_at" in new and new["attempt"] == old["attempt"]) or old["channel"] == "email":  # SES cannot be asked
        return
    has_it = any(
        (text.message_id, text.attempt) == (old["id"], old["attempt"]) and text.after < commit.number
        for text in history.accepted
    )
    if has_it and commit.at - old["status_at"] < MAX_DOUBT and alike[_words(old)] == 1:
        yield f"message {old['id']} was given up on though the provider has it"


def _alike(history: History) -> Counter[str]:
    """How many messages of a conversation say the same."""
    first = {new["id"]: new for _, change in history.changes("m") if (new := change.new)}
    return Counter(_words(message) for message in first.values() if message["direction"] == "outbound")


def _words(message: Item) -> str:
    return " ".join([message["conversation_id"], *message["body"].split()])
