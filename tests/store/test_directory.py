"""Contract of ports.Directory, and what the real one keeps in memory."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.aws.parameters import find_parameter
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import (
    Associate,
    Connection,
    ConsentScopeSetting,
    Permission,
    Proxy,
    Store,
)
from chalicelib.store.directory import LAST_RESORT, MAX_AGE, MISS_AGE, DynamoDirectory
from chalicelib.store.table import Table
from tests.store.conftest import Stores
from tests.support.emulator import make_ssm
from tests.support.samples import CONNECTION, MERCHANT, PROXY, STORE

TWILIO = Connection(
    id=CONNECTION,
    merchant_id=MERCHANT,
    provider="twilio",
    secret_ref="/counterline/test/connections/1",
    store_id=STORE,
    account="AC1",
    locations={"7": STORE},
    provider_answers_keywords=True,
)
SHOP = Store(
    id=STORE,
    merchant_id=MERCHANT,
    name="Böök #1",
    timezone="Europe/Berlin",
    phone=Address("+15550100009"),
    messaging=False,
    consent_scope=ConsentScopeSetting.MERCHANT,
)
NUMBER = Proxy(channel="sms", address=PROXY, merchant_id=MERCHANT, store_id=STORE, connection_id=CONNECTION)
ALEX = Associate(
    id="sub#1", merchant_id=MERCHANT, email="a@example.com", name="Alex", stores={STORE: frozenset({Permission.INBOX})}
)


def set_up(stores: Stores) -> None:
    stores.setup.put_store(SHOP)
    stores.setup.put_connection(TWILIO, {"auth_token": "secret"})
    stores.setup.put_proxy(NUMBER)
    stores.setup.put_associate(ALEX)


def test_a_store_has_its_addresses_by_channel(stores: Stores) -> None:
    set_up(stores)
    mailbox = Proxy(
        channel="email", address=Address("shop@mail.example"), merchant_id=MERCHANT, store_id=STORE, connection_id="ses"
    )
    stores.setup.put_proxy(mailbox)
    assert list(stores.directory.proxies_of(STORE, Channel.SMS)) == [NUMBER]
    assert list(stores.directory.proxies_of(STORE, Channel.EMAIL)) == [mailbox]
    assert list(stores.directory.proxies_of("elsewhere", Channel.SMS)) == []


def test_what_was_set_up_is_found(stores: Stores) -> None:
    set_up(stores)
    assert stores.directory.connection(CONNECTION) == TWILIO
    assert stores.directory.store(STORE) == SHOP
    assert list(stores.directory.stores()) == [SHOP]
    assert stores.directory.proxy(Channel.SMS, PROXY) == NUMBER
    assert stores.directory.associate(ALEX.id) == ALEX
    assert stores.directory.secrets(TWILIO) == {"auth_token": "secret"}


def test_what_was_not_is_not(stores: Stores) -> None:
    assert stores.directory.connection("x") is None
    assert stores.directory.store("x") is None
    assert stores.directory.proxy(Channel.SMS, PROXY) is None
    assert stores.directory.associate("x") is None


@pytest.mark.parametrize("secrets", [{}, {"auth_token": ""}, {"auth_token": "  "}, {"a": "x", "b": ""}])
def test_missing_and_blank_secrets_fail_closed(stores: Stores, secrets: dict[str, str]) -> None:
    name = f"/blank/{len(str(secrets))}"
    blank = Connection(id="c", merchant_id=MERCHANT, provider="twilio", secret_ref=name, store_id=STORE)
    if secrets:
        stores.setup.put_connection(blank, secrets)
    with pytest.raises(Unavailable):
        stores.directory.secrets(blank)


def test_access_ends_when_it_is_taken_away(stores: Stores) -> None:
    set_up(stores)
    stores.directory.associate(ALEX.id)
    stores.setup.put_associate(Associate(id=ALEX.id, merchant_id=MERCHANT, email="", name="", stores={}))
    found = stores.directory.associate(ALEX.id)
    assert found is not None
    assert found.stores == {}


@pytest.fixture
def calls(table: Table) -> Iterator[list[str]]:
    """Names of the AWS requests made."""
    seen: list[str] = []

    def note(model: Any, **_: object) -> None:
        seen.append(model.name)

    clients = (table.connection.connection.client, make_ssm())
    for client in clients:
        client.meta.events.register("before-parameter-build.*.*", note)
    yield seen
    for client in clients:
        client.meta.events.unregister("before-parameter-build.*.*", note)


def test_the_set_up_is_read_as_one_and_kept_for_a_minute(real: Stores, calls: list[str]) -> None:
    set_up(real)
    calls.clear()
    for _ in range(3):
        real.directory.connection(CONNECTION)
        real.directory.proxy(Channel.SMS, PROXY)
        real.directory.store(STORE)
        real.directory.stores()
        real.directory.secrets(TWILIO)
    assert calls == ["Query", "GetParameter"]
    real.clock.advance(MAX_AGE - 1)
    real.directory.connection(CONNECTION)
    real.directory.secrets(TWILIO)
    assert len(calls) == 2
    real.clock.advance(1)
    real.directory.connection(CONNECTION)
    real.directory.secrets(TWILIO)
    assert calls[2:] == ["Query", "GetParameter"]


def test_guessing_names_costs_one_read_in_ten_seconds(real: Stores, calls: list[str]) -> None:
    set_up(real)
    calls.clear()
    for number in range(50):
        real.directory.connection(f"guess-{number}")
        real.directory.proxy(Channel.SMS, Address(f"+1555{number:07d}"))
    assert calls == ["Query"]
    real.clock.advance(MISS_AGE)
    for number in range(50):
        real.directory.connection(f"guess-{number}")
    assert calls == ["Query", "Query"]


def test_a_new_connection_is_found_within_ten_seconds(real: Stores) -> None:
    assert real.directory.connection(CONNECTION) is None
    real.setup.put_connection(TWILIO, {"auth_token": "x"})
    real.clock.advance(MISS_AGE)
    assert real.directory.connection(CONNECTION) == TWILIO


def test_a_missing_secret_costs_one_read_in_ten_seconds(real: Stores, calls: list[str]) -> None:
    lost = Connection(id="c", merchant_id=MERCHANT, provider="twilio", secret_ref="/nowhere", store_id=STORE)
    for _ in range(5):
        with pytest.raises(Unavailable):
            real.directory.secrets(lost)
    assert calls == ["GetParameter"]
    real.clock.advance(MISS_AGE)
    with pytest.raises(Unavailable):
        real.directory.secrets(lost)
    assert calls == ["GetParameter", "GetParameter"]


def test_a_secret_that_is_taken_away_ends_within_a_minute(table: Table, real: Stores) -> None:
    """Unlike one that cannot be read for the moment: that the last good copy serves then is told below."""
    found: dict[str, str | None] = {"secret": '{"auth_token": "x"}'}
    directory = DynamoDirectory(table, real.clock, lambda _: found["secret"])
    assert directory.secrets(TWILIO)
    found["secret"] = None
    real.clock.advance(MAX_AGE)
    with pytest.raises(Unavailable):
        directory.secrets(TWILIO)


@pytest.mark.parametrize("value", ["", "text", "[]", '{"a": 1}', "null"])
def test_a_parameter_that_is_no_object_of_texts_fails_closed(table: Table, real: Stores, value: str) -> None:
    with pytest.raises(Unavailable):
        DynamoDirectory(table, real.clock, lambda _: value).secrets(TWILIO)


class Refusing:
    """A client whose service does not answer."""

    def get_parameter(self, **_: object) -> dict[str, object]:
        raise EndpointConnectionError(endpoint_url="http://nowhere")


def test_what_was_read_last_serves_while_nothing_answers(real: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verified text can then go on the inbound queue, instead of being turned away."""
    set_up(real)
    real.directory.secrets(TWILIO)
    real.directory.connection(CONNECTION)
    monkeypatch.setattr(real.directory, "_parameter", partial(find_parameter, ssm=Refusing()))
    monkeypatch.setattr(real.directory, "_read", refusing)
    for age in (MAX_AGE, MAX_AGE, LAST_RESORT // 2):
        real.clock.advance(age)
        assert real.directory.connection(CONNECTION) == TWILIO
        assert real.directory.secrets(TWILIO) == {"auth_token": "secret"}
    real.clock.advance(LAST_RESORT // 2)
    for ask in (lambda: real.directory.connection(CONNECTION), lambda: real.directory.secrets(TWILIO)):
        with pytest.raises(Unavailable):
            ask()


def refusing(_: int) -> None:
    raise Unavailable
