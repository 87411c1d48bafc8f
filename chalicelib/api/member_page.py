"""The door for customers whom their shop has signed in (docs/members.md): a form of the shop's page leads to the chat.

Whoever has a chat with the store is sent on to it; whoever has none writes the first message here. No script, no
cookie, and nothing in the address: the identity comes in the form, and the chat's link goes out in a fragment.
"""

import re
from html import escape
from urllib.parse import urlsplit

from chalice.app import Response

from chalicelib.domain.errors import BadSignature, NotFound, TooManyAttempts, Unavailable
from chalicelib.usecases.let_member_in import Member, chat_link_for, let_member_in, write_as_member
from chalicelib.usecases.write_in_chat import BODY_LIMIT
from chalicelib.wiring import Dependencies

from . import errors
from .plain_page import FORM, READING, fields, page, paragraph

FORM_LIMIT = 65_536
"""Bytes: an identity, and a message with every character escaped."""
WORDS = {
    "write": "Write to {store}",
    "hello": "Your message goes straight to the store. The answer appears on the page that opens then.",
    "label": "Your message",
    "send": "Send",
    "empty": "Please write something first.",
    "long": "Please write at most {limit} characters.",
    "ended": "{store} has ended this conversation",
    "call": "Please call {phone}.",
    "nobody": "Please come from your shop's page",
    "anew": "This page opens from the shop where you are signed in. Please load that page anew and try again.",
    "busy": "The chat cannot be reached",
    "later": "Please go back and try again in a moment.",
    "often": "Too many messages",
}
_NONCE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def answer(method: str, connection_id: str, content_type: str, body: bytes, ports: Dependencies) -> Response:
    """Always a page for people, or the way to the chat."""
    if method in READING:
        return page(method, 404, WORDS["nobody"], paragraph(WORDS["anew"]))
    if method != "POST":
        return errors.method_not_allowed(", ".join((*READING, "POST")))
    if content_type != FORM:
        return errors.unsupported_media_type()
    given = dict(fields(body[:FORM_LIMIT]))
    try:
        return _let_in(given, connection_id, ports)
    except (BadSignature, NotFound):
        ports.log.info("member_refused", connection_id=connection_id)
        return page(method, 403, WORDS["nobody"], paragraph(WORDS["anew"]))
    except TooManyAttempts:
        return page(method, 429, WORDS["often"], paragraph(WORDS["later"]))
    except Unavailable:
        return page(method, 503, WORDS["busy"], paragraph(WORDS["later"]))


def _let_in(given: dict[str, str], connection_id: str, ports: Dependencies) -> Response:
    member = let_member_in(given.get("identity", ""), connection_id, ports)
    if "message" in given and not member.ended:
        text = given["message"].replace("\r\n", "\n").strip()
        if wrong := _wrong(text, given.get("nonce", "")):
            return _writing(member, given["identity"], wrong, text, ports)
        write_as_member(member, text, given["nonce"], ports)
        member = let_member_in(given["identity"], connection_id, ports)
    if link := chat_link_for(member, ports):
        return Response("", status_code=303, headers={"Location": link, "Cache-Control": "no-store"})
    if member.ended:
        call = paragraph(WORDS["call"].format(phone=member.store.phone))
        return page("POST", 200, WORDS["ended"].format(store=member.store.name), call)
    return _writing(member, given["identity"], "", "", ports)


def _wrong(text: str, nonce: str) -> str:
    if text == "" or not _NONCE.fullmatch(nonce):
        return WORDS["empty"]
    return WORDS["long"].format(limit=BODY_LIMIT) if len(text) > BODY_LIMIT else ""


def _writing(member: Member, identity: str, wrong: str, text: str, ports: Dependencies) -> Response:
    site = urlsplit(ports.site_url)
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    form = (
        f'<form method="post"><input type="hidden" name="identity" value="{escape(identity)}">'
        f'<input type="hidden" name="nonce" value="{ports.ids.token()}">'
        f'<textarea name="message" aria-label="{WORDS["label"]}" maxlength="{BODY_LIMIT}" required dir="auto">'
        f'\n{escape(text)}</textarea>{told}<button type="submit">{WORDS["send"]}</button></form>'
    )
    heading = WORDS["write"].format(store=member.store.name)
    return page("POST", 200, heading, paragraph(WORDS["hello"]) + form, leads_to=f"{site.scheme}://{site.netloc}")
