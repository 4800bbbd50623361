"""Servers and commands as processes: ports, readiness, the end, and memory."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port, process, limit=120):
    """Returns once the server answers on /health; ends the benchmark if it does not within `limit` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"a server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.005)
    sys.exit("a server does not answer")


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def memory(pid, field):
    """MB by a field of the kernel's status: VmRSS now, VmHWM at most so far, RssAnon of its own; 0 once it is gone.

    The maximum that the kernel gives for a child that has ended includes its parent's before exec."""
    try:
        found = re.search(rf"^{field}:\s+(\d+) kB", open(f"/proc/{pid}/status").read(), re.M)
    except OSError:
        return 0
    return int(found[1]) / 1000 if found else 0
