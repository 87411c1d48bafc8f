"""What AWS End User Messaging SMS publishes: a customer's text, and how far a text of ours has come.

https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html
"""

import json
import uuid
from typing import Any

from chalicelib.domain import segments
from local.simulator.behaviours import AWS_SMS_EVENTS, AWS_SMS_OUTCOMES
from local.simulator.cloud import Cloud, CloudUnavailable
from local.simulator.config import AwsSmsConnection, SimulatorConfig
from local.simulator.records import Message
from local.simulator.webhooks import NO_ANSWER

EVENTS = {"queued": "TEXT_QUEUED", "sent": "TEXT_PENDING", "delivered": "TEXT_DELIVERED"}
"""Our states, as events are called."""


class AwsSmsTopic:
    """Implements `Carrier`: what others send to a webhook goes to the topic. Answered means that the topic took it."""

    outcomes = AWS_SMS_OUTCOMES
    tells_reading = False

    def __init__(self, connection: AwsSmsConnection, config: SimulatorConfig, cloud: Cloud) -> None:
        self._connection = connection
        self._cloud = cloud
        self.retries = config.delays.mail_retries

    def tries_again(self, status: int | None) -> bool:
        return status == NO_ANSWER

    def new_id(self, *, media: bool) -> str:
        return str(uuid.uuid4())

    async def announce(self, message: Message) -> int:
        return await self._publish(two_way(message))

    async def report(self, message: Message) -> int | None:
        return await self._publish(event(message))

    async def _publish(self, content: dict[str, Any]) -> int:
        try:
            await self._cloud.publish(self._connection.topic_arn, json.dumps(content, ensure_ascii=False))
        except CloudUnavailable:
            return NO_ANSWER
        return 200


def two_way(message: Message) -> dict[str, Any]:
    """Pictures do not come with it: AWS has no two-way MMS."""
    return {
        "originationNumber": message.phone,
        "destinationNumber": message.number,
        "messageKeyword": f"KEYWORD_{message.number.removeprefix('+')}",
        "messageBody": message.body,
        "inboundMessageId": message.sid,
    }


def event(message: Message) -> dict[str, Any]:
    kind = AWS_SMS_EVENTS[message.error_code] if message.error_code else EVENTS[message.status]
    counted = segments.count(message.body)
    return {
        "eventType": kind,
        "eventVersion": "1.0",
        "eventTimestamp": message.updated_at,
        "isFinal": message.status in ("delivered", "undelivered"),
        "originationPhoneNumber": message.number,
        "destinationPhoneNumber": message.phone,
        "messageId": message.sid,
        "messageRequestTimestamp": message.at,
        "messageType": "TRANSACTIONAL",
        "messageStatus": kind.removeprefix("TEXT_"),
        "messageStatusDescription": kind.removeprefix("TEXT_").replace("_", " ").capitalize(),
        "context": json.loads(message.client_ref),
        "totalMessageParts": max(1, counted.segments),
        "totalMessagePrice": 0.0,
        "totalCarrierFee": 0.0,
    }
