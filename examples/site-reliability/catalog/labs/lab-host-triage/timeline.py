#!/usr/bin/env python3
"""Where the time of slow requests went, from a scheduler and system call trace.

    python3 timeline.py make --seed 1 --out data/seed1      writes trace.txt
    python3 timeline.py score attribute.py --seed 1

A trace has 40 requests of one thread each. Lines: seconds, thread, event. Events:
  request N start|end      the request begins or ends
  switch-in                the thread gets a CPU
  switch-out R|S|D         it gives the CPU up: R preempted, S sleeps, D sleeps in the kernel
  wake                     something it waited for has happened; from here to switch-in it waits for a CPU
  throttle, unthrottle     its cgroup has used up its quota; it cannot run until the next period
  call NAME                the system call that the next sleep belongs to: futex, read(file), recv(net)
attribute(lines) returns {request: {"cpu": s, "queue": s, "throttled": s, "disk": s, "lock": s, "net": s}}.
The score is the mean over requests of the time put into the wrong place, in per cent.
"""
import argparse
import importlib.util
import os
import random
import sys

PARTS = ["cpu", "queue", "throttled", "disk", "lock", "net"]
CALLS = {"lock": "futex", "disk": "read(file)", "net": "recv(net)"}


def make(seed):
    rng = random.Random(f"timeline {seed}")
    lines, truth, clock = [], {}, 10.0
    for n in range(1, 41):
        t, thread, parts = clock, 700 + n % 8, dict.fromkeys(PARTS, 0.0)
        heavy = PARTS[n % len(PARTS)]

        def say(when, what, thread=thread):
            lines.append((when, thread, what))

        say(t, f"request {n} start")
        say(t, "switch-in")
        for _ in range(rng.randrange(3, 6)):
            d = rng.uniform(0.002, 0.006) * (4 if heavy == "cpu" else 1)
            t += d
            parts["cpu"] += d
            kind = rng.choice(["lock", "disk", "net", heavy, heavy])
            if kind in CALLS:
                say(t, f"call {CALLS[kind]}")
                say(t, "switch-out " + ("D" if kind == "disk" else "S"))
                d = rng.uniform(0.004, 0.012) * (6 if heavy == kind else 1)
                t += d
                parts[kind] += d
                say(t, "wake")
            elif kind == "throttled":
                say(t, "throttle")
                say(t, "switch-out R")
                d = rng.uniform(0.02, 0.08)
                t += d
                parts["throttled"] += d
                say(t, "unthrottle")
            else:
                say(t, "switch-out R")
            d = rng.uniform(0.0005, 0.002) * (30 if heavy == "queue" else 1)
            t += d
            parts["queue"] += d
            say(t, "switch-in")
        d = rng.uniform(0.001, 0.003)
        t += d
        parts["cpu"] += d
        say(t, f"request {n} end")
        truth[n] = parts
        clock = t + rng.uniform(0.001, 0.01)
    return lines, truth


def text(lines):
    return [f"{when:.6f} {thread} {what}" for when, thread, what in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["make", "score"])
    parser.add_argument("what", nargs="?")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", default="data")
    args = parser.parse_args()
    lines, truth = make(args.seed)
    if args.verb == "make":
        os.makedirs(args.out, exist_ok=True)
        with open(os.path.join(args.out, "trace.txt"), "w") as f:
            f.write("\n".join(text(lines)) + "\n")
        print(f"{args.out}/trace.txt: {len(lines)} lines, {len(truth)} requests")
        return 0
    spec = importlib.util.spec_from_file_location("attribute", args.what)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    said, errors = module.attribute(text(lines)), []
    for n, parts in truth.items():
        mine = said.get(n, {})
        wrong = sum(abs(mine.get(p, 0.0) - parts[p]) for p in PARTS) / 2
        errors.append(100 * wrong / sum(parts.values()))
    print(f"seed {args.seed}: time in the wrong place {sum(errors) / len(errors):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
