#!/usr/bin/env python3
"""Run one failover drill and measure it.

Usage: drill.py --label L [--plan plan.json] [--controller failover.py] [--fault kill|partition] [--seed N]
                [--speed 60] [--fault-at 59] [--after 210]

Starts regions a (primary) and b, one open-loop client (1 prediction a second, a feature write every 10 s, a model
registration every 5 min, jitter from the seed) and the controller. At --fault-at, region a is killed or cut
off. Prints and appends to results/drills.csv:
  rto_min    from the fault to the start of the first 5 minutes with at least 99 % good predictions
  rpo_min    age at the fault of the oldest acknowledged write that region b lacks at the end (both stores)
  conflicts  writes that region a acknowledged after region b had been promoted
  cost_pct   standing cost of region b, per cent of region a's (warm replica 1, reserved 0.6, region 0.5,
             continuous replication 0.2, primary replica 1)
Times are platform minutes; with --speed 60 a platform minute takes one real second.
"""
import argparse
import concurrent.futures
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PORTS = {"a": 18101, "b": 18102}
KEYS = {"primary_replicas", "standby_provisioned", "warm_replicas", "reserved_replicas", "replicate_min", "snapshot_min",
        "lease_min", "dns_ttl_min"}


def call(url, body=None, timeout=2.0):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=timeout) as r:
            return r.status, json.load(r)
    except urllib.error.HTTPError as e:
        return e.code, {}
    except (OSError, ValueError):
        return 0, {}


