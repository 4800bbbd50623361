#!/usr/bin/env python3
"""Compares lexical search with FTS5, bm25s and Tantivy on the same passages and questions.

usage: lexical.py BENCHMARK [--passages N] [--questions N] [--rounds N] [--real DIR]

BENCHMARK is our benchmark executable (swift build -c release --product Benchmark). The interpreter needs bm25s, numba
and tantivy from PyPI. Without --real the passages are synthetic: about 140 words each from a vocabulary whose
frequencies follow Zipf's law, the questions 3 to 8 words of one passage, drawn evenly over its different words.
--real takes passages and questions from a folder in BEIR layout, repeated until there are enough passages. All run
in turn, round by round; the times are for one thread, text in, the ten best out.
"""

import argparse
import json
import random
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import bm25s
import numpy
import tantivy

WORD = re.compile(r"\w+")


def synthetic(passages, questions):
    rng = numpy.random.default_rng(1)
    vocabulary = 200_000
    weights = 1 / numpy.arange(1, vocabulary + 1) ** 1.07
    weights /= weights.sum()
    texts = []
    for length in rng.poisson(140, passages):
        words = rng.choice(vocabulary, size=length, p=weights)
        texts.append(" ".join(f"w{word}" for word in words))
    chooser = random.Random(2)
    asked = []
    for _ in range(questions):
        # The hundred commonest words are this language's stop words.
        words = sorted({w for w in chooser.choice(texts).split() if int(w[1:]) >= 100})
        asked.append(" ".join(chooser.sample(words, min(len(words), chooser.randint(3, 8)))))
    return texts, asked


def real(folder, passages, questions):
    def texts(name):
        with open(Path(folder) / name) as file:
            return [json.loads(line) for line in file]

    corpus = [(r.get("title", "") + " " + r["text"]).strip() for r in texts("corpus.jsonl")]
    corpus = [corpus[i % len(corpus)] for i in range(passages)]
    return corpus, [r["text"] for r in texts("queries.jsonl")][:questions]


class FTS5:
    name = "SQLite FTS5"

    def __init__(self, texts):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61')")
        self.db.executemany("INSERT INTO t VALUES (?)", ((text,) for text in texts))

    def search(self, question):
        match = " OR ".join(f'"{word}"' for word in WORD.findall(question))
        return self.db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()


class BM25S:
    name = "bm25s (numba)"

    def __init__(self, texts):
        self.index = bm25s.BM25(backend="numba")
        self.index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
        self.known = self.index.vocab_dict

    def search(self, question):
        words = [word for word in WORD.findall(question.lower()) if word in self.known]
        return self.index.retrieve([words], k=10, show_progress=False, n_threads=1) if words else []


class Tantivy:
    name = "Tantivy"

    def __init__(self, texts):
        schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="en_stem").build()
        self.index = tantivy.Index(schema)
        writer = self.index.writer(200_000_000, 1)
        for text in texts:
            writer.add_document(tantivy.Document(text=[text]))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, question):
        query = self.index.parse_query(" ".join(WORD.findall(question)), ["text"])
        return self.searcher.search(query, 10).hits


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--real")
    options = parser.parse_args()
    if options.real:
        texts, asked = real(options.real, options.passages, options.questions)
    else:
        texts, asked = synthetic(options.passages, options.questions)

    peers, build = [], {}
    for peer in (FTS5, BM25S, Tantivy):
        start = time.perf_counter()
        peers.append(peer(texts))
        build[peer.name] = time.perf_counter() - start
    times = {peer.name: [] for peer in peers}
    ours = []
    with tempfile.TemporaryDirectory() as folder:
        passages, questions = Path(folder) / "passages.jsonl", Path(folder) / "questions.jsonl"
        for path, lines in ((passages, texts), (questions, asked)):
            path.write_text("".join(json.dumps({"_id": str(i), "text": t}) + "\n" for i, t in enumerate(lines)))
        program = subprocess.Popen(
            [options.benchmark, "lexical", passages, questions], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        report = json.loads(program.stdout.readline())
        for _ in range(options.rounds):
            program.stdin.write("again\n")
            program.stdin.flush()
            ours += json.loads(program.stdout.readline())
            for peer in peers:
                # FTS5 is slow enough for a part of the questions.
                for question in asked[:20] if peer.name == FTS5.name else asked:
                    start = time.perf_counter()
                    peer.search(question)
                    times[peer.name].append((time.perf_counter() - start) * 1e6)
        program.stdin.close()
        program.wait()

    mine = statistics.median(ours)
    print(f"{len(texts)} passages, {len(asked)} questions, {options.rounds} rounds, one thread")
    print(f"{'':16}{'median ms':>12}{'p95 ms':>10}{'ratio':>8}{'build s':>10}")
    rows = [("Footnote", ours, report["buildSeconds"])]
    rows += [(peer.name, times[peer.name], build[peer.name]) for peer in peers]
    for name, values, seconds in rows:
        high = sorted(values)[int(len(values) * 0.95)]
        middle = statistics.median(values)
        print(f"{name:16}{middle / 1e3:12.3f}{high / 1e3:10.3f}{middle / mine:8.1f}{seconds:10.1f}")
    print(f"Footnote's index: {report['bytes'] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
