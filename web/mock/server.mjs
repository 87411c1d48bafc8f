// The app on invented data, without the stack: `npm run build && npm run dev:mock`, then http://127.0.0.1:8090.
// Any e-mail with the password "password" signs in. It serves dist/ under the strict content security policy.
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

import { colleagues, conversations, me, message, orders, proxies, stores, transfers } from "./data.mjs";

const PORT = Number(process.env.PORT ?? 8090);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const POLICY = `default-src 'self'; connect-src 'self' ws://127.0.0.1:${PORT}; frame-ancestors 'none'; base-uri 'none'`;
const sockets = new Set();
const answered = new Map();

const find = (id) => conversations.find((one) => one.order.conversation_id === id) ?? refuse(404, "not_found");
function refuse(status, code) {
  throw Object.assign(new Error(code), { status });
}

/** What became of the last text of ours, where that is bad news. */
function trouble(messages) {
  const status = messages.findLast((one) => one.direction === "outbound")?.status;
  return ["failed", "unknown"].includes(status) ? status : null;
}

function view({ order, messages, unread, opted_out, state, assignee, channel = "sms" }) {
  const last = messages.at(-1);
  return {
    id: order.conversation_id,
    store_id: order.store_id,
    customer_name: order.customer_name,
    customer_address: channel === "email" ? "•••@•••" : "•••" + order.id.slice(1).padStart(2, "0"),
    channel,
    kind: "order",
    state,
    order_number: order.number,
    last_activity_at: last?.created_at ?? order.placed_at,
    last_preview: last?.body ?? "",
    last_direction: last?.direction ?? null,
    last_kind: last?.kind ?? "text",
    last_author_id: last?.author_id ?? null,
    last_author_name: last?.author_name ?? null,
    assignee_id: assignee,
    waiting_since: assignee === null && messages.length > 2 ? Date.now() - 42 * 60_000 : null,
    outbound_trouble: trouble(messages),
    unread,
    opted_out,
    order_id: order.id,
    expires_at: Date.now() + 1e10,
  };
}

function changed(one) {
  const activity = {
    type: "conversation",
    store_id: one.order.store_id,
    id: one.order.conversation_id,
    at: Date.now(),
  };
  for (const socket of sockets) socket.write(frame(JSON.stringify({ activities: [activity] })));
}

function send(one, body, key) {
  if (answered.has(key)) return answered.get(key);
  if (one.opted_out) refuse(409, "opted_out");
  const sent = message("outbound", body, Date.now(), { status: "queued" });
  one.messages.push(sent);
  answered.set(key, sent);
  ["sending", "sent", "delivered"].forEach((status, step) =>
    setTimeout(() => (Object.assign(sent, { status }), changed(one)), 700 * (step + 1)),
  );
  if (/hello/i.test(body)) {
    setTimeout(() => {
      one.messages.push(message("inbound", "Hello to you, too!", Date.now()));
      one.unread += 1;
      changed(one);
    }, 3000);
  }
  changed(one);
  return sent;
}

const has = (text, q) => text.toLowerCase().includes((q ?? "").toLowerCase());
const newest = (one, other) => other.last_activity_at - one.last_activity_at;
const thread = (one) => ({
  conversation: view(one),
  proxy_state: one === conversations[1] ? "lost" : "works",
  handovers: one.handovers,
  messages: one.messages,
  next: null,
  held: one.held ?? [],
  clock: customersClock(one),
});

/** In every third conversation it is night where the customer is. */
function customersClock(one) {
  const isNight = conversations.indexOf(one) % 3 === 2;
  const at = (hours) => Date.now() + hours * 3_600_000;
  const zone = isNight ? "Asia/Tokyo" : stores[0].timezone;
  const [quiet_from, quiet_until] = isNight ? [at(0), at(6)] : [at(5), at(16)];
  return { zone, guessed: false, quiet_from, quiet_until, answers_until: null };
}

/** A text that waits for its time. */
function hold(one, body, until, reason) {
  const waits = message("outbound", body, Date.now(), { status: "queued", held: { until, reason } });
  one.held = [...(one.held ?? []), waits].sort((a, b) => a.held.until - b.held.until);
  changed(one);
  return waits;
}

