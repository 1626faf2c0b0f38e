#include "plan/choose.h"

#include "plan/decisions.h"

#include <math.h>
#include <stdlib.h>

typedef VEC(chosen *) vec_chosen;

void choose_remark(choice *c, str item, bool taken, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str reason = arena_vprintf(c->arena, format, args);
	va_end(args);
	vec_push(c->arena, &c->trace->remarks, (remark){ .item = item, .taken = taken, .reason = reason });
}

int choose_round_up(int minutes)
{
	return (minutes + UNIT_MINUTES - 1) / UNIT_MINUTES * UNIT_MINUTES;
}

static const decision *decided(const choice *c, decision_kind kind, str item)
{
	return decision_of(c->in->former, kind, item, c->in->as_of);
}

/* What somebody pinned and no rule proposes is taken from the catalogue. */
static vec_chosen with_pinned(choice *c, fact_kind kind, chosen *const *proposed, size_t count)
{
	vec_chosen out = { 0 };
	for (size_t i = 0; i < count; i++)
		vec_push(c->arena, &out, proposed[i]);
	str prefix = arena_printf(c->arena, "%s:", fact_names[kind]);
	map added = { .arena = c->arena };
	for (size_t i = 0; c->in->former && i < c->in->former->decisions.len; i++) {
		const decision *one = &c->in->former->decisions.ptr[i];
		if (one->kind != DECISION_PIN || !decision_holds(one, c->in->as_of) ||
			!str_starts(one->item, prefix) || map_has(&c->in->selection->by_address, one->item) ||
			map_has(&added, one->item))
			continue;
		map_put(&added, one->item, (void *)one);
		str id = str_skip(one->item, prefix.len);
		const void *item = catalog_find(c->in->catalog, fact_names[kind], id);
		chosen *fresh = item ? NEW(c->arena, chosen) : NULL;
		choose_remark(c, one->item, item != NULL,
			item ? "pinned: %.*s" : "pinned, but not in the catalogue: %.*s", STRF(one->reason));
		if (!fresh)
			continue;
		*fresh = (chosen){
			.kind = kind, .id = id, .address = one->item, .item = item, .required = true, .emphasis = 1
		};
		if (kind != FACT_MODULE)
			fresh->concepts = catalog_concepts(c->in->catalog, c->arena,
				kind == FACT_LAB ? ((const lab *)item)->outcomes : ((const scenario *)item)->outcomes);
		vec_push(c->arena, &out, fresh);
	}
	return out;
}

static int by_id(const void *x, const void *y)
{
	return str_cmp((*(chosen *const *)x)->id, (*(chosen *const *)y)->id);
}

/* The decision against the rows that proposed the item, if nothing else proposed it; NULL: something did. */
static const decision *unwanted(const choice *c, str address)
{
	const decision *found = NULL;
	if (!c->in->former)
		return NULL;
	EACH (const effect, e, c->trace->effects) {
		if (e->kind > DO_SCENARIO || !list_has(e->items, address))
			continue;
		const decision *one = decision_against(c->in->former, c->in->facts, e->fact, c->in->as_of);
		if (!one)
			return NULL;
		found = found ? found : one;
	}
	return found;
}

static bool is_unwanted(choice *c, str address)
{
	const decision *one = decided(c, DECISION_PIN, address) ? NULL : unwanted(c, address);
	if (one)
		choose_remark(c, address, false, "only %.*s asks for it, which is %s: %.*s", STRF(one->item),
			one->kind == DECISION_OWN ? "another course's" : "banned", STRF(one->reason));
	return one != NULL;
}

