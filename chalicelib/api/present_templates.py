"""Templates as they go over HTTP."""

from collections.abc import Sequence

from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import failure_text
from chalicelib.domain.segments import count
from chalicelib.domain.template_tokens import NAMES
from chalicelib.domain.templates import LANGUAGES, Template
from chalicelib.usecases.browse_automatic_texts import ToldEvent
from chalicelib.usecases.fill_templates import Preview, ReadyText

from . import template_schemas as schemas


def template(item: Template) -> schemas.StoreTemplate:
    return schemas.StoreTemplate(
        id=item.id,
        kind=item.kind,
        audience=item.audience,
        name=item.name,
        texts=item.texts,
        active=item.active,
        transactional=item.transactional,
        delay_days=item.delay_days,
        edited=item.edited,
        revision=item.revision,
    )


def template_list(items: Sequence[Template], store: Store) -> schemas.StoreTemplateList:
    return schemas.StoreTemplateList(
        rows=[template(item) for item in items],
        tokens=list(NAMES),
        languages=list(LANGUAGES),
        automatic=store.automatic_texts,
        merchant_told=store.merchant_phone is not None,
        language=store.language,
    )


def preview(found: Preview) -> schemas.TemplatePreview:
    parts = count(found.filled.text)
    return schemas.TemplatePreview(
        text=found.filled.text,
        missing=list(found.filled.missing),
        problems=[
            schemas.ProblemView(kind=each.kind, start=each.start, end=each.end, name=each.name, nearest=each.nearest)
            for each in found.problems
        ],
        segments=parts.segments,
        encoding=parts.encoding,
        order_number=found.order_number,
    )


def automatic_texts(items: Sequence[ToldEvent], store: Store) -> schemas.AutomaticTextList:
    return schemas.AutomaticTextList(rows=[_automatic(each) for each in items], automatic=store.automatic_texts)


def _automatic(item: ToldEvent) -> schemas.AutomaticTextView:
    text, message = item.text, item.message
    reason = None if message is None else message.failure
    return schemas.AutomaticTextView(
        event=text.event,
        made_at=text.made_at,
        due_at=text.due_at,
        settled_at=text.settled_at,
        state="waiting" if text.settled_at is None else "sent" if text.not_sent is None else "not_sent",
        not_sent=text.not_sent,
        conversation_id=None if text.event.for_merchant else text.conversation_id,
        status=None if message is None else message.status,
        failure=None if message is None or reason is None else failure_text(reason, message.channel),
    )


def ready_texts(items: Sequence[ReadyText]) -> schemas.ReadyTextList:
    rows = [
        schemas.ReadyText(
            id=each.template.id,
            kind=each.template.kind,
            name=each.template.name,
            language=each.language,
            text=each.filled.text,
            missing=list(each.filled.missing),
        )
        for each in items
    ]
    return schemas.ReadyTextList(rows=rows)
