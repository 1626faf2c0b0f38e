/* The public functions that answer with text: eval, template, list. */
#include "session.h"

#include "base/io.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "read/json.h"
#include "rules/cel.h"

#include <string.h>

static bool read_json_file(cw_context *c, const char *path, value *out)
{
	str text, name = arena_str(&c->arena, str_from(path));
	bool ok = str_eq(name, STR("-")) ? io_read_stdin(&text, &c->arena, &c->diags)
									 : io_read(&text, &c->arena, path, &c->diags);
	if (!ok)
		return false;
	uint32_t number = sources_add(&c->sources, name, text);
	text_run whole = { .offset = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0 }; /* a byte order mark */
	text = str_skip(text, whole.offset);
	located where = { .text = text, .source = number, .runs = { .ptr = &whole, .len = 1 } };
	return json_read(out, &c->arena, &where, &c->diags);
}

/* The variables of an expression: the members of a JSON object, or the facts of the course. */
typedef struct {
	cel_env env;
	const value *bindings;
} scope;

static bool scope_of_json(cw_context *c, const char *path, scope *out)
{
	value data;
	if (!read_json_file(c, path, &data))
		return false;
	if (data.kind != V_MAP) {
		diag_file(&c->diags, E_JSON_SYNTAX, str_from(path),
			"the data is one JSON object: its members are the variables");
		return false;
	}
	size_t count = data.map->pairs.len;
	cel_variable *names = NEWN(&c->arena, cel_variable, count);
	value *bindings = NEWN(&c->arena, value, count);
	for (size_t i = 0; names && bindings && i < count; i++) {
		names[i] = (cel_variable){ .name = data.map->pairs.ptr[i].key.string, .type = { .kind = CEL_DYN } };
		bindings[i] = data.map->pairs.ptr[i].value;
	}
	*out = (scope){ .env = { .ptr = names, .len = names ? count : 0, .zones = true }, .bindings = bindings };
	return !c->arena.failed;
}

static bool scope_of_course(cw_context *c, scope *out)
{
	arena *a = &c->arena;
	if (!c->loaded) /* none was loaded: no variables; one could not be loaded: an error */
		return c->diags.errors == 0;
	cel_variable *names = NEWN(a, cel_variable, FACT_VARIABLES);
	value *bindings = NEWN(a, value, FACT_VARIABLES);
	value *lists = NEWN(a, value, FACT_KINDS);
	if (!names || !bindings || !lists)
		return false;
	factset_lists(&c->selection.facts, lists, a); /* as the last rule left them */
	factset_bind(NULL, lists, bindings);
	*out = (scope){ .env = factset_env(FACT_KINDS, names), .bindings = bindings };
	out->env.zones = true;
	return !a->failed;
}

static bool evaluate(cw_context *c, const char *expression, const scope *s, bool checked, buf *out)
{
	str text = arena_str(&c->arena, str_from(expression));
	uint32_t number = sources_add(&c->sources, STR("<expression>"), text);
	text_run whole = { 0, 0 };
	located where = { .text = text, .source = number, .runs = { .ptr = &whole, .len = 1 } };
	const cel_program *p = cel_compile(&c->arena, &where, &s->env, checked, &c->diags);
	if (!p)
		return false;
	size_t at = 0;
	value v = cel_eval(p, s->bindings, &c->arena, &at);
	if (v.kind == V_ERROR) {
		diag_add(&c->diags, E_CEL_EVAL, located_at(cel_text(p), at), "%.*s", STRF(v.string));
		return false;
	}
	if (!cel_is_printable(v)) {
		diag_add(&c->diags, E_CEL_LIMIT, located_at(cel_text(p), 0), CEL_TOO_LARGE, CEL_PARTS_MAX);
		return false;
	}
	json_value(out, fact_plain(v, &c->arena), 0);
	buf_char(out, '\n');
	return true;
}

cw_status cw_eval(cw_context *c, const char *expression, const char *data, unsigned flags, cw_text *out)
{
	scope s = { 0 };
	buf b = { .arena = &c->arena };
	*out = text_of(STR(""));
	s.env.zones = true;
	bool ok = (data ? scope_of_json(c, data, &s) : scope_of_course(c, &s)) &&
			  evaluate(c, expression, &s, flags & CW_CHECKED, &b);
	if (ok)
		*out = text_of(buf_done(&b));
	return status_of(c, ok);
}

