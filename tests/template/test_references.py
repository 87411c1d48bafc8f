"""Everything named exists, and CloudFormation finds an order to make it in."""

from infra.package import Template
from tests.template.expand import circle, conditions, references


def test_every_reference_resolves(cloudformation: Template) -> None:
    known = {*cloudformation["Resources"], *cloudformation["Parameters"]}
    dangling = [
        reference
        for part in ("Resources", "Outputs", "Conditions")
        for reference in references(cloudformation[part], part)
        if reference.target not in known and not reference.target.startswith("AWS::")
    ]
    assert dangling == []


def test_every_intrinsic_function_stands_alone(template: Template) -> None:
    """The merge is by key: overriding a generated Fn::Sub with Fn::GetAtt would leave both."""
    assert list(_doubled(template)) == []


def _doubled(node, where=""):  # type: ignore[no-untyped-def]  any part of a template
    if isinstance(node, dict):
        if len(node) > 1 and any(key == "Ref" or key.startswith("Fn::") for key in node):
            yield where
        for key, value in node.items():
            yield from _doubled(value, f"{where}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _doubled(value, f"{where}/{place}")


def test_nothing_depends_on_itself(cloudformation: Template) -> None:
    assert circle(cloudformation) == []


def test_conditions_and_parameters_exist_and_are_used(template: Template) -> None:
    used = set(conditions({key: template[key] for key in ("Resources", "Outputs", "Globals", "Conditions")}))
    assert used == set(template["Conditions"])
    targets = {reference.target for key in template for reference in references(template[key], key)}
    assert set(template["Parameters"]) <= targets


def test_every_parameter_but_the_stage_has_a_default(template: Template) -> None:
    assert [name for name, parameter in template["Parameters"].items() if "Default" not in parameter] == ["Stage"]


def test_what_is_left_out_locally_is_not_needed_by_what_stays(cloudformation: Template) -> None:
    resources = cloudformation["Resources"]
    conditional = {name for name, resource in resources.items() if "Condition" in resource}
    for name, resource in resources.items():
        if name not in conditional:
            assert not {reference.target for reference in references(resource)} & conditional, name


def test_data_outlives_a_deleted_stack(template: Template) -> None:
    for name in ("Table", "UserPool", "SiteBucket", "MailBucket", "MediaBucket"):
        resource = template["Resources"][name]
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain"), name
    assert template["Resources"]["Table"]["Properties"]["DeletionProtectionEnabled"] is True
    assert template["Resources"]["UserPool"]["Properties"]["DeletionProtection"] == "ACTIVE"
