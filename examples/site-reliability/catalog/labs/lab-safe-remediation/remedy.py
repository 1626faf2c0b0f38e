"""The tool as found: whatever fails its check is restarted at once."""


def step(now, view, api, journal):
    for instance in view:
        if instance["check"] == "failing":
            api.restart(instance["id"])
