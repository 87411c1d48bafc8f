import { startAt } from "../outbox/pictures";
import type { OutboxEntry } from "../outbox/outbox";
import { bulkTexts } from "./bulk";
import { devices } from "./devices";
import type { Http } from "./http";
import { merchantPhone } from "./merchantPhone";
import { salesReport } from "./sales";
import type {
  AuditAct,
  AuditPage,
  RealAddresses,
  AbsenceState,
  GoAway,
  Assign,
  AutomaticTextList,
  ColleagueList,
  ChangeHeld,
  ChangeProxy,
  ChangeStore,
  ContactList,
  ConversationPage,
  CreditLedger,
  Credits,
  ConversationView,
  CustomerTags,
  CustomerView,
  InviteList,
  InviteView,
  Me,
  LedgerPage,
  MediaLinks,
  PreviewTemplate,
  ReadyTextList,
  SaveTemplate,
  StoreTemplate,
  StoreTemplateList,
  TemplatePreview,
  MergeCustomers,
  MessageView,
  OrderPage,
  PaymentPage,
  SettledPurchases,
  OrderView,
  CartInput,
  CartList,
  CartView,
  CatalogueList,
  PictureOffer,
  PictureView,
  ProductOffer,
  ProductPage,
  QuietTable,
  SendTemplate,
  ProxyList,
  NoteList,
  NoteView,
  ReminderList,
  ReminderView,
  SetReminder,
  SnoozeReminder,
  StartConversation,
  StoreSettings,
  TemplateList,
  Thread,
  Ticket,
  EraseCustomer,
  Erasures,
  ExportCustomer,
  ExportPage,
  PrivacyRequestList,
  PrivacyRequestView,
  SettleRequest,
  ErasureView,
  TransferList,
  TransferView,
  Unread,
} from "./types";

type Cursor = string | null;
type Signal = AbortSignal | undefined;
const part = encodeURIComponent;
type NoteKind = "customer" | "order";
const notes = (kind: NoteKind, id: string) => `/${kind === "customer" ? "conversations" : "orders"}/${part(id)}/notes`;
const reminder = (id: string) => `/reminders/${part(id)}`;

export interface ConversationQuery {
  state: "open" | "closed";
  /** Only those that I look after. */
  assigned?: "me";
  q?: string;
  cursor?: Cursor;
  newer_than?: number;
}

export interface AuditQuery {
  associate?: string;
  act?: AuditAct;
  cursor?: Cursor;
  limit?: number;
}

export interface LedgerQuery {
  since?: number;
  until?: number;
  cursor?: Cursor;
  limit?: number;
}

export interface OrderQuery {
  q?: string;
  cursor?: Cursor;
  startable?: boolean;
}

