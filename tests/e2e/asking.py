"""Requests in a store that asks first, which none of the demo's does: made by the use case itself, on the stack."""

import secrets
from typing import Any

from msgspec.structs import replace

from chalicelib.domain.merchants import OptInSetting, Store
from chalicelib.usecases.start_conversation import StartCommand, start_conversation
from local import directory, history
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of


class _AsksFirst:
    """A directory whose stores ask first."""

    def __init__(self, of: Any) -> None:
        self._of = of

    def store(self, store_id: str) -> Store | None:
        store: Store | None = self._of.store(store_id)
        return None if store is None else replace(store, opt_in=OptInSetting.REQUIRED)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)


def asked(person: Person, customer: Customer, body: str = "Your order is here.") -> str:
    """The id of the conversation in which `customer` was asked for their yes."""
    stack = customer.stack
    deps = history._dependencies(directory.table(stack.outputs, stack.emulator_endpoint), stack.outputs, stack.origin)
    deps.directory = _AsksFirst(deps.directory)  # type: ignore[assignment]  # as much of it as starting needs
    command = StartCommand(
        store_id=customer.store,
        associate_id=str(person.do("GET", "/me")["id"]),
        order_id=order_of(customer.orders()),
        body=body,
        idempotency_key=secrets.token_hex(8),
    )
    return start_conversation(command, deps)
