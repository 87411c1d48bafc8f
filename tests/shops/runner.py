"""What every shop platform must do with what comes in. A platform's own test file is one table.

Bad signatures, tampering, other shops, nonsense and secrets in errors are checked here for all of them.
"""

import random
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event
from chalicelib.usecases.ports import Shop, WebhookRequest
from tests.support.signed_webhooks import FUZZ, SignedWebhooks, mutated

NOW = 1_795_300_000_000


class Incoming(Struct, frozen=True):
    """A fixture with its headers, and what it means: the events, or the error that parsing raises."""

    fixture: str
    headers: dict[str, str]
    expected: list[Event] | type[Exception]
    variant: str = ""
    """Tells rows of the same fixture apart."""
    replaced: dict[str, str] = field(default_factory=dict)
    """Pieces of the fixture to put others for."""

    @property
    def name(self) -> str:
        return f"{self.fixture} {self.variant}".strip()


class ShopContract(SignedWebhooks):
    """Subclass per platform; set the attributes and write `signed`."""

    make: ClassVar[Callable[[], Shop]]
    fixtures: ClassVar[Path]
    other_accounts = ("", "another-shop.example")
    incoming: ClassVar[list[Incoming]]

    def signed(self, body: bytes, secret: str) -> str:
        """The signature as the platform makes it, made independently of the adapter."""
        raise NotImplementedError

    def test_reads_what_the_platform_sends(self, incoming_row: Incoming) -> None:
        shop, request = self.make(), self.request(incoming_row)
        shop.verify(request, self.connection, self.secrets)
        if isinstance(incoming_row.expected, list):
            assert shop.parse(request, self.connection, NOW) == incoming_row.expected
        else:
            with pytest.raises(incoming_row.expected) as refused:
                shop.parse(request, self.connection, NOW)
            self.assert_nothing_private(refused.value)

    def test_refuses_a_signature_made_with_a_blank_secret(self, incoming_row: Incoming) -> None:
        request = self.with_signature(self.request(incoming_row), self.signed(self.body(incoming_row), ""))
        with pytest.raises(BadSignature):
            self.make().verify(request, self.connection, dict.fromkeys(self.secrets, ""))

    def test_tampered_bodies_are_never_accepted(self) -> None:
        chance = random.Random(2)
        requests = [self.request(row) for row in self.incoming]
        for _ in range(FUZZ):
            request = chance.choice(requests)
            body = mutated(request.body, chance)
            if body != request.body:
                self.assert_refused(replace(request, body=body))

    def test_signed_nonsense_raises_nothing_but_refusals(self) -> None:
        chance = random.Random(3)
        for _ in range(FUZZ):
            request = self.request(chance.choice(self.incoming))
            body = mutated(request.body, chance)
            signature = self.signed(body, next(iter(self.secrets.values())))
            request = self.with_signature(replace(request, body=body), signature)
            self.make().verify(request, self.connection, self.secrets)
            try:
                self.make().parse(request, self.connection, NOW)
            except InvalidInput as refused:
                self.assert_nothing_private(refused)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"null",
            b"[]",
            b'"\xff"',
            b"[" * 100_000,
            b'{"id":' * 50_000,
            b'{"x":' + b"[" * 100_000,
            b"\xef\xbb\xbf{}",
        ],
    )
    def test_hostile_bodies_are_invalid_input(self, body: bytes) -> None:
        row = next(row for row in self.incoming if isinstance(row.expected, list))
        with pytest.raises(InvalidInput):
            self.make().parse(replace(self.request(row), body=body), self.connection, NOW)

    # --- how -------------------------------------------------------------------------------------------------

    def body(self, row: Incoming) -> bytes:
        text = (self.fixtures / f"{row.fixture}.json").read_text("utf-8")
        for old, new in row.replaced.items():
            assert text.count(old) >= 1, f"{row.fixture} has no {old}"
            text = text.replace(old, new)
        return text.encode("utf-8")

    def request(self, row: Incoming) -> WebhookRequest:
        body = self.body(row)
        signature = self.signed(body, next(iter(self.secrets.values())))
        headers = {"content-type": "application/json", **row.headers, self.signature_header: signature}
        return WebhookRequest(method="POST", url="https://shop.example/webhooks/x/c1", headers=headers, body=body)

    def assert_nothing_private(self, error: Exception) -> None:
        said = "".join(traceback.format_exception(error)) + repr(getattr(error, "details", ""))
        for private in (*self.secrets.values(), "+15557654321", "jo@example.com", "Mitchell"):
            assert private not in said
