/* Dividing time and putting slots into weeks, by their properties: whatever is asked, what comes out must
 * hold. */
#include "random.h"
#include "world.h"

#include "plan/allocate.h"
#include "plan/sequence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- dividing time */

enum { CLAIMS_MAX = 24 };

static size_t random_claims(claim *out, random_source *r, arena *a)
{
	size_t count = draw(r, CLAIMS_MAX);
	for (uint32_t i = 0; i < count; i++) {
		int min = (int)draw(r, 10);
		out[i] = (claim){ .weight = draw(r, 4) ? draw(r, 1000) / 100.0 : draw(r, 3),
			.min = min,
			.max = min + (int)draw(r, 30),
			.id = str_from(name(a, "c", i)) };
	}
	return count;
}

static void bounds_of(const claim *claims, size_t count, int *least, int *most)
{
	*least = *most = 0;
	for (size_t i = 0; i < count; i++) {
		*least += claims[i].min;
		*most += claims[i].max;
	}
}

/* Sum, bounds, and that no unit would be better placed elsewhere: what one claim gave its last unit up for is
 * never less than what another still asks. */
static void check_allocation(const claim *c, size_t count, int total, uint64_t seed)
{
	int sum = 0;
	for (size_t i = 0; i < count; i++) {
		sum += c[i].units;
		require_that(c[i].units >= c[i].min && c[i].units <= c[i].max, "seed %zu: bounds", (size_t)seed);
	}
	require_that(sum == total, "seed %zu: %d of %d", (size_t)seed, sum, total);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if (c[i].units < c[i].max && c[k].units > c[k].min)
				require_that(c[i].weight / (2.0 * c[i].units + 1) <= c[k].weight / (2.0 * c[k].units - 1),
					"seed %zu: %zu should have what %zu has", (size_t)seed, i, k);
}

Test(allocate, allocate_sum_bounds_fairness)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 2000; seed++) {
		random_source r = seeded(seed);
		claim claims[CLAIMS_MAX];
		size_t count = random_claims(claims, &r, &a);
		int least, most;
		bounds_of(claims, count, &least, &most);
		int total = least + (int)draw(&r, (uint32_t)(most - least + 1));
		require_that(allocate(claims, count, total, &a), "seed %zu", (size_t)seed);
		check_allocation(claims, count, total, seed);
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(allocate, allocate_impossible)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 300; seed++) {
		random_source r = seeded(seed);
		claim claims[CLAIMS_MAX];
		size_t count = random_claims(claims, &r, &a);
		int least, most;
		bounds_of(claims, count, &least, &most);
		require(!allocate(claims, count, most + 1 + (int)draw(&r, 5), &a));
		for (size_t i = 0; i < count; i++)
			require(claims[i].units == claims[i].max);
		require(!allocate(claims, count, least - 1, &a));
		for (size_t i = 0; i < count; i++)
			require(claims[i].units == claims[i].min);
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(allocate, allocate_monotone)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		random_source r = seeded(seed);
		claim first[CLAIMS_MAX], more[CLAIMS_MAX], heavier[CLAIMS_MAX];
		size_t count = random_claims(first, &r, &a);
		int least, most;
		bounds_of(first, count, &least, &most);
		if (count == 0 || most == least)
			continue;
		int total = least + (int)draw(&r, (uint32_t)(most - least));
		memcpy(more, first, sizeof first);
		memcpy(heavier, first, sizeof first);
		size_t favoured = draw(&r, (uint32_t)count);
		heavier[favoured].weight += 0.01 + draw(&r, 300) / 100.0;
		allocate(first, count, total, &a);
		allocate(more, count, total + 1, &a);
		allocate(heavier, count, total, &a);
		size_t grown = 0;
		for (size_t i = 0; i < count; i++) {
			require_that(more[i].units >= first[i].units, "seed %zu: one more unit took one", (size_t)seed);
			grown += more[i].units > first[i].units;
		}
		require(grown == 1);
		require_that(heavier[favoured].units >= first[favoured].units, "seed %zu: more weight, less time",
			(size_t)seed);
		for (size_t i = 0; i < count; i++)
			require(i == favoured || heavier[i].units <= first[i].units);
	}
	arena_free(&a);
	NO_LEAKS();
}

