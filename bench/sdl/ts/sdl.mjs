// The official TypeScript SDK on the same documents: node sdl.mjs FOLDER NAME...
// Prints one line per document: its name, microseconds from text to hash (mean of some windows), and the hash.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateManifest, generateManifestVersion } from "@akashnetwork/chain-sdk";
import { load } from "js-yaml";

const WARM_UP_MS = 4_000;
const WINDOW_MS = 1_000;
const WINDOWS = 5;

async function plan(text) {
  const result = generateManifest(load(text), "mainnet");
  if (!result.ok) throw new Error(JSON.stringify(result.value));
  return generateManifestVersion(result.value.groups);
}

async function microseconds(text, forMs) {
  const start = performance.now();
  let documents = 0;
  let elapsed;
  do {
    await plan(text);
    documents++;
    elapsed = performance.now() - start;
  } while (elapsed < forMs);
  return (elapsed * 1000) / documents;
}

const [folder, ...names] = process.argv.slice(2);
for (const name of names) {
  const text = readFileSync(join(folder, `${name}.yaml`), "utf8");
  const hash = Buffer.from(await plan(text)).toString("hex");
  await microseconds(text, WARM_UP_MS);
  let total = 0;
  for (let window = 0; window < WINDOWS; window++) total += await microseconds(text, WINDOW_MS);
  console.log(`${name} ${(total / WINDOWS).toFixed(2)} ${hash}`);
}
