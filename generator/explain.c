/* `explain`: the way back from an item or a number to the rule and the counts behind it. */
#include "explain.h"

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "model/address.h"
#include "rules/select.h"

#include <math.h>

void say_number(explainer *x, const char *label, double number, int decimals)
{
	buf_printf(x->out, "%s", label);
	buf_rounded(x->out, number, decimals);
}

void say_place(explainer *x, loc at)
{
	position p = sources_position(&x->context->sources, at);
	const source *s = sources_get(&x->context->sources, at.source);
	if (s)
		buf_printf(x->out, " (%.*s:%u:%u)", STRF(s->path), p.line, p.column);
}

void say_observed(explainer *x, const list_observation *saw)
{
	for (size_t i = 0; i < saw->len; i++) {
		value v = fact_plain(saw->ptr[i].value, x->arena);
		buf_printf(x->out, "%s%.*s = ", i ? ", " : "", STRF(saw->ptr[i].text));
		json_value(x->out, v, -1); /* numbers exactly, since thresholds decide by the last digit */
	}
}

void say_row(explainer *x, const fact_row *r)
{
	const workbook *w = x->context->facts.workbook;
	buf_printf(
		x->out, "%s:%.*s \"%.*s\": ", row_kind_names[r->row->kind], STRF(r->row->id), STRF(r->row->name));
	say_number(x, "", r->row->count, 1);
	say_number(x, " of ", w->sample_size, 1);
	say_number(x, " postings, share ", r->row->share, 3);
	say_number(x, ", 80 % interval ", r->low80, 3);
	say_number(x, " to ", r->high80, 3);
	say_place(x, r->row->at);
	buf_char(x->out, '\n');
}

static value effect_json(explainer *x, const effect *e)
{
	arena *a = x->arena;
	value v = value_new_map(a), saw = value_new_map(a);
	value_set(a, v, "rule", value_string(e->rule->id));
	value_set(a, v, "fact", value_string(e->fact));
	value_set(a, v, "action", value_literal(action_kind_names[e->kind]));
	value_set(a, v, "because", value_string(text_one_line(a, e->because)));
	EACH (const observation, o, e->saw)
		value_set_str(a, saw, o->text, fact_plain(o->value, a));
	value_set(a, v, "saw", saw);
	return v;
}

static void say_effect(explainer *x, const effect *e)
{
	str because = text_one_line(x->arena, e->because);
	position p = sources_position(&x->context->sources, e->rule->at);
	const source *s = sources_get(&x->context->sources, e->rule->at.source);
	buf_printf(x->out, "  rule %.*s on %.*s: %.*s\n", STRF(e->rule->id), STRF(e->fact), STRF(because));
	if (e->saw.len) {
		BUF_LIT(x->out, "    saw ");
		say_observed(x, &e->saw);
		buf_char(x->out, '\n');
	}
	if (s)
		buf_printf(x->out, "    at %.*s:%u:%u\n", STRF(s->path), p.line, p.column);
	vec_push(x->arena, &x->rules, effect_json(x, e));
}

static size_t say_effects_on(explainer *x, str item)
{
	size_t said = 0;
	EACH (const effect, e, x->context->trace.effects)
		if (list_has(e->items, item)) {
			said++;
			say_effect(x, e);
		}
	return said;
}

/* Effects of one kind on any of these concepts. */
static void say_effects_by_concept(explainer *x, action_kind kind, list_str concepts)
{
	EACH (const effect, e, x->context->trace.effects) {
		bool hit = false;
		EACH (const str, id, concepts)
			hit |= e->kind == kind && list_has(e->items, arena_printf(x->arena, "concept:%.*s", STRF(*id)));
		if (hit)
			say_effect(x, e);
	}
}

/* Emphasis, targets and settings speak of tags and concepts; here they are brought back to the item. */
static void say_effects_through(explainer *x, const char *kind, list_str ids)
{
	EACH (const str, id, ids)
		say_effects_on(x, arena_printf(x->arena, "%s:%.*s", kind, STRF(*id)));
}

static void say_remarks(explainer *x, str item)
{
	EACH (const remark, r, x->context->trace.remarks)
		if (str_eq(r->item, item))
			buf_printf(x->out, "  planner: %s %.*s\n", r->taken ? "taken;" : "not taken;", STRF(r->reason));
}

