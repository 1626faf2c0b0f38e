/* Merging by its properties, on random plans in random layouts, against a merge of numbers. */
#include "merge_model.h"

#include <stdlib.h>

enum { MOST_ITEMS = 5, FRESH = 20 };

/* So many, or as many as MERGE_SEEDS says. */
static unsigned seeds(unsigned usual)
{
	const char *given = getenv("MERGE_SEEDS");
	return given ? (unsigned)strtoul(given, NULL, 10) : usual;
}

static unsigned first_seed(void)
{
	const char *given = getenv("MERGE_FIRST");
	return given ? (unsigned)strtoul(given, NULL, 10) : 0;
}

#define EVERY_SEED(seed, usual) \
	for (unsigned seed = first_seed(), last_##seed = seed + seeds(usual); seed < last_##seed; seed++)

static void changed(model *out, const model *from, random_source *r, uint32_t most)
{
	*out = *from;
	for (uint32_t n = draw(r, most + 1); n > 0; n--)
		change_model(out, r, FRESH + draw(r, 3));
}

static void close_quietly(merging *m)
{
	arena_free(&m->f.a);
}

#define seed_that(condition, ...) \
	require_that(condition, \
		"seed %u: %s\n---- base\n%.*s---- edited\n%.*s\n---- made\n%.*s---- got\n%.*s---- %.*s", seed, \
		__VA_ARGS__, STRF(base), STRF(edited), STRF(made), STRF(m.result.text), STRF(merging_conflicts(&m)))

/* ---- one side only */

Test(merge_random, what_is_only_generated_is_taken_byte_for_byte)
{
	EVERY_SEED(seed, 100)
	{
		arena a = { 0 };
		random_source r = seeded(seed);
		model one, two;
		merging m;
		random_model(&one, &r, MOST_ITEMS);
		changed(&two, &one, &r, 8);
		str base = write_model(&a, &one, &r, LAYOUT_GENERATED, NULL), edited = base,
			made = write_model(&a, &two, &r, LAYOUT_GENERATED, NULL);
		merging_run(&m, base, edited, made);
		seed_that(m.ok && str_eq(m.result.text, made), "not the new plan");
		require(m.result.kept == 0 && (m.result.taken > 0) == !str_eq(base, made));
		close_quietly(&m);
		arena_free(&a);
	}
	NO_LEAKS();
}

Test(merge_random, what_is_only_edited_is_kept_byte_for_byte)
{
	EVERY_SEED(seed, 100)
	{
		arena a = { 0 };
		random_source r = seeded(seed);
		model one, two;
		merging m;
		list_str edits;
		random_model(&one, &r, MOST_ITEMS);
		changed(&two, &one, &r, 8);
		str base = write_model(&a, &one, &r, LAYOUT_GENERATED, NULL), made = base,
			edited = write_model(&a, &two, &r, LAYOUT_WILD, NULL);
		merging_run(&m, base, edited, made);
		seed_that(m.ok && str_eq(m.result.text, edited), "not the edited plan");
		require(merge_edits(&edits, &m.f.a, m.base, m.edited, &m.f.d));
		require(m.result.taken == 0 && m.result.kept == edits.len);
		close_quietly(&m);
		merging_run(&m, base, edited, edited);
		seed_that(m.ok && str_eq(m.result.text, edited), "not the same on both sides");
		require(m.result.taken == 0 && m.result.kept == 0);
		close_quietly(&m);
		arena_free(&a);
	}
	NO_LEAKS();
}

/* ---- both sides */

/* The merge of one number; false if it is a conflict. */
static bool merge_number(uint32_t *out, uint32_t base, uint32_t edited, uint32_t made)
{
	*out = edited == base ? made : edited;
	return edited == base || made == base || edited == made;
}

static bool same_item(const model_item *a, const model_item *b)
{
	return a && b ? memcmp(a->values, b->values, sizeof a->values) == 0 : a == b;
}

/* What becomes of an item; false if it is a conflict. `found`: it is in the merged plan. */
static bool merge_item_of(
	model_item *out, bool *found, const model_item *base, const model_item *edited, const model_item *made)
{
	bool ok = true;
	if (base && edited && made) {
		*found = true;
		*out = *edited;
		for (size_t i = 0; i < MODEL_SLOTS; i++)
			ok &= merge_number(&out->values[i], base->values[i], edited->values[i], made->values[i]);
		return ok;
	}
	const model_item *result = same_item(base, edited) ? made : edited;
	*found = result;
	if (result)
		*out = *result;
	return same_item(base, edited) || same_item(base, made) || same_item(edited, made);
}

/* The merged plan, its items by id. */
static bool merge_models(model *out, const model *base, const model *edited, const model *made)
{
	bool ok = true;
	*out = (model){ 0 };
	for (size_t i = 0; i < MODEL_SLOTS; i++)
		ok &= merge_number(&out->course[i], base->course[i], edited->course[i], made->course[i]);
	for (size_t k = 0; k < MERGE_KINDS; k++)
		for (uint32_t id = 0; id < FRESH + 3; id++) {
			bool found;
			model_item item = { 0 };
			ok &= merge_item_of(
				&item, &found, model_find(base, k, id), model_find(edited, k, id), model_find(made, k, id));
			if (found)
				out->items[k][out->counts[k]++] = item;
		}
	return ok;
}

/* The ids of a list as they stand in the text. */
static uint32_t ids_in(uint32_t *ids, const yaml_node *root, size_t k)
{
	const yaml_node *list = yaml_get(root, str_from(model_kinds[k].key));
	uint32_t count = 0;
	for (size_t i = 0; list && i < list->items.len && i < MODEL_ITEMS; i++) {
		str id = yaml_get(list->items.ptr[i], str_from(model_kinds[k].id))->text;
		ids[count++] = (uint32_t)strtoul(str_skip(id, strlen(model_kinds[k].prefix)).ptr, NULL, 10);
	}
	return count;
}

/* The items of `m` in this order; false if those are not its items. */
static bool put_in_order(model *m, size_t k, const uint32_t *ids, uint32_t count)
{
	model sorted = *m;
	if (count != m->counts[k])
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const model_item *item = model_find(m, k, ids[i]);
		if (!item)
			return false;
		sorted.items[k][i] = *item;
	}
	*m = sorted;
	return true;
}

