/* The sections that are lists: every bullet, numbered point, sentence of prose and table row becomes one
 * item. */
#include "base/text.h"
#include "read/workbook_parts.h"

#include <stdio.h>

enum { LEVELS = 8, LABEL_WORDS = 6 }; /* deeper items are numbered as if they stood at the eighth level */

static const char *const prefixes[SECTION_COUNT] = {
	[SECTION_SUMMARY] = "summary",
	[SECTION_EXPERIENCE] = "experience",
	[SECTION_INSIGHTS] = "insight",
	[SECTION_SIGNALS] = "signal",
	[SECTION_REFERENCES] = "reference",
	[SECTION_INVENTORY] = "posting",
};

typedef struct {
	reader *r;
	section section;
	unsigned numbers[LEVELS]; /* of the items below the outermost level; [0] is not used */
} collector;

static str make_id(collector *c, unsigned level)
{
	size_t depth = level < 1 ? 1 : level > LEVELS ? LEVELS : level;
	if (depth == 1)
		c->r->numbers[c->section]++;
	else
		c->numbers[depth - 1]++;
	for (size_t i = depth; i < LEVELS; i++)
		c->numbers[i] = 0;
	char id[16 + 11 * LEVELS];
	int len = snprintf(id, sizeof id, "%s-%u", prefixes[c->section], c->r->numbers[c->section]);
	for (size_t i = 1; i < depth; i++)
		len += snprintf(id + len, sizeof id - (size_t)len, "-%u", c->numbers[i] ? c->numbers[i] : 1);
	return arena_str(c->r->a, (str){ .ptr = id, .len = (size_t)len });
}

static void add_item(collector *c, unsigned level, str label, str text, loc at)
{
	if (!text.len)
		return;
	vec_push(c->r->a, &c->r->items[c->section],
		(workbook_item){ .id = make_id(c, level), .label = label, .text = text, .at = at });
}

/* "Gaps" of "**Gaps**: ..."; where labels are the rule, also of "Gaps: ...". */
static str find_label(const md_block *b, section s)
{
	str bold = b->strong;
	if (bold.len && str_starts(b->text, bold)) {
		str rest = str_trim(str_skip(b->text, bold.len));
		if (str_ends(bold, STR(":")))
			return str_trim(str_sub(bold, 0, bold.len - 1));
		if (str_starts(rest, STR(":")))
			return bold;
	}
	if (s != SECTION_SUMMARY && s != SECTION_EXPERIENCE)
		return STR("");
	str head = str_sub(b->text, 0, str_find(b->text, STR(": "), 0));
	return head.len < b->text.len && text_words(head) <= LABEL_WORDS &&
				   str_find(head, STR(". "), 0) == SIZE_MAX
			   ? head
			   : STR("");
}

static bool is_index(reader *r, str name)
{
	str words = name_words(r->a, name);
	return !words.len || str_eq(words, STR("id")) || str_eq(words, STR("no")) || str_eq(words, STR("nr"));
}

/* "First cell: Column: cell; Column: cell"; of a table with two columns "First cell: second cell". */
static void add_row(collector *c, const md_block *table, const bool *index, size_t first, const md_row *row)
{
	bool pair = row->len == first + 2 && c->section != SECTION_EXPERIENCE;
	buf text = { .arena = c->r->a };
	buf_str(&text, row->ptr[first].text);
	bool more = false;
	for (size_t i = 0; i < row->len; i++) {
		str cell = row->ptr[i].text, name = table->header.ptr[i].text;
		if (i == first || !cell.len || index[i])
			continue;
		if (text.len)
			buf_str(&text, more ? STR("; ") : STR(": "));
		if (!pair && name.len)
			buf_printf(&text, "%.*s: ", STRF(name));
		buf_str(&text, cell);
		more = true;
	}
	add_item(c, 1, row->ptr[first].text, buf_done(&text), row->ptr[first].at);
}

static void add_table(collector *c, const md_block *table)
{
	bool index[MD_COLUMNS_MAX] = { false };
	size_t first = 0, count = table->header.len < MD_COLUMNS_MAX ? table->header.len : MD_COLUMNS_MAX;
	for (size_t i = 0; i < count; i++)
		index[i] = is_index(c->r, table->header.ptr[i].text);
	while (first + 1 < count && index[first])
		first++;
	EACH (md_row, row, table->rows)
		if (first < row->len && row->len <= count)
			add_row(c, table, index, first, row);
}

void items_read(reader *r, const part *p)
{
	if (!prefixes[p->section])
		return;
	collector c = { .r = r, .section = p->section };
	EACH (const md_block, b, p->blocks) {
		if (b->kind == MD_TABLE)
			add_table(&c, b);
		else if (b->kind == MD_ITEM)
			add_item(&c, b->level, find_label(b, p->section), b->text, b->at);
		else if (b->kind == MD_PARAGRAPH &&
				 !str_ends(b->text, STR(":"))) /* such a line only announces a list */
			add_item(&c, 1, find_label(b, p->section), b->text, b->at);
		else if (b->kind == MD_HEADING && p->section == SECTION_EXPERIENCE) /* the name of a band */
			add_item(&c, 1, b->text, b->text, b->at);
	}
}
