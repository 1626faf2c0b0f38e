"""The inherited retriever: BM25 over fixed windows of 1,000 characters, one index for all tenants.

The evaluator needs Retriever(docs) and search(query, tenant, k) -> [{"doc", "start", "end"}, ...],
best first; start and end are character positions in the document's text. Change anything else.
"""
import math
import re
from collections import Counter

WINDOW, K1, B = 1000, 1.2, 0.75


def tokens(text):
    return re.findall(r"[a-z]+", text.lower())


class Retriever:
    def __init__(self, docs):
        self.chunks = []
        for d in docs:
            for start in range(0, len(d["text"]), WINDOW):
                end = min(len(d["text"]), start + WINDOW)
                self.chunks.append((d["id"], start, end, Counter(tokens(d["text"][start:end]))))
        self.seen = Counter(t for c in self.chunks for t in c[3])
        self.mean = sum(sum(c[3].values()) for c in self.chunks) / len(self.chunks)

    def score(self, query, bag):
        size, total = sum(bag.values()), 0.0
        for t in query:
            if bag[t]:
                idf = math.log(1 + (len(self.chunks) - self.seen[t] + 0.5) / (self.seen[t] + 0.5))
                total += idf * bag[t] * (K1 + 1) / (bag[t] + K1 * (1 - B + B * size / self.mean))
        return total

    def search(self, query, tenant, k):
        q = tokens(query)
        best = sorted((-self.score(q, c[3]), n) for n, c in enumerate(self.chunks))[:k]
        return [dict(zip(("doc", "start", "end"), self.chunks[n][:3])) for _, n in best]