/* Sorted, so that the order of the workbook's rows decides nothing. */
void choose_modules(choice *c)
{
	const selection *s = c->in->selection;
	vec_chosen all = with_pinned(c, FACT_MODULE, s->modules.ptr, s->modules.len);
	c->modules = NEWN(c->arena, const chosen *, all.len);
	c->demands = NEWN(c->arena, demanded, all.len);
	if (!c->modules || !c->demands)
		return;
	qsort(all.ptr, all.len, sizeof *all.ptr, by_id);
	EACH (chosen *const, m, all) {
		const decision *ban = decided(c, DECISION_BAN, (*m)->address);
		if (ban) {
			choose_remark(c, (*m)->address, false, "banned: %.*s", STRF(ban->reason));
			continue;
		}
		if (is_unwanted(c, (*m)->address))
			continue;
		c->demands[c->module_count] = (demanded){
			.module = (*m)->item, .row = (*m)->row, .blueprint = (*m)->blueprint, .emphasis = (*m)->emphasis
		};
		c->modules[c->module_count++] = *m;
		map_put(&c->module_index, (*m)->id, (void *)(uintptr_t)c->module_count);
	}
	demand_share(c->demands, c->module_count, c->in->facts, c->in->catalog, &c->untaught, c->arena);
}

static size_t module_at(const choice *c, str id)
{
	return (size_t)(uintptr_t)map_get(&c->module_index, id);
}

/* The weight behind a task: what falls to the concepts of its outcomes in the modules it integrates, by their
 * share of the module's outcomes. */
static double task_weight(const choice *c, const task *t)
{
	double weight = 0;
	EACH (const str, id, t->integrates) {
		size_t at = module_at(c, *id);
		if (!at)
			continue;
		const module *m = c->demands[at - 1].module;
		size_t assessed = 0;
		EACH (const outcome, o, m->outcomes)
			assessed += list_has(t->outcomes, o->id);
		if (m->outcomes.len)
			weight += c->demands[at - 1].weight * (double)assessed / (double)m->outcomes.len;
	}
	return weight;
}

static bool has_field(const record *r, const void *item, str name)
{
	const field *f = record_field(r, name);
	const char *at = (const char *)item + f->offset;
	switch (f->kind) {
	case F_LIST:
	case F_MAP:
		return ((const list_any *)at)->len > 0;
	case F_MAYBE:
		return *(void *const *)at != NULL;
	case F_NUMBER:
		return !isnan(*(const double *)at);
	case F_INT:
	case F_CLOCK:
		return *(const int *)at != SCHEMA_UNSET;
	case F_RECORD:
		return ((const loc *)at)->source != 0;
	case F_BOOL:
		return *(const bool *)at;
	case F_CHOICE:
		return *(const int *)at >= 0;
	default:
		return ((const str *)at)->len > 0;
	}
}

const requirement *choose_missing(const selection *s, bool is_scenario, const void *item)
{
	EACH (const requirement, r, s->requirements)
		if (r->of_scenarios == is_scenario &&
			!has_field(is_scenario ? &scenario_record : &lab_record, item, r->has))
			return r;
	return NULL;
}

static bool is_admitted(choice *c, const task *t)
{
	const decision *ban = decided(c, DECISION_BAN, t->address);
	if (ban) {
		choose_remark(c, t->address, false, "banned: %.*s", STRF(ban->reason));
		return false;
	}
	if (is_unwanted(c, t->address))
		return false;
	const requirement *r = choose_missing(c->in->selection, t->kind == FACT_SCENARIO, t->from->item);
	if (r) {
		choose_remark(
			c, t->address, false, "has no %.*s, which rule %.*s requires", STRF(r->has), STRF(r->rule->id));
		return false;
	}
	EACH (const str, id, t->integrates)
		if (!module_at(c, *id)) {
			choose_remark(
				c, t->address, false, "integrates module:%.*s, which is not in the plan", STRF(*id));
			return false;
		}
	EACH (const str, id, t->outcomes) {
		const module *m = map_get(&c->in->catalog->outcome_modules, *id);
		if (m && !module_at(c, m->id)) {
			choose_remark(c, t->address, false,
				"assesses outcome:%.*s of module:%.*s, which is not in the plan", STRF(*id), STRF(m->id));
			return false;
		}
	}
	return true;
}

static void add_candidate(choice *c, const chosen *from)
{
	const lab *l = from->item;
	const scenario *s = from->item;
	bool is_lab = from->kind == FACT_LAB;
	task t = { .from = from,
		.kind = from->kind,
		.id = from->id,
		.address = from->address,
		.minutes = choose_round_up(is_lab ? l->minutes : s->minutes),
		.integrates = is_lab ? l->integrates : s->integrates,
		.outcomes = is_lab ? l->outcomes : s->outcomes };
	if (!is_admitted(c, &t))
		return;
	t.weight = task_weight(c, &t);
	t.required = t.taken = from->required || decided(c, DECISION_PIN, from->address);
	vec_push(c->arena, &c->tasks, t);
}

