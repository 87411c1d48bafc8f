"""The items of the table as PynamoDB models. Private to this package.

Attributes are named like the domain's fields in Python and shortly in the table: an ordinary item must stay under
1 KB, the unit in which writes are billed. The models are declarations only; `table.py` talks to DynamoDB.
"""

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.models import Model


class Row(Model):
    """Any item; `Row.from_raw_data` gives the subclass."""

    type = DiscriminatorAttribute(attr_name="t")
    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    ttl = NumberAttribute(null=True)
    """Epoch seconds; garbage collection only, never truth."""
    g1p = UnicodeAttribute(null=True)
    g1s = UnicodeAttribute(null=True)
    g2p = UnicodeAttribute(null=True)
    g2s = UnicodeAttribute(null=True)


class ConversationRow(Row, discriminator="c"):
    id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    connection_id = UnicodeAttribute(attr_name="cn")
    customer_id = UnicodeAttribute(attr_name="cu")
    customer_name = UnicodeAttribute(attr_name="n")
    kind = UnicodeAttribute(attr_name="k")
    state = UnicodeAttribute(attr_name="s")
    channel = UnicodeAttribute(attr_name="ch")
    proxy = UnicodeAttribute(attr_name="px")
    customer_address = UnicodeAttribute(attr_name="a")
    consent_scope = UnicodeAttribute(attr_name="cs")
    order_id = UnicodeAttribute(attr_name="oi", null=True)
    order_number = UnicodeAttribute(attr_name="on", null=True)
    created_at = NumberAttribute(attr_name="ca")
    last_activity_at = NumberAttribute(attr_name="la")
    ended_at = NumberAttribute(attr_name="ea", null=True)
    ended_answered = BooleanAttribute(attr_name="ew")
    away_answered_at = NumberAttribute(attr_name="aa", null=True)
    handed_over = BooleanAttribute(attr_name="ho", null=True)
    opted_out = BooleanAttribute(attr_name="oo")
    unread = NumberAttribute(attr_name="u")
    last_message_id = UnicodeAttribute(attr_name="li")
    last_preview = UnicodeAttribute(attr_name="lp")
    last_direction = UnicodeAttribute(attr_name="ld", null=True)
    last_outbound_id = UnicodeAttribute(attr_name="lb", null=True)
    # Lists show these, and the index projects 20 attributes at most: they are called as what only orders have there.
    last_kind = UnicodeAttribute(attr_name="py", null=True)
    last_author_id = UnicodeAttribute(attr_name="x", null=True)
    last_author_name = UnicodeAttribute(attr_name="cy", null=True)
    outbound_trouble = UnicodeAttribute(attr_name="ff", null=True)
    # Negative: no request, but since when the customer waits (codec.waits_since). Never both: who was asked is silent.
    requested_at = NumberAttribute(attr_name="tt", null=True)
    free_until = NumberAttribute(attr_name="fu", null=True)
    assignee_id = UnicodeAttribute(attr_name="ua", null=True)
    links_from = NumberAttribute(attr_name="lf", null=True)
    associate_id = UnicodeAttribute(attr_name="ai", null=True)
    transfer_id = UnicodeAttribute(attr_name="tr", null=True)
    told_at = NumberAttribute(attr_name="ta", null=True)
    # Which address of ours it takes up, once more: called as what only orders have in the index, which projects 20.
    listed_proxy = UnicodeAttribute(attr_name="ci", null=True)


class AuditRow(Row, discriminator="g"):
    """Append-only: written under `attribute_not_exists`, never updated, never deleted."""

    id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    associate_id = UnicodeAttribute(attr_name="ai")
    act = UnicodeAttribute(attr_name="ac")
    conversation_id = UnicodeAttribute(attr_name="ci")
    at = NumberAttribute(attr_name="at")
    about_id = UnicodeAttribute(attr_name="ab", null=True)


