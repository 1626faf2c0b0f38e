# Sourced or run by cases: makes the small course in the current folder, with its own data folder data/. Only the
# templates are the shipped ones.
cp -r "$CW_SOURCE_ROOT/tests/data/small/." .
ln -s "$CW_SOURCE_ROOT/templates" data/templates
