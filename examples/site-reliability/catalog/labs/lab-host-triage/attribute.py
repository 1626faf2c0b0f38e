"""The attribution as found: what is not on a CPU counts as disk. Change what stands here."""


def attribute(lines):
    out, request, since, running = {}, None, 0.0, False
    for line in lines:
        when, _, what = line.split(" ", 2)
        when = float(when)
        if what.startswith("request") and what.endswith("start"):
            request = int(what.split()[1])
            out[request] = {"cpu": 0.0, "disk": 0.0}
            since, running = when, False
            continue
        if request is not None and (what == "switch-in" or what.startswith("switch-out") or what.endswith("end")):
            out[request]["cpu" if running else "disk"] += when - since
            since, running = when, what == "switch-in"
    return out
