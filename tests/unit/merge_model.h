/* Random plans for the tests of merging: a plan as numbers, edits of it, and writing it down in any layout.
 * A field's number says which of a few values it has; 0 is absent. */
#ifndef UNIT_MERGE_MODEL_H
#define UNIT_MERGE_MODEL_H

#include "merging.h"
#include "random.h"

#include "plan/merge_parts.h"

enum { MODEL_SLOTS = 10, MODEL_VALUES = 3 };

typedef enum { V_NUMBER, V_BOOL, V_ID, V_TEXT, V_WORDS, V_IDS, V_MAP, V_RECORDS } slot_kind;

typedef struct {
	const char *key; /* NULL: the end of the table */
	slot_kind kind;
	bool required;
} slot;

typedef struct {
	const char *key, *id, *prefix; /* of an id: "lab:" where it is an address */
	slot slots[MODEL_SLOTS];
} model_kind;

MERGING_USE const model_kind model_kinds[MERGE_KINDS] = {
	{ "modules", "id", "m",
		{ { "minutes", V_NUMBER, true }, { "week_from", V_NUMBER, true }, { "week_to", V_NUMBER, true },
			{ "emphasis", V_NUMBER, false }, { "needs_author", V_BOOL, false }, { "blueprint", V_ID, false },
			{ "extends", V_RECORDS, false }, { "title", V_TEXT, false }, { "outcomes", V_RECORDS, false } } },
	{ "labs", "id", "l",
		{ { "minutes", V_NUMBER, true }, { "week", V_NUMBER, true }, { "due", V_NUMBER, true },
			{ "required", V_BOOL, false }, { "skill", V_ID, false }, { "targets", V_MAP, false },
			{ "title", V_TEXT, false } } },
	{ "scenarios", "id", "s",
		{ { "minutes", V_NUMBER, true }, { "week", V_NUMBER, true }, { "due", V_NUMBER, true },
			{ "setting", V_WORDS, false } } },
	{ "capstone", "id", "c",
		{ { "minutes", V_NUMBER, true }, { "week", V_NUMBER, true }, { "due", V_NUMBER, true },
			{ "modules", V_IDS, true } } },
	{ "grading", "item", "lab:l", { { "percent", V_NUMBER, true } } },
	{ "links", "item", "skill:k",
		{ { "name", V_TEXT, true }, { "to", V_TEXT, false }, { "reason", V_TEXT, true } } },
};

MERGING_USE const slot course_slots[] = { { "title", V_TEXT, true }, { "role", V_TEXT, true },
	{ "language", V_ID, true }, { "minutes", V_NUMBER, true }, { "weeks", V_NUMBER, true },
	{ "evidence", V_ID, true }, { NULL, 0, false } };

typedef struct {
	uint32_t id;
	uint32_t values[MODEL_SLOTS];
} model_item;

enum { MODEL_ITEMS = 24 };

typedef struct {
	uint32_t course[MODEL_SLOTS];
	model_item items[MERGE_KINDS][MODEL_ITEMS];
	uint32_t counts[MERGE_KINDS];
} model;

/* ---- making and changing */

static uint32_t random_value(random_source *r, const slot *s)
{
	uint32_t first = s->required ? 1 : 0;
	return first + draw(r, (s->kind == V_BOOL ? 2 : MODEL_VALUES) + 1 - first);
}

static void random_item(model_item *item, random_source *r, const slot *slots, uint32_t id)
{
	*item = (model_item){ .id = id };
	for (size_t i = 0; slots[i].key; i++)
		item->values[i] = random_value(r, &slots[i]);
}

static void random_model(model *m, random_source *r, uint32_t most)
{
	*m = (model){ 0 };
	for (size_t i = 0; course_slots[i].key; i++)
		m->course[i] = random_value(r, &course_slots[i]);
	for (size_t k = 0; k < MERGE_KINDS; k++) {
		m->counts[k] = draw(r, most + 1);
		for (uint32_t i = 0; i < m->counts[k]; i++)
			random_item(&m->items[k][i], r, model_kinds[k].slots, i);
	}
}

