// How much JavaScript the associate app loads first, gzipped, against its budget (P12).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 180 * 1024;
const dist = new URL("../dist/", import.meta.url).pathname;
const page = readFileSync(join(dist, "index.html"), "utf8");
const gzipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const total = (files) => files.reduce((sum, file) => sum + gzipped(file), 0);
const loaded = (extension) =>
  [...new Set([...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]))].filter((file) =>
    file.endsWith(extension),
  );

const js = total(loaded(".js"));
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
console.log(`first load: ${kb(js)} JS, ${kb(total(loaded(".css")))} CSS (gzip; budget ${kb(BUDGET)} JS)`);
if (js > BUDGET) {
  console.error("The associate app's first load is over its budget.");
  process.exitCode = 1;
}
