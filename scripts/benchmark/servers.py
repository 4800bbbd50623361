"""Loads one ragserver and three behind nginx, all on one PostgreSQL, in turns, and prints requests a second.

    servers.py RAGSERVER INGEST [--seconds N] [--connections N] [--rounds N]

It needs nginx, wrk and the package postgresql, and starts servers of its own in a temporary folder. Every figure is of this
run on this machine: client, balancer, database and servers share its processors, so that more servers bring no more
there than its processors give; what it shows is what the way over balancer and shared state costs.
"""

import argparse
import contextlib
import glob
import os
import pathlib
import pwd
import statistics
import subprocess
import sys
import tempfile

from load import script, wrk
from processes import free_port, stop, wait_for

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("ragserver")
parser.add_argument("ingest")
parser.add_argument("--seconds", type=int, default=6)
parser.add_argument("--connections", type=int, default=32)
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()

@contextlib.contextmanager
def process(command, **more):
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    try:
        yield running
    finally:
        stop(running)


@contextlib.contextmanager
def postgresql(folder):
    """The address of a database of its own, with the server's usual care for what it has acknowledged."""
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not versions:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    programs, data, port = versions[-1], folder / "postgresql", free_port()
    user = {}
    if os.getuid() == 0:
        # It refuses to run as root; the package has made a user.
        account = pwd.getpwnam("postgres")
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data.mkdir()
        os.chown(data, account.pw_uid, account.pw_gid)
        os.chmod(folder, 0o711)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **user}
    subprocess.run([f"{programs}/initdb", "-D", data, "-U", "footnote", "-A", "trust", "-E", "UTF8"], **quiet)
    arguments = f"-k {data} -p {port} -c listen_addresses=127.0.0.1 -c max_connections=100"
    subprocess.run([f"{programs}/pg_ctl", "start", "-w", "-s", "-D", data, "-l", data / "log", "-o", arguments], **quiet)
    try:
        yield f"postgresql://footnote@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([f"{programs}/pg_ctl", "stop", "-s", "-m", "immediate", "-D", data], **quiet)


def nginx_settings(folder, port, servers):
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    file = folder / f"nginx-{port}.conf"
    file.write_text(f"""
        daemon off; worker_processes 2; pid {folder}/nginx-{port}.pid; error_log /dev/null crit;
        events {{ worker_connections 4096; }}
        http {{
          access_log off; {temporary}
          upstream servers {{ {" ".join(f"server 127.0.0.1:{s};" for s in servers)} keepalive 64; }}
          server {{
            listen 127.0.0.1:{port} backlog=4096;
            location / {{
              proxy_pass http://servers; proxy_http_version 1.1; proxy_set_header Connection "";
            }}
          }}
        }}
        """)
    return file


def main():
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = folder / "book.db"
        subprocess.run(
            [options.ingest, "add", str(root / "corpus"), "--db", str(database)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        environment = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY")}
        environment |= {
            "RATE_LIMIT": "off", "LOG_LEVEL": "warning", "DATABASE_URL": stack.enter_context(postgresql(folder)),
        }
        servers = [free_port() for _ in range(3)]
        running = []
        for port in servers:
            running.append(stack.enter_context(process(
                [options.ragserver, "--db", str(database), "--port", str(port)], env=environment)))
        for port, one in zip(servers, running):
            wait_for(port, one)
        ways = {"one server": servers[0]}
        for name, behind in [("one behind nginx", servers[:1]), ("three behind nginx", servers)]:
            port = free_port()
            balancer = stack.enter_context(process(
                ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", str(nginx_settings(folder, port, behind))]))
            wait_for(port, balancer)
            ways[name] = port

        routes = {
            "GET /health": ("/health", None),
            "POST /api/search": ("/api/search", script(folder, "/api/search", "query")),
            "POST /api/chat": ("/api/chat", script(folder, "/api/chat", "message")),
        }
        print(f"{os.cpu_count()} processors, {options.connections} connections, {options.rounds} rounds of "
              f"{options.seconds} s; requests a second (p99)")
        print("| | " + " | ".join(ways) + " |\n| --- |" + " --- |" * len(ways))
        for route, (path, lua) in routes.items():
            figures = {name: [] for name in ways}
            for _ in range(options.rounds):
                for name, port in ways.items():
                    figures[name].append(wrk(port, path, options.connections, options.seconds, lua))
            cells = [
                f"{statistics.median(f[0] for f in figures[name]):,.0f} "
                f"({statistics.median(f[2] for f in figures[name]):.1f} ms)"
                for name in ways
            ]
            print(f"| {route} | " + " | ".join(cells) + " |", flush=True)


main()
