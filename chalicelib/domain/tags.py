"""Tags of a customer (S13): short words for colleagues, such as "VIP"; nothing of them goes to customers."""

from collections.abc import Iterable

from .errors import InvalidInput

LONGEST_TAG = 40
"""Characters."""
MOST_TAGS = 20
"""Of one customer; a merge may bring more."""

Tags = tuple[str, ...]
_SOUGHT = "tag:"


def cleaned(tag: str) -> str:
    """Without white space around it, and one blank within. Raises InvalidInput."""
    words = " ".join(tag.split())
    if not words or len(words) > LONGEST_TAG or not words.isprintable():
        raise InvalidInput(f"A tag has 1 to {LONGEST_TAG} characters.", field="tags")
    return words


def retagged(tags: Tags, add: Iterable[str], remove: Iterable[str]) -> Tags:
    """Upper and lower case are one tag, written as it was first. Raises InvalidInput."""
    gone = {cleaned(each).casefold() for each in remove}
    kept = tuple(each for each in tags if each.casefold() not in gone)
    found = {each.casefold(): each for each in kept}
    for each in map(cleaned, add):
        found.setdefault(each.casefold(), each)
    after = tuple(found.values())
    if len(after) > max(MOST_TAGS, len(kept)):
        raise InvalidInput(f"A customer has at most {MOST_TAGS} tags.", field="tags")
    return after


def has_tag(tags: Tags, wanted: str) -> bool:
    return wanted.casefold() in {each.casefold() for each in tags}


def sought_tag(words: str) -> str | None:
    """`tag: VIP` -> `VIP`; None where words of another kind are looked for."""
    start, tag = words.strip()[: len(_SOUGHT)], words.strip()[len(_SOUGHT) :]
    return " ".join(tag.split()) if start.casefold() == _SOUGHT else None
