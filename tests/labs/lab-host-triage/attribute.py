"""A sound attribution: one state at a time, each ending where the next begins."""

CALLS = {"futex": "lock", "read(file)": "disk", "recv(net)": "net"}


def attribute(lines):
    out, request, state, since, call = {}, None, None, 0.0, None
    for line in lines:
        when, _, what = line.split(" ", 2)
        when = float(when)
        if state:
            out[request][state] += when - since
        since = when
        if what.endswith("start"):
            request, state = int(what.split()[1]), "queue"
            out[request] = dict.fromkeys(["cpu", "queue", "throttled", "disk", "lock", "net"], 0.0)
        elif what.endswith("end"):
            state = None
        elif what == "switch-in":
            state = "cpu"
        elif what.startswith("call"):
            call = CALLS[what[5:]]
        elif what == "throttle":
            state = "throttled"
        elif what == "switch-out R":
            state = "throttled" if state == "throttled" else "queue"
        elif what.startswith("switch-out"):
            state = call
        elif what in ("wake", "unthrottle"):
            state = "queue"
    return out
