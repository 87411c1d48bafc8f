"""Reads templates as CloudFormation does: the serverless transform, references, dependencies."""

import copy
import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from infra.package import Template

SUBSTITUTION = re.compile(r"\$\{([^!}][^}]*)\}")


class Reference(NamedTuple):
    """`where` (path in the template) needs `target`, a logical id, parameter or pseudo parameter."""

    where: str
    target: str


def expanded(template: Template) -> Template:
    """What AWS::Serverless-2016-10-31 makes of it."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    from samtranslator.translator.transform import transform

    source = copy.deepcopy(template)
    for resource in source["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key.zip"
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://bucket/layer.zip"
    result: Template = transform(source, {}, _NoManagedPolicies())
    return result


class _NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}


def references(node: Any, where: str = "") -> Iterator[Reference]:
    """Every Ref, Fn::GetAtt and Fn::Sub below a node."""
    if isinstance(node, dict):
        for key, value in node.items():
            here = f"{where}/{key}"
            if key == "Ref":
                yield Reference(where, value)
            elif key == "Fn::GetAtt":
                yield Reference(where, value.split(".")[0] if isinstance(value, str) else value[0])
            elif key == "Fn::Sub":
                yield from _substitutions(value, here)
            else:
                yield from references(value, here)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from references(value, f"{where}/{place}")


def _substitutions(value: Any, where: str) -> Iterator[Reference]:
    text, given = value if isinstance(value, list) else (value, {})
    yield from references(given, where)
    for name in SUBSTITUTION.findall(text):
        if name not in given:
            yield Reference(where, name.split(".")[0])


def conditions(node: Any) -> Iterator[str]:
    """Names of the conditions that a node uses."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "Fn::If":
                yield value[0]
            if key == "Condition" and isinstance(value, str):
                yield value
            yield from conditions(value)
    elif isinstance(node, list):
        for value in node:
            yield from conditions(value)


def circle(template: Template) -> list[str]:
    """Logical ids that depend on each other in a circle; empty when CloudFormation finds an order."""
    resources = template["Resources"]
    needs = {name: _needs(resource) & set(resources) for name, resource in resources.items()}
    while free := [name for name, needed in needs.items() if not needed & set(needs)]:
        for name in free:
            del needs[name]
    return sorted(needs)


def _needs(resource: dict[str, Any]) -> set[str]:
    explicit = resource.get("DependsOn", [])
    named = {explicit} if isinstance(explicit, str) else set(explicit)
    return named | {reference.target for reference in references(resource.get("Properties"))}


def of_type(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    """Properties by logical id."""
    return {
        name: resource.get("Properties", {})
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }
