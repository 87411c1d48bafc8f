"""The parameter store, where the secrets are."""

from chalicelib.domain.errors import Unavailable

from .clients import client


def read_parameter(name: str) -> str:
    """A decrypted parameter. Raises Unavailable when it cannot be read."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        value: str = client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return value
