"""What a deployment needs in an AWS account before the stack: credentials, a bucket for packages, the keys."""

import base64
import copy
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from infra.failure import ShippingError
from infra.package import Package, Template


def reason(error: ClientError) -> str:
    """What AWS said, without a full stop."""
    return str(error.response["Error"].get("Message") or error.response["Error"]["Code"]).rstrip(".")


def account_id(session: Any) -> str:
    """The account that the session's credentials belong to. Raises ShippingError."""
    if not session.region_name:
        raise ShippingError("No AWS region: set AWS_DEFAULT_REGION, for example to eu-central-1.")
    try:
        return str(session.client("sts").get_caller_identity()["Account"])
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise ShippingError("No AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret.") from error
    except ClientError as error:
        raise ShippingError(f"AWS refuses these credentials: {reason(error)}.") from error
    except BotoCoreError as error:
        raise ShippingError(f"AWS cannot be reached: {error}") from error


def ensure_bucket(session: Any) -> str:
    """The private bucket for packages, one per account and region, made when missing; old packages expire."""
    account = account_id(session)
    name = f"counterline-packages-{account}-{session.region_name}"
    s3 = session.client("s3")
    try:
        s3.head_bucket(Bucket=name, ExpectedBucketOwner=account)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise ShippingError(f"The bucket {name} for packages cannot be used: {reason(error)}.") from error
        _create_bucket(s3, name, session.region_name)
    return name


def _create_bucket(s3: Any, name: str, region: str) -> None:
    elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": region}} if region != "us-east-1" else {}
    s3.create_bucket(Bucket=name, **elsewhere)
    private = dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=private)
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 90}}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [rule]})


def ensure_signing_key(session: Any, stage: str) -> None:
    """The secret that signs the references in addresses we give to providers: made once per stage, never replaced."""
    ssm, name = session.client("ssm"), f"/counterline/{stage}/signing-key"
    try:
        ssm.get_parameter(Name=name)
    except ssm.exceptions.ParameterNotFound:
        ssm.put_parameter(Name=name, Type="SecureString", Value=secrets.token_urlsafe(48))


def ensure_push_key(session: Any, stage: str) -> str:
    """The public half of the key that signs pushes to browsers, whose subscriptions are bound to it: made once per
    stage, never replaced."""
    ssm, name = session.client("ssm"), f"/counterline/{stage}/push-key"
    try:
        stored = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        key = ec.derive_private_key(int.from_bytes(base64.urlsafe_b64decode(stored + "==")), ec.SECP256R1())
    except ssm.exceptions.ParameterNotFound:
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_numbers().private_value.to_bytes(32)
        ssm.put_parameter(Name=name, Type="SecureString", Value=_in_base64(secret))
    return _in_base64(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def upload(session: Any, bucket: str, stack: str, built: Package) -> str:
    """Puts code and template under names that are their content's hash; the template's address."""
    s3 = session.client("s3")
    code = _upload_code(s3, bucket, stack, built.archive)
    layer = None if built.layer is None else _upload_code(s3, bucket, stack, built.layer)
    body = json.dumps(with_code_at(built.template, code, layer), sort_keys=True).encode()
    template_key = f"{stack}/{hashlib.sha256(body).hexdigest()}.json"
    s3.put_object(Bucket=bucket, Key=template_key, Body=body)
    signed = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": template_key})
    return str(signed).partition("?")[0]


def _upload_code(s3: Any, bucket: str, stack: str, archive: Path) -> str:
    content = archive.read_bytes()
    key = f"{stack}/{hashlib.sha256(content).hexdigest()}.zip"
    s3.put_object(Bucket=bucket, Key=key, Body=content)
    return f"s3://{bucket}/{key}"


def with_code_at(template: Template, uri: str, layer: str | None = None) -> Template:
    """A copy whose functions all run the uploaded zip, and whose layer is the one uploaded."""
    placed = copy.deepcopy(template)
    for resource in placed["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = uri
        if resource["Type"] == "AWS::Serverless::LayerVersion" and layer is not None:
            resource["Properties"]["ContentUri"] = layer
    return placed
