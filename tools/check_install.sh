#!/bin/sh
# Installs the build into a scratch folder, and uses what stands there: program, data, header, library. As TAP.
# Usage: check_install.sh BUILD MESON CC
set -u
build=$1
meson=$2
cc=$3
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
number=0
failed=0
# expect NAME COMMAND...
expect() {
	name=$1
	shift
	number=$((number + 1))
	if "$@" >"$root/said" 2>&1; then
		echo "ok $number - $name"
	else
		sed 's/^/# /' "$root/said"
		echo "not ok $number - $name"
		failed=1
	fi
}
# The only file or folder of that name.
find_one() { find "$root" -path "*/$1" | head -n 1; }

expect 'meson install' "$meson" install -C "$build" --no-rebuild --quiet --destdir "$root"
program=$(find_one bin/coursewright)
COURSEWRIGHT_DATA=$(find_one share/coursewright)
PKG_CONFIG_PATH=$(dirname "$(find_one pkgconfig/coursewright.pc)")
PKG_CONFIG_SYSROOT_DIR=$root
LD_LIBRARY_PATH=$(dirname "$(find_one libcoursewright.so)")
export COURSEWRIGHT_DATA PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH
for file in catalog rubrics templates; do
	expect "$file" test -n "$(ls "$COURSEWRIGHT_DATA/$file")"
done
for file in man1/coursewright.1 man1/coursewright-build.1 completions/coursewright; do
	expect "$file" test -s "$(find_one "$file")"
done
expect 'a new course' "$program" init "$root/course"
expect 'its course builds' "$program" build -q "$root/course"
expect 'index.html' test -s "$root/course/out/index.html"
cat >"$root/use.c" <<'TXT'
#include <coursewright/coursewright.h>
int main(void)
{
	cw_context *c;
	cw_text text;
	cw_status status = cw_open(&c, NULL);
	if (status == CW_OK)
		status = cw_list(c, "formats", 0, &text);
	cw_close(c);
	return (int)status;
}
TXT
# shellcheck disable=SC2046
expect 'the library links' "$cc" "$root/use.c" -o "$root/use" $(pkg-config --cflags --libs coursewright)
expect 'and answers' "$root/use"
echo "1..$number"
exit $failed
