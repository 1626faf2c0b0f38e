# Sourced or run by cases: makes a course with two updates behind it in the folder course/. Its revisions are written by
# hand, in history/; "@NAME@" in them stands for the hash of the file NAME there.
from="$CW_SOURCE_ROOT/tests/data/history"
mkdir -p course/state/objects course/state/changes
for one in "$from"/*.*.yaml "$from"/workbook.*; do
	hash=$(sha256sum <"$one" | cut -c1-64)
	cp "$one" "course/state/objects/$hash"
	echo "s/@${one##*/}@/$hash/g"
done >names
for one in "$from"/0*.yaml; do
	sed -f names "$one" >"course/state/changes/${one##*/}"
done
rm names
cp "$from/plan.3.yaml" course/plan.yaml
cp "$from/plan.3.yaml" course/state/plan.base.yaml
cp "$from/items.3.yaml" course/state/items.yaml
cp "$from/workbook.3.md" course/workbook.md
cp "$from/workbook.hash" course/state/workbook.hash
cp "$CW_SOURCE_ROOT/tests/data/small/course.yaml" course/course.yaml
mkdir course/catalog
cp "$from/extensions.yaml" course/catalog/extensions.yaml
