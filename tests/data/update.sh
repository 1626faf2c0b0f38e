# Run by cases about updates: the small course with more in its catalogue than it needs today, and two workbooks after the
# one that it was built from. Builds it, and notes where it stands.
sh "$CW_SOURCE_ROOT/tests/data/small.sh"
cp -r "$CW_SOURCE_ROOT/tests/data/update/." .
"$CW_BIN" build --data-dir data -q 2>/dev/null
"$CW_BIN" update --data-dir data -q
