"""What an installation costs while nothing happens (docs/deploying.md counts it)."""

from typing import Any

import pytest

from infra.package import ROOT, Template
from tests.template.expand import of_type

FREE_ALARMS, FREE_DASHBOARDS, FREE_DASHBOARD_METRICS = 10, 3, 50
"""Per account, always."""


def test_alarms_stay_within_what_is_free(template: Template) -> None:
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    assert sum(len(alarm.get("Metrics", [alarm])) for alarm in alarms.values()) <= FREE_ALARMS
    assert all(alarm["Period"] >= 60 for alarm in alarms.values()), "shorter periods cost three times as much"


def test_there_is_one_dashboard_and_it_can_be_left_out(template: Template) -> None:
    (dashboard,) = of_type(template, "AWS::CloudWatch::Dashboard")
    assert template["Resources"][dashboard]["Condition"] == "HasDashboard"


def test_every_alarm_reaches_somebody(template: Template) -> None:
    for name, alarm in of_type(template, "AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmsTopic"}], name
        assert alarm["TreatMissingData"] == "notBreaching", name
        assert alarm["AlarmDescription"].endswith("."), name


def test_alarms_watch_functions_and_queues_that_exist(template: Template) -> None:
    for alarm in of_type(template, "AWS::CloudWatch::Alarm").values():
        account_wide = not alarm["Dimensions"]
        assert not account_wide or alarm["Namespace"] == "AWS/Lambda"
        for dimension in alarm["Dimensions"]:
            target = _target(dimension["Value"])
            assert target is None or target in template["Resources"]


@pytest.mark.parametrize("part", ["Resources"])
def test_every_kind_of_resource_is_in_the_cost_table(template: Template, part: str) -> None:
    table = (ROOT / "docs" / "deploying.md").read_text()
    kinds = {resource["Type"] for resource in template[part].values()}
    assert {kind for kind in kinds if f"`{kind.removeprefix('AWS::')}`" not in table} == set()


def test_nothing_is_provisioned_by_the_hour(template: Template) -> None:
    assert of_type(template, "AWS::DynamoDB::Table")["Table"]["BillingMode"] == "PAY_PER_REQUEST"
    text = str(template)
    for costly in ("ProvisionedConcurrency", "AWS::KMS::Key", "AWS::EC2", "AWS::SecretsManager", "CacheClusterEnabled"):
        assert costly not in text


def _target(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    found = value.get("Ref") or value["Fn::GetAtt"][0]
    return None if found.startswith("AWS::") else str(found)
