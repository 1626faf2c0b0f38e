#!/usr/bin/env python3
"""Hosts with one fault each, and what usual commands show on them.

    python3 hosts.py ask 3 vmstat --seed 1         what `vmstat` shows on host 3
    python3 hosts.py ask 3 --seed 1                the complaint, and the commands that there are
    python3 hosts.py answer 3 cpu-throttled --seed 1
    python3 hosts.py score triage.py --seed 1 --out evidence/seed1.json

A set has 60 hosts, four for each of 15 findings, in an order that depends on the seed.
Every host also carries harmless oddities: an old OOM line, many sockets in TIME_WAIT, memory
full of page cache, a high load average. `score` calls triage(ask) once for each host; ask
takes a command and returns its output, and the function returns a finding. Readings are
those of Linux 5.10 and later with cgroup v2; the service of every host is in app.slice.
"""
import argparse
import importlib.util
import json
import random
import statistics
import sys

FINDINGS = ["cpu-saturated", "cpu-throttled", "cpu-steal", "memory-reclaim", "oom-killed", "disk-latency", "nfs-hang",
            "fd-limit", "inodes-full", "space-held", "ports-exhausted", "conntrack-full", "accept-queue", "dns-slow",
            "not-this-host"]
COMMANDS = ["uptime", "vmstat", "pressure", "cpu.stat", "memory.events", "dmesg", "iostat", "ps-state", "df", "df-i",
            "lsof-deleted", "limits", "ss-summary", "ss-listen", "nstat", "conntrack", "dig", "app-log"]
PER_FINDING = 4


