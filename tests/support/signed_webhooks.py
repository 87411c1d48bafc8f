"""What every sender of signed webhooks must do with forgeries, whoever the provider or the shop platform is."""

import random
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import BadSignature
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.ports import WebhookRequest

FUZZ = 2_000


class SignedWebhooks:
    """The runners of channels and shops build on it and write `request`: the signed request of a row of a table."""

    make: ClassVar[Callable[[], Any]]
    """The adapter, which has `verify`."""
    connection: ClassVar[Connection]
    secrets: ClassVar[dict[str, str]]
    signature_header: ClassVar[str]
    incoming: ClassVar[Sequence[Any]]
    other_accounts: ClassVar[tuple[str, ...]]
    """None of them is the connection's."""

    def request(self, row: Any) -> WebhookRequest:
        raise NotImplementedError

    @pytest.mark.parametrize(
        "given", [None, "", " ", "nonsense", "ünïcödé", "=" * 28, "=" * 44, "A" * 100_000, "\ud800"]
    )
    def test_refuses_what_is_no_signature(self, incoming_row: Any, given: str | None) -> None:
        self.assert_refused(self.with_signature(self.request(incoming_row), given))

    def test_refuses_signatures_that_are_nearly_right(self, incoming_row: Any) -> None:
        request = self.request(incoming_row)
        true = request.headers[self.signature_header]
        nearly = (f"{true},{true}", f"{true} {true}", f" {true}", f"{true}\n", f"{true}=", true[:-1], true.swapcase())
        for given in nearly:
            self.assert_refused(self.with_signature(request, given))

    def test_refuses_without_the_right_secret(self, incoming_row: Any) -> None:
        wrong = [{}, *(dict.fromkeys(self.secrets, value) for value in ("", "   ", "another-secret"))]
        for secrets in wrong:
            with pytest.raises(BadSignature):
                self.make().verify(self.request(incoming_row), self.connection, secrets)

    def test_refuses_the_webhook_of_another_account(self, incoming_row: Any) -> None:
        for account in self.other_accounts:
            with pytest.raises(BadSignature):
                self.make().verify(self.request(incoming_row), replace(self.connection, account=account), self.secrets)

    def test_forged_signatures_are_never_accepted(self) -> None:
        chance = random.Random(1)
        requests = [self.request(row) for row in self.incoming]
        for _ in range(FUZZ):
            request = chance.choice(requests)
            true = request.headers[self.signature_header]
            forged = mutated(true.encode(), chance).decode("latin-1")
            if forged != true:
                self.assert_refused(self.with_signature(request, forged))

    def with_signature(self, request: WebhookRequest, given: str | None) -> WebhookRequest:
        headers = {name: value for name, value in request.headers.items() if name != self.signature_header}
        return replace(request, headers=headers if given is None else {**headers, self.signature_header: given})

    def assert_refused(self, request: WebhookRequest) -> None:
        with pytest.raises(BadSignature):
            self.make().verify(request, self.connection, self.secrets)


def mutated(original: bytes, chance: random.Random) -> bytes:
    """The same with one to three bytes or pieces changed, dropped, doubled or moved."""
    data = bytearray(original)
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 8)
        piece = data[at : at + length]
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = piece
            case 3:
                del data[at : at + length]
                to = chance.randrange(len(data) + 1)
                data[to:to] = piece
            case _:
                data[at:at] = chance.choice((b"&", b"=", b"%", b"%00", b"\xff", b"+", b";", b"\xef\xbb\xbf", b"%C3"))
    return bytes(data)