/* ---- scenarios that blueprints made */

static bool is_made(const chosen *c)
{
	return c->kind == FACT_SCENARIO && c->blueprint;
}

/* Index of the module that a scenario was made for; module_count: it is not planned. */
static size_t made_for(const choice *c, const chosen *from)
{
	const scenario *s = from->item;
	size_t at = s->integrates.len ? module_at(c, s->integrates.ptr[0]) : 0;
	return at ? at - 1 : c->module_count;
}

/* Whether `a` goes before `b`, both from one blueprint: pinned, then of the heavier module, then by id. */
static bool goes_before(const choice *c, const chosen *a, const chosen *b)
{
	bool pinned_a = decided(c, DECISION_PIN, a->address), pinned_b = decided(c, DECISION_PIN, b->address);
	double left = c->demands[made_for(c, a)].weight, right = c->demands[made_for(c, b)].weight;
	if (pinned_a != pinned_b)
		return pinned_a;
	return left != right ? left > right : str_cmp(a->id, b->id) < 0;
}

/* Blueprint -> the scenario that it proposes. */
static map find_proposed(const choice *c, const vec_chosen *scenarios)
{
	map best = { .arena = c->arena };
	EACH (chosen *const, s, *scenarios) {
		if (!is_made(*s) || made_for(c, *s) == c->module_count || decided(c, DECISION_BAN, (*s)->address))
			continue;
		const chosen *former = map_get(&best, (*s)->blueprint->id);
		if (!former || goes_before(c, *s, former))
			map_put(&best, (*s)->blueprint->id, *s);
	}
	return best;
}

/* The same story twice would assess memory: a blueprint gives a course one scenario, and more only by pins.
 */
static bool is_proposed(choice *c, const map *best, const chosen *from)
{
	const chosen *first = is_made(from) ? map_get(best, from->blueprint->id) : NULL;
	if (!first || first == from || decided(c, DECISION_PIN, from->address))
		return true;
	choose_remark(c, from->address, false, "blueprint:%.*s gives a course one scenario, and %.*s is %s",
		STRF(from->blueprint->id), STRF(first->address),
		decided(c, DECISION_PIN, first->address) ? "pinned" : "of its heaviest module");
	return false;
}

static bool fulfils(const task *t, const scenario_wish *w)
{
	const scenario *s = t->from->item;
	bool about = w->concepts.len == 0;
	EACH (const str, id, w->concepts)
		about |= list_has(t->from->row->concepts, *id);
	return about && s->kind == w->kind && (!w->integrates.len || list_has(s->integrates, w->integrates));
}

/* Of several the heaviest; ties by id. */
static void fulfil(choice *c, const scenario_wish *w)
{
	task *best = NULL;
	EACH (task, t, c->tasks) {
		if (!is_made(t->from) || !fulfils(t, w))
			continue;
		if (t->taken) {
			best = t;
			break;
		}
		if (!best || t->weight > best->weight || (t->weight == best->weight && str_cmp(t->id, best->id) < 0))
			best = t;
	}
	if (!best || (best->taken && best->required))
		return;
	best->taken = best->required = true;
	choose_remark(c, best->address, true,
		"rule %.*s requires a scenario of kind %s, and the catalogue has none that suits", STRF(w->rule->id),
		scenario_kind_names[w->kind]);
}

/* ---- */

static void mark_assessed(map *assessed, const task *t)
{
	EACH (const str, id, t->outcomes)
		map_put(assessed, *id, (void *)t);
}

static size_t still_open(const map *assessed, const task *t)
{
	size_t count = 0;
	EACH (const str, id, t->outcomes)
		count += !map_has(assessed, *id);
	return count;
}

/* For an outcome that no taken task assesses: the task that assesses most of what is still open, per hour;
 * ties by id. */
