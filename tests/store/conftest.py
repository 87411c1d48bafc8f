"""Every contract test runs twice: on the fakes, and on the real repositories over the emulator's DynamoDB."""

import itertools
from functools import partial
from typing import Any

import pytest
from msgspec import Struct

from chalicelib.aws.parameters import find_parameter
from chalicelib.domain.merchants import Store
from chalicelib.store.absences import DynamoAbsenceStore
from chalicelib.store.assignments import DynamoAssignmentStore
from chalicelib.store.audit import DynamoAuditLog
from chalicelib.store.automatic_texts import DynamoAutomaticTexts
from chalicelib.store.bulk import DynamoBulkStore
from chalicelib.store.carts import DynamoCartStore
from chalicelib.store.chat_links import DynamoAttempts, DynamoChatLinks
from chalicelib.store.consent import DynamoConsentStore
from chalicelib.store.conversations import DynamoConversationStore
from chalicelib.store.credits import DynamoCreditStore
from chalicelib.store.customer_files import DynamoCustomerFiles
from chalicelib.store.customers import DynamoCustomerStore
from chalicelib.store.devices import DynamoDeviceStore
from chalicelib.store.directory import DynamoDirectory
from chalicelib.store.erasures import DynamoErasureStore
from chalicelib.store.held import DynamoHeldStore
from chalicelib.store.invites import DynamoInviteStore
from chalicelib.store.messages import DynamoMessageStore
from chalicelib.store.notes import DynamoNoteStore
from chalicelib.store.orders import DynamoOrderStore
from chalicelib.store.personal_data import DynamoPersonalData
from chalicelib.store.privacy_requests import DynamoPrivacyRequests
from chalicelib.store.product_links import DynamoProductLinks
from chalicelib.store.products import DynamoProductStore
from chalicelib.store.proxy_changes import DynamoProxyChanges
from chalicelib.store.rejections import DynamoRejections
from chalicelib.store.reminders import DynamoReminderStore
from chalicelib.store.sales import DynamoSaleStore
from chalicelib.store.setup import DynamoSetup
from chalicelib.store.shelves import DynamoCatalogueRuns, DynamoOrderRuns, DynamoShelfStore
from chalicelib.store.sockets import DynamoSocketStore
from chalicelib.store.store_changes import DynamoStoreChanges
from chalicelib.store.table import Table
from chalicelib.store.templates import DynamoTemplateStore
from chalicelib.store.transfers import DynamoTransferStore
from chalicelib.store.unanswered import DynamoUnansweredStore
from chalicelib.store.unread_replies import DynamoUnreadReplies
from chalicelib.store.uploads import DynamoUploads
from chalicelib.usecases import ports
from chalicelib.usecases.ports.unread_replies import UnreadReplyStore
from tests.fakes.automatic_texts import FakeAutomaticTexts
from tests.fakes.bulk import FakeBulks
from tests.fakes.carts import FakeCarts
from tests.fakes.credits import FakeCredits
from tests.fakes.devices import FakeDevices
from tests.fakes.erasures import FakeErasures, FakePersonalData
from tests.fakes.exports import FakeCustomerFiles
from tests.fakes.held import FakeHeld
from tests.fakes.media import FakeUploads
from tests.fakes.notes import FakeNotes
from tests.fakes.outside import FakeClock
from tests.fakes.privacy_requests import FakePrivacyRequests
from tests.fakes.product_links import FakeProductLinks
from tests.fakes.products import FakeCatalogueRuns, FakeOrderRuns, FakeProducts, FakeShelves
from tests.fakes.reminders import FakeReminders
from tests.fakes.sales import FakeSales
from tests.fakes.shop_side import (
    FakeAbsences,
    FakeAttempts,
    FakeChatLinks,
    FakeCustomers,
    FakeDirectory,
    FakeInvites,
    FakeOrders,
    FakeProxyChanges,
    FakeSetup,
    FakeSockets,
    FakeStoreChanges,
    FakeTransfers,
)
from tests.fakes.store import FakeAssignments, FakeAudit, FakeConsents, FakeConversations, FakeMessages, FakeRejections
from tests.fakes.table import FakeTable
from tests.fakes.templates import FakeTemplates
from tests.fakes.unanswered import FakeUnanswered
from tests.fakes.unread_replies import FakeUnreadReplies
from tests.support.emulator import make_ssm, make_table

_numbers = itertools.count()


