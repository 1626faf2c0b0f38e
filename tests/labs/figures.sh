# What the commands of a case call, beside the starter scripts.

# figure NAME VALUE: what `expect` judges.
figure() {
	printf '%s %s\n' "$1" "$2"
}

# field FILE KEY...: a value in a JSON file; of JSON Lines the last line is taken, and a number counts items of a list.
field() {
	python3 -IS - "$@" <<'PY'
import json
import sys

with open(sys.argv[1]) as f:
    text = f.read()
try:
    value = json.loads(text)
except ValueError:
    value = json.loads(text.strip().splitlines()[-1])
for key in sys.argv[2:]:
    value = value[int(key) if isinstance(value, list) else key]
print(str(value).lower() if isinstance(value, bool) else value)
PY
}

# median NUMBER...
median() {
	python3 -IS -c 'import statistics, sys; print(statistics.median(map(float, sys.argv[1:])))' "$@"
}

# ratio A B: A divided by B.
ratio() {
	python3 -IS -c 'import sys; print(round(float(sys.argv[1]) / float(sys.argv[2]), 4))' "$@"
}

# refuses PATTERN COMMAND...: the command fails and says why, in a line that matches, without a traceback.
refuses() {
	pattern=$1
	shift
	if "$@" >refused.txt 2>&1; then
		echo "should have been refused: $*" >&2
		return 1
	fi
	if grep -q Traceback refused.txt || ! grep -Eq "$pattern" refused.txt; then
		echo "no clear error ($pattern) from: $*" >&2
		cat refused.txt >&2
		return 1
	fi
}
