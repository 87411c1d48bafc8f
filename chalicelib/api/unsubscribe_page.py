"""Behind the link of a mail that can be stopped with one click: a request of a mail program, or a page with a button.

RFC 8058, section 3: the request is a POST whose body says `List-Unsubscribe=One-Click`, as a form of either type.
Whatever else asks changes nothing: programs that look for harm in mails open every link.
"""

import re
from base64 import b64encode
from email.parser import BytesParser
from email.policy import HTTP
from hashlib import sha256
from html import escape
from urllib.parse import parse_qsl

from chalice.app import Response

from chalicelib.domain.errors import InvalidInput, NotFound, TooLarge
from chalicelib.domain.unsubscribing import LONGEST
from chalicelib.usecases.unsubscribe import stoppable_mail, unsubscribe
from chalicelib.wiring import Dependencies

from . import errors

BODY_LIMIT = 4_096
"""Bytes of a request that says so little."""
READING = ("GET", "HEAD")
ASKED = ("List-Unsubscribe", "One-Click")
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
WORDS = {
    "question": "Stop mails from {store}?",
    "effect": "You will get no more mails from {store}. You can start them again by answering one with START.",
    "stop": "Stop",
    "done": "You get no more mails from {store}.",
    "back": "To get them again, answer one of them with START.",
    "nothing": "This link leads nowhere",
    "instead": "To stop mails, answer one of them with STOP.",
}
_TOKEN = re.compile(rf"[A-Za-z0-9_.=-]{{1,{LONGEST}}}", re.ASCII)
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--ground:#f4f5f7;--quiet:#57606a;--act:#1f5fbf;--on-act:#fff}
@media (prefers-color-scheme:dark){
:root{--ink:#f0f3f6;--paper:#1c2128;--ground:#0f1318;--quiet:#a9b4c0;--act:#7db3ff;--on-act:#0b1a30}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--ground);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:28rem;padding:2rem;border-radius:.75rem;background:var(--paper);overflow-wrap:anywhere}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3}
p{margin:0;color:var(--quiet)}
button{width:100%;margin-top:1.5rem;padding:.75rem;border:0;border-radius:.5rem;background:var(--act);
color:var(--on-act);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def answer(method: str, token: str, content_type: str, body: bytes, ports: Dependencies) -> Response:
    """`token`: the end of the address as it came. Raises what the API refuses with (api/errors.py)."""
    if method not in (*READING, "POST"):
        return errors.method_not_allowed(", ".join((*READING, "POST")))
    if len(body) > BODY_LIMIT:
        raise TooLarge(limit=BODY_LIMIT)
    try:
        if not _TOKEN.fullmatch(token):
            raise NotFound
        mail = stoppable_mail(token, ports)
    except NotFound:
        return _page(method, 404, "nothing", _paragraph("instead"))
    if method in READING:
        return _page(method, 200, "question", _paragraph("effect", mail.store.name) + _BUTTON, mail.store.name)
    if ASKED not in _fields(content_type, body):
        raise InvalidInput("The body of this request does not ask for anything.")
    unsubscribe(mail, ports)
    return _page(method, 200, "done", _paragraph("back"), mail.store.name)


def _fields(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """The fields of a form of either type; none of anything else."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return parse_qsl(body.decode("utf-8", "replace"))
    if kind != PARTS or not content_type.isprintable():
        return []
    whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    parts = [part for part in whole.iter_parts() if not part.is_multipart()]
    return [(_name(part.get("Content-Disposition", "")), _content(part.get_payload(decode=True))) for part in parts]


def _name(disposition: str) -> str:
    found = re.search(r';\s*name="?([A-Za-z-]{1,50})"?', str(disposition))
    return "" if found is None else found.group(1)


def _content(payload: object) -> str:
    return payload.decode("utf-8", "replace").strip() if isinstance(payload, bytes) else ""


def _page(method: str, status: int, heading: str, content: str, store: str = "") -> Response:
    title = escape(WORDS[heading].format(store=store))
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{content}</main></body></html>\n"
    )
    return Response("" if method == "HEAD" else page, status_code=status, headers=dict(_HEADERS))


def _paragraph(words: str, store: str = "") -> str:
    return f"<p>{escape(WORDS[words].format(store=store))}</p>"


_BUTTON = (
    f'<form method="post"><input type="hidden" name="{ASKED[0]}" value="{ASKED[1]}">'
    f'<button type="submit">{WORDS["stop"]}</button></form>'
)
