"""Writes the merchants' set-up: for the demo, tests and operators. Nothing a customer or associate reaches uses it."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.domain.customers import Customer
from chalicelib.domain.merchants import Associate, Colleague, Connection, Proxy, Store

from . import codec, keys
from .rows import SetupRow
from .table import Table, unavailable


class DynamoSetup:
    """`secrets_client`: a boto3-like SSM client."""

    def __init__(self, table: Table, secrets_client: Any) -> None:
        self._table, self._client = table, secrets_client

    def put_store(self, store: Store) -> None:
        self._table.put(codec.setup_row(keys.setup("STORE", store.id), store))

    def put_connection(self, connection: Connection, secrets: Mapping[str, str]) -> None:
        """The secrets first: a connection without them would refuse its webhooks. Some need none."""
        value = msgspec.json.encode(dict(secrets)).decode()
        if connection.secret_ref:
            with unavailable():
                self._client.put_parameter(Name=connection.secret_ref, Value=value, Type="SecureString", Overwrite=True)
        self._table.put(codec.setup_row(keys.setup("CONNECTION", connection.id), connection))

    def put_proxy(self, proxy: Proxy) -> None:
        self._table.put(codec.setup_row(keys.setup("PROXY", proxy.channel, proxy.address), proxy))

    def put_associate(self, associate: Associate) -> None:
        """Last of all themselves: a repeat after a crash still knows which lists they were in."""
        row = self._table.get(keys.associate(associate.id))
        before = codec.setup_value(row, Associate).stores if isinstance(row, SetupRow) else {}
        self._table.delete_many(keys.colleague(store_id, associate.id) for store_id in before.keys() - associate.stores)
        self.list_associate(associate)
        self._table.put(codec.setup_row(keys.associate(associate.id), associate))

    def list_associate(self, associate: Associate) -> None:
        """Among the colleagues of their stores."""
        for store_id, permissions in associate.stores.items():
            colleague = Colleague(id=associate.id, name=associate.name, permissions=permissions)
            self._table.put(codec.setup_row(keys.colleague(store_id, associate.id), colleague))

    def put_customer(self, customer: Customer) -> None:
        """With the look-ups of all addresses; those that lead to somebody else by now move over."""
        self._table.put(codec.customer_row(customer))
        for kind, value in _lookups(customer):
            self._table.put(codec.lookup_row(customer, kind, value))

    def put_customers(self, customers: Iterable[Customer]) -> None:
        for customer in customers:
            self.put_customer(customer)


def _lookups(customer: Customer) -> list[tuple[str, str]]:
    named = (("sms", customer.phones), ("email", customer.emails), ("external", customer.external_ids))
    return [(kind, value) for kind, found in named for value in found]
