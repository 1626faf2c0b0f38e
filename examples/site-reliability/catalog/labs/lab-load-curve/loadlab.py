#!/usr/bin/env python3
"""A service in model time, two load generators, and what they report.

    python3 loadlab.py closed --workers 16 --users 64 --seconds 120 --seed 1 --out runs/closed.csv
    python3 loadlab.py open   --workers 16 --rate 300 --seconds 120 --seed 1 --out runs/open300.csv
    python3 loadlab.py open   --rate 800 --queue 60 --cheap-above 30 --seed 1 --out runs/over.csv
    python3 loadlab.py report runs/open300.csv --warmup 20

closed: each user sends, waits for the answer, and sends again after --think seconds.
open:   requests arrive at random at --rate a second, whether or not answers come back.

The service has a pool of workers and one queue. Work in parallel disturbs itself, so the
time of a request grows with the number of busy workers; and every worker stands still for
a moment now and then, together (the runtime collects garbage). Requests wait in the queue
without limit, unless --queue refuses what finds so many waiting. With --cheap-above, answers
begun while more than so many wait are degraded ones that take 40 per cent of the work. Each
row has two times in seconds, when the request was sent and when its answer was complete
(empty: refused), and whether the answer was degraded.

At most 16 workers can be tested: there is no larger machine. Every run adds its model
minutes to load-ledger.csv; the test environment is shared and paid by the minute.
"""
import argparse
import csv
import heapq
import math
import os
import random
import sys

LARGEST_TESTABLE = 16
BASE_S = 0.020           # work of a request that is alone
CONTENTION = 0.012       # each further busy worker adds this share (locks)
COHERENCE = 0.0004       # each pair of busy workers adds this share (shared caches)
STALL_EVERY_S = 20.0
STALL_S = 0.3
OBJECTIVE_S = 0.3
CHEAP_SHARE = 0.4


class Service:
    def __init__(self, workers, seed, limit=None, cheap_above=None):
        self.workers, self.rng = workers, random.Random(f"service {seed}")
        self.limit, self.cheap_above = limit, cheap_above
        self.offset = self.rng.random() * STALL_EVERY_S
        self.busy, self.queue, self.head = 0, [], 0
        self.done = []                        # heap of (time, number, request)
        self.number = 0

    def stalled(self, start, work):
        """End of work that begins at `start`, with the stalls in between."""
        end = start + work
        k = math.floor((start - self.offset) / STALL_EVERY_S)
        begin = self.offset + k * STALL_EVERY_S
        if begin <= start < begin + STALL_S:  # begins inside a stall: waits for its end
            end += begin + STALL_S - start
        begin += STALL_EVERY_S
        while begin < end:
            end += STALL_S
            begin += STALL_EVERY_S
        return end

    def begin(self, now, request):
        self.busy += 1
        n = self.busy
        slow = 1 + CONTENTION * (n - 1) + COHERENCE * n * (n - 1)
        cheap = self.cheap_above is not None and len(self.queue) - self.head > self.cheap_above
        work = BASE_S * slow * self.rng.gammavariate(4, 0.25) * (CHEAP_SHARE if cheap else 1)
        self.number += 1
        heapq.heappush(self.done, (self.stalled(now, work), self.number, request, cheap))

    def send(self, now, request):
        """False: refused."""
        if self.busy < self.workers:
            self.begin(now, request)
        elif self.limit is not None and len(self.queue) - self.head >= self.limit:
            return False
        else:
            self.queue.append(request)
        return True

    def finish(self):
        end, _, request, cheap = heapq.heappop(self.done)
        self.busy -= 1
        if self.head < len(self.queue):
            self.begin(end, self.queue[self.head])
            self.head += 1
        return end, request, cheap


def open_load(workers, rate, seconds, seed, limit=None, cheap_above=None):
    """Rows (sent, end, degraded) of requests that arrive at random; end None: refused."""
    service, rng = Service(workers, seed, limit, cheap_above), random.Random(f"arrivals {seed}")
    rows, now = [], rng.expovariate(rate)
    while now < seconds or service.done:
        if service.done and (now >= seconds or service.done[0][0] <= now):
            end, sent, cheap = service.finish()
            rows.append((sent, end, cheap))
        else:
            if not service.send(now, now):
                rows.append((now, None, False))
            now += rng.expovariate(rate)
    return sorted(rows, key=lambda r: r[0])


