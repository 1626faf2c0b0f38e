"""A small model of quota admission, to test a quota design before the real run. It is a model: Kueue decides.

  python3 admission_model.py design.json            prints usage, mean time to admission by class, evictions
A design is JSON with `queues`: name, nominal, borrow (null: no limit), reclaim (bool), preempt_lower (bool) and
`work`: [class, count, every_s, run_s, priority, request]; optional `strict` true for strict FIFO. One cohort.
"""
import heapq
import json
import sys


def run(design):
    queues = {q["name"]: dict(q, used=0, pending=[]) for q in design["queues"]}
    total = sum(q["nominal"] for q in queues.values())
    events, order, now, used_area, last = [], 0, 0.0, 0.0, 0.0
    running, waits, evictions = {}, {}, 0
    for q in queues.values():
        for kind, count, every, secs, prio, req in q["work"]:
            for n in range(count):
                order += 1
                heapq.heappush(events, (every * (n + 1), order, "new", dict(
                    id=order, queue=q["name"], kind=kind, secs=secs, prio=prio, req=req, born=every * (n + 1), run=0)))

    def cohort_used():
        return sum(q["used"] for q in queues.values())

    def fits(w):
        q = queues[w["queue"]]
        limit = total if q["borrow"] is None else q["nominal"] + q["borrow"]
        return q["used"] + w["req"] <= limit and cohort_used() + w["req"] <= total

    def evict(w):
        nonlocal evictions
        evictions += 1
        running.pop(w["id"])
        queues[w["queue"]]["used"] -= w["req"]
        w["run"] += 1
        queues[w["queue"]]["pending"].append(w)

    def make_room(w):
        """Evicts the cheapest running work that this workload may preempt; true if it then fits."""
        q = queues[w["queue"]]
        own = [v for v in running.values() if v["queue"] == w["queue"] and v["prio"] < w["prio"]]
        others = [v for v in running.values() if v["queue"] != w["queue"] and
                  queues[v["queue"]]["used"] > queues[v["queue"]]["nominal"]]
        victims = (own if q["preempt_lower"] else []) + \
                  (others if q["reclaim"] and q["used"] + w["req"] <= q["nominal"] else [])
        chosen, saved = [], {n: x["used"] for n, x in queues.items()}
        for v in sorted(victims, key=lambda v: (v["prio"], -v["start"])):
            if fits(w):
                break
            queues[v["queue"]]["used"] -= v["req"]
            chosen.append(v)
        ok = fits(w)
        for n, x in saved.items():
            queues[n]["used"] = x
        if ok:
            for v in chosen:
                evict(v)
        return ok

    while events:
        at, _, what, w = heapq.heappop(events)
        used_area += cohort_used() * (at - now)
        now = at
        if what == "new":
            queues[w["queue"]]["pending"].append(w)
        elif running.get(w["id"]) and w["run"] == w["token"]:
            running.pop(w["id"])
            queues[w["queue"]]["used"] -= w["req"]
            last = now
        moved = True
        while moved:
            moved = False
            for q in queues.values():
                q["pending"].sort(key=lambda x: (-x["prio"], x["born"]))
                for x in list(q["pending"]):
                    if fits(x) or make_room(x):
                        q["pending"].remove(x)
                        q["used"] += x["req"]
                        x.update(start=now, token=x["run"])
                        running[x["id"]] = x
                        waits.setdefault(x["kind"], {})[x["id"]] = now - x["born"]
                        order += 1
                        heapq.heappush(events, (now + x["secs"], order, "end", dict(x)))
                        moved = True
                        break
                    if design.get("strict"):
                        break
    return {"usage_pct": round(100 * used_area / (total * last), 1), "makespan_s": round(last, 1),
            "evictions": evictions,
            "mean_admission_s": {k: round(sum(v.values()) / len(v), 1) for k, v in sorted(waits.items())}}


if __name__ == "__main__":
    with open(sys.argv[1]) as f:
        design = json.load(f)
    for q in design["queues"]:
        missing = {"name", "nominal", "borrow", "reclaim", "preempt_lower", "work"} - set(q)
        if missing:
            sys.exit("%s: queue %s: missing: %s" % (sys.argv[1], q.get("name", "?"), ", ".join(sorted(missing))))
    print(json.dumps(run(design), indent=1))
