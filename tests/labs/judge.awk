# judge.awk LAB.yaml FIGURES EXPECT: prints what is not as the lab promises, and nothing if all is well.
# Of the lab it reads ids, direction, baseline, target, stretch and limit of metrics and guardrails, by their indentation.

function number(text) { return text ~ /^-?[0-9.]+(e-?[0-9]+)?$/ }

function note(text) { print name " " value[name] ": " text }

# A bound of the catalogue, in the figure's own terms; "" where the lab has none.
function bound(key, field,    text) {
	text = fact[key, field]
	if (text ~ /ratio:/) {
		sub(/.*ratio: */, "", text)
		sub(/[^0-9.].*/, "", text)
		if (!(base in value)) {
			note("there is no figure '" base "' to take the ratio of")
			return ""
		}
		return text * value[base]
	}
	if (text == "")
		note("the lab has no " field " for '" key "'")
	return text
}

FILENAME == ARGV[1] {
	if ($0 ~ /^    [a-z_]+:/)
		part = $1
	if (part != "metrics:" && part != "guardrails:")
		next
	if ($0 ~ /^      - id: /) {
		id = $3
		next
	}
	line = $0
	if (line ~ /^        (target|stretch|limit|direction): /) {
		key = $1
		sub(/:$/, "", key)
		sub(/^ *[a-z]+: */, "", line)
		fact[id, key] = line
	} else if (line ~ /(expect|range): *\[/) {
		sub(/.*(expect|range): *\[/, "", line)
		sub(/\].*/, "", line)
		fact[id, "baseline"] = line
	} else if (line ~ /^        baseline: \{value: / || line ~ /^          value: /) {
		sub(/.*value: */, "", line)
		sub(/[^0-9.].*/, "", line)
		fact[id, "baseline"] = line
	}
	next
}

FILENAME == ARGV[2] {
	if (NF < 2)
		print "not a figure: " $0
	if ($1 in value)
		print $1 ": printed twice"
	value[$1] = $2
	next
}

/^#/ || NF == 0 { next }

{
	name = $1
	seen[name] = 1
	if (!(name in value)) {
		print name ": not among the figures"
		next
	}
	base = $5
	if ($2 == "is") {
		if (value[name] != $3)
			note("should be " $3)
		next
	}
	if (!number(value[name])) {
		note("not a number")
		next
	}
	v = value[name] + 0
	if ($2 == "in") {
		if (v < $3 || v > $4)
			note("outside of " $3 " to " $4)
	} else if ($2 == "baseline") {
		n = split(bound($3, "baseline"), ends, /, */)
		if (n == 1 && sprintf("%.2f", v) != sprintf("%.2f", ends[1]))
			note("the lab says " ends[1] " for the baseline of '" $3 "'")
		if (n == 2 && (v < ends[1] || v > ends[2]))
			note("the lab expects " ends[1] " to " ends[2] " for the baseline of '" $3 "'")
	} else if ($2 == "target" || $2 == "stretch" || $2 == "limit") {
		b = bound($3, $2)
		if (b != "" && (fact[$3, "direction"] == "higher" ? v < b - 1e-12 : v > b + 1e-12))
			note("does not reach the " $2 " of '" $3 "', " b)
	} else
		print name ": '" $2 "' is no way to judge"
}

END {
	for (name in value)
		if (!(name in seen))
			print name ": no expectation"
}
