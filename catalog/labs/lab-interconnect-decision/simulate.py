#!/usr/bin/env python3
"""Cost of a VPN-or-interconnect policy on hourly demand traces.

Usage: simulate.py --traces DIR [--policy policy.py] [--tariff tariff.json] [--csv OUT] [--json OUT]

Compares, for each trace: always VPN, always interconnect (ordered at hour 0), your policy, and the cheapest
plan with the whole future known (hindsight, by dynamic programming). Prints cost and the ratio to the best
static policy. An order takes provisioning_hours; until then, all traffic uses the VPN and no lease is paid. A
release before the minimum lease still pays the rest of the lease.
"""
import argparse
import csv
import importlib.util
import json
import pathlib
import sys

REGIME_CHANGE = ("ramp", "seasonal", "step-down")

def read_trace(path):
    with open(path, newline="") as f:
        return [float(row["gb"]) for row in csv.DictReader(f)]


def vpn_hour(t, gb):
    return t["vpn"]["hourly"] + t["vpn"]["egress_per_gb"] * gb


def link_hour(t, gb):
    backup = t["vpn"]["hourly"] if t["vpn_kept_as_backup"] else 0.0
    return t["interconnect"]["hourly"] + backup + t["interconnect"]["egress_per_gb"] * gb


def over(t, mode, gb):
    """True if demand exceeds the path in use: data is queued, so the transfer promise is broken."""
    name = "interconnect" if mode == "interconnect" else "vpn"
    return gb > t[name]["capacity_gb_per_hour"]


def run(t, demand, decide):
    mode, since, cost, late, switches, memory = "vpn", 0, 0.0, 0, 0, {}
    log, seen = [], []
    delay, lease = t["interconnect"]["provisioning_hours"], t["interconnect"]["minimum_lease_hours"]
    for hour, gb in enumerate(demand):
        if mode == "provisioning" and hour - since >= delay:
            mode, since = "interconnect", hour
            log.append((hour, "in service"))
        cost += link_hour(t, gb) if mode == "interconnect" else vpn_hour(t, gb)
        late += over(t, mode, gb)
        seen.append(gb)
        act = decide({"hour": hour, "demand": seen, "mode": mode, "mode_since": since,
                      "tariff": t, "memory": memory})
        if act == "order" and mode == "vpn":
            mode, since, switches = "provisioning", hour + 1, switches + 1
            log.append((hour, "order"))
        elif act == "release" and mode == "interconnect":
            cost += max(0, lease - (hour + 1 - since)) * t["interconnect"]["hourly"]
            mode, since, switches = "vpn", hour + 1, switches + 1
            log.append((hour, "release"))
        elif act == "release" and mode == "provisioning":
            cost += lease * t["interconnect"]["hourly"]
            mode, since, switches = "vpn", hour + 1, switches + 1
            log.append((hour, "cancel"))
        elif act not in ("order", "release", "hold"):
            raise SystemExit(f"decide() returned {act!r}; it must be order, release or hold")
    if mode == "interconnect":
        cost += max(0, lease - (len(demand) - since)) * t["interconnect"]["hourly"]
    return {"cost": cost, "late_hours": late, "switches": switches, "log": log}


def hindsight(t, demand):
    """Cheapest cost with the future known: best sequence of interconnect intervals."""
    n, delay = len(demand), t["interconnect"]["provisioning_hours"]
    lease, hourly = t["interconnect"]["minimum_lease_hours"], t["interconnect"]["hourly"]
    pv, pl = [0.0], [0.0]
    for gb in demand:
        pv.append(pv[-1] + vpn_hour(t, gb))
        pl.append(pl[-1] + link_hour(t, gb))
    free = [0.0] * (n + 1)      # on the VPN at the start of hour h, nothing ordered
    held = [float("inf")] * (n + 1)   # on the interconnect at the start of hour h, lease already served
    for h in range(1, n + 1):
        free[h] = free[h - 1] + vpn_hour(t, demand[h - 1])
        start = h - lease
        if start >= delay:
            entered = free[start - delay] + pv[start] - pv[start - delay] + pl[h] - pl[start]
            held[h] = min(held[h], entered)
        if held[h - 1] < float("inf"):
            held[h] = min(held[h], held[h - 1] + link_hour(t, demand[h - 1]))
        free[h] = min(free[h], held[h])
    best = min(free[n], held[n])
    for start in range(max(delay, n - lease), n):
        tail = free[start - delay] + pv[start] - pv[start - delay] + pl[n] - pl[start]
        best = min(best, tail + (lease - (n - start)) * hourly)
    return best


def best_static(row):
    return min(row["always_vpn_usd"], row["always_interconnect_usd"])


def load(path):
    spec = importlib.util.spec_from_file_location("policy", path)
    mod = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mod)
    return mod.decide


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--traces", type=pathlib.Path, required=True)
    ap.add_argument("--policy", type=pathlib.Path, default=pathlib.Path(__file__).with_name("policy.py"))
    ap.add_argument("--tariff", type=pathlib.Path, default=pathlib.Path(__file__).with_name("tariff.json"))
    ap.add_argument("--csv", type=pathlib.Path)
    ap.add_argument("--json", type=pathlib.Path, help="write the decisions of each trace")
    args = ap.parse_args()
    t = json.loads(args.tariff.read_text())
    decide = load(args.policy)
    rows, logs = [], {}
    files = sorted(args.traces.glob("*.csv"))
    if not files:
        sys.exit(f"no traces in {args.traces}")
    for path in files:
        demand = read_trace(path)
        vpn = run(t, demand, lambda s: "hold")["cost"]
        link = run(t, demand, lambda s: "order")["cost"]
        mine = run(t, demand, decide)
        best, worst = min(vpn, link), max(vpn, link)
        rows.append({
            "trace": path.stem, "always_vpn_usd": round(vpn), "always_interconnect_usd": round(link),
            "policy_usd": round(mine["cost"]), "hindsight_usd": round(hindsight(t, demand)),
            "worst_static_ratio": round(worst / best, 3), "policy_ratio": round(mine["cost"] / best, 3),
            "late_hours": mine["late_hours"], "switches": mine["switches"],
        })
        logs[path.stem] = mine["log"]
    names = list(rows[0])
    width = {n: max(len(n), *(len(str(r[n])) for r in rows)) for n in names}
    for r in [dict(zip(names, names))] + rows:
        print("  ".join(str(r[n]).rjust(width[n]) for n in names))
    change = [r for r in rows if r["trace"] in REGIME_CHANGE]
    captured = [100 * (best_static(r) - r["policy_usd"]) / (best_static(r) - r["hindsight_usd"]) for r in change
                if best_static(r) > r["hindsight_usd"]]
    if captured:
        print(f"saving captured on {', '.join(r['trace'] for r in change)}: "
              f"{sum(captured) / len(captured):.1f} % of what hindsight saves over the best static policy")
    print(f"highest policy_ratio: {max(r['policy_ratio'] for r in rows)}   "
          f"highest worst_static_ratio: {max(r['worst_static_ratio'] for r in rows)}")
    if args.csv:
        with open(args.csv, "w", newline="") as f:
            out = csv.DictWriter(f, names, lineterminator="\n")
            out.writeheader()
            out.writerows(rows)
    if args.json:
        args.json.write_text(json.dumps(logs, indent=1) + "\n")


if __name__ == "__main__":
    main()
