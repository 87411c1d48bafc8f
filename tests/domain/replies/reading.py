"""The case files: one-line tables, and whole mails with the newest text that is expected of each."""

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
BREAK = re.compile(r" /(?: |$)")


class Mail(NamedTuple):
    """`folded`: the kinds of the folded parts in order, or None where the case does not say."""

    name: str
    text: str | None
    html: str | None
    subject: str
    newest: str
    folded: tuple[str, ...] | None


def table(name: str) -> list[tuple[str, str]]:
    """(language, lines) of a one-line table; " / " breaks a line, "⁄" is a slash."""
    rows = [row for row in (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines() if row[:1] not in ("", "#")]
    return [(code, BREAK.sub("\n", words).replace("⁄", "/")) for code, words in (row.split(" ", 1) for row in rows)]


def mails(name: str) -> list[Mail]:
    """Of a file of whole mails: "=== name", then parts that begin with "--- text", "--- html", "--- newest" ..."""
    content = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    return [_mail(block) for block in re.split(r"^=== ", content, flags=re.MULTILINE)[1:]]


def _mail(block: str) -> Mail:
    title, _, rest = block.partition("\n")
    parts = re.split(r"^--- (text|html|newest|subject|folded)\n", rest, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    kinds = found.get("folded")
    return Mail(
        title.strip(),
        _spaces(found.get("text")),
        found.get("html"),
        found.get("subject", "").strip(),
        found["newest"].strip("\n"),
        None if kinds is None else tuple(kinds.split()),
    )


def _spaces(text: str | None) -> str | None:
    """A "␠" at the end of a line stands for a space that editors would remove."""
    return None if text is None else text.replace("␠\n", " \n")
