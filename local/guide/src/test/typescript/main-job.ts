// The main job by the TypeScript client; prints the dseq. Whatever is not as it must be ends it.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {BerthError, createBerth, ok, type Schemas} from 'berth-client';

const berth = createBerth({url: process.env.BERTH_URL!, apiKey: process.env.BERTH_KEY!});
const sdl = await readFile('docs/examples/web.yaml', 'utf8');

async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const value = await read();
    if (wanted(value)) return value;
    await sleep(100);
  }
  throw new Error('gave up waiting');
}

const services = (deployment: Schemas['Deployment']) => Object.values(deployment.leases[0]?.status?.services ?? {});

const {data: created} = await ok(berth.POST('/v1/deployments', {body: {data: {sdl, deposit: 5}}}));
const path = {dseq: created.dseq};

const {data: bids} = await until(
  () => ok(berth.GET('/v1/bids/{dseq}', {params: {path}})),
  ({data}) => data.length >= 2,
);
const [cheapest] = bids.map(({bid}) => bid).sort((a, b) => Number(a.price.amount) - Number(b.price.amount));
const {gseq, oseq, provider} = cheapest!.id;
const {data: leased} = await ok(berth.POST('/v1/leases', {body: {leases: [{dseq: created.dseq, gseq, oseq, provider}]}}));
assert.deepEqual(leased.leases.map(({state}) => state), ['active']);

const {data: running} = await until(
  () => ok(berth.GET('/v1/deployments/{dseq}', {params: {path}})),
  ({data}) => services(data).length > 0 && services(data).every((service) => service.ready_replicas === service.total),
);
assert.ok(services(running).flatMap(({uris}) => uris).length > 0);
const {data: logs} = await ok(berth.GET('/v1/deployments/{dseq}/logs', {params: {path, query: {tail: 5}}}));
assert.ok(logs.lines.length > 0);

const {data: closed} = await ok(berth.DELETE('/v1/deployments/{dseq}', {params: {path}}));
assert.ok(closed.success);

await assert.rejects(
  ok(berth.GET('/v1/deployments/{dseq}', {params: {path: {dseq: '1'}}})),
  (error: unknown) => error instanceof BerthError && error.status === 404 && !error.problem!.retryable,
);
console.log(created.dseq);
