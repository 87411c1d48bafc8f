"""`make merchant`: a file becomes a merchant who can work; repeated, it changes only what differs."""

import copy
import itertools
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chalicelib.aws.parameters import find_parameter
from chalicelib.channels import CHANNELS
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.merchants import MOST_SHARING, SHARDS_TAKE_EFFECT, ChatLinkSetting, Permission, ProxyOwner
from chalicelib.payments import PAYMENTS
from chalicelib.shops import SHOPS
from chalicelib.shops.shopify import TOPICS
from chalicelib.store import keys
from chalicelib.store.directory import DynamoDirectory
from chalicelib.wiring import SystemClock
from infra import merchant, merchant_file
from infra.failure import ShippingError
from infra.merchant import SetUp
from infra.merchant_file import parse, read
from infra.merchant_parts import CARRIES, SECRETS, AssociatePart, ConnectionPart, NumberPart, StorePart
from infra.package import ROOT
from tests.fakes.outside import FakeClock
from tests.support.emulator import make_ssm, make_table

EXAMPLE = ROOT / "docs" / "merchant.example.json"
VARIABLES = {"TWILIO_AUTH_TOKEN": "secret-of-twilio", "SHOPIFY_WEBHOOK_SECRET": "secret-of-shopify"}
WITH_META = {**VARIABLES, **{f"META_{name.upper()}": f"secret-{name}" for name in SECRETS["meta"]}}
_numbers = itertools.count()


class UserPool:
    """Cognito, as far as `SignIns` asks."""

    class exceptions:  # noqa: N801  boto3's own name
        class UserNotFoundException(Exception):
            pass

    def __init__(self) -> None:
        self.people: dict[str, list[dict[str, str]]] = {}
        self.invited: list[str] = []
        self.passwords: dict[str, str] = {}

    def admin_get_user(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:  # noqa: N803  boto3's own names
        if Username not in self.people:
            raise self.exceptions.UserNotFoundException
        return {"UserAttributes": self.people[Username]}

    def admin_create_user(self, *, Username: str, UserAttributes: list[dict[str, str]], **how: Any) -> dict[str, Any]:  # noqa: N803  as above
        self.people[Username] = [*UserAttributes, {"Name": "sub", "Value": f"subject-{len(self.people)}"}]
        if how.get("MessageAction") != "SUPPRESS":
            self.invited.append(Username)
        return {"User": {"Attributes": self.people[Username]}}

    def admin_set_user_password(self, *, Username: str, Password: str, **_: Any) -> None:  # noqa: N803  as above
        self.passwords[Username] = Password


class Installation:
    """A deployed stack with an empty table."""

    def __init__(self) -> None:
        name = f"merchant-{next(_numbers)}"
        self.prefix = f"/counterline/{name}"
        self.table, self.pool, self.said = make_table(name), UserPool(), list[str]()
        self.clients = {
            "dynamodb": self.table.connection.connection.client,
            "ssm": make_ssm(),
            "cognito-idp": self.pool,
        }
        self.outputs = {"TableName": name, "UserPoolId": "pool", "ParameterPrefix": self.prefix}
        self.outputs["WebhookUrl"] = "https://api.example"

    def run(
        self,
        described: dict[str, Any],
        variables: dict[str, str] | None = None,
        password: str | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> list[str]:
        """What was said. Every run is a process of its own."""
        self.said.clear()
        environment = VARIABLES if variables is None else variables
        command = SetUp(self.clients.__getitem__, self.outputs, password, self.said.append)
        command.run(parse(json.dumps(described).encode()), environment, ask)
        return self.said

    @property
    def directory(self) -> DynamoDirectory:
        return DynamoDirectory(self.table, FakeClock(), partial(find_parameter, ssm=make_ssm()))

    def secrets(self, connection_id: str) -> dict[str, str]:
        connection = self.directory.connection(connection_id)
        assert connection
        return self.directory.secrets(connection)


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch) -> Installation:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return Installation()


@pytest.fixture
def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXAMPLE.read_text())
    return found


