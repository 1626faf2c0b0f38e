. ./bash.sh
try() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	_coursewright
	echo "$*: ${COMPREPLY[*]}"
}
try coursewright bu
try coursewright -C somewhere re
try coursewright build --s
try coursewright check --format ''
try coursewright -q render --format m
try coursewright render --o
try coursewright help te
try coursewright list sk
try coursewright build -o ''
try coursewright --da
try coursewright ingest --as ''
try coursewright ingest --as js
