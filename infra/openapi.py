"""Writes docs/openapi.json from the routes and types of `chalicelib/api` (`make openapi`)."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "openapi.json"
_TEMPLATE = "#/components/schemas/{name}"
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Chosen by the client; the same key and body again gets the same answer and no second effect.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,128}$"},
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the running code."""
    import app  # noqa: F401  registers every blueprint's routes
    from chalicelib.api import schemas
    from chalicelib.api.routing import ROUTES

    types = [kind for route in ROUTES for kind in (route.request, route.answer) if kind is not None]
    _, components = msgspec.json.schema_components([*types, schemas.ErrorBody], ref_template=_TEMPLATE)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Counterline",
            "version": "1",
            "description": "Customer messaging for shops. Times are epoch milliseconds, money is in minor units, "
            "cursors are opaque. Webhooks are described in docs/adding-a-channel.md and docs/adding-a-shop.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "http://localhost:8000/api", "description": "make run"}],
        "security": [{"associate": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "associate": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "The bare ID token of the user pool.",
                }
            },
        },
    }


def _operation(route: Any) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if not route.signed_in:
        operation["security"] = []
    if route.request is not None:
        schema = {"$ref": _TEMPLATE.format(name=route.request.__name__)}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _parameters(route: Any) -> list[dict[str, Any]]:
    pattern = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": pattern} for name in re.findall(r"{(\w+)}", route.path)
    ]
    for name, query in route.query.items():
        found.append({"name": name, "in": "query", "description": query.meaning, "schema": _query_schema(query)})
    if route.idempotent:
        found.append(_KEY)
    return found


def _query_schema(query: Any) -> dict[str, Any]:
    if query.choices:
        return {"type": "string", "enum": list(query.choices)}
    if query.type == "integer":
        return {"type": "integer", "minimum": 1, "maximum": query.maximum}
    return {"type": "string", "maxLength": query.maximum}


def _responses(route: Any) -> dict[str, Any]:
    from chalicelib.api.errors import STATUS
    from chalicelib.domain import errors

    answers: dict[str, Any] = {}
    if route.answer is None:
        answers["204"] = {"description": "Done."}
    else:
        schema = {"$ref": _TEMPLATE.format(name=route.answer.__name__)}
        content = {"application/json": {"schema": schema}}
        answers[str(route.status)] = {"description": "Done.", "content": content}
    refusals = [errors.InvalidInput, errors.NotFound, errors.Unavailable, *route.errors]
    if route.request is not None:
        refusals.append(errors.TooLarge)
    codes: dict[int, list[str]] = {415: ["unsupported_media_type"], 500: ["internal"]}
    if route.signed_in:
        codes[401] = ["unauthorized"]
        refusals.append(errors.PermissionDenied)
    for kind in refusals:
        codes.setdefault(STATUS[kind], []).append(kind.code)
    for status in sorted(codes):
        schema = {"$ref": _TEMPLATE.format(name="ErrorBody")}
        answers[str(status)] = {
            "description": ", ".join(f"`{code}`" for code in sorted(set(codes[status]))),
            "content": {"application/json": {"schema": schema}},
        }
    return answers


def text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"wrote {TARGET.relative_to(ROOT)}\n")
