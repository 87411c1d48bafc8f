"""The audit log in the settings: read, narrowed, exported (X24)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_manager_reads_narrows_and_exports_the_audit_log(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    ben.do("POST", f"/conversations/{conversation}/close")
    ben.do("POST", f"/conversations/{conversation}/reopen")
    app = new_app("maya", size=size, theme="dark")
    app.go("/stores/boston/settings/audit")
    rows = app.page.get_by_test_id("audit-row").filter(has_text=conversation)
    expect(rows).to_have_count(2)
    faultless(app.page)
    app.page.get_by_role("combobox", name="What").select_option("closed")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Ben")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Export").press("Enter")
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines[0] == "when,associate,associate id,act,conversation,order or request"
    assert any(conversation in line and ",closed," in line for line in lines)
    assert not any("reopened" in line for line in lines)
    assert customer.number not in "".join(lines)
