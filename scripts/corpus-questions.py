#!/usr/bin/env python3
"""Cuts the sample book into BEIR rows and checks the questions that belong to it.

    scripts/corpus-questions.py            write corpus-questions/corpus.jsonl, then check
    scripts/corpus-questions.py --check    write nothing; a stale corpus.jsonl is a finding

One row is one `##` section of a chapter; what stands before a chapter's first section is a row
of its own. Exit 0 when every finding list is empty, 1 with one finding a line on standard error.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "corpus"
SET = ROOT / "corpus-questions"
MARKUP = re.compile(r"[`|\n]|\*(?=\S)|(?<=\S)\*|\]\(")  # what a rendered page would not show


def slug(heading):
    """The anchor a Markdown viewer gives a heading: lower case, hyphens, no punctuation."""
    kept = [c for c in heading.strip().lower() if c in " -_" or unicodedata.category(c)[0] in "LN"]
    return "".join(kept).replace(" ", "-")


def rows_of(path):
    """Yields the rows of one chapter in reading order; fenced code is never taken for a heading."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines and lines[0] == "---":
        lines = lines[lines.index("---", 1) + 1:]
    chapter, section, body, fenced, seen = None, None, [], False, {}

    def row():
        text = "\n".join(body).strip()
        if not text:
            return None
        if section is None:
            return {"_id": path.stem, "title": chapter, "text": text}
        anchor = slug(section)
        seen[anchor] = seen.get(anchor, -1) + 1
        if seen[anchor]:
            anchor += f"-{seen[anchor]}"
        return {"_id": f"{path.stem}#{anchor}", "title": f"{chapter} > {section}", "text": text}

    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
        if not fenced and line.startswith("# "):
            chapter = line[2:].strip()
        elif not fenced and line.startswith("## "):
            yield row()
            section, body = line[3:].strip(), []
        else:
            body.append(line)
    yield row()


def read_jsonl(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_qrels(path):
    """Relevant sections of each question: {query id: [section id]}; rows scored 0 are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split("\t") != ["query-id", "corpus-id", "score"]:
        raise SystemExit(f"{path}: the first line must be query-id, corpus-id, score between tabs")
    relevant = {}
    for number, line in enumerate(lines[1:], start=2):
        fields = line.split("\t")
        if len(fields) != 3 or not fields[2].isdigit():
            raise SystemExit(f"{path}:{number}: expected id, id and a number between tabs: {line!r}")
        if int(fields[2]):
            relevant.setdefault(fields[0], []).append(fields[1])
    return relevant


def findings(sections, queries, unanswerable, relevant):
    ids = [q["_id"] for q in queries + unanswerable]
    texts = [q["text"].casefold() for q in queries + unanswerable]
    for value in sorted({v for v in ids if ids.count(v) > 1}):
        yield f"{value}: used for more than one question"
    for value in sorted({v for v in texts if texts.count(v) > 1}):
        yield f"asked twice: {value}"
    for query in sorted(relevant.keys() - {q["_id"] for q in queries}):
        yield f"{query}: judged in qrels/ but not among the answerable questions"
    for query in queries:
        name, answers = query["_id"], query.get("answers", [])
        known = [s for s in relevant.get(name, []) if s in sections]
        for section in relevant.get(name, []):
            if section not in sections:
                yield f"{name}: no section has the id {section}"
        if not known:
            yield f"{name}: no relevant section"
        if not answers:
            yield f"{name}: no answer"
        for answer in answers:
            if MARKUP.search(answer):
                yield f"{name}: the answer holds Markdown or a line break: {answer!r}"
            if not any(answer in sections[s] for s in known):
                yield f"{name}: not in {', '.join(known) or 'any section'}: {answer!r}"
        for section in known:
            if not any(answer in sections[section] for answer in answers):
                yield f"{name}: {section} is judged relevant and holds none of the answers"


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 64
    rows = [r for path in sorted(CHAPTERS.glob("*.md")) for r in rows_of(path) if r]
    written = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    target, problems = SET / "corpus.jsonl", []
    if not arguments:
        target.write_text(written, encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != written:
        problems.append(f"{target.name} is not what the chapters give: run {Path(__file__).name}")

    queries = read_jsonl(SET / "queries.jsonl")
    unanswerable = read_jsonl(SET / "queries-unanswerable.jsonl")
    relevant = {}
    for split in ("test", "paraphrased"):
        relevant |= read_qrels(SET / "qrels" / f"{split}.tsv")
    sections = {r["_id"]: r["text"] for r in rows}
    problems += findings(sections, queries, unanswerable, relevant)
    for problem in problems:
        print(problem, file=sys.stderr)
    chapters = {s.split("#")[0] for found in relevant.values() for s in found}
    print(f"{len(rows)} sections, {len(queries)} questions over {len(chapters)} chapters, "
          f"{len(unanswerable)} unanswerable, {len(problems)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
