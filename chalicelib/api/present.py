"""Domain objects as they go over HTTP. Addresses are masked here (and in present_consent and present_reminders), and
nowhere else."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from chalicelib.domain.absences import Absence
from chalicelib.domain.addresses import Address, Channel, masked
from chalicelib.domain.assignments import Handover
from chalicelib.domain.chat_links import PLACE
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.held import Held
from chalicelib.domain.mail import Mail
from chalicelib.domain.media import MediaState
from chalicelib.domain.merchants import Associate, Colleague, ProxyState, Store
from chalicelib.domain.message_templates import MessageTemplate
from chalicelib.domain.messages import Direction, Message, MessageKind, MessageStatus, failure_text
from chalicelib.domain.orders import Order
from chalicelib.domain.windows import has_window
from chalicelib.usecases.access import MESSAGING
from chalicelib.usecases.browse_audit import AuditPage
from chalicelib.usecases.ports import InboxRow, Thread
from chalicelib.usecases.read_chat import Chat
from chalicelib.usecases.search import Found
from chalicelib.usecases.set_right_opt_out import OptOut
from chalicelib.usecases.show_customer import CustomerSheet
from chalicelib.usecases.show_quiet_hours import CustomerClock
from chalicelib.usecases.unmask_customer import RealAddresses

from . import (
    audit_schemas,
    chat_schemas,
    present_consent,
    present_products,
    present_times,
    schemas,
    time_schemas,
)
from .present_media import media


def message(of: Message, page: Mapping[str, str] | None = None) -> schemas.MessageView:
    """`page`: the ids of the messages beside it, by the provider's."""
    failure = None
    if of.failure is not None:
        failure = schemas.Failure(of.failure, failure_text(of.failure, of.channel))
    return schemas.MessageView(
        id=of.id,
        direction=of.direction,
        kind=of.kind,
        body=of.body.replace(PLACE, "…") if of.kind.leads_to_chat else of.body,
        created_at=of.created_at,
        author_id=of.author_id,
        author_name=of.author_name,
        status=of.status,
        status_at=of.status_at,
        failure=failure,
        can_retry=of.can_retry,
        checking=of.in_doubt,
        attempt=of.attempt,
        template=of.template is not None,
        quotes=(page or {}).get(of.quoted_id or ""),
        media=[media(each) for each in of.media],
        mail=None if of.mail is None else _mail(of.mail),
        card=present_products.card(of.card, of.body),
        event=of.event,
    )


def _mail(of: Mail) -> schemas.MailView:
    return schemas.MailView(
        subject=of.subject,
        folded=of.folded,
        unverified=of.unverified,
        unreadable=of.unreadable,
        automatic=of.automatic,
        other_sender=bool(of.other_sender),
        order_id=of.order_id or None,
        order_number=of.order_number or None,
    )


def held(of: Held) -> schemas.MessageView:
    return schemas.MessageView(
        id=of.id,
        direction=Direction.OUTBOUND,
        kind=MessageKind.TEXT,
        body=of.body,
        created_at=of.created_at,
        author_id=of.author_id,
        author_name=of.author_name,
        status=MessageStatus.QUEUED,
        status_at=of.created_at,
        failure=None,
        can_retry=False,
        checking=False,
        attempt=1,
        template=of.template is not None,
        quotes=None,
        media=[media(each) for each in of.media],
        card=present_products.card(of.card, of.body),
        held=time_schemas.Waiting(until=of.release_at, reason=of.reason),
    )


def accepted(of: Message | Held) -> schemas.MessageView:
    return held(of) if isinstance(of, Held) else message(of)


def row(of: InboxRow) -> schemas.ConversationRow:
    return schemas.ConversationRow(
        id=of.id,
        store_id=of.store_id,
        customer_name=of.customer_name,
        customer_address="" if of.channel == Channel.CHAT else masked(of.customer_address),
        channel=of.channel,
        kind=of.kind,
        state=of.state,
        order_number=of.order_number,
        last_activity_at=of.last_activity_at,
        last_preview=of.last_preview,
        last_direction=of.last_direction,
        last_kind=of.last_kind,
        last_author_id=of.last_author_id,
        last_author_name=of.last_author_name,
        outbound_trouble=of.outbound_trouble,
        assignee_id=of.assignee_id,
        waiting_since=of.waiting_since,
        unread=of.unread,
        opted_out=of.opted_out,
        requested_at=of.requested_at,
    )


def conversation(of: Conversation, now: int) -> schemas.ConversationView:
    return schemas.ConversationView(
        id=of.id,
        store_id=of.store_id,
        customer_name=of.customer_name,
        customer_address="" if of.channel == Channel.CHAT else masked(of.customer_address),
        channel=Channel(of.channel),
        kind=of.kind,
        state=of.state_at(now),
        order_number=of.order_number,
        last_activity_at=of.last_activity_at,
        last_preview=of.last_preview,
        last_direction=of.last_direction,
        last_kind=of.last_kind,
        last_author_id=of.last_author_id,
        last_author_name=of.last_author_name,
        outbound_trouble=of.outbound_trouble,
        assignee_id=of.assignee_id,
        waiting_since=of.waiting_since,
        unread=of.unread,
        opted_out=of.opted_out,
        requested_at=of.requested_at,
        order_id=of.order_id,
        expires_at=of.expires_at,
        free_until=(of.free_until or 0) if has_window(of.channel) else None,
    )


def conversation_page(found: Found[InboxRow], now: int) -> schemas.ConversationPage:
    return schemas.ConversationPage(
        rows=[row(each) for each in found.page.rows],
        next=found.page.cursor,
        truncated=found.truncated,
        now=now,
    )


