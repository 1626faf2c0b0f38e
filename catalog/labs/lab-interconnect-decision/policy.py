"""The decision rule that you write. simulate.py calls it once an hour, after that hour's demand is known.

decide(state) returns "order" (order the interconnect), "release" (give it up) or "hold".
state has:
  hour         hours since the start
  demand       list of GB for every hour so far; the future is not in it
  mode         "vpn", "provisioning" or "interconnect"
  mode_since   the hour at which this mode began
  tariff       the tariff as a dict
  memory       a dict of yours, kept from hour to hour
"""


def decide(state):
    """Starting point: reacts to one hour. It orders in a busy hour and releases in a quiet one."""
    t = state["tariff"]
    saving_per_gb = t["vpn"]["egress_per_gb"] - t["interconnect"]["egress_per_gb"]
    break_even = t["interconnect"]["hourly"] / saving_per_gb
    now = state["demand"][-1]
    if state["mode"] == "vpn" and now > break_even:
        return "order"
    if state["mode"] == "interconnect" and now < break_even:
        return "release"
    return "hold"
