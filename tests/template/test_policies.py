"""Least privilege: a policy file per function, exact actions on exact resources of this stack."""

import json
from typing import Any

import pytest

from chalicelib.store import keys
from infra.package import ROOT, Template
from tests.template.expand import of_type, references
from tests.template.test_functions import FUNCTIONS

FILES = {path.stem.removeprefix("policy-"): path for path in (ROOT / ".chalice").glob("policy-*.json")}


def statements(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILES[name].read_text())["Statement"]
    return found


def test_every_function_has_its_own_policy_file() -> None:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())
    chosen = {name: function["iam_policy_file"] for name, function in config["lambda_functions"].items()}
    assert chosen == {name: f"policy-{name}.json" for name in FUNCTIONS.values()}
    assert set(FILES) == set(FUNCTIONS.values())


def test_every_function_has_its_own_role_with_that_policy(template: Template) -> None:
    functions = of_type(template, "AWS::Serverless::Function")
    roles = of_type(template, "AWS::IAM::Role")
    used = {name: functions[logical]["Role"]["Fn::GetAtt"][0] for logical, name in FUNCTIONS.items()}
    assert len(set(used.values())) == len(used)
    assert set(used.values()) == set(roles)
    for name, role in used.items():
        (policy,) = roles[role]["Policies"]
        assert policy["PolicyDocument"] == json.loads(FILES[name].read_text())


@pytest.mark.parametrize("name", sorted(FUNCTIONS.values()))
def test_statements_are_exact(name: str) -> None:
    for statement in statements(name):
        assert statement["Effect"] == ("Deny" if statement["Sid"] in ("KeepLedgers", "KeepAuditLog") else "Allow")
        assert statement["Sid"]
        assert not {"NotAction", "NotResource", "Principal"} & set(statement)
        assert isinstance(statement["Action"], list)
        assert not [action for action in statement["Action"] if "*" in action]
        for resource in _resources(statement):
            assert set(resource) == {"Fn::Sub"}, "names a resource of this stack, not a fixed one"
            fixed = resource["Fn::Sub"].rstrip("*")
            assert "*" not in fixed.replace("/@connections/*", ""), "a wildcard only at the end of a name"


@pytest.mark.parametrize("name", sorted(FUNCTIONS.values()))
def test_policies_name_resources_of_this_stack_only(name: str, template: Template) -> None:
    for statement in statements(name):
        for resource in _resources(statement):
            targets = {reference.target for reference in references(resource)}
            own = targets & {*template["Resources"], "Stage", "MailDomain"} or "AWS::StackName" in targets
            assert own or _is_tagged(statement), resource


@pytest.mark.parametrize("logical", sorted(FUNCTIONS))
def test_a_function_writes_its_own_log_only(logical: str, template: Template) -> None:
    function = of_type(template, "AWS::Serverless::Function")[logical]["FunctionName"]["Fn::Sub"]
    (log,) = [s for s in statements(FUNCTIONS[logical]) if any(a.startswith("logs:") for a in s["Action"])]
    assert log["Resource"]["Fn::Sub"].endswith(f":log-group:/aws/lambda/{function}:*")
    assert "logs:CreateLogGroup" not in log["Action"], "a group made by Lambda would keep its lines forever"


def test_secrets_are_read_only_where_webhooks_are_verified_and_providers_spoken_to() -> None:
    readers = {name for name in FUNCTIONS.values() if ":parameter/counterline/${Stage}/connections/" in _text(name)}
    assert readers == {"webhooks", "outbound", "due", "media"}


def test_the_key_of_pushes_is_read_by_the_clock_alone() -> None:
    readers = {name for name in FUNCTIONS.values() if ":parameter/counterline/${Stage}/push-key" in _text(name)}
    assert readers == {"due"}


