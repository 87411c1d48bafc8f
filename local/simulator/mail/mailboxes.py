"""The mailboxes: whose they are, and how they behave."""

from typing import Any

from chalicelib.domain.addresses import email_address
from local.simulator.errors import ControlError
from local.simulator.mail.records import MailBehaviour, Mailbox, public_mail
from local.simulator.phonebook import checked_name
from local.simulator.state import MAX_MAILBOXES, State

NEW_MAILBOX = "customer{}@mail.example"
"""New mailboxes are numbered, at a domain kept free for examples."""

DEMO_MAILBOXES: tuple[tuple[str, str, MailBehaviour, bool], ...] = (
    ("ana.souza@mail.example", "Ana Souza", MailBehaviour.NORMAL, True),
    ("james.carter@mail.example", "James Carter", MailBehaviour.NORMAL, True),
    ("sofia.lindqvist@mail.example", "Sofia Lindqvist (slow)", MailBehaviour.SLOW, True),
    ("walter.brandt@mail.example", "Walter Brandt (gone)", MailBehaviour.BOUNCES, True),
    ("grace.okafor@mail.example", "Grace Okafor (full)", MailBehaviour.FULL, True),
    ("tom.becker@mail.example", "Tom Becker (complains)", MailBehaviour.COMPLAINS, True),
    ("lena.fischer@mail.example", "Lena Fischer (suppressed)", MailBehaviour.SUPPRESSED, True),
    ("raj.patel@mail.example", "Raj Patel (throttled)", MailBehaviour.THROTTLED, True),
    ("mia.rossi@mail.example", "Mia Rossi (SES down)", MailBehaviour.SERVER_ERROR, True),
    ("chen.wei@mail.example", "Chen Wei (lost reply)", MailBehaviour.LOST_REPLY, True),
    ("nora.lind@mail.example", "Nora Lind (unheard)", MailBehaviour.UNHEARD, True),
    ("olga.novak@mail.example", "Olga Novak (time-out)", MailBehaviour.TIMEOUT, True),
    ("marek.dvorak@mail.example", "Marek Dvořák (rejected)", MailBehaviour.REJECTED, True),
    ("somebody@elsewhere.example", "Somebody (unverified)", MailBehaviour.NORMAL, False),
)
"""Address, name, behaviour, and whether its mail can be believed: one for everything that can happen to a mail."""


class Mailboxes:
    """Adds, finds, changes and shows mailboxes."""

    def __init__(self, state: State, domains: frozenset[str]) -> None:
        """`domains`: ours; nobody else has a mailbox there."""
        self._state = state
        self._domains = domains

    def add(self, address: str | None, name: str | None, behaviour: MailBehaviour, *, verified: bool = True) -> Mailbox:
        """Raises `ControlError` for a bad or taken address, a bad name, or too many mailboxes."""
        address = self._free_address() if address is None else self._checked(address)
        if address in self._state.mailboxes:
            raise ControlError(409, "already_exists", f"There is already a mailbox {address}.")
        if len(self._state.mailboxes) >= MAX_MAILBOXES:
            raise ControlError(400, "invalid_input", f"There are at most {MAX_MAILBOXES} mailboxes.")
        name = address.partition("@")[0] if name is None else checked_name(name)
        mailbox = Mailbox(address=address, name=name, behaviour=behaviour, verified=verified)
        self._state.mailboxes[address] = mailbox
        self._state.changed()
        return mailbox

    def get(self, address: str) -> Mailbox:
        """Raises `ControlError` when there is none."""
        mailbox = self._state.mailboxes.get(address.lower())
        if mailbox is None:
            raise ControlError(404, "not_found", f"There is no mailbox {address}.")
        return mailbox

    def known(self, address: str, name: str = "") -> Mailbox:
        """The mailbox of an address; an unknown address becomes a new, normal one, as long as there is room."""
        address = address.lower()
        found = self._state.mailboxes.get(address)
        if found is None:
            found = Mailbox(address=address, name=(name or self._owner(address))[:80])
            if len(self._state.mailboxes) < MAX_MAILBOXES:
                self._state.mailboxes[address] = found
        return found

    def change(
        self, mailbox: Mailbox, name: str | None, behaviour: MailBehaviour | None, verified: bool | None
    ) -> None:
        if name is not None:
            mailbox.name = checked_name(name)
        if behaviour is not None:
            mailbox.behaviour = behaviour
        if verified is not None:
            mailbox.verified = verified
        self._state.changed()

    def public(self, mailbox: Mailbox) -> dict[str, Any]:
        """A mailbox as the control API shows it. `mails`: what it sent and got; `missed`: what never arrived."""
        mails = self._state.mails_of(mailbox.address)
        return {
            "address": mailbox.address,
            "name": mailbox.name,
            "behaviour": mailbox.behaviour,
            "verified": mailbox.verified,
            "mails": [public_mail(mail) for mail in mails if mail.from_mailbox or mail.arrived],
            "missed": [public_mail(mail) for mail in mails if mail.status == "bounced"],
        }

    def _checked(self, address: str) -> str:
        try:
            checked = str(email_address(address))
        except ValueError:
            raise ControlError(400, "invalid_input", "An address looks like ana.souza@mail.example.") from None
        if checked.rpartition("@")[2] in self._domains:
            raise ControlError(400, "invalid_input", "That address is the shop's: customers are somewhere else.")
        return checked

    def _owner(self, address: str) -> str:
        """The name under which the shop knows this address, else the address."""
        for order in self._state.orders.values():
            if order.customer.email.lower() == address:
                return f"{order.customer.first_name} {order.customer.last_name}".strip() or address
        return address

    def _free_address(self) -> str:
        number = 1
        while (address := NEW_MAILBOX.format(number)) in self._state.mailboxes:
            number += 1
        return address
