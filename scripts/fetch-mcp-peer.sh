#!/usr/bin/env bash
# Installs the official `mcp` package of Python, which tests speak the Model Context Protocol with, and prints the
# interpreter that has it. Does nothing but print where it is there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=2.3.0
folder=$PWD/.build/mcp-peer-$version
if [[ ! -e $folder/complete ]]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "mcp==$version" >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
