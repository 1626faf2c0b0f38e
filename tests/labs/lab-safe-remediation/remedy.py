"""A sound tool: two signals, few at a time, one try for each instance, everything in the journal."""

AT_ONCE, MOST, AWAY_S, HELPED_S = 3, 6, 80, 300


def step(now, view, api, journal):
    last, tries, strikes = {}, {}, {}
    for entry in journal:
        if "restart" in entry:
            last[entry["restart"]] = entry["at"]
            tries[entry["restart"]] = tries.get(entry["restart"], 0) + 1
        strikes = entry.get("strikes", strikes)

    def page(text):
        if not any("page" in entry for entry in journal):
            journal.append({"page": text, "at": now})
            api.page(text)

    failing = [v for v in view if v["check"] == "failing"]
    dead = [v["id"] for v in failing if v["serving"] < 5]
    strikes = {str(i): strikes.get(str(i), 0) + 1 for i in dead}
    away = [i for i, at in last.items() if now - at < AWAY_S]
    bad = [i for i in dead if strikes[str(i)] >= 2 and i not in away]
    unhelped = [i for i in bad if i in last and now - last[i] < HELPED_S]
    if len(failing) - len(dead) > MOST:
        page("checks fail, and the instances serve")
    if len(bad) > MOST:
        page("more than a restart should mend")
    if unhelped:
        page("a restart has not helped")
    if len(bad) <= MOST and not unhelped:
        for i in bad:
            if len(away) >= AT_ONCE or tries.get(i, 0) >= 2:
                continue
            away.append(i)
            journal.append({"restart": i, "at": now})
            try:
                api.restart(i)
            except TimeoutError:
                journal.append({"timeout": i, "at": now})
    journal.append({"strikes": strikes, "at": now})
