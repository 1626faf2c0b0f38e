"""Model-state bytes per rank. The numbers it prints disagree with the ledger: find out why, then mend it."""
import argparse


def model_state_bytes(params, world, stage):
    weights, grads, optim = 2 * params, 2 * params, 8 * params      # fp16, fp16, Adam
    if stage >= 1:
        optim /= world
    if stage >= 2:
        weights /= world
    if stage >= 3:
        grads /= world
    return weights + grads + optim


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--params", type=float, default=7.5e9)
    p.add_argument("--world", type=int, default=8)
    a = p.parse_args()
    base = model_state_bytes(a.params, a.world, 0)
    for stage in range(4):
        size = model_state_bytes(a.params, a.world, stage)
        print("S%d  %8.2f GB  %.3fx" % (stage, size / 1e9, base / size))
