// What is loaded first, gzipped, against the budgets (P12): the associates' app by its JavaScript, the customers' chat
// page by everything there is of it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const APP_BUDGET = 180 * 1024;
const CHAT_BUDGET = 60 * 1024;
const PICTURES_BUDGET = 20 * 1024;
const dist = new URL("../dist/", import.meta.url).pathname;
const gzipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const total = (files) => files.reduce((sum, file) => sum + gzipped(file), 0);
const named = (page) => [
  ...new Set(
    [...readFileSync(join(dist, page), "utf8").matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]),
  ),
];
const ofKind = (files, extension) => files.filter((file) => file.endsWith(extension));
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

function within(what, bytes, budget) {
  if (bytes <= budget) return;
  console.error(`${what} is over its budget of ${kb(budget)}.`);
  process.exitCode = 1;
}

const app = named("index.html");
const js = total(ofKind(app, ".js"));
console.log(`first load: ${kb(js)} JS, ${kb(total(ofKind(app, ".css")))} CSS (gzip; budget ${kb(APP_BUDGET)} JS)`);
within("The associate app's first load", js, APP_BUDGET);

const invite = total(["invite.html", ...named("invite.html")]);
console.log(`invitations' page: ${kb(invite)} in all (gzip; budget ${kb(CHAT_BUDGET)})`);
within("The invitations' page", invite, CHAT_BUDGET);

const chat = total(["chat.html", ...named("chat.html")]);
console.log(`chat page: ${kb(chat)} in all (gzip; budget ${kb(CHAT_BUDGET)})`);
within("The customers' chat page", chat, CHAT_BUDGET);

const pictures = total(["pictures.html", ...named("pictures.html")]);
console.log(`pictures page: ${kb(pictures)} in all (gzip; budget ${kb(PICTURES_BUDGET)})`);
within("The page behind a link to pictures", pictures, PICTURES_BUDGET);
