"""AWS's signatures on requests that go through our own HTTP client: what they cover, and whose they are."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from botocore.credentials import Credentials

from chalicelib.aws import clients, sigv4
from chalicelib.domain.errors import Unavailable
from infra.package import ROOT


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    clients.session.cache_clear()
    yield
    clients.session.cache_clear()


URL = "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails"


def test_a_request_is_signed_for_its_service_region_and_day() -> None:
    signed = sigv4.sign("POST", URL, {"Content-Type": "application/json"}, b"{}", service="ses")
    scope = signed["Authorization"].split("Credential=")[1].split(",")[0]
    day = signed["X-Amz-Date"][:8]
    assert scope == f"AKIDEXAMPLE/{day}/eu-west-1/ses/aws4_request"
    assert "SignedHeaders=content-type;host;x-amz-date" in signed["Authorization"]
    assert signed["Content-Type"] == "application/json"


def test_the_signature_covers_body_address_and_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    import botocore.auth

    monkeypatch.setattr(botocore.auth, "get_current_datetime", _noon)
    base = ("POST", URL, {"Content-Type": "application/json"}, b"{}")
    changed = [
        ("GET", *base[1:]),
        (base[0], URL + "?a=1", *base[2:]),
        (*base[:2], {"Content-Type": "text/plain"}, base[3]),
        (*base[:3], b"{ }"),
    ]
    signatures = [sigv4.sign(*each, service="ses")["Authorization"] for each in (base, *changed)]
    assert len(set(signatures)) == len(signatures)
    assert sigv4.sign(*base, service="ses")["Authorization"] == signatures[0]


def _noon() -> object:
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, 12, tzinfo=UTC).replace(tzinfo=None)


def test_a_roles_session_token_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token-of-the-role")
    clients.session.cache_clear()
    signed = sigv4.sign("GET", URL, {}, b"", service="ses")
    assert signed["X-Amz-Security-Token"] == "token-of-the-role"
    assert "x-amz-security-token" in signed["Authorization"]


def test_s3_is_told_the_bodys_digest() -> None:
    signed = sigv4.sign("GET", "https://bucket.s3.eu-west-1.amazonaws.com/inbound/1", {}, b"", service="s3")
    assert len(signed["X-Amz-Content-SHA256"]) == 64


def test_renewed_credentials_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    sigv4.sign("GET", URL, {}, b"", service="ses")
    clients.session()._credentials = Credentials("AKIDRENEWED", "s" * 40)
    assert "AKIDRENEWED/" in sigv4.sign("GET", URL, {}, b"", service="ses")["Authorization"]


def test_without_credentials_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(clients.session(), "get_credentials", lambda: None)
    with pytest.raises(Unavailable):
        sigv4.sign("GET", URL, {}, b"", service="ses")


def test_it_costs_a_cold_start_no_module_beyond_the_session() -> None:
    """P1: the signer comes along with botocore's session."""
    code = "import botocore.session, sys; botocore.session.get_session().get_credentials(); import botocore.client; "
    code += "before = set(sys.modules); import chalicelib.aws.sigv4 as s; s.sign('GET', 'https://a.example.test', {}, "
    code += "b'', service='ses'); print(sorted(m for m in set(sys.modules) - before if not m.startswith('chalicelib')))"
    told = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=told)
    assert done.stdout.strip() == "[]"
