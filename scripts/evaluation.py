#!/usr/bin/env python3
"""Measures labelled sets with `ingest eval` and writes the tables of docs/evaluation in Markdown.

    scripts/evaluation.py ranking SET...     each leg, hybrid and, where RERANK_PROVIDER is set, reranked
    scripts/evaluation.py refusals SET...    answers, and refusals of questions of the other sets
    scripts/evaluation.py passages SET...    with merging and near duplicates left out, and without

    --keep FOLDER    keep the corpora there as SET.db, so that another run embeds nothing
    --limit N        answer so many questions of a set at most (refusals; 500)
    --strangers N    ask so many questions of each other set (refusals; 25)
    --ingest FILE    the program; .build/release/ingest by default

A set is a folder in BEIR's layout. What a technique gives and costs is told by `ingest eval ablation SET...`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNANSWERABLE = "queries-unanswerable.jsonl"


def evaluate(options, folder, name, *arguments):
    """The JSON of one run of `ingest eval`; its messages go to standard error."""
    command = [options.ingest, "eval", str(folder), "--json", *arguments]
    if options.keep:
        command += ["--db", str(options.keep / f"{name}.db")]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {result.returncode}")
    return json.loads(result.stdout)


def table(head, rows):
    """Prints a table; all columns but the first are numbers."""
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def ranking(options):
    modes = ["dense", "lexical", "hybrid"]
    if os.environ.get("RERANK_PROVIDER", "none") != "none":
        modes.append("reranked")
    names = ["BM25" if mode == "lexical" else mode for mode in modes]

    def rows():
        for folder in options.sets:
            found = evaluate(options, folder, folder.name, "--compare", "hybrid", "dense")
            measured = found["modes"]
            yield [
                found["set"], f"{found['documents']:,}", f"{found['queries']:,}",
                *(f"{measured[mode]['ndcg@10']:.3f} ±{half(measured[mode]['ndcg@10_interval']):.3f}" for mode in modes),
                *(f"{measured[mode]['p50_ms']:.1f}" for mode in modes),
            ]

    table(["set", "documents", "queries", *names, *(f"{name}, ms" for name in names)], rows())


def half(interval):
    return (interval[1] - interval[0]) / 2


def refusals(options):
    questions = {folder: lines(folder / "queries.jsonl") for folder in options.sets}

    def rows():
        for folder in options.sets:
            strange = [
                {"_id": f"{other.name}-{query['_id']}", "text": query["text"]}
                for other in options.sets if other != folder
                for query in evenly(questions[other], options.strangers)
            ]
            with tempfile.TemporaryDirectory() as place:
                own = Path(place) / folder.name
                own.mkdir()
                for name in ("corpus.jsonl", "queries.jsonl", "qrels"):
                    (own / name).symlink_to(folder.resolve() / name)
                asked = [q for q in questions[folder] if not q.get("answers")]
                if len(asked) == len(questions[folder]):
                    # Without gold answers any reply counts as one; only refusals are looked at.
                    (own / "queries.jsonl").unlink()
                    write(own / "queries.jsonl", [{**q, "answers": ["?"]} for q in asked])
                write(own / UNANSWERABLE, strange)
                found = evaluate(
                    options, own, folder.name, "--mode", "lexical", "--answers", "--limit", str(options.limit))
            answers = found["answers"]
            has_gold = len(asked) < len(questions[folder])
            yield [
                found["set"], f"{answers['questions']:,}", f"{100 * answers['refused_answerable']:.1f} %",
                f"{answers['refusal_recall']:.2f}", f"{answers['refusal_precision']:.2f}",
                *(f"{answers[key]:.2f}" if has_gold else "" for key in ("contained", "citation_precision")),
                f"{answers['words']:.0f}", f"{answers['constant_contained']:.2f}" if has_gold else "",
            ]

    table(
        ["set", "questions", "refused of the answerable", "recall on other sets", "precision",
         "gold in the reply", "gold in the cited range", "words", "gold in a constant reply"], rows())


def passages(options):
    def rows():
        off = "hybrid,MERGE_PASSAGES=off,NEAR_DUPLICATES=off"
        for folder in options.sets:
            found = evaluate(options, folder, folder.name, "--mode", "hybrid", "--compare", "hybrid", off)
            modes = found["modes"]
            yield [
                found["set"], f"{modes[off]['ndcg@10']:.4f}", f"{modes['hybrid']['ndcg@10']:.4f}",
                f"{modes[off]['p50_ms']:.2f}", f"{modes['hybrid']['p50_ms']:.2f}",
                f"{found['comparison']['p']:.3f}",
            ]

    table(["set", "nDCG@10 off", "on", "ms off", "on", "p"], rows())


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def evenly(rows, count):
    return rows if len(rows) <= count else [rows[index * len(rows) // count] for index in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = {"ranking": ranking, "refusals": refusals, "passages": passages}
    parser.add_argument("table", choices=kinds)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--strangers", type=int, default=25)
    parser.add_argument("--ingest", default=str(ROOT / ".build/release/ingest"))
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    kinds[options.table](options)


if __name__ == "__main__":
    main()
