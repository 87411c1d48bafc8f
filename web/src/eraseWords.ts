/** What the app says about erasing a customer. Apart from strings.ts, since it is loaded with the dialog only. */
const count = (value: number, one: string, many: string) => `${value} ${value === 1 ? one : many}`;

export const eraseWords = {
  title: (name: string) => `Erase ${name}?`,
  loading: "Loading",
  lead: "In all stores of the merchant, with everybody who was merged into them:",
  what: [
    "their conversations, messages, pictures and mails",
    "their name, numbers and addresses",
    "what is kept of their orders here (not at the shop)",
    "what they said about consent; who opted out is still not written to",
  ],
  rest: "What they write from now on, after their conversation is gone, is a stranger's.",
  confirm: "I understand that this cannot be undone",
  submit: "Erase for good",
  underWay: "Being erased",
  done: "Erased",
  gone: (conversations: number, orders: number) =>
    `${count(conversations, "conversation", "conversations")} and ${count(orders, "order", "orders")} gone so far.`,
  lastLook: (when: string) => `A last look is taken at ${when}. You may close this: it goes on.`,
  finished: (when: string) => `Nothing is left since ${when}.`,
};
