# Run by cases about updates from postings: a course whose workbook was made from sixteen postings of eight employers, and
# two further batches: twelve that say the same, and thirteen of which ten ask for pastry.
sh "$CW_SOURCE_ROOT/tests/data/small.sh"
sh "$CW_SOURCE_ROOT/tests/data/postings.sh"
cp -r "$CW_SOURCE_ROOT/tests/data/update/catalog" .
python3 "$CW_SOURCE_ROOT/tests/data/ledger.py"
"$CW_BIN" ingest --data-dir data first.jsonl -q 2>/dev/null
"$CW_BIN" analyze --data-dir data --force -q
"$CW_BIN" build --data-dir data -q 2>/dev/null
