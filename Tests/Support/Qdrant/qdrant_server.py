#!/usr/bin/env python3
"""A stand-in for a Qdrant server: the local mode of the qdrant-client package behind the REST routes that
Footnote uses. Every request and answer is compared with the server's own OpenAPI schemas, and faults can be asked
for. Prints "Ready at http://127.0.0.1:PORT" when it listens."""

import argparse
import functools
import json
import logging
import pathlib
import sys
import threading
import time
import urllib.parse
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy
from pydantic import TypeAdapter
from qdrant_client.http import models
from qdrant_client.local import local_collection
from qdrant_client.local.qdrant_local import QdrantLocal

from qdrant_contract import Contract

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

# The local mode writes whatever looks like a UUID with hyphens. A server does so for indexes of UUIDs alone, which
# Footnote does not use; of an index of keywords it gives the values as they are stored.
local_collection.parse_uuid = lambda value: None


class GrowingArrays:
    """NumPy for the local mode, whose arrays grow by one for each point: here they grow by doubling, so that many points
    do not take the square of their number."""

    def __getattr__(self, name):
        return getattr(numpy, name)

    @staticmethod
    def append(array, value):
        count, whole = len(array), array.base
        if whole is None or whole.ndim != 1 or len(whole) <= count or whole.dtype != array.dtype:
            whole = numpy.zeros(max(64, 2 * count), array.dtype)
            whole[:count] = array
        whole[count] = value
        return whole[: count + 1]


local_collection.np = GrowingArrays()

VERSION = "1.19.0"
OPEN_PATHS = {"/", "/healthz", "/livez", "/readyz"}


class Refusal(Exception):
    def __init__(self, status, text):
        self.status, self.text = status, text


adapter = functools.cache(TypeAdapter)


def parsed(kind, body):
    try:
        return adapter(kind).validate_python(body)
    except ValueError as error:
        raise Refusal(400, f"Format error in JSON body: {str(error)[:300]}") from None


