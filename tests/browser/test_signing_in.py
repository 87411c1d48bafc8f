"""Who gets in, and who sees Messaging (D4-D7)."""

import secrets
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from chalicelib.domain.merchants import Associate
from chalicelib.store.setup import DynamoSetup
from infra.registration import SignIns
from local import directory, merchant
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e import functions
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def test_a_wrong_password_is_refused_and_the_right_one_shows_the_inbox_of_three_panes(
    stack: Stack, new_app: Callable[..., App], complaints: Complaints
) -> None:
    customer = Customer(stack)
    stack.driver.text(customer.number, str(merchant.BOSTON.proxy), f"Hello from {customer.name}")
    complaints.expect(r"status of 400 .*/auth")
    app = new_app()
    expect(app.page.get_by_role("heading", name="Sign in to Counterline")).to_be_visible()
    app.fill_sign_in("ben@juniper.example", "Not-The-Password-1")
    expect(app.page.get_by_role("alert")).to_have_text("Wrong e-mail or password.")
    app.fill_sign_in("ben@juniper.example", merchant.PASSWORD)
    expect(app.page.get_by_role("region", name="Conversations")).to_be_visible()
    app.row(customer.name).click()
    expect(app.page.get_by_role("region", name="Conversation with")).to_be_visible()
    expect(app.page.get_by_role("region", name="Customer", exact=True)).to_be_visible()
    expect(app.composer).to_be_visible()


def test_without_the_orders_permission_there_is_no_messaging(
    new_app: Callable[..., App], complaints: Complaints
) -> None:
    complaints.expect(r"status of 403 .*/api/stores/boston/orders")
    app = new_app("noah")
    expect(app.page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(app.page.get_by_role("link", name="Messaging")).to_have_count(0)
    app.go("/stores/boston/messaging")
    expect(app.page.get_by_role("region", name="Conversations")).to_have_count(0)


def test_where_the_store_has_messaging_switched_off_there_is_no_messaging(
    stack: Stack, new_app: Callable[..., App]
) -> None:
    email = _associate_of_a_store_without_messaging(stack)
    app = new_app()
    app.sign_in("", email=email)
    expect(app.page.get_by_role("link", name="Orders")).to_be_visible()
    expect(app.page.get_by_role("link", name="Messaging")).to_have_count(0)


def test_signing_out_forgets_and_a_reload_stays_signed_in(app: App) -> None:
    app.page.reload()
    expect(app.page.get_by_role("navigation", name="Main")).to_be_visible()
    app.page.get_by_role("button", name="Sign out").click()
    expect(app.page.get_by_role("heading", name="Sign in to Counterline")).to_be_visible()
    app.page.reload()
    expect(app.page.get_by_role("heading", name="Sign in to Counterline")).to_be_visible()


def _associate_of_a_store_without_messaging(stack: Stack) -> str:
    """A new store and a new associate: nothing that other tests use changes."""
    name = f"harbor-{secrets.token_hex(3)}"
    store = replace(merchant.BOSTON, id=name, name="Juniper & Pine Harbor", messaging=False, proxy=None)
    email = f"{name}@juniper.example"
    setup = DynamoSetup(directory.table(stack.outputs, stack.emulator_endpoint), stack.client("ssm"))
    setup.put_store(store)
    sign_ins = SignIns(stack.client("cognito-idp"), stack.outputs["UserPoolId"], merchant.PASSWORD)
    subject, stores = sign_ins.make(email, "Hal Bor"), {name: merchant.TALKS}
    setup.put_associate(
        Associate(id=subject, merchant_id=merchant.MERCHANT_ID, email=email, name="Hal Bor", stores=stores)
    )
    functions.forget_set_up(stack)
    return email
