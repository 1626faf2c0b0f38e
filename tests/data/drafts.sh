# Run by cases about drafts: a course folder whose skills the shipped catalogue does not know.
cp -r "$CW_SOURCE_ROOT/tests/data/drafts/." .
