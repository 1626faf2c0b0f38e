/* What the documents about changes share: what was taken back, what things are called, and one record on its
 * own. */
#include "render/revision.h"

#include "base/number.h"
#include "base/text.h"
#include "render/view_course.h"

static bool is_revert(const revision *r)
{
	return str_eq(r->kind, STR("revert")) && r->reverts.len;
}

static const change *change_in(const revision *r, str id)
{
	EACH (const change, c, r->changes)
		if (str_eq(c->id, id))
			return c;
	return NULL;
}

revision_target revision_named(const revision_book *b, const revision *by)
{
	int64_t number = 0;
	bool whole = integer_parse(&number, by->reverts);
	for (size_t i = (size_t)(by - b->list.ptr); i-- > 0;) {
		const revision *r = &b->list.ptr[i];
		const change *c = whole ? NULL : change_in(r, by->reverts);
		if (c || (whole && r->number == number))
			return (revision_target){ .revision = r, .change = c };
	}
	return (revision_target){ 0 };
}

static const revision *find_gone(const revision_book *b, const revision *r, const change *c)
{
	EACH (const taken_back, one, b->gone)
		if (c ? one->what.change == c : one->what.revision == r && !one->what.change)
			return one->by;
	return NULL;
}

const revision *change_taken_back(const revision_book *b, const change *c)
{
	return b ? find_gone(b, NULL, c) : NULL;
}

const revision *revision_taken_back(const revision_book *b, const revision *r)
{
	const revision *by = b ? find_gone(b, r, NULL) : NULL;
	if (!b || by)
		return by;
	EACH (const change, c, r->changes) {
		const revision *of_change = find_gone(b, NULL, c);
		if (!of_change)
			return NULL;
		by = !by || of_change > by ? of_change : by;
	}
	return by;
}

/* The last one first, because whether a revert counts depends on those after it. */
void revision_book_make(revision_book *out, arena *a, const revision *list, size_t count)
{
	*out = (revision_book){ .list = { .ptr = list, .len = count } };
	for (size_t i = count; i-- > 0;) {
		if (!is_revert(&list[i]) || revision_taken_back(out, &list[i]))
			continue;
		revision_target what = revision_named(out, &list[i]);
		if (what.revision)
			vec_push(a, &out->gone, (taken_back){ .what = what, .by = &list[i] });
	}
}

revision_reader revision_reader_of(const view *v, const revision *r)
{
	revision_reader out = { .v = v, .r = r, .names = { .arena = v->arena } };
	EACH (const pair_text, n, r->names)
		map_put(&out.names, n->key, (void *)n);
	return out;
}

str revision_title(const revision_reader *x, str address)
{
	const pair_text *known = map_get(&x->names, address);
	if (known && known->value.len)
		return text_one_line(x->v->arena, known->value);
	str title = x->v->c ? title_of(x->v, address) : address;
	str_cut cut = str_split(address, ':');
	return str_eq(title, address) && cut.ok ? cut.tail : title;
}

str revision_title_of(const revision_reader *x, const char *kind, str id)
{
	return revision_title(x, arena_printf(x->v->arena, "%s:%.*s", kind, STRF(id)));
}

str revision_reverts(const revision_reader *x)
{
	int64_t number;
	if (!is_revert(x->r))
		return STR("");
	if (integer_parse(&number, x->r->reverts))
		return arena_printf(x->v->arena, "change record %lld", (long long)number);
	return arena_printf(x->v->arena, "change %.*s", STRF(x->r->reverts));
}

str revision_cycle(const revision *r)
{
	return str_starts(r->cycle, STR("cycle-")) ? str_skip(r->cycle, STR("cycle-").len) : r->cycle;
}

item_fate revision_fate(const revision *r, str address)
{
	str kind = str_split(address, ':').head;
	EACH (const course_difference, d, r->differences)
		if (str_eq(d->item, address) && str_eq(d->what, kind))
			return d->before.len ? FATE_LEFT : FATE_CAME;
	return FATE_STAYED;
}

bool revision_removes(const revision *r, const change *c)
{
	return c->kind == EDIT_RETIRE && c->target.len && revision_fate(r, c->target) == FATE_LEFT;
}

str revision_name(arena *a, const revision *r)
{
	return arena_printf(a, "%04d", r->number);
}

str revision_detail(str said)
{
	str_cut cut = str_split(said, ':');
	return cut.ok ? str_trim(cut.tail) : STR("");
}

str revision_time(arena *a, int minutes)
{
	return minutes > 0 && minutes < 60 ? arena_printf(a, "%d min", minutes) : minutes_text(a, minutes);
}

int revision_minutes(const revision *r, str address)
{
	int sum = 0;
	EACH (const change, c, r->changes)
		EACH (const change_minutes, m, c->effect.minutes)
			sum += str_eq(m->key, address) && m->value != SCHEMA_UNSET ? m->value : 0;
	return sum;
}

/* The stylesheet as the course has it. */
static bool put_stylesheet(const view *v, value page, template_set *t)
{
	buf css = { .arena = v->arena };
	if (!templates_render(t, &css, STR("style"), STR("css"), view_map(v), v->diags))
		return false;
	put(v, page, "stylesheet", value_string(buf_done(&css)));
	return true;
}

bool render_revision(buf *out, arena *a, const revision *r, template_set *t, const char *format, diags *d)
{
	bool html = str_eq(str_from(format), STR("html"));
	if (!html && !str_eq(str_from(format), STR("md"))) {
		diag_add(d, E_UNKNOWN_NAME, (loc){ 0 },
			"there is no format '%s' for a change record; there are html "
			"and md",
			format);
		return false;
	}
	view v = { .arena = a, .diags = d, .format = html ? TEXT_HTML : TEXT_MARKDOWN };
	value page = view_revision(&v, r);
	if (html && !put_stylesheet(&v, page, t))
		return false;
	return templates_render(t, out, STR("revision"), str_from(format), page, d) && !a->failed;
}
