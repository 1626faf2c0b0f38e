/* What learners are told of the changes to their course, version by version. The types here have no field for
 * evidence, employers or shares; what was decided and why stays in the records for instructors. */
#include "render/revision.h"

#include <stdlib.h>

typedef struct {
	str text; /* what is different */
	str note; /* what to do about it; may be empty */
	bool taken_back;
} learner_change;

typedef struct {
	str name, date; /* "Version 1.2.0" */
	str taken_back; /* name of the version that took it back; empty: it holds */
	VEC(learner_change) changes;
	VEC(str) hints; /* where to look again */
} learner_release;

typedef revision_reader reader;

/* What a learner reads of a change, by step of the ladder and by the kind of what was edited; the first row
 * that fits. No text: nothing to read. */
static const struct {
	int step;
	const char *kind; /* NULL: any; "": none */
	const char *text;
} sentences[] = {
	{ EDIT_LINK, "", "{{name}} is taught in another course." },
	{ EDIT_LINK, NULL, "{{name}} is covered in {{target}}." },
	{ EDIT_HOURS, NULL, "Time has been moved." },
	{ EDIT_TECHNOLOGY, NULL, "{{target}} now works with {{name}}." },
	{ EDIT_EXERCISE, NULL, "{{target}} has one more exercise, on {{name}}." },
	{ EDIT_TASK, "lab", "There is a new lab: {{target}}." },
	{ EDIT_TASK, "scenario", "There is a new scenario assessment: {{target}}." },
	{ EDIT_MODULE, NULL, "There is a new module: {{target}}." },
	{ EDIT_RETIRE, "", "{{name}} is no longer a subject of the course." },
	{ EDIT_RETIRE, NULL, "{{target}} is no longer part of the course." },
};

static const char *sentence_for(int step, str kind)
{
	for (size_t i = 0; i < COUNT(sentences); i++)
		if (sentences[i].step == step && (!sentences[i].kind || str_eq(kind, str_from(sentences[i].kind))))
			return sentences[i].text;
	return NULL;
}

/* " More time is given to A (1 h) and B (30 min)." */
static void add_list(const reader *x, buf *b, const char *begin, const vec_str *titles, const char *end)
{
	if (titles->len)
		buf_printf(b, " %s%.*s%s", begin,
			STRF(view_joined(x->v, (list_str){ .ptr = titles->ptr, .len = titles->len })), end);
}

/* So many that nobody would read them are counted. */
static void add_times_of(const reader *x, buf *b, const char *begin, const vec_str *timed)
{
	enum { NAMED = 6 };
	if (timed->len > NAMED)
		buf_printf(b, " %s%zu parts of the course: the syllabus has the hours.", begin, timed->len);
	else
		add_list(x, b, begin, timed, ".");
}

/* What the change means for time, item by item. What comes or goes with the target is named; the target
 * itself only if nobody has said so (`silent`). */
static void add_times(const reader *x, buf *b, const change *c, bool silent)
{
	vec_str more = { 0 }, less = { 0 }, came = { 0 }, left = { 0 };
	arena *a = x->v->arena;
	EACH (const change_minutes, m, c->effect.minutes) {
		bool itself = str_eq(m->key, c->target);
		item_fate fate = revision_fate(x->r, m->key);
		if (m->value == SCHEMA_UNSET || m->value == 0 || (itself && (silent || fate == FATE_LEFT)))
			continue;
		str title = revision_title(x, m->key), time = revision_time(a, abs(m->value));
		str timed = arena_printf(a, "%.*s (%.*s)", STRF(title), STRF(time));
		if (itself && (fate == FATE_CAME || c->kind == EDIT_TASK || c->kind == EDIT_MODULE))
			buf_printf(b, " It takes %.*s.", STRF(time));
		else if (fate == FATE_LEFT)
			vec_push(a, &left, title);
		else if (fate == FATE_CAME)
			vec_push(a, &came, timed);
		else if (m->value > 0)
			vec_push(a, &more, timed);
		else
			vec_push(a, &less, timed);
	}
	add_list(x, b, "With it ", &came, came.len == 1 ? " comes." : " come.");
	add_list(x, b, "With it ", &left, left.len == 1 ? " goes." : " go.");
	add_times_of(x, b, "More time is given to ", &more);
	add_times_of(x, b, "Less time is given to ", &less);
}

/* A note that is no advice for some of the learners says what has changed, in better words than ours. */
static bool says_what_changed(str note)
{
	return note.len && !str_starts(note, STR("If "));
}

static str change_text(const reader *x, const change *c)
{
	str kind = str_split(c->target, ':').head;
	if (c->kind == EDIT_RETIRE && !revision_removes(x->r, c))
		kind = STR(""); /* nothing but its name went */
	const char *sentence = sentence_for(c->kind, kind);
	bool noted = says_what_changed(c->learner_note);
	buf b = { .arena = x->v->arena };
	if (!sentence && !noted)
		return STR("");
	fill_word words[] = {
		{ STR("name"), c->name.len ? c->name : c->item },
		{ STR("target"), c->target.len ? revision_title(x, c->target) : c->name },
	};
	buf_str(&b, noted ? c->learner_note
					  : words_fill(x->v->arena, str_from(sentence), (list_fill_word){ words, COUNT(words) }));
	add_times(x, &b, c, noted);
	return buf_done(&b);
}

