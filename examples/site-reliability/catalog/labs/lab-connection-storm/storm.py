#!/usr/bin/env python3
"""A service and its callers on the loopback interface of a Linux machine.

    python3 storm.py run settings.json --seed 1 --out evidence/baseline/seed1.json
    python3 storm.py serve settings.json          only the service, to look at it with ss

Callers send 100 requests a second, whether or not answers come back, and every two seconds
150 of them at once: that is what a deployment of the caller or a lost load balancer looks
like. The service accepts in one loop, and each accept costs 2 ms, as a TLS handshake may; a
request then takes 3 ms of work in one of many threads.

settings.json:
  backlog          the length that the service asks for in listen()
  server_idle_s    the service closes a connection that has been silent for so long
  reuse            callers keep a connection for the next request
  pool             at most so many idle connections are kept
  client_idle_s    a kept connection is not used any more when it is older than this
  burst_spread_ms  a burst is spread over so many milliseconds, at random
  connect_timeout_ms, attempts   a connection that is not open by then is tried anew

Latency is from the moment at which a request was due to its answer. Counters are the
differences of /proc/net/netstat and /proc/net/snmp over the run.
"""
import argparse
import asyncio
import json
import math
import os
import random
import socket
import sys
import threading
import time

RATE, BURST, BURST_EVERY_S, SECONDS = 100, 150, 2.0, 20
ACCEPT_S, WORK_S, GIVE_UP_S = 0.002, 0.003, 10.0
KEYS = {"backlog", "server_idle_s", "reuse", "pool", "client_idle_s", "burst_spread_ms", "connect_timeout_ms",
        "attempts"}
COUNTERS = ["ListenOverflows", "ListenDrops", "TCPTimeouts", "ActiveOpens", "RetransSegs"]


def load(path):
    with open(path) as f:
        try:
            s = json.load(f)
        except ValueError as e:
            raise SystemExit(f"{path}: no JSON: {e}")
    if set(s) != KEYS:
        raise SystemExit(f"{path}: expected the keys {', '.join(sorted(KEYS))}")
    for key, value in s.items():
        if isinstance(value, (int, float)) and value < 0:
            raise SystemExit(f"{path}: {key} is negative")
    if s["backlog"] < 1 or s["attempts"] < 1 or s["server_idle_s"] <= 0:
        raise SystemExit(f"{path}: backlog, attempts and server_idle_s are above 0")
    return s


def counters():
    out = {}
    for name in ("/proc/net/netstat", "/proc/net/snmp"):
        with open(name) as f:
            lines = f.read().splitlines()
        for head, values in zip(lines[::2], lines[1::2]):
            out.update(zip(head.split()[1:], map(int, values.split()[1:])))
    return {c: out.get(c, 0) for c in COUNTERS}


def answer(connection, idle):
    connection.settimeout(idle)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while connection.recv(64):
            time.sleep(WORK_S)
            connection.sendall(b"ok\n")
    except OSError:
        pass
    finally:
        connection.close()


def listen(settings, port=0):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(settings["backlog"])

    def loop():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            time.sleep(ACCEPT_S)
            threading.Thread(target=answer, args=(connection, settings["server_idle_s"]), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return server


class Callers:
    def __init__(self, settings, port):
        self.s, self.port, self.idle, self.opened = settings, port, [], 0
        self.took, self.failed = [], 0

    async def connect(self):
        for _ in range(self.s["attempts"]):
            try:
                pair = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", self.port),
                                              self.s["connect_timeout_ms"] / 1000)
                self.opened += 1
                return pair
            except (OSError, asyncio.TimeoutError):
                continue
        raise ConnectionError("not opened")

    async def one(self, due):
        try:
            reader, writer, now = None, None, time.monotonic()
            while self.s["reuse"] and self.idle and not writer:
                since, kept_reader, kept_writer = self.idle.pop()
                if now - since <= self.s["client_idle_s"]:
                    reader, writer = kept_reader, kept_writer
                else:
                    kept_writer.close()
            if not writer:
                reader, writer = await self.connect()
            writer.write(b"request\n")
            line = await asyncio.wait_for(reader.readline(), GIVE_UP_S)
            if line != b"ok\n":
                raise ConnectionError("closed by the other side")
            self.took.append(1000 * (time.monotonic() - due))
            if self.s["reuse"] and len(self.idle) < self.s["pool"]:
                self.idle.append((time.monotonic(), reader, writer))
            else:
                writer.close()
        except (OSError, asyncio.TimeoutError):
            self.failed += 1
            self.took.append(1000 * (time.monotonic() - due))

    async def all(self, seed):
        rng, due, t = random.Random(f"storm {seed}"), [], 0.0
        while t < SECONDS:
            t += rng.expovariate(RATE)
            due.append(t)
        at = 1.0
        while at < SECONDS:
            due += [at + rng.random() * self.s["burst_spread_ms"] / 1000 for _ in range(BURST)]
            at += BURST_EVERY_S
        tasks, begin = [], time.monotonic()
        for t in sorted(due):
            wait = begin + t - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(self.one(begin + t)))
        await asyncio.gather(*tasks)


def percentile(values, p):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(p / 100 * len(ordered)) - 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["run", "serve"])
    parser.add_argument("settings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--out")
    args = parser.parse_args()
    settings = load(args.settings)
    server = listen(settings, args.port)
    port = server.getsockname()[1]
    if args.verb == "serve":
        print(f"listening on 127.0.0.1:{port}; stop with Ctrl-C")
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            return 0
    before, callers = counters(), Callers(settings, port)
    asyncio.run(callers.all(args.seed))
    after = counters()
    server.close()
    n = len(callers.took)
    result = {"settings": settings, "seed": args.seed, "requests": n, "p50_ms": round(percentile(callers.took, 50), 1),
              "p99_ms": round(percentile(callers.took, 99), 1), "failed": callers.failed,
              "failed_pct": round(100 * callers.failed / n, 3),
              "new_per_100": round(100 * callers.opened / n, 1),
              "counters": {c: after[c] - before[c] for c in COUNTERS}}
    if args.out:
        os.makedirs(os.path.dirname(args.out) or ".", exist_ok=True)
        with open(args.out, "w") as f:
            json.dump(result, f, indent=1)
            f.write("\n")
    print(f"seed {args.seed}: {n} requests, p50 {result['p50_ms']} ms, p99 {result['p99_ms']} ms, failed "
          f"{callers.failed}, new connections {result['new_per_100']} for 100 requests, {result['counters']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
