"""Brings an installation's merchant to what it should be: stores, connections with secrets, numbers, sign-ins."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec import Struct

from chalicelib.aws.parameters import find_parameter
from chalicelib.domain.addresses import Channel
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Associate, Connection, Permission, Proxy, ProxyOwner, Store
from chalicelib.store.directory import DynamoDirectory
from chalicelib.store.setup import DynamoSetup
from chalicelib.store.table import Table
from chalicelib.wiring import SystemClock
from infra.failure import ShippingError

Say = Callable[[str], object]


class Member(NamedTuple):
    """An associate to be: who they are to the user pool, and permissions by store id."""

    email: str
    name: str
    stores: dict[str, frozenset[Permission]]


class Merchant(Struct, frozen=True, kw_only=True):
    """Everything that one merchant's set-up should be."""

    id: str
    stores: tuple[Store, ...]
    connections: tuple[Connection, ...]
    proxies: tuple[Proxy, ...]
    """The `associate_id` of an associate's own is their e-mail: what it is in the table, the sign-in says."""
    members: tuple[Member, ...]


class _Owned(Protocol):
    @property
    def merchant_id(self) -> str: ...


T = TypeVar("T", bound=_Owned)


class SignIns:
    """The people in a user pool. With a password, new ones get it at once; else Cognito invites them by e-mail."""

    def __init__(self, cognito: Any, pool: str, password: str | None = None) -> None:
        self._cognito, self._pool, self._password = cognito, pool, password

    def find(self, email: str) -> str | None:
        """The subject of a person's sign-in, which is the associate's id."""
        try:
            user = self._cognito.admin_get_user(UserPoolId=self._pool, Username=email)
        except self._cognito.exceptions.UserNotFoundException:
            return None
        return _subject(user["UserAttributes"])

    def make(self, email: str, name: str) -> str:
        user = {"UserPoolId": self._pool, "Username": email}
        given = {"email": email, "name": name, "email_verified": "true"}
        attributes = [{"Name": key, "Value": value} for key, value in given.items()]
        how = {"MessageAction": "SUPPRESS"} if self._password else {"DesiredDeliveryMediums": ["EMAIL"]}
        made = self._cognito.admin_create_user(**user, UserAttributes=attributes, **how)
        if self._password:
            self._cognito.admin_set_user_password(**user, Password=self._password, Permanent=True)
        return _subject(made["User"]["Attributes"])


