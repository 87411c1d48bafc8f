"""docs/openapi.json against the running API, over HTTP: what it says is what there is, and no case breaks anything.

CONTRACT_CASES=2000 is the whole of it; `make test` does a fifth. The cases are the same in every run.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of, started
from tests.e2e.figures import record
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
CASES = int(os.environ.get("CONTRACT_CASES", "400"))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
SCHEMA = schemathesis.openapi.from_path(DOCUMENT)
OPERATIONS = {f"{o.method.upper()} {o.path}": o for o in (found.ok() for found in SCHEMA.get_all_operations())}
EACH = -(-CASES // (len(OPERATIONS) * 3))
"""Cases per operation and kind: sensible, senseless, unsigned."""
_answers: dict[str, int] = {}
"""How often each status came, over all tests of this file."""


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.trust_env = False
        yield made
    record("contract", {"cases": sum(_answers.values()), **{f"answers_{s}": n for s, n in sorted(_answers.items())}})


@pytest.fixture(scope="module", autouse=True)
def _as_it_was(stack: Stack) -> Iterator[None]:
    """Sensible requests change the store's settings for good: other tests of the stack want them as they were."""
    path = "/stores/boston/settings"
    with Person(stack, "maya") as person:
        before = person.do("GET", path)["chat_link"]
        yield
        now = person.do("GET", path)["chat_link"]
        person.do("PUT", path, {"chat_link": before, "chat_link_was": now})
    functions.forget_set_up(stack)


@pytest.fixture
def ids(stack: Stack, maya: Person) -> dict[str, str]:
    """Of a conversation, its message and its order, which nothing else needs."""
    return _objects(stack, maya)


@pytest.fixture(scope="module")
def worn_ids(stack: Stack) -> dict[str, str]:
    """The same for all senseless and unsigned requests."""
    with Person(stack, "maya") as person:
        return _objects(stack, person)


def _objects(stack: Stack, maya: Person) -> dict[str, str]:
    customer = Customer(stack)
    conversation = started(maya, customer, wait=False)
    message = maya.messages(conversation)[-1]["id"]
    order = order_of(customer.orders())
    later = {"body": "Until tomorrow", "send_at": (int(time.time()) + 86_400) * 1000}
    maya.do("POST", f"/conversations/{conversation}/messages", later)
    [held] = maya.do("GET", f"/conversations/{conversation}")["held"]
    return {
        "store_id": "boston",
        "conversation_id": conversation,
        "message_id": message,
        "order_id": order,
        "held_id": held["id"],
    }


def _with_real_ids(case: Any, ids: dict[str, str]) -> dict[str, Any]:
    """What there is one of; chats, attachments and transfers stay made up."""
    return {name: ids.get(name, value) for name, value in (case.path_parameters or {}).items()}


@pytest.mark.parametrize("name", OPERATIONS)
def test_sensible_requests_are_answered_as_the_document_says(
    stack: Stack, maya: Person, ids: dict[str, str], session: requests.Session, name: str
) -> None:
    _answered_as_documented(stack, maya, ids, session, name, GenerationMode.POSITIVE)


@pytest.mark.parametrize("name", OPERATIONS)
def test_senseless_requests_are_refused_as_the_document_says(
    stack: Stack, maya: Person, worn_ids: dict[str, str], session: requests.Session, name: str
) -> None:
    _answered_as_documented(stack, maya, worn_ids, session, name, GenerationMode.NEGATIVE)


def _answered_as_documented(
    stack: Stack, maya: Person, ids: dict[str, str], session: requests.Session, name: str, mode: GenerationMode
) -> None:
    operation = OPERATIONS[name]

    @_settled
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def run(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = _with_real_ids(case, ids)
        headers = {"Authorization": maya.token}
        answer = case.call(base_url=f"{stack.origin}/api", session=session, headers=headers)
        _count(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    run()


_NO_SESSION = {(404, "chat_unavailable"), (400, "invalid_input")}
"""The latter for what the document cannot rule out: a message of blanks without pictures, a size of 1.0."""


@pytest.mark.parametrize("name", OPERATIONS)
def test_without_a_sign_in_nothing_is_answered(
    stack: Stack, worn_ids: dict[str, str], session: requests.Session, name: str
) -> None:
    operation = OPERATIONS[name]

    @_settled
    @given(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE), st.sampled_from(["", "x", "ey.x.y", "Bearer x"])
    )
    def run(case: Any, token: str) -> None:
        case.path_parameters = _with_real_ids(case, worn_ids)
        headers = {"Authorization": token} if token else {}
        case.headers = {key: value for key, value in (case.headers or {}).items() if key.lower() != "authorization"}
        answer = case.call(base_url=f"{stack.origin}/api", session=session, headers=headers)
        _count(answer.status_code)
        expected = _NO_SESSION if operation.path.startswith("/chat") else {(401, "unauthorized")}
        assert (answer.status_code, answer.json()["error"]["code"]) in expected

    run()


def test_a_document_that_is_wrong_is_noticed(stack: Stack, maya: Person, session: requests.Session) -> None:
    document = json.loads(DOCUMENT.read_text("utf-8"))
    document["components"]["schemas"]["Me"]["required"].append("shoe_size")
    wrong = schemathesis.openapi.from_dict(document)["/me"]["GET"]
    answer = (case := wrong.Case()).call(
        base_url=f"{stack.origin}/api", session=session, headers={"Authorization": maya.token}
    )
    with pytest.raises(schemathesis.core.failures.FailureGroup):
        case.validate_response(answer, checks=CHECKS)


_settled = settings(
    max_examples=EACH,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _count(status: int) -> None:
    _answers[str(status)] = _answers.get(str(status), 0) + 1
