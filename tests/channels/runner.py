"""What every channel must do with what comes in and goes out. A channel's own test file is two tables.

The tables name fixtures and expectations; bad signatures, tampering, time-outs, throttling, errors of the
provider, and secrets in logs are checked here for all of them.
"""

import logging
import random
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event
from chalicelib.domain.messages import GRACE, LEASE, FailureReason, MessageRef
from chalicelib.usecases.ports import (
    HttpResponse,
    LooksUp,
    LookupUnclear,
    MessageChannel,
    NoAnswer,
    NotConnected,
    OutgoingPicture,
    OutgoingText,
    SendError,
    SendUnclear,
    Sent,
    TextSearch,
    Trace,
    WebhookRequest,
)
from tests.fakes.http import Exchange, FakeHttp, Request
from tests.support.signed_webhooks import FUZZ, SignedWebhooks, mutated

NOW = 1_795_300_000_000
REF = MessageRef("01KAEGB4ZZ0000000000000001", "01KAEGB4ZZ0000000000000002", 1)
TEXT = OutgoingText(
    sender=Address("+15550001000"),
    recipient=Address("+15557654321"),
    body="It's ready – come by & bring this: 50% ünïcödé 👍",
    callback_url="https://shop.example/webhooks/x/c1/status/signed-reference",
)
AMERICAN, CANADIAN, AUSTRALIAN, GERMAN = "+12065550123", "+14165550123", "+61491570156", "+4915112345678"
PICTURE = OutgoingPicture(
    url="https://files.example/conversations/c/p/picture?X-Amz-Expires=21600&X-Amz-Signature=ab%2F",
    content_type="image/jpeg",
    size=700_000,
)


def with_pictures(sender: str, recipient: str, count: int = 1, **changed: object) -> OutgoingText:
    """TEXT, with so many pictures, between these."""
    ends = {"sender": Address(sender), "recipient": Address(recipient), "pictures": (PICTURE,) * count}
    return replace(TEXT, **{**ends, **changed})


SEARCH = TextSearch(sender=TEXT.sender, recipient=TEXT.recipient, body=TEXT.body, since=NOW, until=NOW + 90_000)


class Incoming(Struct, frozen=True):
    """A fixture and what it means. `expected`: the events, or the error that parsing raises."""

    fixture: str
    expected: list[Event] | type[Exception]
    status: bool = False
    """It comes in at the address for delivery reports."""

    @property
    def name(self) -> str:
        return self.fixture


class Outgoing(Struct, frozen=True):
    """The provider's answer to TEXT, and what it comes to."""

    name: str
    answer: HttpResponse | Exception
    outcome: Sent | SendUnclear | SendError


class LookedUp(Struct, frozen=True):
    """What the provider answers to SEARCH, page by page, and what it comes to."""

    name: str
    answers: list[HttpResponse | Exception]
    outcome: list[Trace] | LookupUnclear


