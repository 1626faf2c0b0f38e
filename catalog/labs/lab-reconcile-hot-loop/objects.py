#!/usr/bin/env python3
"""Prints ModelCache objects as YAML for kubectl apply.   objects.py [--count 50] [--seed 1]"""
import argparse
import random

p = argparse.ArgumentParser(description=__doc__)
p.add_argument("--count", type=int, default=50)
p.add_argument("--seed", type=int, default=1)
a = p.parse_args()
rng = random.Random(a.seed)
for n in range(a.count):
    print(f"""---
apiVersion: cache.example.com/v1alpha1
kind: ModelCache
metadata:
  name: cache-{n:03d}
  namespace: default
spec:
  model: {rng.choice(["ranker", "embedder", "drafter", "moderator"])}-{n:03d}
  revision: "{rng.randrange(16**8):08x}"
""".rstrip())
