/* Frequency tables: which table is which, which column is which, and every row with its numbers checked. */
#include "base/text.h"
#include "read/workbook_parts.h"

#include <math.h>

enum { ABSENT = -1 };

typedef struct {
	row_kind kind;
	int at[COLUMN_KINDS]; /* index of the column; ABSENT */
} layout;

/* Which column has each meaning: the best fit, of equal ones the first; a column has one meaning. */
static layout find_columns(const column_fits *fits, size_t count, row_kind kind)
{
	layout l = { .kind = kind };
	bool taken[MD_COLUMNS_MAX] = { false };
	for (int c = 0; c < COLUMN_KINDS; c++)
		l.at[c] = ABSENT;
	for (int fit = 2; fit >= 1; fit--)
		for (int c = COLUMN_NAME; c < COLUMN_KINDS; c++)
			for (size_t i = 0; i < count && l.at[c] == ABSENT; i++)
				if (!taken[i] && fits[i].fit[kind][c] == fit) {
					l.at[c] = (int)i;
					taken[i] = true;
				}
	return l;
}

static bool has_name(const layout *l)
{
	return l->at[l->kind == ROW_TECHNOLOGY ? COLUMN_TOOLS : COLUMN_NAME] != ABSENT;
}

static bool has_number(const layout *l)
{
	return l->at[COLUMN_FREQUENCY] != ABSENT || l->at[COLUMN_SHARE] != ABSENT;
}

static bool section_kind(section s, row_kind *kind)
{
	*kind = s == SECTION_TECHNOLOGY ? ROW_TECHNOLOGY : s == SECTION_THEMES ? ROW_THEME : ROW_SKILL;
	return s == SECTION_SKILLS || s == SECTION_TECHNOLOGY || s == SECTION_THEMES;
}

static size_t read_header(reader *r, const md_block *table, column_fits fits[MD_COLUMNS_MAX])
{
	size_t count = table->header.len < MD_COLUMNS_MAX ? table->header.len : MD_COLUMNS_MAX;
	for (size_t i = 0; i < count; i++)
		fits[i] = columns_fit(name_words(r->a, table->header.ptr[i].text));
	return count;
}

/* Any kind of table, known by its columns alone. */
static bool match_columns(layout *out, const column_fits *fits, size_t count)
{
	for (int k = 0; k < ROW_KINDS; k++) {
		*out = find_columns(fits, count, (row_kind)k);
		if (has_name(out) && has_number(out))
			return true;
	}
	return false;
}

bool table_is_frequency(reader *r, const md_block *table)
{
	column_fits fits[MD_COLUMNS_MAX];
	layout l;
	return match_columns(&l, fits, read_header(r, table, fits));
}

static void report_columns(reader *r, const md_block *table, const layout *l)
{
	static const char *const names[ROW_KINDS] = { "'Skill'", "'Tool / Platform'", "'Theme'" };
	buf found = { .arena = r->a };
	for (size_t i = 0; i < table->header.len; i++)
		buf_printf(&found, "%s'%.*s'", i ? ", " : "", STRF(shown(table->header.ptr[i].text)));
	str list = buf_done(&found);
	bool name = has_name(l), number = has_number(l);
	diag_add(r->d, E_MISSING_COLUMN, table->at, "this %s table has no %s%s%s column; its columns are %.*s",
		kind_name(l->kind), name ? "" : names[l->kind], name || number ? "" : " and no ",
		number ? "" : "'Frequency' or '% of Postings'", STRF(list));
}

/* The heading says what a table is, unless its columns clearly say something else. */
static bool choose_layout(reader *r, layout *out, section s, const md_block *table)
{
	column_fits fits[MD_COLUMNS_MAX];
	size_t count = read_header(r, table, fits);
	row_kind kind;
	if (!section_kind(s, &kind))
		return match_columns(out, fits, count);
	layout expected = find_columns(fits, count, kind);
	if ((has_name(&expected) && has_number(&expected)) || !match_columns(out, fits, count))
		*out = expected;
	if (has_name(out) && has_number(out))
		return true;
	report_columns(r, table, out);
	return false;
}

/* ---- one row */

static const md_cell *cell(const md_row *row, const layout *l, column c)
{
	int at = l->at[c];
	return at != ABSENT && (size_t)at < row->len ? &row->ptr[at] : NULL;
}

static str cell_text(const md_row *row, const layout *l, column c)
{
	const md_cell *found = cell(row, l, c);
	return found ? found->text : STR("");
}

static bool report_empty(reader *r, const layout *l, const md_cell *at, const char *what)
{
	if (!at || at->text.len)
		return false;
	diag_add(r->d, E_EMPTY_CELL, at->at, "this %s row has an empty %s cell", kind_name(l->kind), what);
	return true;
}

