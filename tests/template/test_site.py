"""The site: private bucket, one reader, strict headers; what is uploaded says what it is."""

from pathlib import Path
from typing import Any

import pytest

from chalicelib.aws.files import UNUSED
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME
from chalicelib.domain.uploads import LIFETIME as UPLOAD_LIFETIME
from chalicelib.domain.uploads import raw_folder_of
from infra.failure import ShippingError
from infra.package import Template
from infra.site import cache_control, config, content_type, require_built, upload_site
from tests.template.expand import of_type


def test_no_bucket_is_public(template: Template) -> None:
    buckets = of_type(template, "AWS::S3::Bucket")
    assert buckets
    for name, bucket in buckets.items():
        blocks = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        assert bucket["PublicAccessBlockConfiguration"] == dict.fromkeys(blocks, True), name
        assert "BucketEncryption" in bucket, name
        assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}], name


def test_received_mail_is_put_by_ses_of_this_account_and_does_not_stay_for_ever(template: Template) -> None:
    (rule,) = template["Resources"]["MailBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] * 86_400_000 > LIFETIME + COOL_DOWN
    assert "Prefix" not in rule, "everything in it"
    allow, deny = template["Resources"]["MailBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (allow["Principal"], allow["Action"]) == ({"Service": "ses.amazonaws.com"}, "s3:PutObject")
    assert allow["Resource"] == {"Fn::Sub": "${MailBucket.Arn}/inbound/*"}
    assert allow["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert (deny["Effect"], deny["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_uploads_and_what_is_made_of_them_go_by_themselves_once_they_can_no_longer_be_sent(template: Template) -> None:
    rules = template["Resources"]["MediaBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    found = {rule["Id"]: rule for rule in rules}
    assert (found["raw-uploads"]["Prefix"], found["raw-uploads"]["Status"]) == (raw_folder_of("")[:-1], "Enabled")
    unused = found["unused-pictures"]
    assert (unused["TagFilters"], unused["Status"]) == ([{"Key": UNUSED, "Value": "yes"}], "Enabled")
    assert unused["ExpirationInDays"] * 86_400_000 > UPLOAD_LIFETIME
    assert not [rule for rule in rules if "ExpirationInDays" in rule and not {"Prefix", "TagFilters"} & set(rule)]


def test_only_our_distribution_reads_it(template: Template) -> None:
    document = template["Resources"]["SiteBucketPolicy"]["Properties"]["PolicyDocument"]
    allow, deny = document["Statement"]
    assert (allow["Effect"], allow["Principal"]) == ("Allow", {"Service": "cloudfront.amazonaws.com"})
    assert allow["Action"] == "s3:GetObject"
    source = allow["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"]
    assert source.endswith("::${AWS::AccountId}:distribution/${Site}")
    assert (deny["Effect"], deny["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_headers_are_strict(template: Template) -> None:
    headers = _headers(template)
    policy, _ = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
    assert headers["ContentTypeOptions"]["Override"] is True
    assert headers["FrameOptions"]["FrameOption"] == "DENY"


def test_the_app_may_call_an_api_below_a_path(template: Template) -> None:
    """`connect-src https://shop.example/talk` would allow that one address and nothing below it (CSP 3, 6.7.2.8)."""
    _, given = _headers(template)["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    condition, own, ours = given["Api"]["Fn::If"]
    assert condition == "HasPublicApiUrl"
    assert own["Fn::Sub"].replace("${PublicApiUrl}", "https://shop.example/talk") == "https://shop.example/talk/"
    assert ours["Fn::Sub"].count("/") == 2, "a whole origin"


def test_the_distribution_uses_them_over_https_only(template: Template) -> None:
    behaviour = template["Resources"]["Site"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "SiteHeaders"}
    assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"


def test_the_chat_page_has_its_api_on_its_own_origin(template: Template) -> None:
    """So the session is a cookie of the site itself, which no other site's page gets sent."""
    distribution = template["Resources"]["Site"]["Properties"]["DistributionConfig"]
    (chat,) = distribution["CacheBehaviors"]
    (origin,) = [each for each in distribution["Origins"] if each["Id"] == chat["TargetOriginId"]]
    assert (chat["PathPattern"], chat["ViewerProtocolPolicy"]) == ("/api/chat*", "https-only")
    assert chat["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "nothing of it is kept"
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert origin["DomainName"]["Fn::Sub"].startswith("${RestAPI}.execute-api.")
    assert template["Resources"]["RestAPI"]["Properties"]["StageName"] == "api", "the first part of the path"


def test_functions_know_what_the_distribution_says_of_itself(template: Template) -> None:
    """Beside it they believe where a request comes from: it is not to be guessed, and the same on both sides."""
    config = template["Resources"]["Site"]["Properties"]["DistributionConfig"]
    (api,) = [each for each in config["Origins"] if each["Id"] == "api"]
    (header,) = api["OriginCustomHeaders"]
    assert header["HeaderName"] == "X-Counterline-Site"
    assert template["Globals"]["Function"]["Environment"]["Variables"]["SITE_MARK"] == header["HeaderValue"]
    assert "AWS::StackId" in str(header["HeaderValue"])


def test_what_customers_call_never_answers_what_the_site_turns_into_a_page() -> None:
    import app  # noqa: F401  its import registers every route
    from chalicelib.api.errors import STATUS
    from chalicelib.api.routing import ROUTES

    refusals = {kind for route in ROUTES if not route.signed_in for kind in route.errors}
    assert refusals
    assert 403 not in {STATUS[kind] for kind in refusals}


def test_the_chat_page_is_where_links_lead(tmp_path: Path) -> None:
    uploaded: dict[str, dict[str, Any]] = {}
    (tmp_path / "index.html").write_text("app")
    (tmp_path / "chat.html").write_text("chat")
    (tmp_path / "pictures.html").write_text("pictures")
    (tmp_path / "invite.html").write_text("invite")

    class Client:
        def put_object(self, **given: Any) -> None:
            uploaded[given["Key"]] = given

        def create_invalidation(self, **_: Any) -> None:
            """CloudFront forgets."""

    class Session:
        region_name = "eu-west-1"

        def client(self, _: str) -> Client:
            return Client()

    outputs = {"SiteBucketName": "b", "SiteDistributionId": "d", "PublicApiUrl": "a", "AuthEndpoint": "i"}
    upload_site(Session(), tmp_path, {**outputs, "UserPoolClientId": "c"})
    pages = {"chat", "chat/", "pictures", "pictures/", "invite", "invite/"}
    assert set(uploaded) == {"index.html", *pages, "config.json"}
    assert uploaded["chat"]["ContentType"] == uploaded["chat/"]["ContentType"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "kind", "cache"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("assets/index-a1b2c3.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("assets/font-a1.woff2", "font/woff2", "public, max-age=31536000, immutable"),
        ("favicon.svg", "image/svg+xml", "no-cache"),
        ("site.webmanifest", "application/manifest+json", "no-cache"),
        ("unknown.qqq", "application/octet-stream", "no-cache"),
    ],
)
def test_objects_say_what_they_are_and_how_long(name: str, kind: str, cache: str) -> None:
    assert (content_type(name), cache_control(name)) == (kind, cache)


def test_the_app_learns_where_the_api_is() -> None:
    outputs = {"PublicApiUrl": "https://a/api", "AuthEndpoint": "https://idp", "UserPoolClientId": "c"}
    assert config(outputs, "eu-west-1") == {
        "api": "https://a/api",
        "auth": {"endpoint": "https://idp", "client_id": "c"},
        "region": "eu-west-1",
    }


def test_an_unbuilt_site_stops_the_deployment_at_once(tmp_path: Path) -> None:
    with pytest.raises(ShippingError, match="not built"):
        require_built(tmp_path)


def _headers(template: Template) -> dict[str, Any]:
    policy = template["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    found: dict[str, Any] = policy["SecurityHeadersConfig"]
    return found