cw_status cw_template(
	cw_context *c, const char *file, const char *data, const char *partials, unsigned flags, cw_text *out)
{
	value v;
	str path = arena_str(&c->arena, str_from(file));
	str folder = partials ? arena_str(&c->arena, str_from(partials)) : arena_str(&c->arena, io_parent(path));
	template_set set = {
		.arena = &c->arena, .folders = { .ptr = &folder, .len = 1 }, .lenient = flags & CW_LENIENT
	};
	buf b = { .arena = &c->arena };
	*out = text_of(STR(""));
	bool ok = read_json_file(c, data, &v) && templates_render_file(&set, &b, path, v, &c->diags);
	if (ok)
		*out = text_of(buf_done(&b));
	return status_of(c, ok);
}

/* One kind of thing that can be listed: a value per thing, whose "id" and "title" make the line. */
typedef struct {
	const char *name;
	bool needs_course;
	void (*fill)(cw_context *c, vec_value *out);
} list_kind;

static value entry(cw_context *c, str id, str title)
{
	value v = value_new_map(&c->arena);
	value_set(&c->arena, v, "id", value_string(id));
	value_set(&c->arena, v, "title", value_string(title));
	return v;
}

static void list_rows(cw_context *c, vec_value *out, row_kind kind)
{
	arena *a = &c->arena;
	EACH (const fact_row, r, c->facts.rows[kind]) {
		value v = entry(c, r->row->id, r->row->name);
		value concepts = value_new_list(a, r->concepts.len);
		for (size_t i = 0; i < concepts.list.len; i++)
			concepts.list.ptr[i] = value_string(r->concepts.ptr[i]);
		value_set(a, v, "count", value_double(r->row->count));
		value_set(a, v, "share", value_double(r->row->share));
		value_set(a, v, "low", value_double(r->low80));
		value_set(a, v, "high", value_double(r->high80));
		value_set(a, v, "weight", value_double(r->weight));
		value_set(a, v, "concepts", concepts);
		vec_push(a, out, v);
	}
}

static void list_skills(cw_context *c, vec_value *out)
{
	list_rows(c, out, ROW_SKILL);
}

static void list_technologies(cw_context *c, vec_value *out)
{
	list_rows(c, out, ROW_TECHNOLOGY);
}

static void list_themes(cw_context *c, vec_value *out)
{
	list_rows(c, out, ROW_THEME);
}

/* Items of the catalogue, with whether the course has them. */
static void add_item(cw_context *c, vec_value *out, str id, str title, int level, bool planned)
{
	value v = entry(c, id, title);
	value_set(&c->arena, v, "level", value_literal(level_names[level]));
	value_set(&c->arena, v, "planned", value_bool(planned));
	vec_push(&c->arena, out, v);
}

static void list_modules(cw_context *c, vec_value *out)
{
	EACH (const taught_module, m, c->curriculum.modules)
		add_item(c, out, m->module->id, m->module->title, m->module->level, true);
	EACH (module *const, m, c->catalog.modules)
		if (!curriculum_module(&c->curriculum, (*m)->id))
			add_item(c, out, (*m)->id, (*m)->title, (*m)->level, false);
}

static void list_labs(cw_context *c, vec_value *out)
{
	EACH (const set_lab, l, c->curriculum.labs)
		add_item(c, out, l->lab->id, l->lab->title, l->lab->level, true);
	EACH (lab *const, l, c->catalog.labs)
		if (!curriculum_lab(&c->curriculum, (*l)->id))
			add_item(c, out, (*l)->id, (*l)->title, (*l)->level, false);
}

static void list_scenarios(cw_context *c, vec_value *out)
{
	EACH (const set_scenario, s, c->curriculum.scenarios)
		add_item(c, out, s->scenario->id, s->scenario->title, s->scenario->level, true);
	EACH (scenario *const, s, c->catalog.scenarios)
		if (!curriculum_scenario(&c->curriculum, (*s)->id))
			add_item(c, out, (*s)->id, (*s)->title, (*s)->level, false);
}

static void list_capstones(cw_context *c, vec_value *out)
{
	EACH (const set_capstone, s, c->curriculum.capstone)
		add_item(c, out, s->capstone->id, s->capstone->title, s->capstone->level, true);
	EACH (capstone *const, one, c->catalog.capstones)
		if (!curriculum_capstone(&c->curriculum, (*one)->id))
			add_item(c, out, (*one)->id, (*one)->title, (*one)->level, false);
}

static void add_quiz(cw_context *c, vec_value *out, const quiz *q, bool planned)
{
	value v = entry(c, q->id, q->title);
	value_set(&c->arena, v, "items", value_double((double)q->items.len));
	value_set(&c->arena, v, "planned", value_bool(planned));
	vec_push(&c->arena, out, v);
}

static void list_quizzes(cw_context *c, vec_value *out)
{
	EACH (const taught_module, m, c->curriculum.modules)
		if (m->quiz)
			add_quiz(c, out, m->quiz, true);
	EACH (quiz *const, q, c->catalog.quizzes) {
		const taught_module *m = curriculum_module(&c->curriculum, (*q)->module);
		if (!m || m->quiz != *q)
			add_quiz(c, out, *q, false);
	}
}

