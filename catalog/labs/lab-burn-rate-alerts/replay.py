#!/usr/bin/env python3
"""Replay a month of request counts against an alert policy.

    python3 replay.py policy.json data/seed11 data/seed23 data/seed47 --out results.json

For each month it prints, and writes as JSON:
  detection_min       worst time from the start of a total outage to the first page
  page_precision_pct  pages that overlap an event which needed action
  bad_minutes         full-outage minutes of the SLI, with the response model applied
  missed              events that needed action but got no page and no ticket
  pages, tickets      firing episodes
Response model: a page ends the harm RESPONSE_MIN after it fires, a ticket
TICKET_RESPONSE_MIN after it fires. An alert with "auto_action": true starts an automatic
rollback that ends the harm AUTO_RESPONSE_MIN after it fires; a rollback that was not
needed costs FALSE_ACTION_BAD_MIN full-outage minutes. Harm that nobody is told of lasts
until it ends itself.
"""
import argparse
import csv
import json
import os
import statistics
import sys

RESPONSE_MIN = 12
AUTO_RESPONSE_MIN = 4
FALSE_ACTION_BAD_MIN = 2
TICKET_RESPONSE_MIN = 480
NOTIFY_MIN = 0.5         # grouping and delivery of a notification
EPISODE_GAP_MIN = 120    # firings of one alert that are closer than this are one page
COLUMNS = ("err_5xx", "err_4xx", "slow")


def load(folder):
    with open(os.path.join(folder, "month.csv")) as f:
        rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(f)]
    with open(os.path.join(folder, "incidents.csv")) as f:
        events = [dict(kind=r["kind"], start=int(r["start_min"]), end=int(r["end_min"]),
                       act=r["needs_action"] == "yes") for r in csv.DictReader(f)]
    return rows, events


def prefix(values):
    total, out = 0.0, [0.0]
    for v in values:
        total += v
        out.append(total)
    return out


class Series:
    def __init__(self, policy, rows):
        sli = policy["sli"]
        for name in list(sli["bad"]) + list(sli.get("excluded", [])):
            if name not in COLUMNS:
                raise SystemExit(f"policy: unknown column '{name}', choose from {', '.join(COLUMNS)}")
        self.bad_by_min = [sum(r[c] for c in sli["bad"]) for r in rows]
        self.all_by_min = [max(0.0, r["requests"] - sum(r[c] for c in sli.get("excluded", []))) for r in rows]
        self.bad, self.all = prefix(self.bad_by_min), prefix(self.all_by_min)
        self.gpu = prefix([r["gpu_pct"] for r in rows])

    def ratio(self, end, window):
        """Bad share of the `window` minutes that end with minute `end`."""
        first = max(0, end + 1 - window)
        total = self.all[end + 1] - self.all[first]
        return (self.bad[end + 1] - self.bad[first]) / total if total else 0.0

    def requests(self, end, window):
        first = max(0, end + 1 - window)
        return self.all[end + 1] - self.all[first]

    def gpu_mean(self, end, window):
        first = max(0, end + 1 - window)
        return (self.gpu[end + 1] - self.gpu[first]) / (end + 1 - first)


def condition(alert, slo, series, minute):
    kind = alert["type"]
    if kind == "burn":
        limit = alert["burn"] * (1 - slo)
        if series.requests(minute, alert["long_min"]) < alert.get("min_requests", 0):
            return False
        return (series.ratio(minute, alert["long_min"]) > limit
                and series.ratio(minute, alert["short_min"]) > limit)
    if kind == "threshold":
        return series.ratio(minute, alert["window_min"]) > alert["ratio"]
    if kind == "gpu":
        return series.gpu_mean(minute, alert["window_min"]) > alert["above_pct"]
    raise SystemExit(f"policy: unknown alert type '{kind}'")


def firings(alert, slo, series, minutes):
    """Episodes as (first, last): times in minutes at which the alert notifies."""
    episodes, true_for = [], 0
    for minute in range(minutes):
        true_for = true_for + 1 if condition(alert, slo, series, minute) else 0
        if true_for > alert.get("for_min", 0):
            now = minute + 1
            if episodes and now - episodes[-1][1] <= EPISODE_GAP_MIN:
                episodes[-1][1] = now
            else:
                episodes.append([now, now])
    return [(first + NOTIFY_MIN, last + NOTIFY_MIN) for first, last in episodes]


