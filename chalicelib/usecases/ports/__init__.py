"""What the use cases need from outside, as Protocols. `wiring.py` fits the adapters in, tests fit fakes in."""

from typing import Protocol

from .automatic_texts import AutomaticTextStore, DueText
from .bulk import BulkStore, DueBulk
from .carts import Basket, Bill, CartStore, DraftOrder, PaymentsBusy, PaymentsRefused, PricesCarts, TakesPayments
from .conversations import (
    Append,
    Appended,
    AssignmentStore,
    Claimed,
    Conflict,
    ConversationStore,
    DueMessage,
    Duplicate,
    InboxRow,
    MessageStore,
    Once,
    Opened,
    Opening,
    Page,
    ProxyUse,
    Refusal,
    RouteChanged,
    Thread,
)
from .credits import CreditPurchases, CreditStore
from .erasures import ErasureStore, PersonalData, PrivacyRequests
from .exports import CustomerFiles, Inside, Notes
from .held import DueHeld, HeldStore
from .media import (
    Downloads,
    EraseMails,
    EraseMedia,
    EraseUnstarted,
    FetchesMedia,
    FetchMedia,
    File,
    Files,
    MakePicture,
    MediaJob,
    MediaQueue,
    MediaUnavailable,
    Origin,
    Picture,
    Pictures,
    ReadsMedia,
    UploadStore,
    WorkOnCart,
)
from .notes import NoteStore
from .products import (
    CatalogueBusy,
    CataloguePage,
    CatalogueRefused,
    CatalogueRuns,
    ListsOrders,
    ListsProducts,
    OrderRuns,
    OrdersPage,
    ProductStore,
    ShelfStore,
    WordEntry,
)
from .providers import (
    AnswersChallenge,
    Channels,
    Circuits,
    Http,
    HttpResponse,
    LooksUp,
    LookupUnclear,
    MessageChannel,
    NoAnswer,
    NotConnected,
    OutgoingMail,
    OutgoingPicture,
    OutgoingText,
    Publication,
    Published,
    Publishes,
    SendError,
    SendsPictures,
    SendUnclear,
    Sent,
    Shop,
    TextSearch,
    Trace,
    WebhookReply,
    WebhookRequest,
    Words,
)
from .records import (
    AbsenceStore,
    Attempts,
    AuditLog,
    ChatLinks,
    ConsentStore,
    CustomerStore,
    CustomerUpsert,
    Directory,
    InviteStore,
    MergeCommand,
    OrderStore,
    OrderUpsert,
    ProxyChanges,
    Raced,
    Rejections,
    Righted,
    Socket,
    SocketStore,
    StoreChanges,
    Stored,
    TemplateStore,
    TransferStore,
)
from .reminders import ReminderStore
from .surroundings import (
    Activity,
    Change,
    Clock,
    Ids,
    InboundQueue,
    Item,
    Log,
    Mails,
    OutboundQueue,
    ProviderEventQueue,
    Pusher,
    References,
    ReplyTokens,
)
from .unanswered import UnansweredStore

__all__ = [
    "AbsenceStore",
    "Activity",
    "AnswersChallenge",
    "Append",
    "Appended",
    "AssignmentStore",
    "Attempts",
    "AuditLog",
    "AutomaticTextStore",
    "Basket",
    "Bill",
    "BulkStore",
    "CartStore",
    "CatalogueBusy",
    "CataloguePage",
    "CatalogueRefused",
    "CatalogueRuns",
    "Change",
    "Channels",
    "ChatLinks",
    "Circuits",
    "Claimed",
    "Clock",
    "Conflict",
    "ConsentStore",
    "ConversationStore",
    "CreditPurchases",
    "CreditStore",
    "CustomerFiles",
    "CustomerStore",
    "CustomerUpsert",
    "Deps",
    "Directory",
    "Downloads",
    "DraftOrder",
    "DueBulk",
    "DueHeld",
    "DueMessage",
    "DueText",
    "Duplicate",
    "EraseMails",
    "EraseMedia",
    "EraseUnstarted",
    "ErasureStore",
    "FetchMedia",
    "FetchesMedia",
    "File",
    "Files",
    "HeldStore",
    "Http",
    "HttpResponse",
    "Ids",
    "InboundQueue",
    "InboxRow",
    "Inside",
    "InviteStore",
    "Item",
    "ListsOrders",
    "ListsProducts",
    "Log",
    "LooksUp",
    "LookupUnclear",
    "Mails",
    "MakePicture",
    "MediaJob",
    "MediaQueue",
    "MediaUnavailable",
    "MergeCommand",
    "MessageChannel",
    "MessageStore",
    "NoAnswer",
    "NotConnected",
    "NoteStore",
    "Notes",
    "Once",
    "Opened",
    "Opening",
    "OrderRuns",
    "OrderStore",
    "OrderUpsert",
    "OrdersPage",
    "Origin",
    "OutboundQueue",
    "OutgoingMail",
    "OutgoingPicture",
    "OutgoingText",
    "Page",
    "PaymentsBusy",
    "PaymentsRefused",
    "PersonalData",
    "Picture",
    "Pictures",
    "PricesCarts",
    "PrivacyRequests",
    "ProductStore",
    "ProviderEventQueue",
    "ProxyChanges",
    "ProxyUse",
    "Publication",
    "Published",
    "Publishes",
    "Pusher",
    "Raced",
    "ReadsMedia",
    "References",
    "Refusal",
    "Rejections",
    "ReminderStore",
    "ReplyTokens",
    "Righted",
    "RouteChanged",
    "SendError",
    "SendUnclear",
    "SendsPictures",
    "Sent",
    "ShelfStore",
    "Shop",
    "Socket",
    "SocketStore",
    "StoreChanges",
    "Stored",
    "TakesPayments",
    "TemplateStore",
    "TextSearch",
    "Thread",
    "Trace",
    "TransferStore",
    "UnansweredStore",
    "UploadStore",
    "WebhookReply",
    "WebhookRequest",
    "WordEntry",
    "Words",
    "WorkOnCart",
]


