"""What browsers ask before they use the API from another origin, answered as API Gateway does.

The emulator leaves out the headers of these answers, so they are read from the packaged template, path by path.
"""

import json
import re
from pathlib import Path
from typing import Any

from starlette.responses import Response

Answers = list[tuple[re.Pattern[str], dict[str, str]]]
"""Paths of the API below its stage, and the headers of the answer to OPTIONS there."""
_HEADER = "method.response.header."


def read_answers(template: Path) -> Answers:
    """Of a packaged template; none when there is none."""
    try:
        definition = json.loads(template.read_text())["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    except FileNotFoundError:
        return []
    asked = {path: methods["options"] for path, methods in definition["paths"].items() if "options" in methods}
    return [(_pattern(path), _headers(method)) for path, method in asked.items()]


def answer(answers: Answers, method: str, path: str) -> Response | None:
    """None: not a preflight of a route that there is."""
    if method == "OPTIONS":
        for pattern, headers in answers:
            if pattern.fullmatch(path):
                return Response(b"{}", 200, headers, media_type="application/json")
    return None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in _parts(path)))


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"(\{[^}]+\})", path) if part]


def _headers(method: dict[str, Any]) -> dict[str, str]:
    """Fixed values stand between single quotes in an integration."""
    given = method["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
    return {name.removeprefix(_HEADER): value.strip("'") for name, value in given.items()}
