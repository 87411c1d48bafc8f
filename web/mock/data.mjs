// Invented people and talk for the mock server.
const HOUR = 3_600_000;
const now = Date.now();

export const stores = [
  ["s1", "Harbour Street", true],
  ["s2", "Station Square", true],
].map(([id, name, messaging]) => ({
  id,
  name,
  timezone: "America/New_York",
  phone: "+15550100",
  messaging,
  permissions: ["orders", "inbox", "manage", "unmask"],
}));

export const me = { id: "u1", name: "Grace Hopper", email: "grace@example.com", stores };

const NAMES =
  "Ada Lovelace,Katherine Johnson,Alan Turing,Radia Perlman,Edsger Dijkstra,Barbara Liskov,Donald Knuth,Frances Allen," +
  "Tim Berners-Lee,Margaret Hamilton,Claude Shannon,Hedy Lamarr,Niklaus Wirth,Adele Goldberg,John Backus,Mary Keller";
const ITEMS = ["Linen shirt", "Canvas tote", "Wool scarf", "Leather belt", "Rain jacket", "Ceramic mug"];

export const colleagues = [
  { id: "u2", name: "Alan Kay", away: true },
  { id: me.id, name: me.name, away: false },
];

export const orders = NAMES.split(",").map((name, index) => {
  const placed = now - index * 5 * HOUR - HOUR;
  const lines = [0, 1, 2].slice(0, 1 + (index % 3)).map((line) => ({
    title: ITEMS[(index + line) % ITEMS.length],
    quantity: 1 + (line % 2),
    price: 2450 + index * 130 + line * 700,
  }));
  return {
    id: `o${index}`,
    store_id: "s1",
    number: `#${1060 - index}`,
    customer_id: `p${index}`,
    customer_name: name,
    placed_at: placed,
    payment: ["paid", "pending", "paid", "refunded"][index % 4],
    fulfilment: ["unfulfilled", "partial", "fulfilled"][index % 3],
    cancelled_at: null,
    closed_at: null,
    total: lines.reduce((sum, line) => sum + line.price * line.quantity, 0),
    currency: "USD",
    lines,
    conversation_id: index % 5 === 4 || index === 0 ? null : `c${index}`,
    active: true,
    startable: now - placed <= 72 * HOUR,
  };
});

let serial = 0;
export function message(direction, body, created_at, extra = {}) {
  serial += 1;
  return {
    id: `m${String(serial).padStart(6, "0")}`,
    direction,
    kind: "text",
    body,
    created_at,
    author_id: direction === "outbound" ? me.id : null,
    author_name: direction === "outbound" ? me.name : null,
    status: direction === "outbound" ? "delivered" : "received",
    status_at: created_at,
    failure: null,
    can_retry: false,
    checking: false,
    attempt: 1,
    media: [],
    ...extra,
  };
}

const TALK = [
  ["outbound", "Hi! This is Grace from Harbour Street. Your order is packed and ready to be picked up."],
  ["inbound", "Oh lovely, that was quick! Until when are you open today?"],
  ["outbound", "Until 7 pm. If you come after 6, please use the side entrance."],
  ["inbound", "Perfect, see you around 5 then 🙂"],
  ["inbound", "Could you also put a gift box with it? https://shop.example/gift-box looks nice."],
];

export const conversations = orders
  .filter((order) => order.conversation_id)
  .map((order, index) => {
    const last = now - index * index * 2 * HOUR - 4 * 60_000;
    const messages = TALK.slice(0, 2 + (index % 4)).map(([direction, body], place, all) =>
      message(direction, body, last - (all.length - 1 - place) * (place < 2 ? 9 * HOUR : 7 * 60_000)),
    );
    return {
      order,
      messages,
      unread: index % 3 === 0 ? 1 + (index % 2) : 0,
      opted_out: index === 4,
      state: "open",
      handovers: [],
      assignee: [me.id, null, "u2"][index % 3],
    };
  });

const [first, second, third, fourth] = conversations;
first.messages.push(
  ...TALK.slice(2).map(([direction, body], place) => message(direction, body, now - (9 - place) * 60_000)),
);
second.messages.push(
  message("outbound", "The belt is back in stock in brown.", now - 30 * 60_000, {
    status: "failed",
    failure: { code: "landline", text: "This is a landline or cannot receive texts at the moment." },
    can_retry: true,
  }),
  message("outbound", "Shall I put one aside for you?", now - 20 * 60_000, {
    status: "unknown",
    can_retry: true,
    checking: true,
    attempt: 2,
  }),
  message("outbound", "It costs $48.", now - 18 * 60_000, { status: "unknown", can_retry: true, attempt: 2 }),
);
third.messages.push(
  message("inbound", "STOP", now - 3 * HOUR),
  message("outbound", "You will get no more texts from Harbour Street. Text START to get them again.", now - 3 * HOUR, {
    kind: "opt_out_confirmation",
    author_id: null,
    author_name: null,
  }),
);
third.opted_out = true;
const mail = { subject: "Re: Ceramic mugs", folded: "", unverified: false, unreadable: false, automatic: false };
fourth.channel = "email";
fourth.messages.push(
  message("inbound", "Yes please, two of them.\n\nBest wishes\nRadia", now - 50 * 60_000, {
    mail: {
      ...mail,
      other_sender: false,
      folded: "Radia Perlman\n•••\n\nOn Mon, Grace, Harbour Street <•••@•••> wrote:\n> Shall I put two mugs aside?",
    },
  }),
  message("inbound", "I write from my phone now.", now - 40 * 60_000, {
    mail: { ...mail, unverified: true, other_sender: true },
  }),
);

const proxy = (address, owner, conversations, extra = {}) => ({
  channel: "sms",
  address,
  owner,
  state: "works",
  associate_id: null,
  associate_name: "",
  connection_id: "texts",
  provider: "twilio",
  conversations,
  ...extra,
});

export const proxies = {
  rows: [
    proxy("+16175550121", "store", 41),
    proxy("+16175550122", "pool", 12),
    proxy("+16175550123", "pool", 3),
    proxy("+16175550124", "pool", 0),
    proxy("+16175550125", "associate", 7, { associate_id: "u1", associate_name: me.name }),
    proxy("+16175550126", "associate", 0, {
      associate_id: "u2",
      associate_name: "Wilhelmina Featherstonehaugh-Cholmondeley",
    }),
  ],
  pools: [{ channel: "sms", size: 3, most_held: 2, free_share: 33, low: false }],
  capped: false,
};

const person = (id, name, contacts) => ({ id, name, contacts });

export const transfers = {
  people: [person("u1", me.name, 7), person("u2", "Wilhelmina Featherstonehaugh-Cholmondeley", 128)],
  transfers: [
    {
      id: "t1",
      from_name: "Ada Byron",
      to_name: me.name,
      by_name: me.name,
      at: now - 3 * HOUR,
      total: 412,
      left: 0,
      finished: true,
      undone_at: null,
      undone_by_name: null,
    },
  ],
};