def test_the_example_becomes_a_merchant(installation: Installation, example: dict[str, Any]) -> None:
    said = installation.run(example)
    directory = installation.directory
    old_town, station = directory.store("old-town"), directory.store("station")
    assert old_town
    assert station
    assert (old_town.proxy, old_town.connection_id) == ("+16175550121", "texts")
    number = directory.proxy(Channel.SMS, Address("+16175550131"))
    assert number
    assert (number.store_id, number.connection_id) == ("station", "texts")
    shop = directory.connection("shop")
    assert shop
    assert (shop.account, shop.locations) == ("harbour-books.myshopify.com", {"61000000002": "station"})
    assert installation.secrets("texts") == {"auth_token": "secret-of-twilio"}
    assert installation.secrets("shop") == {"webhook_secret": "secret-of-shopify"}
    sam = directory.associate("subject-1")
    assert sam
    assert (sam.email, sam.stores) == (
        "sam@harbour-books.example",
        {"station": frozenset({Permission.ORDERS, Permission.INBOX})},
    )
    assert installation.pool.invited == ["owner@harbour-books.example", "sam@harbour-books.example"]
    text = "\n".join(said)
    assert "https://api.example/webhooks/twilio/texts" in text
    assert "https://api.example/webhooks/shopify/shop" in text
    assert all(topic in text for topic in TOPICS)
    assert not any(secret in text for secret in VARIABLES.values())


def test_a_repeat_changes_nothing_and_needs_no_secrets(installation: Installation, example: dict[str, Any]) -> None:
    installation.run(example)
    writes: list[str] = []
    for service, operations in (("dynamodb", ("PutItem", "BatchWriteItem")), ("ssm", ("PutParameter",))):
        for operation in operations:
            event = f"before-call.{service}.{operation}"
            installation.clients[service].meta.events.register(event, lambda model, **_: writes.append(model.name))
    done = [line for line in installation.run(example, variables={}) if line.startswith("  ") and ": " in line]
    assert writes == []
    assert {line.rsplit(": ", 1)[1] for line in done if "Associate" in line or "Store" in line} == {"unchanged"}
    assert len(installation.pool.invited) == 2


def test_only_what_differs_is_changed(installation: Installation, example: dict[str, Any]) -> None:
    installation.run(example)
    changed = copy.deepcopy(example)
    changed["stores"][1]["messaging"] = False
    changed["associates"][1]["stores"] = {}
    said = installation.run(changed, {**VARIABLES, "TWILIO_AUTH_TOKEN": "rotated"})
    assert [line.strip() for line in said if line.endswith(("changed", "new secret")) and "unchanged" not in line] == [
        "Store station: changed",
        "Connection texts: new secret",
        "Associate sam@harbour-books.example: changed",
    ]
    assert installation.secrets("texts") == {"auth_token": "rotated"}
    sam = installation.directory.associate("subject-1")
    assert sam
    assert sam.stores == {}


def test_inbox_shards_are_raised_for_later_and_never_lowered(
    installation: Installation, example: dict[str, Any]
) -> None:
    installation.run(example)
    before = SystemClock().now()
    example["stores"][0]["inbox_shards"] = 4
    assert "  Store old-town: changed" in installation.run(example)
    raised = installation.directory.store("old-town")
    assert raised
    assert before <= raised.inbox_shards_from - SHARDS_TAKE_EFFECT <= SystemClock().now()
    assert (raised.inbox_shards, raised.shards_written(before)) == (4, 1)
    assert "  Store old-town: unchanged" in installation.run(example)
    example["stores"][0]["inbox_shards"] = 3
    example["stores"][1]["name"] = "Something else"
    with pytest.raises(ShippingError, match="old-town: the number of inbox shards can only be raised, and it has 4"):
        installation.run(example)
    assert installation.directory.store("old-town") == raised
    station = installation.directory.store("station")
    assert station
    assert station.name == "Harbour Books Station", "checked before anything is written"


