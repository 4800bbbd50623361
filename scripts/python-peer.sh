#!/usr/bin/env bash
# Makes the Python environment of one peer that tests talk to, where there is none yet, and prints its interpreter.
#
#   scripts/python-peer.sh chatkit    the types that tests read the ChatKit protocol with
#   scripts/python-peer.sh mcp        client and server of the Model Context Protocol
#   scripts/python-peer.sh openai     the client of the OpenAI-compatible routes, and what validates /openapi.json
#   scripts/python-peer.sh qdrant     what the stand-in for a Qdrant server is built on
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1:-}" in
  chatkit) packages=(openai-chatkit==1.6.5) ;;
  mcp) packages=(mcp==2.3.0) ;;
  openai) packages=(openai==3.54.0 openapi-spec-validator==0.9.0) ;;
  qdrant) packages=(qdrant-client==1.20.0 jsonschema==4.26.0) ;;
  *)
    echo "Usage: scripts/python-peer.sh chatkit|mcp|openai|qdrant" >&2
    exit 64
    ;;
esac

# No "=" in the path: `env` would take it for a variable.
folder=$PWD/.build/python-peers/$(IFS=+; echo "${packages[*]//==/-}")
if [[ ! -e $folder/complete ]]; then
  echo "Installing ${packages[*]}" >&2
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
  touch "$folder/complete"
fi
echo "$folder/bin/python"
