#!/bin/sh
# Every header compiles by itself, the public one also as C++; as TAP. Usage: check_headers.sh ROOT CC...
set -u
cd "$1" || exit 1
shift
number=0
failed=0
# compile HEADER NAME COMMAND...
compile() {
	wanted=$1
	label=$2
	shift 2
	number=$((number + 1))
	if echo "#include \"$wanted\"" | "$@" -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only - 2>&1; then
		echo "ok $number - $label"
	else
		echo "not ok $number - $label"
		failed=1
	fi
}
for file in $(cd generator && find . -name '*.h' | sed 's,^\./,,' | sort); do
	compile "$file" "$file" "$@" -std=c17 -Igenerator -x c
done
for file in include/coursewright/*.h; do
	name=coursewright/${file##*/}
	compile "$name" "$name" "$@" -std=c17 -x c
	for cxx in g++ clang++; do
		if command -v $cxx >/dev/null; then
			compile "$name" "$name with $cxx" $cxx -std=c++11 -x c++
		fi
	done
done
echo "1..$number"
exit $failed
