#!/usr/bin/env python3
"""A stand-in for a cloud API: each resource has one attribute, and reads are throttled.

Usage: cloud_api.py [--port 8799] [--rps 16]        (--rps 0 switches the throttle off)

  GET  /r/COMPONENT/ID     the attribute, in the form that data "terraform_remote_state" (backend http) reads
  POST /drift?n=N&seed=S   changes N resources out of band and returns their ids; known ids come from earlier GETs
  POST /reset              undoes all drift
  GET  /stats              number of reads so far
"""
import argparse
import http.server
import json
import random
import threading
import time
import urllib.parse

LOCK = threading.Lock()
STATE = {"next": 0.0, "reads": 0, "known": set(), "drifted": {}}
RPS = 16.0


def throttle():
    if RPS <= 0:
        return
    with LOCK:
        slot = max(time.monotonic(), STATE["next"])
        STATE["next"] = slot + 1.0 / RPS
    time.sleep(max(0.0, slot - time.monotonic()))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path == "/stats":
            return self.reply(200, {"reads": STATE["reads"], "known": len(STATE["known"]),
                                    "drifted": sorted(STATE["drifted"])})
        if not self.path.startswith("/r/"):
            return self.reply(404, {"error": "not found"})
        throttle()
        rid = self.path[3:]
        with LOCK:
            STATE["reads"] += 1
            STATE["known"].add(rid)
            value = STATE["drifted"].get(rid, "as-built")
        return self.reply(200, {
            "version": 4, "terraform_version": "1.9.0", "serial": 1,
            "lineage": "00000000-0000-0000-0000-000000000000",
            "outputs": {"attr": {"value": value, "type": "string"}}, "resources": [],
        })

    def do_POST(self):
        url = urllib.parse.urlparse(self.path)
        if url.path == "/reset":
            STATE["drifted"].clear()
            return self.reply(200, {"drifted": []})
        if url.path == "/drift":
            q = urllib.parse.parse_qs(url.query)
            rng = random.Random(int(q.get("seed", ["1"])[0]))
            ids = rng.sample(sorted(STATE["known"]), min(int(q.get("n", ["20"])[0]), len(STATE["known"])))
            for rid in ids:
                STATE["drifted"][rid] = f"changed-by-hand-{rng.randint(1000, 9999)}"
            return self.reply(200, {"at": time.time(), "drifted": sorted(ids)})
        return self.reply(404, {"error": "not found"})

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    global RPS
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--port", type=int, default=8799)
    ap.add_argument("--rps", type=float, default=RPS)
    args = ap.parse_args()
    RPS = args.rps
    print(f"cloud API on 127.0.0.1:{args.port}, {RPS or 'unlimited'} reads per second", flush=True)
    try:
        Server(("127.0.0.1", args.port), Handler).serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
