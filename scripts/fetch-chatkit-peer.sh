#!/usr/bin/env bash
# Installs the official `openai-chatkit` package of Python, whose types tests read the ChatKit protocol with, and
# prints the interpreter that has it. Does nothing but print where it is there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=1.6.5
folder=$PWD/.build/chatkit-peer-$version
if [[ ! -e $folder/complete ]]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "openai-chatkit==$version" >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
