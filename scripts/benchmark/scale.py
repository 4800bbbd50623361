#!/usr/bin/env python3
"""Ingests and serves a corpus of a million chunks on one machine, with an embedding server that costs nothing.

    scripts/benchmark/scale.py [--chunks 1000000] [--questions 200] [--keep FOLDER]

The local model would need hours for so many chunks; what is shown is everything else: reading, cutting, both indexes,
the file, memory, opening it again, and searching. The embedding server speaks OpenAI's protocol; a text's vector is the
sum of the random vectors of its words, so that texts about the same things are near each other. Needs the release
builds of `ingest` and `ragserver`, and NumPy.
"""

import argparse
import base64
import http.server
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zlib
from pathlib import Path

import numpy

from processes import free_port, memory, stop, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
RELEASE = ROOT / ".build/release"
DIMENSIONS = 384
TABLE = 1 << 15
WORD_VECTORS = numpy.random.default_rng(1).standard_normal((TABLE, DIMENSIONS)).astype(numpy.float32)
SECTIONS = 50


class Embedder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply({"object": "list", "data": [{"id": "words", "object": "model"}]})

    def do_POST(self):
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        data = []
        for index, text in enumerate(texts if isinstance(texts, list) else [texts]):
            slots = [zlib.crc32(word) % TABLE for word in text.lower().encode().split()]
            vector = WORD_VECTORS[slots].sum(axis=0)
            vector /= numpy.linalg.norm(vector) or 1
            value = base64.b64encode(vector.tobytes()).decode()
            data.append({"object": "embedding", "index": index, "embedding": value})
        self.reply({"object": "list", "model": "words", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}})

    def log_message(self, *_):
        pass


def start_embedder():
    """In a process of its own, so that its memory and time are not ours."""
    port = free_port()
    if os.fork() == 0:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Embedder)
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        threading.Thread(target=lambda: (wait_for_parent(), os._exit(0)), daemon=True).start()
        server.serve_forever()
    return port


def wait_for_parent():
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)


def words(source):
    """Twenty thousand made-up words, the first ones frequent, as in any language."""
    syllables = "ka lo mi ren tus vor pel dan shi gor fen mal tik sor bru nex qua zil".split()
    made = set()
    while len(made) < 20_000:
        made.add("".join(source.choice(syllables) for _ in range(source.randint(2, 4))))
    return sorted(made)


def write_documents(folder, chunks):
    """Documents of 50 sections, each about one chunk of some 110 words, about one of 500 subjects each."""
    source = random.Random(3)
    vocabulary = words(source)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    common = source.choices(vocabulary, weights, k=400_000)
    subjects = [source.sample(vocabulary, 60) for _ in range(500)]
    count = max(1, chunks // SECTIONS)
    for number in range(count):
        subject = subjects[number % len(subjects)]
        parts = [f"# {' '.join(subject[:3])} {number}"]
        for section in range(SECTIONS):
            start = source.randrange(len(common) - 100)
            text = common[start : start + 80] + source.choices(subject, k=30)
            source.shuffle(text)
            sentences = [" ".join(text[i : i + 11]).capitalize() + "." for i in range(0, len(text), 11)]
            parts.append(f"## {subject[section]} {section}\n\n{' '.join(sentences)}")
        inner = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            inner.mkdir()
        (inner / f"{number:06}.md").write_text("\n\n".join(parts) + "\n")
    return [" ".join(source.sample(source.choice(subjects), 6)) for _ in range(400)]


def run(arguments, environment):
    """Runs a command; seconds, and the most memory in MB."""
    begin = time.monotonic()
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, memory(process.pid, "VmHWM"))
        time.sleep(0.05)
    if process.returncode:
        sys.exit(f"{arguments[1]} ended with {process.returncode}")
    return time.monotonic() - begin, most


def search(port, question):
    body = json.dumps({"query": question, "k": 10}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/search", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return json.load(reply)


def wait_until_loaded(server):
    """Until its memory no longer grows: the vectors are read while it answers."""
    known = -1
    while (now := memory(server.pid, "VmRSS")) > known:
        known = now
        time.sleep(1)


def serve(corpus, questions, environment, kind):
    port = free_port()
    begin = time.monotonic()
    server = subprocess.Popen(
        [RELEASE / "ragserver", "--db", corpus, "--port", str(port)], env=environment | {"VECTOR_MEMORY": kind}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        ready = time.monotonic() - begin
        search(port, questions[0])
        first = time.monotonic() - begin
        wait_until_loaded(server)
        loaded = time.monotonic() - begin
        for question in questions[1:50]:
            search(port, question)
        whole, inside = [], []
        for question in questions[50:]:
            start = time.monotonic()
            reply = search(port, question)
            whole.append((time.monotonic() - start) * 1000)
            inside.append(reply["milliseconds"])
        print(f"VECTOR_MEMORY={kind}: server ready after {ready * 1000:.0f} ms, first search answered after "
              f"{first * 1000:.0f} ms, memory as it stays after at most {loaded:.0f} s")
        for name, times in (("search over HTTP, question embedded by the server", whole), ("inside the server", inside)):
            ordered = sorted(times)
            print(f"{name}: p50 {statistics.median(ordered):.2f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.2f} ms")
        print(f"memory of ragserver: {memory(server.pid, 'VmRSS'):.0f} MB resident, "
              f"{memory(server.pid, 'RssAnon'):.0f} MB of it its own")
    finally:
        stop(server)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--chunks", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder that is kept, and used again if it holds a corpus")
    options = parser.parse_args()
    port = start_embedder()
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY")} | {
        "EMBEDDING_PROVIDER": "openai", "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1", "OPENAI_API_KEY": "none",
        "OPENAI_EMBEDDING_MODEL": "words", "OPENAI_EMBEDDING_DIMENSIONS": str(DIMENSIONS),
        "CHAT_PROVIDER": "extractive", "RATE_LIMIT": "1000000000 per minute"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        corpus, questions_file = folder / "corpus.db", folder / "questions.json"
        if not questions_file.exists():
            documents = folder / "documents"
            documents.mkdir(parents=True)
            questions = write_documents(documents, options.chunks)
            seconds, most = run([RELEASE / "ingest", "add", documents, "--db", corpus], environment)
            status = json.loads(subprocess.run(
                [RELEASE / "ingest", "status", "--db", corpus, "--json"], env=environment, capture_output=True).stdout)
            print(f"ingest add: {status['documents']} documents, {status['chunks']} chunks in {seconds:.0f} s "
                  f"({status['chunks'] / seconds:.0f}/s), {most:.0f} MB at most, "
                  f"{corpus.stat().st_size / 1e9:.2f} GB of corpus", flush=True)
            seconds, most = run([RELEASE / "ingest", "add", documents, "--db", corpus], environment)
            print(f"ingest add, nothing changed: {seconds:.1f} s, {most:.0f} MB at most", flush=True)
            questions_file.write_text(json.dumps(questions))
        questions = json.loads(questions_file.read_text())
        for kind in ("full", "compact"):
            serve(corpus, questions, environment, kind)


if __name__ == "__main__":
    main()
