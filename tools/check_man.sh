#!/bin/sh
# Man pages without a warning of mandoc's. Usage: check_man.sh MANDOC FOLDER
# Cross references to pages that are not installed yet are not asked about.
set -eu
status=0
for page in "$2"/*.1; do
	"$1" -Tlint -Wwarning "$page" || status=1
done
exit $status
