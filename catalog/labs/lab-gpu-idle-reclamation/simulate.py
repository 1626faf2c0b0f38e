"""Replays a job trace under a reclamation policy: python3 simulate.py trace.jsonl policy.json [--out run.json]

A machine has 8 GPUs; a job takes a whole machine (8) or a part of one (1, 2, 4), first come first served, first fit.
When a job has been idle for `reclaim_after_min` of its class, its GPUs are taken back. It asks for them again when its
next busy period is due, waits in the queue, and then needs `restore_min` minutes before it works again.
Idle share = idle machine-minutes / held machine-minutes; a job's minute counts gpus/8 of a machine.
"""
import argparse
import heapq
import json

USD_PER_GPU_HOUR = 2.5                                   # a planning figure, not a price list


class Fleet:
    def __init__(self, machines):
        self.free = [8] * machines

    def take(self, gpus):
        fits = [i for i, f in enumerate(self.free) if f >= gpus]
        if not fits:
            return None
        best = min(fits, key=lambda i: (self.free[i], i))
        self.free[best] -= gpus
        return best

    def give(self, machine, gpus):
        self.free[machine] += gpus


def run(jobs, policy):
    fleet, events, waiting, order = Fleet(policy["machines"]), [], [], 0
    held = idle = busy = restore = lost = 0.0
    waits, reclaims, hasty, last, teams = [], 0, 0, 0, {}

    def push(t, kind, job):
        nonlocal order
        order += 1
        heapq.heappush(events, (t, order, kind, job))

    for j in jobs:
        j.update(left=[list(p) for p in j["pattern"]], since=None, resumed=False)
        push(j["submit"], "ask", j)
    while events:
        now, _, kind, j = heapq.heappop(events)
        rule = policy["classes"].get(j["class"], {"reclaim_after_min": None, "restore_min": 0})
        share = j["gpus"] / 8
        bill = teams.setdefault(j["team"], {"busy": 0.0, "idle": 0.0, "overhead": 0.0})
        if kind == "ask":
            j["since"] = now
            waiting.append(j)
        elif kind == "ready":                            # a restore has ended
            held += rule["restore_min"] * share
            restore += rule["restore_min"] * share
            bill["overhead"] += rule["restore_min"] * share
            kind = "next"
        if kind == "next":
            if not j["left"]:
                fleet.give(j["at"], j["gpus"])
                last = max(last, now)
            else:
                state, minutes = j["left"].pop(0)
                limit = rule["reclaim_after_min"]
                if state == 0 and limit is not None and minutes > limit:
                    held += limit * share
                    idle += limit * share
                    bill["idle"] += limit * share
                    push(now + limit, "reclaim", j)
                    j["rest"] = minutes - limit
                else:
                    held += minutes * share
                    if state:
                        busy += minutes * share
                        bill["busy"] += minutes * share
                    else:
                        idle += minutes * share
                        bill["idle"] += minutes * share
                    push(now + minutes, "next", j)
        elif kind == "reclaim":
            fleet.give(j["at"], j["gpus"])
            reclaims += 1
            last = max(last, now)
            if j["left"]:                                # it will come back
                hasty += j["rest"] < 10
                j["resumed"] = True
                push(now + j["rest"], "ask", j)
        for w in list(waiting):
            at = fleet.take(w["gpus"])
            if at is None:
                break                                    # strict order: no job overtakes
            waiting.remove(w)
            w["at"] = at
            waits.append(now - w["since"])
            again = policy["classes"].get(w["class"], {"restore_min": 0})["restore_min"]
            push(now + (again if w["resumed"] else 0), "ready" if w["resumed"] else "next", w)
    waits.sort()
    cost = policy["machines"] * 8 * last / 60 * USD_PER_GPU_HOUR
    return {"idle_pct": round(100 * idle / held, 2), "overhead_pct": round(100 * restore / busy, 2),
            "mean_wait_min": round(sum(waits) / len(waits), 1), "p95_wait_min": round(waits[int(len(waits) * .95)], 1),
            "reclaims": reclaims, "hasty_reclaims_pct": round(100 * hasty / reclaims, 1) if reclaims else 0.0,
            "makespan_h": round(last / 60, 1), "usd_per_busy_gpu_hour": round(cost / (busy * 8 / 60), 2),
            "gpu_hours_by_team": {t: {k: round(v * 8 / 60, 1) for k, v in b.items()} for t, b in sorted(teams.items())}}


def load_policy(path):
    with open(path) as f:
        policy = json.load(f)
    if not isinstance(policy.get("machines"), int) or policy["machines"] < 1:
        raise SystemExit(f"{path}: 'machines' is a number of machines, at least 1")
    for name, rule in policy.get("classes", {}).items():
        if set(rule) != {"reclaim_after_min", "restore_min"}:
            raise SystemExit(f"{path}: class '{name}' has exactly reclaim_after_min (null: never) and restore_min")
        if rule["restore_min"] < 0 or (rule["reclaim_after_min"] or 0) < 0:
            raise SystemExit(f"{path}: class '{name}': minutes are not negative")
    return policy


def main():
    p = argparse.ArgumentParser()
    p.add_argument("trace")
    p.add_argument("policy")
    p.add_argument("--out")
    a = p.parse_args()
    with open(a.trace) as f:
        jobs = [json.loads(line) for line in f]
    text = json.dumps(run(jobs, load_policy(a.policy)), indent=1)
    print(text)
    if a.out:
        with open(a.out, "w") as f:
            f.write(text + "\n")


if __name__ == "__main__":
    main()