static void list_rubrics(cw_context *c, vec_value *out)
{
	EACH (const set_lab, l, c->curriculum.labs)
		vec_push(&c->arena, out, entry(c, l->rubric->id, l->rubric->title));
	EACH (const set_scenario, s, c->curriculum.scenarios)
		vec_push(&c->arena, out, entry(c, s->rubric->id, s->rubric->title));
	EACH (const set_capstone, s, c->curriculum.capstone)
		vec_push(&c->arena, out, entry(c, s->rubric->id, s->rubric->title));
}

/* What a rule did: the facts it fired on and the items it touched, in order, each once. */
typedef struct {
	vec_value facts, items;
	map seen;
} deeds;

static void add_once(cw_context *c, deeds *d, vec_value *to, str what)
{
	if (map_has(&d->seen, what))
		return;
	map_put(&d->seen, what, d);
	vec_push(&c->arena, to, value_string(what));
}

/* By rule id. */
static map deeds_of_rules(cw_context *c)
{
	map all = { .arena = &c->arena };
	EACH (const effect, e, c->trace.effects) {
		deeds *d = map_get(&all, e->rule->id);
		if (!d) {
			d = NEW(&c->arena, deeds);
			if (!d)
				break;
			d->seen.arena = &c->arena;
			map_put(&all, e->rule->id, d);
		}
		add_once(c, d, &d->facts, e->fact);
		EACH (const str, item, e->items)
			add_once(c, d, &d->items, *item);
	}
	return all;
}

/* Rules in the order in which they run, with what they did in this course. */
static void list_rules(cw_context *c, vec_value *out)
{
	static const deeds nothing = { 0 };
	map all = deeds_of_rules(c);
	EACH (const compiled_rule, r, c->ruleset.rules) {
		value v = entry(c, r->rule->id, text_one_line(&c->arena, r->rule->because.text));
		const deeds *d = map_get(&all, r->rule->id);
		if (!d)
			d = &nothing;
		value_set(&c->arena, v, "for", value_literal(fact_names[r->subject]));
		value_set(&c->arena, v, "stratum", value_double(r->stratum));
		value_set(&c->arena, v, "fired", value_double((double)d->facts.len));
		value_set(&c->arena, v, "tried", value_double((double)c->selection.facts.of[r->subject].len));
		value_set(&c->arena, v, "on", value_of(d->facts));
		value_set(&c->arena, v, "touched", value_of(d->items));
		vec_push(&c->arena, out, v);
	}
}

static void list_insights(cw_context *c, vec_value *out)
{
	EACH (const workbook_item, i, c->workbook.insights)
		vec_push(&c->arena, out, entry(c, i->id, i->text));
}

static void list_outcomes(cw_context *c, vec_value *out)
{
	EACH (const taught_module, m, c->curriculum.modules)
		EACH (const outcome, o, m->module->outcomes)
			vec_push(&c->arena, out, entry(c, o->id, o->text));
}

static void list_metrics(cw_context *c, vec_value *out)
{
	EACH (const set_lab, l, c->curriculum.labs)
		EACH (const metric, m, l->lab->metrics)
			vec_push(&c->arena, out,
				entry(c, arena_printf(&c->arena, "%.*s/%.*s", STRF(l->lab->id), STRF(m->id)), m->name));
}

static void list_templates(cw_context *c, vec_value *out)
{
	str folders[2] = { io_join(&c->arena, c->root, STR("templates")),
		io_join(&c->arena, str_from(c->data_dir), STR("templates")) };
	map seen = { .arena = &c->arena };
	for (size_t i = c->folder ? 0 : 1; i < COUNT(folders); i++) {
		list_str names = io_walk(&c->arena, folders[i].ptr, STR(".mustache"));
		EACH (const str, name, names)
			if (!map_put(&seen, *name, (void *)name))
				vec_push(&c->arena, out, entry(c, *name, i == 0 ? STR("course") : STR("shipped")));
	}
}

static void list_formats(cw_context *c, vec_value *out)
{
	vec_push(&c->arena, out, entry(c, STR("html"), STR("pages with one stylesheet")));
	vec_push(&c->arena, out, entry(c, STR("md"), STR("Markdown (CommonMark with tables)")));
	vec_push(&c->arena, out, entry(c, STR("csv"), STR("rubrics as a table (RFC 4180)")));
}

static void list_checks(cw_context *c, vec_value *out)
{
	value rules = check_list(&c->arena);
	for (size_t i = 0; i < rules.list.len; i++)
		vec_push(&c->arena, out, rules.list.ptr[i]);
}