class Registration:
    """Writes only what differs, and says what it did. Nothing is taken away."""

    def __init__(self, table: Table, parameters: Any, sign_ins: SignIns, say: Say = print) -> None:
        """`parameters`: a boto3-like SSM client."""
        self._clock = SystemClock()
        self._now = DynamoDirectory(table, self._clock, partial(find_parameter, ssm=parameters))
        self._setup = DynamoSetup(table, parameters)
        self._sign_ins, self._say = sign_ins, say

    def secrets(self, connection: Connection) -> dict[str, str]:
        """As stored; none when there are none yet."""
        try:
            return self._now.secrets(connection)
        except Unavailable:
            return {}

    def write(self, merchant: Merchant, secrets: Mapping[str, Mapping[str, str]]) -> None:
        """`secrets`: by connection id. Safe to repeat. Raises ShippingError before writing over another merchant's,
        for fewer inbox shards than a store has, for another consent scope, and where a store loses its number."""
        self._refuse_others_property(merchant)
        self._refuse_another_scope(merchant)
        self._refuse_to_take_a_number_away(merchant)
        for store in [self._with_shards(store) for store in merchant.stores]:
            self._bring(f"Store {store.id}", self._now.store(store.id), store, self._setup.put_store)
        for connection in merchant.connections:
            self._bring_connection(connection, dict(secrets[connection.id]))
        ids = {member.email: self._bring_member(member, merchant.id) for member in merchant.members}
        for proxy in merchant.proxies:
            owner = proxy.associate_id and ids[proxy.associate_id]
            wanted = msgspec.structs.replace(proxy, associate_id=owner)
            self._bring(f"Number {proxy.address}", self._proxy(proxy), wanted, self._setup.put_proxy)

    def _refuse_another_scope(self, merchant: Merchant) -> None:
        """Whoever opted out did so in the scope of that time: in another one they could be written to (N8, N9)."""
        for store in merchant.stores:
            known = self._now.store(store.id)
            if known is not None and known.consent_scope is not store.consent_scope:
                raise ShippingError(
                    f'The store {store.id}: its consent_scope is "{known.consent_scope}" and stays so. '
                    "Customers who opted out would be written to again, since another scope does not know of them."
                )

    def _refuse_to_take_a_number_away(self, merchant: Merchant) -> None:
        """Its conversations would keep their customers, and a STOP to them would miss who has the number then (H19,
        N9). What is an associate's own goes along with them: no two stores talk with one customer over it."""
        for wanted in merchant.proxies:
            known = self._proxy(wanted)
            missing = set(known.store_ids) - set(wanted.store_ids) if known is not None else ()
            if known is not None and known.owner is not ProxyOwner.ASSOCIATE and missing:
                raise ShippingError(
                    f"The number {wanted.address}: {' and '.join(sorted(missing))} must keep it. Customers who talk "
                    "with that store over it would go on reaching it, and their STOP would miss the others. Name the "
                    "store there as before, and give the other stores a number of their own."
                )

    def _with_shards(self, store: Store) -> Store:
        """More shards take effect later: until then some process may not look into the new ones."""
        known = self._now.store(store.id)
        if known is None:
            return store
        try:
            return store.with_shards_after(known, self._clock.now())
        except ValueError as error:
            raise ShippingError(f"The store {store.id}: {error}, and it has {known.inbox_shards}.") from error

    def _bring(self, what: str, known: T | None, wanted: T, put: Callable[[T], None]) -> None:
        if known != wanted:
            put(wanted)
        self._say(f"  {what}: {_done(known, wanted)}")

    def _bring_connection(self, connection: Connection, secrets: dict[str, str]) -> None:
        known, stored = self._now.connection(connection.id), self.secrets(connection)
        if (known, stored) != (connection, secrets):
            self._setup.put_connection(connection, secrets)
        done = _done(known, connection)
        self._say(f"  Connection {connection.id}: {'new secret' if stored not in ({}, secrets) else done}")

    def _bring_member(self, member: Member, merchant_id: str) -> str:
        """The id under which they are in the table."""
        subject = self._sign_ins.find(member.email)
        known = self._now.associate(subject) if subject else None
        if known:
            self._refuse(f"The sign-in {member.email}", known, merchant_id)
        subject = subject or self._sign_ins.make(member.email, member.name)
        wanted = Associate(
            id=subject, merchant_id=merchant_id, email=member.email, name=member.name, stores=member.stores
        )
        self._bring(f"Associate {member.email}", known, wanted, self._setup.put_associate)
        if known == wanted and not self._is_listed(wanted):  # registered before there were lists of colleagues
            self._setup.list_associate(wanted)
        return subject

    def _is_listed(self, associate: Associate) -> bool:
        """Among the colleagues of each of their stores."""
        listed = ({each.id for each in self._now.colleagues(store_id)} for store_id in associate.stores)
        return all(associate.id in ids for ids in listed)

    def _refuse_others_property(self, merchant: Merchant) -> None:
        for store in merchant.stores:
            self._refuse(f"The store {store.id}", self._now.store(store.id), merchant.id)
        for connection in merchant.connections:
            self._refuse(f"The connection {connection.id}", self._now.connection(connection.id), merchant.id)
        for proxy in merchant.proxies:
            self._refuse(f"The number {proxy.address}", self._proxy(proxy), merchant.id)

    def _refuse(self, what: str, known: _Owned | None, merchant_id: str) -> None:
        if known and known.merchant_id != merchant_id:
            raise ShippingError(f"{what} belongs to another merchant, {known.merchant_id}.")

    def _proxy(self, wanted: Proxy) -> Proxy | None:
        return self._now.proxy(Channel(wanted.channel), wanted.address)


def _done(known: object, wanted: object) -> str:
    if known is None:
        return "added"
    return "unchanged" if known == wanted else "changed"


def _subject(attributes: list[dict[str, str]]) -> str:
    return next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub")
