"""Reference plan: each rank holds the same part of every tensor."""


def plan(tensors, world, stage):
    total = sum(count for _, count in tensors)
    whole = [(name, 0, count) for name, count in tensors]
    largest = max(sum(c for n, _, c in whole if n.split(".")[0] == block) for block in {n.split(".")[0] for n, _, _ in whole})
    ranks = []
    for rank in range(world):
        mine = [(name, count * rank // world, count * (rank + 1) // world) for name, count in tensors]
        ranks.append({
            "weights": mine if stage >= 3 else whole,
            "grads": mine if stage >= 2 else whole,
            "optim": mine if stage >= 1 else whole,
            "gather": largest if stage >= 3 else 0,       # one block at a time
            # reduce-scatter of gradients and gather of weights; stage 3 gathers once more for the backward pass
            "sent": (3 if stage >= 3 else 2) * total * (world - 1) // world})
    return ranks