class Engine:
    """The routes, by the local engine."""

    def __init__(self):
        self.local = QdrantLocal(":memory:")
        self.indexes = {}
        self.snapshots = {}
        self.lock = threading.Lock()
        self.state = "green"

    def exists(self, name):
        return self.local.collection_exists(name)

    def real(self, name):
        if not self.exists(name):
            raise Refusal(404, f"Not found: Collection `{name}` doesn't exist!")
        return self.local.aliases.get(name, name)

    def answer(self, template, method, names, body):
        name = names.get("collection_name")
        operation = (method, template.replace("/collections/{collection_name}", "C"))
        if name is not None and operation not in {("PUT", "C"), ("DELETE", "C")}:
            self.real(name)
        handler = {
            ("GET", "/telemetry"): lambda: {"id": "stand-in", "app": {"name": "qdrant", "version": VERSION}},
            ("GET", "/cluster"): lambda: {"status": "disabled"},
            ("GET", "/collections"): lambda: self.dump(self.local.get_collections()),
            ("GET", "/aliases"): lambda: self.dump(self.local.get_aliases()),
            ("POST", "/collections/aliases"): lambda: self.change_aliases(body),
            ("GET", "C"): lambda: self.describe(name),
            ("PUT", "C"): lambda: self.create(name, body),
            ("DELETE", "C"): lambda: self.delete_collection(name),
            ("PUT", "C/index"): lambda: self.index(name, body),
            ("PUT", "C/points"): lambda: self.upsert(name, body),
            ("POST", "C/points"): lambda: self.retrieve(name, body),
            ("POST", "C/points/delete"): lambda: self.done(
                self.local.delete(name, parsed(models.PointsSelector, body))
            ),
            ("POST", "C/points/payload"): lambda: self.done(
                self.local.set_payload(name, body["payload"], self.selection(body))
            ),
            ("POST", "C/points/payload/delete"): lambda: self.done(
                self.local.delete_payload(name, body["keys"], self.selection(body))
            ),
            ("PUT", "C/points/vectors"): lambda: self.done(
                self.local.update_vectors(name, parsed(models.UpdateVectors, body).points)
            ),
            ("POST", "C/points/scroll"): lambda: self.scroll(name, body),
            ("POST", "C/points/count"): lambda: self.dump(
                self.local.count(name, parsed(models.CountRequest, body).filter)
            ),
            ("POST", "C/points/query"): lambda: self.query(name, body),
            ("POST", "C/points/query/batch"): lambda: [self.query(name, one) for one in body["searches"]],
            ("POST", "C/facet"): lambda: self.facet(name, body),
            ("GET", "C/snapshots"): lambda: self.snapshots.get(self.real(name), []),
            ("POST", "C/snapshots"): lambda: self.snapshot(name),
            ("DELETE", "C/snapshots/{snapshot_name}"): lambda: self.drop_snapshot(name, names["snapshot_name"]),
        }.get(operation)
        if handler is None:
            raise Refusal(404, f"Not found: {method} {template}")
        return handler()

    @staticmethod
    def dump(value):
        return json.loads(value.model_dump_json(exclude_none=True))

    @staticmethod
    def done(_):
        return {"operation_id": 0, "status": "completed"}

    @staticmethod
    def selection(body):
        return body["points"] if body.get("points") is not None else parsed(models.Filter, body["filter"])

    def create(self, name, body):
        if self.exists(name):
            raise Refusal(409, f"Wrong input: Collection `{name}` already exists!")
        request = parsed(models.CreateCollection, body)
        self.local.create_collection(
            name, vectors_config=request.vectors or {}, sparse_vectors_config=request.sparse_vectors
        )
        self.indexes[name] = {}
        return True

    def delete_collection(self, name):
        found = self.exists(name)
        if found:
            self.local.delete_collection(name)
            self.indexes.pop(name, None)
        return found

    def describe(self, name):
        info = self.dump(self.local.get_collection(name))
        info["status"] = self.state
        info["payload_schema"] = {
            field: {"data_type": kind, "points": 0} for field, kind in self.indexes.get(self.real(name), {}).items()
        }
        return info

    def index(self, name, body):
        schema = body["field_schema"]
        kind = schema if isinstance(schema, str) else schema["type"]
        self.indexes[self.real(name)][body["field_name"]] = kind
        return {"operation_id": 0, "status": "completed"}

    def change_aliases(self, body):
        self.local.update_collection_aliases(parsed(models.ChangeAliasesOperation, body).actions)
        return True

    def upsert(self, name, body):
        request = parsed(models.PointsList, body)
        self.local.upsert(
            name, request.points, update_filter=request.update_filter, update_mode=request.update_mode
        )
        return {"operation_id": 0, "status": "completed"}

    def retrieve(self, name, body):
        request = parsed(models.PointRequest, body)
        # A server gives payloads unless it is told not to.
        payload = True if request.with_payload is None else request.with_payload
        records = self.local.retrieve(name, request.ids, payload, request.with_vector or False)
        return [self.dump(record) for record in records]

    def scroll(self, name, body):
        request = parsed(models.ScrollRequest, body)
        payload = True if request.with_payload is None else request.with_payload
        records, following = self.local.scroll(
            name, request.filter, request.limit or 10, request.order_by, request.offset, payload,
            request.with_vector or False,
        )
        return {"points": [self.dump(record) for record in records], "next_page_offset": following}

    def query(self, name, body):
        request = parsed(models.QueryRequest, body)
        answer = self.local.query_points(
            name, query=request.query, using=request.using, prefetch=request.prefetch,
            query_filter=request.filter, search_params=request.params, limit=request.limit or 10,
            offset=request.offset or 0, with_payload=request.with_payload or False,
            with_vectors=request.with_vector or False, score_threshold=request.score_threshold,
        )
        return {"points": [self.dump(point) for point in answer.points]}

    def facet(self, name, body):
        request = parsed(models.FacetRequest, body)
        if request.key not in self.indexes.get(self.real(name), {}):
            raise Refusal(
                400, f"Bad request: No appropriate index for faceting: `{request.key}`. Please create one."
            )
        return self.dump(self.local.facet(name, request.key, request.filter, request.limit or 10))

    def snapshot(self, name):
        real = self.real(name)
        made = {
            "name": f"{real}-{len(self.snapshots.get(real, []))}.snapshot",
            "creation_time": "2026-01-01T00:00:00",
            "size": sum(len(json.dumps(payload)) for payload in self.local.collections[real].payload),
        }
        self.snapshots.setdefault(real, []).append(made)
        return made

    def drop_snapshot(self, name, snapshot):
        found = self.snapshots.get(self.real(name), [])
        if not any(one["name"] == snapshot for one in found):
            raise Refusal(404, f"Not found: Snapshot {snapshot} not found")
        self.snapshots[self.real(name)] = [one for one in found if one["name"] != snapshot]
        return True


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    # Set by main().
    engine = contract = key = None
    faults = {}
    requests = 0
    # Methods, paths and bodies of requests, while they are asked for.
    recorded = []

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.respond()

    do_PUT = do_POST = do_DELETE = do_PATCH = do_GET

    def respond(self):
        start = time.monotonic()
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        if path.startswith("/_stand-in/"):
            return self.control(path, body)
        Handler.requests += 1
        if self.faults.get("record"):
            query = urllib.parse.urlsplit(self.path).query
            Handler.recorded.append(
                {"method": self.command, "path": path, "query": query, "body": json.loads(body or b"null")}
            )
        self.lost = None
        if not self.fault(path):
            return
        if path in OPEN_PATHS:
            return self.open_path(path)
        sent = self.headers.get("api-key") or (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.key and sent != self.key:
            text = "Invalid API key or JWT" if sent else "Must provide an API key or an Authorization bearer token"
            return self.send(401, text, "text/plain")
        if length > 32 << 20:
            return self.send(413, "payload too large", "text/plain")
        try:
            status, reply = 200, self.result(path, body)
        except Refusal as refusal:
            status, reply = refusal.status, {"status": {"error": refusal.text}}
        except (ValueError, AssertionError) as error:
            text = str(error)
            status = 404 if "not found" in text else 409 if "already exists" in text else 400
            reply = {"status": {"error": f"Wrong input: {text[:300]}"}}
        if self.lost:
            # What was asked for has been done, and nobody is told.
            return self.send(*self.lost)
        reply["time"] = time.monotonic() - start
        self.send(status, json.dumps(reply), "application/json")

    def result(self, path, body):
        template = self.contract.template(path)
        if template is None:
            raise Refusal(404, f"Not found: {path} is not in the contract")
        names = dict(
            (name[1:-1], part) for name, part in zip(template.split("/"), path.split("/")) if name.startswith("{")
        )
        try:
            value = json.loads(body) if body else None
        except ValueError as error:
            raise Refusal(400, f"Format error in JSON body: {error}") from None
        if value is not None:
            problem = self.contract.check(template, self.command, "request", value)
            if problem:
                raise Refusal(422, f"Validation error in JSON body: {problem}")
        with self.engine.lock:
            reply = {"result": self.engine.answer(template, self.command, names, value), "status": "ok"}
        problem = self.contract.check(template, self.command, "response", {**reply, "time": 0.0})
        if problem:
            raise Refusal(500, f"the stand-in breaks the contract: {problem}")
        return reply

    def open_path(self, path):
        if path == "/":
            return self.send(
                200, json.dumps({"title": "qdrant - vector search engine", "version": VERSION}), "application/json"
            )
        if path == "/readyz" and self.faults.get("partly_down"):
            return self.send(503, "some shards are not ready", "text/plain")
        text = "all shards are ready" if path == "/readyz" else f"{path[1:]} check passed"
        return self.send(200, text, "text/plain")

    def fault(self, path):
        """Does what was asked for; False if the request has been dealt with."""
        faults = self.faults
        if faults.get("slow"):
            time.sleep(faults["slow"])
        if faults.get("refuse"):
            self.close_connection = True
            return False
        if faults.get("partly_down") and path.startswith("/collections/"):
            self.send(
                503,
                json.dumps({"status": {"error": "Service error: 1 of 2 shards are not available"}, "time": 0}),
                "application/json",
            )
            return False
        if faults.get("status") and faults.get("times", 1) > 0 and path.startswith(faults.get("path", "/coll")):
            skip = faults.get("skip", 0)
            if skip > 0:
                faults["skip"] = skip - 1
                return True
            faults["times"] = faults.get("times", 1) - 1
            headers = {"Retry-After": str(faults["retry_after"])} if "retry_after" in faults else {}
            text = json.dumps({"status": {"error": faults.get("error", "asked to fail")}, "time": 0})
            answer = (faults["status"], text, "application/json", headers)
            if faults.get("late"):
                # The one that is done and not answered; those after it are not done.
                faults["late"] = False
                self.lost = answer
                return True
            self.send(*answer)
            return False
        return True

    def control(self, path, body):
        if path == "/_stand-in/faults":
            faults = json.loads(body or b"{}")
            Handler.faults = faults
            self.engine.state = faults.get("collection_status", "green")
        if path == "/_stand-in/drop-index":
            named = json.loads(body)
            self.engine.indexes[self.engine.real(named["collection"])].pop(named["field"], None)
        state = {
            "violations": self.contract.violations, "requests": Handler.requests, "recorded": Handler.recorded,
        }
        self.send(200, json.dumps(state), "application/json")

    def send(self, status, text, kind, headers=None):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", help="the API key to ask for")
    options = parser.parse_args()
    Handler.engine = Engine()
    Handler.contract = Contract(pathlib.Path(__file__).parent / "Contracts/qdrant.json")
    Handler.key = options.key
    server = Server(("127.0.0.1", options.port), Handler)
    print(f"Ready at http://127.0.0.1:{server.server_address[1]}", flush=True)

    def end_with_parent():
        # Whoever started the stand-in holds its standard input; when that ends, so does this.
        sys.stdin.read()
        server.shutdown()

    if not sys.stdin.isatty():
        threading.Thread(target=end_with_parent, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
