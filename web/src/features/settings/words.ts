/** The texts of the settings. Apart from strings.ts, since they are loaded with the settings only. */
const count = (value: number, one: string, many: string) => `${value} ${value === 1 ? one : many}`;

export const words = {
  heading: "Settings",
  sections: "Sections",
  none: "There is no such section",
  noneText: "Choose one from the list.",
  proxies: {
    name: "Numbers and mailboxes",
    lead: "The addresses that customers write to, and whose conversations they carry.",
    loading: "Loading numbers and mailboxes",
    list: "Numbers and mailboxes",
    none: "No number or mailbox yet",
    noneText: "Write them into the merchant's file and run make merchant.",
    channels: { sms: "Text", whatsapp: "WhatsApp", email: "E-mail", chat: "Web chat" },
    owners: { store: "Store", associate: "Associate", pool: "Pool" },
    ownerGone: "Associate who has left",
    over: (channel: string, connection: string) => `${channel} over ${connection}`,
    conversations: (value: number, capped: boolean) =>
      `${count(value, "conversation", "conversations")} now${capped ? " or more" : ""}`,
    state: (address: string) => `What ${address} can do`,
    states: { works: "Works", receives: "Receives only", lost: "Lost" },
    changed: "Changed. It takes effect everywhere within a minute.",
    pool: (channel: string) => `Pool: ${channel}`,
    poolSize: (size: number) => count(size, "address", "addresses"),
    poolHeld: (held: number) =>
      held === 0
        ? "None is taken."
        : `The customer who needs most of them at once has ${held}. For everybody else, more are free.`,
    free: (share: number) => `${share} % free`,
    low: "Running low: add an address, or end conversations that are over.",
  },
  transfers: {
    name: "Transfer of contacts",
    lead: "When somebody leaves: their conversations go to a colleague, with history, and customers keep writing to the same address.",
    loading: "Loading associates",
    nobody: "There is nobody to give contacts to",
    nobodyText: "A transfer needs two associates in this store.",
    from: "From",
    to: "To",
    choose: "Choose…",
    person: (name: string, contacts: number) => `${name} (${count(contacts, "contact", "contacts")})`,
    hint: "Choose whose contacts go to whom.",
    preview: (contacts: number, from: string, to: string) =>
      contacts === 0
        ? `${from} has no contacts here. Their numbers go to ${to}.`
        : `${count(contacts, "contact", "contacts")} of ${from} and their numbers go to ${to}.`,
    start: "Transfer",
    done: "Latest transfers",
    names: (from: string, to: string) => `${from} → ${to}`,
    by: (name: string, time: string) => `by ${name}, ${time}`,
    moved: (total: number) => `${count(total, "contact", "contacts")} moved`,
    undone: (name: string) => `Undone by ${name}`,
    progress: (moved: number, total: number) => `${moved} of ${total}`,
    go: "Continue",
    finished: "The contacts have moved.",
  },
};