typedef bool id_filter(const model *const *sides, size_t k, uint32_t id);

/* Whether both have in the same order what passes. */
static bool same_order(
	const model *left, const model *right, size_t k, const model *const *sides, id_filter *passes)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < left->counts[k]; i++) {
		uint32_t id = left->items[k][i].id;
		if (!passes(sides, k, id) || !model_find(right, k, id))
			continue;
		while (at < right->counts[k] && (right->items[k][at].id != id))
			at++;
		if (at == right->counts[k])
			return false;
	}
	return true;
}

static bool in_all(const model *const *sides, size_t k, uint32_t id)
{
	return model_find(sides[0], k, id) && model_find(sides[1], k, id) && model_find(sides[2], k, id);
}

static bool only_edited(const model *const *sides, size_t k, uint32_t id)
{
	return model_find(sides[1], k, id) && !in_all(sides, k, id);
}

static bool was_edited(const model *const *sides, size_t k, uint32_t id)
{
	return model_find(sides[1], k, id);
}

/* What comes stands behind what precedes it in the new plan. */
static bool arrivals_in_place(const model *merged, size_t k, const model *const *sides)
{
	const model_item *before = NULL;
	for (uint32_t i = 0; i < sides[2]->counts[k]; i++) {
		const model_item *item = model_find(merged, k, sides[2]->items[k][i].id);
		if (!item)
			continue;
		bool comes = !model_find(sides[1], k, item->id);
		if (comes && (before ? item != before + 1 : item != merged->items[k]))
			return false;
		before = item;
	}
	return true;
}

static bool order_is_right(const model *merged, size_t k, const model *const *sides)
{
	if (!arrivals_in_place(merged, k, sides))
		return false;
	if (!same_order(sides[1], sides[0], k, sides, in_all))
		return same_order(sides[1], merged, k, sides, was_edited);
	return same_order(sides[2], merged, k, sides, in_all) &&
		   same_order(sides[1], merged, k, sides, only_edited);
}

static const yaml_node *parse(arena *a, str text)
{
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	return yaml_read(a, sources_add(&s, STR("t"), text), &d);
}

/* The root with lists that are empty in `like` added and decisions taken over, since the numbers have
 * neither.
 */
static const yaml_node *complete(arena *a, yaml_node *root, const yaml_node *like)
{
	EACH (yaml_pair, p, like->pairs) {
		bool empty = p->value->kind == YAML_LIST && p->value->items.len == 0;
		if ((empty || str_eq(p->key, STR("decisions"))) && !yaml_get(root, p->key))
			vec_push(a, &root->pairs, *p);
	}
	return root;
}

static bool is_model(arena *a, str text, model *wanted, const model *const *sides, const char **why)
{
	random_source none = seeded(0);
	const yaml_node *got = parse(a, text);
	*why = "no plan";
	if (!got)
		return false;
	for (size_t k = 0; k < MERGE_KINDS; k++) {
		uint32_t ids[MODEL_ITEMS];
		*why = "other items";
		if (!put_in_order(wanted, k, ids, ids_in(ids, got, k)))
			return false;
		*why = "another order";
		if (!order_is_right(wanted, k, sides))
			return false;
	}
	*why = "other values";
	yaml_node *root = (yaml_node *)(uintptr_t)parse(a, write_model(a, wanted, &none, LAYOUT_GENERATED, NULL));
	return root && merge_same(a, complete(a, root, got), got);
}

