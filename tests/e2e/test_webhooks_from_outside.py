"""What the public address takes and refuses, on the real stack (docs/requirements.md, Repeats and bad input)."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from twilio.request_validator import RequestValidator

from chalicelib.channels import PUBLISHERS
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.store.setup import DynamoSetup
from local import directory, merchant
from tests.e2e import functions
from tests.e2e.api import Person, refusal
from tests.e2e.customers import Customer, fresh_number
from tests.e2e.providers import Shopify, Twilio, new_sid
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def _stored(stack: Stack) -> int:
    """Items in the table; nothing else may write while this is compared."""
    table = stack.outputs["TableName"]
    return int(stack.client("dynamodb").scan(TableName=table, Select="COUNT")["Count"])


@pytest.mark.parametrize("signature", ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "not base64"])
def test_an_unsigned_or_wrongly_signed_text_is_refused_and_leaves_no_trace(
    stack: Stack, ben: Person, twilio: Twilio, signature: str
) -> None:
    number = fresh_number()
    before = _stored(stack)
    answer = twilio.post(twilio.form(number, stack.number("boston"), "Let me in"), signature=signature)
    assert refusal(answer) == (401, "bad_signature")
    assert _stored(stack) == before


def test_a_signature_of_another_secret_address_or_content_is_refused(stack: Stack, twilio: Twilio) -> None:
    form = twilio.form(fresh_number(), stack.number("boston"), "Let me in")
    foreign = RequestValidator("another secret").compute_signature(twilio.url, form)
    elsewhere = RequestValidator(twilio.connection["signing_secret"]).compute_signature(twilio.url + "/", form)
    before_change = RequestValidator(twilio.connection["signing_secret"]).compute_signature(twilio.url, form)
    assert refusal(twilio.post(form, signature=foreign)) == (401, "bad_signature")
    assert refusal(twilio.post(form, signature=elsewhere)) == (401, "bad_signature")
    changed = {**form, "Body": "Changed on the way"}
    assert refusal(twilio.post(changed, signature=before_change)) == (401, "bad_signature")


@pytest.mark.parametrize("missing", ["MessageSid", "From", "Body"])
def test_a_signed_but_malformed_text_is_refused_in_the_one_shape(stack: Stack, twilio: Twilio, missing: str) -> None:
    form = twilio.form(fresh_number(), stack.number("boston"), "Hello")
    del form[missing]
    form.pop("SmsSid", None)
    assert refusal(twilio.post(form)) == (400, "invalid_input")


def test_an_unknown_connection_is_not_found(stack: Stack, twilio: Twilio, outside: httpx.Client) -> None:
    form = twilio.form(fresh_number(), stack.number("boston"), "Hello")
    for path in ("twilio/nobody", "nobody/twilio-main", "shopify/twilio-main"):
        answer = outside.post(f"{stack.origin}/webhooks/{path}", data=form)
        assert refusal(answer) == (404, "not_found")


def test_a_body_over_the_limit_is_too_large(stack: Stack, twilio: Twilio) -> None:
    answer = twilio.text(fresh_number(), stack.number("boston"), "x" * ((1 << 20) + 1))
    assert refusal(answer) == (413, "too_large")


def test_a_delivery_report_with_a_forged_reference_is_refused(stack: Stack, twilio: Twilio) -> None:
    form = {"MessageSid": new_sid(), "MessageStatus": "delivered", "AccountSid": twilio.connection["account"]}
    assert refusal(twilio.post(form, url=f"{twilio.url}/status/forged.reference")) == (401, "bad_signature")


def test_twenty_repeats_eight_at_once_are_one_text(stack: Stack, ben: Person, twilio: Twilio) -> None:
    customer = Customer(stack)
    sid = new_sid()
    with ThreadPoolExecutor(8) as pool:
        statuses = pool.map(
            lambda _: twilio.text(customer.number, stack.number("boston"), "Once", sid=sid).status_code, range(20)
        )
        assert set(statuses) == {200}
    row = ben.do("GET", "/stores/boston/conversations?state=open")["rows"][0]
    assert row["unread"] == 1
    assert [message["body"] for message in ben.messages(row["id"])] == ["Once"]


def test_eight_first_texts_at_once_open_one_conversation(stack: Stack, ben: Person, twilio: Twilio) -> None:
    customer = Customer(stack)
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda n: twilio.text(customer.number, stack.number("boston"), f"First {n}").status_code, range(8)
        )
        assert set(answers) == {200}
    rows = ben.do("GET", "/stores/boston/conversations?state=open")["rows"]
    mine = [row for row in rows if row["last_preview"].startswith("First ")]
    assert len(mine) == 1
    assert sorted(message["body"] for message in ben.messages(mine[0]["id"])) == [f"First {n}" for n in range(8)]


def test_a_text_from_the_simulator_repeated_by_hand_changes_nothing(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    customer.texts("Once only")
    sid = customer.phone["texts"][-1]["sid"]
    for _ in range(3):
        assert stack.driver.simulator("POST", "/webhooks/repeat", {"sid": sid}) == {"status": 200}
    row = ben.do("GET", "/stores/boston/conversations?state=open")["rows"][0]
    assert [message["body"] for message in ben.messages(row["id"])] == ["Once only"]


@pytest.mark.parametrize("signature", ["", "bm90IGEgc2lnbmF0dXJl"])
def test_an_unsigned_or_wrongly_signed_order_is_refused(stack: Stack, shopify: Shopify, signature: str) -> None:
    before = _stored(stack)
    order = shopify.order("#F1", fresh_number(), "Nobody Known")
    assert refusal(shopify.post("orders/create", order, signature=signature)) == (401, "bad_signature")
    assert _stored(stack) == before


@pytest.mark.parametrize("body", [b"not json", b"{}", b"[1]", b'{"id": "a"}'])
def test_a_signed_but_malformed_order_is_refused_in_the_one_shape(shopify: Shopify, body: bytes) -> None:
    assert refusal(shopify.post("orders/create", None, body=body)) == (400, "invalid_input")


def test_a_genuine_but_unknown_topic_is_taken_without_effect(stack: Stack, shopify: Shopify) -> None:
    before = _stored(stack)
    assert shopify.post("collections/update", {"id": 1}).status_code == 200
    assert _stored(stack) == before


def test_an_order_told_twenty_times_is_one_order(stack: Stack, ben: Person, shopify: Shopify) -> None:
    number = f"#T{secrets.randbelow(10**9)}"
    order = shopify.order(number, fresh_number(), "Twenty Times")
    event = secrets.token_hex(16)
    with ThreadPoolExecutor(8) as pool:
        statuses = pool.map(lambda _: shopify.post("orders/create", order, event_id=event).status_code, range(20))
        assert set(statuses) == {200}
    rows = ben.do("GET", f"/stores/boston/orders?q={number.replace('#', '%23')}")["rows"]
    assert [row["number"] for row in rows] == [number]


def test_a_second_twilio_account_is_only_data(stack: Stack, ben: Person, twilio: Twilio, outside: httpx.Client) -> None:
    """Another account with its own secret and number: its texts arrive, signed with its secret only."""
    account = "AC" + secrets.token_hex(16)
    secret, number = secrets.token_hex(16), fresh_number()
    name = f"twilio-{secrets.token_hex(4)}"
    setup = DynamoSetup(directory.table(stack.outputs, stack.emulator_endpoint), stack.client("ssm"))
    reference = f"{stack.outputs['ParameterPrefix']}/connections/{name}"
    setup.put_connection(
        Connection(
            id=name,
            merchant_id=merchant.MERCHANT_ID,
            provider="twilio",
            secret_ref=reference,
            store_id="boston",
            account=account,
        ),
        {"auth_token": secret},
    )
    setup.put_proxy(
        Proxy(channel="sms", address=number, merchant_id=merchant.MERCHANT_ID, store_id="boston", connection_id=name)
    )
    functions.forget_set_up(stack)
    facts = {
        "account": account,
        "signing_secret": secret,
        "webhook_url": f"{stack.origin}/webhooks/twilio/{name}",
    }
    second = Twilio(stack, outside, facts)
    assert second.text(fresh_number(), number, "Hello to the second account").status_code == 200
    assert ben.do("GET", "/stores/boston/conversations?state=open")["rows"][0]["last_preview"].endswith("account")
    forged = Twilio(stack, outside, {**facts, "signing_secret": twilio.connection["signing_secret"]})
    assert refusal(forged.text(fresh_number(), number, "Signed with the first secret")) == (401, "bad_signature")


def test_any_origin_may_read_answers_but_nothing_comes_without_a_good_token(
    stack: Stack, maya: Person, outside: httpx.Client
) -> None:
    """The preflight is in tests/template: the emulator leaves out the headers of API Gateway's own answers to it."""
    from_elsewhere = {"Origin": "https://elsewhere.example"}
    good = outside.get(f"{stack.origin}/api/me", headers={**from_elsewhere, "Authorization": maya.token})
    assert good.status_code == 200
    assert good.headers["access-control-allow-origin"] == "*"
    header, payload, signature = maya.token.split(".")
    for token in ("", "ey.forged.token", f"{header}.{payload}.{signature[::-1]}"):
        headers = {**from_elsewhere, "Authorization": token} if token else from_elsewhere
        refused = outside.get(f"{stack.origin}/api/me", headers=headers)
        assert refusal(refused) == (401, "unauthorized")
        assert refused.headers["access-control-allow-origin"] == "*"


def test_demo_json_is_what_the_issue_promises(stack: Stack) -> None:
    facts = json.loads(stack.workspace.demo.read_text())
    assert {"origin", "api", "auth", "stores", "associates", "connections"} <= set(facts)
    assert set(facts["auth"]) == {"endpoint", "client_id"}
    for kind, wanted in {
        "stores": {"id", "name", "timezone", "phone"},
        "associates": {"email", "password", "stores", "permissions"},
        "connections": {"id", "provider", "numbers"},
    }.items():
        assert facts[kind]
        assert all(wanted <= set(each) for each in facts[kind]), kind
    called = [each for each in facts["connections"] if each["provider"] not in PUBLISHERS]
    assert all({"webhook_url", "signing_secret"} <= set(each) for each in called)
    assert (len(facts["stores"]), len(facts["associates"])) == (2, 5)
    assert facts["api"] == f"{facts['origin']}/api"
