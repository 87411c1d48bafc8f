/** The simulator's control API (docs/simulator.md); nothing else in this folder talks to the network. */

export type Behaviour =
  | "normal"
  | "slow"
  | "landline"
  | "off"
  | "not_mobile"
  | "opted_out"
  | "rate_limited"
  | "server_error"
  | "lost_reply"
  | "unheard"
  | "timeout";

export interface Text {
  sid: string;
  /** Seen from the phone: `in` is what it received. */
  direction: "in" | "out";
  peer: string;
  body: string;
  at: number;
  status: string;
  media_urls: string[];
  /** Ids of what the simulator has of them. */
  pictures: string[];
  /** How many more it had, which are no longer kept. */
  pictures_gone: number;
  error_code: number | null;
  webhook_status: number | null;
}

export interface Phone {
  number: string;
  name: string;
  behaviour: Behaviour;
  email: string;
  texts: Text[];
  missed: Text[];
}

export type MailBehaviour =
  | "normal"
  | "slow"
  | "bounces"
  | "full"
  | "complains"
  | "suppressed"
  | "rejected"
  | "throttled"
  | "server_error"
  | "lost_reply"
  | "unheard"
  | "timeout";

export interface Mail {
  id: string;
  /** Seen from the mailbox: `in` is what it got. */
  direction: "in" | "out";
  peer: string;
  peer_name: string;
  answer_to: string;
  subject: string;
  text: string | null;
  /** Its HTML as a document that is safe to show. */
  shown_html: string | null;
  files: { name: string; content_type: string; size: number }[];
  message_id: string;
  automatic: boolean;
  at: number;
  status: string;
  error: string | null;
  complained: boolean;
  /** Its header offers to be stopped with one click. */
  can_unsubscribe: boolean;
  unsubscribe_url: string | null;
  unsubscribed: boolean;
}

export interface Mailbox {
  address: string;
  name: string;
  behaviour: MailBehaviour;
  verified: boolean;
  mails: Mail[];
  missed: Mail[];
}

export interface NewMail {
  to: string;
  subject: string;
  text: string;
  in_reply_to?: string;
  /** `content`: base64. */
  files?: { name: string; content_type: string; content: string }[];
}

/** The shop's own side: addresses to offer, domains at which any address is taken, the SMTP door. */
export interface MailSetup {
  addresses: { address: string; name: string }[];
  domains: string[];
  smtp_port: number | null;
}

export interface ShopEvent {
  event_id: string;
  topic: string;
  at: number;
  attempts: number;
  status: number | null;
  done: boolean;
  /** Never sent, as somebody wished. */
  lost: boolean;
}

export interface Customer {
  first_name: string;
  last_name: string;
  phone: string;
  email: string;
}

export type Platform = "shopify" | "woocommerce" | "generic";

export interface ShopOrder {
  id: string;
  number: string;
  customer: Customer;
  store_id: string;
  platform: Platform;
  lines: { title: string; quantity: number; price: number }[];
  total: number;
  currency: string;
  payment: "pending" | "paid" | "refunded" | "voided";
  fulfilment: "unfulfilled" | "fulfilled";
  cancelled_at: number | null;
  closed_at: number | null;
  placed_at: number;
  last_webhook_status: number | null;
  events: ShopEvent[];
}

export interface Store {
  id: string;
  name: string;
  number: string;
  channel: "sms" | "whatsapp";
}

export interface SimulatorState {
  phones: Phone[];
  mailboxes: Mailbox[];
  mail: MailSetup;
  orders: ShopOrder[];
  stores: Store[];
  shop: { connection_id: string; domain: string; lose_next_webhook: boolean };
  platforms: Platform[];
}

export interface NewOrder {
  customer: Customer;
  store_id: string;
  platform: Platform;
  lines: { title: string; quantity: number; price: number }[];
  placed_hours_ago: number;
}

export type OrderAction = "pay" | "fulfil" | "cancel" | "close";
export type PrivacyAction = "request-data" | "redact" | "redact-shop";

const BASE = "/simulator/api";

/** A refusal, with the sentence the simulator gave for it. */
export class SimulatorError extends Error {}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body instanceof Blob) {
    init.body = body;
  } else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(BASE + path, init);
  if (answer.status === 204) return undefined as T;
  const content: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new SimulatorError(messageIn(content) ?? `The simulator answered ${answer.status}.`);
  return content as T;
}

function messageIn(content: unknown): string | undefined {
  const message = (content as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof message === "string" ? message : undefined;
}

const mailboxPath = (address: string) => `/mailboxes/${encodeURIComponent(address)}`;
const phonePath = (number: string) => `/phones/${encodeURIComponent(number)}`;

export const simulator = {
  events: () => new EventSource(`${BASE}/events`),
  state: () => call<SimulatorState>("GET", "/state"),
  addPhone: (phone: { number?: string; name?: string; behaviour: Behaviour }) => call<Phone>("POST", "/phones", phone),
  changePhone: (number: string, change: { behaviour?: Behaviour; name?: string }) =>
    call<Phone>("PATCH", phonePath(number), change),
  removePhone: (number: string) => call<undefined>("DELETE", phonePath(number)),
  sendText: (number: string, to: string, body: string, pictures: string[] = [], quoting?: string) =>
    call<Text>("POST", `${phonePath(number)}/texts`, { to, body, pictures, quoting }),
  upload: (file: File) => call<{ id: string }>("POST", "/pictures", file),
  pictureUrl: (id: string) => `${BASE}/pictures/${id}`,
  addMailbox: (mailbox: { address?: string; name?: string }) => call<Mailbox>("POST", "/mailboxes", mailbox),
  changeMailbox: (address: string, change: { behaviour?: MailBehaviour; verified?: boolean }) =>
    call<Mailbox>("PATCH", mailboxPath(address), change),
  removeMailbox: (address: string) => call<undefined>("DELETE", mailboxPath(address)),
  sendMail: (address: string, mail: NewMail) => call<Mail>("POST", `${mailboxPath(address)}/mails`, mail),
  placeOrder: (order: NewOrder) => call<ShopOrder>("POST", "/shop/orders", order),
  loseNextWebhook: (lose: boolean) => call<undefined>("PATCH", "/shop", { lose_next_webhook: lose }),
  moveOrder: (id: string, action: OrderAction | PrivacyAction) =>
    call<ShopOrder>("POST", `/shop/orders/${id}/${action}`),
  /** The page of the shop where its customer is signed in. */
  accountUrl: (id: string) => `${BASE}/shop/orders/${encodeURIComponent(id)}/account`,
  unsubscribe: (id: string) => call<{ status: number }>("POST", `/mails/${encodeURIComponent(id)}/unsubscribe`),
  repeatText: (sid: string) => call<{ status: number }>("POST", "/webhooks/repeat", { sid }),
  repeatMail: (id: string) => call<{ status: number }>("POST", "/webhooks/repeat", { mail_id: id }),
  repeatEvent: (eventId: string) => call<{ status: number }>("POST", "/webhooks/repeat", { event_id: eventId }),
};
