"""First plan: whole tensors, dealt to the ranks in turn. It is correct for stage 0 and wasteful for the rest."""


def plan(tensors, world, stage):
    total = sum(count for _, count in tensors)
    whole = [(name, 0, count) for name, count in tensors]
    ranks = []
    for rank in range(world):
        mine = whole[rank::world]
        ranks.append({
            "weights": mine if stage == 3 else whole,
            "grads": mine if stage == 3 else whole,          # freed only when the weights are sharded too
            "optim": mine if stage >= 1 else whole,
            "gather": total if stage == 3 else 0,            # gathers the whole model at once
            "sent": 2 * total * (world - 1) // world if stage < 3 else 4 * total * (world - 1) // world})
    return ranks
