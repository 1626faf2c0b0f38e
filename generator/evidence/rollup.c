#include "evidence/rollup.h"

#include "base/number.h"

typedef struct {
	vec_rollup_item *out;
	arena *a;
	map places; /* key -> its item's index + 1 */
} roller;

static void put(roller *r, str key, int strength, double mentions)
{
	const size_t *at = map_get(&r->places, key);
	if (at) {
		rollup_item *item = &r->out->ptr[*at];
		item->strength = strength > item->strength ? strength : item->strength;
		item->mentions += mentions;
		return;
	}
	size_t *fresh = NEW(r->a, size_t);
	if (!fresh)
		return;
	*fresh = r->out->len;
	map_put(&r->places, key, fresh);
	vec_push(
		r->a, r->out, (rollup_item){ .key = key, .strength = strength, .postings = 1, .mentions = mentions });
}

const concept *rollup_parent(const concept *one, const catalog *c)
{
	return one->parent.len ? catalog_find(c, "concept", one->parent) : NULL;
}

bool rollup_is_within(const concept *one, const concept *other, const catalog *c)
{
	for (int i = 0; one && i < PARENTS_MAX; i++, one = rollup_parent(one, c))
		if (one == other)
			return true;
	return false;
}

str rollup_group(const concept *one, const catalog *c)
{
	bool technology = one->kind == CONCEPT_TECHNOLOGY;
	for (int i = 0; one && i < PARENTS_MAX; i++) {
		if (one->group.len)
			return one->group;
		one = technology ? rollup_parent(one, c) : NULL;
	}
	return technology ? STR("Other") : STR("");
}

/* A wider concept is named by whatever is narrower, but only once by one mention. */
static void put_mention(roller *r, const mention *m, const catalog *c)
{
	const concept *one = m->concept;
	str group = rollup_group(one, c);
	if (group.len)
		put(r, arena_printf(r->a, "group:%.*s", STRF(group)), (int)m->strength, 1);
	for (int i = 0; one && i < PARENTS_MAX; i++) {
		put(r, arena_printf(r->a, "concept:%.*s", STRF(one->id)), (int)m->strength, 1);
		one = rollup_parent(one, c);
		if (one == m->concept)
			return;
	}
}

static bool asks_better(const years_mention *fresh, const years_mention *best)
{
	if (!best)
		return true;
	if (!fresh->degree.len != !best->degree.len)
		return !fresh->degree.len;
	return fresh->degree.len ? fresh->min < best->min : fresh->min > best->min;
}

const years_mention *rollup_years(const years_mention *all, size_t count)
{
	const years_mention *best = NULL;
	for (size_t i = 0; i < count; i++)
		if (all[i].min >= 0 && asks_better(&all[i], best))
			best = &all[i];
	return best;
}

static void put_years(roller *r, const understanding *u)
{
	const years_mention *best = rollup_years(u->years.ptr, u->years.len);
	if (!best)
		return;
	buf key = { .arena = r->a };
	BUF_LIT(&key, "years:");
	buf_rounded(&key, best->min, 1);
	buf_char(&key, '-');
	if (best->max >= 0)
		buf_rounded(&key, best->max, 1);
	put(r, buf_done(&key), STRENGTH_REQUIRED, 1);
}

void rollup_items(vec_rollup_item *out, arena *a, const understanding *u, const catalog *c)
{
	roller r = { .out = out, .a = a, .places = { .arena = a } };
	EACH (const mention, m, u->mentions)
		if (m->counted && m->concept)
			put_mention(&r, m, c);
	put_years(&r, u);
	EACH (const str, degree, u->education)
		put(&r, arena_printf(a, "degree:%.*s", STRF(*degree)), STRENGTH_REQUIRED, 1);
}
