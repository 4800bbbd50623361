#!/usr/bin/env python3
"""Asks questions of manuals that Debian packages, and tells how many replies hold what was asked for.

    scripts/manual-questions.py [OPTION...] [CORPUS...]      all corpora of manual-questions/ by default
    scripts/manual-questions.py --compare FILE FILE          what changed between two runs kept with --json
    scripts/manual-questions.py --check                      whether every expected string stands in its page

    --keep FOLDER    keep the packages' files and the corpora there, so that another run fetches and embeds nothing
    --ingest FILE    the program; .build/release/ingest by default
    --json FILE      keep every reply, as one JSON array
    --kind KIND      only questions of this kind (how-to, what, default, why, compare, other, absent)

Packages are fetched with apt-get and unpacked, not installed. "Reply" counts replies that hold an expected string,
"first" those whose first sentence does, "found" questions whose eight best passages do; "refused" are questions
without a reply. For questions that the manual does not answer ("absent") refusals are what is right.
"""

import argparse
import html.parser
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SET = ROOT / "manual-questions"
KINDS = ["how-to", "what", "default", "why", "compare", "other"]
PASSAGES = 8


def plain(text):
    """Text for comparison: what readers may show in different ways is left out."""
    text = text.lower().replace("’", "'").replace("“", '"').replace("”", '"').replace("→", "->")
    return re.sub(r"[\s`*_>\\­‑]|¶", "", text)


def holds(text, answers):
    text = plain(text)
    return any(plain(answer) in text for answer in answers)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fetch(corpus, folder):
    """The folder of a corpus's files, fetched and unpacked where it is not there yet."""
    files = folder / corpus["_id"]
    if not files.exists():
        with tempfile.TemporaryDirectory() as work:
            run(["apt-get", "download", "-q", corpus["package"]], work)
            package = next(Path(work).glob("*.deb"))
            files.mkdir(parents=True)
            run(["dpkg-deb", "-x", str(package), str(files)], work)
    return files / corpus["folder"]


def run(command, folder=None):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"error: {' '.join(command)} ended with {result.returncode}: {result.stderr.strip()}")
    return result.stdout


def ask(options, question, database):
    """One reply and whether the best passages hold what was expected."""
    reply = json.loads(run([options.ingest, "ask", "--json", "--db", str(database), "--", question["text"]]))
    row = {**question, "reply": reply["answer"], "answered": reply["answered"], "confidence": reply["confidence"]}
    row["sources"] = [citation["source"].rsplit("/", 1)[-1] for citation in reply["citations"]]
    if question["kind"] != "absent":
        found = run([options.ingest, "search", "--json", "-k", str(PASSAGES), "--db", str(database), "--", question["text"]])
        # Footnotes stand behind each sentence.
        first = re.split(r"\s\[\d+\]", reply["answer"], maxsplit=1)[0]
        row["right"] = reply["answered"] and holds(re.sub(r"\s\[\d+\]", "", reply["answer"]), question["answers"])
        row["first"] = reply["answered"] and holds(first, question["answers"])
        row["found"] = any(holds(passage["text"], question["answers"]) for passage in json.loads(found)["passages"])
    return row


def measure(options, folder):
    corpora = [corpus for corpus in lines(SET / "corpora.jsonl") if corpus["_id"] in options.corpora or not options.corpora]
    questions = lines(SET / "questions.jsonl")
    rows = []
    for corpus in corpora:
        database = folder / f"{corpus['_id']}.db"
        files = fetch(corpus, folder)
        if not database.exists():
            left_out = [part for pattern in corpus.get("exclude", []) for part in ("--exclude", pattern)]
            print(run([options.ingest, "add", str(files), "--db", str(database), *left_out]).strip(), file=sys.stderr)
        asked = [question for question in questions if question["corpus"] == corpus["_id"]]
        asked = [question for question in asked if options.kind in (None, question["kind"])]
        with ThreadPoolExecutor(2) as pool:
            rows += pool.map(lambda question, database=database: ask(options, question, database), asked)
        print(f"{corpus['_id']}: {len(asked)} questions", file=sys.stderr)
    return rows


def report(rows):
    """Two tables: by kind, by corpus."""
    answerable = [row for row in rows if row["kind"] != "absent"]
    for name, key in (("kind", "kind"), ("corpus", "corpus")):
        print(f"| {name} | questions | reply | first | found | refused |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        values = KINDS if key == "kind" else sorted({row["corpus"] for row in rows})
        for value in [*values, None]:
            group = [row for row in answerable if value in (None, row[key])]
            if group:
                figures = [sum(row[figure] for row in group) for figure in ("right", "first", "found")]
                refused = sum(not row["answered"] for row in group)
                print(f"| {value or 'all'} | {len(group)} | {' | '.join(map(str, figures))} | {refused} |")
        print()
    absent = [row for row in rows if row["kind"] == "absent"]
    print(f"absent: {sum(not row['answered'] for row in absent)} of {len(absent)} refused")


def compare(first, second):
    """The questions whose reply is right in one run only, with both replies."""
    before = {row["_id"]: row for row in json.loads(first.read_text())}
    for row in json.loads(second.read_text()):
        old = before.get(row["_id"])
        if not old or old["reply"] == row["reply"]:
            continue
        if row["kind"] == "absent":
            change = "same" if old["answered"] == row["answered"] else "worse" if row["answered"] else "better"
        else:
            change = {0: "same", 1: "better", -1: "worse"}[row["right"] - old["right"]]
        print(f"{row['_id']} {change}: {row['text']}\n  before: {old['reply']}\n  after:  {row['reply']}")


class Text(html.parser.HTMLParser):
    """The text of a page."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def page_text(path):
    data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    text = data.decode("utf-8", "replace")
    if ".htm" in path.name:
        reader = Text()
        reader.feed(text)
        text = "".join(reader.parts)
    return text


def check(options, folder):
    """Prints each expected string that does not stand in one of its question's pages."""
    corpora = {corpus["_id"]: fetch(corpus, folder) for corpus in lines(SET / "corpora.jsonl")}
    wrong = 0
    for question in lines(SET / "questions.jsonl"):
        pages = [page_text(corpora[question["corpus"]] / page) for page in question.get("pages", [])]
        for answer in question.get("answers", []):
            if not any(holds(page, [answer]) for page in pages):
                wrong += 1
                print(f"{question['_id']}: {answer!r} does not stand in {question['pages']}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", metavar="CORPUS")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--ingest", default=str(ROOT / ".build/release/ingest"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--kind", choices=[*KINDS, "absent"])
    parser.add_argument("--compare", nargs=2, type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    # A busy machine shall give the same replies.
    os.environ.setdefault("RERANK_BUDGET", "60s")
    if options.compare:
        return compare(*options.compare)
    with tempfile.TemporaryDirectory() as work:
        folder = options.keep or Path(work)
        folder.mkdir(parents=True, exist_ok=True)
        if options.check:
            return check(options, folder)
        rows = measure(options, folder)
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    report(rows)


if __name__ == "__main__":
    main()
