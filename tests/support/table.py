"""The table's definition for CreateTable, from the template that everything else uses."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).parents[2] / "infra" / "resources.yaml"


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's tags as nothing: the parts taken from here have none."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


@cache
def _table() -> dict[str, Any]:
    template = yaml.load(TEMPLATE.read_text("utf-8"), Loader=_Loader)
    (table,) = (
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource.get("Type") == "AWS::DynamoDB::Table"  # overrides have no type
    )
    properties: dict[str, Any] = table
    return properties


def definition(name: str) -> dict[str, Any]:
    """Parameters of CreateTable."""
    table = _table()
    stream = {**table["StreamSpecification"], "StreamEnabled": True}
    names = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    return {**{key: table[key] for key in names}, "TableName": name, "StreamSpecification": stream}
