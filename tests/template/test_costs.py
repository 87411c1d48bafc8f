"""What an installation costs while nothing happens (docs/deploying.md counts it)."""

import json
from typing import Any

import pytest

from chalicelib.observability import JsonLog
from infra.package import ROOT, Template
from tests.support.pools import pool_of
from tests.support.world import World
from tests.template.expand import of_type

FREE_ALARMS, FREE_DASHBOARDS, FREE_DASHBOARD_METRICS = 10, 3, 50
"""Per account, always."""


def test_alarms_stay_within_what_is_free_and_one_more(template: Template) -> None:
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    assert sum(len(alarm.get("Metrics", [alarm])) for alarm in alarms.values()) <= FREE_ALARMS + 1
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
        assert not account_wide or alarm["Namespace"] in ("AWS/Lambda", "Counterline")
        for dimension in alarm["Dimensions"]:
            target = _target(dimension["Value"])
            assert target is None or target in template["Resources"]


def test_a_pool_that_runs_low_rings(template: Template) -> None:
    """The filter finds the line as it is written, and the alarm watches what the filter counts."""
    (name,) = of_type(template, "AWS::Logs::MetricFilter")
    resources = template["Resources"]
    filtered, alarm = resources[name]["Properties"], resources["PoolLowAlarm"]["Properties"]
    (counted,) = filtered["MetricTransformations"]
    assert (alarm["Namespace"], alarm["MetricName"]) == (counted["MetricNamespace"], counted["MetricName"])
    assert (counted["MetricValue"], alarm["Statistic"], alarm["Threshold"]) == ("1", "Sum", 0)
    assert filtered["FilterPattern"] == '{ $.event = "pool_low" }'
    assert resources[name]["Condition"] == resources["PoolLowAlarm"]["Condition"] == "Hosted"
    group = resources[filtered["LogGroupName"]["Ref"]]["Properties"]["LogGroupName"]
    assert group == {"Fn::Sub": "/aws/lambda/${AWS::StackName}-api"}, "the function in which people start"


def test_the_line_that_the_filter_looks_for_is_what_a_start_logs(capsys: pytest.CaptureFixture[str]) -> None:
    world = World()
    world.log = JsonLog()  # type: ignore[assignment]  # the real one in place of the one that remembers
    for proxy in pool_of(1):
        world.setup.put_proxy(proxy)
    world.start()
    assert [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()].count("pool_low") == 1


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