class HandoverRow(Row, discriminator="e"):
    id = UnicodeAttribute(attr_name="i")
    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    kind = UnicodeAttribute(attr_name="k")
    at = NumberAttribute(attr_name="at")
    by_id = UnicodeAttribute(attr_name="bi", null=True)
    by_name = UnicodeAttribute(attr_name="bn", null=True)
    to_id = UnicodeAttribute(attr_name="ti", null=True)
    to_name = UnicodeAttribute(attr_name="tn", null=True)
    from_id = UnicodeAttribute(attr_name="fi", null=True)
    from_name = UnicodeAttribute(attr_name="fn", null=True)


class MessageRow(Row, discriminator="m"):
    id = UnicodeAttribute(attr_name="i")
    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    connection_id = UnicodeAttribute(attr_name="cn")
    channel = UnicodeAttribute(attr_name="ch")
    proxy = UnicodeAttribute(attr_name="px")
    customer_address = UnicodeAttribute(attr_name="a")
    consent_scope = UnicodeAttribute(attr_name="cs")
    direction = UnicodeAttribute(attr_name="d")
    kind = UnicodeAttribute(attr_name="k")
    body = UnicodeAttribute(attr_name="b")
    created_at = NumberAttribute(attr_name="ca")
    expires_at = NumberAttribute(attr_name="xa")
    author_id = UnicodeAttribute(attr_name="ai", null=True)
    author_name = UnicodeAttribute(attr_name="an", null=True)
    status = UnicodeAttribute(attr_name="s")
    status_at = NumberAttribute(attr_name="sa")
    failure = UnicodeAttribute(attr_name="f", null=True)
    attempt = NumberAttribute(attr_name="at")
    lease_until = NumberAttribute(attr_name="lu", null=True)
    lease_owner = UnicodeAttribute(attr_name="lo", null=True)
    provider_id = UnicodeAttribute(attr_name="p", null=True)
    claimed_at = NumberAttribute(attr_name="cl", null=True)
    due_at = NumberAttribute(attr_name="du", null=True)
    spent_ids = JSONAttribute(attr_name="sp", null=True)
    free_until = NumberAttribute(attr_name="fu", null=True)
    template = JSONAttribute(attr_name="tp", null=True)
    quoted_id = UnicodeAttribute(attr_name="q", null=True)
    mail = JSONAttribute(attr_name="ml", null=True)
    link_seed = UnicodeAttribute(attr_name="ls", null=True)
    card = JSONAttribute(attr_name="cd", null=True)
    unprompted = BooleanAttribute(attr_name="up", null=True)
    event = UnicodeAttribute(attr_name="ev", null=True)
    credits = NumberAttribute(attr_name="cr", null=True)
    media = JSONAttribute(attr_name="md", null=True)
    """Only where something came along; the filters of infra/resources.yaml name it."""


class HeldRow(Row, discriminator="n"):
    id = UnicodeAttribute(attr_name="i")
    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    body = UnicodeAttribute(attr_name="b")
    author_id = UnicodeAttribute(attr_name="ai")
    author_name = UnicodeAttribute(attr_name="an")
    created_at = NumberAttribute(attr_name="ca")
    release_at = NumberAttribute(attr_name="ra")
    reason = UnicodeAttribute(attr_name="rs")
    template = JSONAttribute(attr_name="tp", null=True)
    media = JSONAttribute(attr_name="md", null=True)
    card = JSONAttribute(attr_name="cd", null=True)
    revision = NumberAttribute(attr_name="rv")


class UnansweredRow(Row, discriminator="q"):
    conversation_id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    last_message_id = UnicodeAttribute(attr_name="li")
    due_at = NumberAttribute(attr_name="du")


class RouteRow(Row, discriminator="r"):
    channel = UnicodeAttribute(attr_name="ch")
    proxy = UnicodeAttribute(attr_name="px")
    customer_address = UnicodeAttribute(attr_name="a")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    conversation_id = UnicodeAttribute(attr_name="ci")
    cool_until = NumberAttribute(attr_name="cl", null=True)
    aside_at = NumberAttribute(attr_name="ad", null=True)
    turn = NumberAttribute(attr_name="tu", null=True)


