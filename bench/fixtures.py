"""The events and canned answers of one customer's text on its whole way, for the product and for the natural handler.

The product's come from a day over the emulator: its items, its stream records.
"""

import base64
import json
import time
from typing import Any
from urllib.parse import urlencode

from bench.canned import Answers
from tests.api.client import url_event_of
from tests.support.cloud import ACCOUNT, Cloud, signature
from tests.support.merchant import CARLA, SEATTLE, SEATTLE_NUMBER, TWILIO
from tests.support.stories import BODY, Day

Events = list[tuple[str, str]]
PATH, NATURAL_PATH = f"/webhooks/twilio/{TWILIO}", "/webhooks/twilio"
_PUBLISHED = (
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>'
    f"<MessageId>{'0' * 36}</MessageId></PublishResult><ResponseMetadata><RequestId>{'0' * 36}</RequestId>"
    "</ResponseMetadata></PublishResponse>"
)
_COMMON: Answers = [
    (operation, "", "{}") for operation in ("PutItem", "UpdateItem", "TransactWriteItems", "post_to_connection")
] + [("publish", "", _PUBLISHED)]


def form() -> dict[str, str]:
    sid = "SM" + "b" * 32
    fields = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "From": CARLA, "To": SEATTLE_NUMBER}
    return {**fields, "Body": BODY, "NumMedia": "0", "NumSegments": "1", "ApiVersion": "2010-04-01"}


def product(texts: int) -> tuple[Events, Answers]:
    """So many texts of as many customers that arrive together: the stream hands them on in one batch."""
    day = Day()
    try:
        return _events(day.cloud, texts), _answers(day.cloud)
    finally:
        day.close()


def _events(cloud: Cloud, texts: int) -> Events:
    senders = [f"+1206555{number:04d}" for number in range(texts)]
    for sender in senders:
        cloud.text("Hello", sender)
    for reader in ("FanOut", "Push"):
        cloud.changes(reader)
    cloud.clock.advance(1000)
    for sender in senders:
        cloud.text(BODY, sender)
    assert not cloud.changes("FanOut"), "a customer's text wakes nobody but push"
    return [
        *[("webhooks", json.dumps(_webhook(PATH)))] * texts,
        ("push", json.dumps({"Records": cloud.changes("Push")})),
    ]


def _answers(cloud: Cloud) -> Answers:
    cloud.open_socket(at=int(time.time() * 1000))  # the measured process has a real clock, and sockets age
    client: Any = cloud.table.connection.connection.client
    items: list[dict[str, Any]] = client.scan(TableName=cloud.table.name)["Items"]

    def one(prefix: str) -> str:
        return json.dumps({"Item": next(item for item in items if item["pk"]["S"].startswith(prefix))})

    def several(prefix: str) -> str:
        found = [item for item in items if item["pk"]["S"].startswith(prefix)]
        return json.dumps({"Items": found, "Count": len(found), "ScannedCount": len(found)})

    return [
        ("GetItem", '"R#', one("R#")),
        ("GetItem", '"U#ada', one("U#ada")),
        ("Query", '"SETUP"', several("SETUP")),
        ("Query", '"W#', several(f"W#{SEATTLE}")),
        ("GetParameter", "con-twilio", _parameter(json.dumps({"auth_token": "twilio-secret-1"}))),
        *_COMMON,
    ]


def natural() -> tuple[Events, Answers]:
    note = json.dumps({"store_id": SEATTLE, "conversation_id": "C#1", "message_id": "1"})
    route = {"conversation_id": {"S": "C#1"}, "store_id": {"S": SEATTLE}, "pk": {"S": "ROUTE#1"}, "sk": {"S": "ROUTE"}}
    socket = {"socket_id": {"S": "L0SM9cOFvHcCIhw="}, "associate_id": {"S": "ada"}, "pk": {"S": "SOCKETS#1"}}
    answers: Answers = [
        ("GetItem", "ROUTE#", json.dumps({"Item": route})),
        ("GetItem", "ASSOCIATE#", json.dumps({"Item": {"pk": {"S": "ASSOCIATE#ada"}, "stores": {"SS": [SEATTLE]}}})),
        ("Query", "SOCKETS#", json.dumps({"Items": [socket], "Count": 1, "ScannedCount": 1})),
        *_COMMON,
    ]
    return [("app", json.dumps(_natural_webhook())), ("push", json.dumps(_notification(note)))], answers


def _webhook(path: str) -> dict[str, Any]:
    """As the function URL hands it over: a form comes as Base64."""
    return url_event_of("POST", path, body=urlencode(form()).encode(), headers=headers(path))


def _natural_webhook() -> dict[str, Any]:
    """As API Gateway hands it over; the natural handler's address has no parameters."""
    given = headers(NATURAL_PATH)
    return {
        "resource": NATURAL_PATH,
        "path": NATURAL_PATH,
        "httpMethod": "POST",
        "headers": given,
        "multiValueHeaders": {name: [value] for name, value in given.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": NATURAL_PATH, "httpMethod": "POST", "path": NATURAL_PATH},
        "body": base64.b64encode(urlencode(form()).encode()).decode(),
        "isBase64Encoded": True,
    }


def headers(path: str) -> dict[str, str]:
    """With those that come along in practice."""
    return {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "X-Twilio-Signature": signature(path, form()),
        "I-Twilio-Idempotency-Token": "0" * 36,
        "User-Agent": "TwilioProxy/1.1",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        "Accept": "*/*",
    }


def _notification(message: str) -> dict[str, Any]:
    """Of the topic that the natural handler publishes to."""
    attributes = {"kind": {"Type": "String", "Value": "activity"}}
    return {"Records": [{"Sns": {"Message": message, "Subject": "activity", "MessageAttributes": attributes}}]}


def _parameter(value: str) -> str:
    return json.dumps({"Parameter": {"Name": "x", "Type": "SecureString", "Value": value, "Version": 1}})