static void say_demands(explainer *x, const demand *demands, size_t count)
{
	vec_value items = { 0 };
	if (count)
		BUF_LIT(x->out, "evidence:\n");
	for (size_t i = 0; i < count; i++) {
		say_number(x, "  weight ", demands[i].weight, 3);
		BUF_LIT(x->out, " from ");
		say_row(x, demands[i].row);
		value v = value_new_map(x->arena);
		value_set(x->arena, v, "row",
			value_string(arena_printf(x->arena, "%s:%.*s", row_kind_names[demands[i].row->row->kind],
				STRF(demands[i].row->row->id))));
		value_set(x->arena, v, "weight", value_double(demands[i].weight));
		value_set(x->arena, v, "count", value_double(demands[i].row->row->count));
		value_set(x->arena, v, "share", value_double(demands[i].row->row->share));
		value_set(x->arena, v, "low", value_double(demands[i].row->low80));
		value_set(x->arena, v, "high", value_double(demands[i].row->high80));
		vec_push(x->arena, &items, v);
	}
	value_set(x->arena, x->json, "evidence", value_of(items));
}

static void say_blueprint(explainer *x, str blueprint_id, str skill)
{
	if (!blueprint_id.len)
		return;
	buf_printf(x->out,
		"made from blueprint:%.*s, because the catalogue does not know skill:%.*s: needs an author\n",
		STRF(blueprint_id), STRF(skill));
	if (!facts_find(&x->context->facts, ROW_SKILL, skill))
		buf_printf(x->out, "the workbook has no row '%.*s' any more: run 'coursewright plan'\n", STRF(skill));
}

static void explain_module(explainer *x, str id, str at)
{
	const taught_module *m = curriculum_module(&x->context->curriculum, id);
	buf_printf(x->out, "%.*s: %.*s\n", STRF(at), STRF(m->module->title));
	buf_printf(x->out, "%d min in weeks %d to %d", m->plan->minutes, m->plan->week_from, m->plan->week_to);
	say_number(x, "; weight ", m->weight, 3);
	say_number(x, ", emphasis ", isnan(m->plan->emphasis) ? 1 : m->plan->emphasis, 3);
	buf_printf(x->out,
		"\nthe time: at least %d min; above that, unit by unit of 30 min to the module with the largest "
		"weight / (2 x units + 1)\n",
		m->module->minutes.min);
	say_blueprint(x, m->plan->blueprint, m->plan->skill);
	say_demands(x, m->demands.ptr, m->demands.len);
	BUF_LIT(x->out, "rules:\n");
	say_effects_on(x, at);
	say_effects_through(x, "tag", m->module->tags);
	vec_str concepts = { 0 };
	EACH (const teach, t, m->module->teaches)
		vec_push(x->arena, &concepts, t->key);
	say_effects_by_concept(x, DO_EMPHASISE, (list_str){ .ptr = concepts.ptr, .len = concepts.len });
	say_remarks(x, at);
	say_reversal(x, m->demands.ptr, m->demands.len, at);
}

static void explain_lab(explainer *x, str id, str at)
{
	const set_lab *l = curriculum_lab(&x->context->curriculum, id);
	buf_printf(x->out, "%.*s: %.*s\n%d min from week %d, due in week %d, %s, %d %% of the grade\n", STRF(at),
		STRF(l->lab->title), l->plan->minutes, l->plan->week, l->plan->due,
		l->plan->required ? "required" : "elective", l->percent);
	EACH (const pair_text, t, l->plan->targets)
		buf_printf(x->out, "metric %.*s: proficient means the %.*s\n", STRF(t->key), STRF(t->value));
	say_blueprint(x, l->plan->blueprint, l->plan->skill);
	say_demands(x, l->demands.ptr, l->demands.len);
	BUF_LIT(x->out, "rules:\n");
	say_effects_on(x, at);
	say_effects_through(x, "tag", l->lab->tags);
	say_effects_by_concept(x, DO_TARGET, catalog_concepts(&x->context->catalog, x->arena, l->lab->outcomes));
	say_remarks(x, at);
	say_reversal(x, l->demands.ptr, l->demands.len, at);
}