class OnceRow(Row, discriminator="1"):
    """Also a recorded rejection (`reason`) and a used ticket."""

    scope = UnicodeAttribute(attr_name="sc")
    key = UnicodeAttribute(attr_name="ke")
    digest = UnicodeAttribute(attr_name="d", null=True)
    result = UnicodeAttribute(attr_name="r", null=True)
    reason = UnicodeAttribute(attr_name="rs", null=True)
    at = NumberAttribute(attr_name="at", null=True)


class OrderRow(Row, discriminator="o"):
    id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    connection_id = UnicodeAttribute(attr_name="cn")
    external_id = UnicodeAttribute(attr_name="x")
    number = UnicodeAttribute(attr_name="on")
    customer_id = UnicodeAttribute(attr_name="cu")
    customer_name = UnicodeAttribute(attr_name="n")
    phone = UnicodeAttribute(attr_name="ph", null=True)
    placed_at = NumberAttribute(attr_name="pa")
    updated_at = NumberAttribute(attr_name="ua")
    payment = UnicodeAttribute(attr_name="py")
    fulfilment = UnicodeAttribute(attr_name="ff")
    cancelled_at = NumberAttribute(attr_name="xc", null=True)
    closed_at = NumberAttribute(attr_name="cc", null=True)
    total = NumberAttribute(attr_name="tt")
    currency = UnicodeAttribute(attr_name="cy")
    lines = JSONAttribute(attr_name="ls", null=True)
    conversation_id = UnicodeAttribute(attr_name="ci", null=True)
    language = UnicodeAttribute(attr_name="lg", null=True)
    told = JSONAttribute(attr_name="td", null=True)
    link = UnicodeAttribute(attr_name="lk", null=True)
    erased_at = NumberAttribute(attr_name="er", null=True)


class CustomerRow(Row, discriminator="p"):
    id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    kind = UnicodeAttribute(attr_name="k")
    first_name = UnicodeAttribute(attr_name="fn")
    last_name = UnicodeAttribute(attr_name="ln")
    phones = JSONAttribute(attr_name="ph")
    emails = JSONAttribute(attr_name="em")
    whatsapp_ids = JSONAttribute(attr_name="wi", null=True)
    external_ids = JSONAttribute(attr_name="ex")
    told = JSONAttribute(attr_name="to", null=True)
    tags = JSONAttribute(attr_name="tg", null=True)
    created_at = NumberAttribute(attr_name="ca")
    updated_at = NumberAttribute(attr_name="ua")
    # Only of those who were merged (X11).
    merge = JSONAttribute(attr_name="mg", null=True)
    merged_into = UnicodeAttribute(attr_name="mi", null=True)
    absorbed = JSONAttribute(attr_name="ab", null=True)
    renaming = NumberAttribute(attr_name="rf", null=True)


class TheirsRow(Row, discriminator="cc"):
    """Beside a customer: a conversation of theirs, as long as there is anything of it."""

    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")


class ErasureRow(Row, discriminator="er"):
    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")


class SuppressionRow(Row, discriminator="su"):
    """Of an opt-out whose customer was erased. The key is a hash: it says of nobody that they opted out."""

    merchant_id = UnicodeAttribute(attr_name="m")
    changed_at = NumberAttribute(attr_name="ca")


class LookupRow(Row, discriminator="a"):
    customer_id = UnicodeAttribute(attr_name="cu")
    merchant_id = UnicodeAttribute(attr_name="m")


class ConsentRow(Row, discriminator="k"):
    state = UnicodeAttribute(attr_name="s")
    changed_at = NumberAttribute(attr_name="ca")
    source = UnicodeAttribute(attr_name="so", null=True)
    evidence = UnicodeAttribute(attr_name="ev", null=True)


class LedgerRow(Row, discriminator="l"):
    """Append-only: written under `attribute_not_exists`, never updated, never deleted."""

    id = UnicodeAttribute(attr_name="i")
    state = UnicodeAttribute(attr_name="s")
    at = NumberAttribute(attr_name="at")
    source = UnicodeAttribute(attr_name="so")
    evidence = UnicodeAttribute(attr_name="ev")
    wording = UnicodeAttribute(attr_name="wo")
    by = UnicodeAttribute(attr_name="by", null=True)
    store_id = UnicodeAttribute(attr_name="st", null=True)
    conversation_id = UnicodeAttribute(attr_name="ci", null=True)
    recorded_at = NumberAttribute(attr_name="ra", null=True)


