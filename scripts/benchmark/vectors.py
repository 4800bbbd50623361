#!/usr/bin/env python3
"""Times dense search beside NumPy, FAISS, hnswlib and usearch, in interleaved rounds.

    scripts/benchmark/vectors.py [--count 100000] [--dimensions 384] [--data clustered|shifted|FILE.npy]
                                 [--rounds 5] [--queries 200] [--peers numpy,flat,binary,sq8,ivf,hnsw,usearch]
                                 [--batch] [--filters] [--corpus] [--instruction-set avx2]

Needs `swift build -c release --product Benchmark`, and a Python with numpy, faiss-cpu, hnswlib and usearch (they are
installed into .build/peers, or the environment that FOOTNOTE_PEERS names, if this one lacks them). A round asks every
contender all questions, one at a time; the median over questions and rounds counts. recall@10 is measured against
exact float32 search. Times of different runs should not be compared: memory speed differs between them.

The vectors are unit vectors of 20,000 clusters of power-law size in 64 dimensions, projected to the full number with
noise, the questions held-out points with more noise; `shifted` adds one common direction, so that all cosines are high;
a file holds real embeddings (rows of float32), of which the last are the questions.
"""

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ["numpy", "faiss-cpu", "hnswlib", "usearch"]
if any(importlib.util.find_spec(name.split("-")[0]) is None for name in PACKAGES):
    peers = Path(os.environ.get("FOOTNOTE_PEERS", ROOT / ".build/peers"))
    if not (peers / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", peers], check=True)
    if Path(sys.prefix).resolve() != peers.resolve():
        subprocess.run([peers / "bin/pip", "install", "--quiet", *PACKAGES], check=True)
        os.execv(peers / "bin/python", [peers / "bin/python", *sys.argv])
    sys.exit(f"{peers} lacks one of {', '.join(PACKAGES)}.")

THREADS = min(2, os.cpu_count() or 1)
os.environ.setdefault("OPENBLAS_NUM_THREADS", str(THREADS))
os.environ.setdefault("OMP_NUM_THREADS", str(THREADS))

import faiss
import hnswlib
import numpy as np

K = 10


def made(count, dimensions, questions, shift, seed=1):
    """Vectors and questions as the module's description says."""
    random = np.random.default_rng(seed)
    low, clusters = 64, 20_000
    centers = random.standard_normal((clusters, low), dtype=np.float32)
    centers /= np.linalg.norm(centers, axis=1, keepdims=True)
    weights = np.arange(1, clusters + 1) ** -0.8
    labels = random.choice(clusters, count + questions, p=weights / weights.sum())
    basis = np.linalg.qr(random.standard_normal((dimensions, low)))[0].astype(np.float32).T.copy()
    common = random.standard_normal(dimensions).astype(np.float32)
    common *= shift / np.linalg.norm(common)
    rows = np.empty((count + questions, dimensions), np.float32)
    for start in range(0, len(rows), 100_000):
        some = labels[start : start + 100_000]
        points = centers[some] + random.standard_normal((len(some), low), dtype=np.float32) * (0.6 / low**0.5)
        noise = random.standard_normal((len(some), dimensions), dtype=np.float32)
        rows[start : start + len(some)] = points @ basis + noise * (0.3 / dimensions**0.5) + common
    rows[count:] += random.standard_normal((questions, dimensions), dtype=np.float32) * (0.2 / dimensions**0.5)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows[:count], rows[count:]


class Ours:
    """The Benchmark program: a command a line, answers with times measured inside."""

    def __init__(self, vectors, questions, dimensions, instruction_set):
        command = [ROOT / ".build/release/Benchmark", "vectors", vectors, questions, str(dimensions)]
        self.process = subprocess.Popen(
            command + ([instruction_set] if instruction_set else []),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = json.loads(self.process.stdout.readline())
        self.built, self.memory = first["seconds"][0], first["memory"]

    def ask(self, **command):
        self.process.stdin.write(json.dumps({"limit": K, **command}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def single(self):
        reply = self.ask(run="single")
        return reply["seconds"], reply["rows"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Peer:
    """A contender in this process: `search` takes questions (rows) and gives the rows of the nearest."""

    def __init__(self, name, build, search):
        self.name = name
        before, start = resident(), time.perf_counter()
        self.index = build()
        self.built, self.memory = time.perf_counter() - start, resident() - before
        self.search = search

    def single(self, questions):
        seconds, rows = [], []
        for question in questions:
            start = time.perf_counter()
            found = self.search(self.index, question[None])
            seconds.append(time.perf_counter() - start)
            rows.append(np.asarray(found)[0].tolist())
        return seconds, rows


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def peers(names, base):
    count, dimensions = base.shape
    faiss.omp_set_num_threads(THREADS)

    def numpy_search(matrix, questions):
        scores = questions @ matrix.T
        best = np.argpartition(-scores, K, axis=1)[:, :K]
        return np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1), axis=1), 1)

    def added(index):
        index.add(base)
        return index

    def binary():
        index = faiss.IndexBinaryFlat(dimensions // 8 * 8)
        index.add(np.packbits(base[:, : dimensions // 8 * 8] >= 0, axis=1))
        return index

    def binary_search(index, questions):
        wanted = min(count, 256 if count <= 200_000 else 1024)
        bits = np.packbits(questions[:, : dimensions // 8 * 8] >= 0, axis=1)
        _, rows = index.search(bits, wanted)
        out = []
        for question, some in zip(questions, rows):
            scores = base[some] @ question
            out.append(some[np.argsort(-scores)[:K]])
        return out

    def sq8():
        index = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        index.train(base[: min(count, 100_000)])
        return added(index)

    def ivf():
        index = faiss.index_factory(
            dimensions, f"IVF{int(4 * count**0.5)},PQ{dimensions // 4}x4fs,RFlat", faiss.METRIC_INNER_PRODUCT)
        index.train(base[: min(count, 100_000)])
        index.add(base)
        index.nprobe, index.k_factor_rf.k_factor = 64, 16
        return index

    def hnsw():
        index = hnswlib.Index("ip", dimensions)
        index.init_index(count, ef_construction=200, M=16)
        index.set_num_threads(THREADS)
        index.add_items(base)
        index.set_ef(200)
        return index

    def usearch():
        from usearch.index import Index

        index = Index(ndim=dimensions, metric="ip", dtype="f16", expansion_search=200)
        index.add(np.arange(count), base, threads=THREADS)
        return index

    faiss_search = lambda index, questions: index.search(questions, K)[1]
    known = {
        "numpy": ("NumPy, exact", lambda: base, numpy_search),
        "flat": ("FAISS Flat, exact", lambda: added(faiss.IndexFlatIP(dimensions)), faiss_search),
        "binary": ("FAISS binary + float32", binary, binary_search),
        "sq8": ("FAISS SQ8", sq8, faiss_search),
        "ivf": ("FAISS IVF,PQ fast-scan,refine", ivf, faiss_search),
        "hnsw": ("hnswlib", hnsw, lambda index, questions: index.knn_query(questions, K)[0]),
        "usearch": ("usearch f16", usearch, lambda index, questions: [index.search(questions[0], K).keys]),
    }
    return [Peer(*known[name]) for name in names]


def truth(base, questions):
    best = []
    for start in range(0, len(questions), 50):
        scores = questions[start : start + 50] @ base.T
        some = np.argpartition(-scores, K, axis=1)[:, :K]
        best += [set(row.tolist()) for row in some]
    return best


def recall(rows, expected):
    return sum(len(set(found) & best) for found, best in zip(rows, expected)) / (K * len(expected))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", default="clustered")
    parser.add_argument("--peers", default="numpy,flat,binary")
    parser.add_argument("--instruction-set")
    for flag in ["--batch", "--filters", "--corpus"]:
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()

    if options.data in ("clustered", "shifted"):
        shift = 1.0 if options.data == "shifted" else 0
        base, questions = made(options.count, options.dimensions, options.queries, shift)
    else:
        rows = np.load(options.data).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        base = np.ascontiguousarray(rows[: -options.queries][: options.count])
        questions = np.ascontiguousarray(rows[-options.queries :])
    count, dimensions = base.shape
    print(f"{count:,} x {dimensions}, {options.data}; {len(questions)} questions, {THREADS} threads, k = {K}")

    with tempfile.TemporaryDirectory() as folder:
        vectors, asked = Path(folder) / "vectors", Path(folder) / "questions"
        base.tofile(vectors)
        questions.tofile(asked)
        ours = Ours(vectors, asked, dimensions, options.instruction_set)
        expected = truth(base, questions)
        others = peers([name for name in options.peers.split(",") if name], base)

        seconds = {"Footnote": []} | {peer.name: [] for peer in others}
        found = {}
        for _ in range(options.rounds):
            times, found["Footnote"] = ours.single()
            seconds["Footnote"] += times
            for peer in others:
                times, found[peer.name] = peer.single(questions)
                seconds[peer.name] += times
        built = {"Footnote": ours.built} | {peer.name: peer.built for peer in others}
        memory = {"Footnote": ours.memory} | {peer.name: peer.memory for peer in others}
        mine = statistics.median(seconds["Footnote"])
        print(f"{'':32}{'p50 ms':>9}{'p95 ms':>9}{'recall@10':>11}{'ratio':>8}{'build s':>9}{'MiB':>7}")
        for name, times in seconds.items():
            middle = statistics.median(times)
            print(
                f"{name:32}{middle * 1e3:9.3f}{np.quantile(times, 0.95) * 1e3:9.3f}"
                f"{recall(found[name], expected):11.4f}{middle / mine:8.2f}{built[name]:9.1f}"
                f"{memory[name] / 2**20:7.0f}")

        if options.batch:
            rates = []
            for _ in range(options.rounds):
                reply = ours.ask(run="batch", size=64)
                rates += [64 / batch for batch in reply["seconds"]]
            right = recall(reply["rows"], expected[: len(reply["rows"])])
            print(f"batches of 64: Footnote {statistics.median(rates):,.0f} questions/s, recall@10 {right:.4f}")
            for peer in others:
                rates = []
                for start in range(0, len(questions) - 63, 64):
                    begun = time.perf_counter()
                    peer.search(peer.index, questions[start : start + 64])
                    rates.append(64 / (time.perf_counter() - begun))
                if rates:
                    print(f"batches of 64: {peer.name} {statistics.median(rates):,.0f} questions/s")
        if options.filters:
            for keep in [0.5, 0.01, 0.0001]:
                reply = ours.ask(run="filter", keep=keep)
                print(
                    f"filter that keeps {reply['kept']:,} rows ({keep:.2%}): "
                    f"{statistics.median(reply['seconds']) * 1e3:.3f} ms")
            reply = ours.ask(run="add")
            print(
                f"one row added and found: {reply['seconds'][0] * 1e3:.3f} ms "
                f"({'found' if reply['rows'][0] == [count] else 'NOT FOUND'})")
        ours.close()

        if options.corpus:
            program = ROOT / ".build/release/Benchmark"
            corpus = Path(folder) / "corpus.db"
            steps = [["fill", str(count)], ["open", "full"], ["open", "full"], ["open", "compact"]]
            for step, argument in steps:
                command = [program, "corpus", step, corpus, vectors, str(dimensions), argument]
                print("corpus", step, argument, subprocess.run(command, capture_output=True, text=True).stdout.strip())
            print(f"corpus file: {corpus.stat().st_size / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main()
