"""What Counterline asks of SES (API v2): to send a raw mail, and whether it answers at all.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

import re
from collections.abc import Awaitable, Callable

import msgspec
from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chalicelib.channels.email import read_mail
from local.simulator.aws import signature as aws_signature
from local.simulator.config import SesConnection, SimulatorConfig
from local.simulator.mail.network import MailNetwork
from local.simulator.tasks import Tasks

MOST_BYTES = 40 * 1024 * 1024
"""Of a raw mail, encoded attachments included."""
MOST_RECIPIENTS = 50
TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Name and value of a tag: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html"""
TEXTS = {
    "MessageRejected": "The message was rejected.",
    "TooManyRequestsException": "Too many requests have been made to the operation.",
    "InternalFailure": "The request processing has failed because of an unknown error.",
    "MissingAuthenticationTokenException": "Missing Authentication Token",
    "IncompleteSignatureException": "The request signature does not conform to AWS standards.",
    "InvalidSignatureException": "The request signature is not one that this service takes.",
}


class SesError(Exception):
    """An answer that is a refusal. `kind`: the name of AWS's error."""

    def __init__(self, status: int, kind: str, message: str = "") -> None:
        super().__init__(message or TEXTS[kind])
        self.status, self.kind = status, kind


class _Raw(Struct):
    data: bytes = field(name="Data")


class _Content(Struct):
    raw: _Raw | None = field(name="Raw", default=None)


class _Destination(Struct):
    to: list[str] = field(name="ToAddresses", default_factory=list)
    cc: list[str] = field(name="CcAddresses", default_factory=list)
    bcc: list[str] = field(name="BccAddresses", default_factory=list)


class _Tag(Struct):
    name: str = field(name="Name")
    value: str = field(name="Value")


class _SendEmail(Struct):
    """What is not here is taken and ignored."""

    content: _Content = field(name="Content")
    destination: _Destination = field(name="Destination", default_factory=_Destination)
    sender: str = field(name="FromEmailAddress", default="")
    tags: list[_Tag] = field(name="EmailTags", default_factory=list)
    configuration_set: str = field(name="ConfigurationSetName", default="")


Handler = Callable[[Request, bytes, SesConnection], Awaitable[Response]]


class SesApi:
    """The account's SES, in one region."""

    def __init__(self, config: SimulatorConfig, network: MailNetwork, tasks: Tasks, clock: Callable[[], int]) -> None:
        self._config = config
        self._network = network
        self._tasks = tasks
        self._clock = clock

    def routes(self) -> list[Route]:
        return [
            Route("/v2/email/outbound-emails", self._guarded(self._send), methods=["POST"]),
            Route("/v2/email/account", self._guarded(self._account), methods=["GET"]),
        ]

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Look at the signature first, and turn errors into the shape of AWS's REST APIs with JSON."""

        async def handle(request: Request) -> Response:
            try:
                body = await request.body()
                if wrong := aws_signature.complaint(request.headers, body, "ses", self._clock()):
                    raise SesError(403, wrong)
                if self._config.ses is None:
                    raise SesError(400, "AccountSuspendedException", "This installation has no mail.")
                return await handler(request, body, self._config.ses)
            except SesError as error:
                headers = {"x-amzn-ErrorType": error.kind}
                return JSONResponse({"message": str(error)}, status_code=error.status, headers=headers)

        return handle

    async def _account(self, request: Request, body: bytes, ses: SesConnection) -> Response:
        return JSONResponse({"SendingEnabled": True, "ProductionAccessEnabled": True, "EnforcementStatus": "HEALTHY"})

    async def _send(self, request: Request, body: bytes, ses: SesConnection) -> Response:
        wanted = _parsed(body)
        assert wanted.content.raw is not None
        raw = wanted.content.raw.data
        [to] = self._checked(wanted, raw, ses)
        outcome = self._network.outcome(to)
        mail = None
        if outcome.accepted:
            tags = {tag.name: [tag.value] for tag in wanted.tags}
            mail = self._network.accept(raw, to=to, tags=tags, configuration_set=wanted.configuration_set)
        if outcome.answers_late:
            await self._tasks.sleep(self._config.delays.timeout)
        if outcome.error or mail is None:
            raise SesError(outcome.answer_status, outcome.error)
        return JSONResponse({"MessageId": mail.id})

    def _checked(self, wanted: _SendEmail, raw: bytes, ses: SesConnection) -> list[str]:
        """The recipient. Raises SesError."""
        read = read_mail(raw)
        recipients = [*wanted.destination.to, *wanted.destination.cc, *wanted.destination.bcc]
        senders = [each.address for each in read.from_] or [wanted.sender]
        unverified = [each for each in senders if each.rpartition("@")[2].lower() not in ses.domains]
        failed = f"The following identities failed the check in region {ses.region.upper()}: {', '.join(unverified)}"
        taken = not ses.configuration_set or wanted.configuration_set in ("", ses.configuration_set)
        complaints = (
            (len(raw) > MOST_BYTES, 400, "BadRequestException", "Message length is more than 41943040 bytes long."),
            (not recipients, 400, "BadRequestException", "Missing final destination."),
            (len(recipients) > 1, 400, "BadRequestException", "The simulator takes one recipient at a time."),
            (not taken, 404, "NotFoundException", f"Configuration set <{wanted.configuration_set}> does not exist."),
            (
                not all(TAG.fullmatch(tag.name) and TAG.fullmatch(tag.value) for tag in wanted.tags),
                400,
                "BadRequestException",
                "Tag names and values have letters, digits, underscores and dashes only, at most 256.",
            ),
            (bool(unverified), 400, "MessageRejected", f"Email address is not verified. {failed}"),
        )
        for wrong, status, kind, message in complaints:
            if wrong:
                raise SesError(status, kind, message)
        return recipients


def _parsed(body: bytes) -> _SendEmail:
    try:
        wanted = msgspec.json.decode(body, type=_SendEmail)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise SesError(400, "BadRequestException", "The request is no SendEmail.") from None
    if wanted.content.raw is None:
        raise SesError(400, "BadRequestException", "The simulator takes raw mail only.")
    return wanted
