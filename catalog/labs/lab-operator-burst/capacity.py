#!/usr/bin/env python3
"""A stand-in for the capacity service of a GPU fleet: slow, authoritative and idempotent.

  capacity.py [--port 8088] [--delay-ms 120] [--quota 640]

GET /quota/TEAM, GET /usage/TEAM, PUT and DELETE /reservations/UID take --delay-ms each; GET /dump does not.
A PUT with the same UID is a repeat and changes nothing. Over the team's quota it answers 409.
"""
import argparse
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    lock, held, calls = threading.Lock(), {}, {}

    def log_message(self, *args):
        pass

    def answer(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def used(self, team):
        return sum(r["gpus"] for r in self.held.values() if r["team"] == team)

    def handle_one(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        kind, _, name = self.path.strip("/").partition("/")
        if self.path != "/dump":
            time.sleep(self.server.delay)
        with self.lock:
            self.calls[kind] = self.calls.get(kind, 0) + 1
            if kind == "quota":
                return self.answer(200, {"gpus": self.server.quota})
            if kind == "usage":
                return self.answer(200, {"gpus": self.used(name)})
            if kind == "dump":
                return self.answer(200, {"quota": self.server.quota, "held": self.held, "calls": self.calls})
            if kind != "reservations" or not name:
                return self.answer(404, {"error": "no such path"})
            if self.command == "DELETE":
                self.held.pop(name, None)
                return self.answer(200, {})
            if name not in self.held:
                if self.used(body["team"]) + body["gpus"] > self.server.quota:
                    return self.answer(409, {"error": "over quota"})
                self.held[name] = {"team": body["team"], "gpus": body["gpus"]}
            return self.answer(200, self.held[name])

    do_GET = do_PUT = do_DELETE = handle_one


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--port", type=int, default=8088)
    p.add_argument("--delay-ms", type=float, default=120)
    p.add_argument("--quota", type=int, default=640)
    a = p.parse_args()
    server = Server(("", a.port), Handler)
    server.delay, server.quota = a.delay_ms / 1000, a.quota
    server.serve_forever()


if __name__ == "__main__":
    main()