@pytest.mark.parametrize(("first", "then"), [("store", "merchant"), ("merchant", "store")])
def test_another_consent_scope_is_refused_before_anything_is_written(
    installation: Installation, example: dict[str, Any], first: str, then: str
) -> None:
    """Else whoever opted out in the old one could be written to again."""
    example["stores"][0]["consent_scope"] = first
    installation.run(example)
    installation.run(example)  # the same again is no change
    example["stores"][0]["consent_scope"] = then
    example["stores"][1]["name"] = "Another name"
    with pytest.raises(ShippingError, match=f'old-town: its consent_scope is "{first}" and stays so'):
        installation.run(example)
    kept, other = installation.directory.store("old-town"), installation.directory.store("station")
    assert kept
    assert kept.consent_scope == first
    assert other
    assert other.name != "Another name"


def test_a_new_store_has_all_its_shards_at_once(installation: Installation, example: dict[str, Any]) -> None:
    example["stores"][0]["inbox_shards"] = 16
    installation.run(example)
    store = installation.directory.store("old-town")
    assert store
    assert store.shards_written(0) == 16


def test_a_missing_secret_is_asked_for_or_named_before_anything_is_written(
    installation: Installation, example: dict[str, Any]
) -> None:
    with pytest.raises(ShippingError, match="Connection texts has no auth_token yet: set TWILIO_AUTH_TOKEN"):
        installation.run(example, variables={})
    assert installation.directory.store("old-town") is None
    assert installation.pool.people == {}
    installation.run(example, variables={}, ask=lambda question: f"typed for {question.split()[1]}")
    assert installation.secrets("shop") == {"webhook_secret": "typed for webhook_secret"}


def test_a_provider_with_two_secrets_gets_both(installation: Installation, example: dict[str, Any]) -> None:
    sources = {"signature_secret": "VONAGE_SIGNATURE_SECRET", "api_secret": "VONAGE_API_SECRET"}
    example["connections"][0].update(provider="vonage", account="a1b2c3d4", secret_from=sources)
    with pytest.raises(ShippingError, match="Connection texts has no api_secret yet: set VONAGE_API_SECRET"):
        installation.run(example, {**VARIABLES, "VONAGE_SIGNATURE_SECRET": "signs"})
    assert installation.directory.store("old-town") is None
    said = installation.run(example, {**VARIABLES, "VONAGE_SIGNATURE_SECRET": "signs", "VONAGE_API_SECRET": "opens"})
    assert installation.secrets("texts") == {"signature_secret": "signs", "api_secret": "opens"}
    assert "https://api.example/webhooks/vonage/texts" in "\n".join(said)
    installation.run(example, {"VONAGE_API_SECRET": "rotated"})
    assert installation.secrets("texts") == {"signature_secret": "signs", "api_secret": "rotated"}


def test_only_the_secret_that_has_no_variable_is_asked_for(installation: Installation, example: dict[str, Any]) -> None:
    sources = {"signature_secret": "VONAGE_SIGNATURE_SECRET"}
    example["connections"][0].update(provider="vonage", account="a1b2c3d4", secret_from=sources)
    asked: list[str] = []
    environment = {**VARIABLES, "VONAGE_SIGNATURE_SECRET": "signs"}
    installation.run(example, environment, ask=lambda question: asked.append(question) or "typed")
    assert asked == ["The api_secret of connection texts (not shown): "]
    assert installation.secrets("texts") == {"signature_secret": "signs", "api_secret": "typed"}


def test_a_local_stack_may_have_passwords(installation: Installation, example: dict[str, Any]) -> None:
    installation.run(example, password="Local-Stack-2026")
    assert installation.pool.invited == []
    assert set(installation.pool.passwords.values()) == {"Local-Stack-2026"}


def test_on_aws_nobody_gets_a_password_from_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with pytest.raises(ShippingError, match="local stack only"):
        merchant.of_stage("prod", "Local-Stack-2026")


def test_another_merchants_things_are_left_alone(installation: Installation, example: dict[str, Any]) -> None:
    installation.run(example)
    with pytest.raises(ShippingError, match="belongs to another merchant, harbour-books"):
        installation.run({**example, "merchant": "somebody-else"})


