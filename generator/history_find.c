/* Revisions and changes by what people call them. */
#include "history.h"

#include "base/number.h"
#include "base/text.h"

static bool is_number(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	return s.len > 0;
}

static const change *change_in(const revision *r, str id)
{
	EACH (const change, one, r->changes)
		if (str_eq(one->id, id))
			return one;
	return NULL;
}

/* What is not there gives NULL. Ids may be used again once a revert has taken the cycle back in which they
 * were given: the latest is meant. */
static history_target look_up(list_revision all, str name)
{
	int64_t number;
	if (is_number(name)) {
		bool there = integer_parse(&number, name) && number >= 1 && number <= (int64_t)all.len;
		return (history_target){ .revision = there ? &all.ptr[number - 1] : NULL };
	}
	for (size_t i = all.len; i > 0; i--) {
		const change *one = change_in(&all.ptr[i - 1], name);
		if (one)
			return (history_target){ .revision = &all.ptr[i - 1], .change = one };
	}
	return (history_target){ 0 };
}

static str nearest(cw_context *c, list_revision all, str name)
{
	vec_str names = { 0 };
	EACH (const revision, r, all) {
		vec_push(&c->arena, &names, arena_printf(&c->arena, "%d", r->number));
		EACH (const change, one, r->changes)
			vec_push(&c->arena, &names, one->id);
	}
	return text_suggest(name, names.ptr, names.len);
}

history_target history_find(cw_context *c, list_revision all, str name)
{
	history_target found = look_up(all, name);
	if (found.revision)
		return found;
	str near = is_number(name) ? STR("") : nearest(c, all, name);
	diag_file(&c->diags, E_UNKNOWN_REVISION, c->root, "has no %s '%.*s'; %s%.*s%s",
		is_number(name) ? "revision" : "change", STRF(name),
		near.len ? "did you mean '" : "'coursewright log' lists what there is", STRF(near),
		near.len ? "'?" : "");
	return found;
}