function taken(one, id) {
  const waits = one.held?.find((other) => other.id === id) ?? refuse(404, "not_found");
  one.held = one.held.filter((other) => other !== waits);
  changed(one);
  return waits;
}

const quietHours = {
  active: true,
  earliest: 480,
  latest: 1260,
  zone: stores[0].timezone,
  quiet_from: Date.now() + 5 * 3_600_000,
  quiet_until: Date.now() + 16 * 3_600_000,
  rules: [
    ["", "08:00-21:00", "08:00-21:00", "08:00-21:00", "47 CFR 64.1200(c)(1)", [], null],
    ["CA", "09:00-21:30", "10:00-18:00", "10:00-18:00", "CRTC Rules, part III", ["07:10", "12:40"], "differs"],
    ["US-AL", "08:00-20:00", "08:00-20:00", "", "Code of Alabama 8-19A-18", ["10:10"], "open"],
    ["FR", "10:00-20:00", "10:00-20:00", "", "Code de la consommation D. 223-9", ["21:10"], "quiet"],
  ].map(([place, weekdays, saturday, sunday, source, clocks, state]) => {
    return { place, weekdays, saturday, sunday, source, clocks, state };
  }),
};

function assign(one, { to, was }) {
  if (one.assignee !== was) refuse(409, "changed_meanwhile");
  const kind = to === null ? "released" : to === me.id ? "taken" : "handed_over";
  const name = colleagues.find(({ id }) => id === to)?.name ?? null;
  const at = Date.now();
  one.handovers.push({ id: `h${at}`, kind, at, by_id: me.id, by_name: me.name, to_id: to, to_name: name });
  one.assignee = to;
  changed(one);
  return view(one);
}

let absence = { away: false, answer: "", since: null, until: null };

