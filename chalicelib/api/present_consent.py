"""Consent as it goes over HTTP, addresses masked unless they were asked for."""

from collections.abc import Mapping

from chalicelib.domain.addresses import Channel, masked
from chalicelib.domain.consent import ConsentChange, ConsentKey
from chalicelib.usecases.browse_consent import Ledger
from chalicelib.usecases.set_right_opt_out import OptOut

from . import consent_schemas


def opt_out(of: OptOut) -> consent_schemas.OptOutView:
    return consent_schemas.OptOutView(
        at=of.at, source=of.source, message_id=of.message_id, may_be_mistaken=of.may_be_mistaken
    )


def ledger(of: Ledger, *, real: bool = False) -> consent_schemas.LedgerPage:
    """`real`: with addresses as they are; it has been written down who asked."""
    rows = [_ledger_line(line, of.names, real=real) for line in of.page.rows]
    return consent_schemas.LedgerPage(rows=rows, next=of.page.cursor)


def _ledger_line(of: ConsentChange, names: Mapping[str, str], *, real: bool) -> consent_schemas.LedgerLine:
    key = of.key
    return consent_schemas.LedgerLine(
        id=of.id,
        at=of.at,
        recorded_at=of.recorded_at,
        channel=key.channel,
        address=key.address if real else _masked(key),
        scope=key.scope,
        state=of.state,
        source=of.source,
        wording=of.wording,
        evidence=of.evidence,
        conversation_id=of.conversation_id,
        by=of.by,
        by_name=None if of.by is None else names.get(of.by, ""),
    )


def _masked(key: ConsentKey) -> str:
    return "" if key.channel == Channel.CHAT else masked(key.address)
