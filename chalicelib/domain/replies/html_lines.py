"""HTML as lines of text, each with what the elements around it say of it. Linear time, bounded depth."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from . import clients
from .html_tokens import Scanner, Tag
from .lines import MAX_CHARACTERS, MAX_LINES, Line, Mark, fold, quote_marks

MAX_DEPTH = 200
"""Elements within each other; deeper ones are read as part of the one around them."""

MAX_TOKENS = 150_000
"""Tags and texts between them; what follows is kept as one line, as it is. (MAX_CHARACTERS of shown text likewise.)"""

LONGEST_ADDRESS = 500
"""Characters of a link's address that is written behind its text."""

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "nav", "ol", "p", "pre",
    "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "table", "dl"})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
)
_CLOSE_LINES = re.compile(r"margin\s*:\s*0|margin-(?:top|bottom)\s*:\s*0")
_LEFT_BORDER = re.compile(r"border-left(?:-width|-style|-color)?\s*:\s*+(?!none|0|medium none)")
_TOP_BORDER = re.compile(r"border-top(?:-width|-style|-color)?\s*:\s*+(?!none|0|medium none)")
_SPACE = re.compile(r"[ \t\n\r\f]+")


class _State(NamedTuple):
    quoted: int = 0
    marks: Mark = Mark.NONE
    hidden: bool = False
    exact: bool = False  # white space counts (<pre>)


@dataclass(slots=True)
class _Link:
    address: str
    start: int


def read_html(html: str) -> list[Line]:
    """The lines of an HTML mail as a person sees them: no scripts, no hidden text, no tracking pixels."""
    reader = _Reader()
    scanner = Scanner(html)
    for token in islice(scanner.tokens(), MAX_TOKENS):
        if isinstance(token, str):
            reader.text(token)
        else:
            reader.tag(token)
        if reader.shown > MAX_CHARACTERS or len(reader.lines) >= MAX_LINES:
            break
    reader.end_line()
    rest = html[scanner.position :]
    if rest:
        reader.lines.append(Line(rest, fold(rest), reader.state.quoted, reader.state.marks))
    return [_with_literal_marks(line) for line in reader.lines]


