#!/usr/bin/env bash
# Runs a build script where this machine has Node; elsewhere Berth is built without what it makes, and says so.
# with-node.sh WHAT SCRIPT
set -euo pipefail
if ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "$1 is left out: it is built by Node 20 or newer with npm (packages nodejs and npm)." >&2
  exit 0
fi
exec node "$2"
