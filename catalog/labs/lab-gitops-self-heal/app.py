#!/usr/bin/env python3
"""A stand-in for a model server. VERSION names it; FAIL_PCT is the share of predictions that fail.

GET /predict answers 200 or 500; GET /stats gives this process's error ratio over the last 15 s; GET /healthz is 200.
"""
import json
import os
import random
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION, FAIL = os.environ.get("VERSION", "v1"), float(os.environ.get("FAIL_PCT", "0")) / 100
RECENT, LOCK, RNG = deque(), threading.Lock(), random.Random(5)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def answer(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        now = time.monotonic()
        if self.path == "/predict":
            with LOCK:
                bad = RNG.random() < FAIL
                RECENT.append((now, bad))
            return self.answer(500 if bad else 200, {"version": VERSION})
        if self.path == "/stats":
            with LOCK:
                while RECENT and RECENT[0][0] < now - 15:
                    RECENT.popleft()
                total, bad = len(RECENT), sum(b for _, b in RECENT)
            return self.answer(200, {"version": VERSION, "requests": total,
                                     "error_ratio": round(bad / total, 4) if total else 0.0})
        self.answer(200 if self.path == "/healthz" else 404, {})


if __name__ == "__main__":
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Handler)
    server.daemon_threads = True
    server.serve_forever()
