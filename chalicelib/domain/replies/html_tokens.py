"""HTML cut into tags and text, in linear time whatever it looks like.

Not html.parser: on unclosed tags and comments it takes quadratic time (32 KB of "<a " take a quarter of a minute).
"""

import re
from collections.abc import Iterator
from html import unescape

PATIENCE = 3
"""How often a tag without an end may be looked for up to the end of the text before quotes stop counting."""

LONGEST_ATTRIBUTES = 4096
"""Characters of a tag in which attributes are looked for (what follows is an image in the text, or hostile)."""

_NAME = re.compile(r"/?[a-zA-Z][^\s/>]{0,60}+")
_TAG_END = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>\"']*+)))?+")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")
RAW = frozenset({"script", "style", "title", "xml", "noscript", "template", "iframe", "object", "svg", "math"})
"""Elements whose content is never shown as text."""

_ENDINGS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in RAW}


class Tag:
    """`name` in lower case; `closing`: </name>. Attributes are read when asked for."""

    __slots__ = ("_attributes", "closing", "name", "source")

    def __init__(self, name: str, source: str) -> None:
        self.closing = name.startswith("/")
        self.name = name.lstrip("/").lower()
        self.source = source
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case; the first of two counts."""
        if self._attributes is None:
            self._attributes = {}
            for name, double, single, bare in _ATTRIBUTE.findall(self.source[:LONGEST_ATTRIBUTES]):
                self._attributes.setdefault(name.lower(), unescaped(double or single or bare))
        return self._attributes


def unescaped(text: str) -> str:
    """Entities replaced. Numbers of absurd length, on which html.unescape fails, become a replacement character."""
    if "&" not in text:
        return text
    return unescape(_LONG_NUMBER.sub("\ufffd", text))


class Scanner:
    """Walks through a text once; `position` is where it has come to."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.position = 0
        self._patience = PATIENCE
        self._absent: dict[str, int] = {}  # ending -> the place from which on it does not occur

    def tokens(self) -> Iterator[Tag | str]:
        """Tags and, between them, text with entities replaced. Comments, declarations and RAW content are left out."""
        while self.position < len(self.html):
            start = self.html.find("<", self.position)
            text = self.html[self.position : start if start >= 0 else None]
            self.position += len(text)
            if text:
                yield unescaped(text)
            if start >= 0:
                found = self._markup(start)
                if found is not None:
                    yield found

    def _markup(self, start: int) -> Tag | str | None:
        """What begins with the "<" at `start`; moves behind it."""
        name = _NAME.match(self.html, start + 1)
        if name is None:
            return self._declaration(start)
        end = self._tag_end(name.end())
        if end < 0:
            self.position = start + 1
            return "<"
        self.position = end + 1
        tag = Tag(name.group(), self.html[name.end() : end])
        if tag.name in RAW and not tag.closing and not tag.source.endswith("/"):
            self._skip_raw(tag.name)
        return tag

    def _declaration(self, start: int) -> str | None:
        """Comments (`<!--...-->`), `<!...>`, `<?...>`; any other "<" is text."""
        if self.html.startswith("<!--", start):
            close = "-->"
        elif self.html.startswith(("<!", "<?", "</"), start):
            close = ">"
        else:
            close = ""
        end = self._find(close, start + 2) if close else -1
        self.position = start + 1 if end < 0 else end + len(close)
        return "<" if end < 0 else None

    def _tag_end(self, position: int) -> int:
        """Where the tag's ">" is, outside of quotes; -1: nowhere."""
        if self._patience <= 0:
            return self._find(">", position)
        found = _TAG_END.search(self.html, position)
        while found is not None and found.group() != ">":
            close = self._find(found.group(), found.end())
            if close < 0:
                break
            found = _TAG_END.search(self.html, close + 1)
        if found is not None and found.group() == ">":
            return found.start()
        self._patience -= 1
        return self._find(">", position)

    def _skip_raw(self, name: str) -> None:
        """To the end of a script or the like; one that does not end takes nothing with it."""
        if self.position >= self._absent.get(f"</{name}", len(self.html)):
            return
        end = _ENDINGS[name].search(self.html, self.position)
        if end is None:
            self._absent[f"</{name}"] = self.position
        else:
            self.position = end.start()

    def _find(self, what: str, start: int) -> int:
        if start >= self._absent.get(what, len(self.html)):
            return -1
        found = self.html.find(what, start)
        if found < 0:
            self._absent[what] = start
        return found
