/* Constants, worked out once: what is made of constants alone becomes its value, unless that is an error,
 * which must come up when it is evaluated and at its own place. Patterns that turn out constant are compiled.
 */
#include "rules/cel_run.h"

#define FOLD_STEPS_MAX 1000000u /* of all of a program; what is left unfolded is evaluated each time */

typedef struct {
	arena *arena;
	cel_program *program;
	cel_run run;
	bool spent; /* the steps are used up */
} folder;

static bool is_constant(const cel_node *n)
{
	return n->kind == NODE_CONST;
}

static bool parts_are_constant(const cel_node *n)
{
	if (n->target && !is_constant(n->target))
		return false;
	for (size_t i = 0; i < n->args.len; i++)
		if (!is_constant(n->args.ptr[i]))
			return false;
	return true;
}

static void fold_pattern(folder *f, cel_node *n)
{
	const cel_node *pattern = n->args.len == 2 ? n->args.ptr[1] : NULL;
	if (!str_eq(n->name, STR("matches")) || !pattern || !is_constant(pattern) ||
		pattern->constant.kind != V_STRING)
		return;
	str message = STR("");
	if (!n->pattern)
		n->pattern = cel_pattern_compile(f->arena, pattern->constant.string, &message);
	if (!n->pattern)
		return;
	if (!f->program->matcher)
		f->program->matcher = cel_matcher_new(f->arena);
	if (f->program->matcher)
		cel_matcher_prepare(f->program->matcher, n->pattern);
	f->run.matcher = f->program->matcher;
}

static void fold_count(cel_node *n)
{
	cel_node *filter = n->args.len == 1 && n->function_count ? n->args.ptr[0] : NULL;
	if (!str_eq(n->name, STR("size")) || !filter || filter->kind != NODE_MACRO ||
		filter->macro != MACRO_FILTER)
		return;
	n->kind = NODE_MACRO;
	n->macro = MACRO_COUNT;
	n->name = filter->name;
	n->slot = filter->slot;
	n->at = filter->at;
	n->at_end = filter->at_end;
	n->target = filter->target;
	n->args = filter->args;
}

static void fold(folder *f, cel_node *n)
{
	if (n->target)
		fold(f, n->target);
	for (size_t i = 0; i < n->args.len; i++)
		fold(f, n->args.ptr[i]);
	if (n->kind == NODE_CALL) {
		fold_pattern(f, n);
		fold_count(n);
	}
	bool leaf =
		n->kind == NODE_CONST || n->kind == NODE_IDENT || n->kind == NODE_VARIABLE || n->kind == NODE_LOCAL;
	if (leaf || f->spent || f->arena->failed || !parts_are_constant(n))
		return;
	value v = cel_run_node(&f->run, n);
	f->spent = f->run.steps > CEL_STEPS_MAX;
	if (v.kind == V_ERROR || f->spent || f->arena->failed)
		return;
	n->kind = NODE_CONST;
	n->constant = v;
	n->target = NULL;
	n->args.len = 0;
}

bool cel_fold(cel_program *p, arena *a)
{
	folder f; /* cel_run_begin says why it is not cleared */
	f.arena = a;
	f.program = p;
	f.spent = false;
	cel_run_begin(&f.run, p, NULL, a);
	f.run.steps = CEL_STEPS_MAX - FOLD_STEPS_MAX;
	fold(&f, p->root);
	return !a->failed;
}