MERGING_USE const model_item *model_find(const model *m, size_t k, uint32_t id)
{
	for (uint32_t i = 0; i < m->counts[k]; i++)
		if (m->items[k][i].id == id)
			return &m->items[k][i];
	return NULL;
}

static void insert_item(model *m, size_t k, uint32_t at, model_item item)
{
	memmove(&m->items[k][at + 1], &m->items[k][at], (m->counts[k] - at) * sizeof m->items[k][0]);
	m->items[k][at] = item;
	m->counts[k]++;
}

static model_item remove_item(model *m, size_t k, uint32_t at)
{
	model_item item = m->items[k][at];
	m->counts[k]--;
	memmove(&m->items[k][at], &m->items[k][at + 1], (m->counts[k] - at) * sizeof m->items[k][0]);
	return item;
}

static void change_values(uint32_t *values, random_source *r, const slot *slots)
{
	size_t count = 0;
	while (slots[count].key)
		count++;
	size_t i = draw(r, (uint32_t)count);
	values[i] = random_value(r, &slots[i]);
}

/* New items have ids from `fresh` on: on both sides the same, so that both may add one. */
static void change_model(model *m, random_source *r, uint32_t fresh)
{
	size_t k = draw(r, MERGE_KINDS);
	uint32_t count = m->counts[k], at = count ? draw(r, count) : 0;
	switch (draw(r, 8)) {
	case 0:
		change_values(m->course, r, course_slots);
		return;
	case 1:
		if (count + 1 < MODEL_ITEMS && !model_find(m, k, fresh)) {
			model_item item;
			random_item(&item, r, model_kinds[k].slots, fresh);
			insert_item(m, k, draw(r, count + 1), item);
		}
		return;
	case 2:
		if (count)
			remove_item(m, k, at);
		return;
	case 3:
		if (count)
			insert_item(m, k, draw(r, count), remove_item(m, k, at));
		return;
	default:
		if (count)
			change_values(m->items[k][at].values, r, model_kinds[k].slots);
	}
}

/* ---- writing */

/* How wild a layout is. `gentle`: only what never stands in the way of a change. */
typedef enum { LAYOUT_GENERATED, LAYOUT_GENTLE, LAYOUT_WILD } layout;

typedef struct {
	buf out;
	random_source *r;
	layout layout;
	uint32_t comments; /* so many were written: "# note 1." and so on */
	bool crlf;
} model_writer;

static bool chance(model_writer *w, layout least, uint32_t of)
{
	return w->layout >= least && draw(w->r, of) == 0;
}

static void spaces(model_writer *w, size_t n)
{
	buf_printf(&w->out, "%*s", (int)n, "");
}

static void line_end(model_writer *w)
{
	if (chance(w, LAYOUT_GENTLE, 12))
		spaces(w, 1 + draw(w->r, 3));
	buf_str(&w->out, w->crlf ? STR("\r\n") : STR("\n"));
}

static void comment(model_writer *w)
{
	buf_printf(&w->out, "# note %u. \"x\" - [", ++w->comments);
	line_end(w);
}

static void comment_lines(model_writer *w, size_t column, uint32_t of)
{
	while (chance(w, LAYOUT_GENTLE, of)) {
		spaces(w, column);
		comment(w);
	}
	while (chance(w, LAYOUT_GENTLE, of))
		line_end(w);
}

/* The end of a line that holds a value. */
static void value_end(model_writer *w)
{
	if (chance(w, LAYOUT_WILD, 20)) {
		spaces(w, 1 + draw(w->r, 2));
		comment(w);
	} else {
		line_end(w);
	}
}