static void explain_scenario(explainer *x, str id, str at)
{
	const set_scenario *s = curriculum_scenario(&x->context->curriculum, id);
	buf_printf(x->out, "%.*s: %.*s\n%d min in week %d, %s, %d %% of the grade\n", STRF(at),
		STRF(s->scenario->title), s->plan->minutes, s->plan->due, s->plan->required ? "required" : "elective",
		s->percent);
	say_blueprint(x, s->plan->blueprint, s->plan->skill);
	say_demands(x, s->demands.ptr, s->demands.len);
	BUF_LIT(x->out, "rules:\n");
	say_effects_on(x, at);
	say_remarks(x, at);
	say_reversal(x, s->demands.ptr, s->demands.len, at);
}

static void explain_capstone(explainer *x, str id, str at)
{
	const set_capstone *c = curriculum_capstone(&x->context->curriculum, id);
	buf_printf(x->out, "%.*s: %.*s\n%d min from week %d, defended in week %d, %d %% of the grade\n", STRF(at),
		STRF(c->capstone->title), c->plan->minutes, c->plan->week, c->plan->due, c->percent);
	EACH (const str, m, c->plan->modules)
		buf_printf(x->out, "integrates module:%.*s\n", STRF(*m));
	say_demands(x, c->demands.ptr, c->demands.len);
	say_remarks(x, at);
}

/* Chosen by the planner and by no rule. */
static void explain_capstone_absence(explainer *x, str at)
{
	buf_printf(x->out, "%.*s is in the catalogue, but not in this course\n", STRF(at));
	if (x->context->course.grading.capstone == 0)
		BUF_LIT(x->out, "  course.yaml gives the capstone no part of the grade (grading.capstone: 0)\n");
	say_remarks(x, at);
}

static bool explain_row(explainer *x, const fact_row *r, str at)
{
	say_row(x, r);
	say_number(x, "rank ", r->rank, 0);
	say_number(x, "; weight ", r->weight, 3);
	say_number(x, " = share ", r->row->share, 3);
	say_number(x, " x factor ", r->factor, 3);
	say_number(x, " x emphasis ", r->emphasis, 3);
	BUF_LIT(x->out, "\nintervals: Wilson score");
	say_number(x, ", 95 % ", r->low95, 3);
	say_number(x, " to ", r->high95, 3);
	BUF_LIT(x->out, "\nlinks:\n");
	EACH (const concept_link, l, r->links)
		buf_printf(x->out, "  concept:%.*s by \"%.*s\" in its %.*s\n", STRF(l->concept->id), STRF(l->by),
			STRF(l->where));
	BUF_LIT(x->out, "reaches:\n");
	EACH (const taught_module, m, x->context->curriculum.modules)
		EACH (const demand, d, m->demands)
			if (d->row == r) {
				buf_printf(x->out, "  module:%.*s", STRF(m->module->id));
				say_number(x, " with weight ", d->weight, 3);
				buf_char(x->out, '\n');
			}
	BUF_LIT(x->out, "rules:\n");
	EACH (const effect, e, x->context->trace.effects)
		if (str_eq(e->fact, at))
			say_effect(x, e);
	say_nearest_for_fact(x, (fact_kind)(FACT_SKILL + (int)r->row->kind), r->row->id);
	return say_vacancies_of_row(x, r);
}

static void explain_insight(explainer *x, str id, str at)
{
	EACH (const workbook_item, i, x->context->workbook.insights)
		if (str_eq(i->id, id))
			buf_printf(x->out, "%.*s: %.*s\n", STRF(at), STRF(i->text));
	BUF_LIT(x->out, "rules:\n");
	size_t said = 0;
	EACH (const effect, e, x->context->trace.effects)
		if (str_eq(e->fact, at)) {
			said++;
			say_effect(x, e);
			EACH (const str, item, e->items)
				buf_printf(x->out, "    %s %.*s\n", action_kind_names[e->kind], STRF(*item));
		}
	if (!said) {
		BUF_LIT(x->out, "  none answers it\n");
		say_nearest_for_fact(x, FACT_INSIGHT, id);
	}
}

