# Run by cases about postings, after small.sh: the shipped shapes and wording.
cp -r "$CW_SOURCE_ROOT/catalog/postings" data/catalog/
for one in insights sections wording; do
	[ -f "$CW_SOURCE_ROOT/catalog/$one.yaml" ] && cp "$CW_SOURCE_ROOT/catalog/$one.yaml" data/catalog/
done
