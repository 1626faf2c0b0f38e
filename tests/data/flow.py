"""Writes one module of a plan in flow style, as a person might: flow.py plan.yaml ID."""
import re
import sys

path, name = sys.argv[1:]
text = open(path).read()
item = re.search(r"^- id: %s\n((?:  .*\n)+)" % re.escape(name), text, re.M)
fields = ", ".join(line.strip() for line in item.group(1).splitlines())
open(path, "w").write(text[: item.start()] + "- {id: %s, %s}\n" % (name, fields) + text[item.end() :])