static str find_category(reader *r, const layout *l, const md_cell *at)
{
	static const char *const known[][2] = {
		{ "core", "Core" },
		{ "important", "Important" },
		{ "emerging", "Emerging" },
		{ "nice", "Nice" },
		{ "nice to have", "Nice" },
	};
	if (!at)
		return STR("Important");
	if (report_empty(r, l, at, "category"))
		return STR("");
	str words = name_words(r->a, at->text), names[COUNT(known)];
	for (size_t i = 0; i < COUNT(known); i++) {
		names[i] = str_from(known[i][0]);
		if (str_eq(words, names[i]))
			return str_from(known[i][1]);
	}
	str near = text_suggest(words, names, COUNT(names)), text = shown(at->text);
	for (size_t i = 0; i < COUNT(known); i++)
		near = near.len && str_eq(near, names[i]) ? str_from(known[i][1]) : near;
	diag_span(r->d, E_UNKNOWN_CATEGORY, at->at, at->length,
		"unknown category '%.*s'; expected Core, Important, Emerging or Nice%s%.*s%s", STRF(text),
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	return STR("");
}

/* Commas and slashes inside parentheses do not split: "vector DBs (Pinecone, Weaviate)" is one. */
static list_str split_tools(arena *a, str tools)
{
	vec_str out = { 0 };
	size_t from = 0, depth = 0;
	for (size_t i = 0; i <= tools.len; i++) {
		char c = i < tools.len ? tools.ptr[i] : ',';
		depth += c == '(';
		depth -= c == ')' && depth;
		if (i < tools.len && (depth || (c != ',' && c != '/')))
			continue;
		str one = str_trim(str_sub(tools, from, i - from));
		if (one.len)
			vec_push(a, &out, one);
		from = i + 1;
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

static bool name_row(reader *r, workbook_row *out, const layout *l, const md_row *row)
{
	const md_cell *category = cell(row, l, COLUMN_CATEGORY);
	const md_cell *name = cell(row, l, l->kind == ROW_TECHNOLOGY ? COLUMN_TOOLS : COLUMN_NAME);
	if (!name)
		return false;
	if (l->kind != ROW_TECHNOLOGY) {
		out->name = name->text;
		out->at = name->at;
		return !report_empty(r, l, name, kind_name(l->kind));
	}
	bool empty = report_empty(r, l, category, "category");
	empty |= report_empty(r, l, name, "tools");
	out->at = category ? category->at : name->at;
	out->category = category ? category->text : STR("");
	out->tools = name->text;
	out->tool = split_tools(r->a, name->text);
	out->name =
		category ? arena_printf(r->a, "%.*s: %.*s", STRF(category->text), STRF(name->text)) : name->text;
	return !empty;
}

static void report_number(reader *r, const md_cell *at, quantity q, const char *expected)
{
	str text = shown(at->text);
	if (at->text.len)
		diag_span(r->d, E_BAD_NUMBER, at->at, at->length, "'%.*s' %s; expected %s", STRF(text), q.problem,
			expected);
	else
		diag_add(r->d, E_BAD_NUMBER, at->at, "this cell %s; expected %s", q.problem, expected);
}

/* Any rounding to the digits written is right, of a half up or down; cutting digits off is not. */
static void check_share(reader *r, const md_cell *at, quantity q, double count)
{
	double sample = r->out->sample_size, exact = count / sample * 100;
	str text = shown(at->text);
	if (q.has_of && q.of != sample)
		diag_span(r->d, E_SHARE_MISMATCH, at->at, at->length,
			"'%.*s' counts among %.0f postings, but the sample has %.0f", STRF(text), q.of, sample);
	else if (q.has_count && q.count != count)
		diag_span(r->d, E_SHARE_MISMATCH, at->at, at->length,
			"'%.*s' says %.0f postings, but the row counts %.0f", STRF(text), q.count, count);
	else if (q.has_share && fabs(q.share - exact) > 0.5 * pow(10, -q.decimals) + 1e-9)
		diag_span(r->d, E_SHARE_MISMATCH, at->at, at->length,
			"'%.*s' does not fit: %.0f of %.0f postings is %.*f%%", STRF(text), count, sample, q.decimals,
			exact);
}

/* The cell that says how many postings: the count cell before the share cell, a count before a percentage. */
static const md_cell *find_count(
	reader *r, workbook_row *out, const md_cell *const cells[2], const quantity q[2])
{
	double sample = r->out->sample_size;
	for (int i = 0; i < 4; i++) {
		const quantity *from = &q[i % 2];
		if (from->problem || !(i < 2 ? from->has_count : from->has_share))
			continue;
		out->count = i < 2 ? from->count : round(from->share / 100 * sample);
		out->share = sample >= 1 ? out->count / sample : 0;
		out->at_count = cells[i % 2]->at;
		return cells[i % 2];
	}
	return NULL;
}

static void check_numbers(reader *r, const workbook_row *row, const md_cell *from,
	const md_cell *const cells[2], const quantity q[2])
{
	if (row->count > r->out->sample_size) {
		str text = shown(from->text);
		diag_span(r->d, E_COUNT_ABOVE_SAMPLE, from->at, from->length,
			"'%.*s' is more than the %.0f postings of the sample", STRF(text), r->out->sample_size);
		return;
	}
	bool counted = q[0].has_count || q[1].has_count;
	for (int i = 0; i < 2; i++)
		if (counted && cells[i] && !q[i].problem)
			check_share(r, cells[i], q[i], row->count);
}

static void read_numbers(reader *r, workbook_row *out, const layout *l, const md_row *row)
{
	const md_cell *const cells[2] = { cell(row, l, COLUMN_FREQUENCY), cell(row, l, COLUMN_SHARE) };
	static const char *const expected[2] = { "a whole number of postings, such as 24",
		"a percentage, such as 92%" };
	const md_cell *first = cells[0] ? cells[0] : cells[1];
	if (!first)
		return;
	quantity q[2];
	bool given[2];
	for (int i = 0; i < 2; i++) {
		given[i] = cells[i] && cells[i]->text.len;
		q[i] = given[i] ? quantity_parse(cells[i]->text, i == 1) : (quantity){ .problem = "is empty" };
		if (given[i] && q[i].problem)
			report_number(r, cells[i], q[i], expected[i]);
	}
	out->at_count = first->at;
	if (!given[0] && !given[1])
		report_number(r, first, q[0], expected[cells[0] ? 0 : 1]);
	if (given[0] && q[0].problem)
		return;
	const md_cell *from = find_count(r, out, cells, q);
	if (from && r->out->sample_size >= 1)
		check_numbers(r, out, from, cells, q);
}

/* ---- names that come twice */

/* True if a row of this name is already there. */
static bool report_repeated(reader *r, const workbook_row *row, uint32_t length)
{
	str key = text_lower(r->a, row->name);
	map *seen = &r->seen[row->kind];
	const loc *first = map_get(seen, key);
	if (first) {
		position at = sources_position(r->d->sources, *first);
		diag_span(r->d, E_REPEATED_ROW, row->at, length, "%s '%.*s' is already in line %u",
			kind_name(row->kind), STRF(shown(row->name)), at.line);
		return true;
	}
	loc *here = NEW(r->a, loc);
	if (here) {
		*here = row->at;
		map_put(seen, key, here);
	}
	return false;
}

/* Different names may give one slug; the later ones are numbered. */
static str unique_id(reader *r, const workbook_row *row)
{
	map *slugs = &r->slugs[row->kind];
	str slug = text_slug(r->a, row->name), id = slug;
	unsigned *count = map_get(slugs, slug);
	while (count && map_has(slugs, id))
		id = arena_printf(r->a, "%.*s-%u", STRF(slug), ++*count);
	unsigned *fresh = NEW(r->a, unsigned);
	if (fresh) {
		*fresh = 1;
		map_put(slugs, id, fresh);
	}
	return id;
}

static void read_row(reader *r, const layout *l, const md_row *row)
{
	workbook_row out = { .kind = l->kind };
	if (!name_row(r, &out, l, row))
		return;
	const md_cell *name = cell(row, l, l->kind == ROW_TECHNOLOGY ? COLUMN_TOOLS : COLUMN_NAME);
	uint32_t end = name->at.offset + name->length; /* of the tools, if they follow their category */
	bool repeated = report_repeated(r, &out, end > out.at.offset ? end - out.at.offset : 0);
	if (l->kind == ROW_SKILL)
		out.category = find_category(r, l, cell(row, l, COLUMN_CATEGORY));
	if (l->kind == ROW_THEME)
		out.text = cell_text(row, l, COLUMN_TEXT);
	out.notes = cell_text(row, l, COLUMN_NOTES);
	read_numbers(r, &out, l, row);
	if (repeated)
		return;
	out.id = unique_id(r, &out);
	vec_push(r->a, &r->rows[l->kind], out);
}

bool table_read(reader *r, section s, const md_block *table)
{
	layout l;
	bool fits = choose_layout(r, &l, s, table);
	r->skills_tried |= fits ? l.kind == ROW_SKILL && table->rows.len : s == SECTION_SKILLS;
	if (!fits)
		return false;
	EACH (md_row, row, table->rows)
		read_row(r, &l, row);
	return true;
}
