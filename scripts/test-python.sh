#!/usr/bin/env bash
# Makes a Python environment with the packages that tests need, where there is none yet, and prints the path of its
# interpreter. The stand-in for a Qdrant server is built on the first of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.build/test-python
packages=(qdrant-client==1.20.0 jsonschema==4.26.0)

if ! "$environment/bin/python" -c 'import jsonschema, qdrant_client' 2>/dev/null; then
  echo "Installing ${packages[*]}" >&2
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
fi
echo "$PWD/$environment/bin/python"
