"""Accuracy guardrail for a reduced-precision variant, on SYNTHETIC data with a fixed seed.

  python3 quant_check.py --scheme tensor --bits 8       one scale for the whole weight matrix
  python3 quant_check.py --scheme channel --bits 8      one scale for each output row
Prints top-1 accuracy of the FP32 reference and of the quantised variant, and the loss in points.
"""
import argparse
import json
import random

CLASSES, DIM, SAMPLES = 20, 48, 1500


def top1(weights, samples):
    hits = 0
    for x, label in samples:
        scores = [sum(w * v for w, v in zip(row, x)) for row in weights]
        hits += scores.index(max(scores)) == label
    return 100.0 * hits / len(samples)


def quantise(row, scale, limit):
    return [max(-limit, min(limit, round(w / scale))) * scale for w in row]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--scheme", choices=["tensor", "channel"], default="tensor")
    p.add_argument("--bits", type=int, default=8)
    p.add_argument("--seed", type=int, default=23)
    a = p.parse_args()
    rng = random.Random(a.seed)
    centres = [[rng.gauss(0, 1) for _ in range(DIM)] for _ in range(CLASSES)]
    gains = [0.02 if c % 4 else 1.0 for c in range(CLASSES)]        # rows differ in size, as real layers do
    groups = [rng.randrange(CLASSES) for _ in range(SAMPLES)]
    samples = [([v + rng.gauss(0, 1.9) for v in centres[g]], g) for g in groups]
    # each class is scored by its own centre; the next layer divides the gain of the row out again
    weights = [[w * gains[c] for w in row] for c, row in enumerate(centres)]

    def run(matrix):
        restored = [[w / gains[c] for w in row] for c, row in enumerate(matrix)]
        return top1(restored, samples)

    limit = 2 ** (a.bits - 1) - 1
    whole = max(abs(w) for row in weights for w in row) / limit
    quantised = [quantise(row, whole if a.scheme == "tensor" else max(map(abs, row)) / limit, limit)
                 for row in weights]
    base, variant = run(weights), run(quantised)
    print(json.dumps({"scheme": a.scheme, "bits": a.bits, "top1_fp32": round(base, 2),
                      "top1_variant": round(variant, 2), "loss_points": round(base - variant, 2)}))


if __name__ == "__main__":
    main()