static void write_word(model_writer *w, const char *plain, bool needs_quotes, bool text)
{
	uint32_t style = text && w->layout >= LAYOUT_GENTLE ? draw(w->r, 4) : 0;
	if (text && chance(w, LAYOUT_WILD, 40))
		buf_printf(&w->out, "&a%zu ", w->out.len);
	if (style == 1)
		buf_printf(&w->out, "\"%s\"", plain);
	else if (style == 2 || needs_quotes)
		buf_printf(&w->out, "'%s'", plain);
	else
		buf_printf(&w->out, "%s", plain);
}

static void write_words(model_writer *w, uint32_t value, size_t column, bool ids)
{
	static const char *const texts[] = { "Go", "C++", "it: all" }, *const names[] = { "go", "cpp", "it-all" };
	const char *const *all = ids ? names : texts;
	bool block = chance(w, LAYOUT_GENTLE, 3), broken = chance(w, LAYOUT_GENTLE, 4);
	if (!block)
		BUF_LIT(&w->out, " [");
	else
		value_end(w);
	size_t inner = column + draw(w->r, 3);
	for (uint32_t i = 0; i < value; i++) {
		if (block) {
			spaces(w, inner);
			BUF_LIT(&w->out, "- ");
		} else if (i) {
			BUF_LIT(&w->out, ", ");
			if (broken) {
				value_end(w);
				spaces(w, inner + 2);
			}
		}
		write_word(w, all[i], i == 2 && !ids, true);
		if (block)
			value_end(w);
	}
	if (!block) {
		BUF_LIT(&w->out, "]");
		value_end(w);
	}
}

static void write_map(model_writer *w, uint32_t value, size_t column)
{
	static const char *const keys[] = { "p99", "p50", "rate" };
	bool block = chance(w, LAYOUT_GENTLE, 3);
	if (!block)
		BUF_LIT(&w->out, " {");
	else
		value_end(w);
	for (uint32_t i = 0; i < value; i++) {
		if (block)
			spaces(w, column + 3);
		buf_printf(&w->out, "%s%s: ", i && !block ? ", " : "", keys[i]);
		write_word(w, i ? "stretch" : "target", false, true);
		if (block)
			value_end(w);
	}
	if (!block) {
		BUF_LIT(&w->out, "}");
		value_end(w);
	}
}

/* Exercises and outcomes: lists of maps. */
static void write_records(model_writer *w, const char *key, uint32_t value, size_t column)
{
	bool outcomes = strcmp(key, "outcomes") == 0;
	size_t inner = column + (w->layout == LAYOUT_GENERATED ? 0 : draw(w->r, 4));
	value_end(w);
	for (uint32_t i = 0; i < value; i++) {
		spaces(w, inner);
		if (outcomes) {
			buf_printf(&w->out, "- id: o%u", i);
			value_end(w);
			spaces(w, inner + 2);
			BUF_LIT(&w->out, "text: ");
			write_word(w, "Say: it, all", true, true);
		} else {
			buf_printf(&w->out, "- item: skill:x%u", i);
			value_end(w);
			spaces(w, inner + 2);
			BUF_LIT(&w->out, "name: X");
			value_end(w);
			spaces(w, inner + 2);
			BUF_LIT(&w->out, "extension: e");
			value_end(w);
			if (chance(w, LAYOUT_WILD, 20)) {
				spaces(w, draw(w->r, 8));
				comment(w);
			}
			spaces(w, inner + 2);
			BUF_LIT(&w->out, "minutes: 30");
		}
		value_end(w);
	}
}

static void write_text(model_writer *w, uint32_t value, size_t column)
{
	static const char *const texts[] = { "Plain one", "C# and F##", "two: with #2, and" };
	if (value == 1 && chance(w, LAYOUT_GENTLE, 4)) {
		int deep = (int)column + 9;                  /* deeper than a comment below would be */
		str end = w->crlf ? STR("\r\n") : STR("\n"); /* blanks before it would be part of the text */
		buf_printf(
			&w->out, " >-%.*s%*sPlain%.*s%*sone%.*s", STRF(end), deep, "", STRF(end), deep, "", STRF(end));
		while (chance(w, LAYOUT_GENTLE, 3))
			line_end(w);
		return;
	}
	BUF_LIT(&w->out, " ");
	write_word(w, texts[value - 1], value == 3, true);
	value_end(w);
}

