"""Webhook bodies of the type application/x-www-form-urlencoded, read strictly: one meaning or none."""

import re
from urllib.parse import parse_qsl

from chalicelib.domain.errors import BadSignature, InvalidInput

Form = dict[str, list[str]]
"""The values of each parameter, in the order they came; blank ones included."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,63}", re.ASCII)
_MOST_PARAMETERS = 200


def read_form(body: bytes) -> Form:
    """The parameters of a form. Raises BadSignature for a body that no provider can have made and signed."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError:
        raise BadSignature from None
    form: Form = {}
    for name, value in pairs:
        if not _NAME.fullmatch(name):
            raise BadSignature
        form.setdefault(name, []).append(value)
    return form


def one(form: Form, name: str) -> str:
    """The only value of a parameter. Raises InvalidInput where it is missing or there are several."""
    values = form.get(name, [])
    if len(values) != 1:
        raise InvalidInput(parameter=name)
    return values[0]


def optional(form: Form, name: str) -> str:
    """The only value of a parameter, empty where it is missing. Raises InvalidInput where there are several."""
    return one(form, name) if name in form else ""
