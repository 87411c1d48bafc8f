"""The file a merchant is described in (docs/merchant.example.json): read, checked, made into domain objects."""

from collections.abc import Iterable, Sequence
from itertools import count as count_from
from pathlib import Path
from typing import Annotated
from unicodedata import normalize
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from chalicelib.channels import CHANNELS
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.merchants import (
    MOST_SHARING,
    ChatLinkSetting,
    Connection,
    Proxy,
    ProxyOwner,
    Store,
    UnknownPolicy,
)
from chalicelib.domain.reply_tokens import LONGEST_MAILBOX
from chalicelib.shops import SHOPS
from infra.failure import ShippingError
from infra.merchant_parts import (
    CARRIES,
    OPTIONAL_SECRETS,
    SECRETS,
    AssociatePart,
    ConnectionPart,
    Id,
    MailboxPart,
    NumberPart,
    StorePart,
)
from infra.registration import Member, Merchant


class MerchantFile(Struct, forbid_unknown_fields=True):
    """As the shop's owner writes it."""

    merchant: Id
    stores: Annotated[list[StorePart], Meta(min_length=1)]
    connections: list[ConnectionPart]
    numbers: list[NumberPart]
    associates: list[AssociatePart]
    mailboxes: list[MailboxPart] = []

    def as_domain(self, parameter_prefix: str, mail_domain: str = "") -> Merchant:
        """`parameter_prefix`, `mail_domain`: the stack's outputs of these names."""
        mailboxes = (*self.mailboxes, *self.issued_to_stores(mail_domain))
        with_mail = {each.store for each in mailboxes}
        return Merchant(
            id=self.merchant,
            stores=tuple(self._store(store, with_mail) for store in self.stores),
            connections=tuple(self._connection(each, parameter_prefix) for each in self.connections),
            proxies=(
                *(self._proxy(number) for number in self.numbers),
                *(self._mailbox(each.mailbox, each) for each in mailboxes),
                *(
                    replace(
                        self._mailbox(address, of), owner=ProxyOwner.ASSOCIATE, associate_id=associate.email.lower()
                    )
                    for address, of, associate in self.issued_to_associates(mailboxes)
                ),
            ),
            members=tuple(Member(each.email.lower(), each.name, each.stores) for each in self.associates),
        )

    def _store(self, store: StorePart, with_mail: set[str]) -> Store:
        """It texts from its first number that is its own. Customers find the link in their mail, where there is one."""
        linked = ChatLinkSetting.IN_MAIL if store.id in with_mail else ChatLinkSetting.OFF
        texting = (each for each in self.numbers if each.channel == "sms" and each.owner is ProxyOwner.STORE)
        own = next((number for number in texting if number.store == store.id), None)
        return Store(
            id=store.id,
            merchant_id=self.merchant,
            name=store.name,
            timezone=store.timezone,
            phone=Address(store.phone),
            country=store.country,
            messaging=store.messaging,
            consent_scope=store.consent_scope,
            opt_in=store.opt_in,
            chat_link=linked if store.chat_link is None else store.chat_link,
            link_domain=store.link_domain,
            automatic_texts=store.automatic_texts,
            credits=store.credits,
            language=store.language,
            quiet_hours=store.quiet_hours,
            reassign_after=store.reassign_after,
            contacts=store.contacts,
            inbox_shards=store.inbox_shards,
            proxy=Address(own.number) if own else None,
            connection_id=own.connection if own else None,
        )

    def _connection(self, given: ConnectionPart, parameter_prefix: str) -> Connection:
        return Connection(
            id=given.id,
            merchant_id=self.merchant,
            provider=given.provider,
            secret_ref=f"{parameter_prefix}/connections/{given.id}" if SECRETS[given.provider] else "",
            store_id=given.store,
            account=given.account,
            locations=given.locations,
            currency=given.currency,
            site=given.site,
            number_ids={
                each.number: each.number_id for each in self.numbers if each.connection == given.id and each.number_id
            },
            templates=tuple(each.as_domain() for each in given.templates),
            provider_answers_keywords=given.provider_answers_keywords,
            on_unknown=given.on_unknown,
        )

    def issued_to_stores(self, mail_domain: str) -> list[MailboxPart]:
        """One for each store that names none, called after its id, where mail is connected (H17): on the domain of the
        mailboxes that are named, else on the installation's."""
        mail = next((each for each in self.connections if Channel.EMAIL in CARRIES.get(each.provider, ())), None)
        domain = self.mailboxes[0].mailbox.partition("@")[2] if self.mailboxes else mail_domain
        if mail is None or not domain:
            return []
        taken, found = {each.mailbox for each in self.mailboxes}, list[MailboxPart]()
        for store in self.stores:
            if not any(each.store == store.id for each in self.mailboxes):
                address = _free(store.id.lower().lstrip("-_") or "store", domain, taken)
                taken.add(address)
                found.append(MailboxPart(mailbox=address, store=store.id, connection=mail.id))
        return found

    def issued_to_associates(self, mailboxes: Sequence[MailboxPart]) -> list[tuple[str, MailboxPart, AssociatePart]]:
        """One for each associate whose first store with messaging has a mailbox, on its domain (H17)."""
        found: list[tuple[str, MailboxPart, AssociatePart]] = []
        taken = {each.mailbox for each in mailboxes}
        for associate in self.associates:
            of = next((each for each in mailboxes if associate.stores.get(each.store)), None)
            if of is None:
                continue
            address = _free(associate.mailbox or _local_part(associate.name), of.mailbox.partition("@")[2], taken)
            taken.add(address)
            found.append((address, of, associate))
        return found

    def _mailbox(self, address: str, of: MailboxPart) -> Proxy:
        return Proxy(
            channel=Channel.EMAIL,
            address=Address(address),
            merchant_id=self.merchant,
            store_id=of.store,
            connection_id=of.connection,
        )

    def _proxy(self, given: NumberPart) -> Proxy:
        return Proxy(
            channel=Channel(given.channel),
            address=Address(given.number),
            merchant_id=self.merchant,
            store_id=given.used_by[0],
            shared_with=tuple(given.used_by[1:]),
            connection_id=given.connection,
            owner=given.owner,
            associate_id=given.associate.lower() if given.associate else None,
        )


