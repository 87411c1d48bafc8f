"""The parameter store, where the secrets are: the one place that reads it."""

from typing import Any

from chalicelib.domain.errors import Unavailable

from .clients import client


def read_parameter(name: str) -> str:
    """A decrypted parameter. Raises Unavailable when it cannot be read, or when there is none."""
    value = find_parameter(name)
    if value is None:
        raise Unavailable
    return value


def find_parameter(name: str, ssm: Any = None) -> str | None:
    """A decrypted parameter, None when there is none. Raises Unavailable when the parameter store does not answer.

    `ssm`: a boto3-like client, where it is not the process's own (commands with an operator's credentials).
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = (ssm or client("ssm")).get_parameter(Name=name, WithDecryption=True)
    except (BotoCoreError, ClientError) as error:
        if isinstance(error, ClientError) and error.response["Error"]["Code"] == "ParameterNotFound":
            return None
        raise Unavailable from error
    value: str = answer["Parameter"]["Value"]
    return value