class Drill:
    def __init__(self, a):
        self.a, self.rng = a, random.Random(a.seed)
        self.plan = json.loads(a.plan.read_text())
        missing = KEYS - set(self.plan)
        if missing:
            sys.exit(f"{a.plan}: missing: {', '.join(sorted(missing))}")
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="drill-"))
        self.t0 = time.time() + 1.0
        self.url = {n: f"http://127.0.0.1:{p}" for n, p in PORTS.items()}
        self.dns = self.dir / "dns"
        self.dns.write_text(self.url["a"])
        self.cached, self.cached_at = self.url["a"], -1e9
        self.predictions, self.acked, self.stop = [], [], False
        self.pool = concurrent.futures.ThreadPoolExecutor(64)
        self.lock = threading.Lock()

    def now(self):
        return (time.time() - self.t0) * self.a.speed / 60.0

    def sleep_until(self, minute):
        time.sleep(max(0.0, self.t0 + minute * 60.0 / self.a.speed - time.time()))

    def resolve(self):
        with self.lock:
            if self.now() - self.cached_at >= self.plan["dns_ttl_min"]:
                self.cached, self.cached_at = self.dns.read_text().strip() or self.cached, self.now()
            return self.cached

    def predict(self, at):
        code, _ = call(self.resolve() + "/predict")
        self.predictions.append((at, code == 200))

    def write(self, store, key):
        url = self.resolve()
        code, entry = call(url + "/write", {"store": store, "key": key})
        if code == 200:
            self.acked.append((entry["at"], store, key, url))

    def client(self):
        at, n = 0.0, 0
        while not self.stop:
            self.sleep_until(at)
            if self.stop:
                return
            self.pool.submit(self.predict, at)
            if n % 10 == 0:
                self.pool.submit(self.write, "features", f"f{n}")
            if n % 300 == 0:
                self.pool.submit(self.write, "models", f"m{n}")
            n += 1
            at = n / 60.0 + self.rng.uniform(0.0, 0.5) / 60.0

    def snapshots(self):
        at = 0.0
        while not self.stop and at < self.a.fault_at:
            self.sleep_until(at + 0.5)
            code, body = call(self.url["a"] + "/log?after=0")
            if code == 200:
                (self.dir / "snapshot.json").write_text(json.dumps(body["entries"]))
            at += self.plan["snapshot_min"]

    def run(self):
        a, procs = self.a, {}
        for n in "ab":
            cmd = [sys.executable, HERE / "region.py", "--name", n, "--port", str(PORTS[n]), "--plan", a.plan,
                   "--peer", self.url["b" if n == "a" else "a"], "--speed", str(a.speed), "--t0", str(self.t0)]
            procs[n] = subprocess.Popen(cmd + (["--primary"] if n == "a" else []))
        pathlib.Path("results").mkdir(exist_ok=True)
        audit = pathlib.Path("results") / f"audit-{a.label}.jsonl"
        audit.unlink(missing_ok=True)
        try:
            for n in "ab":
                while call(self.url[n] + "/health")[0] != 200:
                    time.sleep(0.05)
            procs["c"] = subprocess.Popen(
                [sys.executable, a.controller, "--a", self.url["a"], "--b", self.url["b"], "--plan", a.plan, "--dns",
                 self.dns, "--snapshot", self.dir / "snapshot.json", "--audit", audit, "--speed", str(a.speed)])
            client = threading.Thread(target=self.client, daemon=True)
            client.start()
            threading.Thread(target=self.snapshots, daemon=True).start()
            self.sleep_until(a.fault_at)
            fault = self.now()
            if a.fault == "kill":
                procs["a"].kill()
            else:
                call(self.url["a"] + "/fault", {"partition": True})
            promoted, rto = None, None
            while self.now() < fault + a.after and (rto is None or promoted is None or self.now() < fault + rto + 10):
                time.sleep(0.05)
                if promoted is None:
                    health = call(self.url["b"] + "/health")[1]
                    promoted = health["at"] if health.get("role") == "primary" else None
                rto = self.recovery(fault)
            if a.fault == "partition":
                self.sleep_until(self.now() + 10)
            self.stop = True
            client.join()
            self.pool.shutdown(wait=True)
            kept = {(e["store"], e["key"]) for e in call(self.url["b"] + "/log?after=0")[1].get("entries", [])}
        finally:
            self.stop = True
            for p in procs.values():
                p.kill()
                p.wait()
        lost = [at for at, store, key, _ in self.acked if at <= fault and (store, key) not in kept]
        conflicts = sum(1 for at, _, _, url in self.acked
                        if promoted is not None and url == self.url["a"] and at > promoted)
        p = self.plan
        cost = (p["warm_replicas"] + 0.6 * p["reserved_replicas"] + 0.5 * bool(p["standby_provisioned"])
                + 0.2 * (p["replicate_min"] > 0)) / p["primary_replicas"] * 100
        before = [ok for at, ok in self.predictions if at < fault - 1]
        return {"label": a.label, "fault": a.fault, "seed": a.seed,
                "rto_min": "not recovered" if rto is None else round(rto, 2),
                "rpo_min": round(fault - min(lost), 2) if lost else 0.0, "lost_writes": len(lost),
                "conflicts": conflicts, "cost_pct": round(cost, 1),
                "good_before_pct": round(100 * sum(before) / max(1, len(before)), 2)}

    def recovery(self, fault):
        events = sorted(e for e in list(self.predictions) if e[0] >= fault)
        if not events:
            return None
        end, lo, hi, good, t = events[-1][0], 0, 0, 0, fault
        while t + 5.0 <= end:
            while hi < len(events) and events[hi][0] < t + 5.0:
                good += events[hi][1]
                hi += 1
            while lo < hi and events[lo][0] < t:
                good -= events[lo][1]
                lo += 1
            if hi - lo >= 250 and good >= 0.99 * (hi - lo):
                return t - fault
            t += 1 / 30.0
        return None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--label", required=True)
    ap.add_argument("--plan", type=pathlib.Path, default=HERE / "plan.json")
    ap.add_argument("--controller", type=pathlib.Path, default=HERE / "failover.py")
    ap.add_argument("--fault", choices=("kill", "partition"), default="kill")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--speed", type=float, default=60.0)
    ap.add_argument("--fault-at", type=float, default=59.0)
    ap.add_argument("--after", type=float, default=210.0)
    row = Drill(ap.parse_args()).run()
    path = pathlib.Path("results/drills.csv")
    new = not path.exists()
    with open(path, "a", newline="") as f:
        out = csv.DictWriter(f, list(row), lineterminator="\n")
        if new:
            out.writeheader()
        out.writerow(row)
    print(json.dumps(row, indent=1))


if __name__ == "__main__":
    main()