WRONG: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda it: it.pop("stores"), "missing required field `stores`"),
    (lambda it: it.update(colour="red"), "unknown field `colour`"),
    (lambda it: it["stores"][0].update(timezone="Mars/Olympus"), "'Mars/Olympus' is no time zone"),
    (lambda it: it["stores"][0].update(phone="617 555 0100"), r"\$.stores\[0\].phone"),
    (lambda it: it["stores"][0].update(inbox_shards=0), r"`int` >= 1 - at `\$.stores\[0\].inbox_shards"),
    (lambda it: it["stores"][0].update(inbox_shards=17), r"`int` <= 16 - at `\$.stores\[0\].inbox_shards"),
    (lambda it: it["stores"].append(it["stores"][0]), "store old-town is there twice"),
    (
        lambda it: it["connections"][0].update(provider="carrier-pigeon"),
        "choose from twilio, vonage, meta, ses, webchat, aws_sms, shopify, woocommerce, generic",
    ),
    (lambda it: it["connections"][0].update(store="nowhere"), "there is no store 'nowhere' in this file"),
    (lambda it: it["connections"][0].update(locations={"1": "station"}), "only shops have locations"),
    (lambda it: it["connections"][1].update(locations={"1": "nowhere"}), "there is no store 'nowhere'"),
    (lambda it: it["numbers"][0].update(connection="shop"), "'shop' is no connection that can text"),
    (
        lambda it: it["connections"][0].update(provider="vonage"),
        r'texts: it has 2 secrets; write "secret_from": \{"signature_secret": "A_VARIABLE", "api_secret',
    ),
    (
        lambda it: it["connections"][0].update(secret_from={"webhook_secret": "SHOPIFY_WEBHOOK_SECRET"}),
        "its secrets are called auth_token",
    ),
    (lambda it: it["associates"][0].update(email="owner"), r"\$.associates\[0\].email"),
    (lambda it: it["associates"][0]["stores"].update(station=["everything"]), "Invalid enum value 'everything'"),
    (lambda it: it["associates"][0]["stores"].update(nowhere=[]), "there is no store 'nowhere'"),
]