/* Which rows name what a module teaches, and which module is taken for it. */
static void say_concepts_of(explainer *x, const module *m)
{
	EACH (const teach, t, m->teaches) {
		const module *best =
			select_module(&x->context->catalog, t->key, TEACH_WORKING, x->context->facts.level);
		size_t rows = 0;
		for (int kind = 0; kind < ROW_KINDS; kind++)
			EACH (const fact_row, r, x->context->facts.rows[kind])
				if (list_has(r->concepts, t->key)) {
					rows++;
					buf_printf(x->out, "  concept:%.*s is named by ", STRF(t->key));
					say_row(x, r);
				}
		if (!rows)
			buf_printf(x->out, "  concept:%.*s is named by no row\n", STRF(t->key));
		else if (best && best != m)
			buf_printf(x->out,
				"    and module:%.*s is taken for it, which teaches it further or is nearer to the level\n",
				STRF(best->id));
	}
}

/* The modules that a lab or scenario needs, and where to read why they are not there. */
static size_t say_integrated(explainer *x, fact_kind kind, const void *item)
{
	list_str needed =
		kind == FACT_LAB ? ((const lab *)item)->integrates : ((const scenario *)item)->integrates;
	size_t missing = 0;
	EACH (const str, id, needed)
		if (!curriculum_module(&x->context->curriculum, *id)) {
			missing++;
			buf_printf(x->out,
				"  it needs module:%.*s, which is not in this course: explain module:%.*s says why\n",
				STRF(*id), STRF(*id));
		}
	return missing;
}

static int level_of(fact_kind kind, const void *item)
{
	return kind == FACT_MODULE ? ((const module *)item)->level
		   : kind == FACT_LAB  ? ((const lab *)item)->level
							   : ((const scenario *)item)->level;
}

/* An item of the catalogue that the course does not have. */
static void explain_absence(explainer *x, fact_kind kind, str id, str text)
{
	const void *item = catalog_find(&x->context->catalog, fact_names[kind], id);
	int item_level = level_of(kind, item), level = x->context->facts.level;
	buf_printf(x->out, "%.*s is in the catalogue, but not in this course\n", STRF(text));
	if (!level_suits(item_level, level))
		buf_printf(x->out, "  level: it is written for %s; a %s course takes that level or the one below\n",
			level_names[item_level], level_names[level]);
	size_t said = say_effects_on(x, text);
	say_remarks(x, text);
	if (said) {
		say_arrival(x, text);
		return;
	}
	BUF_LIT(x->out, "  no rule added it\n");
	size_t near = say_nearest_for_item(x, kind, id, text);
	if (kind == FACT_MODULE) {
		say_concepts_of(x, item);
		near += say_new_rows(x, item, text);
	} else {
		near += say_integrated(x, kind, item);
	}
	if (!near)
		BUF_LIT(x->out, "  no number of postings changes this: no rule asks for it on any fact\n");
}

/* What a blueprint made for a row, and the course does not have. */
static void explain_unused(explainer *x, const chosen *made, str text)
{
	buf_printf(x->out, "%.*s can be made from blueprint:%.*s, and is not in this course\n", STRF(text),
		STRF(made->blueprint->id));
	say_effects_on(x, text);
	say_remarks(x, text);
}

static const chosen *find_made(const explainer *x, str text)
{
	const chosen *one = map_get(&x->context->selection.by_address, text);
	return one && one->blueprint ? one : NULL;
}

/* A quiz is there because its module is. */
static bool explain_quiz(explainer *x, str id)
{
	const quiz *q = catalog_find(&x->context->catalog, "quiz", id);
	if (!q)
		return false;
	const taught_module *m = curriculum_module(&x->context->curriculum, q->module);
	buf_printf(x->out, "quiz:%.*s: %.*s\n%zu items, for module:%.*s\n", STRF(q->id), STRF(q->title),
		q->items.len, STRF(q->module));
	if (!m || !m->quiz)
		buf_printf(x->out, "which is not in this course: explain module:%.*s says why\n", STRF(q->module));
	else if (m->quiz != q)
		buf_printf(x->out, "which has quiz:%.*s instead, the last one given for it\n", STRF(m->quiz->id));
	else
		explain_module(x, m->module->id, arena_printf(x->arena, "module:%.*s", STRF(m->module->id)));
	return true;
}