class ChannelContract(SignedWebhooks):
    """Subclass per channel; set the attributes, write `signed` and `assert_request`."""

    make: ClassVar[Callable[[], MessageChannel]]
    fixtures: ClassVar[Path]
    url: ClassVar[str]
    content_type: ClassVar[str]
    signs_the_address: ClassVar[bool] = True
    """Otherwise a report must carry, in its signed body, which address it is for."""
    send_url: ClassVar[str]
    ask_url: ClassVar[str]
    """What `is_up` reads."""
    other_accounts = ("", "AC00000000000000000000000000000000")
    accepted: ClassVar[HttpResponse]
    incoming: ClassVar[list[Incoming]]
    outgoing: ClassVar[list[Outgoing]]

    def signed(self, url: str, body: bytes) -> dict[str, str]:
        """The headers with which the provider signs, made independently of the adapter."""
        raise NotImplementedError

    def assert_request(self, request: Request) -> None:
        """The one request that hands over TEXT is as the provider wants it."""
        raise NotImplementedError

    # --- what comes in ---------------------------------------------------------------------------------------

    def test_reads_what_the_provider_sends(self, incoming_row: Incoming) -> None:
        channel, request = self.make(), self.request(incoming_row)
        channel.verify(request, self.connection, self.secrets)
        if isinstance(incoming_row.expected, list):
            assert self.events(channel, request, incoming_row) == incoming_row.expected
        else:
            with pytest.raises(incoming_row.expected):
                self.events(channel, request, incoming_row)

    def test_refuses_the_signature_of_another_address(self, incoming_row: Incoming) -> None:
        """Where the provider signs none, what it says of a message of ours is bound to that message's address."""
        elsewhere = replace(self.request(incoming_row), url=f"{self.url}x")
        if self.signs_the_address:
            self.assert_refused(elsewhere)
        elif incoming_row.status and isinstance(incoming_row.expected, list):
            with pytest.raises(BadSignature):
                self.events(self.make(), elsewhere, incoming_row)
        else:
            self.make().verify(elsewhere, self.connection, self.secrets)

    def test_refuses_a_signature_made_with_a_blank_secret(self) -> None:
        class Blank(type(self)):  # type: ignore[misc]  # the same provider, its secret never filled in
            secrets = dict.fromkeys(self.secrets, "")

        request = Blank().request(self.incoming[0])
        with pytest.raises(BadSignature):
            self.make().verify(request, self.connection, Blank.secrets)

    def test_tampered_bodies_are_refused_or_mean_the_same(self) -> None:
        chance, same = random.Random(2), 0
        for _ in range(FUZZ):
            row = chance.choice([row for row in self.incoming if isinstance(row.expected, list)])
            request = self.request(row)
            tampered = replace(request, body=mutated(request.body, chance))
            try:
                self.make().verify(tampered, self.connection, self.secrets)
            except BadSignature:
                continue
            assert self.events(self.make(), tampered, row) == row.expected
            same += 1
        assert same < FUZZ / 10

    def test_signed_nonsense_raises_nothing_but_refusals(self) -> None:
        chance = random.Random(3)
        for _ in range(FUZZ):
            row = chance.choice(self.incoming)
            body = mutated(self.body(row), chance)
            try:
                request = WebhookRequest(method="POST", url=self.url, headers=self.signed(self.url, body), body=body)
                self.make().verify(request, self.connection, self.secrets)
                self.events(self.make(), request, row)
            except (BadSignature, InvalidInput):
                pass

    # --- what goes out ---------------------------------------------------------------------------------------

    def test_understands_the_answer(self, outgoing_row: Outgoing) -> None:
        assert_same(self.sending(outgoing_row.answer), outgoing_row.outcome)

    def test_hands_the_text_over_in_one_request(self) -> None:
        http = FakeHttp(Exchange("POST", self.send_url, self.accepted))
        self.make().send(TEXT, self.connection, self.secrets, http)
        http.assert_all_used()
        assert len(http.requests) == 1
        assert 0 < http.requests[0].timeout <= 10
        self.assert_request(http.requests[0])

    @pytest.mark.parametrize("body", [b"", b"throttled", b"{}"])
    def test_throttled_is_worth_another_try(self, body: bytes) -> None:
        outcome = self.sending(HttpResponse(429, body))
        assert isinstance(outcome, SendError)
        assert (outcome.retryable, outcome.trouble) == (True, Trouble.BUSY)

    def test_not_connected_is_worth_another_try(self) -> None:
        outcome = self.sending(NotConnected())
        assert isinstance(outcome, SendError)
        assert (outcome.retryable, outcome.trouble) == (True, Trouble.DOWN)

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_failing_provider_may_have_taken_it(self, status: int) -> None:
        assert isinstance(self.sending(HttpResponse(status, b"{}")), SendUnclear)

    def test_a_time_out_may_have_sent_it(self) -> None:
        assert isinstance(self.sending(NoAnswer()), SendUnclear)

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[]", b"null", b'{"sid":7}', b'"\xff"', b"[" * 100_000])
    def test_a_garbled_success_may_have_sent_it(self, body: bytes) -> None:
        assert isinstance(self.sending(HttpResponse(201, body)), SendUnclear)

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[]", b'"\xff"', b"[" * 100_000])
    def test_a_garbled_refusal_is_still_a_refusal(self, body: bytes) -> None:
        outcome = self.sending(HttpResponse(400, body))
        assert isinstance(outcome, SendError)
        assert (outcome.reason, outcome.retryable, outcome.trouble) == (FailureReason.REJECTED, False, None)

    def test_redirects_mean_nothing_certain(self) -> None:
        assert isinstance(self.sending(HttpResponse(302, b"")), SendUnclear)

    def test_without_a_secret_nothing_is_sent(self) -> None:
        for secrets in ({}, dict.fromkeys(self.secrets, " ")):
            with pytest.raises(SendError) as refused:
                self.make().send(TEXT, self.connection, secrets, FakeHttp())
            assert (refused.value.reason, refused.value.retryable) == (FailureReason.ACCOUNT_PROBLEM, False)

    @pytest.mark.parametrize(
        ("answer", "up"),
        [
            (HttpResponse(200, b"{}"), True),
            (HttpResponse(401, b""), True),
            (HttpResponse(429, b""), True),
            (HttpResponse(500, b""), False),
            (HttpResponse(503, b"<html>"), False),
            (NoAnswer(), False),
            (NotConnected(), False),
        ],
    )
    def test_is_up_when_it_answers_a_question_that_changes_nothing(
        self, answer: HttpResponse | Exception, up: bool
    ) -> None:
        http = FakeHttp(Exchange("GET", self.ask_url, answer))
        assert self.make().is_up(self.connection, self.secrets, http) is up
        assert 0 < http.requests[0].timeout <= 10
        assert http.requests[0].body == b""

    def test_nothing_private_is_logged_or_raised(
        self, outgoing_row: Outgoing, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level(logging.DEBUG)
        outcome = self.sending(outgoing_row.answer)
        said = "".join(traceback.format_exception(outcome)) if isinstance(outcome, Exception) else repr(outcome)
        written = said + caplog.text + "".join(capfd.readouterr())
        for private in (*self.secrets.values(), TEXT.recipient, TEXT.sender, TEXT.body, "signed-reference"):
            assert private not in written

    # --- how -------------------------------------------------------------------------------------------------

    def body(self, row: Incoming) -> bytes:
        """A fixture file; line ends are for the reader and are not part of it."""
        files = list(self.fixtures.glob(f"{row.fixture}.*"))
        assert len(files) == 1, f"no such fixture: {row.fixture}"
        return files[0].read_bytes().replace(b"\n", b"")

    def request(self, row: Incoming) -> WebhookRequest:
        body = self.body(row)
        headers = {"content-type": self.content_type, **self.signed(self.url, body)}
        return WebhookRequest(method="POST", url=self.url, headers=headers, body=body)

    def events(self, channel: MessageChannel, request: WebhookRequest, row: Incoming) -> list[Event]:
        if row.status:
            return channel.parse_status(request, self.connection, REF)
        return channel.parse(request, self.connection, NOW)

    def sending(self, answer: HttpResponse | Exception) -> Sent | SendUnclear | SendError:
        http = FakeHttp(Exchange("POST", self.send_url, answer))
        try:
            return self.make().send(TEXT, self.connection, self.secrets, http)
        except (SendUnclear, SendError) as error:
            return error
        finally:
            http.assert_all_used()


class LookUpContract(ChannelContract):
    """In the place of `ChannelContract` for a provider that can be asked what it has taken (`LooksUp`)."""

    lookups: ClassVar[list[LookedUp]]

    def test_understands_what_the_provider_has(self, lookup_row: LookedUp) -> None:
        outcome = self.looking(*lookup_row.answers)
        if isinstance(lookup_row.outcome, LookupUnclear):
            assert isinstance(outcome, LookupUnclear)
            assert outcome.silent == lookup_row.outcome.silent
        else:
            assert outcome == lookup_row.outcome

    def test_the_grace_is_longer_than_the_provider_needs_twice(self) -> None:
        channel = self.make()
        assert isinstance(channel, LooksUp)
        assert max(LEASE, 2 * channel.lookup_lag) < GRACE

    @pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 429, 500, 503])
    def test_a_look_up_that_is_refused_says_nothing(self, status: int) -> None:
        outcome = self.looking(HttpResponse(status, b"{}"))
        assert isinstance(outcome, LookupUnclear)
        assert outcome.silent

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"{}", b"[]", b"null", b'"\xff"', b"[" * 100_000])
    def test_a_garbled_look_up_says_nothing(self, body: bytes) -> None:
        assert isinstance(self.looking(HttpResponse(200, body)), LookupUnclear)

    def test_mutated_answers_to_a_look_up_raise_nothing_but_doubt(self) -> None:
        chance = random.Random(4)
        whole = [row for row in self.lookups if not isinstance(row.answers[0], Exception)]
        for _ in range(FUZZ):
            answers = [
                HttpResponse(answer.status, mutated(answer.body, chance))
                for answer in chance.choice(whole).answers
                if isinstance(answer, HttpResponse)
            ]
            self.looking(*answers, *answers)

    def test_without_a_secret_nobody_is_asked(self) -> None:
        for secrets in ({}, dict.fromkeys(self.secrets, " ")):
            with pytest.raises(LookupUnclear):
                self.lookup_channel().find(SEARCH, self.connection, secrets, FakeHttp())

    def test_nothing_private_is_said_of_a_look_up(self, lookup_row: LookedUp) -> None:
        outcome = self.looking(*lookup_row.answers)
        said = "".join(traceback.format_exception(outcome)) if isinstance(outcome, Exception) else repr(outcome)
        for private in (*self.secrets.values(), SEARCH.recipient, SEARCH.sender, SEARCH.body):
            assert private not in said

    def lookup_channel(self) -> LooksUp:
        channel = self.make()
        assert isinstance(channel, LooksUp)
        return channel

    def looking(self, *answers: HttpResponse | Exception) -> Sequence[Trace] | LookupUnclear:
        http = Pages(answers)
        try:
            return self.lookup_channel().find(SEARCH, self.connection, self.secrets, http)
        except LookupUnclear as error:
            return error


class Pages:
    """Answers one after the other, whatever is asked; the last again and again. Keeps the addresses."""

    def __init__(self, answers: Sequence[HttpResponse | Exception]) -> None:
        self._answers = list(answers)
        self.urls: list[str] = []

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        assert (method, body) == ("GET", b"")
        assert 0 < timeout <= 5
        self.urls.append(url)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def assert_same(outcome: Sent | SendUnclear | SendError, expected: Sent | SendUnclear | SendError) -> None:
    assert type(outcome) is type(expected)
    if isinstance(outcome, SendError) and isinstance(expected, SendError):
        found = (outcome.reason, outcome.retryable, outcome.provider_code, outcome.trouble)
        assert found == (expected.reason, expected.retryable, expected.provider_code, expected.trouble)
    elif isinstance(outcome, Sent):
        assert outcome == expected
