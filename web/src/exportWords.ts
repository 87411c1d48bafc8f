/** What the app says about a customer's file. Apart from strings.ts, since it is loaded with its button only. */
const count = (value: number, one: string, many: string) => `${value} ${value === 1 ? one : many}`;

export const exportWords = {
  action: "Everything we know…",
  title: (name: string) => `Everything we know about ${name}`,
  lead: "One file with all that is kept of this customer, in all stores that you may see, and of those merged into them:",
  what: [
    "name, numbers and addresses, as they are",
    "conversations with messages, mails, carts and links to attachments",
    "orders, with remarks and what was said about them by itself",
    "notes, reminders and invitations of colleagues",
    "consent, with its history",
  ],
  recorded: "That you ask for it is recorded. It holds real addresses: give it to nobody but the customer.",
  make: "Make the file",
  gathering: "Gathering",
  progress: (seen: number, total: number) =>
    `${seen} of ${count(total, "conversation and order", "conversations and orders")}`,
  cancel: "Stop",
  failed: "Not finished. Nothing was saved.",
  again: "Go on",
  ready: (name: string) => `Saved as ${name}.`,
  contents: (conversations: number, messages: number, orders: number) =>
    `${count(conversations, "conversation", "conversations")}, ${count(messages, "message", "messages")}, ${count(orders, "order", "orders")}.`,
  leftOut: (things: number) =>
    `Not in it: ${count(things, "conversation, order or consent", "conversations, orders or consents")} of stores whose addresses you may not see. Somebody who may is to ask for them as well.`,
  save: "Save again",
};