static int by_claim_id(const void *x, const void *y)
{
	return str_cmp(((const claim *)x)->id, ((const claim *)y)->id);
}

Test(allocate, allocate_order_does_not_matter)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 500; seed++) {
		random_source r = seeded(seed);
		claim one[CLAIMS_MAX], other[CLAIMS_MAX];
		size_t count = random_claims(one, &r, &a);
		for (size_t i = 0; i < count && seed % 2; i++)
			one[i].weight = 1; /* nothing but ties */
		int least, most;
		bounds_of(one, count, &least, &most);
		int total = least + (int)draw(&r, (uint32_t)(most - least + 1));
		memcpy(other, one, sizeof one);
		SHUFFLE(&r, other, count);
		allocate(one, count, total, &a);
		allocate(other, count, total, &a);
		qsort(one, count, sizeof *one, by_claim_id);
		qsort(other, count, sizeof *other, by_claim_id);
		for (size_t i = 0; i < count; i++)
			require_that(one[i].units == other[i].units, "seed %zu", (size_t)seed);
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(allocate, percentages)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 2000; seed++) {
		random_source r = seeded(seed);
		size_t count = 1 + draw(&r, seed % 10 ? 30 : 150);
		double parts[160], sum = 0;
		int out[160], given = 0;
		for (size_t i = 0; i < count; i++)
			sum += parts[i] = seed % 7 ? draw(&r, 1000) / 7.0 : 0;
		allocate_percent(parts, out, count, 100, &a);
		for (size_t i = 0; i < count; i++) {
			given += out[i];
			require_that(out[i] >= (count <= 100 ? 1 : 0), "seed %zu: %d", (size_t)seed, out[i]);
			double least = count <= 100 ? 1 : 0, rest = 100 - least * (double)count;
			double exact = least + (sum > 0 ? rest * parts[i] / sum : rest / (double)count);
			require_that(fabs(out[i] - exact) <= 1, "seed %zu: %d, exactly %g", (size_t)seed, out[i], exact);
		}
		require_that(given == 100, "seed %zu: %d", (size_t)seed, given);
	}
	int none[1] = { 7 };
	allocate_percent(NULL, none, 0, 100, &a);
	require(none[0] == 7);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- order and weeks */

enum { SLOTS_MAX = 40 };

/* Modules whose prerequisites have smaller numbers, and tasks on some of them. */
static size_t random_slots(slot *out, random_source *r, arena *a)
{
	uint32_t modules = 1 + draw(r, 20), tasks = draw(r, 20);
	for (uint32_t i = 0; i < modules + tasks; i++) {
		vec_str after = { 0 };
		bool task = i >= modules;
		for (uint32_t k = 0; k < (task ? modules : i); k++)
			if (draw(r, 5) == 0)
				vec_push(a, &after, str_from(name(a, "m", k)));
		vec_push(a, &after, STR("prior-knowledge"));
		out[i] = (slot){ .id = str_from(name(a, task ? "t" : "m", i)),
			.weight = draw(r, 5),
			.units = (int)draw(r, 20),
			.task = task,
			.after = { after.ptr, after.len } };
	}
	return modules + tasks;
}

static size_t place_of(const slot *slots, size_t count, str id)
{
	size_t i = 0;
	while (i < count && !str_eq(slots[i].id, id))
		i++;
	return i;
}

Test(allocate, sequence)
{
	for (uint64_t seed = 1; seed <= 500; seed++) {
		arena a = { 0 };
		diags d = { .arena = &a };
		random_source r = seeded(seed);
		slot slots[SLOTS_MAX], other[SLOTS_MAX];
		size_t count = random_slots(slots, &r, &a);
		memcpy(other, slots, sizeof slots);
		SHUFFLE(&r, other, count);
		require(sequence_order(slots, count, (loc){ 0 }, &a, &d) &&
				sequence_order(other, count, (loc){ 0 }, &a, &d));
		for (size_t i = 0; i < count; i++) {
			require_that(str_eq(slots[i].id, other[i].id), "seed %zu: the order given matters", (size_t)seed);
			EACH (const str, id, slots[i].after) {
				size_t at = place_of(slots, count, *id);
				require_that(
					at == count || at < i, "seed %zu: %.*s too early", (size_t)seed, STRF(slots[i].id));
			}
		}
		arena_free(&a);
	}
	NO_LEAKS();
}

