"""What Counterline asks of Meta's Graph API: to send a message at WhatsApp, and to name its account.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

import hmac
import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.simulator.behaviours import ERROR_TEXTS, Outcome
from local.simulator.config import MetaConnection, SimulatorConfig
from local.simulator.network import Network
from local.simulator.phonebook import E164
from local.simulator.state import State
from local.simulator.tasks import Tasks

MAX_BODY = 4096
MAX_REFERENCE = 512
WINDOW = 24 * 3_600_000
OUTSIDE_WINDOW = 131047
_PLACEHOLDER = re.compile(r"\{\{([0-9]+)\}\}")


class GraphError(Exception):
    """An answer that is not a message."""

    def __init__(self, status: int, code: int, detail: str = "") -> None:
        super().__init__(detail)
        self.status, self.code = status, code


Handler = Callable[[Request, MetaConnection], Awaitable[Response]]


class _Text(Struct):
    body: str


class _Language(Struct):
    code: str


class _Parameter(Struct):
    type: str
    text: str


class _Component(Struct):
    type: str
    parameters: list[_Parameter] = []


class _Template(Struct):
    name: str
    language: _Language
    components: list[_Component] = []


TYPES = ("text", "image", "template")


class _Image(Struct):
    link: str
    caption: str = ""


class _Message(Struct, kw_only=True):
    """What is not here is taken and ignored, as `recipient_type`."""

    messaging_product: str
    to: str = ""
    type: str = "text"
    text: _Text | None = None
    image: _Image | None = None
    template: _Template | None = None
    biz_opaque_callback_data: str = ""


class MetaApi:
    """Messages of the connections' numbers."""

    def __init__(
        self, config: SimulatorConfig, state: State, network: Network, tasks: Tasks, clock: Callable[[], int]
    ) -> None:
        self._config = config
        self._state = state
        self._network = network
        self._tasks = tasks
        self._clock = clock

    def routes(self) -> list[Route]:
        return [
            Route("/{version}/{number_id}/messages", self._guarded(self._create), methods=["POST"]),
            Route("/{version}/{id}", self._guarded(self._account), methods=["GET"]),
        ]

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Check the token first, and turn errors into the Graph API's shape."""

        async def handle(request: Request) -> Response:
            try:
                return await handler(request, self._authenticate(request))
            except GraphError as error:
                return _refusal(error)

        return handle

    def _authenticate(self, request: Request) -> MetaConnection:
        given = request.headers.get("authorization", "")
        for connection in self._config.meta_connections:
            if hmac.compare_digest(given.encode(), f"Bearer {connection.access_token}".encode()):
                return connection
        raise GraphError(401, 190)

    async def _account(self, request: Request, connection: MetaConnection) -> Response:
        if request.path_params["id"] != connection.account_id:
            raise GraphError(400, 100, "Object does not exist.")
        return JSONResponse({"id": connection.account_id})

    async def _create(self, request: Request, connection: MetaConnection) -> Response:
        sender = self._number(request.path_params["number_id"], connection)
        message = _checked(await request.body())
        to = f"+{message.to.removeprefix('+')}"
        body = _words(message, connection)
        outcome = self._windowed(message, to, sender, self._network.outcome(connection, to))
        taken = None
        if outcome.accepted:
            taken = self._network.accept(
                connection,
                to=to,
                sender=sender,
                body=body,
                callback_url=self._config.texts_url(connection),
                client_ref=message.biz_opaque_callback_data,
                outcome=outcome,
                media_urls=[message.image.link] if message.image else [],
            )
        if outcome.answers_late:
            await self._tasks.sleep(self._config.delays.timeout)
        if outcome.answer_code or taken is None:
            raise GraphError(outcome.answer_status, outcome.answer_code)
        contact = {"input": message.to, "wa_id": to.removeprefix("+")}
        messages = [{"id": taken.sid, "message_status": "accepted"}]
        return JSONResponse({"messaging_product": "whatsapp", "contacts": [contact], "messages": messages})

    def _number(self, number_id: str, connection: MetaConnection) -> str:
        for number, known in connection.number_ids.items():
            if known == number_id:
                return number
        raise GraphError(400, 100, "Object does not exist, or misses permissions.")

    def _windowed(self, message: _Message, to: str, sender: str, outcome: Outcome) -> Outcome:
        """As Meta does it: the message is taken, and a report says that the window is closed."""
        if message.template is not None or not outcome.accepted or self._is_open(to, sender):
            return outcome
        return replace(outcome, callback_code=OUTSIDE_WINDOW)

    def _is_open(self, phone: str, number: str) -> bool:
        written = [text.at for text in self._state.texts_of(phone) if text.from_phone and text.number == number]
        return bool(written) and self._clock() - max(written) < WINDOW


def _checked(body: bytes) -> _Message:
    try:
        message = msgspec.json.decode(body, type=_Message)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise GraphError(400, 100, "Incomplete, or no JSON.") from None
    complaints = (
        (message.messaging_product != "whatsapp", 100, "The messaging_product is whatsapp."),
        (message.type not in TYPES, 131051, "The simulator takes text, image and template."),
        (message.type == "image" and not message.image, 100, "There is no image."),
        (len(message.biz_opaque_callback_data) > MAX_REFERENCE, 100, "biz_opaque_callback_data is too long."),
        (not E164.fullmatch(f"+{message.to.removeprefix('+')}"), 131009, "The recipient is no phone number."),
    )
    for wrong, code, detail in complaints:
        if wrong:
            raise GraphError(400, code, detail)
    return message


def _words(message: _Message, connection: MetaConnection) -> str:
    """What the phone shows."""
    if message.type == "text":
        body = message.text.body if message.text else ""
        if not body or len(body) > MAX_BODY:
            raise GraphError(400, 100, f"A text has 1 to {MAX_BODY} characters.")
        return body
    if message.image is not None:
        return message.image.caption
    template = message.template
    if template is None:
        raise GraphError(400, 100, "There is no template.")
    body = connection.templates.get(f"{template.name} {template.language.code}", "")
    if not body:
        raise GraphError(404, 132001)
    values = [each.text for part in template.components if part.type == "body" for each in part.parameters]
    if len(values) != len(set(_PLACEHOLDER.findall(body))):
        raise GraphError(400, 132000)
    return _PLACEHOLDER.sub(lambda found: values[int(found[1]) - 1], body)


def _refusal(error: GraphError) -> JSONResponse:
    message = f"(#{error.code}) {ERROR_TEXTS[error.code]}"
    content: dict[str, Any] = {"message": message, "type": "OAuthException", "code": error.code}
    content |= {"error_data": {"messaging_product": "whatsapp", "details": str(error)}, "fbtrace_id": "simulated"}
    return JSONResponse({"error": content}, status_code=error.status)
