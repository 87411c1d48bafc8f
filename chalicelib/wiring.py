"""The composition root: fits adapters into the ports, each made when first used and kept for the process."""

import secrets
import time
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.config import Settings, settings
from chalicelib.domain import ids
from chalicelib.observability import JsonLog
from chalicelib.registries import RegisteredChannels
from chalicelib.usecases import ports
from chalicelib.wiring_clock import StoresOfTheClock
from chalicelib.wiring_shop import StoresOfTheShop

if TYPE_CHECKING:
    from chalicelib.domain.merchants import Store
    from chalicelib.store.table import Table


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


class RandomIds:
    def ulid(self, at: int) -> str:
        return ids.ulid(at, secrets.randbits(80))

    def token(self) -> str:
        return secrets.token_urlsafe(16)


class Dependencies(StoresOfTheClock, StoresOfTheShop):
    """Implements ports.Deps. Tests give fakes by assigning to the attributes of an instance of their own."""

    def __init__(self, chosen: Settings) -> None:
        self.settings, self.stage, self.websocket_url = chosen, chosen.stage, chosen.websocket_url
        self.clock: ports.Clock = SystemClock()
        self.ids: ports.Ids = RandomIds()
        self.log: ports.Log = JsonLog()

    @cached_property
    def directory(self) -> ports.Directory:
        from chalicelib.aws.parameters import find_parameter
        from chalicelib.store.directory import DynamoDirectory

        return DynamoDirectory(self._table, self.clock, find_parameter)

    @cached_property
    def conversations(self) -> ports.ConversationStore:
        from chalicelib.store.conversations import DynamoConversationStore

        return DynamoConversationStore(self._table, self.clock, self._store)

    @cached_property
    def messages(self) -> ports.MessageStore:
        from chalicelib.store.messages import DynamoMessageStore

        return DynamoMessageStore(self._table)

    @cached_property
    def assignments(self) -> ports.AssignmentStore:
        from chalicelib.store.assignments import DynamoAssignmentStore

        return DynamoAssignmentStore(self._table)

    @cached_property
    def audit(self) -> ports.AuditLog:
        from chalicelib.store.audit import DynamoAuditLog

        return DynamoAuditLog(self._table)

    @cached_property
    def absences(self) -> ports.AbsenceStore:
        from chalicelib.store.absences import DynamoAbsenceStore

        return DynamoAbsenceStore(self._table)

    @cached_property
    def credits(self) -> ports.CreditStore:
        from chalicelib.store.credits import DynamoCreditStore

        return DynamoCreditStore(self._table)

    @cached_property
    def credit_purchases(self) -> ports.CreditPurchases:
        from chalicelib.payments.hosted import HostedPayments

        return HostedPayments(self.settings.provider_api_urls.get("payments", ""), self.http)

    @cached_property
    def uploads(self) -> ports.UploadStore:
        from chalicelib.store.uploads import DynamoUploads

        return DynamoUploads(self._table)

    @cached_property
    def notes(self) -> ports.NoteStore:
        from chalicelib.store.notes import DynamoNoteStore

        return DynamoNoteStore(self._table)

    @cached_property
    def reminders(self) -> ports.ReminderStore:
        from chalicelib.store.reminders import DynamoReminderStore

        return DynamoReminderStore(self._table)

    @cached_property
    def unanswered(self) -> ports.UnansweredStore:
        from chalicelib.store.unanswered import DynamoUnansweredStore

        return DynamoUnansweredStore(self._table)

    @cached_property
    def consents(self) -> ports.ConsentStore:
        from chalicelib.store.consent import DynamoConsentStore

        return DynamoConsentStore(self._table)

    @cached_property
    def customers(self) -> ports.CustomerStore:
        from chalicelib.store.customers import DynamoCustomerStore

        return DynamoCustomerStore(self._table)

    @cached_property
    def erasures(self) -> ports.ErasureStore:
        from chalicelib.store.erasures import DynamoErasureStore

        return DynamoErasureStore(self._table)

    @cached_property
    def personal_data(self) -> ports.PersonalData:
        from chalicelib.store.personal_data import DynamoPersonalData

        return DynamoPersonalData(self._table)

    @cached_property
    def customer_files(self) -> ports.CustomerFiles:
        from chalicelib.store.customer_files import DynamoCustomerFiles

        return DynamoCustomerFiles(self._table)

    @cached_property
    def privacy_requests(self) -> ports.PrivacyRequests:
        from chalicelib.store.privacy_requests import DynamoPrivacyRequests

        return DynamoPrivacyRequests(self._table)

    @cached_property
    def orders(self) -> ports.OrderStore:
        from chalicelib.store.orders import DynamoOrderStore

        return DynamoOrderStore(self._table, self.clock)

    @cached_property
    def proxy_changes(self) -> ports.ProxyChanges:
        from chalicelib.store.proxy_changes import DynamoProxyChanges

        return DynamoProxyChanges(self._table)

    @cached_property
    def templates(self) -> ports.TemplateStore:
        from chalicelib.store.templates import DynamoTemplateStore

        return DynamoTemplateStore(self._table, self.clock)

    @cached_property
    def store_changes(self) -> ports.StoreChanges:
        from chalicelib.store.store_changes import DynamoStoreChanges

        return DynamoStoreChanges(self._table)

    @cached_property
    def transfers(self) -> ports.TransferStore:
        from chalicelib.store.transfers import DynamoTransferStore

        return DynamoTransferStore(self._table)

    @cached_property
    def rejections(self) -> ports.Rejections:
        from chalicelib.store.rejections import DynamoRejections

        return DynamoRejections(self._table)

    @cached_property
    def sockets(self) -> ports.SocketStore:
        from chalicelib.store.sockets import DynamoSocketStore

        return DynamoSocketStore(self._table, self.clock)

    @cached_property
    def invites(self) -> ports.InviteStore:
        from chalicelib.store.invites import DynamoInviteStore

        return DynamoInviteStore(self._table, self.clock)

    @cached_property
    def chat_links(self) -> ports.ChatLinks:
        from chalicelib.store.chat_links import DynamoChatLinks

        return DynamoChatLinks(self._table)

    @cached_property
    def attempts(self) -> ports.Attempts:
        from chalicelib.store.chat_links import DynamoAttempts

        return DynamoAttempts(self._table)

    @cached_property
    def channels(self) -> ports.Channels:
        return RegisteredChannels(self.settings)

    @cached_property
    def circuits(self) -> ports.Circuits:
        from chalicelib.circuits import ProcessCircuits

        return ProcessCircuits(self.clock, self.log)

    @cached_property
    def words(self) -> ports.Words:
        from chalicelib.words import ProcessWords

        return ProcessWords(self.clock)

    @cached_property
    def http(self) -> ports.Http:
        from chalicelib.http_client import UrllibHttp

        return UrllibHttp()

    @cached_property
    def references(self) -> ports.References:
        from chalicelib.signing import SignedReferences

        return SignedReferences(lambda: self._signing_key)

    @cached_property
    def reply_tokens(self) -> ports.ReplyTokens:
        from chalicelib.signing import SignedReplyTokens

        return SignedReplyTokens(lambda: self._signing_key)

    @cached_property
    def mails(self) -> ports.Mails:
        from chalicelib.aws.mails import LARGEST, S3Mails
        from chalicelib.http_client import UrllibHttp

        return S3Mails(self.settings.mail_bucket, self.settings.mail_bucket_url, UrllibHttp(LARGEST))

    @cached_property
    def inbound(self) -> ports.InboundQueue:
        from chalicelib.aws.queues import SqsInboundQueue

        return SqsInboundQueue(self.settings.inbound_queue_url)

    @cached_property
    def provider_events(self) -> ports.ProviderEventQueue:
        from chalicelib.aws.queues import SqsProviderEventQueue

        return SqsProviderEventQueue(self.settings.provider_event_queue_url)

    @cached_property
    def outbound(self) -> ports.OutboundQueue:
        from chalicelib.aws.queues import SqsOutboundQueue

        return SqsOutboundQueue(self.settings.outbound_queue_url, self.settings.outbound_dead_letters_url)

    @cached_property
    def media_queue(self) -> ports.MediaQueue:
        from chalicelib.aws.queues import SqsMediaQueue

        return SqsMediaQueue(self.settings.media_queue_url)

    @cached_property
    def downloads(self) -> ports.Downloads:
        from chalicelib.downloads import SafeDownloads

        return SafeDownloads()

    @cached_property
    def pictures(self) -> ports.Pictures:
        from chalicelib.pictures import PillowPictures

        return PillowPictures()

    @cached_property
    def files(self) -> ports.Files:
        from chalicelib.aws.files import LARGEST, S3Files
        from chalicelib.http_client import UrllibHttp

        return S3Files(self.settings.media_bucket_url, self.settings.media_shown_url, UrllibHttp(LARGEST))

    @cached_property
    def pusher(self) -> ports.Pusher:
        from chalicelib.aws.pusher import ApiGatewayPusher

        return ApiGatewayPusher(self.settings.websocket_api_endpoint, self.log)

    def _store(self, store_id: str) -> "Store | None":
        """As a method, for the directory is not needed before somebody asks."""
        return self.directory.store(store_id)

    @cached_property
    def _table(self) -> "Table":
        from chalicelib.aws.clients import client
        from chalicelib.store.table import Table

        return Table(self.settings.table_name, client=lambda: client("dynamodb"))

    @cached_property
    def webhook_url(self) -> str:
        return self.settings.webhook_url or self._parameter("webhook-url")

    @cached_property
    def site_url(self) -> str:
        return self._parameter("site-url")

    @cached_property
    def site_mark(self) -> str:
        return self.settings.site_mark

    @cached_property
    def _signing_key(self) -> str:
        return self._parameter("signing-key")

    def _parameter(self, name: str) -> str:
        """Raises Unavailable when it cannot be read; the next call tries again."""
        from chalicelib.aws.parameters import read_parameter

        return read_parameter(f"{self.settings.parameter_prefix}/{name}")


_current: list[Dependencies] = []


def deps() -> Dependencies:
    """The process's dependencies."""
    if not _current:
        _import_what_everything_needs()
        _current.append(Dependencies(settings()))
    return _current[0]


def use(dependencies: Dependencies | None) -> None:
    """Replaces them, for tests; None goes back to the real ones, made anew."""
    _current[:] = [] if dependencies is None else [dependencies]


def _import_what_everything_needs() -> None:
    """One library after the other, from here, where few calls are open.

    CPython keeps its frames in pieces of 16 KB, and gets and gives back a piece at each call across the edge of one.
    urllib3 compiles large patterns with deep recursion when it is imported: inside five imports of others it ran across
    an edge, which took 20 to 40 ms more in some functions and not in others.
    """
    import urllib3.util.url  # noqa: F401, I001 - before botocore, inside which it would be too deep
    import botocore.session  # noqa: F401 - only to be there
