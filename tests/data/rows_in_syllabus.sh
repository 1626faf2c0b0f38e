# Run by cases after a build of workbook.md: every skill row must be found in the syllabus.
set -eu
"$CW_BIN" eval -q -C workbook.md 'skills.map(s, s.name)' | sed -n 's/^  "\(.*\)",\{0,1\}$/\1/p' >rows
sed -e 's/<[^>]*>//g' -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/\\"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g' out/syllabus.html >text
test -s rows
while IFS= read -r row; do
	grep -qF -- "$row" text || echo "not in the syllabus: $row"
done <rows
