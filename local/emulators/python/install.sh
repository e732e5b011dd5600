#!/usr/bin/env bash
# Installs what NAME.txt pins into a virtual environment, if it is not there yet, and prints the path of its Python.
#
#   install.sh moto | ministack | localstack | cfn-lint
#
# Environments are in the user's cache folder (BERTH_CACHE), like the packages of Maven and npm: they outlive `mvn clean`
# and serve every checkout. A name ends with the hash of the pins and the interpreter, so other pins make another folder.
# Exit status 3, and one line, where this machine has no Python of the version that is needed.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}"
name="$1"
cache="${BERTH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/berth}/python"

locks=("$name.txt")
flags=(--only-binary :all:)
case "$name" in
  localstack)
    minors=(13)
    needed="3.13"
    locks=(localstack-build.txt localstack.txt)
    flags=(--no-build-isolation) # Some packages have no wheel: built with what localstack-build.txt pins.
    ;;
  moto | ministack | cfn-lint)
    minors=(13 12 11 14)
    needed="3.11 to 3.14"
    ;;
  *)
    echo "no such package: $name" >&2
    exit 2
    ;;
esac

# BERTH_PYTHON, python3, python3.N, and what pyenv has: a name on the path may be a shim that runs nothing.
interpreter() {
  local candidate minor
  local candidates=(${BERTH_PYTHON:+"$BERTH_PYTHON"} python3)
  for minor in "${minors[@]}"; do
    candidates+=("python3.$minor" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor".*/bin/python)
  done
  for candidate in "${candidates[@]}"; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(str(sys.version_info[1]) not in sys.argv[1:])' \
      "${minors[@]}" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "No $name: this machine has no Python $needed with venv and ensurepip" >&2
  exit 3
}

python="$(interpreter)"
hash="$("$python" -c 'import hashlib, sys
print(hashlib.sha256(b"".join([sys.version.encode(), *(open(name, "rb").read() for name in sys.argv[1:])])).hexdigest()[:16])' "${locks[@]}")"
venv="$cache/$name-$hash"

# Made beside its place and moved there whole: what is there is complete. The scripts in bin name the former place and do
# not run; `bin/python -m` does.
if [ ! -x "$venv/bin/python" ]; then
  echo "Installing $name into $venv" >&2
  mkdir -p "$cache"
  new="$(mktemp -d "$venv.XXXXXX")"
  trap 'rm -rf "$new"' EXIT
  "$python" -m venv "$new"
  for lock in "${locks[@]}"; do
    "$new/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-compile "${flags[@]}" \
      --require-hashes -r "$lock" >&2
  done
  if [ ! -x "$venv/bin/python" ]; then # Another build may have been quicker.
    rm -rf "$venv"
    mv "$new" "$venv"
  fi
fi
echo "$venv/bin/python"
