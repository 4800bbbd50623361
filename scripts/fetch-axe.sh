#!/usr/bin/env bash
# Fetches axe-core (MPL-2.0), with which tests look for barriers in the pages, from the Python package that contains
# it, and prints the path of axe.min.js: $FOOTNOTE_AXE, or a file below ~/.cache/footnote.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

package=axe-playwright-python==0.1.8
checksum=fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8
target=${FOOTNOTE_AXE:-${HOME:?HOME is not set; set FOOTNOTE_AXE}/.cache/footnote/axe-0.1.8.min.js}

if [[ ! -s $target ]]; then
  mkdir -p "$(dirname "$target")"
  work=$(mktemp -d "$(dirname "$target")/.fetch-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --dest "$work" "$package" >&2
  wheels=("$work"/*.whl)
  found=$(sha256sum "${wheels[0]}" | cut -d' ' -f1)
  if [[ $found != "$checksum" ]]; then
    echo "error: The package's SHA-256 is $found and should be $checksum: it is not used." >&2
    exit 1
  fi
  unzip -q -p "${wheels[0]}" axe_playwright_python/axe.min.js >"$work/axe.min.js"
  mv "$work/axe.min.js" "$target"
fi
printf '%s\n' "$target"