@pytest.mark.parametrize(("spoil", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_mistake_is_named_with_its_place(
    example: dict[str, Any], spoil: Callable[[dict[str, Any]], object], said: str
) -> None:
    spoil(example)
    with pytest.raises(ShippingError, match=said):
        parse(json.dumps(example).encode())


def test_a_secret_written_into_the_file_is_refused_and_not_repeated(example: dict[str, Any]) -> None:
    token = "0123456789abcdef0123456789abcdef"
    example["connections"][0]["secret_from"] = token
    with pytest.raises(ShippingError) as refused:
        parse(json.dumps(example).encode())
    assert token not in str(refused.value)


def test_a_missing_or_broken_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ShippingError, match="cannot be read"):
        read(tmp_path / "none.json")
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(ShippingError, match=r"broken\.json: "):
        read(tmp_path / "broken.json")


def test_every_provider_can_be_set_up() -> None:
    assert set(SECRETS) == set(CHANNELS) | set(SHOPS) | set(PAYMENTS) == set(merchant.WHAT_NEXT)


def test_a_connection_at_aws_needs_no_secret_and_gets_no_address(
    installation: Installation, example: dict[str, Any]
) -> None:
    at_aws = {"id": "aws", "provider": "aws_sms", "account": "counterline-prod", "store": "old-town"}
    example["connections"].append(at_aws)
    example["numbers"].append({"number": "+16175550151", "store": "old-town", "connection": "aws"})
    said = "\n".join(installation.run(example))
    connection = installation.directory.connection("aws")
    assert connection
    assert (connection.provider, connection.account, connection.secret_ref) == ("aws_sms", "counterline-prod", "")
    assert installation.secrets("aws") == {}
    proxy = installation.directory.proxy(Channel.SMS, Address("+16175550151"))
    assert proxy
    assert proxy.connection_id == "aws"
    assert "webhooks/aws_sms" not in said
    assert "Connection aws has none" in said
    assert "unchanged" in "\n".join(installation.run(example))


def test_the_guide_names_every_topic_and_field() -> None:
    guide = (ROOT / "docs" / "deploying.md").read_text()
    assert [topic for topic in TOPICS if f"`{topic}`" not in guide] == []
    kinds = (StorePart, ConnectionPart, NumberPart, AssociatePart)
    fields = {name for kind in (merchant_file.MerchantFile, *kinds) for name in kind.__struct_fields__}
    assert [name for name in fields if f"`{name}`" not in guide] == []


WHATSAPP = {"id": "wa", "provider": "meta", "account": "104996122399160", "store": "old-town"}
AT_META = {"number": "+16175550141", "store": "old-town", "connection": "wa", "channel": "whatsapp", "number_id": "77"}


def with_whatsapp(example: dict[str, Any], **changed: Any) -> dict[str, Any]:
    number = {name: value for name, value in {**AT_META, **changed}.items() if value is not None}
    connections = [*example["connections"], dict(WHATSAPP)]
    return {**example, "connections": connections, "numbers": [number, *example["numbers"]]}


def test_a_number_at_whatsapp_is_known_to_its_connection_and_no_text_leaves_from_it(example: dict[str, Any]) -> None:
    made = parse(json.dumps(with_whatsapp(example)).encode()).as_domain("/x")
    connection = next(each for each in made.connections if each.id == "wa")
    assert connection.number_ids == {"+16175550141": "77"}
    assert ("whatsapp", "+16175550141") in {(each.channel, each.address) for each in made.proxies}
    assert next(each for each in made.stores if each.id == "old-town").proxy == "+16175550121"


def test_the_same_number_may_text_and_be_at_whatsapp(example: dict[str, Any]) -> None:
    made = parse(json.dumps(with_whatsapp(example, number="+16175550121")).encode()).as_domain("/x")
    assert [each.channel for each in made.proxies if each.address == "+16175550121"] == ["whatsapp", "sms"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"number_id": None}, "Meta knows it by an id"),
        ({"channel": None}, "meta carries whatsapp"),
        ({"channel": "sms", "connection": "texts"}, "only numbers at Meta have a number_id"),
        ({"channel": "email"}, "Invalid enum value"),
        ({"number_id": "x"}, "regex|pattern|matching"),
    ],
)
def test_a_number_that_cannot_work_is_told(example: dict[str, Any], changed: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ShippingError, match=wrong):
        parse(json.dumps(with_whatsapp(example, **changed)).encode())


READY = {"name": "order_ready", "language": "en_US", "body": "Hi {{1}}, {{2}} is ready."}
HX = "HX" + "0" * 32


def with_templates(example: dict[str, Any], *templates: Any, provider: str = "meta") -> bytes:
    made = with_whatsapp(example)
    connection = next(each for each in made["connections"] if each["provider"] == provider)
    connection["templates"] = list(templates)
    return json.dumps(made).encode()


def test_templates_are_their_connections(example: dict[str, Any]) -> None:
    made = parse(with_templates(example, READY, {**READY, "language": "de", "body": "Fertig."})).as_domain("/x")
    connection = next(each for each in made.connections if each.id == "wa")
    assert [(each.name, each.language, each.placeholders) for each in connection.templates] == [
        ("order_ready", "en_US", 2),
        ("order_ready", "de", 0),
    ]
    parse(with_templates(example, {**READY, "content_id": HX}, provider="twilio"))


@pytest.mark.parametrize(
    ("templates", "provider", "wrong"),
    [
        ([READY, READY], "meta", "order_ready in en_US is there twice"),
        ([{**READY, "body": "{{2}}"}], "meta", "without a gap"),
        ([{**READY, "content_id": HX}], "meta", "Meta by their names alone"),
        ([READY], "twilio", "content_id"),
        ([READY], "shopify", "only WhatsApp has templates"),
        ([{**READY, "name": "Order Ready"}], "meta", "regex|pattern|matching"),
        ([{**READY, "language": "English"}], "meta", "regex|pattern|matching"),
    ],
)
def test_a_template_that_cannot_be_sent_is_told(
    example: dict[str, Any], templates: list[Any], provider: str, wrong: str
) -> None:
    with pytest.raises(ShippingError, match=wrong):
        parse(with_templates(example, *templates, provider=provider))