const routes = [
  ["GET", /^\/me\/absence$/, () => absence],
  [
    "POST",
    /^\/me\/absence$/,
    (_, { body }) => (absence = { away: true, answer: body.answer, since: Date.now(), until: body.until }),
  ],
  ["DELETE", /^\/me\/absence$/, () => void (absence = { away: false, answer: "", since: null, until: null })],
  ["GET", /^\/me$/, () => me],
  [
    "GET",
    /^\/me\/unread$/,
    () => {
      const unread = conversations.reduce((sum, one) => sum + (one.state === "open" ? one.unread : 0), 0);
      return {
        total: unread,
        capped: false,
        stores: stores.map(({ id }) => ({ store_id: id, unread: id === "s1" ? unread : 0 })),
      };
    },
  ],
  ["POST", /^\/me\/ticket$/, () => ({ url: `ws://127.0.0.1:${PORT}/ws`, expires_at: Date.now() + 30_000 })],
  [
    "GET",
    /^\/stores\/(\w+)\/conversations$/,
    ([store], { query }) => {
      const listed = conversations
        .map(view)
        .filter((row) => row.store_id === store && row.state === query.get("state"));
      const rows = listed.filter((row) => query.get("assigned") !== "me" || row.assignee_id === me.id);
      const since = Number(query.get("newer_than") ?? 0);
      const found = rows.filter((row) => has(row.customer_name, query.get("q")) && row.last_activity_at > since);
      return { rows: found.sort(newest), next: null, truncated: false, now: Date.now() };
    },
  ],
  [
    "POST",
    /^\/stores\/(\w+)\/conversations$/,
    (_, { body, key }) => {
      const order = orders.find((one) => one.id === body.order_id) ?? refuse(404, "not_found");
      order.conversation_id ??= `c${order.id.slice(1)}`;
      let one = conversations.find((other) => other.order === order);
      const text = one ? body.body : `${stores[0].name}: ${body.body}\nReply STOP to opt out.`;
      if (!one)
        conversations.push((one = { order, messages: [], handovers: [], unread: 0, state: "open", assignee: me.id }));
      one.state = "open";
      send(one, text, key);
      return thread(one);
    },
  ],
  [
    "GET",
    /^\/stores\/(\w+)\/orders$/,
    ([store], { query }) => ({
      rows: orders.filter(
        (one) =>
          one.store_id === store &&
          (query.get("startable") !== "true" || one.startable) &&
          has(one.customer_name + one.number, query.get("q")),
      ),
      next: null,
      truncated: false,
    }),
  ],
  [
    "GET",
    /^\/stores\/(\w+)\/proxies$/,
    ([store]) => (store === "s1" ? proxies : { rows: [], pools: [], capped: false }),
  ],
  [
    "POST",
    /^\/stores\/(\w+)\/proxies$/,
    (_, { body }) =>
      void Object.assign(
        proxies.rows.find((row) => row.address === body.address),
        { state: body.state },
      ),
  ],
  ["GET", /^\/stores\/(\w+)\/transfers$/, () => transfers],
  [
    "POST",
    /^\/stores\/(\w+)\/transfers$/,
    (_, { body }) => {
      const [from, to] = [body.from_id, body.to_id].map((id) => transfers.people.find((one) => one.id === id));
      const begun = { ...transfers.transfers[0], id: `t${Date.now()}`, from_name: from.name, to_name: to.name };
      Object.assign(begun, { at: Date.now(), total: from.contacts, left: from.contacts, finished: false });
      transfers.transfers.unshift(begun);
      return begun;
    },
  ],
  [
    "POST",
    /^\/stores\/(\w+)\/transfers\/(\w+)\/(continue|undo)$/,
    async ([, id, verb]) => {
      await new Promise((done) => setTimeout(done, 800));
      const one = transfers.transfers.find((other) => other.id === id);
      if (verb === "undo") return Object.assign(one, { undone_at: Date.now(), undone_by_name: me.name });
      one.left = Math.max(0, one.left - 30);
      return Object.assign(one, { finished: one.left === 0 });
    },
  ],
  ["GET", /^\/orders\/(\w+)$/, ([id]) => orders.find((one) => one.id === id) ?? refuse(404, "not_found")],
  ["GET", /^\/conversations\/(\w+)$/, ([id]) => thread(find(id))],
  [
    "GET",
    /^\/conversations\/(\w+)\/customer$/,
    ([id]) => {
      const { order, opted_out } = find(id);
      const mine = orders.filter((one) => one.customer_id === order.customer_id);
      const consent = opted_out ? "opted_out" : "none";
      return {
        id: order.customer_id,
        name: order.customer_name,
        kind: "visitor",
        phones: ["•••42"],
        emails: ["a•••@example.com"],
        consent,
        consent_at: opted_out ? Date.now() - 1e7 : null,
        orders: mine,
      };
    },
  ],
  [
    "POST",
    /^\/conversations\/(\w+)\/messages$/,
    ([id], { body, key }) => {
      const { quiet_from, quiet_until } = customersClock(find(id));
      if (body.send_at) return hold(find(id), body.body, body.send_at, "later");
      if (quiet_from <= Date.now()) return hold(find(id), body.body, quiet_until, "quiet_hours");
      return send(find(id), body.body, key);
    },
  ],
  [
    "PUT",
    /^\/conversations\/(\w+)\/held\/(\w+)$/,
    ([id, held], { body }) => (taken(find(id), held), hold(find(id), body.body, body.send_at, "later")),
  ],
  ["DELETE", /^\/conversations\/(\w+)\/held\/(\w+)$/, ([id, held]) => void taken(find(id), held)],
  [
    "POST",
    /^\/conversations\/(\w+)\/held\/(\w+)\/release$/,
    ([id, held], { key }) => send(find(id), taken(find(id), held).body, key ?? held),
  ],
  ["GET", /^\/stores\/(\w+)\/quiet-hours$/, () => quietHours],
  [
    "POST",
    /^\/conversations\/(\w+)\/messages\/(\w+)\/retry$/,
    ([id, messageId]) => {
      const one = find(id);
      const again = one.messages.find((other) => other.id === messageId);
      Object.assign(again, { status: "queued", failure: null, can_retry: false, attempt: again.attempt + 1 });
      setTimeout(() => (Object.assign(again, { status: "sent" }), changed(one)), 900);
      return again;
    },
  ],
  ["GET", /^\/stores\/(\w+)\/colleagues$/, () => ({ rows: colleagues })],
  ["POST", /^\/conversations\/(\w+)\/assignee$/, ([id], { body }) => assign(find(id), body)],
  [
    "POST",
    /^\/conversations\/(\w+)\/unmask$/,
    () => ({ address: "+15550142", phones: ["+15550142", "+15550143"], emails: ["someone@example.com"] }),
  ],
  ["POST", /^\/conversations\/(\w+)\/read$/, ([id]) => void ((find(id).unread = 0), changed(find(id)))],
  ["POST", /^\/conversations\/(\w+)\/unread$/, ([id]) => void ((find(id).unread = 1), changed(find(id)))],
  [
    "POST",
    /^\/conversations\/(\w+)\/close$/,
    ([id]) => ((find(id).state = "closed"), changed(find(id)), view(find(id))),
  ],
  [
    "POST",
    /^\/conversations\/(\w+)\/reopen$/,
    ([id]) => ((find(id).state = "open"), changed(find(id)), view(find(id))),
  ],
  ["DELETE", /^\/conversations\/(\w+)$/, ([id]) => void conversations.splice(conversations.indexOf(find(id)), 1)],
];

