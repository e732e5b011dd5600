// What the builds by Node share: each step is left out when nothing that it reads has changed.
import {createHash} from 'node:crypto';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** All files below a folder, sorted. */
export function filesBelow(folder) {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Does the work unless it was done with the very same files; the stamp remembers which. */
export function once(stamp, files, work) {
  const hash = hashOf(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  work();
  mkdirSync(dirname(stamp), {recursive: true});
  writeFileSync(stamp, hash);
}

/** Runs a program in a folder; it tells itself what is wrong. */
export function run(folder, program, ...args) {
  const {status, error} = spawnSync(program, args, {cwd: folder, stdio: ['ignore', 2, 2]});
  if (error) throw error;
  if (status !== 0) process.exit(1);
}

/** Installs what a folder's lock file pins, without scripts. */
export function install(folder) {
  once(join(folder, 'node_modules', '.berth-stamp'), [join(folder, 'package-lock.json')], () =>
    run(folder, 'npm', 'ci', '--ignore-scripts', '--silent', '--no-audit', '--no-fund'));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}
