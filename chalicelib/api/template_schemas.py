"""What goes over HTTP about templates and quick replies: as schemas.py."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.domain.automatic_texts import NotSent
from chalicelib.domain.messages import BODY_LIMIT, MessageStatus
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.segments import Encoding
from chalicelib.domain.template_tokens import ProblemKind
from chalicelib.domain.templates import FOLLOW_UP_DAYS, LONGEST_DELAY, LONGEST_NAME, Audience, TemplateKind

from .schemas import Input

Text = Annotated[str, Meta(max_length=BODY_LIMIT)]
Language = Annotated[str, Meta(min_length=2, max_length=2, pattern="^[a-z]{2}$")]


class StoreTemplate(Struct, kw_only=True):
    """`name` is empty for standard ones, whose `id` is the event. `edited`: it is no longer as it came."""

    id: str
    kind: TemplateKind
    audience: Audience
    """Whom it texts (L15)."""
    name: str
    texts: dict[str, str]
    active: bool
    transactional: bool
    delay_days: int
    """Of the follow-up: after how many days it goes out; of others it says nothing."""
    edited: bool
    revision: int


class StoreTemplateList(Struct, kw_only=True):
    rows: list[StoreTemplate]
    tokens: list[str]
    languages: list[str]
    automatic: bool
    """Whether events of orders text this store's customers at all."""
    merchant_told: bool
    """Whether the merchant's own phone is set up, so that its templates go out."""
    language: str
    """The store's."""


class SaveTemplate(Input):
    """`revision`: the one that was seen; 0 makes it. `name`: null of standard ones."""

    kind: TemplateKind
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)] | None
    texts: Annotated[dict[Language, Text], Meta(min_length=1)]
    revision: Annotated[int, Meta(ge=0, le=10**9)]
    active: bool = True
    transactional: bool = True
    delay_days: Annotated[int, Meta(ge=1, le=LONGEST_DELAY)] = FOLLOW_UP_DAYS
    """Of the follow-up (X22); of others it is not read."""


class PreviewTemplate(Input):
    text: Annotated[str, Meta(min_length=1, max_length=BODY_LIMIT)]
    language: Language = "en"


class ProblemView(Struct, kw_only=True):
    kind: ProblemKind
    start: int
    end: int
    name: str
    nearest: str | None


class TemplatePreview(Struct, kw_only=True):
    text: str
    missing: list[str]
    problems: list[ProblemView]
    segments: int
    encoding: Encoding
    order_number: str | None
    """Whose data it shows; absent where the store has no order."""


class ReadyText(Struct, kw_only=True):
    """A template filled in; what is `missing` stands in the text as its token."""

    id: str
    kind: TemplateKind
    name: str
    language: str
    text: str
    missing: list[str]


class AutomaticTextView(Struct, kw_only=True):
    """What became of the text of an order's event."""

    event: OrderEvent
    made_at: int
    due_at: int
    """When it is tried next, while it waits: night may put it off."""
    settled_at: int | None
    """When it was sent, or found not to be."""
    state: Literal["waiting", "sent", "not_sent"]
    """`sent`: handed to the queue; how it fares from there is in its conversation and in `status`."""
    not_sent: NotSent | None
    conversation_id: str | None
    status: MessageStatus | None
    failure: str | None
    """For people, where it failed."""


class AutomaticTextList(Struct, kw_only=True):
    rows: list[AutomaticTextView]
    automatic: bool
    """Whether events of orders text this store's customers at all."""


class ReadyTextList(Struct, kw_only=True):
    rows: list[ReadyText]
