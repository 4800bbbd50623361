"""A server made with the official package: server.py stdio | server.py http PORT (0 for any; printed first)."""

import os
import signal
import sys
import threading
import time

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

server = MCPServer("sample", version="1.0")


@server.tool()
def add(a: int, b: int) -> int:
    """Adds two numbers."""
    return a + b


@server.tool()
def greet(name: str) -> str:
    """Says hello."""
    print("greeting", name, file=sys.stderr)
    return f"Hello, {name}!"


@server.tool()
def fail() -> str:
    """Always fails."""
    raise ToolError("the reason")


@server.tool()
def environment(name: str) -> str:
    """Tells what a variable of the environment holds."""
    return os.environ.get(name, "(unset)")


@server.tool()
def nap(seconds: float) -> str:
    """Takes its time."""
    time.sleep(seconds)
    return "awake"


@server.tool()
def die() -> str:
    """Ends the whole process."""
    threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    return "goodbye"


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    import socket

    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", int(sys.argv[2])))
    print(listener.getsockname()[1], flush=True)
    stateless = "stateless" in sys.argv
    app = server.streamable_http_app(stateless_http=stateless, json_response="json" in sys.argv)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
