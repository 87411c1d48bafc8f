"""The part of the control API that is about mailboxes. Described in docs/simulator.md."""

import re
from collections.abc import Awaitable, Callable

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.simulator.control_requests import body_of, from_our_page, json_answer
from local.simulator.errors import ControlError
from local.simulator.mail.records import MailBehaviour, public_mail
from local.simulator.mail.writing import NewMail
from local.simulator.simulator import Simulator

MAX_MAIL_REQUEST = 16 * 1024 * 1024
"""Bytes of a request with attachments."""
MAX_SUBJECT = 500
MAX_TEXT = 500_000
"""Characters."""
MAX_FILES = 20
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")


class NewMailbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    address: str | None = None
    name: str | None = None
    behaviour: MailBehaviour = MailBehaviour.NORMAL
    verified: bool = True


class MailboxChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | None = None
    behaviour: MailBehaviour | None = None
    verified: bool | None = None


class MailControlApi:
    """One method per route."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        table: tuple[tuple[str, str, Callable[[Request], Awaitable[Response]]], ...] = (
            ("POST", "/mailboxes", self.add),
            ("GET", "/mailboxes/{address}", self.get),
            ("PATCH", "/mailboxes/{address}", self.change),
            ("DELETE", "/mailboxes/{address}", self.remove),
            ("POST", "/mailboxes/{address}/mails", self.send),
        )
        origin = self._simulator.config.origin
        return [Route(path, from_our_page(handler, origin), methods=[method]) for method, path, handler in table]

    async def add(self, request: Request) -> Response:
        wanted = await body_of(request, NewMailbox)
        book = self._simulator.mailboxes
        mailbox = book.add(wanted.address, wanted.name, wanted.behaviour, verified=wanted.verified)
        return json_answer(book.public(mailbox), 201)

    async def get(self, request: Request) -> Response:
        book = self._simulator.mailboxes
        return json_answer(book.public(book.get(request.path_params["address"])))

    async def change(self, request: Request) -> Response:
        book = self._simulator.mailboxes
        mailbox = book.get(request.path_params["address"])
        wanted = await body_of(request, MailboxChange)
        book.change(mailbox, wanted.name, wanted.behaviour, wanted.verified)
        return json_answer(book.public(mailbox))

    async def remove(self, request: Request) -> Response:
        mailbox = self._simulator.mailboxes.get(request.path_params["address"])
        self._simulator.state.remove_mailbox(mailbox.address)
        return Response(status_code=204)

    async def send(self, request: Request) -> Response:
        mailbox = self._simulator.mailboxes.get(request.path_params["address"])
        new = await body_of(request, NewMail, MAX_MAIL_REQUEST)
        _check(new)
        return json_answer(public_mail(self._simulator.mail.send(mailbox, new)), 201)


def _check(new: NewMail) -> None:
    lines = (new.subject, new.to, *(file.name for file in new.files))
    complaints = (
        (not (new.text or new.html or new.files), "A mail needs a text, HTML or an attachment."),
        (any(mark in line for line in lines for mark in "\r\n\0"), "Subject, address and names are single lines."),
        (len(new.subject) > MAX_SUBJECT, f"A subject has at most {MAX_SUBJECT} characters."),
        (max(len(new.text), len(new.html or "")) > MAX_TEXT, f"A text has at most {MAX_TEXT} characters."),
        (len(new.files) > MAX_FILES, f"A mail has at most {MAX_FILES} attachments."),
        (
            not all(file.name and MEDIA_TYPE.fullmatch(file.content_type) for file in new.files),
            "An attachment has a name, and a media type such as image/png.",
        ),
    )
    for wrong, message in complaints:
        if wrong:
            raise ControlError(400, "invalid_input", message)
