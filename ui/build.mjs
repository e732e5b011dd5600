// Builds the page into target/classes/io/berth/ui: types from docs/openapi.yaml, checked by tsc, bundled by esbuild.
// Does nothing when nothing changed, so that every build of the project may call it.
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {filesBelow, install, once, run} from './steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const openapi = join(here, '..', 'docs', 'openapi.yaml');
const out = join(here, 'target', 'classes', 'io', 'berth', 'ui');
const bin = (name) => join(here, 'node_modules', '.bin', name);

install(here);

const sources = [openapi, join(here, 'index.html'), join(here, 'build.mjs'), join(here, 'tsconfig.json'),
  join(here, 'package-lock.json'), ...filesBelow(join(here, 'src'))];
once(join(here, 'target', 'ui-stamp'), sources, () => {
  mkdirSync(join(here, 'target', 'generated'), {recursive: true});
  execFileSync(bin('openapi-typescript'), [openapi, '--output', 'target/generated/openapi.d.ts'], {cwd: here, stdio: 'pipe'});
  run(here, bin('tsc'), '--noEmit');
  mkdirSync(out, {recursive: true});
  run(here, bin('esbuild'), 'src/main.tsx', '--bundle', '--minify', '--target=es2022', '--format=esm', '--jsx=automatic',
    '--jsx-import-source=preact', `--outfile=${join(out, 'app.js')}`, '--log-level=warning');
  run(here, bin('esbuild'), 'src/styles.css', '--bundle', '--minify', `--outfile=${join(out, 'app.css')}`, '--log-level=warning');
  cpSync(join(here, 'index.html'), join(out, 'index.html'));
  cpSync(join(here, 'src', 'icon.svg'), join(out, 'icon.svg'));
});
