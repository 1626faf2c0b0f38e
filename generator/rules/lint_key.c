/* Expressions as text that is the same for the same tree. */
#include "rules/lint_logic.h"

#include <inttypes.h>

static void write_value(buf *b, value v)
{
	switch (v.kind) {
	case V_BOOL:
		buf_str(b, v.boolean ? STR("true") : STR("false"));
		return;
	case V_INT:
		buf_printf(b, "%" PRId64, v.integer);
		return;
	case V_UINT:
		buf_printf(b, "%" PRIu64 "u", v.uinteger);
		return;
	case V_DOUBLE:
		buf_printf(b, "%.17gd", v.number);
		return;
	case V_STRING:
	case V_BYTES:
	case V_TYPE:
	case V_ERROR: /* the length tells where the text ends, whatever is in it */
		buf_printf(b, "%d:%zu:", (int)v.kind, v.string.len);
		buf_str(b, v.string);
		return;
	case V_LIST:
		buf_char(b, '[');
		for (size_t i = 0; i < v.list.len; i++) {
			write_value(b, v.list.ptr[i]);
			buf_char(b, ',');
		}
		buf_char(b, ']');
		return;
	case V_MAP:
		buf_char(b, '{');
		for (size_t i = 0; v.map && i < v.map->pairs.len; i++) {
			write_value(b, v.map->pairs.ptr[i].key);
			buf_char(b, ':');
			write_value(b, v.map->pairs.ptr[i].value);
			buf_char(b, ',');
		}
		buf_char(b, '}');
		return;
	case V_TIMESTAMP:
	case V_DURATION:
		buf_printf(b, "%d:%" PRId64 ".%" PRId32, (int)v.kind, v.time.seconds, v.time.nanos);
		return;
	case V_NULL:
	case V_RECORD:
		break;
	}
	buf_printf(b, "%d", (int)v.kind);
}

static void write_node(buf *b, const cel_node *n)
{
	switch (n->kind) {
	case NODE_CONST:
		write_value(b, n->constant);
		return;
	case NODE_VARIABLE:
		buf_str(b, n->name);
		return;
	case NODE_LOCAL:
		buf_printf(b, "$%" PRIu32, n->slot);
		return;
	case NODE_SELECT:
		write_node(b, n->target);
		buf_printf(b, ".%.*s", STRF(n->name));
		return;
	default:
		break;
	}
	/* A macro's variable is known by its number, so its name does not count. */
	str name = n->kind == NODE_MACRO ? STR("") : n->name;
	buf_printf(b, "(%d %d %d %.*s", (int)n->kind, n->kind == NODE_BINARY ? (int)n->op : 0,
		n->kind == NODE_MACRO ? (int)n->macro : 0, STRF(name));
	if (n->target) {
		buf_char(b, ' ');
		write_node(b, n->target);
	}
	for (size_t i = 0; i < n->args.len; i++) {
		buf_char(b, ' ');
		write_node(b, n->args.ptr[i]);
	}
	buf_char(b, ')');
}

str node_key(arena *a, const cel_node *n)
{
	buf b = { .arena = a };
	write_node(&b, n);
	return buf_done(&b);
}