def _with_literal_marks(line: Line) -> Line:
    """Programs that put ">" before quoted lines do so in HTML too."""
    if line.text[:4].lstrip()[:1] in (">", "＞"):
        line.quoted += len(quote_marks(line.text))
        line.folded = line.folded.lstrip("> ") or ">"
    return line


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.state = _State()
        self.shown = 0
        self._stack: list[tuple[str, _State]] = []
        self._open: dict[str, int] = {}
        self._too_deep = 0
        self._parts: list[str] = []
        self._length = 0
        self._line_state = self.state
        self._upcoming = Mark.NONE
        self._link: _Link | None = None
        self._items: list[int] = []  # of open lists: the next number, or 0 for a list without

    def text(self, text: str) -> None:
        if self.state.hidden:
            return
        if self.state.exact:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for line in others:
                self.end_line(always=True)
                self._add(line)
            return
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not self._parts or self._parts[-1].endswith(" ")):
            text = text[1:]
        self._add(text)

    def tag(self, tag: Tag) -> None:
        if tag.name == "br":
            if not self.state.hidden:
                self.end_line(always=True)
        elif tag.closing:
            self._close(tag.name)
        elif tag.name in _VOID:
            self._void(tag)
        else:
            self._open_element(tag)

    def end_line(self, *, always: bool = False) -> None:
        """`always`: also a line without text, as a blank one; two of them never stand together."""
        if self._length == 0 and not always:
            self._parts.clear()
            return
        text = "".join(self._parts).replace("\xa0", " ").rstrip(" ")
        self._parts.clear()
        self._length = 0
        folded = fold(text)
        if not folded and (not self.lines or self.lines[-1].blank):
            return
        state = self._line_state if folded else self.state
        marks = state.marks
        if folded:
            marks |= self._upcoming
            self._upcoming = Mark.NONE
        self.lines.append(Line(text, folded, state.quoted, marks))

    def _blank_line(self) -> None:
        self.end_line()
        self.end_line(always=True)

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._length == 0:
            self._line_state = self.state
        self._parts.append(text)
        self._length += len(text)
        self.shown += len(text)

    def _void(self, tag: Tag) -> None:
        if self.state.hidden:
            return
        if tag.name == "hr":
            self._blank_line()
            self._announce(tag)
            self._upcoming |= Mark.SEPARATOR
        elif tag.name == "img":
            self._add(_picture(tag.attributes))

    def _announce(self, tag: Tag) -> None:
        """What an element says of everything that follows it."""
        if not tag.source:
            return
        names = _names(tag.attributes)
        if names & clients.HISTORY:
            self._upcoming |= Mark.HISTORY
        if names & clients.MAYBE_HISTORY or _draws_line(tag.attributes):
            self._upcoming |= Mark.SEPARATOR

    def _open_element(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS and self._stack and self._stack[-1][0] == "p":
            self._close("p")
        if name == "li" and self._stack and self._stack[-1][0] == "li":
            self._close("li")
        state = self._state_in(tag) if tag.source or name in ("pre", "textarea", "blockquote") else self.state
        if name in _BLOCKS:
            self._begin_block(tag)
        elif (state.quoted, state.marks) != (self.state.quoted, self.state.marks):
            self.end_line()
        elif name in ("td", "th"):
            self._add(" " if self._length and not self._parts[-1].endswith(" ") else "")
        self._announce(tag)
        if name == "a":
            self._link = _Link(tag.attributes.get("href", "").strip(), len(self._parts))
        if tag.source.endswith("/") and name not in _BLOCKS:
            return
        self._push(name, state)
        self._begin_list(tag)

    def _push(self, name: str, state: _State) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._too_deep += 1
            return
        self._stack.append((name, self.state))
        self._open[name] = self._open.get(name, 0) + 1
        self.state = state

    def _begin_block(self, tag: Tag) -> None:
        if tag.name in _SPACED and not (tag.name == "p" and _close_together(tag)) and not self._items:
            self._blank_line()
        else:
            self.end_line()

    def _begin_list(self, tag: Tag) -> None:
        if tag.name in ("ul", "ol"):
            if len(self._items) < MAX_DEPTH:
                self._items.append(1 if tag.name == "ol" else 0)
        elif tag.name == "li" and not self.state.hidden:
            number = self._items[-1] if self._items else 0
            self._add(f"{'  ' * (len(self._items) - 1)}{f'{number}.' if number else '-'} ")
            if number:
                self._items[-1] += 1

    def _close(self, name: str) -> None:
        if name == "a" and self._link is not None:
            self._end_link(self._link)
            self._link = None
        if self._too_deep:
            self._too_deep -= 1
        elif self._open.get(name):
            self._pop(name)
        if name in ("ul", "ol") and self._items:
            self._items.pop()
        if name in _SPACED and not self._items and name != "p":
            self._blank_line()
        elif name in _BLOCKS:
            self.end_line()

    def _pop(self, name: str) -> None:
        while True:
            opened, before = self._stack.pop()
            self._open[opened] -= 1
            if before[:2] != self.state[:2] or opened in _BLOCKS:
                self.end_line()
            self.state = before
            if opened == name:
                return

    def _end_link(self, link: _Link) -> None:
        shown = "".join(self._parts[link.start :]).strip()
        address = link.address
        if not shown or len(address) > LONGEST_ADDRESS:
            return
        if address.lower().startswith("mailto:"):
            address = address[7:].partition("?")[0]
        elif not address.lower().startswith(("http://", "https://")):
            return
        if _bare_address(address) not in shown.lower() and _bare_address(shown) not in address.lower():
            self._add(f" <{address}>")

    def _state_in(self, tag: Tag) -> _State:
        """What holds inside an element."""
        attributes = tag.attributes
        names = _names(attributes)
        style = attributes.get("style", "").lower()
        state = self.state
        if attributes.keys() & {"hidden"} or _HIDDEN.search(style):
            state = state._replace(hidden=True)
        if tag.name in ("pre", "textarea") or "white-space:pre" in style.replace(" ", ""):
            state = state._replace(exact=True)
        if _is_quote(tag, names, style):
            state = state._replace(quoted=state.quoted + 1)
        marks = state.marks
        for mark, known in _MARKED:
            if names & known:
                marks |= mark
        if tag.name in ("div", "blockquote") and (tag.name == "blockquote" or _LEFT_BORDER.search(style)):
            marks |= Mark.BORDERED
        return state if marks == state.marks else state._replace(marks=marks)


_MARKED = (
    (Mark.ATTRIBUTION, clients.ATTRIBUTIONS),
    (Mark.SIGNATURE, clients.SIGNATURES),
    (Mark.FORWARDED, clients.FORWARDED),
)


def _names(attributes: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for key in ("class", "id", "name", "data-marker"):
        value = attributes.get(key)
        if value:
            found.update(clients.bare(each) for each in value[:500].split())
    return found


def _is_quote(tag: Tag, names: set[str], style: str) -> bool:
    if names & clients.QUOTES or clients.bare(tag.attributes.get("name", "")) in clients.QUOTE_NAMES:
        return True
    if tag.name != "blockquote":
        return False
    if tag.attributes.get("type", "").lower() == "cite" or "cite" in tag.attributes or names & clients.CITED:
        return True
    return _LEFT_BORDER.search(style) is not None


def _draws_line(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").lower()
    return "border-top" in style and _TOP_BORDER.search(style) is not None


def _close_together(tag: Tag) -> bool:
    """A paragraph without space around it, as Outlook writes lines."""
    attributes = tag.attributes
    kind = attributes.get("class", "").lower()
    return (
        "msonormal" in kind
        or "msoplaintext" in kind
        or _CLOSE_LINES.search(attributes.get("style", "").lower()) is not None
    )


def _picture(attributes: dict[str, str]) -> str:
    """Its description; an emoji is itself; nothing for pixels that only track."""
    alt = " ".join(attributes.get("alt", "").split())[:200]
    if not alt or {attributes.get("width"), attributes.get("height")} & {"0", "1"}:
        return ""
    if _HIDDEN.search(attributes.get("style", "").lower()):
        return ""
    return alt if len(alt) <= 4 and not alt.isascii() else f"[image: {alt}]"


def _bare_address(address: str) -> str:
    """Without what people leave out when they write an address."""
    return address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
