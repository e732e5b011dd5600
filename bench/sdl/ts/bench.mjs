// Documents a second through the official TypeScript SDK: YAML text to manifest and hash, as Console does.
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {generateManifest, generateManifestVersion, manifestToSortedJSON} from '@akashnetwork/chain-sdk';
import {load} from 'js-yaml';

const WARM_UP_MS = 3000;
const MEASURE_MS = 5000;

async function once(text) {
  const result = generateManifest(load(text), 'mainnet');
  if (!result.ok) throw new Error(JSON.stringify(result.value));
  manifestToSortedJSON(result.value.groups);
  await generateManifestVersion(result.value.groups);
}

async function run(text, ms) {
  const end = performance.now() + ms;
  let documents = 0;
  while (performance.now() < end) {
    await once(text);
    documents++;
  }
  return documents;
}

const folder = process.argv[2];
for (const file of readdirSync(folder).sort((a, b) => parseInt(a) - parseInt(b))) {
  const text = readFileSync(join(folder, file), 'utf8');
  await run(text, WARM_UP_MS);
  const documents = await run(text, MEASURE_MS);
  console.log(`typescript ${parseInt(file)} ${(documents / (MEASURE_MS / 1000)).toFixed(1)}`);
}
