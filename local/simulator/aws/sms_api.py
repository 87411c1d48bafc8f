"""What Counterline asks of AWS End User Messaging SMS: to send a text, and whether it answers at all.

https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
"""

import json
from collections.abc import Callable

import msgspec
from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.simulator.aws import signature as aws_signature
from local.simulator.behaviours import AWS_SMS_ERRORS
from local.simulator.config import AwsSmsConnection, SimulatorConfig
from local.simulator.network import Network
from local.simulator.phonebook import E164
from local.simulator.tasks import Tasks

MAX_BODY = 1600
MOST_CONTEXT = 5
LONGEST_CONTEXT = 800
TARGET = "PinpointSMSVoiceV2."


class AwsSmsError(Exception):
    """An answer that is a refusal. `kind`: the name of AWS's error; `reason`: one that it lists for that error."""

    def __init__(self, status: int, kind: str, reason: str = "") -> None:
        super().__init__(kind)
        self.status, self.kind, self.reason = status, kind, reason


class _SendTextMessage(Struct):
    """What is not here is taken and ignored."""

    recipient: str = field(name="DestinationPhoneNumber")
    sender: str = field(name="OriginationIdentity", default="")
    body: str = field(name="MessageBody", default="")
    context: dict[str, str] = field(name="Context", default_factory=dict)
    configuration_set: str = field(name="ConfigurationSetName", default="")


class AwsSmsApi:
    """The account's numbers, in one region."""

    def __init__(self, config: SimulatorConfig, network: Network, tasks: Tasks, clock: Callable[[], int]) -> None:
        self._config = config
        self._network = network
        self._tasks = tasks
        self._clock = clock

    def routes(self) -> list[Route]:
        return [Route("/", self._answer, methods=["POST"])]

    async def _answer(self, request: Request) -> Response:
        """One address for all operations; the header says which."""
        try:
            body = await request.body()
            if wrong := aws_signature.complaint(request.headers, body, "sms-voice", self._clock()):
                raise AwsSmsError(400, wrong)
            operation = request.headers.get("x-amz-target", "").removeprefix(TARGET)
            if operation == "DescribeAccountAttributes":
                return JSONResponse({"AccountAttributes": [{"Name": "ACCOUNT_TIER", "Value": "PRODUCTION"}]})
            if operation != "SendTextMessage":
                raise AwsSmsError(400, "UnknownOperationException")
            return await self._send(body)
        except AwsSmsError as error:
            content = {"__type": error.kind, "Message": error.kind} | ({"Reason": error.reason} if error.reason else {})
            return JSONResponse(content, status_code=error.status, media_type="application/x-amz-json-1.0")

    async def _send(self, body: bytes) -> Response:
        text, connection = self._checked(body)
        outcome = self._network.outcome(connection, text.recipient)
        message = None
        if outcome.accepted:
            message = self._network.accept(
                connection,
                to=text.recipient,
                sender=text.sender,
                body=text.body,
                callback_url=connection.topic_arn if text.configuration_set else "",
                client_ref=json.dumps(text.context),
                outcome=outcome,
            )
        if outcome.answers_late:
            await self._tasks.sleep(self._config.delays.timeout)
        if outcome.answer_code or message is None:
            raise AwsSmsError(outcome.answer_status, *AWS_SMS_ERRORS[outcome.answer_code])
        return JSONResponse({"MessageId": message.sid}, media_type="application/x-amz-json-1.0")

    def _checked(self, body: bytes) -> tuple[_SendTextMessage, AwsSmsConnection]:
        """Raises AwsSmsError."""
        try:
            text = msgspec.json.decode(body, type=_SendTextMessage)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise AwsSmsError(400, "ValidationException", "CANNOT_PARSE") from None
        values = text.context.values()
        complaints = (
            (not E164.fullmatch(text.recipient), "INVALID_PARAMETER"),
            (not text.body.strip() or len(text.body) > MAX_BODY, "FIELD_VALIDATION_FAILED"),
            (
                len(values) > MOST_CONTEXT or any(len(each) > LONGEST_CONTEXT for each in values),
                "FIELD_VALIDATION_FAILED",
            ),
        )
        for wrong, reason in complaints:
            if wrong:
                raise AwsSmsError(400, "ValidationException", reason)
        connection = self._config.connection_of(text.sender)
        if not isinstance(connection, AwsSmsConnection):
            raise AwsSmsError(400, "ResourceNotFoundException")
        return text, connection
