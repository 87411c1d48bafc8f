"""Consent: its states, what a keyword does to it, and the ledger that says why (docs/requirements.md, Keywords)."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from .addresses import Address


class ConsentState(StrEnum):
    NONE = "none"
    REQUESTED = "requested"
    OPTED_IN = "opted_in"
    OPTED_OUT = "opted_out"


class ConsentSource(StrEnum):
    """Where a change of consent came from."""

    KEYWORD = "keyword"
    PROVIDER = "provider"
    INTENT = "intent"
    """A sentence of the customer's that we took for an opt-out (domain/intent): it may be a mistake of ours."""
    ASSOCIATE = "associate"
    """An associate has said that it was one."""
    REQUEST = "request"
    """The store asked (N6): both the asking, and the customer's yes to it."""
    INVITATION = "invitation"
    """Somebody gave this address on the page of an invitation (H5): both that, and the yes that came from there."""
    UNSUBSCRIBE = "unsubscribe"
    """The button of a mail program, or of the page behind a mail's link (RFC 8058)."""


FIRM = (ConsentSource.KEYWORD, ConsentSource.PROVIDER, ConsentSource.UNSUBSCRIBE)
"""Opt-outs that leave no doubt."""


class ConsentKey(Struct, frozen=True):
    """Whose consent, and where it holds. `scope`: a store id or a merchant id."""

    merchant_id: str
    channel: str
    address: Address
    scope: str


class Consent(Struct, frozen=True, kw_only=True):
    """The state now. Absent from the table means `none`."""

    key: ConsentKey
    state: ConsentState
    changed_at: int
    """When the customer acted; 0: never."""
    source: ConsentSource | None = None
    """None: written before this was kept beside the state."""
    evidence: str = ""
    """As in the line of the ledger that led to it."""

    @property
    def may_be_mistaken(self) -> bool:
        """Whether it is an opt-out that only we read out of a sentence."""
        return self.state is ConsentState.OPTED_OUT and self.source is ConsentSource.INTENT

    def is_confirmed_by(self, source: ConsentSource) -> bool:
        """After one that is FIRM nobody but the customer takes the opt-out back. Another sentence is a line of its own:
        whoever takes the opt-out back must have read them all."""
        return self.may_be_mistaken and source in (*FIRM, ConsentSource.INTENT)

    def overruled_by(self, at: int) -> bool:
        """Whether an act of the customer at that instant decides. A request is none of theirs: any act does."""
        return self.state is ConsentState.REQUESTED or self.changed_at <= at


class ConsentChange(Struct, frozen=True, kw_only=True):
    """One line of the append-only ledger, written with the state it leads to."""

    id: str
    key: ConsentKey
    state: ConsentState
    at: int
    """When the customer acted. An older act never overrides a newer one."""
    source: ConsentSource
    evidence: str
    """Id of the message, or the provider's error code, that proves it."""
    wording: str
    """Version of the wording the customer saw, such as `sms-stop-1`."""
    by: str | None = None
    """Id of the associate whose decision it was."""
    store_id: str = ""
    """Where it happened, whatever the scope."""
    conversation_id: str = ""
    recorded_at: int | None = None
    """When it was written down; None: lines from before this was kept."""

    def leads_to(self) -> Consent:
        """The state that it makes, unless a newer act is known."""
        return Consent(key=self.key, state=self.state, changed_at=self.at, source=self.source, evidence=self.evidence)


class Mistake(Struct, frozen=True):
    """An opt-out that we only read out of what a customer wrote. `sentences`: all that say so, in a row, the oldest
    first; `before`: what held before them, the customer's last act or none. Its own time comes back with it: an opt-out
    that was sent earlier and arrives later still counts."""

    sentences: tuple[ConsentChange, ...]
    before: Consent


def mistake(history: Sequence[ConsentChange], key: ConsentKey) -> Mistake:
    """Of the lines of one ledger, in any order."""
    acts = sorted(history, key=lambda line: (line.at, line.id))
    sentences: list[ConsentChange] = []
    while acts and acts[-1].leads_to().may_be_mistaken:
        sentences.insert(0, acts.pop())
    before = acts[-1].leads_to() if acts else Consent(key=key, state=ConsentState.NONE, changed_at=0)
    return Mistake(tuple(sentences), before)