class Stores(Struct, frozen=True, kw_only=True):
    """One world: all repositories over one memory, and its clock."""

    clock: FakeClock
    conversations: ports.ConversationStore
    messages: ports.MessageStore
    assignments: ports.AssignmentStore
    absences: ports.AbsenceStore
    held: ports.HeldStore
    notes: ports.NoteStore
    reminders: ports.ReminderStore
    devices: ports.DeviceStore
    unanswered: ports.UnansweredStore
    unread_replies: UnreadReplyStore
    audit: ports.AuditLog
    consents: ports.ConsentStore
    orders: ports.OrderStore
    customers: ports.CustomerStore
    erasures: ports.ErasureStore
    personal_data: ports.PersonalData
    customer_files: ports.CustomerFiles
    privacy_requests: ports.PrivacyRequests
    sales: ports.SaleStore
    product_links: ports.ProductLinkStore
    carts: ports.CartStore
    credits: ports.CreditStore
    products: ports.ProductStore
    shelves: ports.ShelfStore
    catalogue_runs: ports.CatalogueRuns
    order_runs: ports.OrderRuns
    directory: ports.Directory
    rejections: ports.Rejections
    sockets: ports.SocketStore
    uploads: ports.UploadStore
    chat_links: ports.ChatLinks
    invites: ports.InviteStore
    attempts: ports.Attempts
    proxy_changes: ports.ProxyChanges
    store_changes: ports.StoreChanges
    transfers: ports.TransferStore
    bulks: ports.BulkStore
    templates: ports.TemplateStore
    automatic_texts: ports.AutomaticTextStore
    setup: FakeSetup | DynamoSetup
    known: dict[str, Store] = {}
    """The set-up that conversations are told of; no store is, unless a test says so."""


def fake_stores() -> Stores:
    clock, table = FakeClock(), FakeTable()
    return Stores(
        clock=clock,
        conversations=FakeConversations(table),
        messages=FakeMessages(table),
        assignments=FakeAssignments(table),
        absences=FakeAbsences(table),
        held=FakeHeld(table),
        notes=FakeNotes(table),
        reminders=FakeReminders(table),
        devices=FakeDevices(table),
        unanswered=FakeUnanswered(table),
        unread_replies=FakeUnreadReplies(table),
        audit=FakeAudit(table),
        consents=FakeConsents(table),
        orders=FakeOrders(table),
        customers=FakeCustomers(table),
        erasures=FakeErasures(table),
        personal_data=FakePersonalData(table),
        customer_files=FakeCustomerFiles(table),
        privacy_requests=FakePrivacyRequests(table),
        sales=FakeSales(table),
        product_links=FakeProductLinks(table),
        carts=FakeCarts(table),
        credits=FakeCredits(table),
        products=FakeProducts(table),
        shelves=FakeShelves(table),
        catalogue_runs=FakeCatalogueRuns(table),
        order_runs=FakeOrderRuns(table),
        directory=FakeDirectory(table, clock),
        rejections=FakeRejections(table),
        sockets=FakeSockets(table, clock),
        uploads=FakeUploads(table),
        chat_links=FakeChatLinks(table),
        invites=FakeInvites(table),
        attempts=FakeAttempts(table),
        transfers=FakeTransfers(table),
        bulks=FakeBulks(table),
        templates=FakeTemplates(table),
        automatic_texts=FakeAutomaticTexts(table),
        proxy_changes=FakeProxyChanges(table),
        store_changes=FakeStoreChanges(table),
        setup=FakeSetup(table),
    )


def real_stores(table: Table) -> Stores:
    clock, ssm, known = FakeClock(), make_ssm(), dict[str, Store]()
    return Stores(
        clock=clock,
        conversations=DynamoConversationStore(table, clock, known.get),
        messages=DynamoMessageStore(table),
        assignments=DynamoAssignmentStore(table),
        absences=DynamoAbsenceStore(table),
        held=DynamoHeldStore(table),
        notes=DynamoNoteStore(table),
        reminders=DynamoReminderStore(table),
        devices=DynamoDeviceStore(table),
        unanswered=DynamoUnansweredStore(table),
        unread_replies=DynamoUnreadReplies(table),
        audit=DynamoAuditLog(table),
        consents=DynamoConsentStore(table),
        orders=DynamoOrderStore(table, clock),
        customers=DynamoCustomerStore(table),
        erasures=DynamoErasureStore(table),
        personal_data=DynamoPersonalData(table),
        customer_files=DynamoCustomerFiles(table),
        privacy_requests=DynamoPrivacyRequests(table),
        sales=DynamoSaleStore(table),
        product_links=DynamoProductLinks(table),
        carts=DynamoCartStore(table),
        credits=DynamoCreditStore(table),
        products=DynamoProductStore(table),
        shelves=DynamoShelfStore(table),
        catalogue_runs=DynamoCatalogueRuns(table),
        order_runs=DynamoOrderRuns(table),
        directory=DynamoDirectory(table, clock, partial(find_parameter, ssm=ssm)),
        rejections=DynamoRejections(table),
        sockets=DynamoSocketStore(table, clock),
        uploads=DynamoUploads(table),
        chat_links=DynamoChatLinks(table),
        invites=DynamoInviteStore(table, clock),
        attempts=DynamoAttempts(table),
        transfers=DynamoTransferStore(table),
        bulks=DynamoBulkStore(table),
        templates=DynamoTemplateStore(table, clock),
        automatic_texts=DynamoAutomaticTexts(table),
        proxy_changes=DynamoProxyChanges(table),
        store_changes=DynamoStoreChanges(table),
        setup=DynamoSetup(table, ssm),
        known=known,
    )


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture
def table(_credentials: None) -> Table:
    return make_table(f"counterline-{next(_numbers)}")


@pytest.fixture(params=["fake", "real"])
def stores(request: Any) -> Stores:
    if request.param == "fake":
        return fake_stores()
    return real_stores(request.getfixturevalue("table"))


@pytest.fixture
def real(table: Table) -> Stores:
    return real_stores(table)
