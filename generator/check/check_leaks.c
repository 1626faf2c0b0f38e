/* What only facilitators and graders may see, looked for in what participants and learners get; and answers,
 * where the questions are. */
#include "base/text.h"
#include "check/checker.h"
#include "check/prose.h"

/* Fewer words are found in any text; more would miss a text that was cut. */
enum { WORDS_MIN = 4, WORDS_MAX = 12 };

typedef struct {
	str words; /* with a blank before and after */
	const char *what;
	str of; /* id of the item it belongs to; may be empty */
} secret;

typedef struct {
	arena *arena;
	VEC(secret) texts;
} secrets;

static void keep(secrets *out, str text, const char *what, str of)
{
	str words = prose_words(out->arena, text, false);
	size_t count = 0;
	for (size_t i = 1; i < words.len && count < WORDS_MAX; i++)
		if (words.ptr[i] == ' ' && ++count == WORDS_MAX)
			words.len = i + 1;
	if (count >= WORDS_MIN)
		vec_push(out->arena, &out->texts, (secret){ .words = words, .what = what, .of = of });
}

static secrets collect(checker *k, const scenario *s)
{
	secrets out = { .arena = k->arena };
	EACH (const scenario_role, r, s->roles)
		keep(&out, r->private_brief, "private brief of role", r->id);
	EACH (const scenario_inject, one, s->injects)
		keep(&out, one->purpose, "purpose of inject", one->id);
	EACH (const scenario_action, a, s->actions)
		keep(&out, a->text, "action", a->id);
	EACH (const score_criterion, c, s->scoring.criteria)
		EACH (const pair_text, anchor, c->anchors)
			keep(&out, anchor->value, "anchor of criterion", c->id);
	EACH (const facilitator_hint, h, s->facilitator.hints)
		keep(&out, h->text, "hint", STR(""));
	return out;
}

/* An id with a hyphen that is no part of a longer one; others are words of the language. */
static bool has_id(str text, str id)
{
	if (str_find(id, STR("-"), 0) == SIZE_MAX)
		return false;
	for (size_t at = text_find_word(text, id, 0, true); at != SIZE_MAX;
		 at = text_find_word(text, id, at + 1, true)) {
		char before = at ? text.ptr[at - 1] : ' ',
			 after = at + id.len < text.len ? text.ptr[at + id.len] : ' ';
		if (before != '-' && after != '-')
			return true;
	}
	return false;
}

static void check_document(checker *k, const document *d, const scenario *s, const secrets *all)
{
	str words = prose_words(k->arena, d->bytes, str_ends(d->path, STR(".html")));
	EACH (const secret, one, all->texts)
		if (str_find(words, one->words, 0) != SIZE_MAX)
			found(k, place_document(d, 0), "participants can read the %s%s%.*s of scenario:%.*s", one->what,
				one->of.len ? " " : "", STRF(one->of), STRF(s->id));
	EACH (const scenario_action, a, s->actions)
		if (has_id(d->bytes, a->id))
			found(k, place_document(d, 0), "participants can read the id of action %.*s of scenario:%.*s",
				STRF(a->id), STRF(s->id));
	if (!d->copied && str_find(words, STR(" distractor "), 0) != SIZE_MAX)
		found(k, place_document(d, 0), "participants can read that an item of scenario:%.*s is a distractor",
			STRF(s->id));
}

/* A reason in the words of the question gives nothing away. */
static void keep_answer(secrets *out, str asked, str text, const char *what, str of)
{
	size_t before = out->texts.len;
	keep(out, text, what, of);
	if (out->texts.len > before && str_find(asked, out->texts.ptr[before].words, 0) != SIZE_MAX)
		out->texts.len = before;
}

static secrets collect_answers(checker *k, const quiz *q)
{
	secrets out = { .arena = k->arena };
	EACH (const quiz_item, item, q->items) {
		buf b = { .arena = k->arena };
		buf_str(&b, item->stem);
		EACH (const quiz_option, o, item->options)
			buf_printf(&b, "\n%.*s", STRF(o->text));
		str asked = prose_words(k->arena, buf_done(&b), false);
		keep_answer(&out, asked, item->rationale, "rationale of item", item->id);
		EACH (const quiz_option, o, item->options)
			keep_answer(&out, asked, o->why, "feedback on an option of item", item->id);
	}
	return out;
}

static void check_questions(checker *k, const quiz *q)
{
	secrets all = collect_answers(k, q);
	str stem = arena_printf(k->arena, "quizzes/%.*s.", STRF(q->id));
	EACH (const document, d, k->docs->list) {
		if (!stem.len || !str_starts(d->path, stem))
			continue;
		str words = prose_words(k->arena, d->bytes, str_ends(d->path, STR(".html")));
		EACH (const secret, one, all.texts)
			if (str_find(words, one->words, 0) != SIZE_MAX)
				found(k, place_document(d, 0), "learners can read the %s %.*s before they answer", one->what,
					STRF(one->of));
	}
}

void rule_s_06(checker *k)
{
	if (!k->docs)
		return;
	EACH (const set_scenario, set, k->c->scenarios) {
		secrets all = collect(k, set->scenario);
		str folder = arena_printf(k->arena, "assessments/%.*s/", STRF(set->scenario->id));
		EACH (const document, d, k->docs->list)
			if (folder.len && !d->instructor && str_starts(d->path, folder))
				check_document(k, d, set->scenario, &all);
	}
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz)
			check_questions(k, t->quiz);
}

/* "labs/lab-burst" of "labs/lab-burst.html" and of "labs/lab-burst/data.csv": one task's documents. */
static str stem_of(str path)
{
	size_t slash = str_find(path, STR("/"), 0), end = slash == SIZE_MAX ? path.len : slash + 1;
	while (end < path.len && path.ptr[end] != '/' && path.ptr[end] != '.')
		end++;
	return str_sub(path, 0, end);
}

static bool has_grader_notes(const graded *g)
{
	if (g->rubric)
		EACH (const criterion, c, g->rubric->criteria)
			if (c->grader_notes.len)
				return true;
	return false;
}

/* The page of a lab or capstone, its files and its rubric. */
static map collect_stems(checker *k)
{
	map out = { .arena = k->arena };
	EACH (const graded, g, k->tasks) {
		if (g->scenario || !has_grader_notes(g))
			continue;
		map_put(&out, arena_printf(k->arena, "%s/%.*s", g->lab ? "labs" : "capstone", STRF(g->id)),
			(void *)(uintptr_t)g);
		map_put(&out, arena_printf(k->arena, "rubrics/%.*s", STRF(g->rubric->id)), (void *)(uintptr_t)g);
	}
	return out;
}

static void check_notes(checker *k, const document *d, const graded *g)
{
	str words = prose_words(k->arena, d->bytes, str_ends(d->path, STR(".html")));
	secrets notes = { .arena = k->arena };
	EACH (const criterion, c, g->rubric->criteria)
		keep(&notes, c->grader_notes, "notes of criterion", c->id);
	EACH (const secret, one, notes.texts)
		if (str_find(words, one->words, 0) != SIZE_MAX)
			found(k, place_document(d, 0), "learners can read the graders' %s %.*s of rubric %.*s", one->what,
				STRF(one->of), STRF(g->rubric->id));
}

void rule_r_18(checker *k)
{
	if (!k->docs)
		return;
	map stems = collect_stems(k);
	EACH (const document, d, k->docs->list) {
		const graded *g = d->instructor ? NULL : map_get(&stems, stem_of(d->path));
		if (g)
			check_notes(k, d, g);
	}
}
