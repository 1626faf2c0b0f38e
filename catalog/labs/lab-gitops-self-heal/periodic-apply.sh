#!/bin/sh
# The inherited "GitOps": apply the checked-out folder every 15 minutes.   periodic-apply.sh FOLDER [SECONDS]
set -eu
folder=$1
every=${2:-900}
while :; do
	date -u +%H:%M:%S
	kubectl apply -f "$folder" | grep -v unchanged || echo "nothing to repair, or apply failed"
	sleep "$every"
done