/* A task stands right behind the last of its modules: only other tasks may come between. */
Test(allocate, tasks_come_as_soon_as_they_can)
{
	arena a = { 0 };
	diags d = { .arena = &a };
	random_source r = seeded(7);
	slot slots[SLOTS_MAX];
	size_t count = random_slots(slots, &r, &a);
	require(sequence_order(slots, count, (loc){ 0 }, &a, &d));
	for (size_t i = 0; i < count; i++) {
		if (!slots[i].task)
			continue;
		size_t last = 0, k = i;
		EACH (const str, id, slots[i].after)
			if (place_of(slots, count, *id) < count && place_of(slots, count, *id) > last)
				last = place_of(slots, count, *id);
		while (k > last && slots[k].task)
			k--;
		require(k == last);
	}
	arena_free(&a);
	NO_LEAKS();
}

#define SUMMATIVE .task = true, .summative = true

static size_t clashes(const slot *slots, size_t count, int weeks)
{
	slot copy[SLOTS_MAX];
	size_t found = 0;
	int taken = 0;
	memcpy(copy, slots, count * sizeof *slots);
	sequence_weeks(copy, count, weeks);
	for (size_t i = 0; i < count; i++)
		if (copy[i].summative) {
			found += copy[i].week_to == taken;
			taken = copy[i].week_to;
		}
	return found;
}

/* Spreading keeps every slot, the order of modules and what comes after what, and makes nothing worse. */
Test(allocate, spread)
{
	size_t before = 0, after = 0;
	for (uint64_t seed = 1; seed <= 500; seed++) {
		arena a = { 0 };
		diags d = { .arena = &a };
		random_source r = seeded(seed);
		slot slots[SLOTS_MAX], spread[SLOTS_MAX];
		size_t count = random_slots(slots, &r, &a);
		int weeks = 1 + (int)draw(&r, 30);
		for (size_t i = 0; i < count; i++)
			slots[i].summative = slots[i].task && draw(&r, 2) == 0;
		require(sequence_order(slots, count, (loc){ 0 }, &a, &d));
		memcpy(spread, slots, sizeof slots);
		sequence_spread(spread, count, weeks, 0, &a);
		size_t last_module = 0;
		for (size_t i = 0; i < count; i++) {
			size_t at = place_of(spread, count, slots[i].id);
			require_that(at < count, "seed %zu: %.*s is gone", (size_t)seed, STRF(slots[i].id));
			require(slots[i].task || at >= last_module);
			last_module = slots[i].task ? last_module : at;
			EACH (const str, id, slots[i].after)
				require(place_of(spread, count, *id) == count || place_of(spread, count, *id) < at);
		}
		size_t had = clashes(slots, count, weeks), has = clashes(spread, count, weeks);
		require_that(has <= had, "seed %zu: %zu clashes were %zu", (size_t)seed, has, had);
		if (had == 0)
			require(memcmp(slots, spread, count * sizeof *slots) == 0);
		before += had;
		after += has;
		arena_free(&a);
	}
	require_that(after < before, "%zu of %zu clashes are left", after, before);
	NO_LEAKS();
}

static const char *spread_ids(arena *a, slot *slots, size_t count, int weeks)
{
	buf b = { .arena = a };
	sequence_spread(slots, count, weeks, 0, a);
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", STRF(slots[i].id));
	return arena_cstr(a, buf_done(&b));
}

