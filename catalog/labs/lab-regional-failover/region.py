#!/usr/bin/env python3
"""One region of a small ML platform: inference replicas, a model registry and a feature store.

drill.py starts it; the clock runs SPEED times faster than real time. All times below are in platform minutes.
Facts of the platform that no configuration changes: a region takes 45 min to provision, a snapshot 20 min to
restore, a replica 4 min to start (image and weights); at most 2 replicas a minute can be ordered; beyond
warm and reserved replicas, 2 on-demand replicas are to be had at once and a further one every 10 min. A replica
serves 0.15 predictions a second, or three times as many with the small model.

  GET  /predict           200, or 503 when out of capacity or without a model
  POST /write             {"store": "models"|"features", "key": ..., "at": ...}: only on the primary
  GET  /log?after=N       registry and feature log after entry N (replication reads this)
  GET  /health            role, epoch, ready replicas, log length
  POST /control           any of {"provision": true}, {"restore": FILE}, {"scale": N}, {"model": "full"|"small"},
                          {"promote": EPOCH}, {"demote": true}
  POST /fault             {"partition": true}: cut off from controller, peer and witness, clients still get through
"""
import argparse
import http.server
import json
import threading
import time
import urllib.request

PROVISION, RESTORE, START, ORDER_RATE, ON_DEMAND, SCARCE, PER_REPLICA = 45.0, 20.0, 4.0, 2.0, 2, 10.0, 0.15


class Region:
    def __init__(self, a):
        self.name, self.speed, self.t0, self.peer = a.name, a.speed, a.t0, a.peer
        self.plan = json.loads(open(a.plan).read())
        self.lock = threading.RLock()
        self.log, self.role, self.epoch, self.model = [], "standby", 0, "full"
        self.partitioned, self.renewed, self.order_next = False, 0.0, 0.0
        self.provisioned_at, self.restored_at, self.ready_at = None, None, []
        self.tokens, self.last, self.writes = 0.0, self.now(), []
        if a.primary:
            self.role, self.epoch, self.provisioned_at = "primary", 1, 0.0
            self.ready_at = [0.0] * self.plan["primary_replicas"]
            self.restored_at = 0.0
        elif self.plan["standby_provisioned"]:
            self.provisioned_at = 0.0
            self.ready_at = [0.0] * self.plan["warm_replicas"]
            if self.plan["replicate_min"] > 0:
                self.restored_at = 0.0
                threading.Thread(target=self.replicate, daemon=True).start()

    def now(self):
        return (time.time() - self.t0) * self.speed / 60.0

    def sleep(self, minutes):
        time.sleep(minutes * 60.0 / self.speed)

    def ready(self):
        return sum(1 for t in self.ready_at if t <= self.now())

    def replicate(self):
        while True:
            self.sleep(self.plan["replicate_min"])
            if self.role == "primary":
                return
            try:
                with urllib.request.urlopen(f"{self.peer}/log?after={len(self.log)}", timeout=2) as r:
                    entries = json.load(r)["entries"]
                with self.lock:
                    if self.role != "primary":
                        self.log.extend(entries)
            except OSError:
                pass

    def lease_ok(self):
        lease = self.plan["lease_min"]
        if not self.partitioned:
            self.renewed = self.now()
        return lease <= 0 or self.now() - self.renewed <= lease

    def predict(self):
        with self.lock:
            now = self.now()
            rate = self.ready() * PER_REPLICA * (3.0 if self.model == "small" else 1.0)
            self.tokens = min(self.tokens + (now - self.last) * 60.0 * rate, max(1.0, rate * 10.0))
            self.last = now
            usable = self.provisioned_at is not None and now >= self.provisioned_at and self.restored_at is not None
            if not usable or now < self.restored_at or self.tokens < 1.0:
                return 503
            self.tokens -= 1.0
            return 200

    def write(self, w):
        with self.lock:
            if self.role != "primary" or not self.lease_ok():
                return 409, {"error": "not primary"}
            entry = {"store": w["store"], "key": w["key"], "at": self.now(), "epoch": self.epoch}
            self.log.append(entry)
            return 200, entry

    def control(self, c):
        with self.lock:
            now = self.now()
            if c.get("provision") and self.provisioned_at is None:
                self.provisioned_at = now + PROVISION
            if "restore" in c:
                self.log = json.loads(open(c["restore"]).read())
                self.restored_at = now + RESTORE
            if "model" in c:
                self.model = c["model"]
            if "scale" in c:
                held = self.plan["primary_replicas"] if self.name == "a" else (
                    self.plan["warm_replicas"] + self.plan["reserved_replicas"] + ON_DEMAND)
                while len(self.ready_at) < int(c["scale"]):
                    gap = 1.0 / ORDER_RATE if len(self.ready_at) < held else SCARCE
                    self.order_next = max(now, self.order_next) + gap
                    self.ready_at.append(max(self.order_next, self.provisioned_at or now) + START)
            if "promote" in c and int(c["promote"]) > self.epoch:
                self.role, self.epoch, self.renewed = "primary", int(c["promote"]), now
            if c.get("demote"):
                self.role = "standby"
            return self.health()

    def health(self):
        return {"name": self.name, "role": self.role, "epoch": self.epoch, "ready": self.ready(), "at": self.now(),
                "ordered": len(self.ready_at), "log": len(self.log), "model": self.model,
                "provisioned": self.provisioned_at is not None and self.now() >= self.provisioned_at}


def handler(region):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self, code, body):
            data = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        def do_GET(self):
            if self.path == "/predict":
                return self.reply(region.predict(), {})
            if region.partitioned:
                return self.reply(504, {"error": "unreachable"})
            if self.path.startswith("/log"):
                after = int(self.path.partition("after=")[2] or 0)
                with region.lock:
                    return self.reply(200, {"entries": region.log[after:]})
            return self.reply(200, region.health())

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
            if self.path == "/write":
                return self.reply(*region.write(body))
            if self.path == "/fault":
                region.lease_ok()
                region.partitioned = bool(body.get("partition"))
                return self.reply(200, {"partitioned": region.partitioned})
            if region.partitioned:
                return self.reply(504, {"error": "unreachable"})
            return self.reply(200, region.control(body))

        def log_message(self, *args):
            pass

    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--name", required=True)
    ap.add_argument("--port", type=int, required=True)
    ap.add_argument("--peer", default="")
    ap.add_argument("--plan", required=True)
    ap.add_argument("--speed", type=float, default=60.0)
    ap.add_argument("--t0", type=float, required=True)
    ap.add_argument("--primary", action="store_true")
    a = ap.parse_args()
    Server(("127.0.0.1", a.port), handler(Region(a))).serve_forever()


if __name__ == "__main__":
    main()
