/* Shapes: which one fits a JSON value, where the postings are in it, and where the facts of each. A path is
 * keys with dots between them; a list on the way stands for each of its elements, unless a number picks one;
 * "/" in front begins at the root; "base(a + b)" is the words found at base.a and base.b, with commas. */
#include "read/posting_parts.h"

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

enum { FOUND_MAX = 100000, FAULT_MAX = 400 };

void say(shape_context *c, diag_code code, const char *format, ...)
{
	char text[FAULT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	diag_file(c->d, code, c->path, "%.*s%s%s", STRF(c->where), c->where.len ? ": " : "", text);
}

static void collect(vec_value *out, arena *a, const value *from, str path)
{
	if (out->len >= FOUND_MAX)
		return;
	if (!path.len) {
		if (from->kind != V_NULL)
			vec_push(a, out, *from);
		return;
	}
	str_cut cut = str_split(path, '.');
	int64_t index;
	if (from->kind == V_MAP) {
		const value *next = value_get(*from, cut.head);
		if (next)
			collect(out, a, next, cut.tail);
	} else if (from->kind == V_LIST && integer_parse(&index, cut.head)) {
		if (index >= 0 && (size_t)index < from->list.len)
			collect(out, a, &from->list.ptr[index], cut.tail);
	} else if (from->kind == V_LIST) {
		for (size_t i = 0; i < from->list.len; i++)
			if (from->list.ptr[i].kind == V_MAP)
				collect(out, a, &from->list.ptr[i], path);
	}
}

static vec_value find(arena *a, const value *root, const value *item, str path)
{
	vec_value out = { 0 };
	bool top = str_starts(path, STR("/"));
	collect(&out, a, top ? root : item, top ? str_skip(path, 1) : path);
	return out;
}

/* --- words --- */

/* An object stands for its name. */
static str words_of(arena *a, const value *v)
{
	static const char *const names[] = { "name", "descriptor", "@value" };
	buf b = { .arena = a };
	if (v->kind == V_STRING)
		return v->string;
	if (v->kind == V_INT)
		buf_integer(&b, v->integer);
	else if (v->kind == V_DOUBLE)
		buf_double(&b, v->number);
	for (size_t i = 0; i < COUNT(names) && v->kind == V_MAP; i++) {
		const value *name = value_get(*v, str_from(names[i]));
		if (name && name->kind == V_STRING)
			return name->string;
	}
	return buf_done(&b);
}

static void add_words(vec_str *out, arena *a, const value *v)
{
	if (v->kind == V_LIST) {
		for (size_t i = 0; i < v->list.len && i < FOUND_MAX; i++)
			if (v->list.ptr[i].kind != V_LIST)
				add_words(out, a, &v->list.ptr[i]);
		return;
	}
	str words = str_trim(words_of(a, v));
	bool known = !words.len;
	EACH (const str, one, *out)
		known |= str_eq(*one, words);
	if (!known && out->len < 64)
		vec_push(a, out, words);
}

static str join(arena *a, const vec_str *words, str between)
{
	buf b = { .arena = a };
	EACH (const str, w, *words) {
		buf_str(&b, b.len ? between : STR(""));
		buf_str(&b, *w);
	}
	return buf_done(&b);
}

/* "base(a + b)": what stands at a and at b of each base, with commas. */
static void add_composed(vec_str *out, arena *a, const value *base, str parts)
{
	vec_str words = { 0 };
	if (base->kind == V_STRING || base->kind == V_LIST) {
		if (base->kind == V_STRING)
			add_words(out, a, base);
		for (size_t i = 0; base->kind == V_LIST && i < base->list.len && out->len < 64; i++)
			if (base->list.ptr[i].kind != V_LIST)
				add_composed(out, a, &base->list.ptr[i], parts);
		return;
	}
	for (str_cut cut = { .tail = parts, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '+');
		vec_value found = find(a, base, base, str_trim(cut.head));
		EACH (const value, v, found)
			add_words(&words, a, v);
	}
	value whole = value_string(join(a, &words, STR(", ")));
	add_words(out, a, &whole);
}

static str words_at(arena *a, const value *root, const value *item, str path)
{
	vec_str words = { 0 };
	str_cut open = str_split(path, '(');
	vec_value found = find(a, root, item, str_trim(open.head));
	if (open.ok && str_ends(open.tail, STR(")")))
		open.tail.len--;
	EACH (const value, v, found)
		if (open.ok)
			add_composed(&words, a, v, open.tail);
		else
			add_words(&words, a, v);
	return join(a, &words, STR("; "));
}

static str words_of_first(arena *a, const value *root, const value *item, list_str paths)
{
	EACH (const str, path, paths) {
		str words = words_at(a, root, item, *path);
		if (words.len)
			return words;
	}
	return STR("");
}

/* --- which shape --- */

/* "JobPosting" is also "http://schema.org/JobPosting" and "schema:JobPosting". */
static bool is_word(str s, str wanted)
{
	if (!str_ends(s, wanted))
		return false;
	char before = s.len > wanted.len ? s.ptr[s.len - wanted.len - 1] : '/';
	return before == '/' || before == ':' || before == '#';
}

static bool has(arena *a, const value *root, const value *item, str condition)
{
	str_cut cut = str_split(condition, '=');
	vec_value found = find(a, root, item, str_trim(cut.head));
	if (!cut.ok)
		return found.len > 0;
	EACH (const value, v, found) {
		if (v->kind == V_STRING && is_word(v->string, str_trim(cut.tail)))
			return true;
		for (size_t i = 0; v->kind == V_LIST && i < v->list.len; i++)
			if (v->list.ptr[i].kind == V_STRING && is_word(v->list.ptr[i].string, str_trim(cut.tail)))
				return true;
	}
	return false;
}

static bool has_any(arena *a, const value *root, const value *item, list_str paths)
{
	EACH (const str, path, paths)
		if (find(a, root, item, str_split(*path, '(').head).len)
			return true;
	return false;
}

/* Without conditions a title and a text are what makes a posting. */
static bool fits(const posting_shape *s, arena *a, const value *root, const value *item)
{
	if (item->kind != V_MAP)
		return false;
	EACH (const str, condition, s->has)
		if (!has(a, root, item, *condition))
			return false;
	if (s->has.len)
		return true;
	bool text = false;
	EACH (const shape_text, part, s->text)
		text |= has_any(a, root, item, part->path);
	return text && has_any(a, root, item, s->fields.title);
}

/* `number` is that of the value among others found at the same path. */
static void add_items(shape_match *out, arena *a, const value *root, const value *v, size_t number)
{
	bool many = v->kind == V_LIST;
	for (size_t i = 0; i < (many ? v->list.len : 1); i++) {
		const value *item = many ? &v->list.ptr[i] : v;
		if (!fits(out->shape, a, root, item)) {
			out->others++;
			continue;
		}
		vec_push(a, &out->items, *item);
		vec_push(a, &out->numbers, (uint32_t)(many ? i : number));
	}
}

static bool try_shape(shape_match *out, arena *a, const posting_shape *s, const value *root)
{
	*out = (shape_match){ .shape = s };
	add_items(out, a, root, root, 0);
	EACH (const str, path, s->list) {
		if (out->items.len)
			break;
		vec_value found = find(a, root, root, *path);
		out->others = 0;
		out->list = *path;
		EACH (const value, v, found)
			add_items(out, a, root, v, (size_t)(v - found.ptr));
	}
	return out->items.len > 0 && out->items.len == out->numbers.len;
}

bool shape_find(shape_match *out, arena *a, const catalog *c, const posting_shape *only, const value *root)
{
	if (only)
		return try_shape(out, a, only, root);
	shape_match best = { 0 };
	EACH (posting_shape *const, s, c->shapes) /* the one that asks for most */
		if ((!best.shape || (*s)->has.len > best.shape->has.len) && try_shape(out, a, *s, root))
			best = *out;
	*out = best;
	return best.shape != NULL;
}

const posting_shape *shape_by_id(const catalog *c, str id)
{
	EACH (posting_shape *const, s, c->shapes)
		if (str_eq((*s)->id, id))
			return *s;
	return NULL;
}

/* --- facts --- */

static str read_fact(arena *a, const value *root, const value *item, list_str paths, shape_context *c)
{
	return arena_str(a, prose_fact(c->scratch, words_of_first(c->scratch, root, item, paths)));
}

static void read_date(
	posting *out, const posting_shape *s, const value *root, const value *item, arena *a, shape_context *c)
{
	date_found worst = DATE_NONE;
	str shown = STR("");
	EACH (const str, path, s->fields.date) {
		vec_value found = find(c->scratch, root, item, *path);
		if (!found.len)
			continue;
		date_found f = fact_date(&out->date, a, found.ptr, s->dates, c->as_of);
		if (f == DATE_OK) {
			out->date_from = arena_str(a, *path);
			return;
		}
		worst = f != DATE_NONE ? f : worst;
		shown = words_of(c->scratch, found.ptr);
	}
	if (worst != DATE_NONE)
		say(c, E_POSTING_DATE, "no date: '%.*s' %s", STRF(str_sub(shown, 0, 60)), fact_date_fault(worst));
}

/* The part of the address that names the employer: "https://jobs.example.com/acme/123". */
static str employer_of_url(const posting_shape *s, str url)
{
	EACH (const str, before, s->employer_after) {
		size_t at = str_find(url, *before, 0);
		if (at != SIZE_MAX)
			return str_split(str_split(str_skip(url, at + before->len), '?').head, '/').head;
	}
	return STR("");
}

static bool is_remote(const posting_shape *s, const value *root, const value *item, arena *scratch)
{
	EACH (const str, path, s->fields.remote) {
		vec_value found = find(scratch, root, item, *path);
		EACH (const value, v, found)
			if ((v->kind == V_BOOL && v->boolean) || fact_says_remote(words_of(scratch, v)))
				return true;
	}
	return false;
}

static void read_region(
	posting *out, const posting_shape *s, const value *root, const value *item, arena *a, shape_context *c)
{
	str words = words_of_first(c->scratch, root, item, s->fields.region);
	str country = fact_country(str_split(words, ';').head);
	if (!country.len)
		country = fact_region(words);
	if (!country.len)
		country = fact_region(out->location);
	if (!country.len && is_remote(s, root, item, c->scratch))
		country = STR("remote");
	out->region = country.len ? country : arena_str(a, text_one_line(c->scratch, words));
}

static void read_facts(
	posting *out, const posting_shape *s, const value *root, const value *item, arena *a, shape_context *c)
{
	const shape_fields *f = &s->fields;
	out->title = read_fact(a, root, item, f->title, c);
	out->employer = read_fact(a, root, item, f->employer, c);
	out->location = read_fact(a, root, item, f->location, c);
	out->url = read_fact(a, root, item, f->url, c);
	out->employment = read_fact(a, root, item, f->employment, c);
	out->seniority = fact_seniority(read_fact(a, root, item, f->seniority, c));
	if (!out->employer.len)
		out->employer = employer_of_url(s, out->url);
	read_date(out, s, root, item, a, c);
	read_region(out, s, root, item, a, c);
}

/* --- text --- */

static void add_value(text_builder *b, const value *v, prose_kind format, shape_context *c)
{
	str problem = STR("");
	if (v->kind == V_STRING)
		prose_add(b, c->scratch, v->string, format, &problem);
	for (size_t i = 0; v->kind == V_LIST && i < v->list.len; i++)
		text_block(b, BLOCK_ITEM, prose_fact(c->scratch, words_of(c->scratch, &v->list.ptr[i])), false);
	if (problem.len)
		say(c, E_POSTING_MARKUP, "its HTML was read in part: %.*s", STRF(problem));
}

/* One part under its heading; nothing if the text has the same words already. */
static void add_part(
	text_builder *b, const shape_text *part, const value *root, const value *item, shape_context *c)
{
	size_t before = b->text.len, blocks = b->blocks.len;
	str heading = part->heading.len ? words_at(c->scratch, root, item, part->heading) : part->title;
	if (heading.len)
		text_block(b, BLOCK_HEADING, prose_fact(c->scratch, heading), true);
	size_t body = b->text.len;
	EACH (const str, path, part->path) {
		vec_value found = find(c->scratch, root, item, *path);
		EACH (const value, v, found)
			add_value(b, v, part->format < 0 ? PROSE_AUTO : (prose_kind)part->format, c);
		if (b->text.len > body)
			break;
	}
	str whole = buf_done(&b->text), fresh = str_trim(str_skip(whole, body));
	if (!fresh.len || str_find(str_sub(whole, 0, before), fresh, 0) != SIZE_MAX)
		text_cut(b, before, blocks);
}

static void read_text(
	text_builder *b, const posting_shape *s, const value *root, const value *item, shape_context *c)
{
	EACH (const shape_text, part, s->text) {
		if (!part->each.len) {
			add_part(b, part, root, item, c);
			continue;
		}
		vec_value all = find(c->scratch, root, item, part->each);
		EACH (const value, v, all)
			for (size_t i = 0; i < (v->kind == V_LIST ? v->list.len : 1); i++)
				add_part(b, part, root, v->kind == V_LIST ? &v->list.ptr[i] : v, c);
	}
}

void posting_set_text(posting *p, text_builder *b)
{
	text_end(b);
	p->text = buf_done(&b->text);
	p->blocks.ptr = b->blocks.ptr;
	p->blocks.len = b->blocks.len;
}

void posting_complete(posting *p, arena *a)
{
	if (!p->date.len) {
		str date, from;
		if (fact_date_of_path(&date, &from, p->path)) {
			p->date = arena_str(a, date);
			p->date_from = from;
		}
	}
	if (!p->employer.len)
		p->employer = fact_employer_of_path(a, p->path);
	if (!p->region.len)
		p->region = fact_region(p->location);
	if (!p->seniority.len)
		p->seniority = fact_seniority(p->title);
	buf b = { .arena = a };
	const str parts[] = { p->title, p->employer, p->location, p->text };
	for (size_t i = 0; i < COUNT(parts); i++) {
		buf_str(&b, parts[i]);
		buf_char(&b, '\0');
	}
	p->id = hash_sha256(a, buf_done(&b));
}

bool shape_read(
	posting *out, const posting_shape *s, const value *root, const value *item, arena *a, shape_context *c)
{
	*out = (posting){ .form = s->id.ptr ? arena_cstr(a, s->id) : "",
		.path = arena_str(a, c->path),
		.locator = arena_str(a, c->where) };
	text_builder b = text_start(a);
	read_facts(out, s, root, item, a, c);
	read_text(&b, s, root, item, c);
	posting_set_text(out, &b);
	return out->text.len > 0;
}