class Host:
    def __init__(self, finding, rng):
        self.finding, self.cores = finding, rng.choice([4, 8, 16])
        is_ = finding.__eq__
        u = rng.uniform
        self.busy = u(96, 100) if is_("cpu-saturated") else u(55, 75) if is_("cpu-steal") else u(18, 62)
        self.steal = u(18, 40) if is_("cpu-steal") else u(0, 2)
        self.blocked = rng.randrange(9, 40) if finding in ("nfs-hang", "disk-latency") else rng.randrange(0, 3)
        queue = rng.randrange(2, 5) * self.cores if is_("cpu-saturated") else rng.randrange(1, self.cores)
        self.running = queue + (rng.randrange(self.cores, 2 * self.cores) if is_("cpu-steal") else 0)
        odd_load = u(0.8, 1.6) * self.cores if rng.random() < 0.4 else 0   # a batch job that ended minutes ago
        self.load1 = self.running + self.blocked + (0 if odd_load else u(0, 1))
        self.load15 = self.load1 * u(0.5, 0.9) + odd_load
        self.swap = rng.randrange(800, 6000) if is_("memory-reclaim") else 0
        self.mem_some = u(25, 60) if is_("memory-reclaim") else u(0, 1.5)
        self.cpu_some = u(45, 90) if is_("cpu-saturated") else u(30, 60) if is_("cpu-throttled") else \
            u(25, 50) if is_("cpu-steal") else u(0, 12)
        self.io_some = u(45, 85) if is_("disk-latency") else u(30, 60) if is_("nfs-hang") else \
            u(15, 35) if is_("memory-reclaim") else u(0, 6)
        self.periods = rng.randrange(50_000, 90_000)
        self.throttled = int(self.periods * (u(0.3, 0.7) if is_("cpu-throttled") else u(0, 0.01)))
        self.oom_kill = rng.randrange(2, 9) if is_("oom-killed") else 0
        self.mem_max = rng.randrange(200, 900) if is_("oom-killed") else 0
        self.old_oom = rng.random() < 0.35
        self.await_ms = u(60, 300) if is_("disk-latency") else u(0.3, 4)
        self.util = u(97, 100) if is_("disk-latency") else u(88, 99) if rng.random() < 0.25 else u(2, 60)
        self.disk, self.inodes = u(35, 88), u(5, 60)
        self.held = 0
        if is_("inodes-full"):
            self.inodes = 100
        if is_("space-held"):
            self.disk, self.held = 100, rng.randrange(40, 200)
        self.fd_limit = rng.choice([1024, 4096, 65536])
        self.fds = self.fd_limit if is_("fd-limit") else int(self.fd_limit * u(0.05, 0.7))
        self.time_wait = rng.randrange(27_000, 28_200) if is_("ports-exhausted") else \
            rng.randrange(8_000, 20_000) if rng.random() < 0.4 else rng.randrange(50, 900)
        self.one_peer = is_("ports-exhausted")
        self.conn_max = rng.choice([65_536, 262_144])
        self.conn = self.conn_max if is_("conntrack-full") else int(self.conn_max * u(0.05, 0.8))
        self.backlog = rng.choice([128, 511, 4096])
        self.queue_len = self.backlog + 1 if is_("accept-queue") else rng.randrange(0, 4)
        self.overflows = rng.randrange(400, 9000) if is_("accept-queue") else rng.choice([0, 0, 12])
        self.dns_ms = rng.choice([5004, 5011, 10013]) if is_("dns-slow") else rng.randrange(1, 9)
        self.old_retrans = rng.randrange(0, 300)
        self.complaint = {
            "fd-limit": "new connections fail, old ones work", "inodes-full": "uploads fail since this morning",
            "space-held": "uploads fail since this morning", "ports-exhausted": "calls to the billing service fail",
            "oom-killed": "answers break off now and then", "conntrack-full": "some connections never open",
            "accept-queue": "connecting takes a second or three", "dns-slow": "some calls take five seconds more",
        }.get(finding, rng.choice(["answers are slow", "p99 has tripled since noon"]))

    def show(self, command):
        busy, c = self.busy, self.cores
        if command == "uptime":
            return f" up 41 days, load average: {self.load1:.2f}, {(self.load1 + self.load15) / 2:.2f}, {self.load15:.2f}" \
                   f"   ({c} CPUs)"
        if command == "vmstat":
            return ("r b swpd free cache si so us sy id wa st   (mean of 10 s)\n"
                    f"{self.running} {self.blocked} {self.swap * 20} 210 7400 {self.swap} {self.swap} {busy * .8:.0f} "
                    f"{busy * .2:.0f} {max(0, 100 - busy - self.steal):.0f} {self.io_some / 4:.0f} {self.steal:.0f}")
        if command == "pressure":
            return "\n".join(f"{k}: some avg10={v:.2f}" for k, v in
                             (("cpu", self.cpu_some), ("memory", self.mem_some), ("io", self.io_some)))
        if command == "cpu.stat":
            return f"nr_periods {self.periods}\nnr_throttled {self.throttled}\nthrottled_usec {self.throttled * 41_000}"
        if command == "memory.events":
            return f"low 0\nhigh 0\nmax {self.mem_max}\noom {self.oom_kill}\noom_kill {self.oom_kill}"
        if command == "dmesg":
            lines = ["[12 days ago] Out of memory: Killed process 811 (backup)"] if self.old_oom else []
            if self.oom_kill:
                lines.append("[2 min ago] Memory cgroup out of memory: Killed process 4242 (app)")
            if self.finding == "conntrack-full":
                lines.append("[now] nf_conntrack: nf_conntrack: table full, dropping packet")
            if self.finding == "nfs-hang":
                lines.append("[3 min ago] nfs: server store-2 not responding, still trying")
            return "\n".join(lines) or "(nothing in the last 24 h)"
        if command == "iostat":
            return f"nvme0n1 r/s 110 w/s 240 r_await {self.await_ms:.1f} w_await {self.await_ms * .9:.1f} %util {self.util:.0f}"
        if command == "ps-state":
            where = "rpc_wait_bit_killable" if self.finding == "nfs-hang" else "io_schedule" if self.blocked > 3 else "-"
            return f"R {self.running}  D {self.blocked}  S 312   most frequent wait of D: {where}"
        if command == "df":
            return f"/dev/nvme0n1p1 mounted on /data, used {self.disk:.0f} %"
        if command == "df-i":
            return f"/data inodes used {self.inodes:.0f} %"
        if command == "lsof-deleted":
            return f"app 4242 /data/app.log (deleted) {self.held} GiB" if self.held else "(none)"
        if command == "limits":
            return f"app 4242: open files {self.fds}, soft limit {self.fd_limit}"
        if command == "ss-summary":
            peers = "1 destination" if self.one_peer else "640 destinations"
            return f"TCP: estab 1840, timewait {self.time_wait} ({peers}); local ports 32768 to 60999"
        if command == "ss-listen":
            return f"LISTEN Recv-Q {self.queue_len} Send-Q {self.backlog} 0.0.0.0:8443 app"
        if command == "nstat":
            return f"TcpExtListenOverflows {self.overflows} (last 60 s)\nTcpRetransSegs {self.old_retrans} (last 60 s)"
        if command == "conntrack":
            return f"nf_conntrack_count {self.conn}\nnf_conntrack_max {self.conn_max}"
        if command == "dig":
            return f"billing.internal: answer after {self.dns_ms} ms"
        if command == "app-log":
            return {"fd-limit": "accept: Too many open files", "inodes-full": "write: No space left on device",
                    "space-held": "write: No space left on device",
                    "ports-exhausted": "connect: Cannot assign requested address",
                    "not-this-host": "upstream billing: deadline exceeded after 2000 ms",
                    "dns-slow": "call to billing: 5.1 s, of which lookup 5.0 s"}.get(self.finding, "request took 2.9 s")
        raise SystemExit(f"unknown command '{command}'; there are: {', '.join(COMMANDS)}")


