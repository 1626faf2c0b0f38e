/* One function for each kind of field. Unknown keys, missing keys and values of the wrong type are all
 * reported; reading goes on after each. */
#include "read/record.h"

#include "base/io.h"
#include "base/number.h"
#include "base/text.h"
#include "read/raw_html.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { NAMES_MAX = 96, SHOWN_MAX = 60, PATTERN_MAX = 160, CLOCK_MINUTES_MAX = 6000 };

typedef struct {
	arena *arena;
	diags *diags;
	bool ok;
} binder;

static bool bind_record(binder *b, const record *r, void *out, const yaml_node *node, const char *what);

__attribute__((format(printf, 4, 5))) static void wrong(
	binder *b, diag_code code, const yaml_node *n, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char text[512];
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	uint32_t length = n->kind == YAML_SCALAR && !n->block ? n->end - n->at.offset : 1;
	diag_span(b->diags, code, n->at, length, "%s", text);
	b->ok = false;
}

/* The beginning of a text as a message can show it: whole characters of one line. */
static str excerpt(str s, size_t most)
{
	size_t n = 0;
	while (n < s.len && n < most && (unsigned char)s.ptr[n] >= ' ')
		n++;
	while (n && n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

static const char *kind_name(const yaml_node *n)
{
	return n->kind == YAML_LIST  ? "a list"
		   : n->kind == YAML_MAP ? "a map"
		   : yaml_is_null(n)     ? "nothing"
								 : "text";
}

static const char *article(const record *r)
{
	return str_find(STR("aeiou"), str_sub(str_from(r->name), 0, 1), 0) == SIZE_MAX ? "a" : "an";
}

static bool want_scalar(binder *b, const yaml_node *n, const char *key, const char *wanted)
{
	if (n->kind == YAML_SCALAR && !yaml_is_null(n))
		return true;
	wrong(b, E_WRONG_TYPE, n, "'%s' takes %s, not %s", key, wanted, kind_name(n));
	return false;
}

static void bind_number(binder *b, const field *f, double *out, const yaml_node *n)
{
	if (!want_scalar(b, n, f->key, "a number"))
		return;
	double value;
	if (n->quoted || !number_parse(&value, n->text))
		wrong(
			b, E_WRONG_TYPE, n, "'%s' takes a number, not '%.*s'", f->key, STRF(excerpt(n->text, SHOWN_MAX)));
	else if ((f->min != 0 || f->max != 0) && (value < f->min || value > f->max))
		wrong(b, E_BAD_VALUE, n, "'%s' is %g to %g, not %.*s", f->key, f->min, f->max, STRF(n->text));
	else
		*out = value;
}

static void bind_int(binder *b, const field *f, int *out, const yaml_node *n)
{
	double value = NAN;
	bind_number(b, f, &value, n);
	if (isnan(value))
		return;
	if (value != trunc(value) || fabs(value) > 1e9)
		wrong(b, E_BAD_VALUE, n, "'%s' takes a whole number, not %.*s", f->key, STRF(n->text));
	else
		*out = (int)value;
}

static void bind_bool(binder *b, const field *f, bool *out, const yaml_node *n)
{
	if (!want_scalar(b, n, f->key, "true or false"))
		return;
	bool yes = str_eq(n->text, STR("true"));
	if (n->quoted || (!yes && !str_eq(n->text, STR("false"))))
		wrong(b, E_WRONG_TYPE, n, "'%s' takes true or false, not '%.*s'", f->key,
			STRF(excerpt(n->text, SHOWN_MAX)));
	else
		*out = yes;
}

static void bind_choice(binder *b, const field *f, int *out, const yaml_node *n)
{
	if (!want_scalar(b, n, f->key, "one word"))
		return;
	str names[NAMES_MAX];
	size_t count = 0;
	buf all = { .arena = b->arena };
	for (; f->choices[count] && count < NAMES_MAX; count++) {
		names[count] = str_from(f->choices[count]);
		if (str_eq(names[count], n->text)) {
			*out = (int)count;
			return;
		}
		buf_printf(&all, "%s%s", count ? ", " : "", f->choices[count]);
	}
	str near = text_suggest(n->text, names, count);
	wrong(b, E_BAD_VALUE, n, "'%.*s' is not a value of '%s' (%.*s)%s%.*s%s",
		STRF(excerpt(n->text, SHOWN_MAX)), f->key, STRF(buf_done(&all)), near.len ? "; did you mean '" : "",
		STRF(near), near.len ? "'?" : "");
}

/* Digits only, where integer_parse also takes a sign. */
static bool digits_parse(int64_t *out, str s)
{
	return s.len && is_digit(s.ptr[0]) && integer_parse(out, s);
}

/* "+MM:SS" from the start of play; "end" is after everything. */
static void bind_clock(binder *b, const field *f, int *out, const yaml_node *n)
{
	if (!want_scalar(b, n, f->key, "a time such as \"+05:00\""))
		return;
	if (str_eq(n->text, STR("end"))) {
		*out = INT_MAX;
		return;
	}
	str_cut cut = str_split(str_starts(n->text, STR("+")) ? str_skip(n->text, 1) : n->text, ':');
	int64_t minutes, seconds;
	if (!cut.ok || !digits_parse(&minutes, cut.head) || !digits_parse(&seconds, cut.tail) ||
		minutes > CLOCK_MINUTES_MAX || seconds > 59 || cut.tail.len != 2)
		wrong(b, E_BAD_VALUE, n, "'%s' takes a time such as \"+05:00\" or end, not '%.*s'", f->key,
			STRF(excerpt(n->text, SHOWN_MAX)));
	else
		*out = (int)(minutes * 60 + seconds);
}

/* An id that has words to fill in, such as "{{id}}-lab", becomes one when they are. */
static bool is_id_or_pattern(str s)
{
	if (str_is_id(s))
		return true;
	if (s.len > PATTERN_MAX || str_starts(s, STR("-")) || str_starts(s, STR("_")))
		return false;
	bool filled = false;
	for (size_t i = 0; i < s.len;) {
		if (str_starts(str_skip(s, i), STR("{{"))) {
			size_t end = str_find(s, STR("}}"), i);
			if (end == SIZE_MAX || !str_is_id(str_trim(str_sub(s, i + 2, end - i - 2))))
				return false;
			filled = true;
			i = end + 2;
		} else if (!str_is_id(str_sub(s, i, 1)) && s.ptr[i] != '-' && s.ptr[i] != '_') {
			return false;
		} else {
			i++;
		}
	}
	return filled;
}

/* No text holds control characters: they could not be written to XML, and a terminal would obey them. */
static bool has_control(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (((unsigned char)s.ptr[i] < ' ' && !is_space(s.ptr[i])) || s.ptr[i] == '\v' || s.ptr[i] == '\f' ||
			s.ptr[i] == 0x7F)
			return true;
	return false;
}

static bool is_one_line(str s)
{
	return str_find(s, STR("\n"), 0) == SIZE_MAX && str_find(s, STR("\r"), 0) == SIZE_MAX;
}

static void bind_str(binder *b, const char *key, field_kind kind, str *out, const yaml_node *n)
{
	if (!want_scalar(b, n, key, "text"))
		return;
	str s = n->text;
	size_t html;
	if (str_trim(s).len == 0)
		wrong(b, E_BAD_VALUE, n, "'%s' is empty", key);
	else if (has_control(s))
		wrong(b, E_BAD_VALUE, n, "'%s' holds a control character", key);
	else if (kind == F_ID && !is_id_or_pattern(s))
		wrong(b, E_BAD_ID, n,
			"'%.*s' is not an id: lower-case letters, digits, hyphens and underscores, beginning with a "
			"letter or digit, "
			"at most 80",
			STRF(excerpt(s, SHOWN_MAX)));
	else if (kind == F_PATH && !io_is_safe(str_ends(s, STR("/")) ? str_sub(s, 0, s.len - 1) : s))
		wrong(b, E_UNSAFE_PATH, n, "'%.*s' is not a path below its folder", STRF(excerpt(s, SHOWN_MAX)));
	else if (kind == F_DATE && !text_is_date(s))
		wrong(b, E_BAD_VALUE, n, "'%s' takes a date such as 2026-11-23, not '%.*s'", key,
			STRF(excerpt(s, SHOWN_MAX)));
	else if (kind == F_PLAIN && !is_one_line(str_trim(s)))
		wrong(b, E_BAD_VALUE, n, "'%s' takes one line", key);
	else if (kind == F_TEXT && raw_html_find(s, &html))
		wrong(b, E_RAW_HTML, n, "raw HTML in '%s', near '%.*s'; put code in backquotes", key,
			STRF(excerpt(str_skip(s, html), 20)));
	else
		*out = kind == F_TEXT ? s : str_trim(s);
}

static void bind_list(binder *b, const field *f, list_any *out, const yaml_node *n)
{
	if (n->kind != YAML_LIST) {
		wrong(b, E_WRONG_TYPE, n, "'%s' takes a list, not %s", f->key, kind_name(n));
		return;
	}
	size_t size = f->element == F_RECORD   ? f->record->size
				  : f->element == F_NUMBER ? sizeof(double)
										   : sizeof(str);
	char *items = arena_alloc(b->arena, size, n->items.len, _Alignof(max_align_t));
	for (size_t i = 0; items && i < n->items.len; i++) {
		void *at = items + i * size;
		if (f->element == F_RECORD)
			bind_record(b, f->record, at, n->items.ptr[i], f->key);
		else if (f->element == F_NUMBER)
			bind_number(b, f, at, n->items.ptr[i]);
		else
			bind_str(b, f->key, f->element, at, n->items.ptr[i]);
	}
	out->ptr = items;
	out->len = items ? n->items.len : 0;
}

static void bind_map(binder *b, const field *f, list_any *out, const yaml_node *n)
{
	if (n->kind != YAML_MAP) {
		wrong(b, E_WRONG_TYPE, n, "'%s' takes a map, not %s", f->key, kind_name(n));
		return;
	}
	char *items = arena_alloc(b->arena, f->record->size, n->pairs.len, _Alignof(max_align_t));
	for (size_t i = 0; items && i < n->pairs.len; i++) {
		char *at = items + i * f->record->size;
		bind_record(b, f->record, at, n->pairs.ptr[i].value, f->key);
		*(loc *)at = n->pairs.ptr[i].at;
		*(str *)(at + sizeof(loc)) = n->pairs.ptr[i].key;
	}
	out->ptr = items;
	out->len = items ? n->pairs.len : 0;
}

static void bind_maybe(binder *b, const field *f, void **out, const yaml_node *n)
{
	void *made = arena_alloc(b->arena, f->record->size, 1, _Alignof(max_align_t));
	if (made && bind_record(b, f->record, made, n, f->key))
		*out = made;
}

static void bind_field(binder *b, const field *f, void *at, const yaml_node *n)
{
	switch (f->kind) {
	case F_NUMBER:
		bind_number(b, f, at, n);
		return;
	case F_INT:
		bind_int(b, f, at, n);
		return;
	case F_BOOL:
		bind_bool(b, f, at, n);
		return;
	case F_CHOICE:
		bind_choice(b, f, at, n);
		return;
	case F_CLOCK:
		bind_clock(b, f, at, n);
		return;
	case F_RECORD:
		bind_record(b, f->record, at, n, f->key);
		return;
	case F_MAYBE:
		bind_maybe(b, f, at, n);
		return;
	case F_LIST:
		bind_list(b, f, at, n);
		return;
	case F_MAP:
		bind_map(b, f, at, n);
		return;
	case F_ANY:
		*(const yaml_node **)at = n;
		return;
	case F_LOCATED:
		if (want_scalar(b, n, f->key, "text"))
			*(located *)at = yaml_located(b->arena, n, b->diags->sources);
		return;
	case F_PLAIN:
	case F_TEXT:
	case F_ID:
	case F_PATH:
	case F_DATE:
		bind_str(b, f->key, f->kind, at, n);
	}
}

static void unknown_key(binder *b, const record *r, const yaml_pair *p)
{
	str names[NAMES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < r->field_count && count < NAMES_MAX; i++)
		names[count++] = str_from(r->fields[i].key);
	for (size_t i = 0; r->also && i < r->also->field_count && count < NAMES_MAX; i++)
		names[count++] = str_from(r->also->fields[i].key);
	str near = text_suggest(p->key, names, count);
	diag_span(b->diags, E_UNKNOWN_KEY, p->at, (uint32_t)p->key.len, "%s %s has no key '%.*s'%s%.*s%s",
		article(r), r->name, STRF(excerpt(p->key, SHOWN_MAX)), near.len ? "; did you mean '" : "", STRF(near),
		near.len ? "'?" : "");
	b->ok = false;
}

static void bind_pairs(binder *b, const record *r, void *out, const yaml_node *node, const record *skip)
{
	EACH (yaml_pair, p, node->pairs) {
		if (skip && record_field(skip, p->key))
			continue;
		const field *f = record_field(r, p->key);
		if (f)
			bind_field(b, f, (char *)out + f->offset, p->value);
		else if (!r->also || !record_field(r->also, p->key))
			unknown_key(b, r, p);
	}
}

static bool bind_record(binder *b, const record *r, void *out, const yaml_node *node, const char *what)
{
	size_t before = b->diags->errors;
	record_clear(r, out);
	*(loc *)out = node->at;
	const field *only = r->shorthand ? record_field(r, str_from(r->shorthand)) : NULL;
	if (only && (r->whole || node->kind == YAML_SCALAR)) {
		bind_field(b, only, (char *)out + only->offset, node);
	} else if (node->kind != YAML_MAP) {
		wrong(b, E_WRONG_TYPE, node, "'%s' takes a map (%s %s), not %s", what, article(r), r->name,
			kind_name(node));
	} else {
		bind_pairs(b, r, out, node, NULL);
		for (size_t i = 0; i < r->field_count; i++)
			if (r->fields[i].required && !yaml_get(node, str_from(r->fields[i].key)))
				wrong(b, E_MISSING_KEY, &(yaml_node){ .at = node->at, .kind = YAML_MAP },
					"this %s has no '%s' (%s)", r->name, r->fields[i].key, r->fields[i].doc);
	}
	return b->diags->errors == before;
}

bool record_read(const record *r, void *out, const yaml_node *node, arena *a, diags *d)
{
	binder b = { .arena = a, .diags = d, .ok = true };
	return bind_record(&b, r, out, node, r->name) && !a->failed;
}

bool record_override(
	const record *r, void *out, const yaml_node *node, const record *skip, arena *a, diags *d)
{
	binder b = { .arena = a, .diags = d, .ok = true };
	bind_pairs(&b, r, out, node, skip);
	return b.ok && !a->failed;
}
