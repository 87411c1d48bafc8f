"""The emulator as the simulated AWS services reach it: as AWS itself reaches an account."""

import asyncio
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .clients import EmulatorSession
from .simulator import CloudUnavailable


class EmulatorCloud:
    """Implements simulator.Cloud. The calls block, so they are made in threads of their own."""

    def __init__(self, session: EmulatorSession) -> None:
        self._s3, self._sns = session.client("s3"), session.client("sns")

    async def store(self, bucket: str, key: str, content: bytes) -> None:
        await _called(self._s3.put_object, Bucket=bucket, Key=key, Body=content)

    async def publish(self, topic_arn: str, message: str) -> None:
        await _called(self._sns.publish, TopicArn=topic_arn, Message=message)


async def _called(call: Callable[..., Any], **arguments: Any) -> None:
    try:
        await asyncio.to_thread(call, **arguments)
    except (BotoCoreError, ClientError) as error:
        raise CloudUnavailable(type(error).__name__) from error
