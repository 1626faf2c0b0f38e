/* Rules that change nothing, because another rule does the same whenever they fire.
 *
 * A rule is looked for only among those that do one of its actions: by the action and, where a condition
 * pins a text (skill.id == 'x'), by that text too, so that many rules about single things stay cheap. */
#include "base/json.h"
#include "rules/lint_parts.h"

/* For all rules together. */
enum { CONDITIONS_WORK_MAX = 1 << 22, COMPARING_WORK_MAX = 1 << 26 };

typedef VEC(uint32_t) vec_rules;

typedef struct {
	str key;         /* what is done, without `as` */
	str as;          /* required, elective, or an expression */
	bool repeatable; /* done twice is done once */
} deed;

typedef struct {
	formula when;
	LIST(deed) deeds;
	int priority;
} known;

typedef struct {
	lint *lint;
	known *rules;
	logic conditions, comparing;
	map buckets;           /* deed and pinned text -> vec_rules * */
	bool targets_disagree; /* the last of several targets counts, so order matters */
} shadows;

/* What an argument is if it is not given. */
static const struct {
	action_kind action;
	const char *name, *value;
} defaults[] = {
	{ DO_MODULE, "at_least", "working" },
	{ DO_LAB, "all", "false" },
	{ DO_SCENARIO, "all", "false" },
};

static const char *default_of(action_kind kind, const char *name)
{
	for (size_t i = 0; i < COUNT(defaults); i++)
		if (defaults[i].action == kind && str_eq(str_from(defaults[i].name), str_from(name)))
			return defaults[i].value;
	return NULL;
}

static void write_argument(buf *out, arena *a, const rule_argument *arg)
{
	if (arg->program) {
		str key = node_key(a, arg->program->root);
		buf_printf(out, "=%zu:%.*s", key.len, STRF(key));
	} else if (arg->literal.kind == V_STRING) {
		buf_printf(out, "%zu:%.*s", arg->literal.string.len, STRF(arg->literal.string));
	} else {
		json_value(out, arg->literal, 0);
	}
}

static deed deed_of(lint *k, const rule_action *action)
{
	const action_spec *spec = &action_specs[action->kind];
	buf key = { .arena = k->arena }, as = { .arena = k->arena };
	deed out = { .as = STR("required"), .repeatable = action->kind != DO_EMPHASISE };
	buf_printf(&key, "%d", (int)action->kind);
	for (size_t i = 0; i < spec->param_count; i++) {
		const char *name = spec->params[i].name;
		const rule_argument *arg = lint_argument(action, name);
		const char *otherwise = default_of(action->kind, name);
		if (str_eq(str_from(name), STR("as"))) {
			if (arg && !arg->program)
				out.as = arg->literal.string;
			if (arg && arg->program) {
				write_argument(&as, k->arena, arg);
				out.as = buf_done(&as);
			}
			continue;
		}
		if (!arg && !otherwise)
			continue;
		buf_printf(&key, " %s=", name);
		if (action->kind == DO_SET) /* the name decides what is set; see set_covers */
			continue;
		if (arg)
			write_argument(&key, k->arena, arg);
		else if (str_eq(str_from(otherwise), STR("false")))
			buf_str(&key, str_from(otherwise));
		else
			buf_printf(&key, "%zu:%s", str_from(otherwise).len, otherwise);
	}
	out.key = buf_done(&key);
	return out;
}

static bool as_covers(const deed *x, const deed *y)
{
	return str_eq(x->as, y->as) || str_eq(x->as, STR("required"));
}

/* Both give the same number, or the number of the higher priority stays. */
static bool set_covers(lint *k, const rule_action *x, const rule_action *y, int px, int py)
{
	buf mine = { .arena = k->arena }, theirs = { .arena = k->arena };
	EACH (const rule_argument, arg, y->arguments) {
		const rule_argument *other = lint_argument(x, arg->param->name);
		if (!other)
			return false;
		write_argument(&mine, k->arena, other);
		write_argument(&theirs, k->arena, arg);
	}
	return px > py || (px == py && str_eq(buf_done(&mine), buf_done(&theirs)));
}

static bool all_covered(shadows *s, uint32_t x, uint32_t y)
{
	const compiled_rule *a = &s->lint->in->rules->rules.ptr[x], *b = &s->lint->in->rules->rules.ptr[y];
	const known *ka = &s->rules[x], *kb = &s->rules[y];
	for (size_t i = 0; i < kb->deeds.len; i++) {
		bool covered = false;
		const rule_action *wanted = &b->actions.ptr[i];
		if (!kb->deeds.ptr[i].repeatable || (wanted->kind == DO_TARGET && s->targets_disagree))
			return false;
		for (size_t k = 0; k < ka->deeds.len && !covered; k++) {
			if (!str_eq(ka->deeds.ptr[k].key, kb->deeds.ptr[i].key))
				continue;
			covered = wanted->kind == DO_SET
						  ? set_covers(s->lint, &a->actions.ptr[k], wanted, ka->priority, kb->priority)
						  : as_covers(&ka->deeds.ptr[k], &kb->deeds.ptr[i]);
		}
		if (!covered)
			return false;
	}
	return true;
}

/* `x` does all that `y` does, whenever `y` fires. Of two that are equal the earlier one is kept. */
static bool shadows_it(shadows *s, uint32_t x, uint32_t y, bool later)
{
	const ruleset *set = s->lint->in->rules;
	s->lint->pairs++;
	if (set->rules.ptr[x].subject != set->rules.ptr[y].subject || !all_covered(s, x, y) ||
		!logic_implies(&s->comparing, &s->rules[y].when, &s->rules[x].when))
		return false;
	return !later || !all_covered(s, y, x) ||
		   !logic_implies(&s->comparing, &s->rules[x].when, &s->rules[y].when);
}