class Deps(Protocol):
    """Everything a use case may ask for; each part is made when first used."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def assignments(self) -> AssignmentStore: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def absences(self) -> AbsenceStore: ...
    @property
    def carts(self) -> CartStore: ...
    @property
    def credits(self) -> CreditStore: ...
    @property
    def credit_purchases(self) -> CreditPurchases: ...
    @property
    def held(self) -> HeldStore: ...
    @property
    def automatic_texts(self) -> AutomaticTextStore: ...
    @property
    def notes(self) -> NoteStore: ...
    @property
    def bulks(self) -> BulkStore: ...
    @property
    def reminders(self) -> ReminderStore: ...
    @property
    def unanswered(self) -> UnansweredStore: ...
    @property
    def consents(self) -> ConsentStore: ...
    @property
    def customers(self) -> CustomerStore: ...
    @property
    def erasures(self) -> ErasureStore: ...
    @property
    def personal_data(self) -> PersonalData: ...
    @property
    def customer_files(self) -> CustomerFiles: ...
    @property
    def privacy_requests(self) -> PrivacyRequests: ...
    @property
    def orders(self) -> OrderStore: ...
    @property
    def products(self) -> ProductStore: ...
    @property
    def shelves(self) -> ShelfStore: ...
    @property
    def catalogue_runs(self) -> CatalogueRuns: ...
    @property
    def order_runs(self) -> OrderRuns: ...
    @property
    def proxy_changes(self) -> ProxyChanges: ...

    @property
    def store_changes(self) -> StoreChanges: ...
    @property
    def templates(self) -> TemplateStore: ...
    @property
    def transfers(self) -> TransferStore: ...
    @property
    def rejections(self) -> Rejections: ...
    @property
    def sockets(self) -> SocketStore: ...
    @property
    def chat_links(self) -> ChatLinks: ...
    @property
    def invites(self) -> InviteStore: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def channels(self) -> Channels: ...
    @property
    def circuits(self) -> Circuits: ...
    @property
    def words(self) -> Words: ...
    @property
    def http(self) -> Http: ...
    @property
    def references(self) -> References: ...
    @property
    def reply_tokens(self) -> ReplyTokens: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def inbound(self) -> InboundQueue: ...
    @property
    def provider_events(self) -> ProviderEventQueue: ...
    @property
    def outbound(self) -> OutboundQueue: ...
    @property
    def media_queue(self) -> MediaQueue: ...
    @property
    def downloads(self) -> Downloads: ...
    @property
    def pictures(self) -> Pictures: ...
    @property
    def files(self) -> Files: ...
    @property
    def uploads(self) -> UploadStore: ...
    @property
    def pusher(self) -> Pusher: ...
    @property
    def log(self) -> Log: ...
    @property
    def webhook_url(self) -> str:
        """Where providers reach us, as they sign it; no slash at the end. Raises Unavailable."""

    @property
    def site_url(self) -> str:
        """Where the pages are that customers open; no slash at the end. Raises Unavailable."""

    @property
    def websocket_url(self) -> str:
        """What browsers connect to."""

    @property
    def stage(self) -> str: ...
