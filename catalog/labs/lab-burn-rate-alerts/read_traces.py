#!/usr/bin/env python3
"""Show exported traces as they were recorded; nothing is repaired here.

    python3 read_traces.py spans.jsonl                    one line for each trace, the longest first
    python3 read_traces.py spans.jsonl --trace 1a2b3c4d   a waterfall; --trace may name a request, such as r007

`lost` counts spans whose parent was not exported. `outside` counts spans that begin before their parent or end after it.
Times are in ms by the clock of the host that wrote the span.
"""
import argparse
import json
import sys

WIDTH = 48


def read(path):
    traces = {}
    with open(path) as f:
        for number, line in enumerate(f, 1):
            try:
                span = json.loads(line)
                traces.setdefault(span["trace"], []).append(span)
            except (ValueError, KeyError, TypeError):
                raise SystemExit(f"{path}:{number}: not a span")
    return traces


def facts(spans):
    by_id = {s["span"]: s for s in spans}
    lost = [s for s in spans if s["parent"] and s["parent"] not in by_id]
    outside = [s for s in spans if s["parent"] in by_id and (
        s["start_ms"] < by_id[s["parent"]]["start_ms"] or s["end_ms"] > by_id[s["parent"]]["end_ms"])]
    top = next((s for s in spans if s["parent"] is None), spans[0])
    return top, lost, outside


def requests(spans):
    return {s.get("attrs", {}).get("request") for s in spans} - {None}


def waterfall(spans):
    top, lost, outside = facts(spans)
    begin, end = min(s["start_ms"] for s in spans), max(s["end_ms"] for s in spans)
    scale = WIDTH / max(end - begin, 0.1)

    def row(span, depth, mark):
        left = int((span["start_ms"] - begin) * scale)
        bar = " " * left + "#" * max(1, int((span["end_ms"] - span["start_ms"]) * scale))
        attrs = " ".join(f"{k}={v}" for k, v in span.get("attrs", {}).items())
        print(f"{mark:8}{'  ' * depth + span['name']:24}{span['end_ms'] - span['start_ms']:8.1f} |{bar:{WIDTH + 1}}| "
              f"{span['host']:6}{attrs}")
        for child in sorted((s for s in spans if s["parent"] == span["span"]), key=lambda s: s["start_ms"]):
            row(child, depth + 1, "outside" if child in outside else "")

    print(f"trace {top['trace']}  {', '.join(sorted(requests(spans)))}  {top['end_ms'] - top['start_ms']:.1f} ms")
    row(top, 0, "")
    for span in lost:
        if span is not top:
            row(span, 0, "lost")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--trace", help="a trace, or a request: then all traces that name it")
    args = parser.parse_args()
    traces = read(args.file)
    if args.trace:
        found = [s for t, s in traces.items() if t == args.trace or args.trace in requests(s)]
        if not found:
            raise SystemExit(f"{args.file}: no trace or request '{args.trace}'")
        for spans in found:
            waterfall(spans)
        return 0
    for spans in sorted(traces.values(), key=lambda s: facts(s)[0]["start_ms"] - facts(s)[0]["end_ms"]):
        top, lost, outside = facts(spans)
        print(f"{top['trace']}  {','.join(sorted(requests(spans))):6}{top['name']:20}"
              f"{top['end_ms'] - top['start_ms']:9.1f} ms  {len(spans):2} spans  lost {len(lost)}  outside {len(outside)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
