#!/usr/bin/env python3
"""Times `ingest add` over generated Markdown files, with how much of it is embedding, beside a plain Python pipeline.

    scripts/benchmark/ingest.py MODEL_DIRECTORY [--documents 120] [--rounds 3]

The peer reads the same files, cuts them into pieces of about 200 tokens at paragraphs, embeds them with
sentence-transformers and keeps texts in SQLite and vectors in FAISS: what a person would write. `embed` is our own
encoder alone over the texts of our chunks: the rest of ingest's time is reading, cutting, indexing and writing.
Needs the release builds of `ingest` and `Benchmark`, and sentence-transformers and faiss-cpu.
"""

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import faiss
import torch
from sentence_transformers import SentenceTransformer

from processes import memory as resident

ROOT = Path(__file__).resolve().parent.parent.parent
RELEASE = ROOT / ".build/release"
THREADS = min(2, os.cpu_count() or 1)
torch.set_num_threads(THREADS)
WORDS = (
    "robot balance gait actuator sensor torque kinematics dynamics vision language model policy reward simulator "
    "controller manipulation perception safety standard ethics learning network battery motor gear drive ankle hip"
).split()
JOINTS = "the of and a to in is for with that on as by it from this at are".split()


def documents(folder, count):
    source = random.Random(7)

    def sentence():
        words = [source.choice(WORDS if source.random() < 0.6 else JOINTS) for _ in range(source.randint(8, 22))]
        return " ".join(words).capitalize() + "."

    for number in range(count):
        parts = [f"# Document {number}"]
        for section in range(4):
            parts.append(f"## Section {section} on {source.choice(WORDS)} {number}")
            parts += [" ".join(sentence() for _ in range(source.randint(4, 9))) for _ in range(3)]
        (folder / f"{number:05}.md").write_text("\n\n".join(parts) + "\n")


def ours(folder, corpus, model):
    """Seconds, and the most memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [RELEASE / "ingest", "add", folder, "--db", corpus, "--model", model], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, resident(process.pid, "VmHWM"))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit("ingest add failed")
    return time.perf_counter() - start, most


def embedding(texts, model):
    process = subprocess.Popen(
        [RELEASE / "Benchmark", "encoder", model, "int8"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    seconds = 0.0
    for start in range(0, len(texts), 128):
        process.stdin.write(json.dumps(texts[start : start + 128]) + "\n")
        process.stdin.flush()
        seconds += float(process.stdout.readline().split()[0])
    process.stdin.close()
    process.wait()
    return seconds


def peer(folder, corpus, reference):
    start = time.perf_counter()
    database = sqlite3.connect(corpus)
    database.execute("CREATE TABLE chunks (document TEXT, text TEXT)")
    index = faiss.IndexFlatIP(384)
    pieces = []
    for path in sorted(folder.glob("*.md")):
        piece = ""
        for paragraph in path.read_text().split("\n\n"):
            if piece and len((piece + paragraph).split()) > 150:
                pieces.append((path.name, piece))
                piece = ""
            piece += paragraph + "\n\n"
        pieces.append((path.name, piece))
    for first in range(0, len(pieces), 256):
        some = pieces[first : first + 256]
        index.add(reference.encode([text for _, text in some], batch_size=32, normalize_embeddings=True))
        database.executemany("INSERT INTO chunks VALUES (?, ?)", some)
        database.commit()
    return time.perf_counter() - start, len(pieces)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("--documents", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    reference = SentenceTransformer(options.model, device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "documents"
        folder.mkdir()
        documents(folder, options.documents)
        times, encoder, peers, memory, chunks, pieces = [], [], [], [], 0, 0
        for number in range(options.rounds):
            corpus = Path(scratch) / f"{number}.db"
            seconds, resident = ours(folder, corpus, options.model)
            times.append(seconds)
            memory.append(resident)
            with sqlite3.connect(corpus) as database:
                texts = [header + text for header, text in database.execute("SELECT header, text FROM chunks")]
            chunks = len(texts)
            encoder.append(embedding(texts, options.model))
            seconds, pieces = peer(folder, Path(scratch) / f"peer-{number}.db", reference)
            peers.append(seconds)
        mine, alone, other = (statistics.median(values) for values in (times, encoder, peers))
        print(f"{options.documents} documents, {THREADS} threads, medians of {options.rounds} rounds")
        print(f"ingest add        {mine:7.2f} s   {chunks / mine:7.1f} chunks/s   {max(memory):.0f} MB at most")
        print(f"  encoder alone   {alone:7.2f} s   everything else {max(0.0, mine - alone) / mine:.1%} of the wall time")
        print(f"Python pipeline   {other:7.2f} s   {pieces / other:7.1f} pieces/s")
        print(f"ratio             {(chunks / mine) / (pieces / other):7.2f} x in chunks per second")


if __name__ == "__main__":
    main()
