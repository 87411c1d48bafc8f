import type { BulkResult, BulkView } from "../../api/types";

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString("en")} ${many}`;
type To = BulkView["to"];
const NAMES: Record<To, readonly [string, string]> = {
  orders: ["order", "orders"],
  contacts: ["contact", "contacts"],
};
const some = (to: To, count: number) => counted(count, ...NAMES[to]);

/** What bulk texts say; loaded with them. */
export const words = {
  heading: "Bulk texts",
  back: "Back to orders",
  all: "All bulk texts",
  loading: "Loading bulk texts",
  none: "No bulk texts yet",
  noneText:
    "Choose orders, or contacts, in their list, then “Send text message”. What became of each is shown here for ninety days.",
  list: "Bulk texts of ninety days",
  newestOnly: "The newest fifty are shown.",
  bar: { orders: "Chosen orders", contacts: "Chosen contacts" },
  chosen: (to: To, count: number) => `${some(to, count)} chosen`,
  chooseAll: "Choose all",
  loadingAll: (count: number) => `Choosing… ${some("orders", count)} so far`,
  stop: "Stop",
  most: "One bulk text goes to 10,000 orders at most: the newest are chosen.",
  clear: "Clear",
  send: "Send text message",
  tooFew: "There are too few credits for a text.",
  title: "Send text message",
  to: {
    orders: (count: number) => `To the customers of ${some("orders", count)}.`,
    contacts: (count: number) => `To ${some("contacts", count)}, each in their conversation.`,
  },
  rules: {
    orders:
      "A number gets it once, also for several orders. Who opted out gets nothing; who sleeps gets it in the morning there.",
    contacts: "Only open conversations get it. Who opted out gets nothing; who sleeps gets it in the morning there.",
  },
  template: "Start from a template",
  ownWords: "Own words",
  text: "Text",
  cost: (need: string, have: string) => `It takes about ${need} of your ${have} credits.`,
  costTooMuch: (need: string, have: string) =>
    `It takes about ${need} credits and there are ${have}: it pauses when they run out, and goes on when you resume it.`,
  start: (to: To, count: number) => `Send to ${some(to, count)}`,
  progress: { orders: "Orders that are done", contacts: "Contacts that are done" },
  done: (to: To, done: number, total: number) => `${done.toLocaleString("en")} of ${some(to, total)} done`,
  sent: (count: number) => counted(count, "text sent", "texts sent"),
  unsent: (count: number) => `${count.toLocaleString("en")} not sent`,
  leftOut: (to: To, count: number) => `${some(to, count)} left out`,
  startedBy: (name: string, when: string) => `${name}, ${when}`,
  states: { running: "Running", paused: "Paused", cancelled: "Cancelled", done: "Done" } satisfies Record<
    BulkView["state"],
    string
  >,
  waiting: (when: string) => `Customers sleep: it goes on ${when}.`,
  beginning: "It begins within a minute. You may leave this page.",
  running: "You may leave this page: it goes on by itself.",
  pausedBy: {
    hand: "Somebody paused it.",
    too_few_credits: "There are too few credits. Buy more, then resume it.",
    sender_left: "Who started it may not send for this store any more. Whoever resumes it is answerable for it.",
    messaging_off: "Messaging is switched off for this store.",
  } satisfies Record<NonNullable<BulkView["paused_by"]>, string>,
  soon: "A week after its start, what is left is cancelled.",
  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel the rest",
  cancelTitle: "Cancel the rest?",
  cancelText: (to: To, left: number) =>
    `${some(to, left)} will not get the text, for good. What was sent stays sent, and up to 25 more may still go out.`,
  keep: "Keep sending",
  results: { orders: "What became of each order", contacts: "What became of each contact" },
  noResults: "Nothing is settled yet.",
  noneUnsent: "Everybody so far got it.",
  loadingResults: { orders: "Loading what became of each order", contacts: "Loading what became of each contact" },
  onlyUnsent: "Only who did not get it",
  more: "Load more",
  file: "Download as CSV",
  filing: (part: number, of: number) => `Reading ${part} of ${of}…`,
  columns: { orders: ["Order", "Customer", "Result", "Why"], contacts: ["Customer", "Result", "Why"] },
  wasSent: "Sent",
  wasNotSent: "Not sent",
  open: "Open conversation",
  unknown: { orders: "Order that is not there", contacts: "Conversation that is not there" },
  unnamed: "Unnamed",
  why: {
    no_order: "Not an order of this store any more",
    no_contact: "Not a conversation of this store any more",
    not_open: "The conversation is closed",
    other_channel: "They do not write texts here",
    no_phone: "No number that takes texts",
    same_number: "The same number got it already",
    opted_out: "Opted out",
    not_opted_in: "Has not agreed to texts",
    no_sender: "The store has no number to send from",
    number_taken: "The number talks with another store, or as another customer",
    missing_value: "A token has no value for them",
    too_long: "Too long with this customer's values",
  } satisfies Record<NonNullable<BulkResult["unsent"]>, string>,
};
