"""Which parts of a mail are its text, and which are attachments."""

from dataclasses import dataclass, field
from html import escape

from .charsets import decode
from .headers import Headers, parameters
from .received import Attachment, Problem
from .structure import Part, Structure
from .transfer import decode_body, decoded_size

MAX_TEXT_BYTES = 2_000_000
"""Encoded bytes of one text that are decoded; a longer one is an attachment as well, whole."""

MAX_TEXTS = 50
"""Texts that are joined (programs cut a text where a picture stands in it); further ones are attachments."""

LONGEST_NAME = 200
NAMES = {"message/rfc822": "message.eml", "text/calendar": "invitation.ics", "application/ms-tnef": "winmail.dat"}
"""What parts are called that have no name of their own."""

_CALENDARS = frozenset({"text/calendar", "application/ics"})
_REPORTS = frozenset({"message/delivery-status", "text/rfc822-headers", "message/feedback-report"})


@dataclass(slots=True)
class Bodies:
    """Texts in their order: (plain, HTML), one of them None where a part came in one form only."""

    raw: bytes
    texts: list[tuple[str | None, str | None]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    calendars: list[Attachment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def text(self) -> str | None:
        found = [plain for plain, _ in self.texts if plain is not None]
        return "\n".join(found) if found else None

    def html(self) -> str | None:
        """Plain pieces between HTML ones are escaped; None if there is no HTML at all."""
        if all(html is None for _, html in self.texts):
            return None
        return "\n".join(
            html if html is not None else f'<div style="white-space: pre-wrap">{escape(plain or "")}</div>'
            for plain, html in self.texts
        )


def read_bodies(structure: Structure) -> Bodies:
    """The texts and attachments of a mail."""
    bodies = Bodies(structure.raw)
    _read(bodies, structure.root, alone=True)
    return bodies


def _read(bodies: Bodies, part: Part, *, alone: bool = False) -> None:
    if not part.children:
        _read_leaf(bodies, part, alone=alone)
    elif part.content_type == "multipart/alternative":
        _read_alternatives(bodies, part)
    else:
        for child in part.children:
            _read(bodies, child, alone=alone and len(part.children) == 1)


def _read_alternatives(bodies: Bodies, part: Part) -> None:
    """One text in several forms: the first that is plain, the last that is HTML."""
    inner = Bodies(bodies.raw)
    for child in part.children:
        _read(inner, child)
    plain = [text for text, html in inner.texts if html is None and text]
    html = Bodies(bodies.raw, [pair for pair in inner.texts if pair[1] is not None]).html()
    if inner.texts:
        mixed = next((text for text, other in inner.texts if other is not None and text), None)
        bodies.texts.append((plain[0] if plain else mixed, html))
    bodies.attachments += inner.attachments
    bodies.calendars += inner.calendars
    bodies.problems += inner.problems


def _read_leaf(bodies: Bodies, part: Part, *, alone: bool) -> None:
    disposition, extra = parameters(part.headers.raw("content-disposition"))
    name = extra.get("filename") or part.parameters.get("name", "")
    if _is_text(part, disposition, name) and len(bodies.texts) < MAX_TEXTS:
        whole = _add_text(bodies, part)
        if whole:
            return
    if part.start >= part.end and not name and not part.content_type:
        return
    attachment = _attachment(bodies.raw, part, disposition, name)
    if part.content_type in _CALENDARS or attachment.name.lower().endswith(".ics"):
        bodies.calendars.append(attachment)
    if part.content_type not in _REPORTS:
        bodies.attachments.append(attachment)


def _is_text(part: Part, disposition: str, name: str) -> bool:
    """A text that belongs to the mail, and no file. A multipart without parts is text as well: nothing gets lost."""
    kind = part.content_type
    if kind.startswith("multipart/"):
        return True
    if kind not in ("", "text/plain", "text/html", "text", "text/enriched", "text/markdown", "application/xhtml+xml"):
        return False
    if disposition == "attachment":
        return False
    return not name or (disposition == "inline" and kind in ("", "text/html"))


def _add_text(bodies: Bodies, part: Part) -> bool:
    """True if all of it could be taken."""
    length = part.end - part.start
    data = bodies.raw[part.start : min(part.end, part.start + MAX_TEXT_BYTES)]
    encoding = transfer_encoding(part.headers)
    text = decode(decode_body(data, encoding), part.parameters.get("charset")).replace("\r\n", "\n")
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    is_html = part.content_type in ("text/html", "application/xhtml+xml") or _looks_html(text, part.content_type)
    bodies.texts.append((None, text) if is_html else (text, None))
    if length > MAX_TEXT_BYTES:
        bodies.problems.append(Problem.TEXT_CUT)
    return length <= MAX_TEXT_BYTES


def _looks_html(text: str, content_type: str) -> bool:
    """Mail without a declared type, or that says text and is a whole HTML page."""
    start = text[:200].lstrip("\ufeff \r\n\t").lower()
    return content_type in ("", "text", "text/plain") and start.startswith(("<!doctype html", "<html"))


def unflowed(text: str, *, delete_space: bool) -> str:
    """format=flowed (RFC 3676): lines that end in a space go on in the next one, at the same quote depth."""
    found: list[str] = []
    joins = False
    depth_before = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        flows = content.endswith(" ") and content not in ("-- ", " -- ")
        content = content.removeprefix(" ")
        if joins and depth == depth_before and content != "-- ":
            found[-1] = (found[-1][:-1] if delete_space else found[-1]) + content
        else:
            found.append(f"{'>' * depth}{' ' if depth else ''}{content}")
        joins, depth_before = flows, depth
        if len(found[-1]) > 100_000:
            joins = False
    return "\n".join(found)


def transfer_encoding(headers: Headers) -> str:
    return headers.text("content-transfer-encoding").partition(";")[0].strip().lower()


def _attachment(raw: bytes, part: Part, disposition: str, name: str) -> Attachment:
    encoding = transfer_encoding(part.headers)
    breaks = raw.count(b"\n", part.start, part.end) if encoding == "base64" else 0
    content_id = part.headers.text("content-id").strip("<> ")
    return Attachment(
        name=_safe_name(name) or NAMES.get(part.content_type, ""),
        content_type=part.content_type or "application/octet-stream",
        size=decoded_size(part.end - part.start, breaks, encoding),
        start=part.start,
        end=part.end,
        encoding=encoding,
        content_id=content_id[:LONGEST_NAME],
        inline=disposition == "inline" or (bool(content_id) and disposition != "attachment"),
    )


def _safe_name(name: str) -> str:
    """Without folders, line breaks and characters that turn the text around."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable()).strip(" .")[:LONGEST_NAME]