/* The value behind its colon, with the end of its line. */
static void write_value(model_writer *w, const slot *s, uint32_t value, size_t column)
{
	if (s->kind == V_WORDS || s->kind == V_IDS)
		write_words(w, value, column, s->kind == V_IDS);
	else if (s->kind == V_MAP)
		write_map(w, value, column);
	else if (s->kind == V_RECORDS)
		write_records(w, s->key, value, column);
	else if (s->kind == V_TEXT)
		write_text(w, value, column);
	else {
		const char *word = s->kind == V_BOOL ? (value == 1 ? "true" : "false")
						   : s->kind == V_ID ? arena_printf(w->out.arena, "id%u", value).ptr
						   : strcmp(s->key, "emphasis") == 0
							   ? arena_printf(w->out.arena, "1.%u", value).ptr
							   : arena_printf(w->out.arena, "%u", 30 * value).ptr;
		spaces(w, w->layout >= LAYOUT_GENTLE ? 1 + draw(w->r, 2) : 1);
		write_word(w, word, false, s->kind == V_ID);
		value_end(w);
	}
}

static void write_key(model_writer *w, const char *key)
{
	bool quoted = chance(w, LAYOUT_GENTLE, 10);
	buf_printf(&w->out, quoted ? "'%s'" : "%s", key);
	buf_printf(&w->out, chance(w, LAYOUT_GENTLE, 12) ? " :" : ":");
}

/* The pairs of a map, the first in a line that has been begun. `id`: NULL if it has none. */
static void write_pairs(model_writer *w, const slot *slots, const uint32_t *values, const char *id_key,
	const char *id, size_t column)
{
	size_t order[MODEL_SLOTS + 1], count = 0;
	if (id)
		order[count++] = MODEL_SLOTS;
	for (size_t i = 0; slots[i].key; i++)
		if (values[i])
			order[count++] = i;
	if (w->layout >= LAYOUT_GENTLE && draw(w->r, 2))
		SHUFFLE(w->r, order, count);
	for (size_t i = 0; i < count; i++) {
		if (i) {
			if (w->layout == LAYOUT_WILD)
				comment_lines(w, draw(w->r, 2) ? column : draw(w->r, 9), 24);
			spaces(w, column);
		}
		if (order[i] == MODEL_SLOTS) {
			write_key(w, id_key);
			BUF_LIT(&w->out, " ");
			write_word(w, id, false, true);
			value_end(w);
		} else {
			write_key(w, slots[order[i]].key);
			write_value(w, &slots[order[i]], values[order[i]], column);
		}
	}
}

static bool is_flat(const slot *slots, const uint32_t *values)
{
	for (size_t i = 0; slots[i].key; i++)
		if (values[i] && slots[i].kind >= V_TEXT)
			return false;
	return true;
}

static void write_flow_item(model_writer *w, const model_kind *kind, const model_item *item, const char *id)
{
	buf_printf(&w->out, "{%s: %s", kind->id, id);
	for (size_t i = 0; kind->slots[i].key; i++) {
		const slot *s = &kind->slots[i];
		if (!item->values[i])
			continue;
		buf_printf(&w->out, ", %s: ", s->key);
		if (s->kind == V_BOOL)
			buf_printf(&w->out, "%s", item->values[i] == 1 ? "true" : "false");
		else if (s->kind == V_ID)
			buf_printf(&w->out, "id%u", item->values[i]);
		else
			buf_printf(&w->out, strcmp(s->key, "emphasis") == 0 ? "1.%u" : "%u",
				strcmp(s->key, "emphasis") == 0 ? item->values[i] : 30 * item->values[i]);
	}
	BUF_LIT(&w->out, "}");
	value_end(w);
}

