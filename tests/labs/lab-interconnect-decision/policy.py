"""Reference rule: order or release once demand above or below break-even has added up to enough.

UP and DOWN are hours of demand at twice break-even, or at none; CAP keeps one bulk copy from counting for more.
"""
UP, DOWN, CAP, LIMIT = 24, 200, 3, 400


def decide(state):
    link, vpn, memory = state["tariff"]["interconnect"], state["tariff"]["vpn"], state["memory"]
    even = link["hourly"] / (vpn["egress_per_gb"] - link["egress_per_gb"])
    excess = (min(state["demand"][-1], CAP * even) - even) / even
    memory["gain"] = max(0.0, min(LIMIT, memory.get("gain", 0.0) + excess))
    memory["loss"] = max(0.0, min(LIMIT, memory.get("loss", 0.0) - excess))
    if state["mode"] == "vpn" and memory["gain"] >= UP:
        memory["loss"] = 0.0
        return "order"
    served = state["hour"] - state["mode_since"] + 1
    if state["mode"] == "interconnect" and memory["loss"] >= DOWN and served >= link["minimum_lease_hours"]:
        memory["gain"] = 0.0
        return "release"
    return "hold"
