#!/usr/bin/env python3
"""Templates: this project, mustache.js, handlebars and Jinja2 on one page and the same data, in one run.

Usage: templates.py COURSEWRIGHT BENCH_TEMPLATE SOURCE_ROOT [SECONDS]. The JavaScript engines are looked for where node finds
modules: set NODE_PATH to a folder node_modules. What is not installed is named and left out. The page stands in tests/bench/page,
the data is the plan and the trace of the example course. Prints medians and ratios; fails only if the engines print different
pages."""

import html
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PASSES = 3
ROUNDS = 25
PROCESSES = 21
JINJA_ONCE = """
import json, sys, jinja2
loader = jinja2.FileSystemLoader(sys.argv[1])
e = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
sys.stdout.write(e.get_template("page.html.jinja").render(json.load(open(sys.argv[2]))))
"""


def run(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout.decode()


def process_ms(commands):
    """Medians of the processes, taken in turn."""
    times = {name: [] for name in commands}
    for _ in range(PROCESSES):
        for name, command in commands.items():
            start = time.perf_counter()
            run(command)
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(t) for name, t in times.items()}


def example_data(program, root, scratch):
    """Plan and trace of the example course; lists of seen values become words, so that all engines print them alike."""
    workbook = os.path.join(scratch, "senior-ai-infrastructure-engineer.md")
    shutil.copy(os.path.join(root, "examples/senior-ai-infrastructure/workbook.md"), workbook)
    run([program, "build", workbook, "-o", os.path.join(scratch, "out")])
    data = {}
    for name in ("plan", "trace"):
        with open(os.path.join(scratch, "out", "instructor", name + ".json"), encoding="utf-8") as f:
            data.update(json.load(f))
    for effect in data["effects"]:
        for saw in effect["saw"]:
            if not isinstance(saw["value"], (str, int, float)) or isinstance(saw["value"], bool):
                saw["value"] = json.dumps(saw["value"])
    return data


def in_turn(engines):
    """The best of several passes over all engines, so that the machine's moods meet all of them."""
    best = {}
    for _ in range(PASSES):
        for name, measure in engines.items():
            found = measure() if best.get(name, {}) is not None else None
            if not found or not best.get(name) or found["ns"] < best[name]["ns"]:
                best[name] = found
    return best


def bench_own(bench, page, data_file, folder):
    lines = [line.split() for line in run([bench, page, data_file, folder, str(ROUNDS)]).splitlines()]
    times = {name: float(ns) for name, ns, _ in lines}
    return {"ns": times["render"], "parse": times["parse"]}


def bench_jinja(folder, data, seconds):
    try:
        import jinja2
    except ImportError:
        return None
    loader = jinja2.FileSystemLoader(folder)
    e = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    template = e.get_template("page.html.jinja")

    def one_round(ns):
        begin = end = time.perf_counter_ns()
        count = 0
        while end - begin < ns:
            template.render(data)
            count += 1
            end = time.perf_counter_ns()
        return (end - begin) / count

    one_round(seconds * 1e9)
    ns = statistics.median(one_round(seconds * 1e9 / ROUNDS) for _ in range(ROUNDS))
    return {"version": jinja2.__version__, "ns": ns, "text": template.render(data)}


def bench_node(script, engine, folder, data_file, seconds):
    if not shutil.which("node"):
        return None
    try:
        return json.loads(run(["node", script, engine, folder, data_file, str(seconds)]))
    except subprocess.CalledProcessError as e:
        if b"Cannot find module" not in e.stderr:
            raise
        return None


def main():
    program, bench, root = sys.argv[1:4]
    seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 1
    here = os.path.dirname(os.path.abspath(__file__))
    folder, script = os.path.join(here, "page"), os.path.join(here, "templates.js")
    page = os.path.join(folder, "page.html.mustache")
    with tempfile.TemporaryDirectory() as scratch:
        data_file = os.path.join(scratch, "data.json")
        data = example_data(program, root, scratch)
        with open(data_file, "w", encoding="utf-8") as f:
            json.dump(data, f)
        own = [program, "template", page, "--data", data_file]
        text = run(own)
        engines = {
            "coursewright": lambda: bench_own(bench, page, data_file, folder),
            "mustache": lambda: bench_node(script, "mustache", folder, data_file, seconds),
            "handlebars": lambda: bench_node(script, "handlebars", folder, data_file, seconds),
            "jinja2": lambda: bench_jinja(folder, data, seconds),
        }
        found = in_turn(engines)
        found["coursewright"].update(version=run([program, "version"]).split()[-1], text=text)
        commands = {name: ["node", script, name, folder, data_file, "0"] for name in ("mustache", "handlebars")}
        commands.update(coursewright=own, jinja2=[sys.executable, "-c", JINJA_ONCE, folder, data_file])
        missing = [name for name in found if not found[name]]
        for name in missing:
            print(f"{name} is not installed: left out")
        processes = process_ms({name: commands[name] for name in found if found[name]})
        size = len(text.encode())
        print(f"page of {size} bytes, data of {os.path.getsize(data_file)} bytes; parsing the page here: {found['coursewright']['parse']:.0f} ns\n")
        print(f"{'engine':<14} {'version':<10} {'ns a page':>12} {'MB/s':>8} {'ratio':>7} {'process ms':>12} {'ratio':>7}")
        same = True
        for name, f in found.items():
            if not f:
                continue
            print(f"{name:<14} {f['version']:<10} {f['ns']:>12.0f} {size / f['ns'] * 1e3:>8.1f} {f['ns'] / found['coursewright']['ns']:>7.1f} "
                  f"{processes[name]:>12.2f} {processes[name] / processes['coursewright']:>7.1f}")
            if html.unescape(f["text"]) != html.unescape(text):
                same = False
                print(f"{name} prints another page, even with its entities resolved")
            elif f["text"] != text:
                print(f"{'':<14} the same page, with other entities for the same characters")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
