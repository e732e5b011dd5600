#!/usr/bin/env bash
# Builds the page where this machine has Node; elsewhere Berth is built without it, and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "The page is left out: it is built by Node 20 or newer with npm (packages nodejs and npm)." >&2
  exit 0
fi
exec node build.mjs
