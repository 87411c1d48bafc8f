// Is src/api/schema.d.ts what docs/openapi.json says?
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "schema-"));
const fresh = join(folder, "schema.d.ts");
try {
  execFileSync(
    "npx",
    ["openapi-typescript", "../docs/openapi.json", "-o", fresh, "--alphabetize", "--root-types=false"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  if (readFileSync(fresh, "utf8") !== readFileSync("src/api/schema.d.ts", "utf8")) {
    console.error("src/api/schema.d.ts is out of date: run `npm run api`.");
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