function api(method, url, body, key) {
  const path = url.pathname.slice("/api".length);
  for (const [verb, pattern, run] of routes) {
    const match = verb === method && pattern.exec(path);
    if (match) return run(match.slice(1), { query: url.searchParams, body, key });
  }
  return refuse(404, "not_found");
}

function auth(action, body) {
  if (action === "RevokeToken") return {};
  if (
    action === "InitiateAuth" &&
    body.AuthFlow === "USER_PASSWORD_AUTH" &&
    body.AuthParameters.PASSWORD !== "password"
  ) {
    throw Object.assign(new Error("NotAuthorizedException"), { status: 400 });
  }
  const payload = Buffer.from(JSON.stringify({ sub: me.id })).toString("base64url");
  return {
    AuthenticationResult: { IdToken: `e.${payload}.s`, RefreshToken: randomBytes(8).toString("hex"), ExpiresIn: 3600 },
  };
}

async function answer(request) {
  const url = new URL(request.url, "http://x");
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = text ? JSON.parse(text) : null;
  if (url.pathname === "/config.json") {
    return json(200, { api: "/api", auth: { endpoint: "/auth", client_id: "mock" } });
  }
  try {
    if (url.pathname === "/auth") return json(200, auth(request.headers["x-amz-target"].split(".")[1], body));
    if (url.pathname.startsWith("/api/")) {
      const data = api(request.method, url, body, request.headers["idempotency-key"]);
      return data === undefined ? { status: 204 } : json(request.method === "POST" ? 201 : 200, data);
    }
  } catch (error) {
    const { status = 500, message: code } = error;
    return json(status, { __type: code, error: { code, message: code, details: {} } });
  }
  const file = url.pathname === "/" ? "/index.html" : url.pathname;
  const data = await readFile(new URL(`../dist${file}`, import.meta.url)).catch(() => null);
  return data ? { status: 200, type: TYPES[extname(file)], data } : { status: 404 };
}

const json = (status, data) => ({ status, type: "application/json", data: JSON.stringify(data) });

/** One unmasked text frame of RFC 6455, up to 64 KB. */
function frame(text) {
  const data = Buffer.from(text);
  const head = data.length < 126 ? [0x81, data.length] : [0x81, 126, data.length >> 8, data.length & 255];
  return Buffer.concat([Buffer.from(head), data]);
}

const server = createServer(async (request, response) => {
  const { status, type, data } = await answer(request);
  response.writeHead(status, { ...(type && { "Content-Type": type }), "Content-Security-Policy": POLICY });
  response.end(data);
});
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(
    `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
  );
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`,
  );
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", () => sockets.delete(socket));
  socket.on("data", () => socket.write(frame('{"pong":true}')));
});
server.listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}`));