static bool has_all_comments(arena *a, str text, uint32_t count)
{
	for (uint32_t i = 1; i <= count; i++)
		if (str_find(text, arena_printf(a, "# note %u.", i), 0) == SIZE_MAX)
			return false;
	return true;
}

static bool only_because_of_layout(const merge_result *result)
{
	EACH (const merge_conflict, c, result->conflicts)
		if (!str_eq(c->why, STR(WHY_COMMENT)) && !str_eq(c->why, STR(WHY_FLOW)) &&
			!str_eq(c->why, STR(WHY_MARK)))
			return false;
	return true;
}

/* Merged, and merged again with the new plan as the base, where nothing is left to take. */
static void check_again(unsigned seed, str base, str edited, str made)
{
	merging m;
	merging_run(&m, base, edited, made);
	seed_that(m.ok && str_eq(m.result.text, edited), "a second merge changes something");
	close_quietly(&m);
}

static size_t check_seed(unsigned seed, layout l)
{
	arena a = { 0 };
	random_source r = seeded(seed);
	model models[SIDES], wanted;
	const model *sides[] = { &models[0], &models[1], &models[2] };
	uint32_t comments = 0;
	merging m;
	random_model(&models[0], &r, MOST_ITEMS);
	changed(&models[1], &models[0], &r, 4);
	changed(&models[2], &models[0], &r, 6);
	str base = write_model(&a, &models[0], &r, LAYOUT_GENERATED, NULL),
		edited = write_model(&a, &models[1], &r, l, &comments),
		made = write_model(&a, &models[2], &r, LAYOUT_GENERATED, NULL);
	bool ok = merge_models(&wanted, sides[0], sides[1], sides[2]);
	merging_run(&m, base, edited, made);
	seed_that(m.ok && (m.result.conflicts.len == 0) == (m.result.text.len > 0), "no result");
	if (!ok)
		seed_that(m.result.conflicts.len > 0, "no conflict");
	else if (l == LAYOUT_GENTLE)
		seed_that(m.result.conflicts.len == 0, "a conflict");
	else
		seed_that(only_because_of_layout(&m.result), "a conflict without a reason");
	bool merged = m.result.conflicts.len == 0;
	if (merged) {
		const char *why;
		bool right = is_model(&a, m.result.text, &wanted, sides, &why);
		seed_that(right, why);
		seed_that(has_all_comments(&a, m.result.text, comments), "a comment is gone");
		seed_that((m.result.taken == 0) == str_eq(m.result.text, edited), "taken is wrong");
		check_again(seed, made, m.result.text, made);
	}
	close_quietly(&m);
	arena_free(&a);
	return merged;
}

Test(merge_random, gentle_layouts)
{
	size_t merged = 0, count = 0;
	EVERY_SEED(seed, 150)
	{
		merged += check_seed(seed, LAYOUT_GENTLE);
		count++;
	}
	cr_expect(count < 100 || merged > count / 4, "only %zu of %zu were merged", merged, count);
	NO_LEAKS();
}

Test(merge_random, wild_layouts)
{
	size_t merged = 0, count = 0;
	EVERY_SEED(seed, 150)
	{
		merged += check_seed(seed, LAYOUT_WILD);
		count++;
	}
	cr_expect(count < 100 || merged > count / 8, "only %zu of %zu were merged", merged, count);
	NO_LEAKS();
}

/* ---- sides changed places */

static str sorted_text(arena *a, const model *from)
{
	random_source none = seeded(0);
	return write_model(a, from, &none, LAYOUT_GENERATED, NULL);
}

/* Edits that do not touch each other give the same plan from either side, but for the order of items. */
Test(merge_random, sides_commute)
{
	EVERY_SEED(seed, 60)
	{
		arena a = { 0 };
		random_source r = seeded(seed);
		model models[SIDES], wanted;
		const model *there[] = { &models[0], &models[1], &models[2] },
					*back[] = { &models[0], &models[2], &models[1] };
		const char *why;
		random_model(&models[0], &r, MOST_ITEMS);
		changed(&models[1], &models[0], &r, 3);
		changed(&models[2], &models[0], &r, 3);
		str base = sorted_text(&a, &models[0]), edited = sorted_text(&a, &models[1]),
			made = sorted_text(&a, &models[2]);
		if (merge_models(&wanted, there[0], there[1], there[2])) {
			merging m;
			merging_run(&m, base, edited, made);
			bool right = is_model(&a, m.result.text, &wanted, there, &why);
			seed_that(right, why);
			close_quietly(&m);
			merging_run(&m, base, made, edited);
			right = is_model(&a, m.result.text, &wanted, back, &why);
			seed_that(right, why);
			close_quietly(&m);
		}
		arena_free(&a);
	}
	NO_LEAKS();
}
