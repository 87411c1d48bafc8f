"""What Counterline asks of Vonage: to send a text, and to name its applications (there are none here).

https://developer.vonage.com/en/api/messages#SendMessage
https://developer.vonage.com/en/api/application.v2#listApplication
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.simulator.basic_auth import basic_auth
from local.simulator.behaviours import ERROR_TEXTS
from local.simulator.config import SimulatorConfig, VonageConnection
from local.simulator.network import Network
from local.simulator.phonebook import E164
from local.simulator.tasks import Tasks
from local.simulator.vonage.webhooks import ERRORS

MAX_BODY = 1000
MAX_CLIENT_REF = 100


class VonageError(Exception):
    """An answer that is not a message. `code`: a number of the Messages API, or a name of every Vonage API."""

    def __init__(self, status: int, code: int | str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code = status, code


Handler = Callable[[Request, VonageConnection], Awaitable[Response]]


KINDS = {("sms", "text"), ("mms", "image")}


class _Image(Struct):
    url: str
    caption: str = ""


class _Text(Struct, kw_only=True):
    """What is not here is taken and ignored, as `ttl` and `sms`."""

    channel: str
    message_type: str
    to: str
    sender: str = field(name="from")
    text: str = ""
    image: _Image | None = None
    client_ref: str = ""
    webhook_url: str = ""
    webhook_version: str = "v1"


class VonageApi:
    """Messages of the connections' accounts."""

    def __init__(self, config: SimulatorConfig, network: Network, tasks: Tasks) -> None:
        self._config = config
        self._network = network
        self._tasks = tasks

    def routes(self) -> list[Route]:
        return [
            Route("/v1/messages", self._guarded(self._create), methods=["POST"]),
            Route("/v2/applications", self._guarded(self._applications), methods=["GET"]),
        ]

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Check the account's basic auth first, and turn errors into Vonage's shape (RFC 9457)."""

        async def handle(request: Request) -> Response:
            try:
                return await handler(request, self._authenticate(request))
            except VonageError as error:
                return _problem(error)

        return handle

    def _authenticate(self, request: Request) -> VonageConnection:
        api_key, secret = basic_auth(request.headers.get("authorization", ""))
        connection = self._config.vonage_account(api_key)
        if connection is None or not hmac.compare_digest(secret.encode(), connection.api_secret.encode()):
            raise VonageError(401, "unauthorized", "You did not provide correct credentials.")
        return connection

    async def _applications(self, request: Request, connection: VonageConnection) -> Response:
        page = {"page_size": 1, "page": 1, "total_items": 0, "total_pages": 0, "_embedded": {"applications": []}}
        return JSONResponse(page)

    async def _create(self, request: Request, connection: VonageConnection) -> Response:
        text = self._checked(await request.body(), connection)
        to = f"+{text.to}"
        outcome = self._network.outcome(connection, to)
        message = None
        if outcome.accepted:
            message = self._network.accept(
                connection,
                to=to,
                sender=f"+{text.sender}",
                body=text.image.caption if text.image else text.text,
                media_urls=[text.image.url] if text.image else [],
                callback_url=text.webhook_url,
                client_ref=text.client_ref,
                outcome=outcome,
            )
        if outcome.answers_late:
            await self._tasks.sleep(self._config.delays.timeout)
        if outcome.answer_code or message is None:
            raise VonageError(outcome.answer_status, outcome.answer_code, ERROR_TEXTS[outcome.answer_code])
        return JSONResponse({"message_uuid": message.sid}, status_code=outcome.answer_status)

    def _checked(self, body: bytes, connection: VonageConnection) -> _Text:
        try:
            text = msgspec.json.decode(body, type=_Text)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise VonageError(422, 1010, "Your request is incomplete or no JSON.") from None
        complaints = (
            (_kind(text) not in KINDS, 1020, "The simulator has phones for SMS, and MMS with a picture, only."),
            (text.message_type == "image" and not (text.image and text.image.url), 1020, "There is no image."),
            (
                text.message_type == "text" and not 0 < len(text.text) <= MAX_BODY,
                1020,
                f"A text has 1 to {MAX_BODY} characters.",
            ),
            (len(text.client_ref) > MAX_CLIENT_REF, 1020, f"A client_ref has at most {MAX_CLIENT_REF} characters."),
            (text.webhook_version != "v1", 1020, "The simulator sends webhooks of version v1 only."),
            (not _is_url(text.webhook_url), 1020, "The webhook_url is no URL."),
            (not E164.fullmatch(f"+{text.to}") or text.to == text.sender, 1430, "The `to` parameter is invalid."),
            (self._config.connection_of(f"+{text.sender}") is not connection, 1420, "The `from` parameter is invalid."),
        )
        for wrong, code, detail in complaints:
            if wrong:
                raise VonageError(422, code, detail)
        return text


def _kind(text: _Text) -> tuple[str, str]:
    return text.channel, text.message_type


def _is_url(url: str) -> bool:
    return not url or url.startswith(("http://", "https://"))


def _problem(error: VonageError) -> JSONResponse:
    kind = (
        f"{ERRORS}#{error.code}" if isinstance(error.code, int) else f"{ERRORS.removesuffix('/messages')}#{error.code}"
    )
    title = ERROR_TEXTS[error.code] if isinstance(error.code, int) else error.code.capitalize()
    content: dict[str, Any] = {"type": kind, "title": title, "detail": str(error), "instance": "simulated"}
    return JSONResponse(content, status_code=error.status, media_type="application/problem+json")