/* `word` begins a sentence, or does not. */
static str version_name(const reader *x, const revision *r, const char *word)
{
	return r->version_after.len ? arena_printf(x->v->arena, "%s %.*s", word, STRF(r->version_after))
								: arena_printf(x->v->arena, "%s after change %d", word, r->number);
}

static bool differs(const revision *r, const char *part, const char *what)
{
	EACH (const course_difference, d, r->differences)
		if (str_eq(d->part, str_from(part)) && (!what || str_find(d->what, str_from(what), 0) != SIZE_MAX))
			return true;
	return false;
}

/* Titles of the tasks that were there and whose rubrics differ, each once. */
static str changed_rubrics(const reader *x)
{
	vec_str titles = { 0 };
	map seen = { .arena = x->v->arena };
	EACH (const course_difference, d, x->r->differences)
		if (str_eq(d->part, STR("rubric")) && d->item.len && !map_put(&seen, d->item, (void *)d) &&
			revision_fate(x->r, d->item) == FATE_STAYED)
			vec_push(x->v->arena, &titles, revision_title(x, d->item));
	return view_joined(x->v, (list_str){ .ptr = titles.ptr, .len = titles.len });
}

static void add_hints(const reader *x, learner_release *out)
{
	arena *a = x->v->arena;
	str rubrics = changed_rubrics(x);
	if (differs(x->r, "syllabus", "week"))
		vec_push(a, &out->hints, STR("Weeks have moved. The syllabus has the new ones."));
	if (rubrics.len)
		vec_push(a, &out->hints,
			arena_printf(
				a, "What is graded has changed in %.*s. Read the rubric before you hand in.", STRF(rubrics)));
	if (differs(x->r, "grading", NULL))
		vec_push(a, &out->hints, STR("Parts of the grade have changed. The syllabus has the new ones."));
}

static void add_revert(const reader *x, learner_release *out, const revision_book *book)
{
	arena *a = x->v->arena;
	revision_target what = revision_named(book, x->r);
	revision_reader there = revision_reader_of(x->v, what.revision ? what.revision : x->r);
	str former = what.change ? change_text(&there, what.change) : STR("");
	str text = STR("A change of an earlier version is taken back.");
	if (former.len)
		text = arena_printf(a, "This holds no longer: \xE2\x80\x9C%.*s\xE2\x80\x9D", STRF(former));
	else if (what.revision && !what.change)
		text = arena_printf(a, "%.*s is taken back: what it changed is as it was before.",
			STRF(version_name(x, what.revision, "Version")));
	vec_push(a, &out->changes, (learner_change){ .text = text });
}

/* A course that is again what it was has the version that it had. */
static bool goes_back(const revision *r, revision_target what)
{
	return what.revision && !what.change && r->version_after.len &&
		   str_eq(r->version_after, what.revision->version_before);
}

static learner_release release_of(const reader *x, const revision_book *book)
{
	const revision *r = x->r, *by = revision_taken_back(book, r);
	learner_release out = { .name = version_name(x, r, "Version"), .date = r->as_of };
	if (by)
		out.taken_back = version_name(x, by, "version");
	if (revision_reverts(x).len) {
		if (goes_back(r, revision_named(book, r)))
			out.name = version_name(x, r, "Back to version");
		add_revert(x, &out, book);
	}
	EACH (const change, c, r->changes) {
		learner_change one = { .text = change_text(x, c) };
		one.note = says_what_changed(c->learner_note) ? STR("") : c->learner_note;
		one.taken_back = change_taken_back(book, c) != NULL;
		if (one.text.len || one.note.len)
			vec_push(x->v->arena, &out.changes, one);
	}
	if (!by)
		add_hints(x, &out);
	return out;
}

static value view_release(const view *v, const learner_release *from)
{
	value out = view_map(v);
	vec_value changes = { 0 }, hints = { 0 };
	put_plain(v, out, "name", from->name);
	put_plain(v, out, "date", from->date);
	put_plain(v, out, "taken_back", from->taken_back);
	EACH (const learner_change, c, from->changes) {
		value one = view_map(v);
		put_plain(v, one, "text", c->text);
		put_plain(v, one, "note", c->taken_back || from->taken_back.len ? STR("") : c->note);
		put_flag(v, one, "gone", c->taken_back);
		add(v, &changes, one);
	}
	EACH (const str, hint, from->hints)
		add(v, &hints, value_string(*hint));
	put_flag(v, out, "nothing", !changes.len && !hints.len && !from->taken_back.len);
	put_flag(v, out, "has_entries", changes.len + hints.len > 0);
	put(v, out, "entries", value_of(changes));
	put(v, out, "hints", value_of(hints));
	return out;
}

value view_changes(const view *v)
{
	value page = view_page(v, STR("What has changed"), "");
	vec_value crumbs = { 0 }, releases = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	const revision_book *book = v->index->book;
	for (size_t i = book ? book->list.len : 0; i-- > 0;) {
		revision_reader x = revision_reader_of(v, &book->list.ptr[i]);
		learner_release release = release_of(&x, book);
		add(v, &releases, view_release(v, &release));
	}
	put(v, page, "releases", value_of(releases));
	put_plain(v, page, "first", book && book->list.len ? book->list.ptr[0].version_before : STR(""));
	return page;
}
