#!/usr/bin/env python3
"""Candidate: an append-only JSON log with an index in memory, written every 64 entries."""
import json
import os

import workload


class Store:
    def __init__(self, folder):
        self.path, self.index, self.pending = os.path.join(folder, "registry.log"), {}, []
        if os.path.exists(self.path):
            with open(self.path) as f:
                for line in f:
                    key, value = json.loads(line)
                    self.index[key] = value

    def put(self, key, value):
        self.index[key] = value
        self.pending.append(json.dumps([key, value]))
        if len(self.pending) >= 64:
            self.flush()

    def get(self, key):
        return self.index.get(key)

    def flush(self):
        with open(self.path, "a") as f:
            f.write("".join(line + "\n" for line in self.pending))
        self.pending = []

    def close(self):
        self.flush()


if __name__ == "__main__":
    workload.main(Store)