/* Outcomes, activities, metrics, criteria and grades belong to an item, which is then explained. */
static bool explain_part(explainer *x, const address *at)
{
	const curriculum *c = &x->context->curriculum;
	if (str_eq(at->kind, STR("outcome"))) {
		const outcome *o = map_get(&c->outcomes, at->id);
		const taught_module *m = map_get(&c->outcome_module, at->id);
		const str *task = map_get(&c->assessed_by, at->id);
		if (!o || !m)
			return false;
		buf_printf(x->out, "outcome:%.*s: %.*s\nlevel: %s\nassessed by %.*s\n", STRF(o->id), STRF(o->text),
			bloom_names[o->bloom], STRF(task ? *task : STR("nothing")));
		explain_module(x, m->module->id, arena_printf(x->arena, "module:%.*s", STRF(m->module->id)));
		return true;
	}
	if (str_eq(at->kind, STR("quiz")))
		return explain_quiz(x, at->id);
	str owner = str_split(at->id, '/').head;
	if ((str_eq(at->kind, STR("metric")) || str_eq(at->kind, STR("grade"))) && curriculum_lab(c, owner)) {
		explain_lab(x, owner, arena_printf(x->arena, "lab:%.*s", STRF(owner)));
		return true;
	}
	if (str_eq(at->kind, STR("grade")) && curriculum_scenario(c, owner)) {
		explain_scenario(x, owner, arena_printf(x->arena, "scenario:%.*s", STRF(owner)));
		return true;
	}
	if (str_eq(at->kind, STR("grade")) && curriculum_capstone(c, owner)) {
		explain_capstone(x, owner, arena_printf(x->arena, "capstone:%.*s", STRF(owner)));
		return true;
	}
	return address_known(c, arena_printf(x->arena, "%.*s:%.*s", STRF(at->kind), STRF(at->id)));
}

static int64_t number_of_week(str id)
{
	int64_t week = 0;
	return integer_parse(&week, id) ? week : 0;
}

static void say_value(explainer *x, str text)
{
	value v = address_value(&x->context->curriculum, text, x->arena);
	if (v.kind == V_NULL)
		return;
	buf_printf(x->out, "%.*s = ", STRF(text));
	json_value(x->out, fact_plain(v, x->arena), -1);
	buf_char(x->out, '\n');
	value_set(x->arena, x->json, "value", v);
}

static void say_in_week(explainer *x, const char *kind, str id, int minutes, int from, int to)
{
	buf_printf(x->out, "  %s:%.*s, %d min in ", kind, STRF(id), minutes);
	if (from == to)
		buf_printf(x->out, "that week\n");
	else
		buf_printf(x->out, "weeks %d to %d\n", from, to);
}

/* What lies in a week, and how its minutes come about. */
static void explain_week(explainer *x, str id)
{
	const plan *p = &x->context->plan;
	int week = (int)number_of_week(id);
	say_value(x, arena_printf(x->arena, "week:%.*s.minutes", STRF(id)));
	BUF_LIT(x->out, "the minutes of each item are poured into its weeks evenly; of this week are:\n");
	EACH (const plan_module, m, p->modules)
		if (week >= m->week_from && week <= m->week_to)
			say_in_week(x, "module", m->id, m->minutes, m->week_from, m->week_to);
	EACH (const plan_lab, l, p->labs)
		if (week >= l->week && week <= l->due)
			say_in_week(x, "lab", l->id, l->minutes, l->week, l->due);
	EACH (const plan_scenario, s, p->scenarios)
		if (week >= s->week && week <= s->due)
			say_in_week(x, "scenario", s->id, s->minutes, s->week, s->due);
	EACH (const plan_capstone, c, p->capstone)
		if (week >= c->week && week <= c->due)
			say_in_week(x, "capstone", c->id, c->minutes, c->week, c->due);
}

/* FACT_KINDS: none of those that a catalogue holds. */
static fact_kind item_kind(str name)
{
	for (int kind = FACT_MODULE; kind < FACT_KINDS; kind++)
		if (str_eq(name, str_from(fact_names[kind])))
			return (fact_kind)kind;
	return FACT_KINDS;
}

