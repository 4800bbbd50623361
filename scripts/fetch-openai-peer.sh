#!/usr/bin/env bash
# Installs two packages of Python and prints the interpreter that has them: the official `openai`, which tests ask the
# OpenAI-compatible routes with, and `openapi-spec-validator`, which reads our own /openapi.json. Does nothing but print
# where they are there already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(openai==3.54.0 openapi-spec-validator==0.9.0)
folder=$PWD/.build/openai-peer-3.54.0-0.9.0
if [[ ! -e $folder/complete ]]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