def _local_part(name: str) -> str:
    """Letters and digits of a name, as mailboxes are spelled: `Zoë van Dijk` is `zoe.van.dijk`."""
    plain = normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return ".".join(words)[:LONGEST_MAILBOX].rstrip(".") or "associate"


def _free(local: str, domain: str, taken: set[str]) -> str:
    """With a number behind it where somebody has it already, in the order of the file: a repeat changes none."""
    for count in count_from(1):
        number = str(count) if count > 1 else ""
        address = f"{local[: LONGEST_MAILBOX - len(number)]}{number}@{domain}"
        if address not in taken:
            return address
    raise AssertionError("there is always a free number")


def read(path: Path) -> MerchantFile:
    """Raises ShippingError naming the place and what is wrong there."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise ShippingError(f"{path} cannot be read: {error.strerror}.") from error
    except ShippingError as error:
        raise ShippingError(f"{path}: {error}") from error


def parse(text: bytes) -> MerchantFile:
    """Raises ShippingError."""
    try:
        found = msgspec.json.decode(text, type=MerchantFile)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ShippingError(f"{error}.") from error
    for wrong in _mistakes(found):
        raise ShippingError(wrong)
    return found


def _mistakes(found: MerchantFile) -> Iterable[str]:
    """What types cannot say."""
    stores = {each.id for each in found.stores}
    yield from _repeated("store", [each.id for each in found.stores])
    yield from _repeated("connection", [each.id for each in found.connections])
    yield from _repeated("number", [f"{each.number} ({each.channel})" for each in found.numbers])
    yield from _repeated("associate", [each.email.lower() for each in found.associates])
    for store in found.stores:
        if store.timezone not in available_timezones():
            yield f"store {store.id}: {store.timezone!r} is no time zone; write one like America/New_York."
    for connection in found.connections:
        yield from _mistakes_of_connection(connection, stores)
    texting = {each.id: each.provider for each in found.connections if each.provider in CHANNELS}
    people = {each.email.lower(): each for each in found.associates}
    for number in found.numbers:
        yield from _mistakes_of_stores(number, stores)
        yield from _mistakes_of_owner(number, people)
        if number.connection not in texting:
            yield f"number {number.number}: {number.connection!r} is no connection that can text."
        else:
            yield from _mistakes_of_number(number, texting[number.connection])
    yield from _mistakes_of_mailboxes(found, stores)
    for associate in found.associates:
        yield from _unknown(f"associate {associate.email}", set(associate.stores) - stores)


def _mistakes_of_connection(connection: ConnectionPart, stores: set[str]) -> Iterable[str]:
    where = f"connection {connection.id}"
    if connection.provider not in SECRETS:
        yield f"{where}: there is no provider {connection.provider!r}; choose from {', '.join(SECRETS)}."
    else:
        yield from _mistakes_of_secrets(connection, where, SECRETS[connection.provider])
    of_shops = connection.locations or connection.currency or (connection.site and connection.provider in CHANNELS)
    if connection.provider not in SHOPS and of_shops:
        yield f"{where}: only shops have locations, a currency and a site ({', '.join(SHOPS)})."
    if connection.provider == "adyen" and not connection.account:
        yield f'{where}: write the merchant account at Adyen as its "account".'
    if connection.provider not in CHANNELS and connection.on_unknown is not UnknownPolicy.ASK:
        yield f"{where}: only what texts can send again ({', '.join(CHANNELS)})."
    yield from _mistakes_of_templates(connection, where)
    yield from _unknown(where, {connection.store, *connection.locations.values()} - stores)


def _mistakes_of_templates(connection: ConnectionPart, where: str) -> Iterable[str]:
    if connection.templates and Channel.WHATSAPP not in CARRIES.get(connection.provider, ()):
        yield f"{where}: only WhatsApp has templates."
    yield from _repeated(f"{where}: template", [f"{each.name} in {each.language}" for each in connection.templates])
    for template in connection.templates:
        named = f"{where}: template {template.name}"
        try:
            _ = template.as_domain().placeholders
        except ValueError as error:
            yield f"{named}: its {error}."
        if (connection.provider == "twilio") != bool(template.content_id):
            yield f'{named}: Twilio knows templates by their "content_id" (HX...), Meta by their names alone.'


def _mistakes_of_stores(number: NumberPart, stores: set[str]) -> Iterable[str]:
    where = f"number {number.number}"
    if bool(number.store) == bool(number.stores):
        yield f'{where}: write either "store", or "stores" for those that share it.'
    else:
        yield from _unknown(where, set(number.used_by) - stores)
    yield from _repeated(f"{where}: store", number.stores)
    if len(number.stores) > 1 and Channel(number.channel) is not Channel.WHATSAPP:
        yield f"{where}: stores share numbers at WhatsApp only."
    if len(number.stores) > MOST_SHARING:
        yield f"{where}: at most {MOST_SHARING} stores share a number."
    if len(number.stores) > 1 and number.owner is not ProxyOwner.STORE:
        yield f"{where}: what stores share is of no pool and of no associate."


def _mistakes_of_owner(number: NumberPart, people: dict[str, AssociatePart]) -> Iterable[str]:
    where = f"number {number.number}"
    if number.associate is None:
        return
    if number.pool:
        yield f"{where}: it is of the pool or of an associate, not of both."
    owner = people.get(number.associate.lower())
    if owner is None:
        yield f"{where}: there is no associate {number.associate} in this file."
    elif number.used_by[0] not in owner.stores:
        yield f"{where}: {number.associate} does not belong to the store {number.used_by[0]!r}."


def _mistakes_of_number(number: NumberPart, provider: str) -> Iterable[str]:
    where = f"number {number.number}"
    if number.channel not in CARRIES[provider]:
        yield f'{where}: {provider} carries {" and ".join(CARRIES[provider])}; write it as the number\'s "channel".'
    if provider == "meta" and not number.number_id:
        yield f'{where}: Meta knows it by an id; write it as its "number_id" (docs/deploying.md).'
    if provider != "meta" and number.number_id:
        yield f"{where}: only numbers at Meta have a number_id."


def _mistakes_of_mailboxes(found: MerchantFile, stores: set[str]) -> Iterable[str]:
    mail = {each.id for each in found.connections if Channel.EMAIL in CARRIES.get(each.provider, ())}
    yield from _repeated("mailbox", [each.mailbox for each in found.mailboxes])
    yield from _repeated("mailbox of an associate", [each.mailbox for each in found.associates if each.mailbox])
    for mailbox in found.mailboxes:
        where = f"mailbox {mailbox.mailbox}"
        yield from _unknown(where, {mailbox.store} - stores)
        if mailbox.connection not in mail:
            yield f"{where}: {mailbox.connection!r} is no connection that carries mail (ses)."


def _mistakes_of_secrets(connection: ConnectionPart, where: str, names: tuple[str, ...]) -> Iterable[str]:
    """A name that is not there is not repeated: somebody may have put a secret in its place."""
    if connection.secret_from and not names:
        yield f"{where}: it has no secrets; leave secret_from out."
    if isinstance(connection.secret_from, str) and len(names) > 1:
        example = ", ".join(f'"{name}": "A_VARIABLE"' for name in names)
        yield f'{where}: it has {len(names)} secrets; write "secret_from": {{{example}}}.'
    known = (*names, *OPTIONAL_SECRETS.get(connection.provider, ()))
    if isinstance(connection.secret_from, dict) and not set(connection.secret_from) <= set(known):
        yield f"{where}: its secrets are called {' and '.join(known)}."


def _repeated(what: str, names: list[str]) -> Iterable[str]:
    yield from (f"{what} {name} is there twice." for name in names if names.count(name) > 1)


def _unknown(where: str, missing: set[str]) -> Iterable[str]:
    yield from (f"{where}: there is no store {name!r} in this file." for name in sorted(missing))
