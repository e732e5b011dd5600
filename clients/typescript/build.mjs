// Builds the npm package into target/package: types from docs/openapi.yaml, compiled by tsc, packed by npm.
// Does nothing when nothing changed, so that every build of the project may call it.
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {filesBelow, install, once, run} from '../../ui/steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const openapi = join(here, '..', '..', 'docs', 'openapi.yaml');
const out = join(here, 'target', 'package');
const bin = (name) => join(here, 'node_modules', '.bin', name);

install(here);

const sources = [openapi, ...['build.mjs', 'package.json', 'package-lock.json', 'README.md', 'tsconfig.json'].map((name) => join(here, name)),
  ...filesBelow(join(here, 'src'))];
once(join(here, 'target', 'stamp'), sources, () => {
  rmSync(out, {recursive: true, force: true});
  mkdirSync(out, {recursive: true});
  execFileSync(bin('openapi-typescript'), [openapi, '--default-non-nullable', 'false', '--output', join('target', 'generated', 'openapi.d.ts')], {cwd: here, stdio: 'pipe'});
  run(here, bin('tsc'));
  cpSync(join(here, 'target', 'generated', 'openapi.d.ts'), join(out, 'openapi.d.ts'));
  for (const name of ['package.json', 'README.md']) cpSync(join(here, name), join(out, name));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', '..'], {cwd: out, stdio: 'pipe'});
});
