#!/usr/bin/env python3
"""A fleet of 40 instances in model time, with faults, and a tool that may restart instances.

    python3 fleet.py run remedy.py --seed 1 --out evidence/seed1
    python3 fleet.py run --without --seed 1           the same faults, and nobody acts

Eight experiments of 1,800 s. Load needs 28 healthy instances; with fewer, the missing share
of requests fails. A restart takes an instance away for 60 s, and it is as good as new
afterwards, if the fault was in the instance. Every 10 s the tool is called:

  step(now, view, api, journal)
    view      for each instance {"id", "check": "ok" or "failing", "serving": requests/s, "up_s"}
    api       api.restart(id) asks for a restart; it may raise TimeoutError although the restart
              has begun. api.page(text) calls a person, who mends the fault 600 s after the
              first page of an experiment
    journal   a list of dicts that survives when the tool itself is killed; append to it

The tool is killed at random and started anew: what it keeps in variables is then lost.
Experiments: hung (3 instances stop serving), leak (one after the other goes slow), probe (the
check fails everywhere, service is fine), dependency (all fail, a restart helps nothing),
release (restarted instances come back broken), zone (13 instances lose their network),
flaky-api (hung, and the API times out), flap (one instance fails again after each restart).
"""
import argparse
import importlib.util
import json
import os
import random
import sys

EXPERIMENTS = ["hung", "leak", "probe", "dependency", "release", "zone", "flaky-api", "flap"]
SIZE, NEEDED, SECONDS, STEP, RESTART_S, PERSON_S = 40, 28, 1800, 10, 60, 600
FULL = 25.0                                   # requests per second of a healthy instance


class Api:
    def __init__(self, world):
        self.world = world

    def restart(self, ident):
        w = self.world
        if not 0 <= ident < SIZE:
            raise ValueError(f"no instance {ident}")
        w.asked.append(ident)
        if w.down_until[ident] <= w.now:
            w.restarts += 1
            if w.good(ident):
                w.needless += 1
            w.down_until[ident] = w.now + RESTART_S
            w.restarted(ident)
        if w.name == "flaky-api" and w.rng.random() < 0.6:
            raise TimeoutError("no answer from the API")

    def page(self, text):
        w = self.world
        w.pages.append((w.now, str(text)))


class World:
    def __init__(self, name, seed):
        self.name, self.rng, self.now = name, random.Random(f"{name} {seed}"), 0
        self.down_until, self.broken = [0] * SIZE, [False] * SIZE
        self.asked, self.pages, self.restarts, self.needless = [], [], 0, 0
        self.onset = self.rng.randrange(100, 200)
        order = list(range(SIZE))
        self.rng.shuffle(order)
        self.hit = {"hung": 3, "leak": 18, "flaky-api": 4, "flap": 1, "zone": 13}.get(name, 0)
        self.hit = order[:self.hit]
        self.up_since = [-9000] * SIZE

    def mended(self):
        return bool(self.pages) and self.now >= self.pages[0][0] + PERSON_S and self.pages[0][0] >= self.onset

    def restarted(self, ident):
        self.up_since[ident] = self.now + RESTART_S
        if self.name in ("hung", "leak", "flaky-api") and ident in self.hit and self.broken[ident]:
            self.broken[ident] = False
        if self.name == "release" and self.now >= self.onset and not self.mended():
            self.broken[ident] = True

    def advance(self, now):
        self.now = now
        if self.mended():
            self.broken = [False] * SIZE
            return
        if now < self.onset:
            return
        if self.name in ("hung", "flaky-api", "zone") and now - self.onset < STEP:
            for i in self.hit:
                self.broken[i] = True
        elif self.name == "leak":
            n = (now - self.onset) // 60
            if n < len(self.hit) and (now - self.onset) % 60 < STEP:
                self.broken[self.hit[n]] = True
        elif self.name == "flap":
            i = self.hit[0]
            self.broken[i] = now - self.up_since[i] > 60
        elif self.name == "release" and now - self.onset < STEP:
            self.broken[self.rng.randrange(SIZE)] = True     # the first one to be restarted by chance

    def bad_dependency(self):
        return self.name == "dependency" and self.now >= self.onset and not self.mended()

    def good(self, ident):
        return not self.broken[ident] and not self.bad_dependency()

    def view(self):
        rows = []
        for i in range(SIZE):
            down = self.down_until[i] > self.now
            serving = 0.0 if down or not self.good(i) else FULL * self.rng.uniform(0.9, 1.1)
            failing = down or not self.good(i)
            if self.name == "probe" and self.now >= self.onset and not self.mended():
                failing = True
            if self.rng.random() < 0.004:                   # a check fails now and then
                failing = True
            rows.append({"id": i, "check": "failing" if failing else "ok", "serving": round(serving, 1),
                         "up_s": max(0, self.now - self.up_since[i])})
        return rows

    def healthy(self):
        return sum(self.good(i) and self.down_until[i] <= self.now for i in range(SIZE))


def load(path):
    spec = importlib.util.spec_from_file_location("remedy", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def experiment(name, seed, path):
    world, journal, tool = World(name, seed), [], load(path) if path else None
    api, bad_s, below_s = Api(world), 0.0, 0
    for now in range(0, SECONDS, STEP):
        world.advance(now)
        if tool:
            if world.rng.random() < 0.01:
                tool = load(path)                            # the tool was killed
            before = len(world.asked)
            try:
                tool.step(now, world.view(), api, journal)
            except TimeoutError:
                pass
            out = [i for i in range(SIZE) if world.down_until[i] > now]
            if len(world.asked) > before and SIZE - len(out) < NEEDED:
                below_s += STEP
        missing = max(0, NEEDED - world.healthy()) / NEEDED
        bad_s += missing * STEP
    recorded = {(e.get("restart")) for e in journal if isinstance(e, dict)}
    return {"experiment": name, "bad_min": round(bad_s / 60, 2), "restarts": world.restarts,
            "needless": world.needless, "pages": len(world.pages),
            "first_page_s": world.pages[0][0] - world.onset if world.pages else None,
            "floor_breaches_s": below_s, "unrecorded": sum(i not in recorded for i in world.asked)}, journal


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("tool", nargs="?")
    parser.add_argument("--without", action="store_true")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    if not args.tool and not args.without:
        raise SystemExit("name the tool, or give --without")
    rows = []
    for name in EXPERIMENTS:
        row, journal = experiment(name, args.seed, None if args.without else args.tool)
        rows.append(row)
        if args.out:
            os.makedirs(args.out, exist_ok=True)
            with open(os.path.join(args.out, f"{name}.jsonl"), "w") as f:
                f.writelines(json.dumps(e, sort_keys=True) + "\n" for e in journal)
        print(f"{name:10} bad {row['bad_min']:6.2f} min  restarts {row['restarts']:4} (needless {row['needless']:3})  "
              f"pages {row['pages']:3}  below floor {row['floor_breaches_s']:4} s  unrecorded {row['unrecorded']:3}")
    total = {k: round(sum(r[k] for r in rows), 2) for k in ("bad_min", "restarts", "needless", "pages",
                                                            "floor_breaches_s", "unrecorded")}
    if args.out:
        with open(os.path.join(args.out, "summary.json"), "w") as f:
            json.dump({"seed": args.seed, "experiments": rows, "total": total}, f, indent=1)
            f.write("\n")
    print("total", json.dumps(total))
    return 0


if __name__ == "__main__":
    sys.exit(main())
