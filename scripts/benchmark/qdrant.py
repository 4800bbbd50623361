"""Takes many chunks to a Qdrant server, is killed on the way, and goes on; prints times and the memory of `ingest`.

    qdrant.py INGEST PYTHON [--chunks N] [--url URL] [--kill-at SHARE]

PYTHON has the packages qdrant-client and jsonschema, for the tests' stand-in for a server, which is used unless --url
names a real one. Its times are those of the stand-in, which is written in Python; those of `ingest` are its own
processor time. Vectors come from a fake of Cohere's interface, so that no model's time is among the figures.
"""

import argparse
import hashlib
import http.server
import itertools
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

from processes import memory as resident

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("ingest")
parser.add_argument("python")
parser.add_argument("--chunks", type=int, default=200_000)
parser.add_argument("--url")
parser.add_argument("--kill-at", type=float, default=0.4)
options = parser.parse_args()

SECTIONS = 100
DIMENSIONS = 384
NOISE = random.Random(1)
VECTORS = [json.dumps([round(NOISE.gauss(0, 1), 4) for _ in range(DIMENSIONS)]) for _ in range(4096)]


class Embeddings(http.server.BaseHTTPRequestHandler):
    """POST /v2/embed of Cohere's interface: one of 4,096 vectors for each text, always the same."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chosen = [
            VECTORS[int.from_bytes(hashlib.blake2b(text.encode(), digest_size=2).digest(), "big") % len(VECTORS)]
            for text in body["texts"]
        ]
        answer = f'{{"id": "1", "embeddings": {{"float": [{",".join(chosen)}]}}, "texts": []}}'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.wfile.flush()

    def log_message(self, *arguments):
        pass


def write_documents(folder):
    """Sections long enough to be a chunk each, of words as unevenly frequent as those of a language."""
    generator = random.Random(7)
    words = ["".join(generator.choices("abcdefghiklmnoprstuvw", k=generator.randint(3, 9))) for _ in range(30_000)]
    weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))
    for number in range(options.chunks // SECTIONS):
        sections = [
            f"# Section {number * SECTIONS + section}\n\n" + " ".join(generator.choices(words, cum_weights=weights, k=110)) + "."
            for section in range(SECTIONS)
        ]
        (folder / f"{number:05}.md").write_text("\n\n".join(sections))


def run(arguments, environment, until=None):
    """Seconds, processor seconds and peak memory of a command; killed once `until` holds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(
        [options.ingest, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    peak, killed = 0, False
    while process.poll() is None:
        peak = max(peak, resident(process.pid, "VmHWM"))
        if until and until():
            process.send_signal(signal.SIGKILL)
            killed = True
            break
        time.sleep(0.1)
    output = process.communicate()[0]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.monotonic() - start
    if process.returncode != 0 and not killed:
        sys.exit(f"'ingest {' '.join(arguments)}' ended with {process.returncode}\n{output}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, peak, output


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "docs").mkdir()
        write_documents(folder / "docs")
        embeddings = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Embeddings)
        threading.Thread(target=embeddings.serve_forever, daemon=True).start()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("QDRANT_", "FOOTNOTE_"))} | {
            "EMBEDDING_PROVIDER": "cohere", "COHERE_API_KEY": "none",
            "COHERE_BASE_URL": f"http://127.0.0.1:{embeddings.server_address[1]}",
        }
        model = ["--model", "embed-english-light-v3.0"]
        file = str(folder / "chunks.db")

        def line(what, seconds, processor, memory, count):
            print(f"{what}: {seconds:.0f} s ({count / seconds:,.0f} chunks/s), {processor:.0f} s of processor, "
                  f"{memory:.0f} MB at most", flush=True)

        taken = run(["add", str(folder / "docs"), "--db", file, "--json", *model], environment)
        chunks = json.loads(taken[3])["chunks"]
        line(f"{chunks:,} chunks into a file", *taken[:3], chunks)

        if options.url:
            server, url = None, options.url
        else:
            server = subprocess.Popen(
                [options.python, str(root / "Tests/Support/Qdrant/qdrant_server.py")],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            url = server.stdout.readline().split()[-1]
        environment["QDRANT_URL"] = url
        environment["QDRANT_COLLECTION"] = f"bench-{os.getpid()}"

        def copied():
            status = subprocess.run(
                [options.ingest, "status", "--json"], env=environment, capture_output=True, text=True)
            return json.loads(status.stdout)["embeddings"] if status.returncode == 0 else 0

        copy = ["copy", "--from", file, "--to", url, "--json"]
        # Counting is as much work for the stand-in as writing: it is asked rarely.
        next_look = [time.monotonic() + 5]

        def is_far_enough():
            if time.monotonic() < next_look[0]:
                return False
            far = copied() >= options.kill_at * chunks
            next_look[0] = time.monotonic() + 5
            return far

        first = run(copy, environment, is_far_enough)
        there = copied()
        line(f"{there:,} of them to the server, then killed", *first[:3], there)
        second = run(copy, environment)
        summary = json.loads(second[3])
        line(f"the other {summary['chunks']:,}", *second[:3], summary["chunks"])
        print(f"documents there already: {summary['unchanged']}, copied: {summary['copied']}")
        third = run(copy, environment)
        print(f"once more, everything there: {third[0]:.0f} s, copied: {json.loads(third[3])['copied']}")
        doctor = subprocess.run([options.ingest, "doctor"], env=environment, capture_output=True, text=True)
        print("\n".join(l for l in doctor.stdout.splitlines() if "points" in l or "collection" in l))
        if server:
            print(f"memory of the stand-in: {resident(server.pid, 'VmHWM'):,.0f} MB")
            server.stdin.close()
            server.kill()


main()
