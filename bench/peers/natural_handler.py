"""The natural way to write it, kept for measuring only: Chalice, boto3 clients at import, Powertools idempotency,
the provider's SDK, one request per item. It does for a customer's text what the product does, as guides show it.
"""

import json
import os
import time
import uuid
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from chalice.app import Chalice, Response
from twilio.request_validator import RequestValidator

app = Chalice(app_name="natural")
logger = Logger(service="natural", level="WARNING")
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])
topic = boto3.client("sns")
sockets = boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["WEBSOCKET_API_ENDPOINT"])
persistence = DynamoDBPersistenceLayer(table_name="idempotency")
validator = RequestValidator("twilio-secret-1")
config = IdempotencyConfig(event_key_jmespath="MessageSid", use_local_cache=False)


@app.route("/webhooks/twilio", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def receive() -> Response:
    from urllib.parse import parse_qsl

    request = app.current_request
    assert request
    assert isinstance(request.raw_body, bytes)
    form = dict(parse_qsl(request.raw_body.decode(), keep_blank_values=True))
    url = os.environ["WEBHOOK_URL"] + "/webhooks/twilio"
    if not validator.validate(url, form, request.headers["x-twilio-signature"]):
        return Response({"message": "forbidden"}, status_code=403)
    store(form=form)
    return Response("<Response/>", headers={"Content-Type": "text/xml"})


@idempotent_function(data_keyword_argument="form", persistence_store=persistence, config=config)
def store(form: dict[str, str]) -> dict[str, str]:
    """Route, message, conversation, counter: a request each, and a notification."""
    now = int(time.time() * 1000)
    route = table.get_item(Key={"pk": f"ROUTE#{form['From']}#{form['To']}", "sk": "ROUTE"})["Item"]
    message_id = uuid.uuid4().hex
    conversation = {"pk": route["conversation_id"], "sk": "CONVERSATION"}
    table.put_item(
        Item={
            "pk": conversation["pk"],
            "sk": f"MESSAGE#{now}#{message_id}",
            "body": form["Body"],
            "direction": "inbound",
            "from": form["From"],
            "to": form["To"],
            "created_at": now,
            "provider_id": form["MessageSid"],
        },
    )
    table.update_item(
        Key=conversation,
        UpdateExpression="SET last_activity = :now, preview = :body, g1s = :sort",
        ExpressionAttributeValues={":now": now, ":body": form["Body"][:80], ":sort": f"{now}#{conversation['pk']}"},
    )
    table.update_item(
        Key={"pk": f"STORE#{route['store_id']}", "sk": "UNREAD"},
        UpdateExpression="ADD unread :one",
        ExpressionAttributeValues={":one": 1},
    )
    note = {"store_id": route["store_id"], "conversation_id": conversation["pk"], "message_id": message_id}
    topic.publish(TopicArn=os.environ["ACTIVITY_TOPIC_ARN"], Message=json.dumps(note), Subject="activity")
    return {"message_id": message_id}


@app.on_sns_message(topic="activity")
def push(event: Any) -> None:
    """To every open browser of the store."""
    note = json.loads(event.message)
    found = table.query(
        KeyConditionExpression="pk = :store", ExpressionAttributeValues={":store": f"SOCKETS#{note['store_id']}"}
    )
    for socket in found["Items"]:
        table.get_item(Key={"pk": f"ASSOCIATE#{socket['associate_id']}", "sk": "ASSOCIATE"})
        sockets.post_to_connection(ConnectionId=socket["socket_id"], Data=json.dumps(note).encode())