def merge(episodes):
    """One notification where several rules of one severity fire for the same thing."""
    merged = []
    for first, last in sorted(episodes):
        if merged and first <= merged[-1][1] + EPISODE_GAP_MIN:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def replay(policy, folder):
    rows, events = load(folder)
    series = Series(policy, rows)
    slo = policy["slo"]
    raw = {"page": [], "ticket": [], "auto": []}
    for alert in policy["alerts"]:
        found = firings(alert, slo, series, len(rows))
        raw[alert["severity"]] += found
        if alert.get("auto_action"):
            raw["auto"] += found
    pages, tickets = merge(raw["page"]), merge(raw["ticket"])
    act = [e for e in events if e["act"]]

    def first_after(episodes, event):
        times = [f for f, _ in episodes if event["start"] <= f <= event["end"] + 15]
        return min(times) if times else None

    def useful(first):
        return any(e["start"] <= first <= e["end"] + 15 for e in act)

    outages = [e for e in act if e["kind"] == "total-outage"]
    detection = [first_after(raw["page"], e) for e in outages]
    detection = [(t - e["start"]) if t is not None else e["end"] - e["start"]
                 for t, e in zip(detection, outages)]
    missed, harm_ends = [], []
    for event in act:
        page, ticket = first_after(raw["page"], event), first_after(raw["ticket"], event)
        if page is None and ticket is None:
            missed.append(event["kind"])
        ends = [event["end"]]
        if page is not None:
            ends.append(page + RESPONSE_MIN)
        if ticket is not None:
            ends.append(ticket + TICKET_RESPONSE_MIN)
        auto = first_after(raw["auto"], event)
        if auto is not None:
            ends.append(auto + AUTO_RESPONSE_MIN)
        harm_ends.append((event, min(ends)))

    false_actions = sum(not useful(first) for first, _ in merge(raw["auto"]))
    bad_minutes = float(FALSE_ACTION_BAD_MIN * false_actions)
    background = 1 - slo
    for event, end in harm_ends:
        for minute in range(event["start"], event["end"]):
            share = max(0.0, min(1.0, end - minute))
            row = rows[minute]
            hurt = row["err_5xx"] + row["slow"]       # what users felt, whatever the policy counts
            if row["requests"]:
                bad_minutes += share * hurt / row["requests"]
    good = sum(useful(first) for first, _ in pages)
    return {
        "data": folder,
        "detection_min": round(max(detection), 1) if detection else None,
        "page_precision_pct": round(100 * good / len(pages), 1) if pages else 0.0,
        "bad_minutes": round(bad_minutes, 1),
        "budget_minutes": round(background * len(rows), 1),
        "missed": missed,
        "pages": len(pages),
        "tickets": len(tickets),
        "false_actions": false_actions,
        "pages_per_12h_shift": round(len(pages) / 60, 2),
        "false_pages_at_min": [first for first, _ in pages if not useful(first)],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("policy")
    parser.add_argument("data", nargs="+")
    parser.add_argument("--out", default="results.json")
    args = parser.parse_args()
    with open(args.policy) as f:
        policy = json.load(f)
    runs = [replay(policy, folder) for folder in args.data]
    summary = {k: statistics.median(r[k] for r in runs)
               for k in ("detection_min", "page_precision_pct", "bad_minutes", "pages", "tickets")}
    summary["missed_total"] = sum(len(r["missed"]) for r in runs)
    with open(args.out, "w") as f:
        json.dump({"policy": policy, "runs": runs, "median": summary}, f, indent=1)
        f.write("\n")
    for r in runs:
        print(f"{r['data']:16} detect {r['detection_min']:>6} min  precision {r['page_precision_pct']:>5} %"
              f"  bad {r['bad_minutes']:>6} min  pages {r['pages']:>3}  tickets {r['tickets']:>3}"
              f"  missed {','.join(r['missed']) or '-'}")
    print("median", json.dumps(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
