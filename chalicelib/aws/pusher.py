"""Sends frames to open WebSockets through API Gateway's management API."""

from collections.abc import Sequence

import msgspec

from chalicelib.usecases.ports import Activity, Log

from .clients import client


class ApiGatewayPusher:
    def __init__(self, endpoint: str, log: Log) -> None:
        self._endpoint = endpoint
        self._log = log

    def push(self, socket_id: str, activities: Sequence[Activity]) -> bool:
        return self.send(socket_id, {"activities": activities})

    def send(self, socket_id: str, frame: object) -> bool:
        """Any JSON frame. False when the socket is gone."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client.post_to_connection(ConnectionId=socket_id, Data=msgspec.json.encode(frame))
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("GoneException", "410"):
                return False
            self._log.warning("push_failed", code=code)
        except BotoCoreError as error:
            self._log.warning("push_failed", code=type(error).__name__)
        return True

    def close(self, socket_id: str) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client.delete_connection(ConnectionId=socket_id)
        except (BotoCoreError, ClientError):
            self._log.info("socket_already_gone")

    @property
    def _client(self):  # type: ignore[no-untyped-def]  # boto3 clients have no static type
        return client("apigatewaymanagementapi", self._endpoint)
