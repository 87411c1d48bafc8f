"""I17: what a person did to a conversation is in the audit log, in the same commit; what did not happen is not."""

from collections.abc import Iterator

from tests.simulation.history import Commit, History

_PEOPLE = ("close", "reopen", "delete", "assign", "set right", "merge", "part")
_ACTS = {"open": "reopened", "requested": "reopened", "closed": "closed", "deleted": "deleted"}


def check(history: History) -> Iterator[str]:
    for commit in history.commits:
        written = [change.new["act"] for change in commit.changes if change.kind == "g" and change.new is not None]
        expected = list(_acts(commit)) if commit.worker in _PEOPLE else written
        if written != expected:
            yield f"commit {commit.number} of {commit.worker} did {expected} and wrote down {written}"
    shown = [request for request in history.requests if request.verb == "unmask" and request.answer]
    unmasked = sum(1 for commit in history.commits for change in commit.changes
                   if change.kind == "g" and change.new is not None and change.new["act"] == "unmasked")  # fmt: skip
    if unmasked < len(shown):
        yield f"{len(shown)} were shown real addresses, and {unmasked} are written down"


def _acts(commit: Commit) -> Iterator[str]:
    for change in commit.changes:
        if change.kind == "c" and change.old is not None and change.new is not None:
            if change.old["state"] != change.new["state"]:
                yield _ACTS[change.new["state"]]
        elif change.kind == "p" and change.old is not None and change.new is not None:
            if bool(change.old.get("merged_into")) != bool(change.new.get("merged_into")):
                yield "customers_merged" if change.new.get("merged_into") else "merge_undone"
        elif change.kind == "l" and change.new is not None and change.new.get("by"):
            yield "opt_out_set_right"
        elif change.kind == "s" and change.new is not None and change.new["sk"].startswith("STORE-CHANGED#"):
            yield "chat_link_changed"
        elif change.kind == "e" and change.new is not None and change.old is None:
            yield change.new["kind"]