def test_the_api_can_do_nothing_that_only_webhooks_need() -> None:
    sids = {statement["Sid"] for statement in statements("api_handler")}
    pictures = {"LinkToAttachments", "OfferUploads", "KeepWhatIsSent", "CopyWhatIsSentFirst", "HaveUploadsChecked"}
    assert sids == {
        "WriteOwnLog",
        "UseTable",
        "DeleteHeldTexts",
        "MoveRemindersAndRemoveNotesAndDevices",
        "QueryIndexes",
        "ReadSigningKey",
        "KeepLedgers",
        *pictures,
        "ReadSiteUrl",
    }


def test_the_sites_address_is_read_where_links_are_made() -> None:
    readers = {name for name in FUNCTIONS.values() if "parameter/counterline/${Stage}/site-url" in _text(name)}
    assert readers == {"api_handler", "outbound", "due", "webhooks"}


def test_the_own_address_is_read_where_it_is_signed() -> None:
    readers = {name for name in FUNCTIONS.values() if "parameter/counterline/${Stage}/webhook-url" in _text(name)}
    assert readers == {"webhooks", "outbound"}


def test_nobody_scans_the_table_or_changes_it() -> None:
    for name in FUNCTIONS.values():
        actions = {action for statement in statements(name) for action in statement["Action"]}
        assert not {"dynamodb:Scan", "dynamodb:DeleteTable", "dynamodb:UpdateTable"} & actions, name
        assert not {action for action in actions if action.startswith(("iam:", "lambda:", "kms:"))}, name


WRITING = ("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")
WRITES_LINES = {"api_handler", "webhooks", "inbound", "provider_events", "outbound", "due", "media"}
"""Who may add to a ledger: whoever takes in what customers, providers and associates do."""


ERASES = "due"
"""Who may take away lines of the consent ledger: with the customer whose they are (X13)."""