Test(allocate, spread_by_hand)
{
	arena a = { 0 };
	/* a later module comes between; weeks of 10 units */
	slot middle[] = { { .id = STR("m"), .units = 10 }, { .id = STR("s"), .units = 4, SUMMATIVE },
		{ .id = STR("t"), .units = 4, SUMMATIVE }, { .id = STR("n"), .units = 12 } };
	require(strcmp(spread_ids(&a, middle, COUNT(middle), 3), "m s n t") == 0);
	/* at the end of the course: a lab does */
	slot end[] = { { .id = STR("m"), .units = 12 }, { .id = STR("l"), .units = 10, .task = true },
		{ .id = STR("s"), .units = 4, SUMMATIVE }, { .id = STR("t"), .units = 4, SUMMATIVE } };
	require(strcmp(spread_ids(&a, end, COUNT(end), 3), "m s l t") == 0);
	/* nothing can come between: all stays */
	slot tight[] = { { .id = STR("m"), .units = 22 }, { .id = STR("s"), .units = 4, SUMMATIVE },
		{ .id = STR("t"), .units = 4, SUMMATIVE } };
	require(strcmp(spread_ids(&a, tight, COUNT(tight), 3), "m s t") == 0);
	/* the lab is too short to help, so that it is not put off */
	slot little[] = { { .id = STR("m"), .units = 20 }, { .id = STR("l"), .units = 1, .task = true },
		{ .id = STR("s"), .units = 4, SUMMATIVE }, { .id = STR("t"), .units = 4, SUMMATIVE } };
	require(strcmp(spread_ids(&a, little, COUNT(little), 3), "m l s t") == 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(allocate, weeks_are_balanced)
{
	for (uint64_t seed = 1; seed <= 500; seed++) {
		random_source r = seeded(seed);
		slot slots[SLOTS_MAX] = { 0 };
		size_t count = 1 + draw(&r, SLOTS_MAX - 1);
		int weeks = 1 + (int)draw(&r, 52), total = 0, load[60] = { 0 }, unit = 0, at = 1;
		for (size_t i = 0; i < count; i++)
			total += slots[i].units = (int)draw(&r, 40);
		sequence_weeks(slots, count, weeks);
		for (size_t i = 0; i < count; i++) {
			require(slots[i].week_from >= at && slots[i].week_to >= slots[i].week_from &&
					slots[i].week_to <= weeks);
			at = slots[i].week_from;
			/* units one after the other, each week taking its part */
			for (int k = 0; k < slots[i].units; k++, unit++) {
				int week = 1;
				while ((int64_t)week * total / weeks <= unit)
					week++;
				load[week]++;
				require_that(
					week >= slots[i].week_from && week <= slots[i].week_to, "seed %zu", (size_t)seed);
				require(k > 0 || week == slots[i].week_from);
				require(k < slots[i].units - 1 || week == slots[i].week_to);
			}
		}
		for (int w = 1; w <= weeks; w++)
			require_that(load[w] == total / weeks || load[w] == (total + weeks - 1) / weeks,
				"seed %zu: %d of %d in %d", (size_t)seed, load[w], total, weeks);
	}
	slot none = { 0 };
	sequence_weeks(&none, 1, 0);
	require(none.week_from == 1 && none.week_to == 1);
}

Test(allocate, prerequisite_circle)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	slot slots[] = { { .id = STR("first") }, { .id = STR("c"), .after = words(&a, "b first") },
		{ .id = STR("b"), .after = words(&a, "d") }, { .id = STR("d"), .after = words(&a, "c") },
		{ .id = STR("behind"), .after = words(&a, "c") }, { .id = STR("aa"), .after = words(&a, "behind") },
		{ .id = STR("lab:x"), .task = true, .after = words(&a, "aa") } };
	require(!sequence_order(slots, COUNT(slots), (loc){ 1, 2 }, &a, &d));
	require(d.list.len == 1 && d.list.ptr[0].code == E_PREREQUISITE_CYCLE && d.list.ptr[0].at.offset == 2);
	assert_str(d.list.ptr[0].text, "prerequisites go round in a circle: c needs b needs d needs c");
	slot self[] = { { .id = STR("me"), .after = words(&a, "me") } };
	require(!sequence_order(self, 1, (loc){ 0 }, &a, &d));
	assert_str(d.list.ptr[1].text, "prerequisites go round in a circle: me needs me");
	arena_free(&a);
	NO_LEAKS();
}
