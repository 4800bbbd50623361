#!/usr/bin/env bash
# Compares Footnote's hot paths with other libraries in one interleaved run and prints the ratios.
#
#   scripts/benchmark.sh encoder [MODEL_DIRECTORY]
#   scripts/benchmark.sh lexical
#   scripts/benchmark.sh server [OPTIONS OF scripts/benchmark/server.py]
#   scripts/benchmark.sh vectors [OPTIONS OF scripts/benchmark/vectors.py]
#   scripts/benchmark.sh ingest [MODEL_DIRECTORY]
#   scripts/benchmark.sh servers [OPTIONS OF scripts/benchmark/servers.py]
#   scripts/benchmark.sh qdrant [OPTIONS OF scripts/benchmark/qdrant.py]
#   scripts/benchmark.sh scale [OPTIONS OF scripts/benchmark/scale.py]
#
# The peers go into a throw-away environment, .build/peers (or the one that FOOTNOTE_PEERS names).
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

cd "$(dirname "$0")/.."

peers="${FOOTNOTE_PEERS:-.build/peers}"
default_model="${FOOTNOTE_MODEL_DIR:-$HOME/.cache/footnote/models/all-MiniLM-L6-v2}"

install_peers() {
  [ -x "$peers/bin/python" ] || python3 -m venv "$peers"
  "$peers/bin/python" - "$@" <<'PYTHON' || "$peers/bin/pip" install --quiet "$@"
import importlib.util, sys
names = [name.replace("-", "_") for name in sys.argv[1:]]
sys.exit(any(importlib.util.find_spec(name) is None for name in names))
PYTHON
}

case "${1:-}" in
  encoder)
    model="${2:-$default_model}"
    install_peers sentence-transformers onnxruntime onnx openvino
    swift build -c release --product Benchmark
    HF_HUB_OFFLINE=1 PYTHONWARNINGS=ignore "$peers/bin/python" scripts/benchmark/encoder.py "$model"
    ;;
  lexical)
    install_peers bm25s numba tantivy
    swift build -c release --product Benchmark
    "$peers/bin/python" scripts/benchmark/lexical.py .build/release/Benchmark
    ;;
  vectors)
    install_peers numpy faiss-cpu hnswlib usearch
    swift build -c release --product Benchmark
    "$peers/bin/python" scripts/benchmark/vectors.py "${@:2}"
    ;;
  ingest)
    model="${2:-$default_model}"
    install_peers sentence-transformers faiss-cpu
    swift build -c release --product ingest
    swift build -c release --product Benchmark
    HF_HUB_OFFLINE=1 PYTHONWARNINGS=ignore "$peers/bin/python" scripts/benchmark/ingest.py "$model"
    ;;
  scale)
    install_peers numpy
    swift build -c release --product ragserver
    swift build -c release --product ingest
    "$peers/bin/python" scripts/benchmark/scale.py "${@:2}"
    ;;
  server)
    command -v wrk >/dev/null || scripts/install-packages.sh wrk
    install_peers fastapi uvicorn sentence-transformers numpy
    swift build -c release --product ragserver
    swift build -c release --product ingest
    "$peers/bin/python" scripts/benchmark/server.py .build/release/ragserver .build/release/ingest \
      "$peers/bin/python" "${@:2}"
    ;;
  servers)
    scripts/install-packages.sh wrk nginx-light postgresql
    swift build -c release --product ragserver
    swift build -c release --product ingest
    python3 scripts/benchmark/servers.py .build/release/ragserver .build/release/ingest "${@:2}"
    ;;
  qdrant)
    swift build -c release --product ingest
    python3 scripts/benchmark/qdrant.py .build/release/ingest "$(scripts/python-peer.sh qdrant)" "${@:2}"
    ;;
  *)
    echo "Usage: scripts/benchmark.sh encoder|ingest [MODEL_DIRECTORY] | lexical |" \
      "vectors|scale|server|servers|qdrant [OPTIONS]" >&2
    exit 64
    ;;
esac
