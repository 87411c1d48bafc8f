"""Behind the link of a mail that can be stopped with one click: a request of a mail program, or a page with a button.

RFC 8058, section 3: the request is a POST whose body says `List-Unsubscribe=One-Click`, as a form of either type.
Whatever else asks changes nothing: programs that look for harm in mails open every link.
"""

import re
from email.parser import BytesParser
from email.policy import HTTP

from chalice.app import Response

from chalicelib.domain.errors import InvalidInput, NotFound, TooLarge
from chalicelib.domain.unsubscribing import LONGEST
from chalicelib.usecases.unsubscribe import stoppable_mail, unsubscribe
from chalicelib.wiring import Dependencies

from . import errors
from .plain_page import FORM, READING, fields, page, paragraph

BODY_LIMIT = 4_096
"""Bytes of a request that says so little."""
ASKED = ("List-Unsubscribe", "One-Click")
PARTS = "multipart/form-data"
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
        return page(method, 404, WORDS["nothing"], paragraph(WORDS["instead"]))
    if method in READING:
        question, effect = (WORDS[each].format(store=mail.store.name) for each in ("question", "effect"))
        return page(method, 200, question, paragraph(effect) + _BUTTON)
    if ASKED not in _fields(content_type, body):
        raise InvalidInput("The body of this request does not ask for anything.")
    unsubscribe(mail, ports)
    return page(method, 200, WORDS["done"].format(store=mail.store.name), paragraph(WORDS["back"]))


def _fields(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """The fields of a form of either type; none of anything else."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return fields(body)
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


_BUTTON = (
    f'<form method="post"><input type="hidden" name="{ASKED[0]}" value="{ASKED[1]}">'
    f'<button type="submit">{WORDS["stop"]}</button></form>'
)
