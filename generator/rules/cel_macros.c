/* Recognises macros when a call is parsed. They are evaluated in cel_loop.c. */
#include "rules/cel_ast.h"

static const struct {
	const char *name;
	size_t args; /* the receiver, the variable and what else there is */
	cel_macro macro;
} macros[] = {
	{ "all", 3, MACRO_ALL },
	{ "exists", 3, MACRO_EXISTS },
	{ "exists_one", 3, MACRO_EXISTS_ONE },
	{ "existsOne", 3, MACRO_EXISTS_ONE },
	{ "map", 3, MACRO_MAP },
	{ "map", 4, MACRO_MAP_IF },
	{ "filter", 3, MACRO_FILTER },
};

static str expand_has(cel_node *call)
{
	cel_node *select = call->args.ptr[0];
	if (select->kind != NODE_SELECT)
		return STR("has() asks for a field, as in has(skill.low)");
	call->kind = NODE_HAS;
	call->name = select->name;
	call->target = select->target;
	call->at = select->at;
	call->at_end = select->at_end;
	call->args.len = 0;
	return STR("");
}

static str expand_loop(arena *a, cel_node *call, cel_macro macro)
{
	const cel_node *variable = call->args.ptr[1];
	if (variable->kind != NODE_IDENT || variable->absolute)
		return arena_printf(a, "the first argument of %.*s() names its variable, as in list.%.*s(x, x > 0)",
			STRF(call->name), STRF(call->name));
	call->kind = NODE_MACRO;
	call->macro = macro;
	call->target = call->args.ptr[0];
	call->name = variable->name;
	call->args.ptr += 2;
	call->args.len -= 2;
	return STR("");
}

str cel_macro_expand(arena *a, cel_node *call)
{
	if (!call->member && call->args.len == 1 && str_eq(call->name, STR("has")))
		return expand_has(call);
	for (size_t i = 0; call->member && i < COUNT(macros); i++)
		if (call->args.len == macros[i].args && str_eq(call->name, str_from(macros[i].name)))
			return expand_loop(a, call, macros[i].macro);
	return STR("");
}
