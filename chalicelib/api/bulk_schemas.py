"""What goes over HTTP about bulk texts (L13)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.bulk import MOST, Audience, BulkState, PausedBy, Unsent

from .schemas import Input


class StartBulk(Input, kw_only=True):
    """`text`: with tokens. `ids`: of orders, or of contacts' conversations, as `to` says. Each counts once, and so does
    a number."""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    ids: Annotated[list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(min_length=1, max_length=MOST)]
    to: Audience = Audience.ORDERS


class BulkView(Struct, kw_only=True):
    """How far a bulk is. `due_at`: when it goes on; later than now while customers sleep."""

    id: str
    text: str
    to: Audience
    state: BulkState
    paused_by: PausedBy | None
    sender_name: str
    total: int
    sent: int
    unsent: int
    parts: int
    made_at: int
    due_at: int


class BulkList(Struct, kw_only=True):
    rows: list[BulkView]


class BulkResult(Struct, kw_only=True):
    """`settled`: False while it is still to come. Without a customer's name (it may be empty), it is not, or no more,
    the store's. `order_number`: of an order alone."""

    id: str
    order_number: str | None
    customer_name: str | None
    settled: bool
    conversation_id: str | None
    message_id: str | None
    unsent: Unsent | None


class BulkPart(Struct, kw_only=True):
    rows: list[BulkResult]
