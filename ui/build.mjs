// Builds the page into target/classes/io/berth/ui: types from docs/openapi.yaml, checked by tsc, bundled by esbuild.
// Does nothing when nothing changed, so that every build of the project may call it.
import {createHash} from 'node:crypto';
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const openapi = join(here, '..', 'docs', 'openapi.yaml');
const out = join(here, 'target', 'classes', 'io', 'berth', 'ui');
const bin = (name) => join(here, 'node_modules', '.bin', name);

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function once(stamp, hash, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  work();
  mkdirSync(dirname(stamp), {recursive: true});
  writeFileSync(stamp, hash);
}

/** Runs a program, which tells itself what is wrong. */
function run(program, ...args) {
  const {status, error} = spawnSync(program, args, {cwd: here, stdio: ['ignore', 2, 2]});
  if (error) throw error;
  if (status !== 0) process.exit(1);
}

once(join(here, 'node_modules', '.berth-stamp'), hashOf([join(here, 'package-lock.json')]), () =>
  run('npm', 'ci', '--ignore-scripts', '--silent', '--no-audit', '--no-fund'));

const sources = [openapi, join(here, 'index.html'), join(here, 'build.mjs'), join(here, 'tsconfig.json'),
  join(here, 'package-lock.json'), ...filesBelow(join(here, 'src'))];
once(join(here, 'target', 'ui-stamp'), hashOf(sources), () => {
  mkdirSync(join(here, 'target', 'generated'), {recursive: true});
  execFileSync(bin('openapi-typescript'), [openapi, '--output', 'target/generated/openapi.d.ts'], {cwd: here, stdio: 'pipe'});
  run(bin('tsc'), '--noEmit');
  rmSync(out, {recursive: true, force: true});
  mkdirSync(out, {recursive: true});
  run(bin('esbuild'), 'src/main.tsx', '--bundle', '--minify', '--target=es2022', '--format=esm', '--jsx=automatic',
    '--jsx-import-source=preact', `--outfile=${join(out, 'app.js')}`, '--log-level=warning');
  run(bin('esbuild'), 'src/styles.css', '--bundle', '--minify', `--outfile=${join(out, 'app.css')}`, '--log-level=warning');
  cpSync(join(here, 'index.html'), join(out, 'index.html'));
  cpSync(join(here, 'src', 'icon.svg'), join(out, 'icon.svg'));
});
