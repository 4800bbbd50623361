#!/usr/bin/env bash
# Kills `ingest add` with SIGKILL at random moments and checks each time that the corpus opens, is whole and answers,
# and that the next run completes it without embedding anything twice.
#
#   scripts/kill-test.sh [RUNS] [INGEST]     50 runs of .build/release/ingest by default
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."

runs=${1:-50}
if [[ ! $runs =~ ^[0-9]+$ ]]; then
  sed -n '2,/^set /s/^# \{0,1\}//p' "scripts/kill-test.sh"
  exit 64
fi
ingest=${2:-.build/release/ingest}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export FOOTNOTE_DB=$work/kill.db

# The chapters several times over, each copy's paragraphs marked so that all texts differ.
mkdir "$work/docs"
for copy in 1 2 3 4; do
  for chapter in corpus/*.md; do
    sed "s/^\([A-Z].*\)/\1 (Copy $copy.)/" "$chapter" >"$work/docs/$copy-$(basename "$chapter")"
  done
done

field() { python3 -c 'import json, sys; value = json.load(sys.stdin)
for key in sys.argv[1].split("."): value = value[key]
print(value)' "$1"; }
fail() { echo "FAILED in run $run: $1" >&2; exit 1; }

killed=0
completed=0
for ((run = 1; run <= runs; run++)); do
  "$ingest" add "$work/docs" >/dev/null 2>&1 &
  process=$!
  sleep "$(python3 -c 'import random; print(random.uniform(0.02, 2.5))')"
  if kill -KILL "$process" 2>/dev/null; then killed=$((killed + 1)); fi
  wait "$process" 2>/dev/null || true
  [[ -s $FOOTNOTE_DB ]] || continue
  # A run killed in its first moments may have made a file that holds no corpus yet; the next one goes on with it.
  if ! "$ingest" status >/dev/null 2>"$work/error"; then
    "$ingest" add "$work/docs" --dry-run >/dev/null 2>&1 || true
    [[ $(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA user_version").fetchone()[0])' "$FOOTNOTE_DB") == 0 ]] ||
      fail "the corpus does not open: $(cat "$work/error")"
    continue
  fi
  result=$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()[0])' "$FOOTNOTE_DB")
  [[ $result == ok ]] || fail "integrity_check says: $result"
  "$ingest" ask "What is humanoid robotics?" >/dev/null || fail "it does not answer"

  # Every few kills the corpus is completed and begun afresh.
  if ((run % 5 == 0)); then
    before=$("$ingest" status --json | field embeddings)
    embedded=$("$ingest" add "$work/docs" --json 2>/dev/null | field embedded)
    after=$("$ingest" status --json | field embeddings)
    [[ $((before + embedded)) -eq $after ]] || fail "$before vectors and $embedded embedded make $after: something was embedded twice"
    again=$("$ingest" add "$work/docs" --json 2>/dev/null | field embedded)
    [[ $again -eq 0 ]] || fail "a complete corpus embeds $again texts again"
    "$ingest" doctor >/dev/null || fail "the doctor finds something"
    echo "run $run: $before vectors survived, $embedded embedded, $after in all"
    completed=$((completed + 1))
    rm -f "$FOOTNOTE_DB"*
  fi
done
echo "$runs runs, $killed killed, completed $completed times: nothing lost, nothing embedded twice"
