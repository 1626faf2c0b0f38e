"""Writes the traces that the lab ships: make_spans.py > spans.jsonl. Kept here because it holds the answers.

48 requests. 15 are slow: nine wait for an adapter that pod ms-4 does not have in its cache, five wait in the queue's lane
`long`, one waits for its safety check. The clock of ms-2 is 380 ms ahead. Four requests have spans with a parent that was
never exported, and two are split over two traces, because the queue's consumer lost the context.
"""
import json
import random

SKEW_MS = {"ms-2": 380.0}
rng = random.Random(47)
spans = []


def name(bits):
    return "%0*x" % (bits // 4, rng.getrandbits(bits))


def request(n, at, pod, cause, adapter, broken):
    trace, root, model = name(32), name(16), name(16)
    second = name(32) if broken == "split" else trace
    lost = name(16)
    rid = "r%03d" % n
    skew = SKEW_MS.get(pod, rng.uniform(-0.2, 0.2))

    def add(span, parent, what, service, host, start, end, where=trace, off=0.0, **attrs):
        spans.append({"trace": where, "span": span, "parent": parent, "name": what, "service": service, "host": host,
                      "start_ms": round(start + off, 1), "end_ms": round(end + off, 1),
                      **({"attrs": attrs} if attrs else {})})

    auth = at + rng.uniform(3, 8)
    lane = "long" if cause == "queue" else rng.choice(["short", "short", "long"]) if cause else "short"
    waited = auth + (rng.uniform(560, 800) if cause == "queue" else rng.uniform(5, 40))
    begin = waited + rng.uniform(0.8, 1.4)
    tokenised = begin + rng.uniform(2, 5)
    loaded = tokenised + (rng.uniform(620, 900) if cause == "adapter" else rng.uniform(0.5, 2))
    prefilled = loaded + rng.uniform(60, 110)
    decoded = prefilled + rng.uniform(250, 430)
    checked = tokenised + (rng.uniform(0.82, 0.93) * (decoded - tokenised) if cause == "adapter" and n % 2
                           else rng.uniform(1010, 1060) if cause == "safety" else rng.uniform(120, 220))
    flushed = max(decoded, checked) + rng.uniform(1, 3)
    end = flushed + rng.uniform(0.2, 0.5)
    back = end + rng.uniform(0.8, 1.4)
    add(root, None, "POST /v1/generate", "gateway", rng.choice(["gw-1", "gw-2"]), at, back, request=rid, status=200)
    add(name(16), root, "auth", "gateway", spans[-1]["host"], at, auth)
    add(name(16), root, "queue.wait", "queue", "q-1", auth, waited, lane=lane)
    parent = lost if broken == "parent" else None if broken == "split" else root
    add(model, parent, "model.request", "model-server", pod, begin, end, second, skew, request=rid)
    for what, start, stop, attrs in (
            ("tokenize", begin, tokenised, {}),
            ("adapter.load", tokenised, loaded, {"adapter": adapter, "cache": "miss" if cause == "adapter" else "hit"}),
            ("prefill", loaded, prefilled, {}), ("decode", prefilled, decoded, {}),
            ("safety.check", tokenised, checked, {}), ("stream.flush", max(decoded, checked), flushed, {})):
        add(name(16), model, what, "model-server", pod, start, stop, second, skew, **attrs)


plan = ["adapter"] * 9 + ["queue"] * 5 + ["safety"] + [None] * 33
rng.shuffle(plan)
left = {"adapter": ["parent", "parent"], "queue": ["split"], "safety": [], None: ["parent", "split", "parent"]}
queued = ["ms-2", "ms-1", "ms-2", "ms-3", "ms-1"]
at = 100000.0
for n, cause in enumerate(plan):
    at += rng.uniform(4000, 24000)
    pod = {"adapter": "ms-4", "queue": queued[0] if queued else "", "safety": "ms-3"}.get(
        cause, rng.choice(["ms-1", "ms-2", "ms-3", "ms-4"]))
    if cause == "queue":
        queued.pop(0)
    broken = left[cause].pop(0) if left[cause] and rng.random() < 0.5 else None
    request(n, at, pod, cause, rng.choice(["legal-de", "support-fr"]) if cause == "adapter" else
            rng.choice(["none", "legal-de", "support-fr"]) if pod != "ms-4" else "none", broken)
spans.sort(key=lambda s: s["end_ms"])
for s in spans:
    print(json.dumps(s, separators=(",", ":")))