def test_every_provider_says_what_it_carries() -> None:
    assert set(CARRIES) == set(CHANNELS)


def test_who_was_registered_before_there_were_lists_of_colleagues_is_listed_by_the_next_run(
    installation: Installation, example: dict[str, Any]
) -> None:
    installation.run(example)
    store = example["stores"][0]["id"]
    listed = installation.directory.colleagues(store)
    assert listed
    installation.table.delete_many(keys.colleague(store, each.id) for each in listed)
    assert installation.directory.colleagues(store) == []
    installation.run(example)
    assert installation.directory.colleagues(store) == listed


def test_stores_have_their_mailboxes_and_associates_get_theirs(
    installation: Installation, example: dict[str, Any]
) -> None:
    example["associates"][0]["name"] = "Zoë van den Dijk-Øster"
    example["associates"].append(copy.deepcopy(example["associates"][1]) | {"email": "sam2@harbour-books.example"})
    said = installation.run(example)
    directory = installation.directory
    mail = {
        each.address: each for store in ("old-town", "station") for each in directory.proxies_of(store, Channel.EMAIL)
    }
    domain = "mail.harbour-books.example"
    assert set(mail) == {
        f"{local}@{domain}" for local in ("old-town", "station", "zoe.van.den.dijk.s", "sam.okoro", "sam.okoro2")
    }
    zoe, sam = mail[Address(f"zoe.van.den.dijk.s@{domain}")], mail[Address(f"sam.okoro2@{domain}")]
    assert (zoe.store_id, zoe.owner, zoe.associate_id) == ("old-town", ProxyOwner.ASSOCIATE, "subject-0")
    assert (sam.store_id, sam.owner, sam.associate_id) == ("station", ProxyOwner.ASSOCIATE, "subject-2")
    assert mail[Address(f"station@{domain}")].owner is ProxyOwner.STORE
    assert {each.connection_id for each in mail.values()} == {"mail"}
    connection = directory.connection("mail")
    assert connection
    assert (connection.secret_ref, directory.secrets(connection)) == ("", {})
    assert any("SES reports on the topic" in line for line in said)
    again = installation.run(example)
    assert not [line for line in again if line.endswith((": new", ": changed"))]


def test_a_mailbox_of_ones_own_choice_is_kept(installation: Installation, example: dict[str, Any]) -> None:
    example["associates"][1]["mailbox"] = "sam"
    installation.run(example)
    assert installation.directory.proxy(Channel.EMAIL, Address("sam@mail.harbour-books.example"))


def test_who_works_in_no_store_gets_none(installation: Installation, example: dict[str, Any]) -> None:
    example["associates"][1]["stores"] = {}
    installation.run(example)
    found = [each.address for each in installation.directory.proxies_of("old-town", Channel.EMAIL)]
    assert found == ["lena.fischer@mail.harbour-books.example", "old-town@mail.harbour-books.example"]
    assert [each.owner for each in installation.directory.proxies_of("station", Channel.EMAIL)] == [ProxyOwner.STORE]


def mailboxes(example: dict[str, Any], mail_domain: str = "") -> dict[str, tuple[str, str | None]]:
    found = parse(json.dumps(example).encode()).as_domain("/x", mail_domain).proxies
    return {each.address: (each.store_id, each.associate_id) for each in found if each.channel == "email"}


def test_a_store_that_names_no_mailbox_is_issued_one_where_mail_is_connected(example: dict[str, Any]) -> None:
    named = mailboxes(example)
    del example["mailboxes"][1]
    assert mailboxes(example) == named, "called after its id, on the domain of the others"
    example["mailboxes"] = []
    assert mailboxes(example, "mail.harbour-books.example") == named, "on the domain of the installation"
    assert mailboxes(example) == {}, "no domain is known"
    del example["connections"][2]
    assert mailboxes(example, "mail.harbour-books.example") == {}, "no mail is connected"


