#!/bin/sh
# Runs starter material of the labs as a learner does, with quick settings, and compares the figures with what the labs
# promise. Prints TAP. A folder is a case: LAB/cmd (run by sh in a copy of the starter folder, with $REF naming the case's
# folder) prints lines of a name and a value, and LAB/expect says what each must be:
#   NAME baseline METRIC | NAME target METRIC [of NAME] | NAME stretch METRIC [of NAME] | NAME limit GUARDRAIL [of NAME]
#   NAME in LOW HIGH | NAME is TEXT
# where `of` names the figure that ratios are taken of. LAB/skip says why a lab, or a part of it, is not run.
# Usage: run.sh SCRATCH [LAB...]
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..

# Where a lab is: in the shipped catalogue, or in that of an example.
folder_of() {
	for labs in "$root"/catalog/labs "$root"/examples/*/catalog/labs; do
		[ ! -f "$labs/$1.yaml" ] || { echo "$labs"; return; }
	done
	echo "$root/catalog/labs"
}

if [ "${1:-}" = --one ]; then
	lab=$2 scratch=$3 labs=$(folder_of "$2")
	REF=$here/$lab PYTHONDONTWRITEBYTECODE=1
	export REF PYTHONDONTWRITEBYTECODE
	rm -rf "${scratch:?}/$lab" && mkdir -p "$scratch" && cp -R "$labs/$lab" "$scratch/$lab" || exit 1
	cd "$scratch/$lab" || exit 1
	# shellcheck disable=SC2016
	if ! timeout 120 sh -eu -c '. "$1"; . "$REF/cmd"' sh "$here/figures.sh" >../"$lab.figures" 2>../"$lab.log"; then
		{ echo "the commands failed after $(wc -l <../"$lab.figures") figures:"; tail -n 12 ../"$lab.log"; } >../"$lab.wrong"
		exit 0
	fi
	awk -f "$here/judge.awk" "$labs/$lab.yaml" ../"$lab.figures" "$REF/expect" >../"$lab.wrong" 2>&1
	exit 0
fi

scratch=${1:?usage: run.sh SCRATCH [LAB...]}
shift
mkdir -p "$scratch" && scratch=$(cd "$scratch" && pwd) || exit 1
if [ $# -eq 0 ]; then
	for lab in "$root"/catalog/labs/*.yaml "$root"/examples/*/catalog/labs/*.yaml; do
		[ -f "$lab" ] || continue
		lab=${lab##*/}
		set -- "$@" "${lab%.yaml}"
	done
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
	echo "1..0 # SKIP needs Python 3.10"
	exit 0
fi
# Not by way of a wrapper that looks for the interpreter each time.
PATH=$(python3 -c 'import os, sys; print(os.path.dirname(sys.executable))'):$PATH
export PATH
for lab in lab-regional-failover lab-training-fault-injection "$@"; do # the longest first
	case " $* " in *" $lab "*) [ ! -f "$here/$lab/cmd" ] || echo "$lab" ;; esac
done | awk '!seen[$0]++' | xargs -P 2 -I '{}' sh "$here/run.sh" --one '{}' "$scratch"
number=0
failed=0
for lab; do
	number=$((number + 1))
	if [ -f "$here/$lab/cmd" ]; then
		[ ! -f "$here/$lab/skip" ] || sed "s/^/# $lab, not run: /" "$here/$lab/skip"
		if [ -f "$scratch/$lab.wrong" ] && [ ! -s "$scratch/$lab.wrong" ]; then
			echo "ok $number - $lab"
		else
			sed 's/^/# /' "$scratch/$lab.wrong"
			echo "not ok $number - $lab"
			failed=1
		fi
	elif [ -f "$here/$lab/skip" ]; then
		echo "ok $number - $lab # SKIP $(cat "$here/$lab/skip")"
	else
		echo "# tests/labs/$lab has neither cmd nor skip"
		echo "not ok $number - $lab"
		failed=1
	fi
done
echo "1..$number"
exit $failed