static void list_concepts(cw_context *c, vec_value *out)
{
	EACH (concept *const, one, c->catalog.concepts) {
		value v = entry(c, (*one)->id, (*one)->name);
		value_set(&c->arena, v, "kind", value_literal(concept_kind_names[(*one)->kind]));
		vec_push(&c->arena, out, v);
	}
}

/* sorted by name */
static const list_kind kinds[] = {
	{ "capstones", true, list_capstones },
	{ "checks", false, list_checks },
	{ "concepts", true, list_concepts },
	{ "formats", false, list_formats },
	{ "insights", true, list_insights },
	{ "labs", true, list_labs },
	{ "metrics", true, list_metrics },
	{ "modules", true, list_modules },
	{ "outcomes", true, list_outcomes },
	{ "quizzes", true, list_quizzes },
	{ "rubrics", true, list_rubrics },
	{ "rules", true, list_rules },
	{ "scenarios", true, list_scenarios },
	{ "skills", true, list_skills },
	{ "technologies", true, list_technologies },
	{ "templates", true, list_templates },
	{ "themes", true, list_themes },
};
static const char *const kind_names[] = { "capstones", "checks", "concepts", "formats", "insights", "labs",
	"metrics", "modules", "outcomes", "quizzes", "rubrics", "rules", "scenarios", "skills", "technologies",
	"templates", "themes", NULL };

const char *const *cw_list_kinds(void)
{
	return kind_names;
}

static const list_kind *find_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

bool cw_list_needs_course(const char *kind)
{
	const list_kind *k = find_kind(kind);
	return k && k->needs_course;
}

/* "id  title (field value, ...)" with the ids in one column. */
static void print_number_or_text(buf *out, value v)
{
	if (v.kind == V_STRING)
		buf_str(out, v.string);
	else if (v.kind == V_DOUBLE)
		buf_rounded(out, v.number, 3);
	else
		json_value(out, v, -1);
}

/* "    on a, b, c" below the item's line */
static void print_list(buf *out, str name, value v)
{
	for (size_t i = 0; i < v.list.len; i++) {
		if (i == 0)
			buf_printf(out, "    %.*s ", STRF(name));
		else
			BUF_LIT(out, ", ");
		print_number_or_text(out, v.list.ptr[i]);
	}
	if (v.list.len)
		buf_char(out, '\n');
}

/* "id  title (key value, key value)" */
static void print_item(buf *out, value v, size_t width)
{
	size_t shown = 0, count = v.kind == V_MAP ? v.map->pairs.len : 0;
	for (size_t i = 0; i < count; i++) {
		const value_pair *p = &v.map->pairs.ptr[i];
		if (p->value.kind == V_LIST)
			continue;
		if (i == 0) {
			buf_printf(out, "%-*.*s", (int)width, STRF(p->value.string));
		} else if (i == 1) {
			buf_printf(out, "  %.*s", STRF(p->value.string));
		} else {
			buf_printf(out, "%s%.*s ", shown++ ? ", " : " (", STRF(p->key.string));
			print_number_or_text(out, p->value);
		}
	}
	buf_str(out, shown ? STR(")\n") : STR("\n"));
	for (size_t i = 0; i < count; i++)
		if (v.map->pairs.ptr[i].value.kind == V_LIST)
			print_list(out, v.map->pairs.ptr[i].key.string, v.map->pairs.ptr[i].value);
}

static void print_lines(buf *out, const vec_value *items)
{
	size_t width = 0;
	EACH (const value, v, *items) {
		const value *id = value_get(*v, STR("id"));
		if (id && id->string.len > width)
			width = id->string.len;
	}
	EACH (const value, v, *items)
		print_item(out, *v, width);
}

cw_status cw_list(cw_context *c, const char *kind, unsigned flags, cw_text *out)
{
	const list_kind *k = find_kind(kind);
	vec_value items = { 0 };
	buf b = { .arena = &c->arena };
	*out = text_of(STR(""));
	if (!k) {
		str names[COUNT(kinds)];
		for (size_t i = 0; i < COUNT(kinds); i++)
			names[i] = str_from(kinds[i].name);
		str near = text_suggest(str_from(kind), names, COUNT(kinds));
		diag_file(&c->diags, E_UNKNOWN_NAME, STR(""), "nothing called '%s' can be listed%s%.*s%s", kind,
			near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
		return status_of(c, false);
	}
	if (k->needs_course && !c->loaded)
		return status_of(c, false);
	k->fill(c, &items);
	if (flags & CW_JSON) {
		json_value(&b, value_of(items), 0);
		buf_char(&b, '\n');
	} else {
		print_lines(&b, &items);
	}
	*out = text_of(buf_done(&b));
	return status_of(c, true);
}