def test_where_mail_is_connected_a_chat_link_goes_there_unless_the_file_says_otherwise(example: dict[str, Any]) -> None:
    def links() -> list[ChatLinkSetting]:
        return [each.chat_link for each in parse(json.dumps(example).encode()).as_domain("/x").stores]

    assert links() == [ChatLinkSetting.IN_MAIL, ChatLinkSetting.IN_MAIL]
    example["stores"][1]["chat_link"] = "off"
    assert links() == [ChatLinkSetting.IN_MAIL, ChatLinkSetting.OFF]
    example["mailboxes"] = []
    del example["connections"][2]
    assert links() == [ChatLinkSetting.OFF, ChatLinkSetting.OFF], "a text would point to a mail that nobody sends"


@pytest.mark.parametrize(
    ("mailbox", "wrong"),
    [
        ({"mailbox": "a.mailbox.too.long.for.a.token@mail.example.com"}, "regex|pattern|matching"),
        ({"mailbox": "Upper@mail.example.com"}, "regex|pattern|matching"),
        ({"mailbox": "with+plus@mail.example.com"}, "regex|pattern|matching"),
        ({"mailbox": "no-domain"}, "regex|pattern|matching"),
        ({"store": "nowhere"}, "there is no store"),
        ({"connection": "texts"}, "no connection that carries mail"),
        ({"mailbox": "station@mail.harbour-books.example"}, "is there twice"),
    ],
)
def test_a_mailbox_that_cannot_work_is_told(example: dict[str, Any], mailbox: dict[str, str], wrong: str) -> None:
    example["mailboxes"][0] |= mailbox
    with pytest.raises(ShippingError, match=wrong):
        parse(json.dumps(example).encode())


def test_ses_has_no_secrets(example: dict[str, Any]) -> None:
    example["connections"][2]["secret_from"] = "A_VARIABLE"
    with pytest.raises(ShippingError, match="it has no secrets"):
        parse(json.dumps(example).encode())


def with_owners(example: dict[str, Any]) -> dict[str, Any]:
    described = copy.deepcopy(example)
    described["numbers"] += [
        {"number": "+16175550132", "store": "station", "connection": "texts", "associate": "Sam@harbour-books.example"},
        {"number": "+16175550133", "store": "station", "connection": "texts", "pool": True},
    ]
    return described


def test_numbers_may_be_an_associates_own_or_of_a_pool(installation: Installation, example: dict[str, Any]) -> None:
    example["numbers"].insert(0, {"number": "+16175550130", "store": "station", "connection": "texts", "pool": True})
    installation.run(with_owners(example))
    directory = installation.directory
    found = [(p.address, p.owner, p.associate_id) for p in directory.proxies_of("station", Channel.SMS)]
    assert found == [
        ("+16175550130", ProxyOwner.POOL, None),
        ("+16175550131", ProxyOwner.STORE, None),
        ("+16175550132", ProxyOwner.ASSOCIATE, "subject-1"),
        ("+16175550133", ProxyOwner.POOL, None),
    ]
    station = directory.store("station")
    assert station
    assert station.proxy == "+16175550131", "a store sends from a number that is its own"


def test_a_repeat_leaves_owned_numbers_alone(installation: Installation, example: dict[str, Any]) -> None:
    installation.run(with_owners(example))
    said = installation.run(with_owners(example), variables={})
    assert {line.rsplit(": ", 1)[1] for line in said if "Number" in line} == {"unchanged"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"associate": "nobody@harbour-books.example"}, "there is no associate nobody@harbour-books.example"),
        ({"associate": "sam@harbour-books.example", "store": "old-town"}, "does not belong to the store 'old-town'"),
        ({"associate": "sam@harbour-books.example", "pool": True}, "of the pool or of an associate, not of both"),
        ({"associate": "sam"}, "associate"),
        ({"pool": "yes"}, "pool"),
    ],
)
def test_an_owner_who_cannot_be_is_refused(
    installation: Installation, example: dict[str, Any], fields: dict[str, Any], wrong: str
) -> None:
    number = {"number": "+16175550139", "store": "station", "connection": "texts", **fields}
    example["numbers"].append(number)
    with pytest.raises(ShippingError, match=wrong):
        installation.run(example)
    assert installation.directory.store("station") is None