static void write_item(model_writer *w, const model_kind *kind, const model_item *item, size_t column)
{
	const char *id = name(w->out.arena, kind->prefix, item->id);
	comment_lines(w, draw(w->r, 4) || w->layout < LAYOUT_WILD ? column : draw(w->r, 9), 6);
	spaces(w, column);
	BUF_LIT(&w->out, "-");
	if (is_flat(kind->slots, item->values) && chance(w, LAYOUT_WILD, 12)) {
		BUF_LIT(&w->out, " ");
		write_flow_item(w, kind, item, id);
		return;
	}
	size_t inner = column + 2 + (w->layout == LAYOUT_GENERATED ? 0 : draw(w->r, 3));
	if (chance(w, LAYOUT_GENTLE, 15)) {
		value_end(w);
		spaces(w, inner);
	} else {
		spaces(w, inner - column - 1);
	}
	write_pairs(w, kind->slots, item->values, kind->id, id, inner);
}

static void write_list(model_writer *w, const model *m, size_t k)
{
	const model_kind *kind = &model_kinds[k];
	size_t column = w->layout == LAYOUT_GENERATED ? 0 : draw(w->r, 5);
	bool needed = k == 0 || chance(w, LAYOUT_GENTLE, 4);
	if (!m->counts[k] && !needed)
		return;
	comment_lines(w, 0, 6);
	write_key(w, kind->key);
	if (!m->counts[k])
		BUF_LIT(&w->out, " []");
	value_end(w);
	for (uint32_t i = 0; i < m->counts[k]; i++)
		write_item(w, kind, &m->items[k][i], column);
	if (w->layout == LAYOUT_WILD)
		comment_lines(w, draw(w->r, 6), 8);
}

static void write_course(model_writer *w, const model *m)
{
	size_t column = 2 + (w->layout == LAYOUT_GENERATED ? 0 : draw(w->r, 3));
	comment_lines(w, 0, 6);
	write_key(w, "course");
	value_end(w);
	spaces(w, column);
	BUF_LIT(&w->out, "level: senior");
	value_end(w);
	spaces(w, column);
	BUF_LIT(&w->out, "version: 1.0.0");
	value_end(w);
	spaces(w, column);
	BUF_LIT(&w->out, "minutes_per_week: 60");
	value_end(w);
	spaces(w, column);
	write_pairs(w, course_slots, m->course, NULL, NULL, column);
}

/* In layouts that are not generated, decisions may be there too. */
static str write_model(arena *a, const model *m, random_source *r, layout l, uint32_t *comments)
{
	model_writer w = { .out = { .arena = a }, .r = r, .layout = l };
	size_t order[MERGE_KINDS + 2];
	for (size_t i = 0; i < COUNT(order); i++)
		order[i] = i;
	w.crlf = chance(&w, LAYOUT_GENTLE, 4);
	if (chance(&w, LAYOUT_GENTLE, 8))
		BUF_LIT(&w.out, "\xEF\xBB\xBF");
	if (chance(&w, LAYOUT_GENTLE, 3))
		SHUFFLE(r, order, COUNT(order));
	for (size_t i = 0; i < COUNT(order); i++) {
		if (order[i] == 0) {
			write_course(&w, m);
		} else if (order[i] <= MERGE_KINDS) {
			write_list(&w, m, order[i] - 1);
		} else if (chance(&w, LAYOUT_GENTLE, 3)) {
			BUF_LIT(&w.out, "decisions:");
			line_end(&w);
			BUF_LIT(&w.out, "- {kind: ban, item: 'lab:z', reason: No, author: Me}");
			line_end(&w);
		}
	}
	if (comments)
		*comments = w.comments;
	if (chance(&w, LAYOUT_GENTLE, 4)) {
		comment(&w);
		if (comments)
			*comments = w.comments;
	}
	str text = buf_done(&w.out);
	if (chance(&w, LAYOUT_GENTLE, 4))
		while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
			text.len--;
	return text;
}

#endif