def closed_load(workers, users, think, seconds, seed):
    """Rows (sent, end, degraded) of users who each wait for their answer before they send again."""
    service, rows = Service(workers, seed), []
    rng = random.Random(f"users {seed}")
    wake = [(rng.random() * max(think, 0.02), u) for u in range(users)]
    heapq.heapify(wake)
    while wake or service.done:
        if service.done and (not wake or service.done[0][0] <= wake[0][0]):
            end, (user, sent), cheap = service.finish()
            rows.append((sent, end, cheap))
            if end + think < seconds:
                heapq.heappush(wake, (end + think, user))
        else:
            now, user = heapq.heappop(wake)
            service.send(now, (user, now))
    return sorted(rows, key=lambda r: r[0])


def percentile(values, p):
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(p / 100 * len(ordered)) - 1)]


def summary(rows, warmup):
    sent = [r for r in rows if r[0] >= warmup]
    kept = [r for r in sent if r[1] is not None]
    if not kept:
        raise SystemExit("no request after the warm-up")
    took = [1000 * (end - begun) for begun, end, _ in kept]
    span = max(r[1] for r in kept) - warmup
    arrivals = max(r[0] for r in sent) - warmup
    return {"requests": len(sent), "throughput": len(kept) / span, "p50": percentile(took, 50),
            "p95": percentile(took, 95), "p99": percentile(took, 99),
            "goodput": sum(end - begun <= OBJECTIVE_S for begun, end, _ in kept) / arrivals,
            "refused": 100 * (len(sent) - len(kept)) / len(sent),
            "degraded": 100 * sum(r[2] for r in kept) / len(sent)}


def shown(s):
    return (f"{s['throughput']:.1f}/s, p50 {s['p50']:.0f} ms, p95 {s['p95']:.0f} ms, p99 {s['p99']:.0f} ms; within "
            f"300 ms {s['goodput']:.1f}/s, refused {s['refused']:.1f} %, degraded {s['degraded']:.1f} %")


def ledger(what, seconds):
    new = not os.path.exists("load-ledger.csv")
    with open("load-ledger.csv", "a") as f:
        if new:
            f.write("what,minutes\n")
        f.write(f"{what},{seconds / 60:.2f}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="command", required=True)
    for name in ("closed", "open"):
        p = sub.add_parser(name)
        p.add_argument("--workers", type=int, default=16)
        p.add_argument("--seconds", type=float, default=120)
        p.add_argument("--seed", type=int, default=1)
        p.add_argument("--out", required=True)
        if name == "closed":
            p.add_argument("--users", type=int, required=True)
            p.add_argument("--think", type=float, default=0.0)
        else:
            p.add_argument("--rate", type=float, required=True)
            p.add_argument("--queue", type=int)
            p.add_argument("--cheap-above", type=int)
    p = sub.add_parser("report")
    p.add_argument("files", nargs="+")
    p.add_argument("--warmup", type=float, default=20)
    args = parser.parse_args()

    if args.command == "report":
        for name in args.files:
            with open(name) as f:
                rows = [(float(r["sent"]), float(r["end"]) if r["end"] else None, r["degraded"] == "1")
                        for r in csv.DictReader(f)]
            print(f"{name}: {shown(summary(rows, args.warmup))}")
        return 0
    if not 1 <= args.workers <= LARGEST_TESTABLE:
        raise SystemExit(f"workers: 1 to {LARGEST_TESTABLE}; there is no larger machine to test on")
    if args.command == "open":
        rows = open_load(args.workers, args.rate, args.seconds, args.seed, args.queue, args.cheap_above)
        what = f"open {args.workers} workers {args.rate:g}/s"
    else:
        rows = closed_load(args.workers, args.users, args.think, args.seconds, args.seed)
        what = f"closed {args.workers} workers {args.users} users"
    ledger(what, args.seconds)
    os.makedirs(os.path.dirname(args.out) or ".", exist_ok=True)
    with open(args.out, "w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["sent", "end", "degraded"])
        writer.writerows((f"{begun:.6f}", "" if end is None else f"{end:.6f}", int(cheap)) for begun, end, cheap in rows)
    print(f"{what}: {shown(summary(rows, min(20, args.seconds / 2)))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
