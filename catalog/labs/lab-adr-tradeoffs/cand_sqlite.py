#!/usr/bin/env python3
"""Candidate: SQLite in WAL mode as the local replica of the model registry."""
import os
import sqlite3

import workload


class Store:
    def __init__(self, folder):
        self.db = sqlite3.connect(os.path.join(folder, "registry.db"), isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("CREATE TABLE IF NOT EXISTS registry (key TEXT PRIMARY KEY, value TEXT)")

    def put(self, key, value):
        self.db.execute("INSERT INTO registry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        (key, value))

    def get(self, key):
        row = self.db.execute("SELECT value FROM registry WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def close(self):
        self.db.close()


if __name__ == "__main__":
    workload.main(Store)
