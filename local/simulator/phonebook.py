"""The phones: who has one, and how it behaves."""

import re
from collections.abc import Container
from typing import Any

from local.simulator.behaviours import Behaviour
from local.simulator.errors import ControlError
from local.simulator.records import Phone, public_text
from local.simulator.state import MAX_PHONES, State

E164 = re.compile(r"\+[1-9]\d{6,14}")
MAX_NAME = 80
FIRST_NEW_NUMBER = 12125550150
"""New phones are numbered upwards from here, in the range kept free for fiction."""

DEMO_PHONES: tuple[tuple[str, str, Behaviour], ...] = (
    ("+12125550101", "Ana Souza", Behaviour.NORMAL),
    ("+12125550102", "James Carter", Behaviour.NORMAL),
    ("+12125550103", "Sofia Lindqvist (slow)", Behaviour.SLOW),
    ("+12125550104", "Walter Brandt (landline)", Behaviour.LANDLINE),
    ("+12125550105", "Grace Okafor (not a mobile)", Behaviour.NOT_MOBILE),
    ("+12125550106", "Tom Becker (blocked us)", Behaviour.OPTED_OUT),
    ("+12125550107", "Lena Fischer (switched off)", Behaviour.OFF),
    ("+12125550108", "Raj Patel (rate limit)", Behaviour.RATE_LIMITED),
    ("+12125550109", "Mia Rossi (provider down)", Behaviour.SERVER_ERROR),
    ("+12125550110", "Chen Wei (lost reply)", Behaviour.LOST_REPLY),
    ("+12125550119", "Nora Lind (unheard)", Behaviour.UNHEARD),
    ("+12125550111", "Olga Novak (time-out)", Behaviour.TIMEOUT),
)
"""Number, name and behaviour of one phone for everything that can happen to a text."""


class Phonebook:
    """Adds, finds, changes and shows phones."""

    def __init__(self, state: State, pictures: Container[str]) -> None:
        self._state = state
        self._pictures = pictures

    def add(self, number: str | None, name: str | None, behaviour: Behaviour, email: str = "") -> Phone:
        """Raises `ControlError` for a bad or taken number, a bad name, or too many phones."""
        number = number or self._free_number()
        if not E164.fullmatch(number):
            raise ControlError(
                400, "invalid_input", "A number looks like +12125550101: a plus sign and 7 to 15 digits."
            )
        if number in self._state.phones:
            raise ControlError(409, "already_exists", f"There is already a phone with the number {number}.")
        if len(self._state.phones) >= MAX_PHONES:
            raise ControlError(400, "invalid_input", f"There are at most {MAX_PHONES} phones.")
        name = f"Phone {number[-4:]}" if name is None else checked_name(name)
        phone = Phone(number=number, name=name, behaviour=behaviour, email=email)
        self._state.phones[number] = phone
        self._state.changed()
        return phone

    def get(self, number: str) -> Phone:
        """Raises `ControlError` when there is none."""
        phone = self._state.phones.get(number)
        if phone is None:
            raise ControlError(404, "not_found", f"There is no phone with the number {number}.")
        return phone

    def change(self, phone: Phone, name: str | None, behaviour: Behaviour | None) -> None:
        if name is not None:
            phone.name = checked_name(name)
        if behaviour is not None:
            phone.behaviour = behaviour
        self._state.changed()

    def public(self, phone: Phone) -> dict[str, Any]:
        """A phone as the control API shows it. `texts`: what it sent and received; `missed`: what never arrived."""
        messages, kept = self._state.texts_of(phone.number), self._pictures
        return {
            "number": phone.number,
            "name": phone.name,
            "behaviour": phone.behaviour,
            "email": phone.email,
            "texts": [public_text(message, kept) for message in messages if message.from_phone or message.arrived],
            "missed": [public_text(message, kept) for message in messages if message.status == "undelivered"],
        }

    def _free_number(self) -> str:
        number = FIRST_NEW_NUMBER
        while f"+{number}" in self._state.phones:
            number += 1
        return f"+{number}"


def checked_name(name: str) -> str:
    """Raises `ControlError`."""
    if not 1 <= len(name.strip()) <= MAX_NAME:
        raise ControlError(400, "invalid_input", f"A name has 1 to {MAX_NAME} characters.")
    return name.strip()