def test_who_erases_customers_deletes_lines_of_the_ledger_and_none_of_the_audit_log() -> None:
    (kept,) = [s for s in statements(ERASES) if s["Sid"] == "KeepAuditLog"]
    assert kept["Action"] == ["dynamodb:DeleteItem"]
    assert kept["Resource"] == {"Fn::Sub": "${Table.Arn}"}
    assert kept["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["L#*", "ZL#*"]}}
    (erasing,) = [s for s in statements(ERASES) if s["Sid"] == "EraseCustomers"]
    starts = erasing["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    assert [start for start in starts if start.startswith(keys.ERASED_WITH_THEIR_CUSTOMER)] == ["Y#*"]


@pytest.mark.parametrize("name", sorted(FUNCTIONS.values()))
def test_nobody_changes_or_deletes_what_is_append_only(name: str) -> None:
    """Whatever an allowance says: a refusal in the same policy is above it."""
    allowed = {action for s in statements(name) if s["Effect"] == "Allow" for action in s["Action"]}
    refused = {action for s in statements(name) if _keeps_ledgers(s) for action in s["Action"]}
    if name == ERASES:
        refused.add("dynamodb:DeleteItem")  # of the lines of whoever is erased; see below
    dangerous = {*WRITING, *(() if name in WRITES_LINES else ("dynamodb:PutItem",))}
    assert allowed & dangerous <= refused
    assert name not in WRITES_LINES or "dynamodb:PutItem" not in refused, "lines could not be written any more"


@pytest.mark.parametrize("name", ["websocket_message", "websocket_disconnect"])
def test_who_closes_sockets_may_change_them_wherever_they_are_listed_and_nothing_else(name: str) -> None:
    (changes,) = [s for s in statements(name) if s["Effect"] == "Allow" and set(s["Action"]) & set(WRITING)]
    kept = changes["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    sockets = (keys.socket("x"), keys.store_socket("s", "x"), keys.conversation_socket("c", "x"))
    assert {key.pk.partition("#")[0] + "#*" for key in sockets} == set(kept)


def test_the_partitions_that_policies_keep_are_those_of_the_store() -> None:
    kept = {start.removesuffix("*") for start in _LEDGERS}
    assert kept == set(keys.APPEND_ONLY)
    assert keys.ledger("m", "sms", "+1", "s", "c").pk.startswith(tuple(kept))
    assert keys.audit("s", "e").pk.startswith(tuple(kept))


_LEDGERS = ["Y#*", "L#*", "ZL#*"]


def _keeps_ledgers(statement: dict[str, Any]) -> bool:
    """`ForAnyValue`: of several keys in one request one is enough. Without any key nothing is refused."""
    return (
        statement["Effect"] == "Deny"
        and statement["Resource"] == {"Fn::Sub": "${Table.Arn}"}
        and statement["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": _LEDGERS}}
    )


def test_texts_are_sent_by_who_sends_and_from_numbers_tagged_for_this_stage_only() -> None:
    senders = {
        name: _is_tagged(statement)
        for name in FUNCTIONS.values()
        for statement in statements(name)
        if any(action.startswith("sms-voice:") for action in statement["Action"])
    }
    assert senders == {"outbound": True}


def _is_tagged(statement: dict[str, Any]) -> bool:
    """Resources that no stack makes, such as phone numbers, must carry the stage's tag."""
    return bool(
        statement.get("Condition") == {"StringEquals": {"aws:ResourceTag/Counterline": {"Fn::Sub": "${Stage}"}}}
    )


def test_mail_is_sent_by_who_sends_and_from_our_domain_only() -> None:
    senders = {
        (name, *(resource["Fn::Sub"].partition("AccountId}:")[2] for resource in _resources(statement)))
        for name in FUNCTIONS.values()
        for statement in statements(name)
        if any(action.startswith("ses:") for action in statement["Action"])
    }
    assert senders == {("outbound", "identity/${MailDomain}", "configuration-set/${AWS::StackName}")}


def test_received_mail_is_read_where_it_is_parsed_and_its_attachments_are_taken_and_by_nobody_else() -> None:
    found = {
        (name, *statement["Action"], statement["Resource"]["Fn::Sub"])
        for name in FUNCTIONS.values()
        for statement in statements(name)
        if "${MailBucket" in str(statement["Resource"])
    }
    assert found == {
        *((name, "s3:GetObject", "${MailBucket.Arn}/inbound/*") for name in ("provider_events", "media")),
        ("media", "s3:DeleteObject", "${MailBucket.Arn}/inbound/*"),
    }


def test_attachments_are_written_by_their_worker_and_only_uploads_are_put_for_it_to_read() -> None:
    found = {
        (name, *statement["Action"], statement["Resource"]["Fn::Sub"])
        for name in FUNCTIONS.values()
        for statement in statements(name)
        if "${MediaBucket" in str(statement["Resource"])
    }
    assert found == {
        ("media", "s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "${MediaBucket.Arn}/conversations/*"),
        ("media", "s3:GetObject", "s3:DeleteObject", "${MediaBucket.Arn}/uploads/*"),
        ("media", "s3:ListBucket", "${MediaBucket.Arn}"),
        ("api_handler", "s3:GetObject", "${MediaBucket.Arn}/conversations/*"),
        ("api_handler", "s3:PutObject", "${MediaBucket.Arn}/uploads/*"),
        ("api_handler", "s3:PutObject", "${MediaBucket.Arn}/conversations/*"),
        ("api_handler", "s3:DeleteObjectTagging", "${MediaBucket.Arn}/conversations/*"),
        ("outbound", "s3:GetObject", "${MediaBucket.Arn}/conversations/*"),
    }


def test_the_api_copies_what_the_worker_made_for_a_start_and_writes_no_picture_itself() -> None:
    (copying,) = [statement for statement in statements("api_handler") if statement["Sid"] == "CopyWhatIsSentFirst"]
    assert copying["Condition"] == {
        "StringLike": {"s3:x-amz-copy-source": {"Fn::Sub": "${MediaBucket}/conversations/start.*"}}
    }


def _text(name: str) -> str:
    return json.dumps(statements(name))


def _resources(statement: dict[str, Any]) -> list[dict[str, str]]:
    found = statement["Resource"]
    return found if isinstance(found, list) else [found]
