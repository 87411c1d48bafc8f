"""The table: keys, indexes, stream, safety."""

from typing import Any

import pytest

from chalicelib.store import keys, rows
from infra.package import Template

PROJECTED_AT_MOST = 20
"""DynamoDB's limit of non-key attributes per index; neither the emulator nor moto know it."""


@pytest.fixture(scope="module")
def table(template: Template) -> dict[str, Any]:
    properties: dict[str, Any] = template["Resources"]["Table"]["Properties"]
    return properties


def test_its_keys_are_text_and_cost_nothing_while_idle(table: dict[str, Any]) -> None:
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    assert {attribute["AttributeType"] for attribute in table["AttributeDefinitions"]} == {"S"}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_indexes_are_those_the_store_queries(table: dict[str, Any]) -> None:
    assert set(_indexes(table)) == {keys.BY_STORE, keys.BY_CUSTOMER}


def test_the_indexes_project_attributes_of_rows_and_not_too_many(table: dict[str, Any]) -> None:
    models = [rows.Row, *(getattr(rows, name) for name in vars(rows) if name.endswith("Row"))]
    known = {attribute.attr_name for model in models for attribute in model.get_attributes().values()}
    for name, index in _indexes(table).items():
        projected = index["Projection"]["NonKeyAttributes"]
        assert set(projected) <= known, name
        assert len(projected) <= PROJECTED_AT_MOST, name


def test_it_can_be_restored_to_any_second_and_is_collected_by_ttl(table: dict[str, Any]) -> None:
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": rows.Row.ttl.attr_name, "Enabled": True}


def test_the_stream_has_two_readers_and_no_third(template: Template, table: dict[str, Any]) -> None:
    """More than two are throttled: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html"""
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert set(_readers(template)) == {"FanOut", "Push"}


def test_live_updates_hold_nothing_up(template: Template) -> None:
    """What is late is worth nothing: not tried again, dropped after a minute (the least that AWS allows)."""
    push = _readers(template)["Push"]
    assert push["StartingPosition"] == "LATEST"
    assert push["MaximumRetryAttempts"] == 0
    assert push["MaximumRecordAgeInSeconds"] == 60
    assert not push.get("MaximumBatchingWindowInSeconds")
    assert push["BatchSize"] >= 25
    assert template["Resources"]["Push"]["Properties"]["Timeout"] <= 15


def test_a_bad_record_is_put_aside_not_lost_and_does_not_stop_the_others(template: Template) -> None:
    properties = _readers(template)["FanOut"]
    assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties["BisectBatchOnFunctionError"] is True
    assert properties["StartingPosition"] == "TRIM_HORIZON"
    assert 0 < properties["MaximumRetryAttempts"] <= 100
    failures = {"Type": "SQS", "Destination": {"Fn::GetAtt": ["FanOutFailures", "Arn"]}}
    assert properties["DestinationConfig"]["OnFailure"] == failures


def _readers(template: Template) -> dict[str, dict[str, Any]]:
    """The event sources on the table's stream, by the function they call."""
    return {
        name: event["Properties"]
        for name, resource in template["Resources"].items()
        for event in resource.get("Properties", {}).get("Events", {}).values()
        if event["Properties"].get("Stream") == {"Fn::GetAtt": ["Table", "StreamArn"]}
    }


def _indexes(table: dict[str, Any]) -> dict[str, Any]:
    return {index["IndexName"]: index for index in table["GlobalSecondaryIndexes"]}
