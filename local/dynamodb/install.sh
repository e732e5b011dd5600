#!/usr/bin/env bash
# Finds or installs dynoxide and writes the binary's path to a file, empty where there is none.
# install.sh FILE
#
# The order: BERTH_DYNOXIDE, the npm package of this platform, `cargo install`. Installed binaries outlive `make clean`.
set -euo pipefail

CRATE_VERSION=3.2.0
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

npm_binary() {
  command -v npm >/dev/null || return 1
  # npm keeps the lock file it installed from: nothing to do while both are the same.
  if ! cmp -s "$here/package-lock.json" "$here/node_modules/.berth-lock.json"; then
    (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --silent >&2) || return 1
    mkdir -p "$here/node_modules" && cp "$here/package-lock.json" "$here/node_modules/.berth-lock.json"
  fi
  local binary
  for binary in "$here"/node_modules/@dynoxide/*/dynoxide; do
    [ -x "$binary" ] && echo "$binary" && return
  done
  return 1
}

cargo_binary() {
  local root="$here/.cargo-$CRATE_VERSION"
  if [ ! -x "$root/bin/dynoxide" ]; then
    command -v cargo >/dev/null || return 1
    echo "Building dynoxide $CRATE_VERSION with cargo; this takes some minutes, once…" >&2
    cargo install dynoxide-rs --version "=$CRATE_VERSION" --locked --quiet \
      --no-default-features --features native-sqlite,http-server,cli --root "$root" >&2 || return 1
  fi
  echo "$root/bin/dynoxide"
}

mkdir -p "$(dirname "$1")"
if [ -n "${BERTH_DYNOXIDE:-}" ]; then
  binary=$BERTH_DYNOXIDE
else
  binary=$(npm_binary || cargo_binary || true)
fi
printf '%s' "$binary" >"$1"