/** Every route of the API that the app uses, one function each. */
export function createApi(http: Http) {
  const conversation = (id: string) => `/conversations/${part(id)}`;
  const pictures = (place: string) => {
    const start = startAt(place);
    if (start === null) return `${conversation(place)}/pictures`;
    return `/stores/${part(start.storeId)}/orders/${part(start.orderId)}/pictures`;
  };
  return {
    me: (signal?: Signal) => http.send<Me>("GET", "/me", { signal }),
    unread: (signal?: Signal) => http.send<Unread>("GET", "/me/unread", { signal }),
    absence: (signal?: Signal) => http.send<AbsenceState>("GET", "/me/absence", { signal }),
    goAway: (body: GoAway) => http.send<AbsenceState>("POST", "/me/absence", { body }),
    comeBack: () => http.send<undefined>("DELETE", "/me/absence"),
    ticket: () => http.send<Ticket>("POST", "/me/ticket"),

    conversations: (storeId: string, query: ConversationQuery, signal?: Signal) =>
      http.send<ConversationPage>("GET", `/stores/${part(storeId)}/conversations`, { query: { ...query }, signal }),
    startConversation: (storeId: string, body: StartConversation, key: string) =>
      http.send<Thread>("POST", `/stores/${part(storeId)}/conversations`, { body, key }),
    audit: (storeId: string, query: AuditQuery, signal?: Signal) =>
      http.send<AuditPage>("GET", `/stores/${part(storeId)}/audit`, { query: { ...query }, signal }),
    unmask: (id: string) => http.send<RealAddresses>("POST", `${conversation(id)}/unmask`),
    colleagues: (storeId: string, signal?: Signal) =>
      http.send<ColleagueList>("GET", `/stores/${part(storeId)}/colleagues`, { signal }),
    assign: (id: string, body: Assign) => http.send<ConversationView>("POST", `${conversation(id)}/assignee`, { body }),
    thread: (id: string, cursor: Cursor, signal?: Signal) =>
      http.send<Thread>("GET", conversation(id), { query: { cursor }, signal }),
    media: (id: string, messageId: string, mediaId: string, signal?: Signal) =>
      http.send<MediaLinks>("GET", `${conversation(id)}/messages/${part(messageId)}/media/${part(mediaId)}`, {
        signal,
      }),
    customer: (id: string, signal?: Signal) =>
      http.send<CustomerView>("GET", `${conversation(id)}/customer`, { signal }),
    orderCustomer: (orderId: string, signal?: Signal) =>
      http.send<CustomerView>("GET", `/orders/${part(orderId)}/customer`, { signal }),
    eraseCustomer: (id: string, body: EraseCustomer) =>
      http.send<ErasureView>("POST", `${conversation(id)}/customer/erasure`, { body }),
    exportCustomer: (id: string, body: ExportCustomer, signal?: Signal) =>
      http.send<ExportPage>("POST", `${conversation(id)}/customer/export`, { body, signal }),
    privacyRequests: (storeId: string, signal?: Signal) =>
      http.send<PrivacyRequestList>("GET", `/stores/${part(storeId)}/privacy-requests`, { signal }),
    settlePrivacyRequest: (storeId: string, id: string, body: SettleRequest) =>
      http.send<PrivacyRequestView>("POST", `/stores/${part(storeId)}/privacy-requests/${part(id)}/done`, { body }),
    exportRequested: (storeId: string, id: string, body: ExportCustomer, signal?: Signal) =>
      http.send<ExportPage>("POST", `/stores/${part(storeId)}/privacy-requests/${part(id)}/export`, { body, signal }),
    erasures: (storeId: string, signal?: Signal) =>
      http.send<Erasures>("GET", `/stores/${part(storeId)}/erasures`, { signal }),
    mergeCustomers: (id: string, body: MergeCustomers) =>
      http.send<CustomerView>("POST", `${conversation(id)}/customer/merges`, { body }),
    undoMerge: (id: string, mergedId: string) =>
      http.send<CustomerView>("POST", `${conversation(id)}/customer/merges/${part(mergedId)}/undo`),
    sendMessage: (
      id: string,
      body: string,
      key: string,
      { sendAt, pictures = [], product }: Pick<OutboxEntry, "sendAt" | "pictures" | "product">,
    ) =>
      http.send<MessageView>("POST", `${conversation(id)}/messages`, {
        body: {
          body,
          ...(sendAt === undefined ? {} : { send_at: sendAt }),
          ...(pictures.length === 0 ? {} : { pictures }),
          ...(product === undefined ? {} : { product_id: product.id }),
        },
        key,
      }),
    offerPicture: (place: string, size: number) => http.send<PictureOffer>("POST", pictures(place), { body: { size } }),
    checkPicture: (place: string, pictureId: string) =>
      http.send<PictureView>("POST", `${pictures(place)}/${part(pictureId)}/check`),
    picture: (place: string, pictureId: string) =>
      http.send<PictureView>("GET", `${pictures(place)}/${part(pictureId)}`),
    products: (storeId: string, query: { q?: string; cursor?: Cursor }, signal?: Signal) =>
      http.send<ProductPage>("GET", `/stores/${part(storeId)}/products`, { query: { ...query }, signal }),
    favourite: (storeId: string, id: string, is: boolean) =>
      http.send<undefined>(is ? "PUT" : "DELETE", `/stores/${part(storeId)}/products/${part(id)}/favourite`),
    offerProduct: (id: string, productId: string) =>
      http.send<ProductOffer>("POST", `${conversation(id)}/products/${part(productId)}`),
    carts: (id: string, signal?: Signal) => http.send<CartList>("GET", `${conversation(id)}/carts`, { signal }),
    beginCart: (id: string, body: CartInput, key: string) =>
      http.send<CartView>("POST", `${conversation(id)}/carts`, { body, key }),
    changeCart: (id: string, cartId: string, revision: number, contents: CartInput) =>
      http.send<CartView>("PUT", `${conversation(id)}/carts/${part(cartId)}`, { body: { revision, contents } }),
    shareCart: (id: string, cartId: string, revision: number, words: string | null) =>
      http.send<CartView>("POST", `${conversation(id)}/carts/${part(cartId)}/share`, { body: { revision, words } }),
    cancelCart: (id: string, cartId: string, revision: number) =>
      http.send<CartView>("POST", `${conversation(id)}/carts/${part(cartId)}/cancel`, { body: { revision } }),
    credits: (storeId: string, signal?: Signal) =>
      http.send<Credits>("GET", `/stores/${part(storeId)}/credits`, { signal }),
    creditLines: (storeId: string, query: { cursor?: Cursor; limit?: number }, signal?: Signal) =>
      http.send<CreditLedger>("GET", `/stores/${part(storeId)}/credits/lines`, { query: { ...query }, signal }),
    buyCredits: (storeId: string, pack: number, key: string) =>
      http.send<PaymentPage>("POST", `/stores/${part(storeId)}/credits/purchases`, { body: { pack }, key }),
    settleCredits: (storeId: string) => http.send<SettledPurchases>("POST", `/stores/${part(storeId)}/credits/settle`),
    chooseThreshold: (storeId: string, threshold: number | null) =>
      http.send<Credits>("PUT", `/stores/${part(storeId)}/credits/threshold`, { body: { threshold } }),
    catalogues: (storeId: string, signal?: Signal) =>
      http.send<CatalogueList>("GET", `/stores/${part(storeId)}/catalogues`, { signal }),
    readOrders: (storeId: string, connectionId: string) =>
      http.send<CatalogueList>("POST", `/stores/${part(storeId)}/catalogues/${part(connectionId)}/orders`),
    readCatalogue: (storeId: string, connectionId: string) =>
      http.send<CatalogueList>("POST", `/stores/${part(storeId)}/catalogues/${part(connectionId)}/read`),
    changeHeld: (id: string, heldId: string, body: ChangeHeld) =>
      http.send<MessageView>("PUT", `${conversation(id)}/held/${part(heldId)}`, { body }),
    cancelHeld: (id: string, heldId: string) =>
      http.send<undefined>("DELETE", `${conversation(id)}/held/${part(heldId)}`),
    releaseHeld: (id: string, heldId: string) =>
      http.send<MessageView>("POST", `${conversation(id)}/held/${part(heldId)}/release`),
    templates: (id: string, signal?: Signal) =>
      http.send<TemplateList>("GET", `${conversation(id)}/templates`, { signal }),
    sendTemplate: (id: string, body: SendTemplate, key: string) =>
      http.send<MessageView>("POST", `${conversation(id)}/templates`, { body, key }),
    retryMessage: (id: string, messageId: string) =>
      http.send<MessageView>("POST", `${conversation(id)}/messages/${part(messageId)}/retry`),
    markRead: (id: string, upTo: string) =>
      http.send<undefined>("POST", `${conversation(id)}/read`, { body: { up_to: upTo } }),
    markUnread: (id: string) => http.send<undefined>("POST", `${conversation(id)}/unread`),
    consentHistory: (id: string, signal?: Signal) =>
      http.send<LedgerPage>("GET", `${conversation(id)}/consent`, { signal }),
    ledger: (storeId: string, query: LedgerQuery, signal?: Signal) =>
      http.send<LedgerPage>("GET", `/stores/${part(storeId)}/consent`, { query: { ...query }, signal }),
    unmaskLedger: (storeId: string, query: LedgerQuery, signal?: Signal) =>
      http.send<LedgerPage>("POST", `/stores/${part(storeId)}/consent/unmask`, { query: { ...query }, signal }),
    setRightOptOut: (id: string) => http.send<ConversationView>("POST", `${conversation(id)}/opt-out/set-right`),
    close: (id: string) => http.send<ConversationView>("POST", `${conversation(id)}/close`),
    continueElsewhere: (id: string) => http.send<ConversationView>("POST", `${conversation(id)}/continue`),
    reopen: (id: string) => http.send<ConversationView>("POST", `${conversation(id)}/reopen`),
    remove: (id: string) => http.send<undefined>("DELETE", conversation(id)),

    orders: (storeId: string, query: OrderQuery, signal?: Signal) =>
      http.send<OrderPage>("GET", `/stores/${part(storeId)}/orders`, { query: { ...query }, signal }),
    proxies: (storeId: string, signal?: Signal) =>
      http.send<ProxyList>("GET", `/stores/${part(storeId)}/proxies`, { signal }),

    ...bulkTexts(http),
    ...salesReport(http),
    ...merchantPhone(http),
    storeTemplates: (storeId: string, signal?: Signal) =>
      http.send<StoreTemplateList>("GET", `/stores/${part(storeId)}/templates`, { signal }),
    saveTemplate: (storeId: string, id: string, body: SaveTemplate) =>
      http.send<StoreTemplate>("PUT", `/stores/${part(storeId)}/templates/${part(id)}`, { body }),
    deleteTemplate: (storeId: string, id: string) =>
      http.send<undefined>("DELETE", `/stores/${part(storeId)}/templates/${part(id)}`),
    previewTemplate: (storeId: string, body: PreviewTemplate, signal?: Signal) =>
      http.send<TemplatePreview>("POST", `/stores/${part(storeId)}/template-preview`, { body, signal }),
    conversationTexts: (id: string, signal?: Signal) =>
      http.send<ReadyTextList>("GET", `${conversation(id)}/texts`, { signal }),
    orderAutomaticTexts: (id: string, signal?: Signal) =>
      http.send<AutomaticTextList>("GET", `/orders/${part(id)}/automatic-texts`, { signal }),
    orderTexts: (id: string, signal?: Signal) =>
      http.send<ReadyTextList>("GET", `/orders/${part(id)}/texts`, { signal }),

    settings: (storeId: string, signal?: Signal) =>
      http.send<StoreSettings>("GET", `/stores/${part(storeId)}/settings`, { signal }),
    changeSettings: (storeId: string, body: ChangeStore) =>
      http.send<StoreSettings>("PUT", `/stores/${part(storeId)}/settings`, { body }),
    quietHours: (storeId: string, signal?: Signal) =>
      http.send<QuietTable>("GET", `/stores/${part(storeId)}/quiet-hours`, { signal }),
    invites: (storeId: string, signal?: Signal) =>
      http.send<InviteList>("GET", `/stores/${part(storeId)}/invites`, { signal }),
    contacts: (storeId: string, q: string, signal?: Signal) =>
      http.send<ContactList>("GET", `/stores/${part(storeId)}/contacts`, { query: { q }, signal }),
    tag: (id: string, add: string[], remove: string[]) =>
      http.send<CustomerTags>("PUT", `${conversation(id)}/tags`, { body: { add, remove } }),
    notes: (kind: NoteKind, id: string, signal?: Signal) => http.send<NoteList>("GET", notes(kind, id), { signal }),
    writeNote: (kind: NoteKind, id: string, body: string, key: string) =>
      http.send<NoteView>("POST", notes(kind, id), { body: { body }, key }),
    removeNote: (kind: NoteKind, id: string, noteId: string) =>
      http.send<undefined>("DELETE", `${notes(kind, id)}/${part(noteId)}`),
    ...devices(http),
    reminders: (signal?: Signal) => http.send<ReminderList>("GET", "/reminders", { signal }),
    setReminder: (conversationId: string, body: SetReminder, key: string) =>
      http.send<ReminderView>("POST", `${conversation(conversationId)}/reminders`, { body, key }),
    changeReminder: (id: string, body: SetReminder) => http.send<ReminderView>("PUT", reminder(id), { body }),
    snoozeReminder: (id: string, until: SnoozeReminder["until"]) =>
      http.send<ReminderView>("POST", `${reminder(id)}/snooze`, { body: { until } }),

    invite: (storeId: string, conversationId: string | null, key: string) =>
      http.send<InviteView>("POST", `/stores/${part(storeId)}/invites`, {
        body: { conversation_id: conversationId },
        key,
      }),
    revokeInvite: (storeId: string, id: string) =>
      http.send<undefined>("DELETE", `/stores/${part(storeId)}/invites/${part(id)}`),

    transfers: (storeId: string, signal?: Signal) =>
      http.send<TransferList>("GET", `/stores/${part(storeId)}/transfers`, { signal }),
    startTransfer: (storeId: string, from: string, to: string) =>
      http.send<TransferView>("POST", `/stores/${part(storeId)}/transfers`, { body: { from_id: from, to_id: to } }),
    continueTransfer: (storeId: string, id: string) =>
      http.send<TransferView>("POST", `/stores/${part(storeId)}/transfers/${part(id)}/continue`),
    undoTransfer: (storeId: string, id: string) =>
      http.send<TransferView>("POST", `/stores/${part(storeId)}/transfers/${part(id)}/undo`),
    changeProxy: (storeId: string, body: ChangeProxy) =>
      http.send<undefined>("POST", `/stores/${part(storeId)}/proxies`, { body }),

    order: (id: string, signal?: Signal) => http.send<OrderView>("GET", `/orders/${part(id)}`, { signal }),
  };
}

export type Api = ReturnType<typeof createApi>;