class SetupRow(Row, discriminator="s"):
    """A store, connection, proxy or associate as a JSON object: read whole, never searched."""

    value = JSONAttribute(attr_name="v")


class ChatLinkRow(Row, discriminator="h"):
    id = UnicodeAttribute(attr_name="i")
    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")
    created_at = NumberAttribute(attr_name="ca")


class InviteRow(Row, discriminator="v"):
    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")


class AttemptsRow(Row, discriminator="f"):
    """How often somebody did something within a span of time, or failed to."""

    failures = NumberAttribute(attr_name="c")


class UploadRow(Row, discriminator="u"):
    """A picture that somebody is about to send."""

    conversation_id = UnicodeAttribute(attr_name="ci")
    merchant_id = UnicodeAttribute(attr_name="m")
    owner = UnicodeAttribute(attr_name="ow")
    created_at = NumberAttribute(attr_name="ca")
    media = JSONAttribute(attr_name="md")


class TransferRow(Row, discriminator="x"):
    value = JSONAttribute(attr_name="v")


class AutomaticTextRow(Row, discriminator="y"):
    order_id = UnicodeAttribute(attr_name="i")
    event = UnicodeAttribute(attr_name="ev")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    made_at = NumberAttribute(attr_name="ca")
    due_at = NumberAttribute(attr_name="du")
    settled_at = NumberAttribute(attr_name="sa", null=True)
    conversation_id = UnicodeAttribute(attr_name="ci", null=True)
    message_id = UnicodeAttribute(attr_name="mi", null=True)
    not_sent = UnicodeAttribute(attr_name="ns", null=True)


class TemplateRow(Row, discriminator="j"):
    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")


class SocketRow(Row, discriminator="w"):
    id = UnicodeAttribute(attr_name="i")
    associate_id = UnicodeAttribute(attr_name="ai")
    store_ids = JSONAttribute(attr_name="ss")
    conversation_id = UnicodeAttribute(attr_name="ci", null=True)
    opened_at = NumberAttribute(attr_name="ca")
    # What an associate's browser has open (X16): in the list of that store only.
    viewing = UnicodeAttribute(attr_name="vw", null=True)
    viewer_name = UnicodeAttribute(attr_name="n", null=True)
    writing = BooleanAttribute(attr_name="wr", null=True)
    seen_at = NumberAttribute(attr_name="sa", null=True)


class ReminderRow(Row, discriminator="t"):
    id = UnicodeAttribute(attr_name="i")
    associate_id = UnicodeAttribute(attr_name="ai")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    conversation_id = UnicodeAttribute(attr_name="ci")
    customer_id = UnicodeAttribute(attr_name="cu")
    note = UnicodeAttribute(attr_name="b")
    due_at = NumberAttribute(attr_name="du")
    wall = UnicodeAttribute(attr_name="wl")
    zone = UnicodeAttribute(attr_name="zn")
    created_at = NumberAttribute(attr_name="ca")
    revision = NumberAttribute(attr_name="rv")
    ended_at = NumberAttribute(attr_name="ea", null=True)


class TimerRow(Row, discriminator="z"):
    """That it goes is what open browsers are told of; infra/resources.yaml names it."""

    reminder_id = UnicodeAttribute(attr_name="i")
    associate_id = UnicodeAttribute(attr_name="ai")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    due_at = NumberAttribute(attr_name="du")


class ProductRow(Row, discriminator="d"):
    value = JSONAttribute(attr_name="v")
    digest = UnicodeAttribute(attr_name="dg")
    """Of the product: who changes it has seen what is there."""


class FoundByRow(Row, discriminator="i"):
    """A word or a code that leads to a product."""

    product_id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    words = JSONAttribute(attr_name="w", null=True)


class RevisedRow(Row, discriminator="b"):
    """An associate's shelf, how far a shop's catalogue or orders are read, a purchase of credits, a
    bulk text or a part of one."""

    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")
