"""Another origin's preflight is answered with the headers that the template gives API Gateway."""

import json
from pathlib import Path
from typing import Any

import pytest

from local import preflight


@pytest.fixture
def answers(tmp_path: Path) -> preflight.Answers:
    file = tmp_path / "template.json"
    paths = {"/me": {"get": {}, "options": _options("GET")}, "/a/{id}/b": {"options": _options("POST")}, "/c": {}}
    file.write_text(json.dumps({"Resources": {"RestAPI": {"Properties": {"DefinitionBody": {"paths": paths}}}}}))
    return preflight.read_answers(file)


@pytest.mark.parametrize(("path", "method"), [("/me", "GET"), ("/a/some-id/b", "POST")])
def test_a_route_says_what_it_takes(answers: preflight.Answers, path: str, method: str) -> None:
    response = preflight.answer(answers, "OPTIONS", path)
    assert response is not None
    assert response.status_code == 200
    assert response.headers["access-control-allow-methods"] == f"{method},OPTIONS"
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("method", "path"), [("GET", "/me"), ("OPTIONS", "/c"), ("OPTIONS", "/a/x/y/b")])
def test_everything_else_is_the_apis(answers: preflight.Answers, method: str, path: str) -> None:
    assert preflight.answer(answers, method, path) is None


def test_without_a_package_nothing_is_answered(tmp_path: Path) -> None:
    assert preflight.read_answers(tmp_path / "none.json") == []


def _options(method: str) -> dict[str, Any]:
    header = "method.response.header.Access-Control-Allow-"
    given = {f"{header}Methods": f"'{method},OPTIONS'", f"{header}Origin": "'*'"}
    return {"x-amazon-apigateway-integration": {"responses": {"default": {"responseParameters": given}}}}
