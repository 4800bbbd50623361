#!/usr/bin/env bash
# Runs every test and ends with a line of counts: "N passed, N failed". Arguments go to `swift test`, such as
# `--filter SQLiteTests`. The exit status is 0 only where all tests passed and at least one ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# //p' scripts/test.sh
  exit 0
fi

scripts/install-packages.sh git zip python3-venv postgresql redis-server chromium chromium-driver fonts-noto-core nginx-light
FOOTNOTE_MODEL_DIR=$(scripts/fetch-model.sh)
export FOOTNOTE_MODEL_DIR
FOOTNOTE_OPENAI_PYTHON=$(scripts/python-peer.sh openai)
export FOOTNOTE_OPENAI_PYTHON
FOOTNOTE_MCP_PYTHON=$(scripts/python-peer.sh mcp)
export FOOTNOTE_MCP_PYTHON
FOOTNOTE_CHATKIT_PYTHON=$(scripts/python-peer.sh chatkit)
export FOOTNOTE_CHATKIT_PYTHON
QDRANT_TEST_PYTHON=$(scripts/python-peer.sh qdrant)
export QDRANT_TEST_PYTHON
FOOTNOTE_AXE=$(scripts/fetch-axe.sh)
export FOOTNOTE_AXE

swift build --build-tests

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# A test that hangs shall fail here, with the log of what ran, and not at the end of someone's patience.
# One test at a time: many drive servers and processes, and on two cores they would starve each other.
timeout --kill-after=10 30m swift test --skip-build --no-parallel "$@" 2>&1 | tee "$log" || status=$?

# Lines such as: ✔ Test "name" passed after 0.1 seconds.  ✘ Test name() with 3 test cases failed after …
count() { grep -vE 'Test run with [0-9]+ tests?' "$log" | grep -cE "$1" || true; }
passed=$(count '^(✔|━) Test .+ passed after [0-9.]+ seconds')
failed=$(count '^✘ Test .+ failed after [0-9.]+ seconds')
skipped=$(count '^➜ Test .+ skipped')

if [[ $status -ne 0 ]] && ! grep -qE '^(✔|✘) Test run with' "$log"; then
  echo "error: 'swift test' ended with status $status before its tests had: one crashed or hung." >&2
  failed=$((failed + 1))
elif [[ $status -ne 0 && $failed -eq 0 ]]; then
  echo "error: 'swift test' ended with status $status, though no test says that it failed." >&2
  failed=1
elif [[ $passed -eq 0 && $failed -eq 0 ]]; then
  echo "error: No test ran." >&2
  status=1
fi
# Once more at the end, where they are found: the issues of a long log, a line each.
grep -E '^✘ .+ recorded an issue' "$log" | cut -c 1-400 | head -n 100 || true
[[ $skipped -eq 0 ]] && echo "$passed passed, $failed failed" ||
  echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
