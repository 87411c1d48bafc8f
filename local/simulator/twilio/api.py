"""The part of Twilio's REST API that sends and looks up messages.

https://www.twilio.com/docs/messaging/api/message-resource
"""

import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.domain import segments
from local.simulator.basic_auth import basic_auth
from local.simulator.behaviours import ERROR_TEXTS
from local.simulator.config import SimulatorConfig, TwilioConnection
from local.simulator.network import Network
from local.simulator.records import Message
from local.simulator.state import State
from local.simulator.tasks import Tasks
from local.simulator.twilio.webhooks import API_VERSION

E164 = re.compile(r"\+[1-9]\d{6,14}")
MAX_BODY = 1600
DEFAULT_PAGE, MAX_PAGE = 50, 1000
DATE_FILTERS = ("DateSent", "DateSent<", "DateSent>")


class TwilioError(Exception):
    """An answer that is not a message."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(ERROR_TEXTS[code])
        self.status, self.code = status, code


Handler = Callable[[Request, TwilioConnection], Awaitable[Response]]


class TwilioApi:
    """Messages of the connections' accounts: create, list, get."""

    def __init__(self, config: SimulatorConfig, state: State, network: Network, tasks: Tasks) -> None:
        self._config = config
        self._state = state
        self._network = network
        self._tasks = tasks

    def routes(self) -> list[Route]:
        base = f"/{API_VERSION}/Accounts/{{account_sid}}/Messages"
        return [
            Route(f"{base}.json", self._guarded(self._create), methods=["POST"]),
            Route(f"{base}.json", self._guarded(self._list), methods=["GET"]),
            Route(f"{base}/{{sid}}.json", self._guarded(self._get), methods=["GET"]),
        ]

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Check the account's basic auth first, and turn errors into Twilio's shape."""

        async def handle(request: Request) -> Response:
            try:
                return await handler(request, self._authenticate(request))
            except TwilioError as error:
                return _error(error)

        return handle

    def _authenticate(self, request: Request) -> TwilioConnection:
        connection = self._config.twilio_account(request.path_params["account_sid"])
        user, token = basic_auth(request.headers.get("authorization", ""))
        if connection is None or user != connection.account_sid:
            raise TwilioError(401, 20003)
        if not hmac.compare_digest(token.encode(), connection.auth_token.encode()):
            raise TwilioError(401, 20003)
        return connection

    async def _create(self, request: Request, connection: TwilioConnection) -> Response:
        fields = parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
        form, media_urls = dict(fields), [value for name, value in fields if name == "MediaUrl"]
        to, sender, body, callback_url = self._checked(form, connection)
        outcome = self._network.outcome(connection, to)
        message = None
        if outcome.accepted:
            message = self._network.accept(
                connection,
                to=to,
                sender=sender,
                body=body,
                callback_url=callback_url,
                outcome=outcome,
                media_urls=media_urls,
            )
            answer = _resource(message)
        if outcome.answers_late:
            await self._tasks.sleep(self._config.delays.timeout)
        if outcome.answer_code or message is None:
            raise TwilioError(outcome.answer_status, outcome.answer_code)
        return JSONResponse(answer, status_code=201)

    def _checked(self, form: dict[str, str], connection: TwilioConnection) -> tuple[str, str, str, str]:
        """To, From, Body, StatusCallback; in the order in which Twilio complains."""
        to, sender = form.get("To", ""), form.get("From", "")
        body, callback_url = form.get("Body", ""), form.get("StatusCallback", "")
        owner = self._config.connection_of(sender)
        complaints = (
            (not to, 21604),
            (not sender, 21603),
            (not body and "MediaUrl" not in form, 21602),
            (not E164.fullmatch(to), 21211),
            (to == sender, 21266),
            (len(body) > MAX_BODY, 21617),
            (owner is None, 21606),
            (owner is not connection, 21660),
            (bool(callback_url) and not callback_url.startswith(("http://", "https://")), 21609),
        )
        for wrong, code in complaints:
            if wrong:
                raise TwilioError(400, code)
        return to, sender, body, callback_url

    async def _get(self, request: Request, connection: TwilioConnection) -> Response:
        message = self._state.messages.get(request.path_params["sid"])
        if message is None or message.account_sid != connection.account_sid:
            raise TwilioError(404, 20404)
        return JSONResponse(_resource(message))

    async def _list(self, request: Request, connection: TwilioConnection) -> Response:
        query = request.query_params
        size = max(1, min(_number(query.get("PageSize"), DEFAULT_PAGE), MAX_PAGE))
        page = max(0, _number(query.get("Page"), 0))
        dates = {name: _date_range(query[name]) for name in DATE_FILTERS if query.get(name)}
        found = [
            message
            for message in reversed(self._state.messages.values())
            if message.account_sid == connection.account_sid and _matches(message, dict(query), dates)
        ]
        start = page * size
        shown = found[start : start + size]
        return JSONResponse(
            {
                "messages": [_resource(message) for message in shown],
                "page": page,
                "page_size": size,
                "start": start,
                "end": start + max(len(shown) - 1, 0),
                "uri": _uri(request, page),
                "first_page_uri": _uri(request, 0),
                "next_page_uri": _uri(request, page + 1) if start + size < len(found) else None,
                "previous_page_uri": _uri(request, page - 1) if page else None,
            }
        )


def _matches(message: Message, query: dict[str, str], dates: dict[str, tuple[int, int]]) -> bool:
    sender, to = (message.phone, message.number) if message.from_phone else (message.number, message.phone)
    if query.get("From", sender) != sender or query.get("To", to) != to:
        return False
    # A message that is still queued has no date sent; its creation stands in, so that a look-up finds it.
    at = message.sent_at or message.at
    return all(_within(name, at, first, end) for name, (first, end) in dates.items())


def _within(name: str, at: int, first: int, end: int) -> bool:
    """Whether `at` fits the date filter of this name, whose value spans first to end."""
    if name == "DateSent<":
        return at < end
    return at >= first and (name == "DateSent>" or at < end)


def _date_range(text: str) -> tuple[int, int]:
    """The first millisecond of a day or second, and the first after it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise TwilioError(400, 20001) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    span = timedelta(days=1) if len(text) <= len("2026-01-31") else timedelta(seconds=1)
    return int(moment.timestamp() * 1000), int((moment + span).timestamp() * 1000)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _uri(request: Request, page: int) -> str:
    return f"{request.url.path[request.url.path.index('/' + API_VERSION) :]}?" + str(
        request.url.include_query_params(Page=page).query
    )


def _http_date(at: int | None) -> str | None:
    return format_datetime(datetime.fromtimestamp(at // 1000, UTC)) if at is not None else None


def _resource(message: Message) -> dict[str, Any]:
    uri = f"/{API_VERSION}/Accounts/{message.account_sid}/Messages/{message.sid}"
    inbound = message.from_phone
    return {
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _http_date(message.at),
        "date_sent": _http_date(message.sent_at),
        "date_updated": _http_date(message.updated_at),
        "direction": "inbound" if inbound else "outbound-api",
        "error_code": message.error_code or None,
        "error_message": ERROR_TEXTS[message.error_code] if message.error_code else None,
        "from": message.phone if inbound else message.number,
        "messaging_service_sid": None,
        "num_media": str(len(message.media_urls)),
        "num_segments": str(max(1, segments.count(message.body).segments)),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": "received" if inbound else message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.number if inbound else message.phone,
        "uri": f"{uri}.json",
    }


def _error(error: TwilioError) -> JSONResponse:
    body = {
        "code": error.code,
        "message": str(error),
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }
    return JSONResponse(body, status_code=error.status)
