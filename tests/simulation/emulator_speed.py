"""The emulator's DynamoDB, quicker, with the same answers: what it works out anew for every request is remembered."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

import msgspec
from ministack.services import dynamodb

from chalicelib.aws import clients, parameters, pusher, queues

_numbers = itertools.count()


def _copied(value: Any) -> Any:
    """What JSON can hold; half of the emulator's time went into `copy.deepcopy`.

    A scalar such as `{"S": "x"}` is replaced whole where it changes, so copies share it.
    """
    kind = type(value)
    if kind is dict:
        return {key: each if _is_scalar(each) else _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if kind is list else value


def _is_scalar(value: Any) -> bool:
    if type(value) is dict:
        return len(value) == 1 and ("S" in value or "N" in value)
    return type(value) is not list


_tokenize, _syntax_error = cache(dynamodb._tokenize), cache(dynamodb._condition_syntax_error)
_REPLACED: dict[str, Any] = {
    "_tokenize": lambda expression: list(_tokenize(expression)),
    "_condition_syntax_error": lambda expression, slot="ConditionExpression": _syntax_error(expression, slot),
    "new_uuid": lambda: str(next(_numbers)),
    "json_response": lambda content, status=200: (status, {}, msgspec.json.encode(content)),
    "_item_size_bytes": lambda item: 100,  # far below the limit of 400 KB, as everything in here
    "copy": SimpleNamespace(deepcopy=_copied, copy=dict),
}
_ADAPTERS = (clients, parameters, pusher, queues)


def quicken(now: Callable[[], int]) -> None:
    """From here on the emulator is quick, and its clock is `now` (epoch milliseconds)."""
    for name, quick in _REPLACED.items():
        setattr(dynamodb, name, quick)
    dynamodb.time = SimpleNamespace(time=lambda: now() / 1000, sleep=_asleep)


def connect(client: Any) -> None:
    """Where our adapters' network begins, `client` is."""
    for module in _ADAPTERS:
        module.client = lambda service, endpoint=None: client  # type: ignore[attr-defined]  # stands in for the real one


@contextmanager
def untouched() -> Iterator[None]:
    """Puts everything back that this module replaces, for other tests in the same process."""
    places = [(dynamodb, name) for name in (*_REPLACED, "time")] + [(module, "client") for module in _ADAPTERS]
    before = [(module, name, getattr(module, name)) for module, name in places]
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def _asleep(seconds: float) -> None:
    """For the emulator's own thread that collects garbage: it must not follow virtual time."""
    import time

    time.sleep(max(seconds, 60))
