#!/usr/bin/env bash
# Installs the Debian packages that building and running Footnote needs, and any named as arguments; does nothing
# where all of them are there.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

packages=(
  libcurl4-openssl-dev libsqlite3-dev libopenblas-dev libxml2-dev libarchive-dev
  libcmark-gfm-dev libcmark-gfm-extensions-dev libmicrohttpd-dev libssl-dev
  libpq-dev libhiredis-dev
  poppler-utils pkg-config python3-pip python3-venv unzip ca-certificates
  "$@"
)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "error: This script installs packages of Debian 12, and there is no apt-get here." >&2
  echo "Install what corresponds to: ${packages[*]}" >&2
  exit 1
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "error: Packages are missing, and installing them takes root or sudo. Run as root:" >&2
    echo "  apt-get update && apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# What apt-get says is of interest only when it fails.
apt() {
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    echo "error: 'apt-get $*' failed; its output is above." >&2
    exit 1
  fi
}
apt update
apt install -y --no-install-recommends "${missing[@]}"
