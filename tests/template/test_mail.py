"""Mail: what SES receives for the domain goes into the bucket and on the topic, and so does what becomes of ours."""

from infra.package import Template
from tests.template.expand import of_type


def test_all_of_it_is_there_only_with_a_domain_and_never_locally(template: Template) -> None:
    mail = [name for name, resource in template["Resources"].items() if resource["Type"].startswith("AWS::SES::")]
    assert len(mail) == 5
    assert {template["Resources"][name]["Condition"] for name in mail} == {"HasMailDomain"}
    condition = template["Conditions"]["HasMailDomain"]["Fn::And"]
    assert {"Condition": "Hosted"} in condition


def test_received_mail_is_stored_scanned_and_announced(template: Template) -> None:
    (rule,) = (found["Rule"] for found in of_type(template, "AWS::SES::ReceiptRule").values())
    assert rule["Recipients"] == [{"Ref": "MailDomain"}]
    assert (rule["Enabled"], rule["ScanEnabled"]) == (True, True)
    (action,) = rule["Actions"]
    assert action["S3Action"] == {
        "BucketName": {"Ref": "MailBucket"},
        "ObjectKeyPrefix": "inbound/",
        "TopicArn": {"Ref": "ProviderEventsTopic"},
    }


def test_what_becomes_of_our_mail_is_told_on_the_topic(template: Template) -> None:
    (reports,) = of_type(template, "AWS::SES::ConfigurationSetEventDestination").values()
    destination = reports["EventDestination"]
    assert destination["SnsDestination"] == {"TopicARN": {"Ref": "ProviderEventsTopic"}}
    assert set(destination["MatchingEventTypes"]) == {"SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT"}
    assert destination["Enabled"] is True


def test_our_mail_is_signed_and_travels_encrypted(template: Template) -> None:
    (identity,) = of_type(template, "AWS::SES::EmailIdentity").values()
    assert identity["DkimSigningAttributes"] == {"NextSigningKeyLength": "RSA_2048_BIT"}
    (found,) = of_type(template, "AWS::SES::ConfigurationSet").values()
    assert found["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}
