"""The table: keys, indexes, stream, safety."""

import json
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


def test_the_stream_carries_messages_conversations_and_orders_to_fan_out(template: Template) -> None:
    assert template["Resources"]["Table"]["Properties"]["StreamSpecification"] == {
        "StreamViewType": "NEW_AND_OLD_IMAGES"
    }
    (event,) = template["Resources"]["FanOut"]["Properties"]["Events"].values()
    properties = event["Properties"]
    assert properties["Stream"] == {"Fn::GetAtt": ["Table", "StreamArn"]}
    (pattern,) = [json.loads(filter_["Pattern"]) for filter_ in properties["FilterCriteria"]["Filters"]]
    kinds = [_discriminator(row) for row in (rows.MessageRow, rows.ConversationRow, rows.OrderRow)]
    assert pattern == {"dynamodb": {"NewImage": {"t": {"S": kinds}}}}


def test_a_bad_record_is_put_aside_not_lost_and_does_not_stop_the_others(template: Template) -> None:
    (event,) = template["Resources"]["FanOut"]["Properties"]["Events"].values()
    properties = event["Properties"]
    assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties["BisectBatchOnFunctionError"] is True
    assert properties["StartingPosition"] == "TRIM_HORIZON"
    assert 0 < properties["MaximumRetryAttempts"] <= 100
    failures = {"Type": "SQS", "Destination": {"Fn::GetAtt": ["FanOutFailures", "Arn"]}}
    assert properties["DestinationConfig"]["OnFailure"] == failures


def _discriminator(model: type[rows.Row]) -> Any:
    return vars(rows.Row)["type"].get_discriminator(model)


def _indexes(table: dict[str, Any]) -> dict[str, Any]:
    return {index["IndexName"]: index for index in table["GlobalSecondaryIndexes"]}
