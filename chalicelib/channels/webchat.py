"""Web chat: our own page, so there is no provider. A message that was claimed is stored, and stored is sent.

`read` follows when the customer's page has shown it (usecases/read_chat.py). Nothing comes in by webhook.
"""

from chalicelib.domain.errors import BadSignature
from chalicelib.domain.events import Event
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import MessageRef
from chalicelib.usecases.ports import Http, OutgoingText, Sent, WebhookReply, WebhookRequest


class WebChat:
    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Nobody signs anything for it: whatever comes to such an address is refused."""
        raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        return []

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        return []

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Without an id: there is nobody who could ask for it."""
        return Sent("")

    def carries(self, text: OutgoingText) -> bool:
        """The page asks for them as it does for the words."""
        return True

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        return True
