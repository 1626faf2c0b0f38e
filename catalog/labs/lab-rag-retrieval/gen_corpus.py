#!/usr/bin/env python3
"""Writes a synthetic operations corpus with questions: corpus.jsonl, dev.jsonl and held.jsonl.

Three tenants run the same services with different numbers; a fourth set of documents is shared.
Each question has exactly one sentence that answers it, given as document and character span.

  gen_corpus.py OUT_DIR [--seed 42]
"""
import argparse
import json
import os
import random

TENANTS = ["acme", "birch", "cobalt"]
SERVICES = ["checkout-gateway", "feature-store", "model-router", "token-broker", "batch-scorer", "vector-index",
            "event-relay", "audit-sink", "artifact-cache", "quota-ledger", "prompt-filter", "metrics-fanout"]
# section: (heading, [(fact id, sentence, question wordings)])
FACTS = {
    "Limits": [
        ("timeout", "The request timeout of this service is {a} ms.",
         ["How long does {s} wait before it abandons a call?", "What is the request timeout of {s}?",
          "After how many milliseconds does {s} give up on a request?"]),
        ("conns", "Each replica accepts at most {b} concurrent connections.",
         ["How many simultaneous sessions does one instance of {s} take?",
          "What is the concurrent connection limit of {s} for each replica?"]),
        ("payload", "A payload above {c} KiB is rejected with code {e}.",
         ["Which code does {s} return for an oversized body?", "What is the largest payload {s} accepts?"]),
    ],
    "Deployment": [
        ("canary", "The canary step holds {d} percent of traffic for {f} minutes.",
         ["What share of traffic does the first rollout step of {s} get?",
          "How long is the canary of {s} observed?"]),
        ("owner", "Changes need an approval from team {t}.",
         ["Who has to sign off a release of {s}?", "Which team approves changes to {s}?"]),
        ("rollback", "Roll back by pinning the previous digest in overlay {o} and waiting for the sync.",
         ["Where is the former digest pinned to undo a release of {s}?",
          "Which overlay is edited to roll back {s}?"]),
    ],
    "Alerts": [
        ("page", "Error {e2} pages the on-call engineer when it lasts longer than {g} minutes.",
         ["When does {e2} wake somebody up?", "What does error {e2} trigger, and after how long?"]),
        ("burn", "The burn-rate page fires at {h} times the budget over one hour.",
         ["At which multiple of the error budget does {s} page?",
          "What burn rate triggers the one hour page of {s}?"]),
        ("silence", "A silence for maintenance may last {i} hours at most.",
         ["How long may alerts of {s} be muted during planned work?",
          "What is the longest maintenance silence for {s}?"]),
    ],
    "Storage": [
        ("retention", "Raw records are kept for {j} days and aggregates for {k} months.",
         ["For how many days does {s} keep its raw data?", "What is the retention of raw records in {s}?"]),
        ("backup", "A backup starts at {l} minutes past each hour and is restored every quarter.",
         ["When are the snapshots of {s} taken?", "At which minute does the backup of {s} start?"]),
        ("crypt", "Data at rest is encrypted with the key alias {m}.",
         ["Which key protects the stored data of {s}?", "Which key alias encrypts {s} at rest?"]),
    ],
}
FILLER = ["The dashboard shows the same figures with a delay of a minute.",
          "Operators review this page at every quarterly planning meeting.",
          "The request path and the batch path share these settings unless stated otherwise.",
          "Numbers in this section were confirmed by the last load test.",
          "A change of these values needs a change record and a second pair of eyes.",
          "See the service catalogue for the dependency graph and the escalation contacts.",
          "The timeout of dependent services is documented on their own pages.",
          "This service follows the platform defaults for everything that is not listed."]


def values(rng):
    return {"a": rng.randrange(50, 5000, 5), "b": rng.randrange(20, 900, 4), "c": rng.randrange(32, 4096, 16),
            "d": rng.randrange(1, 25), "e": f"E-{rng.randrange(1000, 9999)}", "e2": f"E-{rng.randrange(1000, 9999)}",
            "f": rng.randrange(5, 90, 5), "g": rng.randrange(2, 40), "h": round(rng.uniform(6, 15), 1),
            "i": rng.randrange(1, 12), "j": rng.randrange(7, 400), "k": rng.randrange(3, 36),
            "l": rng.randrange(1, 59), "m": f"kms-{rng.randrange(16**5):05x}", "o": f"ov-{rng.randrange(16**4):04x}",
            "t": rng.choice(["harbour", "lighthouse", "quarry", "meadow", "foundry", "orchard"])}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out")
    p.add_argument("--seed", type=int, default=42)
    a = p.parse_args()
    rng = random.Random(a.seed)
    docs, questions = [], []
    for tenant in TENANTS + ["shared"]:
        for service in SERVICES:
            v, text, spans = values(rng), "", []
            text += f"# {service} operations handbook\n\n"
            for heading, facts in FACTS.items():
                text += f"## {heading}\n\n"
                lines = [("", rng.choice(FILLER)) for _ in range(rng.randrange(3, 6))]
                for fact, sentence, wordings in facts:
                    lines.insert(rng.randrange(len(lines) + 1), (fact, sentence.format(s=service, **v)))
                for fact, line in lines:
                    if fact:
                        spans.append((fact, len(text), len(text) + len(line)))
                    text += line + " "
                text += "\n\n"
            doc = f"{tenant}/{service}"
            docs.append({"id": doc, "tenant": tenant, "title": f"{service} operations handbook", "text": text})
            if tenant == "shared":
                continue
            wording = {fact: w for facts in FACTS.values() for fact, _, w in facts}
            for fact, start, end in spans:
                q = rng.choice(wording[fact]).format(s=service, **v)
                questions.append({"id": f"{doc}#{fact}", "tenant": tenant, "question": q, "doc": doc,
                                  "start": start, "end": end})
    rng.shuffle(docs)
    rng.shuffle(questions)
    os.makedirs(a.out, exist_ok=True)
    parts = {"corpus": docs, "dev": questions[:120], "held": questions[120:360]}
    for name, rows in parts.items():
        with open(os.path.join(a.out, name + ".jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r, sort_keys=True) + "\n" for r in rows)
    print(json.dumps({name: len(rows) for name, rows in parts.items()}))


if __name__ == "__main__":
    main()
