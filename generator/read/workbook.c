/* Reading a workbook from top to bottom: blocks of Markdown, parts by heading, the sample size, then every
 * table and list. */
#include "read/workbook.h"

#include "base/text.h"
#include "read/workbook_parts.h"

#include <string.h>

enum { SHOWN_MAX = 60 };

str shown(str text)
{
	if (text.len <= SHOWN_MAX)
		return text;
	text.len = SHOWN_MAX;
	while (text.len && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
		text.len--;
	return text;
}

/* The first heading is the title unless it names a section. A heading below a section's own that names none
 * belongs to the section. */
static void find_parts(reader *r)
{
	part now = { .section = SECTION_FRONT };
	bool titled = false;
	for (size_t i = 0; i < r->blocks.len; i++) {
		const md_block *b = &r->blocks.ptr[i];
		section found = b->kind == MD_HEADING ? section_find(r->a, b->text) : SECTION_FRONT;
		bool title = b->kind == MD_HEADING && !titled && found == SECTION_UNKNOWN;
		bool below = found == SECTION_UNKNOWN && now.heading && b->level > now.heading->level &&
					 now.section != SECTION_FRONT;
		titled |= b->kind == MD_HEADING;
		if (b->kind != MD_HEADING || below) {
			if (!now.blocks.len)
				now.blocks.ptr = &r->blocks.ptr[i];
			now.blocks.len++;
			continue;
		}
		vec_push(r->a, &r->parts, now);
		now = (part){ .section = title ? SECTION_FRONT : found, .heading = b };
	}
	vec_push(r->a, &r->parts, now);
}

/* What follows the dash of "Job Posting Analysis — Senior Engineer"; a hyphen needs spaces around it. */
static str role_of(str title)
{
	static const char *const marks[] = { "\xE2\x80\x94", "\xE2\x80\x93", " - ", ": " };
	for (size_t i = 0; i < COUNT(marks); i++) {
		size_t at = str_find(title, str_from(marks[i]), 0);
		if (at != SIZE_MAX)
			return str_trim(str_skip(title, at + strlen(marks[i])));
	}
	return STR("");
}

static void read_front(reader *r)
{
	buf quote = { .arena = r->a };
	EACH (const part, p, r->parts) {
		if (p->section != SECTION_FRONT)
			continue;
		if (p->heading) {
			r->out->title = p->heading->text;
			r->out->role = role_of(p->heading->text);
		}
		EACH (const md_block, b, p->blocks) {
			if (b->kind == MD_TABLE || !b->quoted || !b->text.len)
				continue;
			buf_str(&quote, quote.len ? STR(" ") : STR(""));
			buf_str(&quote, b->text);
		}
	}
	r->out->quote = buf_done(&quote);
}

static void report_unknown(reader *r, const part *p)
{
	if (!p->heading || r->d->list.len >= DIAG_MAX)
		return;
	const char *near = section_suggest(r->a, p->heading->text);
	diag_add(r->d, E_UNKNOWN_SECTION, p->heading->at, "section '%.*s' is not read%s%s%s",
		STRF(shown(p->heading->text)), near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool holds_rows(section s)
{
	return s == SECTION_FRONT || s == SECTION_UNKNOWN || s == SECTION_SKILLS || s == SECTION_TECHNOLOGY ||
		   s == SECTION_THEMES;
}

static void read_tables(reader *r)
{
	EACH (const part, p, r->parts) {
		bool found = false;
		if (holds_rows(p->section))
			EACH (const md_block, b, p->blocks)
				found |= b->kind == MD_TABLE && table_read(r, p->section, b);
		if (p->section == SECTION_UNKNOWN && !found)
			report_unknown(r, p);
	}
}

static void check_skills(reader *r)
{
	if (r->skills_tried || r->a->failed)
		return;
	loc at = { .source = r->source };
	for (size_t i = r->parts.len; i-- > 0;)
		if (r->parts.ptr[i].section == SECTION_SKILLS && r->parts.ptr[i].heading)
			at = r->parts.ptr[i].heading->at;
	diag_add(r->d, E_NO_SKILLS, at,
		"no skill row: write a table with the columns 'Skill' and 'Frequency' under '## %s'",
		section_title(SECTION_SKILLS));
}

/* Sections are read in an order of their own; people read messages in the order of the file. */
static void sort_diagnostics(diags *d, size_t from)
{
	for (size_t i = from + 1; i < d->list.len; i++) {
		diag one = d->list.ptr[i];
		size_t to = i;
		for (; to > from && d->list.ptr[to - 1].at.offset > one.at.offset; to--)
			d->list.ptr[to] = d->list.ptr[to - 1];
		d->list.ptr[to] = one;
	}
}

static void finish(reader *r)
{
	for (int k = 0; k < ROW_KINDS; k++)
		r->out->rows[k] = (list_row){ .ptr = r->rows[k].ptr, .len = r->rows[k].len };
	static const struct {
		section section;
		size_t offset;
	} lists[] = {
		{ SECTION_SUMMARY, offsetof(workbook, summary) },
		{ SECTION_EXPERIENCE, offsetof(workbook, experience) },
		{ SECTION_INSIGHTS, offsetof(workbook, insights) },
		{ SECTION_SIGNALS, offsetof(workbook, signals) },
		{ SECTION_REFERENCES, offsetof(workbook, references) },
		{ SECTION_INVENTORY, offsetof(workbook, inventory) },
	};
	for (size_t i = 0; i < COUNT(lists); i++)
		*(list_item *)(void *)((char *)r->out + lists[i].offset) =
			(list_item){ .ptr = r->items[lists[i].section].ptr, .len = r->items[lists[i].section].len };
}

bool read_workbook(workbook *out, arena *a, uint32_t number, diags *d)
{
	*out = (workbook){ .source = number, .years_min = -1, .years_max = -1 };
	reader r = { .a = a, .d = d, .out = out, .source = number };
	const source *src = sources_get(d->sources, number);
	size_t errors = d->errors, from = d->list.len;
	if (!src || !markdown_read(&r.blocks, a, number, d))
		return false;
	out->path = src->path;
	for (int k = 0; k < ROW_KINDS; k++)
		r.seen[k].arena = r.slugs[k].arena = a;
	find_parts(&r);
	read_front(&r);
	EACH (const part, p, r.parts)
		items_read(&r, p);
	sample_read(&r);
	read_tables(&r);
	years_read(&r);
	check_skills(&r);
	finish(&r);
	sort_diagnostics(d, from);
	return !a->failed && d->errors == errors;
}
