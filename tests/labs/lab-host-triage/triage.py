"""A sound triage: the program's own words first, then pressure, then what only counters show."""
import re


def number(text, pattern):
    found = re.search(pattern, text)
    return float(found.group(1)) if found else 0.0


def triage(ask):
    log = ask("app-log")
    for words, finding in (("Too many open", "fd-limit"), ("assign requested", "ports-exhausted"),
                           ("lookup", "dns-slow"), ("upstream", "not-this-host")):
        if words in log:
            return finding
    if "No space" in log:
        return "inodes-full" if number(ask("df-i"), r"used (\d+)") >= 100 else "space-held"
    pressure = ask("pressure")
    cpu, memory, io = (number(pressure, name + r": some avg10=([\d.]+)") for name in ("cpu", "memory", "io"))
    if memory > 10:
        return "memory-reclaim"
    if io > 20:
        return "nfs-hang" if "nfs" in ask("dmesg") else "disk-latency"
    if cpu > 20:
        stat = ask("cpu.stat")
        if number(stat, r"nr_throttled (\d+)") > 0.1 * number(stat, r"nr_periods (\d+)"):
            return "cpu-throttled"
        return "cpu-steal" if number(ask("vmstat"), r" (\d+)$") > 10 else "cpu-saturated"
    if number(ask("memory.events"), r"oom_kill (\d+)"):
        return "oom-killed"
    return "accept-queue" if number(ask("nstat"), r"Overflows (\d+)") > 100 else "conntrack-full"
