import type { Customer, Phone, ShopOrder, Text } from "./api";
import { strings } from "./strings";

const DAY_MS = 86_400_000;

export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(cents / 100);
}

/** The time of day, with the date when it was not within the past day. */
export function when(at: number, now: number): string {
  const recent = now - at < DAY_MS;
  return new Intl.DateTimeFormat("en-US", {
    ...(recent ? {} : { month: "short", day: "numeric" }),
    hour: "numeric",
    minute: "2-digit",
  }).format(at);
}

/** `+12125550101` as people write it. */
export function prettyNumber(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `+1 ${us[1]} ${us[2]} ${us[3]}` : number;
}

/** What became of a text, seen from the phone. */
export function textStatus(text: Text): { label: string; failed: boolean } {
  if (text.direction === "in") return { label: strings.received, failed: false };
  if (text.status === "sending") return { label: strings.sending, failed: false };
  if (text.status === "delivered") return { label: strings.delivered, failed: false };
  const { webhook_status: status } = text;
  return { label: status ? strings.refusedByWebhook(status) : strings.noAnswer, failed: true };
}

/** Everything that was texted, whether it arrived or not, oldest first. */
export function thread(phone: Phone): (Text & { missed: boolean })[] {
  const arrived = phone.texts.map((text) => ({ ...text, missed: false }));
  const missed = phone.missed.map((text) => ({ ...text, missed: true }));
  return [...arrived, ...missed].sort((a, b) => a.at - b.at);
}

/** The owner of a phone as a customer of the shop: as their last order says, else made from the phone's name. */
export function customerOf(phone: Phone, orders: readonly ShopOrder[]): Customer {
  const known = orders.find((order) => order.customer.phone === phone.number);
  if (known) return known.customer;
  const words = ownerName(phone.name).split(/\s+/);
  const [first = "", ...rest] = /\d/.test(phone.name) ? [] : words;
  const mailbox = [first, ...rest]
    .join(".")
    .normalize("NFD")
    .replace(/[^A-Za-z.]/g, "")
    .toLowerCase();
  const email = phone.email || `${mailbox || `customer${phone.number.slice(-4)}`}@example.com`;
  return { first_name: first, last_name: rest.join(" "), phone: phone.number, email };
}

/** A phone's name without what is added in brackets: `Walter Brandt (landline)` is `Walter Brandt`. */
export function ownerName(name: string): string {
  return name.replace(/\(.*?\)/g, "").trim() || name;
}

export function customerName(customer: Customer): string {
  return `${customer.first_name} ${customer.last_name}`.trim() || customer.email || prettyNumber(customer.phone);
}
