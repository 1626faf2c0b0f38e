#!/usr/bin/env python3
"""Every #include under generator/ against tools/layers.txt: direction of layers, and who may know foreign headers.

Prints TAP, a line per layer. Usage: check_layers.py [ROOT]
"""
import fnmatch
import pathlib
import re
import sys

# The C17 and POSIX headers, which everybody may include.
SYSTEM = set("""assert.h complex.h ctype.h dirent.h errno.h fcntl.h fenv.h float.h inttypes.h limits.h math.h poll.h setjmp.h signal.h
stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h sys/mman.h sys/stat.h sys/time.h
sys/types.h sys/wait.h time.h unistd.h""".split())
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def read_rules(path):
    rules = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            layer, above, foreign = (part.split() for part in line.split(":"))
            rules[layer[0]] = (set(above), foreign)
    return rules


def layer_of(header, folder):
    """The layer that a quoted header belongs to."""
    first, _, rest = header.partition("/")
    if not rest:
        return folder
    return "public" if first == "coursewright" else first


def problem(layer, rules, kind, header):
    above, foreign = rules[layer]
    if kind == '"':
        target = layer_of(header, layer)
        if target != layer and target not in above:
            return f"{layer} may not include {target} ({header})"
    elif header not in SYSTEM and not any(fnmatch.fnmatch(header, pattern) for pattern in foreign):
        return f"{layer} may not include <{header}>"
    return None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    rules = read_rules(root / "tools/layers.txt")
    generator = root / "generator"
    found = {layer: [] for layer in rules}
    bad = []
    for path in sorted(generator.rglob("*.[ch]")):
        parts = path.relative_to(generator).parts
        layer = parts[0] if len(parts) > 1 else "session"
        if layer not in rules:
            bad.append(f"{path.relative_to(root)}: folder is not in tools/layers.txt")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            text = match and problem(layer, rules, *match.groups())
            if text:
                found[layer].append(f"{path.relative_to(root)}:{number}: {text}")
    print(f"1..{len(rules) + 1}")
    for number, (layer, texts) in enumerate(found.items(), 1):
        for text in texts:
            print("#", text)
        print("not ok" if texts else "ok", number, "-", layer)
    for text in bad:
        print("#", text)
    print("not ok" if bad else "ok", len(rules) + 1, "- every folder is a layer")
    return 1 if bad or any(found.values()) else 0


sys.exit(main())