def at_whatsapp(example: dict[str, Any], **fields: Any) -> dict[str, Any]:
    whatsapp = {"id": "whatsapp", "provider": "meta", "account": "104", "store": "old-town"}
    secrets = {name: f"META_{name.upper()}" for name in SECRETS["meta"]}
    example["connections"].append({**whatsapp, "secret_from": secrets})
    number = {"number": "+16175550140", "connection": "whatsapp", "channel": "whatsapp", "number_id": "1"}
    example["numbers"].append({**number, **fields})
    return example


def shared_by(example: dict[str, Any], count: int) -> bytes:
    names = [f"store-{number}" for number in range(count)]
    example["stores"] += [{**example["stores"][0], "id": name} for name in names]
    return json.dumps(at_whatsapp(example, stores=names)).encode()


def test_as_many_stores_as_one_stop_can_reach_may_share_a_number(example: dict[str, Any]) -> None:
    assert len(parse(shared_by(example, MOST_SHARING)).numbers[-1].used_by) == MOST_SHARING


def test_more_stores_are_refused(example: dict[str, Any]) -> None:
    with pytest.raises(ShippingError, match=f"at most {MOST_SHARING} stores share a number"):
        parse(shared_by(example, MOST_SHARING + 1))


def test_stores_may_share_a_number_at_whatsapp(example: dict[str, Any]) -> None:
    described = parse(json.dumps(at_whatsapp(example, stores=["station", "old-town"])).encode())
    (shared,) = (each for each in described.as_domain("/x").proxies if each.channel == "whatsapp")
    assert (shared.store_id, shared.shared_with) == ("station", ("old-town",))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"stores": ["station", "nowhere"]}, "there is no store 'nowhere'"),
        ({"stores": ["station", "station"]}, "store station is there twice"),
        ({"stores": ["station"], "store": "station"}, 'write either "store", or "stores"'),
        ({}, 'write either "store", or "stores"'),
        ({"stores": ["station", "old-town"], "pool": True}, "of no pool and of no associate"),
        (
            {"stores": ["station", "old-town"], "channel": "sms", "connection": "texts", "number_id": ""},
            "share numbers at WhatsApp only",
        ),
    ],
)
def test_a_number_that_cannot_be_shared_so_is_refused(
    example: dict[str, Any], fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ShippingError, match=wrong):
        parse(json.dumps(at_whatsapp(example, **fields)).encode())


@pytest.mark.parametrize("then", [{"stores": ["station"]}, {"stores": ["old-town"]}, {"store": "old-town"}])
def test_no_store_is_taken_off_a_number_before_anything_is_written(
    installation: Installation, example: dict[str, Any], then: dict[str, Any]
) -> None:
    """Its conversations would keep the customers, and STOP would miss the store that keeps the number (N9)."""
    at_whatsapp(example, stores=["station", "old-town"])
    installation.run(example, WITH_META)
    example["numbers"][-1] = {**without_stores(example["numbers"][-1]), **then}
    example["stores"][0]["name"] = "Another name"
    with pytest.raises(ShippingError, match=r"The number \+16175550140: (old-town|station) must keep it"):
        installation.run(example)
    kept = installation.directory.store(example["stores"][0]["id"])
    assert kept
    assert kept.name != "Another name"


@pytest.mark.parametrize("then", [{"stores": ["old-town", "station"]}, {"stores": ["station", "old-town"]}])
def test_stores_may_join_a_number_and_change_places(
    installation: Installation, example: dict[str, Any], then: dict[str, Any]
) -> None:
    at_whatsapp(example, store="old-town")
    installation.run(example, WITH_META)
    example["numbers"][-1] = {**without_stores(example["numbers"][-1]), **then}
    installation.run(example)
    proxy = installation.directory.proxy(Channel.WHATSAPP, Address("+16175550140"))
    assert proxy
    assert list(proxy.store_ids) == then["stores"]


def without_stores(number: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in number.items() if key not in ("store", "stores")}
