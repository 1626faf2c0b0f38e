#include "rules/nearest.h"

#include "rules/select.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	const nearest_input *in;
	arena *arena;
	value lists[FACT_KINDS];
	VEC(near_miss) found;
} finder;

static void start(finder *f, const nearest_input *in, arena *a)
{
	*f = (finder){ .in = in, .arena = a };
	factset_lists(&in->selection->facts, f->lists, a);
}

static void bind(finder *f, const fact *subject, value bindings[FACT_VARIABLES])
{
	factset_bind(subject, f->lists, bindings);
}

/* Of `field op constant`: the gap, relative to the larger number, so that shares and counts compare. */
static double distance_of(const cel_program *part, const value *bindings, arena *a)
{
	cel_split s;
	cel_split_terms(&s, part, a);
	if (s.terms.len != 1 || s.rest || s.terms.ptr[0].picks || s.terms.ptr[0].constant.kind != V_DOUBLE)
		return 1;
	value owner = bindings[s.terms.ptr[0].variable];
	const value *slots = owner.kind == V_RECORD ? owner.record.ptr : NULL;
	double wanted = s.terms.ptr[0].constant.number;
	double actual = slots ? slots[s.terms.ptr[0].field].number : NAN;
	double larger = fmax(fabs(wanted), fabs(actual));
	double gap = larger > 0 ? fabs(wanted - actual) / larger : 0;
	return gap < 1 ? gap : 1;
}

static void add_missed(finder *f, uint32_t number, const fact *subject, const value *bindings)
{
	const compiled_rule *r = &f->in->rules->rules.ptr[number];
	list_cel_program parts = cel_conjuncts(r->when, f->arena);
	VEC(missed_part) missed = { 0 };
	EACH (const cel_program *, part, parts) {
		const cel_program *p = *part;
		value v = cel_eval(p, bindings, f->arena, NULL);
		if (v.kind == V_BOOL && v.boolean)
			continue;
		vec_push(f->arena, &missed,
			(missed_part){ .text = cel_part_text(p),
				.error = v.kind == V_ERROR ? v.string : STR(""),
				.saw = cel_observe(p, bindings, f->arena),
				.distance = distance_of(p, bindings, f->arena) });
	}
	if (missed.len)
		vec_push(f->arena, &f->found,
			(near_miss){ .rule = number, .fact = subject, .missed = { missed.ptr, missed.len } });
}

static bool holds(const compiled_rule *r, const value *bindings, arena *a)
{
	value v = r->when ? cel_eval(r->when, bindings, a, NULL) : value_bool(true);
	return v.kind == V_BOOL && v.boolean;
}

static double total_distance(const near_miss *n)
{
	double sum = 0;
	EACH (const missed_part, p, n->missed)
		sum += p->distance;
	return sum;
}

static int by_nearness(const void *x, const void *y)
{
	const near_miss *a = x, *b = y;
	double da = total_distance(a), db = total_distance(b);
	if (a->missed.len != b->missed.len)
		return a->missed.len < b->missed.len ? -1 : 1;
	if (da != db)
		return da < db ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return str_cmp(a->fact->address, b->fact->address);
}

static list_near_miss finish(finder *f)
{
	if (f->found.len)
		qsort(f->found.ptr, f->found.len, sizeof *f->found.ptr, by_nearness);
	return (list_near_miss){ .ptr = f->found.ptr, .len = f->found.len };
}

static str id_of(fact_kind kind, const void *item)
{
	return kind == FACT_MODULE ? ((const module *)item)->id
		   : kind == FACT_LAB  ? ((const lab *)item)->id
							   : ((const scenario *)item)->id;
}

static bool asks_for(finder *f, const rule_run *run, fact_kind kind, str id)
{
	static const action_kind actions[] = {
		[FACT_MODULE] = DO_MODULE, [FACT_LAB] = DO_LAB, [FACT_SCENARIO] = DO_SCENARIO
	};
	EACH (const rule_action, action, run->rule->actions) {
		value arguments;
		if (action->kind != actions[kind] || !ruleset_arguments(&arguments, run, action, f->arena, NULL))
			continue;
		vec_item items = select_asked(f->in->catalog, kind, arguments, f->in->level, f->arena);
		EACH (void *, one, items)
			if (str_eq(id_of(kind, *one), id))
				return true;
	}
	return false;
}

static bool has_action(const compiled_rule *r, fact_kind kind)
{
	EACH (const rule_action, action, r->actions)
		if ((kind == FACT_MODULE && action->kind == DO_MODULE) ||
			(kind == FACT_LAB && action->kind == DO_LAB) ||
			(kind == FACT_SCENARIO && action->kind == DO_SCENARIO))
			return true;
	return false;
}

static void try_rule(finder *f, uint32_t number, fact_kind kind, str id)
{
	const compiled_rule *r = &f->in->rules->rules.ptr[number];
	value bindings[FACT_VARIABLES];
	if (!r->when || !has_action(r, kind))
		return;
	EACH (fact *, subject, f->in->selection->facts.of[r->subject]) {
		bind(f, *subject, bindings);
		rule_run run = { .rule = r, .subject = *subject, .bindings = bindings };
		if (!holds(r, bindings, f->arena) && asks_for(f, &run, kind, id))
			add_missed(f, number, *subject, bindings);
	}
}

list_near_miss nearest_for_item(const nearest_input *in, fact_kind kind, str id, arena *a)
{
	finder f;
	start(&f, in, a);
	for (uint32_t i = 0; i < in->rules->rules.len; i++)
		try_rule(&f, i, kind, id);
	return finish(&f);
}

list_near_miss nearest_for_fact(const nearest_input *in, const fact *subject, arena *a)
{
	finder f;
	value bindings[FACT_VARIABLES];
	start(&f, in, a);
	bind(&f, subject, bindings);
	for (uint32_t i = 0; i < in->rules->rules.len; i++) {
		const compiled_rule *r = &in->rules->rules.ptr[i];
		if (r->subject == subject->kind && r->when && !holds(r, bindings, a))
			add_missed(&f, i, subject, bindings);
	}
	return finish(&f);
}

list_near_miss nearest_of_rule(const nearest_input *in, uint32_t number, arena *a)
{
	finder f;
	value bindings[FACT_VARIABLES];
	const compiled_rule *r = &in->rules->rules.ptr[number];
	start(&f, in, a);
	for (size_t i = 0; r->when && i < in->selection->facts.of[r->subject].len; i++) {
		const fact *subject = in->selection->facts.of[r->subject].ptr[i];
		bind(&f, subject, bindings);
		if (!holds(r, bindings, a))
			add_missed(&f, number, subject, bindings);
	}
	return finish(&f);
}
