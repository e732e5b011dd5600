// What the official TypeScript SDK makes of SDLs at the edges of the grammar: node vectors.mjs > FILE.
// shared/sdl's tests hold Console's layout to the outcome, so what is claimed of the SDK was seen of it.
import { generateManifest, manifestToSortedJSON, generateManifestVersion } from "@akashnetwork/chain-sdk";
import { load } from "js-yaml";

const BASE = {
  params: "",
  expose: "[{port: 80, to: [{global: true}]}]",
  more: "",
  services: "",
  cpu: "{units: 1}",
  memory: "{size: 1Gi}",
  storage: "{size: 1Gi}",
  gpu: "",
  attributes: "",
  signedBy: "",
  amount: "1",
  computes: "",
  prices: "",
  placements: "",
  count: "1",
  deploys: "",
  endpoints: "",
};

function sdl(parts) {
  const p = { ...BASE, ...parts };
  const line = (name, value, indent) => (value ? `${" ".repeat(indent)}${name}: ${value}\n` : "");
  return (
    `version: "2.0"\n${line("endpoints", p.endpoints, 0)}services:\n  web:\n    image: nginx:1\n${p.more}` +
    `${line("params", p.params, 4)}${line("expose", p.expose, 4)}${p.services}` +
    `profiles:\n  compute:\n    web:\n      resources:\n${line("cpu", p.cpu, 8)}${line("memory", p.memory, 8)}` +
    `${line("storage", p.storage, 8)}${line("gpu", p.gpu, 8)}${p.computes}` +
    `  placement:\n    dc:\n${line("attributes", p.attributes, 6)}${line("signedBy", p.signedBy, 6)}` +
    `      pricing:\n        web: {denom: uact, amount: ${p.amount}}\n${p.prices}${p.placements}` +
    `deployment:\n  web: {dc: {profile: web, count: ${p.count}}}\n${p.deploys}`
  );
}

const volumes = "[{size: 1Gi}, {name: data, size: 5Gi, attributes: {persistent: true, class: beta3}}]";
const scratch = "[{name: tmp, size: 1Gi}, {name: data, size: 5Gi, attributes: {persistent: true, class: beta3}}]";
const gpu = (nvidia) => `{units: 1, attributes: {vendor: {nvidia: ${nvidia}}}}`;
const ip = (first, second) => ({
  endpoints: "{addr: {kind: ip}}",
  expose: `[{${first}, to: [{global: true, ip: addr}]}, {${second}, to: [{global: true, ip: addr}]}]`,
});
const db = (expose) => ({
  services: `  db:\n    image: postgres\n${expose ? `    expose: ${expose}\n` : ""}`,
  deploys: "  db: {dc: {profile: web, count: 2}}\n",
});