static bool explain_item(explainer *x, const address *at, str item)
{
	const cw_context *c = x->context;
	fact_kind kind = item_kind(at->kind);
	if (kind == FACT_MODULE && curriculum_module(&c->curriculum, at->id))
		explain_module(x, at->id, item);
	else if (kind == FACT_LAB && curriculum_lab(&c->curriculum, at->id))
		explain_lab(x, at->id, item);
	else if (kind == FACT_SCENARIO && curriculum_scenario(&c->curriculum, at->id))
		explain_scenario(x, at->id, item);
	else if (curriculum_capstone(&c->curriculum, at->id) && str_eq(at->kind, STR("capstone")))
		explain_capstone(x, at->id, item);
	else if (str_eq(at->kind, STR("capstone")) && catalog_find(&c->catalog, "capstone", at->id))
		explain_capstone_absence(x, item);
	else if (kind != FACT_KINDS && catalog_find(&c->catalog, fact_names[kind], at->id))
		explain_absence(x, kind, at->id, item);
	else if (find_made(x, item))
		explain_unused(x, find_made(x, item), item);
	else if (str_eq(at->kind, STR("insight")) && address_known(&c->curriculum, item))
		explain_insight(x, at->id, item);
	else if (str_eq(at->kind, STR("week")) && address_known(&c->curriculum, item))
		explain_week(x, at->id);
	else if (str_eq(at->kind, STR("rule")))
		return explain_rule(x, at->id);
	else if (str_eq(at->kind, STR("concept")))
		return explain_concept(x, at->id);
	else
		return explain_part(x, at);
	return true;
}

/* What a row, an item or a posting has to say; false after a diagnostic. */
static bool explain_whole(explainer *x, const address *at, str item, str text)
{
	cw_context *c = x->context;
	const fact_row *row = NULL;
	for (int kind = 0; kind < ROW_KINDS; kind++)
		if (str_eq(at->kind, str_from(row_kind_names[kind])))
			row = facts_find(&c->facts, (row_kind)kind, at->id);
	if (row)
		return explain_row(x, row, item);
	if (at->id.len && str_eq(at->kind, STR("posting")))
		return explain_posting(x, at->id);
	bool known = at->id.len ? explain_item(x, at, item) : address_known(&c->curriculum, text);
	if (known && str_eq(at->kind, STR("experience")))
		return say_experience(x);
	return known || explain_unknown(c, at, text);
}

/* The only technology row with that category: the rest of its id is its tools, which change. */
static const fact_row *row_of_category(explainer *x, str slug)
{
	const fact_row *found = NULL;
	EACH (const fact_row, r, x->context->facts.rows[ROW_TECHNOLOGY]) {
		if (!str_eq(text_slug(x->arena, r->row->category), slug))
			continue;
		if (found)
			return NULL;
		found = r;
	}
	return found;
}

/* The address with the whole id, if it has that of a category. */
static str whole_address(explainer *x, str text)
{
	address at = address_parse(text);
	if (!at.ok || !at.id.len || !str_eq(at.kind, STR("technology")) ||
		facts_find(&x->context->facts, ROW_TECHNOLOGY, at.id))
		return text;
	const fact_row *r = row_of_category(x, at.id);
	return r ? arena_printf(x->arena, "technology:%.*s%s%.*s", STRF(r->row->id), at.field.len ? "." : "",
				   STRF(at.field))
			 : text;
}

bool explain_address(cw_context *c, buf *out, str text, unsigned flags)
{
	buf ignored = { .arena = &c->arena };
	bool json = flags & CW_JSON;
	explainer x = { .context = c,
		.arena = &c->arena,
		.out = json ? &ignored : out,
		.json = value_new_map(&c->arena),
		.flags = flags };
	text = whole_address(&x, text);
	address at = address_parse(text);
	value_set(&c->arena, x.json, "address", value_string(text));
	if (!at.ok)
		return explain_unknown(c, &at, text);
	str item = at.id.len ? arena_printf(&c->arena, "%.*s:%.*s", STRF(at.kind), STRF(at.id)) : at.kind;
	if (at.field.len && !address_known(&c->curriculum, text))
		return explain_unknown(c, &at, text);
	if (at.field.len || !at.id.len)
		say_value(&x, text);
	if (!explain_whole(&x, &at, item, text))
		return false;
	if (json) {
		value_set(&c->arena, x.json, "rules", value_of(x.rules));
		value_set(&c->arena, x.json, "text", value_string(buf_done(&ignored)));
		json_value(out, x.json, 0);
		buf_char(out, '\n');
	}
	return !c->arena.failed;
}

cw_status cw_explain(cw_context *c, const char *where, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	*out = text_of(STR(""));
	bool ok = c->loaded && explain_address(c, &b, arena_str(&c->arena, str_from(where)), flags);
	if (ok)
		*out = text_of(flags & CW_JSON ? buf_done(&b) : text_printable(&c->arena, buf_done(&b)));
	return status_of(c, ok);
}
