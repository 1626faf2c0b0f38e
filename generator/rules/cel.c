/* Compiling: the text is looked over, parsed, checked and folded, and the tree is kept with it. Evaluation is
 * in cel_eval.c, looking at programs in cel_inspect.c. */
#include "rules/cel.h"

#include "base/utf8.h"
#include "rules/cel_ast.h"

static bool acceptable(const located *text, diags *d)
{
	size_t bad = utf8_bad_offset(text->text);
	if (bad != SIZE_MAX) {
		diag_add(d, E_BAD_UTF8, located_at(text, bad), "the expression is not UTF-8");
		return false;
	}
	if (text->text.len > CEL_TEXT_MAX) {
		diag_add(d, E_CEL_LIMIT, located_at(text, 0), "an expression has at most %zu bytes", CEL_TEXT_MAX);
		return false;
	}
	return true;
}

uint32_t cel_span(const located *text, size_t from, size_t to)
{
	loc first = located_at(text, from), last = located_at(text, to > from ? to - 1 : from);
	return last.offset > first.offset ? last.offset - first.offset + 1 : 1;
}

cel_program *cel_compile(arena *a, const located *text, const cel_env *env, bool check, diags *d)
{
	cel_program *p = NEW(a, cel_program);
	if (!p || !acceptable(text, d))
		return NULL;
	p->text = *text;
	p->zones = env->zones;
	if (!cel_parse(&p->root, a, &p->text, d) || !cel_check(p->root, a, &p->text, env, check, d))
		return NULL;
	return cel_fold(p, a) ? p : NULL;
}

cel_type cel_result_type(const cel_program *p)
{
	return p->root->type;
}

const located *cel_text(const cel_program *p)
{
	return &p->text;
}
