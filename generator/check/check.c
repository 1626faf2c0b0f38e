/* Runs the rules: levels and waivers of the course, what the rules share, and the order of the findings. What
 * is right or wrong is in the files of the rules' families. */
#include "base/io.h"
#include "base/text.h"
#include "check/checker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 256 };

const char *const check_level_names[] = { "off", "info", "warning", "error", NULL };

static str print(arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

static str print(arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *text = n >= 0 ? NEWN(a, char, (size_t)n + 1) : NULL;
	if (text)
		vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text ? (str){ .ptr = text, .len = (size_t)n } : STR("");
}

/* What an author still has to write may be unfinished; hours, order and references may not. */
static bool is_content(const check_rule *r)
{
	char family = r->id[0];
	return family == 'O' || family == 'L' || family == 'R' || family == 'S' || strcmp(r->id, "A-05") == 0;
}

void found(checker *k, place where, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	finding one = {
		.rule = k->rule, .level = k->level, .at = where.at, .line = where.line, .rank = where.rank
	};
	one.text = print(k->arena, format, args);
	va_end(args);
	one.item = where.parent.len
				   ? arena_printf(k->arena, "%s:%.*s/%.*s", where.kind, STRF(where.parent), STRF(where.id))
			   : where.id.len ? arena_printf(k->arena, "%s:%.*s", where.kind, STRF(where.id))
							  : str_from(where.kind);
	if ((where.mild || (where.draft && is_content(k->rule))) && one.level > CHECK_WARNING)
		one.level = CHECK_WARNING;
	if (where.note && one.level > CHECK_INFO)
		one.level = CHECK_INFO;
	vec_push(k->arena, k->out, one);
}

bool checker_has_drafts(const checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		if (t->module->needs_author)
			return true;
	return false;
}

place place_course(const checker *k)
{
	return (place){ .kind = "course", .at = k->c->plan->at };
}

place place_task(const graded *g)
{
	return (place){ .kind = g->kind, .id = g->id, .at = g->at, .draft = g->draft };
}

place place_module(const taught_module *t)
{
	return (place){ .kind = "module", .id = t->module->id, .at = t->module->at };
}

place place_outcome(const taught_module *t, const outcome *o)
{
	return (place){ .kind = "outcome", .id = o->id, .at = o->at, .draft = t->module->needs_author };
}

place place_criterion(const graded *g, const criterion *c)
{
	return (
		place){ .kind = "criterion", .parent = g->rubric->id, .id = c->id, .at = c->at, .draft = g->draft };
}

place place_document(const document *d, unsigned line)
{
	return (place){ .kind = "file", .id = d->path, .line = line };
}

void checker_add(map *set, list_str ids)
{
	EACH (const str, id, ids)
		map_put(set, *id, set);
}

bool checker_has_file(const checker *k, const char *folder, str file)
{
	str path = folder && io_is_safe(file) ? io_join(k->arena, str_from(folder), file) : STR("");
	return path.len && io_stat(path.ptr) == IO_FILE;
}

const page *checker_pages(checker *k, size_t *count)
{
	if (!k->pages_read && k->docs)
		EACH (const document, d, k->docs->list) {
			page fresh;
			if (d->copied || !str_ends(d->path, STR(".html")))
				continue;
			page_read(&fresh, k->arena, d);
			vec_push(k->arena, &k->pages, fresh);
		}
	k->pages_read = true;
	*count = k->pages.len;
	return k->pages.ptr;
}

bool checker_english(const checker *k)
{
	str language = k->c->plan->course.language;
	return !language.len || str_eq_nocase(str_split(language, '-').head, STR("en"));
}

bool checker_knows(const checker *k, const char *kind, str id)
{
	char key[KEY_MAX];
	int n = snprintf(key, sizeof key, "%s:%.*s", kind, STRF(id));
	return n > 0 && (size_t)n < sizeof key && map_has(&k->known, (str){ .ptr = key, .len = (size_t)n });
}

static void know(checker *k, const char *kind, str id)
{
	map_put(&k->known, arena_printf(k->arena, "%s:%.*s", kind, STRF(id)), k);
}

static void know_module(checker *k, const module *m)
{
	know(k, "module", m->id);
	EACH (const outcome, o, m->outcomes)
		know(k, "outcome", o->id);
}

static void collect_known(checker *k)
{
	const catalog *all = k->c->catalog;
	k->known = (map){ .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		know_module(k, t->module);
	if (!all)
		return;
	EACH (module *const, m, all->modules)
		know_module(k, *m);
	EACH (concept *const, one, all->concepts)
		know(k, "concept", (*one)->id);
	EACH (source_ref *const, s, all->sources)
		know(k, "source", (*s)->id);
}

static void collect_tasks(checker *k)
{
	EACH (const set_lab, l, k->c->labs)
		vec_push(k->arena, &k->tasks,
			(graded){ .kind = "lab",
				.id = l->lab->id,
				.at = l->lab->at,
				.draft = l->lab->needs_author,
				.outcomes = l->lab->outcomes,
				.integrates = l->lab->integrates,
				.rubric = l->rubric,
				.lab = l,
				.minutes = l->plan->minutes,
				.week = l->plan->week,
				.due = l->plan->due,
				.percent = l->percent });
	EACH (const set_scenario, s, k->c->scenarios)
		vec_push(k->arena, &k->tasks,
			(graded){ .kind = "scenario",
				.id = s->scenario->id,
				.at = s->scenario->at,
				.draft = s->scenario->needs_author,
				.outcomes = s->scenario->outcomes,
				.integrates = s->scenario->integrates,
				.rubric = s->rubric,
				.scenario = s,
				.minutes = s->plan->minutes,
				.week = s->plan->week,
				.due = s->plan->due,
				.summative = s->scenario->stakes == STAKES_SUMMATIVE,
				.percent = s->percent });
	EACH (const set_capstone, c, k->c->capstone)
		vec_push(k->arena, &k->tasks,
			(graded){ .kind = "capstone",
				.id = c->capstone->id,
				.at = c->capstone->at,
				.outcomes = c->outcomes,
				.integrates = c->plan->modules,
				.rubric = c->rubric,
				.minutes = c->plan->minutes,
				.week = c->plan->week,
				.due = c->plan->due,
				.summative = true,
				.percent = c->percent });
}

/* Index of the rule; check_rule_count if there is none, which is a diagnostic. */
static size_t find_rule(str id, loc at, arena *a, diags *d)
{
	str *names = NEWN(a, str, check_rule_count);
	size_t i = 0;
	for (; i < check_rule_count && !str_eq(id, str_from(check_rules[i].id)); i++)
		if (names)
			names[i] = str_from(check_rules[i].id);
	if (i < check_rule_count || !names)
		return i;
	str near = text_suggest(id, names, check_rule_count);
	diag_span(d, E_UNKNOWN_NAME, at, (uint32_t)id.len, "there is no check '%.*s'%s%.*s%s", STRF(id),
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	return i;
}

static bool find_level(check_level *out, const pair_text *pair, diags *d)
{
	str names[CHECK_ERROR + 1];
	for (size_t i = 0; i <= CHECK_ERROR; i++) {
		names[i] = str_from(check_level_names[i]);
		if (str_eq(pair->value, names[i])) {
			*out = (check_level)i;
			return true;
		}
	}
	str near = text_suggest(pair->value, names, COUNT(names));
	diag_add(d, E_UNKNOWN_NAME, pair->at,
		"'%.*s' is not a level of a check: error, warning, info or off%s%.*s%s", STRF(pair->value),
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	return false;
}

static check_level *find_levels(const course *settings, arena *a, diags *d)
{
	check_level *levels = NEWN(a, check_level, check_rule_count);
	if (!levels)
		return NULL;
	for (size_t i = 0; i < check_rule_count; i++)
		levels[i] = check_rules[i].level;
	EACH (const pair_text, pair, settings->policy.checks) {
		check_level level;
		size_t index = find_rule(pair->key, pair->at, a, d);
		if (find_level(&level, pair, d) && index < check_rule_count)
			levels[index] = level;
	}
	return levels;
}

static str waiver_key(arena *a, str check, str item)
{
	return arena_printf(a, "%.*s %.*s", STRF(check), STRF(item));
}

/* Of several waivers for the same thing the one that holds longest. */
static map collect_waivers(const course *settings, arena *a, diags *d)
{
	map all = { .arena = a };
	EACH (const waiver, w, settings->policy.waivers) {
		str key = waiver_key(a, w->check, w->item);
		const waiver *former = map_get(&all, key);
		find_rule(w->check, w->at, a, d);
		if (!former || str_cmp(former->expires, w->expires) < 0)
			map_put(&all, key, (void *)(uintptr_t)w);
	}
	return all;
}

static void waive(finding *f, const map *all, str as_of, arena *a)
{
	str id = str_from(f->rule->id);
	const waiver *candidates[] = { map_get(all, waiver_key(a, id, f->item)),
		map_get(all, waiver_key(a, id, STR(""))) };
	const waiver *expired = NULL;
	for (size_t i = 0; i < COUNT(candidates); i++) {
		const waiver *w = candidates[i];
		if (w && as_of.len && str_cmp(w->expires, as_of) < 0)
			expired = w;
		else if (w && !f->waived)
			f->waived = w;
	}
	if (expired && !f->waived)
		f->text = arena_printf(a, "%.*s (the waiver by %.*s has expired on %.*s)", STRF(f->text),
			STRF(expired->author), STRF(expired->expires));
}

static int compare_findings(const void *a, const void *b)
{
	const finding *x = a, *y = b;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->at.source != y->at.source)
		return x->at.source < y->at.source ? -1 : 1;
	if (x->at.offset != y->at.offset)
		return x->at.offset < y->at.offset ? -1 : 1;
	int order = str_cmp(x->item, y->item);
	if (order == 0 && x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return order ? order : str_cmp(x->text, y->text);
}

void check_run(findings *out, arena *a, const curriculum *c, const documents *docs, diags *d)
{
	checker k = { .arena = a, .out = out, .c = c, .docs = docs };
	size_t before = out->len;
	const check_level *levels = find_levels(c->course, a, d);
	map waivers = collect_waivers(c->course, a, d);
	collect_known(&k);
	collect_tasks(&k);
	for (size_t i = 0; levels && i < check_rule_count && !a->failed; i++) {
		k.rule = &check_rules[i];
		k.level = levels[i];
		if (k.level != CHECK_OFF)
			k.rule->run(&k);
	}
	for (size_t i = before; waivers.entries.len && i < out->len; i++)
		waive(&out->ptr[i], &waivers, c->as_of, a);
	if (out->len > before)
		qsort(out->ptr + before, out->len - before, sizeof *out->ptr, compare_findings);
}

size_t check_count(const findings *f, check_level at_least)
{
	size_t count = 0;
	EACH (const finding, one, *f)
		count += one->level >= at_least && !one->waived;
	return count;
}