def hosts(seed):
    rng = random.Random(f"hosts {seed}")
    names = FINDINGS * PER_FINDING
    rng.shuffle(names)
    return [Host(name, rng) for name in names]


def score(path, seed):
    spec = importlib.util.spec_from_file_location("triage", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = []
    for number, host in enumerate(hosts(seed), 1):
        asked = []

        def ask(command, host=host, asked=asked):
            if command not in asked:
                asked.append(command)
            return host.show(command)

        said = module.triage(ask)
        if said not in FINDINGS:
            raise SystemExit(f"host {number}: '{said}' is no finding; there are: {', '.join(FINDINGS)}")
        rows.append({"host": number, "finding": host.finding, "said": said, "commands": len(asked)})
    right = sum(r["finding"] == r["said"] for r in rows)
    sent_away = sum(r["said"] == "not-this-host" and r["finding"] != r["said"] for r in rows)
    return {"seed": seed, "right_pct": round(100 * right / len(rows), 1), "sent_away": sent_away,
            "commands_mean": round(statistics.mean(r["commands"] for r in rows), 2), "rows": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="verb", required=True)
    for name in ("ask", "answer", "score"):
        p = sub.add_parser(name)
        p.add_argument("what")
        if name != "score":
            p.add_argument("more", nargs="?" if name == "ask" else None)
        p.add_argument("--seed", type=int, required=True)
        if name == "score":
            p.add_argument("--out")
    args = parser.parse_args()
    if args.verb == "score":
        result = score(args.what, args.seed)
        if args.out:
            with open(args.out, "w") as f:
                json.dump(result, f, indent=1)
                f.write("\n")
        print(f"seed {args.seed}: right {result['right_pct']} %, commands {result['commands_mean']} a host, "
              f"wrongly sent away {result['sent_away']}")
        wrong = {}
        for r in result["rows"]:
            if r["said"] != r["finding"]:
                wrong.setdefault(r["said"], []).append(r["host"])
        for said, numbers in sorted(wrong.items()):
            print(f"  wrongly {said}: hosts {', '.join(map(str, numbers))}")
        return 0
    host = hosts(args.seed)[int(args.what) - 1]
    if args.verb == "answer":
        print("right" if args.more == host.finding else "wrong")
    elif args.more:
        print(host.show(args.more))
    else:
        print(f"host {args.what}: {host.complaint}\ncommands: {', '.join(COMMANDS)}\nfindings: {', '.join(FINDINGS)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