static void cover(choice *c, map *assessed, map *by_outcome, str outcome_id)
{
	task *best = NULL;
	double best_rate = 0;
	const vec_item *list = map_get(by_outcome, outcome_id);
	for (size_t i = 0; list && i < list->len; i++) {
		task *t = list->ptr[i];
		double rate = (double)still_open(assessed, t) / t->minutes;
		if (!best || rate > best_rate || (rate == best_rate && str_cmp(t->id, best->id) < 0)) {
			best = t;
			best_rate = rate;
		}
	}
	if (!best)
		return;
	best->taken = best->required = true;
	mark_assessed(assessed, best);
	choose_remark(c, best->address, true, "assesses outcome:%.*s, which nothing else in the plan does",
		STRF(outcome_id));
}

void choose_required_tasks(choice *c)
{
	const selection *from = c->in->selection;
	vec_chosen labs = with_pinned(c, FACT_LAB, from->labs.ptr, from->labs.len);
	vec_chosen scenarios = with_pinned(c, FACT_SCENARIO, from->scenarios.ptr, from->scenarios.len);
	EACH (chosen *, l, labs)
		add_candidate(c, *l);
	map proposed = find_proposed(c, &scenarios);
	EACH (chosen *, s, scenarios)
		if (is_proposed(c, &proposed, *s))
			add_candidate(c, *s);
	EACH (const scenario_wish, w, from->wishes)
		fulfil(c, w);
	map assessed = { .arena = c->arena }, by_outcome = { .arena = c->arena };
	EACH (task, t, c->tasks) {
		if (t->taken)
			mark_assessed(&assessed, t);
		EACH (const str, id, t->outcomes) {
			vec_item *list = map_get(&by_outcome, *id);
			if (!list) {
				list = NEW(c->arena, vec_item);
				map_put(&by_outcome, *id, list);
			}
			if (list)
				vec_push(c->arena, list, t);
		}
	}
	for (size_t i = 0; i < c->module_count; i++)
		EACH (const outcome, o, c->demands[i].module->outcomes)
			if (!map_has(&assessed, o->id))
				cover(c, &assessed, &by_outcome, o->id);
}

static int by_rate(const void *x, const void *y)
{
	const task *a = *(task *const *)x, *b = *(task *const *)y;
	double left = a->weight * b->minutes, right = b->weight * a->minutes;
	if (left != right)
		return left > right ? -1 : 1;
	return str_cmp(a->address, b->address);
}

static void take_elective(choice *c, task *t, int *minutes)
{
	if (t->minutes <= *minutes) {
		t->taken = true;
		*minutes -= t->minutes;
		choose_remark(
			c, t->address, true, "elective; weight %.3f in %g h; it fits", t->weight, t->minutes / 60.0);
	} else {
		choose_remark(c, t->address, false,
			"elective; weight %.3f in %g h; only %g h are left for electives (lab_share)", t->weight,
			t->minutes / 60.0, *minutes / 60.0);
	}
}

/* A scenario of the catalogue that the course has of that kind; NULL: none. */
static const task *taken_of_kind(const choice *c, int kind)
{
	EACH (const task, t, c->tasks)
		if (t->taken && t->kind == FACT_SCENARIO && !t->from->blueprint &&
			((const scenario *)t->from->item)->kind == kind)
			return t;
	return NULL;
}

static void take_made(choice *c, task *t, int *minutes)
{
	int kind = ((const scenario *)t->from->item)->kind;
	const task *other = taken_of_kind(c, kind);
	if (other)
		choose_remark(c, t->address, false, "made from a blueprint, and %.*s is of the same kind (%s)",
			STRF(other->address), scenario_kind_names[kind]);
	else
		take_elective(c, t, minutes);
}

void choose_elective_tasks(choice *c, int minutes)
{
	task **open = NEWN(c->arena, task *, c->tasks.len);
	size_t count = 0;
	EACH (task, t, c->tasks)
		if (open && !t->taken)
			open[count++] = t;
	if (count)
		qsort(open, count, sizeof *open, by_rate);
	for (size_t i = 0; i < count; i++)
		if (!is_made(open[i]->from))
			take_elective(c, open[i], &minutes);
	for (size_t i = 0; i < count; i++)
		if (is_made(open[i]->from))
			take_made(c, open[i], &minutes);
}