def templates(of: Sequence[MessageTemplate]) -> schemas.TemplateList:
    return schemas.TemplateList(
        rows=[
            schemas.TemplateView(name=each.name, language=each.language, body=each.body, placeholders=each.placeholders)
            for each in of
        ]
    )


def thread(
    of: Thread,
    handovers: Sequence[Handover],
    now: int,
    proxy: ProxyState,
    clock: CustomerClock,
    opt_out: OptOut | None,
) -> schemas.Thread:
    """`opt_out`: as it is, whatever the flag in the conversation says."""
    page = {each.provider_id: each.id for each in of.messages.rows if each.provider_id}
    return schemas.Thread(
        proxy_state=proxy,
        clock=present_times.clock(clock),
        conversation=conversation(replace(of.conversation, opted_out=opt_out is not None), now),
        opt_out=None if opt_out is None else present_consent.opt_out(opt_out),
        handovers=[present_times.handover(each) for each in handovers],
        messages=[message(each, page) for each in reversed(of.messages.rows)],
        next=of.messages.cursor,
        held=[held(each) for each in of.held],
    )


def colleagues(found: Sequence[Colleague], away: Collection[str]) -> schemas.ColleagueList:
    """`away`: ids of those who are."""
    rows = [schemas.ColleagueView(id=each.id, name=each.name, away=each.id in away) for each in found]
    return schemas.ColleagueList(rows=rows)


def audit_page(of: AuditPage) -> audit_schemas.AuditPage:
    return audit_schemas.AuditPage(
        rows=[
            audit_schemas.AuditEntryView(
                id=entry.id,
                at=entry.at,
                associate_id=entry.associate_id,
                associate_name=of.names.get(entry.associate_id, ""),
                act=entry.act,
                conversation_id=entry.conversation_id,
                about_id=entry.about_id or "",
            )
            for entry in of.found.page.rows
        ],
        next=of.found.page.cursor,
        truncated=of.found.truncated,
    )


def unmasked(of: RealAddresses) -> audit_schemas.RealAddresses:
    """It has been written down who asked."""
    return audit_schemas.RealAddresses(address=of.address, phones=list(of.phones), emails=list(of.emails))


def absence(of: Absence | None) -> schemas.AbsenceState:
    if of is None:
        return schemas.AbsenceState(away=False, answer="", since=None, until=None)
    return schemas.AbsenceState(away=True, answer=of.answer, since=of.since, until=of.until)


def order(of: Order, now: int) -> schemas.OrderView:
    return schemas.OrderView(
        id=of.id,
        store_id=of.store_id,
        number=of.number,
        customer_id=of.customer_id,
        customer_name=of.customer_name,
        placed_at=of.placed_at,
        payment=of.payment,
        fulfilment=of.fulfilment,
        cancelled_at=of.cancelled_at,
        closed_at=of.closed_at,
        total=of.total,
        currency=of.currency,
        lines=[schemas.OrderLineView(title=line.title, quantity=line.quantity, price=line.price) for line in of.lines],
        conversation_id=of.conversation_id,
        active=of.active,
        startable=of.startable(now),
    )


def order_page(found: Found[Order], now: int) -> schemas.OrderPage:
    return schemas.OrderPage(
        rows=[order(each, now) for each in found.page.rows],
        next=found.page.cursor,
        truncated=found.truncated,
    )


def customer(sheet: CustomerSheet, now: int) -> schemas.CustomerView:
    return schemas.CustomerView(
        id=sheet.customer.id,
        name=sheet.customer.name,
        kind=sheet.customer.kind,
        phones=[masked(phone) for phone in sheet.customer.phones],
        emails=[masked(Address(email)) for email in sheet.customer.emails],
        consent=ConsentState.NONE if sheet.consent is None else sheet.consent.state,
        consent_at=None if sheet.consent is None else sheet.consent.changed_at or None,
        orders=[order(each, now) for each in sheet.orders],
        merges=[
            schemas.MergeView(id=each.id, name=each.name, at=each.merge.at, by_name=each.merge.by_name)
            for each in sheet.merges
            if each.merge is not None
        ],
        tags=list(sheet.customer.tags or ()),
    )


def chat_message(of: Message) -> chat_schemas.ChatMessage:
    """Of associates the first name only; addresses never."""
    inbound = of.direction is Direction.INBOUND
    return chat_schemas.ChatMessage(
        id=of.id,
        mine=inbound,
        body=of.body,
        pictures=[
            chat_schemas.ChatPicture(id=each.id, width=each.width, height=each.height)
            for each in of.media
            if each.state is MediaState.READY and each.is_picture
        ],
        card=present_products.card(of.card, of.body),
        created_at=of.created_at,
        author="" if inbound else (of.author_name or "").partition(" ")[0],
    )


def chat(of: Chat) -> chat_schemas.ChatView:
    return chat_schemas.ChatView(
        store=of.store.name,
        phone=of.store.phone,
        ended=of.ended,
        opted_out=of.opted_out,
        order=of.order,
        messages=[chat_message(each) for each in of.messages],
        position=of.position,
        older=of.older,
        more=of.more,
    )


def me(associate: Associate, stores: list[Store]) -> schemas.Me:
    return schemas.Me(
        id=associate.id,
        name=associate.name,
        email=associate.email,
        stores=[
            schemas.StoreView(
                id=store.id,
                name=store.name,
                timezone=store.timezone,
                phone=store.phone,
                chat_link=store.chat_link,
                opt_in=store.opt_in,
                credits=store.credits,
                messaging=store.messaging and associate.may(MESSAGING, store.id),
                contacts=store.messaging and store.contacts and associate.may(MESSAGING, store.id),
                permissions=sorted(associate.stores[store.id]),
            )
            for store in stores
        ],
    )
