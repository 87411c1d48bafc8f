"""Queues: nothing is lost, nothing is delivered while it is worked on, nothing lies unseen."""

from typing import Any

import pytest

from chalicelib.domain.messages import MAX_QUEUED
from chalicelib.usecases.deliver_message import pause_after
from infra.package import Template
from tests.domain.test_circuit import RECEIVES
from tests.template.expand import of_type

TWO_WEEKS = 1_209_600
SOURCES = {
    "Inbound": ("InboundQueue", "InboundDeadLetters"),
    "ProviderEvents": ("ProviderEventQueue", "InboundDeadLetters"),
    "Media": ("MediaQueue", "InboundDeadLetters"),
    "Outbound": ("OutboundQueue", "OutboundDeadLetters"),
}


@pytest.fixture(scope="module")
def queues(template: Template) -> dict[str, dict[str, Any]]:
    return of_type(template, "AWS::SQS::Queue")


@pytest.mark.parametrize("function", SOURCES)
def test_partial_batches_come_from_our_queue(function: str, template: Template) -> None:
    (event,) = template["Resources"][function]["Properties"]["Events"].values()
    assert event["Properties"]["Queue"] == {"Fn::Sub": f"${{{SOURCES[function][0]}.Arn}}"}
    assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("function", SOURCES)
def test_an_entry_stays_hidden_for_six_runs(
    function: str, template: Template, queues: dict[str, dict[str, Any]]
) -> None:
    timeout = template["Resources"][function]["Properties"]["Timeout"]
    assert queues[SOURCES[function][0]]["VisibilityTimeout"] >= 6 * timeout


@pytest.mark.parametrize(("queue", "letters"), SOURCES.values())
def test_what_fails_for_good_is_kept(queue: str, letters: str, queues: dict[str, dict[str, Any]]) -> None:
    redrive = queues[queue]["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [letters, "Arn"]}
    assert queues[queue].get("FifoQueue") == queues[letters].get("FifoQueue")


def test_a_provider_outage_is_waited_out(queues: dict[str, dict[str, Any]]) -> None:
    """Until a message fails by itself, with its reason; those that wait behind another use receives up too."""
    receives = queues["OutboundQueue"]["RedrivePolicy"]["maxReceiveCount"]
    assert sum(pause_after(tries) for tries in range(1, receives + 1)) > 2 * MAX_QUEUED


def test_a_provider_that_is_left_alone_is_waited_out_as_well(queues: dict[str, dict[str, Any]]) -> None:
    """tests/domain/test_circuit.py counts the receives of such a day."""
    assert queues["OutboundQueue"]["RedrivePolicy"]["maxReceiveCount"] == RECEIVES


def test_few_processes_at_once_hand_texts_over(template: Template) -> None:
    """Each has to find out by itself that a provider is down."""
    (event,) = template["Resources"]["Outbound"]["Properties"]["Events"].values()
    assert event["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 20}


def test_the_outbound_queue_orders_and_counts_per_conversation(queues: dict[str, dict[str, Any]]) -> None:
    outbound = queues["OutboundQueue"]
    assert outbound["FifoQueue"] is True
    assert outbound["DeduplicationScope"] == "messageGroup"
    assert outbound["FifoThroughputLimit"] == "perMessageGroupId"
    assert not outbound.get("ContentBasedDeduplication")


def test_every_queue_is_encrypted_and_keeps_for_two_weeks(queues: dict[str, dict[str, Any]]) -> None:
    for name, queue in queues.items():
        assert queue["SqsManagedSseEnabled"] is True, name
        assert queue["MessageRetentionPeriod"] == TWO_WEEKS, name


def test_every_dead_letter_rings(template: Template, queues: dict[str, dict[str, Any]]) -> None:
    watched = {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0]
        for alarm in of_type(template, "AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible" and alarm["Threshold"] == 0
    }
    assert watched == set(queues) - {queue for queue, _ in SOURCES.values()}


def test_what_providers_publish_reaches_its_queue_as_it_is_and_nothing_else_does(template: Template) -> None:
    (subscription,) = [
        found for found in of_type(template, "AWS::SNS::Subscription").values() if found["Protocol"] == "sqs"
    ]
    assert subscription["TopicArn"] == {"Ref": "ProviderEventsTopic"}
    assert subscription["Endpoint"] == {"Fn::GetAtt": ["ProviderEventQueue", "Arn"]}
    assert subscription["RawMessageDelivery"] is True
    (policy,) = of_type(template, "AWS::SQS::QueuePolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (policy["Queues"], statement["Action"]) == ([{"Ref": "ProviderEventQueue"}], "sqs:SendMessage")
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "ProviderEventsTopic"}}}


def test_only_services_of_this_account_publish_provider_events(template: Template) -> None:
    (policy,) = of_type(template, "AWS::SNS::TopicPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (policy["Topics"], statement["Action"]) == ([{"Ref": "ProviderEventsTopic"}], "sns:Publish")
    assert statement["Principal"] == {"Service": ["ses.amazonaws.com", "sms-voice.amazonaws.com"]}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_the_local_smtp_door_and_the_simulator_find_topic_and_bucket(template: Template) -> None:
    assert template["Outputs"]["ProviderEventsTopicArn"]["Value"] == {"Ref": "ProviderEventsTopic"}
    assert template["Outputs"]["MailBucketName"]["Value"] == {"Ref": "MailBucket"}
