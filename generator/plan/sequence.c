#include "plan/sequence.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum { PUT_OFF_MAX = 3 }; /* weeks by which a task may come later to make room between summative ones */

typedef VEC(uint32_t) vec_index;

typedef struct {
	arena *arena;
	slot *slots;
	size_t count;
	map modules;        /* id -> index + 1, as a pointer */
	vec_index *waiters; /* of each slot: who comes after it */
	uint32_t *waiting;  /* how many each slot still waits for */
	uint32_t *heap;     /* slots that may come next */
	size_t heap_len;
} sorter;

/* Tasks before modules, so that each comes right after what it needs; then the heaviest; then by id. */
static bool comes_first(const slot *a, const slot *b)
{
	if (a->task != b->task)
		return a->task;
	return a->weight != b->weight ? a->weight > b->weight : str_cmp(a->id, b->id) < 0;
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;
	*a = *b;
	*b = kept;
}

static void push(sorter *s, uint32_t i)
{
	size_t at = s->heap_len++;
	s->heap[at] = i;
	while (at && comes_first(&s->slots[s->heap[at]], &s->slots[s->heap[(at - 1) / 2]])) {
		swap(&s->heap[at], &s->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static uint32_t pop(sorter *s)
{
	uint32_t top = s->heap[0];
	s->heap[0] = s->heap[--s->heap_len];
	for (size_t at = 0;;) {
		size_t best = at;
		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < s->heap_len; child++)
			if (comes_first(&s->slots[s->heap[child]], &s->slots[s->heap[best]]))
				best = child;
		if (best == at)
			return top;
		swap(&s->heap[at], &s->heap[best]);
		at = best;
	}
}

static void connect(sorter *s)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (!s->slots[i].task)
			map_put(&s->modules, s->slots[i].id, (void *)(uintptr_t)(i + 1));
	for (uint32_t i = 0; i < s->count; i++)
		EACH (const str, id, s->slots[i].after) {
			uintptr_t before = (uintptr_t)map_get(&s->modules, *id);
			if (!before)
				continue;
			vec_push(s->arena, &s->waiters[before - 1], i);
			s->waiting[i]++;
		}
}

/* A prerequisite that is itself still waiting; there is one, or the slot would not wait. */
static uint32_t waits_for(const sorter *s, uint32_t i)
{
	uint32_t found = i;
	EACH (const str, id, s->slots[i].after) {
		uintptr_t before = (uintptr_t)map_get(&s->modules, *id);
		if (before && s->waiting[before - 1] && (found == i || str_cmp(*id, s->slots[found].id) < 0))
			found = (uint32_t)(before - 1);
	}
	return found;
}

/* Goes from prerequisite to prerequisite until one comes again: from there on it is the circle. */
static void report(const sorter *s, loc at, arena *a, diags *d)
{
	uint32_t i = UINT32_MAX;
	for (uint32_t k = 0; k < s->count; k++)
		if (s->waiting[k] && (i == UINT32_MAX || str_cmp(s->slots[k].id, s->slots[i].id) < 0))
			i = k;
	bool *seen = NEWN(a, bool, s->count);
	if (!seen)
		return;
	for (; !seen[i]; i = waits_for(s, i))
		seen[i] = true;
	buf names = { .arena = a };
	uint32_t first = i;
	do {
		buf_printf(&names, "%.*s needs ", STRF(s->slots[i].id));
		i = waits_for(s, i);
	} while (i != first);
	diag_add(d, E_PREREQUISITE_CYCLE, at, "prerequisites go round in a circle: %.*s%.*s",
		STRF(buf_done(&names)), STRF(s->slots[first].id));
}

bool sequence_order(slot *slots, size_t count, loc at, arena *scratch, diags *d)
{
	sorter s = { .arena = scratch, .slots = slots, .count = count, .modules = { .arena = scratch } };
	s.waiters = NEWN(scratch, vec_index, count);
	s.waiting = NEWN(scratch, uint32_t, count);
	s.heap = NEWN(scratch, uint32_t, count);
	slot *sorted = NEWN(scratch, slot, count);
	if (count == 0 || !s.waiters || !s.waiting || !s.heap || !sorted)
		return count == 0;
	connect(&s);
	for (uint32_t i = 0; i < count; i++)
		if (s.waiting[i] == 0)
			push(&s, i);
	size_t done = 0;
	while (s.heap_len) {
		uint32_t next = pop(&s);
		sorted[done++] = slots[next];
		EACH (uint32_t, w, s.waiters[next])
			if (--s.waiting[*w] == 0)
				push(&s, *w);
	}
	if (done < count && scratch->failed)
		return false; /* not a circle: who waits for whom is incomplete */
	if (done < count) {
		report(&s, at, scratch, d);
		return false;
	}
	memcpy(slots, sorted, count * sizeof *slots);
	return !scratch->failed;
}

/* The week in which that unit falls when `total` units are spread evenly: week k holds the units from k x
 * total / weeks on. */
static int week_of(int64_t unit, int64_t total, int64_t weeks)
{
	int64_t k = total ? unit * weeks / total : 0;
	while (k > 0 && (k >= weeks || k * total / weeks > unit))
		k--;
	while (k + 1 < weeks && (k + 1) * total / weeks <= unit)
		k++;
	return (int)k + 1;
}

static int64_t sum_units(const slot *slots, size_t count)
{
	int64_t total = 0;
	for (size_t i = 0; i < count; i++)
		total += slots[i].units;
	return total;
}

/* A new order while it is made, from its beginning or from its end. */
typedef struct {
	slot *out;
	size_t count;
	int64_t at, total; /* units: where the next slot begins, or ends if the order is made from its end */
	int weeks, taken;  /* the week in which the nearest summative task is due */
} spread;

static int due_of(const spread *s, int64_t end)
{
	return week_of(end > 0 ? end - 1 : 0, s->total, s->weeks);
}

static bool clashes_after(const spread *s, const slot *one)
{
	return one->summative && due_of(s, s->at + one->units) == s->taken;
}

static void append(spread *s, const slot *one)
{
	s->at += one->units;
	s->taken = one->summative ? due_of(s, s->at) : s->taken;
	s->out[s->count++] = *one;
}

/* Summative tasks wait in their order until they are due in a week of their own. */
static void put_off_summative(spread *s, const slot *slots, size_t count, slot *waiting)
{
	size_t first = 0, last = 0;
	for (size_t i = 0; i < count; i++) {
		while (first < last && !clashes_after(s, &waiting[first]))
			append(s, &waiting[first++]);
		if (slots[i].summative && (first < last || clashes_after(s, &slots[i])))
			waiting[last++] = slots[i];
		else
			append(s, &slots[i]);
	}
	while (first < last)
		append(s, &waiting[first++]);
}

static bool clashes_before(const spread *s, const slot *one)
{
	return one->summative && due_of(s, s->at) == s->taken;
}

/* The last of the first `count` slots that may come at the end of them instead of the last one; `count` - 1
 * if there are not enough to bring the last one into an earlier week. */
static size_t find_filler(const spread *s, const slot *slots, size_t count)
{
	int64_t end = s->at, filled = 0;
	size_t nearest = count - 1;
	for (size_t i = count; i-- > 0 && due_of(s, s->at) - due_of(s, end) <= PUT_OFF_MAX;) {
		end -= slots[i].units;
		if (!slots[i].task || slots[i].summative)
			continue;
		nearest = filled == 0 ? i : nearest;
		filled += slots[i].units;
	}
	return due_of(s, s->at - filled) < s->taken ? nearest : count - 1;
}

/* From the end on; `slots` loses what is placed. */
static void put_off_others(spread *s, slot *slots, size_t count)
{
	for (; count > 0; count--) {
		size_t i = clashes_before(s, &slots[count - 1]) ? find_filler(s, slots, count) : count - 1;
		slot one = slots[i];
		memmove(&slots[i], &slots[i + 1], (count - 1 - i) * sizeof *slots);
		s->taken = one.summative ? due_of(s, s->at) : s->taken;
		s->at -= one.units;
		s->out[count - 1] = one;
	}
}

void sequence_spread(slot *slots, size_t count, int weeks, int units_after, arena *scratch)
{
	slot *waiting = NEWN(scratch, slot, count), *later = NEWN(scratch, slot, count);
	int64_t total = sum_units(slots, count) + units_after;
	if (!waiting || !later)
		return;
	spread first = { .out = later, .total = total, .weeks = weeks };
	put_off_summative(&first, slots, count, waiting);
	spread second = { .out = slots,
		.at = total - units_after,
		.total = total,
		.weeks = weeks,
		.taken = units_after > 0 ? weeks : 0 };
	put_off_others(&second, later, count);
}

void sequence_weeks(slot *slots, size_t count, int weeks)
{
	int64_t total = sum_units(slots, count), at = 0;
	for (size_t i = 0; i < count; i++) {
		slots[i].week_from = week_of(at, total, weeks);
		at += slots[i].units;
		slots[i].week_to = week_of(slots[i].units ? at - 1 : at, total, weeks);
	}
}
