# Kills an update at many moments. Whatever it was doing: the next command finds the old course or the new one, whole.
sums() { (cd "$1" && cat plan.yaml workbook.md state/plan.base.yaml state/items.yaml state/workbook.hash state/changes/* 2>/dev/null | cksum); }
before=$(sums old) after=$(sums new)
for wait in 0.002 0.005 0.01 0.02 0.03 0.05 0.08 0.1 0.12 0.15 0.2 0.3; do
	rm -rf try && cp -r old try
	"$CW_BIN" update --data-dir data try -q > /dev/null 2>&1 &
	sleep $wait
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	"$CW_BIN" log try -q > /dev/null 2>&1
	now=$(sums try)
	[ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "neither old nor new after $wait s"; exit 1; }
done
