"""Adds fourteen rows with long names beyond ASCII to the skills of a workbook: many.py FROM TO."""
import sys

source, target = sys.argv[1:]
row = "| Pastry | 8 | 33% | Important | |\n"
text = open(source, encoding="utf-8").read()
more = "".join("| a%d%s | 9 | 38%% | Important | |\n" % (n, "\u5b57" * 29) for n in range(14))
open(target, "w", encoding="utf-8").write(text.replace(row, row + more))