/* ---- the index */

static const atom *pin_of(const conjunction *way)
{
	for (size_t i = 0; i < way->len; i++)
		if (way->ptr[i].op == ATOM_IN && way->ptr[i].subject->type.kind == CEL_STRING)
			return &way->ptr[i];
	return NULL;
}

static str bucket_key(shadows *s, str done, const atom *pin, size_t n)
{
	if (!pin)
		return done;
	str text = pin->values.ptr[n].string;
	return arena_printf(s->lint->arena, "%.*s\n%.*s\n%.*s", STRF(done), STRF(pin->key), STRF(text));
}

static void put(shadows *s, str key, uint32_t r)
{
	vec_rules *list = map_get(&s->buckets, key);
	if (!list) {
		list = NEW(s->lint->arena, vec_rules);
		if (!list)
			return;
		map_put(&s->buckets, key, list);
	}
	if (list->len == 0 || list->ptr[list->len - 1] != r)
		vec_push(s->lint->arena, list, r);
}

static void index_rule(shadows *s, uint32_t r)
{
	const known *k = &s->rules[r];
	for (size_t i = 0; i < k->deeds.len && k->when.known && !s->lint->never[r]; i++)
		EACH (conjunction, way, k->when.ways) {
			const atom *pin = pin_of(way);
			for (size_t v = 0; v < (pin ? pin->values.len : 1); v++)
				put(s, bucket_key(s, k->deeds.ptr[i].key, pin, v), r);
		}
}

static bool search(shadows *s, str key, uint32_t r, const uint32_t *place, uint32_t *found)
{
	const vec_rules *list = map_get(&s->buckets, key);
	for (size_t i = 0; list && i < list->len && s->lint->pairs < LINT_PAIRS_MAX; i++)
		if (list->ptr[i] != r && shadows_it(s, list->ptr[i], r, place[list->ptr[i]] > place[r])) {
			*found = list->ptr[i];
			return true;
		}
	return false;
}

/* Whatever covers the rule covers its first action and its first way of holding, so these suffice. */
static bool find(shadows *s, uint32_t r, const uint32_t *place, uint32_t *found)
{
	const known *k = &s->rules[r];
	if (k->deeds.len == 0 || !k->when.known || k->when.ways.len == 0)
		return false;
	str done = k->deeds.ptr[0].key;
	if (search(s, done, r, place, found))
		return true;
	EACH (const atom, one, k->when.ways.ptr[0])
		if (one->op == ATOM_IN && one->subject->type.kind == CEL_STRING &&
			search(s, bucket_key(s, done, one, 0), r, place, found))
			return true;
	return false;
}

static void learn(shadows *s, uint32_t r, str *first_use)
{
	const compiled_rule *c = &s->lint->in->rules->rules.ptr[r];
	known *k = &s->rules[r];
	k->priority = c->rule->priority == SCHEMA_UNSET ? 0 : c->rule->priority;
	k->when = c->when ? logic_formula(&s->conditions, c->when->root, false) : logic_always(&s->conditions);
	k->deeds.ptr = NEWN(s->lint->arena, deed, c->actions.len);
	for (size_t i = 0; k->deeds.ptr && i < c->actions.len; i++) {
		const rule_action *action = &c->actions.ptr[i];
		k->deeds.ptr[k->deeds.len++] = deed_of(s->lint, action);
		const rule_argument *use = action->kind == DO_TARGET ? lint_argument(action, "use") : NULL;
		if (!use)
			continue;
		s->targets_disagree |= use->program || (first_use->len && !str_eq(*first_use, use->literal.string));
		*first_use = use->literal.string;
	}
}

static void report(shadows *s, uint32_t by, uint32_t r)
{
	lint *k = s->lint;
	const compiled_rule *mine = &k->in->rules->rules.ptr[r];
	const rule *other = k->in->rules->rules.ptr[by].rule;
	position p = sources_position(k->diags->sources, other->at);
	const source *file = sources_get(k->diags->sources, other->at.source);
	bool sets = false;
	EACH (const rule_action, action, mine->actions)
		sets |= action->kind == DO_SET;
	if (lint_concerns(k, mine->rule->at))
		diag_add(k->diags, E_RULE_SHADOWED, mine->rule->at,
			"rule '%.*s' changes nothing: whenever it fires, rule '%.*s' (%.*s:%u:%u) %s",
			STRF(mine->rule->id), STRF(other->id), STRF(file ? file->path : STR("?")), p.line, p.column,
			sets && s->rules[by].priority > s->rules[r].priority ? "overrules it" : "does the same");
}

void lint_shadowed(lint *k)
{
	size_t count = k->in->rules->rules.len;
	shadows s = { .lint = k,
		.rules = NEWN(k->arena, known, count),
		.conditions = { .arena = k->arena, .most = CONDITIONS_WORK_MAX },
		.comparing = { .arena = k->arena, .most = COMPARING_WORK_MAX },
		.buckets = { .arena = k->arena } };
	uint32_t *place = NEWN(k->arena, uint32_t, count);
	str first_use = STR("");
	if (!s.rules || !place)
		return;
	for (uint32_t i = 0; i < count; i++) {
		place[k->order[i]] = i;
		learn(&s, k->order[i], &first_use);
	}
	for (size_t i = 0; i < count; i++)
		index_rule(&s, k->order[i]);
	for (size_t i = 0; i < count && !k->arena->failed; i++) {
		uint32_t found = 0, r = k->order[i];
		if (!k->never[r] && find(&s, r, place, &found))
			report(&s, found, r);
	}
}
