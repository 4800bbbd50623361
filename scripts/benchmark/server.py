"""Loads ragserver and a FastAPI service with the same retrieval in turns, and prints the ratios.

    server.py RAGSERVER INGEST PEER_PYTHON [--seconds N] [--connections N] [--streams N]

It needs wrk. Every figure is of this run on this machine; what is compared runs in turns, three rounds each.
"""

import argparse
import asyncio
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from load import QUESTIONS, script, wrk
from processes import free_port, stop, wait_for

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("ragserver")
parser.add_argument("ingest")
parser.add_argument("python")
parser.add_argument("--seconds", type=int, default=6)
parser.add_argument("--connections", type=int, default=32)
parser.add_argument("--streams", type=int, default=1000)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--log-level", default="info")
options = parser.parse_args()

def post(port, path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def memory(pid):
    """Resident, and private to the process, in MB."""
    sizes = {}
    for line in open(f"/proc/{pid}/smaps_rollup"):
        name, _, value = line.partition(":")
        if value.strip().endswith("kB"):
            sizes[name] = int(value.split()[0]) / 1000
    return sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"]


def start(database, port, **more):
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY")}
    environment |= {"RATE_LIMIT": "1000000000 per minute", "LOG_LEVEL": options.log_level} | more
    return subprocess.Popen(
        [options.ragserver, "--db", str(database), "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def cold_start(database):
    """Milliseconds from starting the process to its first answer."""
    port = free_port()
    body = json.dumps({"message": QUESTIONS[0]}).encode()
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode()
    begin = time.monotonic()
    process = start(database, port)
    try:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                    connection.sendall(head + body)
                    reply = b""
                    while piece := connection.recv(65536):
                        reply += piece
                break
            except ConnectionRefusedError:
                time.sleep(0.002)
        elapsed = (time.monotonic() - begin) * 1000
        if b" 200 " not in reply.split(b"\r\n")[0]:
            sys.exit(f"no answer: {reply[:200]}")
        time.sleep(2)
        return elapsed, *memory(process.pid)
    finally:
        stop(process)


async def slow_provider(port, pieces=8, pause=0.5):
    """A chat provider that says one word every half second."""

    async def serve(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int((re.search(rb"content-length: (\d+)", head, re.I) or [0, b"0"])[1])
                await reader.readexactly(length)
                if head.startswith(b"GET"):
                    body = b'{"object":"list","data":[{"id":"gpt-5.4-mini","object":"model"}]}'
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
                        + body
                    )
                    await writer.drain()
                    continue
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                for number in range(pieces + 1):
                    last = number == pieces
                    chunk = {"choices": [{"index": 0, "delta": {} if last else {"content": "A robot walks [1]. "},
                                          "finish_reason": "stop" if last else None}]}
                    data = f"data: {json.dumps(chunk)}\n\n".encode() + (b"data: [DONE]\n\n" if last else b"")
                    writer.write(b"%x\r\n%s\r\n" % (len(data), data))
                    await writer.drain()
                    if not last:
                        await asyncio.sleep(pause)
                writer.write(b"0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(serve, "127.0.0.1", port, backlog=4096)


def joined(reply):
    """The body of a reply that came in chunks."""
    rest = reply.partition(b"\r\n\r\n")[2]
    body = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        body += rest[:length]
        rest = rest[length + 2:]
    return body


async def hold_streams(database):
    """Holds many streams at once; how many were open, how many ended whole, and /health meanwhile."""
    provider_port, port = free_port(), free_port()
    provider = await slow_provider(provider_port)
    process = start(
        database, port, OPENAI_BASE_URL=f"http://127.0.0.1:{provider_port}/v1", OPENAI_API_KEY="none",
        CHAT_PROVIDER="openai", REQUEST_TIMEOUT="120s",
    )
    try:
        await asyncio.to_thread(wait_for, port, process)
        gate = asyncio.Semaphore(200)

        async def stream(number):
            body = json.dumps({"message": QUESTIONS[number % len(QUESTIONS)], "stream": True}).encode()
            async with gate:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(
                    b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
                )
                await writer.drain()
            reply = await reader.read()
            while piece := await reader.read():
                reply += piece
            writer.close()
            # Not the reranker's, which has a second for each question and leaves the order where that is spent.
            done = joined(reply).partition(b"event: done")[2].partition(b"data: ")[2]
            return bool(done) and json.loads(done).get("degraded") is False

        most, slowest = 0, 0.0

        async def watch():
            nonlocal most, slowest
            while True:
                begin = time.monotonic()
                await asyncio.to_thread(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=20).read())
                slowest = max(slowest, (time.monotonic() - begin) * 1000)
                text = await asyncio.to_thread(
                    lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20).read().decode())
                most = max(most, int(re.search(r"^footnote_http_streams (\d+)", text, re.M)[1]))
                await asyncio.sleep(0.1)

        watcher = asyncio.create_task(watch())
        ended = await asyncio.gather(*(stream(n) for n in range(options.streams)), return_exceptions=True)
        watcher.cancel()
        whole = sum(result is True for result in ended)
        return most, whole, slowest, memory(process.pid)[0]
    finally:
        provider.close()
        stop(process)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        database = folder / "corpus.db"
        subprocess.run([options.ingest, "add", str(root / "corpus"), "--db", str(database)], check=True,
                       stdout=subprocess.DEVNULL)
        model = os.environ.get("FOOTNOTE_MODEL_DIR") or os.path.expanduser(
            "~/.cache/footnote/models/all-MiniLM-L6-v2")
        ports = {"ragserver": free_port(), "fastapi": free_port()}
        servers = {
            "ragserver": start(database, ports["ragserver"]),
            "fastapi": subprocess.Popen(
                [options.python, str(root / "scripts/benchmark/server_peer.py"), str(database), model,
                 str(ports["fastapi"])],
                env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}),
        }
        try:
            for name, process in servers.items():
                wait_for(ports[name], process)
                post(ports[name], "/api/chat", {"message": QUESTIONS[0]})
            routes = {
                "/health": ("/health", None),
                # What the other one does.
                "hybrid search": ("/api/search", script(folder, "/api/search", "query", mode="hybrid")),
                # Reranked, which the other one's are not.
                "/api/search": ("/api/search", script(folder, "/api/search", "query")),
                "/api/chat": ("/api/chat", script(folder, "/api/chat", "message")),
            }
            print(f"{options.connections} connections, {options.seconds} s, median of {options.rounds} rounds in turns")
            print(f"{'route':<14}{'server':<12}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'ratio':>8}")
            for route, (path, lua) in routes.items():
                results = {name: [] for name in servers}
                for _ in range(options.rounds):
                    for name in servers:
                        # The one that is not asked must not take the processor.
                        other = next(n for n in servers if n != name)
                        servers[other].send_signal(signal.SIGSTOP)
                        results[name].append(
                            wrk(ports[name], path, options.connections, options.seconds, lua))
                        servers[other].send_signal(signal.SIGCONT)
                medians = {n: [statistics.median(column) for column in zip(*rs)] for n, rs in results.items()}
                ratio = medians["ragserver"][0] / max(medians["fastapi"][0], 1e-9)
                for name, (rate, p50, p99) in medians.items():
                    shown = f"{ratio:.1f}x" if name == "ragserver" else ""
                    print(f"{route:<14}{name:<12}{rate:>12.0f}{p50:>10.2f}{p99:>10.2f}{shown:>8}", flush=True)
            peer_memory = memory(servers["fastapi"].pid)[0]
        finally:
            for process in servers.values():
                process.send_signal(signal.SIGCONT)
                stop(process)
        starts = [cold_start(database) for _ in range(5)]
        print(f"cold start to the first answer: {statistics.median(s[0] for s in starts):.0f} ms "
              f"(best {min(s[0] for s in starts):.0f}, worst {max(s[0] for s in starts):.0f})")
        print(f"memory 2 s after it: {statistics.median(s[1] for s in starts):.0f} MB resident, "
              f"{statistics.median(s[2] for s in starts):.0f} MB private; fastapi after the load {peer_memory:.0f} MB")
        most, whole, slowest, resident = asyncio.run(hold_streams(database))
        print(f"streams: {most} open at once, {whole} of {options.streams} ended whole; "
              f"/health at most {slowest:.0f} ms meanwhile; {resident:.0f} MB")


main()