const CASES = {
  plain: {},
  "command null": { more: "    command: null\n    args: null\n    env: null\n" },
  "command empty": { more: "    command: []\n    args: []\n    env: []\n" },
  "command given": { more: "    command: [sh]\n    args: [-c, x]\n    env: [A=1, B]\n" },
  "env odd names": { more: '    env: ["1A=2", "=", "A B=c", ".."]\n' },
  "env with a number": { more: "    env: [1]\n" },
  "dependencies": { more: "    dependencies: [{service: web}]\n" },
  "accept null": { expose: "[{port: 80, accept: null, to: [{global: true}]}]" },
  "accept empty": { expose: "[{port: 80, accept: [], to: [{global: true}]}]" },
  "accept two": { expose: "[{port: 80, accept: [b.example, a.example], to: [{global: true}]}]" },
  "to null": { expose: "[{port: 80, to: null}]" },
  "to empty": { expose: "[{port: 80, to: []}]" },
  "to missing": { expose: "[{port: 80}]" },
  "expose null": { expose: "null" },
  "expose missing": { expose: "" },
  "as zero": { expose: "[{port: 80, as: 0, to: [{global: true}]}]" },
  "as same": { expose: "[{port: 80, as: 80, to: [{global: true}]}]" },
  "http by as": { expose: "[{port: 8080, as: 80, to: [{global: true}]}]" },
  "udp on 80": { expose: "[{port: 80, proto: udp, to: [{global: true}]}]" },
  "proto null": { expose: "[{port: 80, proto: null, to: [{global: true}]}]" },
  "http options zero": {
    expose: "[{port: 80, to: [{global: true}], http_options: {max_body_size: 0, read_timeout: 0, send_timeout: 0, next_tries: 0, next_timeout: 0}}]",
  },
  "http options no cases": { expose: "[{port: 80, to: [{global: true}], http_options: {next_cases: []}}]" },
  "http options empty": { expose: "[{port: 80, to: [{global: true}], http_options: {}}]" },
  "http options off": { expose: '[{port: 80, to: [{global: true}], http_options: {next_cases: ["off"]}}]' },
  "to service and global": { ...db("[{port: 5432, to: [{service: web}, {service: web, global: true}]}]") },
  "service without expose": { ...db("") },
  "exposes out of order": {
    expose: "[{port: 81, to: [{global: true}, {service: web}]}, {port: 80, proto: udp, to: [{global: true}]}, {port: 80, to: [{global: true}]}]",
  },
  "ip same external port": ip("port: 80", "port: 80"),
  "ip same port by as": ip("port: 80", "port: 81, as: 80"),
  "ip other protocol": ip("port: 80", "port: 80, proto: udp"),
  "ip other port": ip("port: 80", "port: 81"),
  "ip tcp twice": ip("port: 80", "port: 80, proto: tcp"),
  "params empty": { params: "{}" },
  "params storage empty": { params: "{storage: {}}" },
  "params storage null": { params: "{storage: null}" },
  "mount missing": { storage: volumes, params: "{storage: {data: {mount: /d}, default: {readOnly: true}}}" },
  "mount null": { storage: volumes, params: "{storage: {data: {mount: /d}, default: {mount: null}}}" },
  "volume empty": { storage: volumes, params: "{storage: {data: {mount: /d}, default: {}}}" },
  "volume null": { storage: volumes, params: "{storage: {data: {mount: /d}, default: null}}" },
  "scratch volume without mount": { storage: scratch, params: "{storage: {data: {mount: /d}, tmp: {readOnly: true}}}" },
  "scratch volume empty": { storage: scratch, params: "{storage: {data: {mount: /d}, tmp: {}}}" },
  "two scratch volumes without mount": {
    storage: "[{name: a, size: 1Gi}, {name: b, size: 1Gi}]",
    params: "{storage: {a: {}, b: {}}}",
  },
  "mount empty text": { storage: scratch, params: '{storage: {data: {mount: /d}, tmp: {mount: ""}}}' },
  "mount of a persistent volume missing": { storage: volumes, params: "{storage: {data: {readOnly: true}}}" },
  "mount relative": { storage: volumes, params: "{storage: {data: {mount: d}}}" },
  "mount read-only": { storage: volumes, params: "{storage: {data: {mount: /d, readOnly: true}}}" },
  "storage of one without name": { storage: "[{name: data, size: 1Gi}]" },
  "storage map with name": { storage: "{name: data, size: 1Gi}" },
  "ram": { storage: "[{size: 1Gi}, {name: shm, size: 64Mi, attributes: {class: ram, persistent: false}}]", params: "{storage: {shm: {mount: /dev/shm}}}" },
  "ram by class alone": { storage: "[{size: 1Gi}, {name: shm, size: 64Mi, attributes: {class: ram}}]", params: "{storage: {shm: {mount: /dev/shm}}}" },
  "permissions": { params: "{permissions: {read: [logs, deployment]}}" },
  "permissions empty": { params: "{permissions: {read: []}}" },
  "gpu null": { gpu: "null" },
  "gpu empty": { gpu: "{}" },
  "gpu zero": { gpu: "{units: 0}" },
  "gpu zero as text": { gpu: '{units: "0"}' },
  "gpu null units": { gpu: "{units: null}" },
  "gpu zero with attributes": { gpu: "{units: 0, attributes: {vendor: {nvidia: []}}}" },
  "gpu without attributes": { gpu: "{units: 1}" },
  "gpu any by empty list": { gpu: gpu("[]") },
  "gpu any by null": { gpu: gpu("null") },
  "gpu vendor null": { gpu: "{units: 1, attributes: {vendor: null}}" },
  "gpu vendor empty": { gpu: "{units: 1, attributes: {vendor: {}}}" },
  "gpu models": { gpu: gpu("[{model: t4}, {model: a100, ram: 80Gi, interface: sxm}, {model: a100, ram: 81920Mi}]") },
  "gpu units as text": { gpu: '{units: "2", attributes: {vendor: {nvidia: [{model: t4}]}}}' },
  "cpu fraction": { cpu: "{units: 0.1}" },
  "cpu fraction as text": { cpu: '{units: "0.5"}' },
  "cpu milli": { cpu: "{units: 250m}" },
  "cpu arch": { cpu: "{units: 1, attributes: {arch: amd64}}" },
  "cpu attribute number": { cpu: "{units: 1, attributes: {arch: 1.0}}" },
  "cpu attributes of two": { cpu: "{units: 1, attributes: {b: x, arch: amd64}}" },
  "memory fraction": { memory: "{size: 1.5Gi}" },
  "memory rounds up": { memory: "{size: 1.0000001M}" },
  "memory small letters": { memory: "{size: 512mi}" },
  "attribute number one point zero": { attributes: "{aa: 1.0, bb: 1.50, cc: 010, dd: 0x10, ee: 1e3, ff: -0}" },
  "attribute large number": { attributes: "{aa: 12345678901234567890, bb: 1e21, cc: 0.0000001, dd: 1e-7}" },
  "attribute words": { attributes: "{aa: true, bb: null, cc: yes, dd: ~, ee: 2020-01-01, ff: False}" },
  "attribute words but dates": { attributes: "{aa: true, bb: null, cc: yes, dd: ~, ff: False}" },
  "attribute order": { attributes: "{region: eu, Region: us, a-b: x, a_b: y, ab: z, AB: q, b1: c, b10: d, b2: e}" },
  "attribute of one letter": { attributes: "{a: x}" },
  "attributes null": { attributes: "null" },
  "attributes empty": { attributes: "{}" },
  "signedBy one list": { signedBy: "{anyOf: [akash1x]}" },
  "signedBy empty": { signedBy: "{}" },
  "amount decimal": { amount: "1.50" },
  "amount as text": { amount: '"1.50"' },
  "amount tiny": { amount: "0.0000001" },
  "amount zero": { amount: "0" },
  "two placements": {
    placements: "    aa:\n      pricing:\n        web: {denom: uact, amount: 2}\n",
    services: "  db:\n    image: postgres\n",
    deploys: "  db: {dc: {profile: web, count: 1}, aa: {profile: web, count: 3}}\n",
  },
  "names by locale": {
    services: "  a-b:\n    image: x\n  ab:\n    image: y\n  a1:\n    image: z\n",
    deploys:
      "  a-b: {dc: {profile: web, count: 1}}\n  ab: {dc: {profile: web, count: 1}}\n  a1: {dc: {profile: web, count: 1}}\n",
  },
  "text escapes": { more: '    env: ["A=<&>\\u2028\\u2029\\t\\"\\\\\\u007f\\u00e9\\U0001F600"]\n' },
  "unknown service key": { more: "    imagee: x\n" },
};

const vectors = [];
for (const [name, parts] of Object.entries(CASES)) {
  const text = sdl(parts);
  try {
    const result = generateManifest(load(text), "mainnet");
    if (!result.ok) {
      vectors.push({ name, sdl: text, refused: result.value.map((error) => error.message) });
      continue;
    }
    const { groups, groupSpecs } = result.value;
    vectors.push({
      name,
      sdl: text,
      hash: Buffer.from(await generateManifestVersion(groups)).toString("hex"),
      manifest: manifestToSortedJSON(groups),
      groups: JSON.parse(manifestToSortedJSON(groupSpecs)),
    });
  } catch (error) {
    vectors.push({ name, sdl: text, refused: [`throws ${error.message}`] });
  }
}
console.log(`[\n${vectors.map((vector) => JSON.stringify(vector)).join(",\n")}\n]`);
