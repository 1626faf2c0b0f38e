#!/bin/sh
# What a look at the text alone can tell, as TAP: white space, invisible characters, banned functions, long files,
# printing outside of cli/, paths of one machine, clang-format. Usage: check_style.sh [ROOT]
set -u
cd "${1:-.}" || exit 1
LC_ALL=C.UTF-8
export LC_ALL

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
list=$folder/list
found=$folder/found
# Cases and seeds are bytes that tests are about; files that a catalogue item hands out are not ours to format.
{ git ls-files -co --exclude-standard 2>/dev/null || find . -type f | sed 's,^\./,,'; } |
	grep -vE '^(\.git|build|out)/|^tests/(cases/.*/|data/merge/|fuzz/seeds/)|^(examples/[^/]*/)?catalog/(labs|scenarios)/[^/]*/|\.(png|pdf)$' |
	while IFS= read -r file; do [ -f "$file" ] && printf '%s\n' "$file"; done >"$list"

number=0
failed=0
# result NAME: the lines of $found are what is wrong.
result() {
	number=$((number + 1))
	if [ -s "$found" ]; then
		head -n 40 "$found" | sed 's/^/# /'
		echo "not ok $number - $1"
		failed=1
	else
		echo "ok $number - $1"
	fi
}
# each NAMES COMMAND...: the command on all files whose names match.
each() {
	names=$1
	shift
	grep -P "$names" "$list" | tr '\n' '\0' | xargs -0 -r "$@" >"$found" 2>&1
}
c_files='^(generator|include|tests)/.*\.[ch]$'

each '.' grep -nHP '[ \t]+$'
result 'no space at the end of a line'
each '\.(yaml|json|md|py|build|txt|html.mustache|md.mustache)$' grep -nHP '\t'
result 'tabs only where they belong'
# A template that stands inside a line has no end of its own.
each '^(?!.*\.mustache$)' sh -c 'for f; do [ -z "$(tail -c 1 "$f" | tr -d "\n")" ] || echo "$f"; done' sh
result 'every file ends with a new line'
each '.' grep -nHP '[\x{00A0}\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}]'
result 'no invisible characters'
each '.' grep -nHP '\r'
result 'no carriage returns'
each "$c_files" grep -nHP '\b(strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atof|atol|localtime|setlocale)\s*\('
result 'no banned functions'
each '^generator/(?!cli/).*\.[ch]$' grep -nHP '\b(v?f?printf|f?puts|f?putc|putchar|perror|abort|exit|_exit)\s*\('
result 'the library never prints, exits or aborts'
each '^(generator|include|tests/(?!unit/)).*\.[ch]$' awk 'FNR == 801 { print FILENAME ": over 800 lines" }'
result 'no file over 800 lines'
each '.' grep -nHP '(^|[^A-Za-z0-9_./])/(work|farm|root|home)/(?!\))'
result 'no paths of one machine'
if command -v clang-format >/dev/null 2>&1; then
	each "$c_files" clang-format --dry-run -Werror
	grep error: "$found" >"$found.errors"
	mv "$found.errors" "$found"
	result 'clang-format'
else
	number=$((number + 1))
	echo "ok $number - clang-format # SKIP clang-format is not installed"
fi
echo "1..$number"
exit $failed
