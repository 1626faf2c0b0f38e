# Prints a quiz for the small course: `sh quiz_items.sh A:3 B:73 ...` makes 3 items whose key is A, 73 whose key is B, and so on.
# The keys of the first $LONGEST items are longer than all other options.
cat <<'HEAD'
quizzes:
  - id: quiz-bread
    title: Bread
    module: bread
    items:
HEAD
n=0
for run; do
	i=0
	while [ $i -lt "${run#*:}" ]; do
		n=$((n + 1)) i=$((i + 1))
		[ $n -le "${LONGEST:-0}" ] && more=', since it waited longest' || more=
		printf '      - {id: quiz-bread-%s, outcome: bread-o%s, stem: "Which of four doughs is it in batch %s?",\n' \
			$n $((n % 2 + 1)) $n
		printf '         rationale: The scale said so., options: ['
		for letter in A B C D; do
			[ $letter = "${run%:*}" ] && key="$more', correct: true" || key="'"
			printf "{text: 'dough %s%s}, " $letter "$key"
		done
		printf ']}\n'
	done
done
