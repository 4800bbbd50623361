#!/usr/bin/env bash
# From a fresh Debian 12 with a Swift toolchain to a running service: see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
Installs what is missing, builds Footnote, ingests the sample corpus, asks it a question and serves it.

Usage: scripts/quickstart.sh [--no-serve] [--db FILE] [--question TEXT]

  --no-serve       Stop after the question
  --db FILE        The corpus database [env: FOOTNOTE_DB] [default: footnote.db]
  --question TEXT  What to ask [default: What is humanoid robotics?]
  -h, --help       Show this help

Run again, it does only what is left to do. HOST and PORT say where to serve [default: 127.0.0.1, 8080];
FOOTNOTE_MODEL_DIR says where the embedding model is [default: below ~/.cache/footnote].
TEXT
}

wrong_usage() {
  echo "error: $1" >&2
  echo "Run 'scripts/quickstart.sh --help' to see how it is used." >&2
  exit 64
}

serve=yes
database=${FOOTNOTE_DB:-footnote.db}
question="What is humanoid robotics?"
while [[ $# -gt 0 ]]; do
  case $1 in
    --no-serve) serve=no ;;
    --db=*) database=${1#*=} ;;
    --question=*) question=${1#*=} ;;
    --db | --question)
      [[ $# -ge 2 ]] || wrong_usage "Option '$1' needs a value."
      if [[ $1 == --db ]]; then database=$2; else question=$2; fi
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) wrong_usage "Unknown option '$1'." ;;
  esac
  shift
done

step() { printf '\n==> %s\n' "$1" >&2; }

check_swift() {
  if ! command -v swift >/dev/null; then
    echo "error: There is no 'swift' on the PATH; Footnote needs Swift 6.2 or newer." >&2
    echo "Install a toolchain for Debian 12 from https://www.swift.org/install and run this again." >&2
    exit 1
  fi
  local version major minor
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  major=${version%%.*}
  minor=${version#*.}
  if [[ -z $version ]] || ((major < 6 || (major == 6 && minor < 2))); then
    echo "error: $(command -v swift) is Swift ${version:-of an unknown version}; Footnote needs 6.2 or newer." >&2
    echo "Install one from https://www.swift.org/install, or put a newer one first on the PATH." >&2
    exit 1
  fi
}

check_swift
step "Checking packages"
scripts/install-packages.sh

# Before the build: whoever has no network learns it at once.
step "Checking the embedding model"
FOOTNOTE_MODEL_DIR=$(scripts/fetch-model.sh)
export FOOTNOTE_MODEL_DIR

step "Building (some minutes the first time)"
for product in ingest ragserver; do
  swift build -c release --static-swift-stdlib --product "$product" >&2
done
binaries=$(swift build -c release --static-swift-stdlib --show-bin-path)

step "Ingesting corpus/ into $database"
"$binaries/ingest" add corpus --db "$database"

step "Asking: $question"
"$binaries/ingest" ask --db "$database" -- "$question"

if [[ $serve == yes ]]; then
  step "Serving; press Ctrl-C to stop"
  exec "$binaries/ragserver" --db "$database"
fi
