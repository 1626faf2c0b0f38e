# shellcheck shell=bash
# Sourced by tools/demo and tools/test: distribution packages, and build folders. Does nothing that is done already.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=${JOBS:-2}

say() { printf '== %s\n' "$*"; }

# need_packages NAME...: installs those that are missing (Debian's names; elsewhere it is for you to install them).
need_packages() {
	local missing=() name
	command -v dpkg-query >/dev/null || return 0
	for name; do
		dpkg-query -W -f='${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed' || missing+=("$name")
	done
	[ ${#missing[@]} -eq 0 ] && return 0
	say "installing ${missing[*]}"
	local as=()
	[ "$(id -u)" -eq 0 ] || as=(sudo)
	"${as[@]}" apt-get update -qq
	"${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_to_build() {
	need_packages meson ninja-build gcc libc6-dev pkg-config python3 libyaml-dev libpcre2-dev libcmark-gfm-dev \
		libcmark-gfm-extensions-dev libjansson-dev libsqlite3-dev libxml2-dev nettle-dev "$@"
}

# configure FOLDER CC OPTION...: a build folder, unless it is there.
configure() {
	local folder=$1 cc=$2
	shift 2
	[ -f "$folder/build.ninja" ] || CC=$cc meson setup "$folder" "$top" "$@" >"$folder.log" 2>&1 || {
		cat "$folder.log"
		return 1
	}
	rm -f "$folder.log"
}

# compile FOLDER TARGET...: quiet, unless it fails.
compile() {
	local folder=$1
	shift
	ninja -C "$folder" -j "$jobs" "$@" >"$folder/compile.log" 2>&1 || {
		cat "$folder/compile.log"
		return 1
	}
}
