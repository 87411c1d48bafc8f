"""Which changes of the table a function is called for: the event filters of infra/resources.yaml, as Lambda reads them.

https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
"""

import json
from functools import cache
from typing import Any

import yaml

from infra.package import ROOT

Record = dict[str, Any]
Pattern = dict[str, Any]


def passes(function: str, record: Record) -> bool:
    """Whether a record of the table's stream reaches a function (its logical id in the template)."""
    return any(_matches(pattern, record) for pattern in patterns(function))


@cache
def patterns(function: str) -> tuple[Pattern, ...]:
    """Several filters are alternatives."""
    events = _template()["Resources"][function]["Properties"]["Events"]
    (source,) = (event["Properties"] for name, event in events.items() if name.endswith("DynamodbEventSource"))
    return tuple(json.loads(filter_["Pattern"]) for filter_ in source["FilterCriteria"]["Filters"])


def _matches(pattern: Pattern, value: Any) -> bool:
    """Every field of a pattern must match; a list holds alternatives for a leaf."""
    if not isinstance(value, dict):
        return False
    return all(
        _matches(wanted, value.get(name)) if isinstance(wanted, dict) else _one_of(wanted, name, value)
        for name, wanted in pattern.items()
    )


def _one_of(alternatives: list[Any], name: str, value: dict[str, Any]) -> bool:
    for wanted in alternatives:
        if not isinstance(wanted, dict):
            if name in value and value[name] == wanted:
                return True
        elif set(wanted) != {"exists"}:
            raise NotImplementedError(f"a filter with {sorted(wanted)}")
        elif wanted["exists"] is (name in value and not isinstance(value[name], dict)):
            return True
    return False


@cache
def _template() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((ROOT / "infra" / "resources.yaml").read_text(), Loader=_Loader)
    return loaded


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's tags as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
