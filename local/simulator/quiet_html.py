"""A mail's HTML as the page shows it in a sandboxed frame: rebuilt from a list of what is allowed, so that nothing in
it runs, loads or submits. Made here and not in the browser, which complains of what is forbidden when it reads it."""

import re
from html import escape
from html.parser import HTMLParser

ALLOWED = frozenset({
    "a", "b", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
})  # fmt: skip
BEGIN = '<!doctype html><html><body><font face="system-ui, sans-serif" size="2">'
"""The old way to choose a font: styles are forbidden on the page, and in its frames."""
END = "</font></body></html>"
EMPTY = frozenset(("br", "hr", "img"))
SILENT = frozenset(("script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object", "textarea"))
"""Left out with everything in them."""
ATTRIBUTES = frozenset(("alt", "title", "dir", "lang", "colspan", "rowspan", "start"))
LINK = re.compile(r"(?:https?|mailto):[^\x00-\x20]+", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)


def quiet_html(html: str) -> str:
    """A whole document of allowed elements only; links open apart."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return f"{BEGIN}{''.join(reader.written)}{END}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif not self._silent and tag in ALLOWED:
            kept = "".join(f' {name}="{escape(value)}"' for name, value in _kept(tag, attrs))
            self.written.append(f"<{tag}{kept}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SILENT:  # one that is empty has nothing in it to leave out
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent and tag in ALLOWED and tag not in EMPTY:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.written.append(escape(data))


def _kept(tag: str, attrs: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    given = {name: value or "" for name, value in attrs}
    kept = [(name, value) for name, value in given.items() if name in ATTRIBUTES]
    if tag == "a" and LINK.fullmatch(given.get("href", "").strip()):
        kept += [("href", given["href"].strip()), ("target", "_blank"), ("rel", "noopener noreferrer")]
    if tag == "img" and PICTURE.fullmatch(given.get("src", "")):
        kept.append(("src", given["src"]))
    return kept
