"""Load on a server by wrk, with the sample book's questions."""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# As many as there are, so that few repeat within a second.
QUESTIONS = [json.loads(line)["text"] for line in open(ROOT / "corpus-questions/queries.jsonl")]
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


def script(folder, path, field, **more):
    """A program for wrk that asks one question after the other, with `more` members in each body."""
    file = folder / f"{'-'.join([field, *more.values()])}.lua"
    bodies = ",".join(json.dumps(json.dumps({field: question} | more)) for question in QUESTIONS)
    file.write_text(
        f"local bodies = {{{bodies}}}\nlocal n = 0\n"
        'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
        f'function request() n = n % #bodies + 1; return wrk.format(nil, "{path}", nil, bodies[n]) end\n'
    )
    return file


def wrk(port, path, connections, seconds, lua=None):
    """Requests a second, p50 and p99 in milliseconds."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    command += ["-s", str(lua)] if lua else []
    output = subprocess.run(
        command + [f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        sys.exit(f"{path}: errors among the replies\n{output}")

    def latency(percent):
        value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s|m)", output).groups()
        return float(value) * UNITS[unit]

    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), latency(50), latency(99)
