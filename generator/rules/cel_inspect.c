/* What a program looks at: for ordering rules by what they read, and for the trace. */
#include "rules/cel_run.h"

typedef struct {
	arena *arena;
	VEC(cel_read) list;
} reads;

static void add_read(reads *r, str type, str field)
{
	EACH (cel_read, known, r->list)
		if (str_eq(known->type, type) && str_eq(known->field, field))
			return;
	vec_push(r->arena, &r->list, (cel_read){ .type = type, .field = field });
}

static const record_type *records_in(cel_type t)
{
	while (t.kind == CEL_LIST || t.kind == CEL_MAP)
		t = cel_element(t);
	return t.kind == CEL_RECORD ? t.record : NULL;
}

static void add_all(reads *r, const record_type *type)
{
	for (size_t i = 0; type && i < type->field_count; i++)
		add_read(r, type->name, type->fields[i].name);
}

/* `whole`: the value goes somewhere where it cannot be followed, so that every field of it may be looked at.
 */
static void collect(reads *r, const cel_node *n, bool whole)
{
	const record_type *type = records_in(n->type);
	switch (n->kind) {
	case NODE_VARIABLE:
		if (type && n->type.kind != CEL_RECORD)
			add_read(r, type->name, STR(""));
		if (whole)
			add_all(r, type);
		return;
	case NODE_LOCAL:
		if (whole)
			add_all(r, type);
		return;
	case NODE_SELECT:
	case NODE_HAS:
		collect(r, n->target, false);
		if (n->target->type.kind == CEL_RECORD && n->target->type.record)
			add_read(r, n->target->type.record->name, n->name);
		if (n->kind == NODE_SELECT && whole)
			add_all(r, type);
		return;
	case NODE_INDEX:
		collect(r, n->target, whole);
		break;
	case NODE_MACRO:
		collect(r, n->target, whole && n->macro == MACRO_FILTER);
		break;
	default:
		if (n->target)
			collect(r, n->target, true);
	}
	bool counts = n->kind == NODE_CALL && str_eq(n->name, STR("size"));
	for (size_t i = 0; i < n->args.len; i++)
		collect(r, n->args.ptr[i], n->kind == NODE_CONDITION ? whole : !counts);
}

list_cel_read cel_reads(const cel_program *p, arena *a)
{
	reads r = { .arena = a };
	collect(&r, p->root, true);
	return (list_cel_read){ .ptr = r.list.ptr, .len = r.list.len };
}

typedef struct {
	arena *arena;
	const cel_program *program;
	const value *bindings;
	VEC(observation) list;
} observer;

static bool is_chain(const cel_node *n)
{
	while (n->kind == NODE_SELECT)
		n = n->target;
	return n->kind == NODE_VARIABLE;
}

static void write_chain(buf *b, const cel_node *n)
{
	if (n->kind != NODE_SELECT) {
		buf_str(b, n->name);
		return;
	}
	write_chain(b, n->target);
	buf_char(b, '.');
	bool plain = n->at_end - n->at == n->name.len;
	buf_printf(b, "%s%.*s%s", plain ? "" : "`", STRF(n->name), plain ? "" : "`");
}

/* The chain as it stands in the text, unless it is spread out there. */
static str chain_text(observer *o, const cel_node *n)
{
	str text = str_sub(o->program->text.text, n->from, n->to - n->from);
	bool spread = str_starts(text, STR("."));
	for (size_t i = 0; i < text.len; i++)
		spread |= is_space(text.ptr[i]) || text.ptr[i] == '/' || text.ptr[i] == '(';
	if (!spread && text.len)
		return text;
	buf b = { .arena = o->arena };
	write_chain(&b, n);
	return buf_done(&b);
}

static bool holds_records(value v)
{
	return v.kind == V_RECORD || (v.kind == V_LIST && v.list.len && v.list.ptr[0].kind == V_RECORD);
}

static void add_observation(observer *o, const cel_node *n)
{
	cel_run r;
	cel_run_begin(&r, o->program, o->bindings, o->arena);
	value v = cel_run_node(&r, n);
	if (v.kind == V_ERROR || holds_records(v) || cel_has_records(n->type))
		return;
	str text = chain_text(o, n);
	EACH (observation, known, o->list)
		if (str_eq(known->text, text))
			return;
	vec_push(o->arena, &o->list, (observation){ .text = text, .value = v });
}

static void watch(observer *o, const cel_node *n)
{
	if (is_chain(n)) {
		add_observation(o, n);
		return;
	}
	if (n->kind == NODE_HAS && is_chain(n->target)) {
		cel_node select = *n;
		select.kind = NODE_SELECT;
		add_observation(o, &select);
		return;
	}
	if (n->target)
		watch(o, n->target);
	for (size_t i = 0; n->kind != NODE_MACRO && i < n->args.len; i++)
		watch(o, n->args.ptr[i]);
}

list_observation cel_observe(const cel_program *p, const value *bindings, arena *a)
{
	observer o = { .arena = a, .program = p, .bindings = bindings };
	watch(&o, p->root);
	return (list_observation){ .ptr = o.list.ptr, .len = o.list.len };
}

static bool take_parts(value v, size_t *left)
{
	bool text = v.kind == V_STRING || v.kind == V_BYTES;
	size_t cost = 1 + (text ? v.string.len / 64 : 0);
	if (*left < cost)
		return false;
	*left -= cost;
	if (v.kind == V_LIST)
		for (size_t i = 0; i < v.list.len; i++)
			if (!take_parts(v.list.ptr[i], left))
				return false;
	if (v.kind == V_MAP && v.map)
		EACH (value_pair, p, v.map->pairs)
			if (!take_parts(p->key, left) || !take_parts(p->value, left))
				return false;
	const value *slots = v.kind == V_RECORD ? v.record.ptr : NULL;
	for (size_t i = 0; slots && i < v.record.type->field_count; i++)
		if (!take_parts(slots[i], left))
			return false;
	return true;
}

bool cel_is_printable(value v)
{
	size_t left = CEL_PARTS_MAX;
	return take_parts(v, &left);
}
