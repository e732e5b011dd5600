#!/usr/bin/env bash
# Resolves every NAME.in anew and writes NAME.txt: each package with its version and hashes. Needs uv. Review the diff.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
for file in *.in; do
  name="${file%.in}"
  case "$name" in
    localstack*) for=(--python-version 3.13) ;; # It runs with no other version.
    *) for=(--universal --python-version 3.11) ;;
  esac
  uv pip compile --quiet --upgrade "${for[@]}" --generate-hashes --no-emit-index-url --no-annotate \
    --custom-compile-command local/emulators/python/lock.sh "$file" --output-file "$name.txt"
done
