#include "base/line_diff.h"

#include "base/map.h"

/* Half of the edits that are looked for in one stretch, and steps in all. */
enum { HALF_MAX = 4096, STEPS_MAX = 1 << 26 };

typedef VEC(str) lines; /* with their ends */

typedef struct {
	const size_t *before, *after; /* a number for each line; equal lines have equal ones */
	bool *gone, *fresh;           /* of lines of `before` and of `after`: the result */
	int64_t *forth, *back;        /* the furthest x on diagonal k, at k + HALF_MAX + 1; below 0: none */
	int64_t steps;                /* so far */
} differ;

/* A stretch of either text: from inclusive, to exclusive. */
typedef struct {
	size_t from, to, from2, to2;
} box;

/* Where the two searches met: a run of equal lines, possibly empty, in coordinates of the box. */
typedef struct {
	int64_t x, y, len;
} snake;

/* ---- finding the edits */

/* The furthest point on diagonal k after `d` edits, from those on its neighbours after d - 1; below 0 if the
 * box ends before. `n` and `m` are its sides. */
static int64_t furthest(const int64_t *reach, int64_t k, int64_t d, int64_t n, int64_t m)
{
	if (d == 0)
		return 0;
	int64_t down = k < d ? reach[k + 1] : -1, right = k > -d ? reach[k - 1] : -1;
	if (down >= 0 && down - k > m)
		down = -1;
	right = right < 0 || right + 1 > n ? -1 : right + 1;
	return right > down ? right : down;
}

static bool same_line(const differ *f, const box *b, int64_t x, int64_t y, bool forth)
{
	size_t one = forth ? b->from + (size_t)x : b->to - 1 - (size_t)x;
	size_t other = forth ? b->from2 + (size_t)y : b->to2 - 1 - (size_t)y;
	return f->before[one] == f->after[other];
}

/* One round of one search: every diagonal goes one edit further. True if it meets the other search, whose
 * last points are `other`. */
static bool go(differ *f, const box *b, int64_t d, bool forth, snake *met)
{
	int64_t n = (int64_t)(b->to - b->from), m = (int64_t)(b->to2 - b->from2), delta = n - m;
	int64_t *mine = (forth ? f->forth : f->back) + HALF_MAX + 1;
	const int64_t *other = (forth ? f->back : f->forth) + HALF_MAX + 1;
	/* Rounds of the other search that are done: going forth comes first. */
	int64_t done = forth ? d - 1 : d;
	bool meets = (delta % 2 != 0) == forth;
	for (int64_t k = -d; k <= d; k += 2) {
		int64_t start = furthest(mine, k, d, n, m), x = start;
		f->steps++;
		while (x >= 0 && x < n && x - k < m && same_line(f, b, x, x - k, forth)) {
			x++;
			f->steps++;
		}
		mine[k] = x;
		int64_t across = delta - k;
		if (x < 0 || !meets || across < -done || across > done || other[across] < 0 || x + other[across] < n)
			continue;
		*met = forth ? (snake){ start, start - k, x - start } : (snake){ n - x, m - (x - k), x - start };
		return true;
	}
	return false;
}

/* The middle of a shortest path through the box; false if it is too long. */
static bool find_middle(differ *f, const box *b, snake *met)
{
	for (int64_t d = 0; d <= HALF_MAX && f->steps < STEPS_MAX; d++)
		if (go(f, b, d, true, met) || go(f, b, d, false, met))
			return true;
	return false;
}

static void replace(differ *f, const box *b)
{
	for (size_t i = b->from; i < b->to; i++)
		f->gone[i] = true;
	for (size_t i = b->from2; i < b->to2; i++)
		f->fresh[i] = true;
}

/* Each half has half of the edits, so it does not go deep. */
static void compare(differ *f, box b)
{
	while (b.from < b.to && b.from2 < b.to2 && f->before[b.from] == f->after[b.from2])
		b.from++, b.from2++;
	while (b.from < b.to && b.from2 < b.to2 && f->before[b.to - 1] == f->after[b.to2 - 1])
		b.to--, b.to2--;
	snake met;
	if (b.from == b.to || b.from2 == b.to2 || !find_middle(f, &b, &met)) {
		replace(f, &b);
		return;
	}
	size_t x = b.from + (size_t)met.x, y = b.from2 + (size_t)met.y, len = (size_t)met.len;
	compare(f, (box){ b.from, x, b.from2, y });
	compare(f, (box){ x + len, b.to, y + len, b.to2 });
}

/* ---- lines */

static lines split(arena *a, str text)
{
	lines out = { 0 };
	while (text.len) {
		size_t end = str_find(text, STR("\n"), 0);
		size_t len = end == SIZE_MAX ? text.len : end + 1;
		vec_push(a, &out, str_sub(text, 0, len));
		text = str_skip(text, len);
	}
	return out;
}

static size_t *number(arena *a, map *numbers, const lines *all)
{
	size_t *out = NEWN(a, size_t, all->len + 1);
	for (size_t i = 0; out && i < all->len && !a->failed; i++) {
		size_t *one = map_get(numbers, all->ptr[i]);
		if (!one && (one = NEW(a, size_t))) {
			*one = numbers->entries.len;
			map_put(numbers, all->ptr[i], one);
		}
		out[i] = one ? *one : 0;
	}
	return out;
}

static bool find_edits(differ *f, arena *a, const lines *before, const lines *after)
{
	map numbers = { .arena = a };
	f->before = number(a, &numbers, before);
	f->after = number(a, &numbers, after);
	f->gone = NEWN(a, bool, before->len + 1); /* the one beyond the end stays false */
	f->fresh = NEWN(a, bool, after->len + 1);
	f->forth = NEWN(a, int64_t, 2 * HALF_MAX + 3);
	f->back = NEWN(a, int64_t, 2 * HALF_MAX + 3);
	if (a->failed)
		return false;
	compare(f, (box){ 0, before->len, 0, after->len });
	return true;
}

/* ---- printing */

typedef struct {
	buf *out;
	const lines *before, *after;
	const differ *found;
	size_t context;
	size_t x, y; /* the next line of either */
} printer;

static void put_line(buf *out, char mark, str line)
{
	buf_char(out, mark);
	buf_str(out, line);
	if (!str_ends(line, STR("\n")))
		BUF_LIT(out, "\n\\ No newline at end of file\n");
}

static bool differs(const printer *p, size_t x, size_t y)
{
	return p->found->gone[x] || p->found->fresh[y];
}

/* Moves over lines that stay, at most `most` of them; how many they were. */
static size_t skip_same(const printer *p, size_t *x, size_t *y, size_t most)
{
	size_t count = 0;
	while (count < most && *x < p->before->len && *y < p->after->len && !differs(p, *x, *y))
		(*x)++, (*y)++, count++;
	return count;
}

static void skip_edits(const printer *p, size_t *x, size_t *y)
{
	while (p->found->gone[*x])
		(*x)++;
	while (p->found->fresh[*y])
		(*y)++;
}

static void put_range(buf *out, char mark, size_t from, size_t count)
{
	buf_printf(out, " %c%zu", mark, count ? from + 1 : from);
	if (count != 1)
		buf_printf(out, ",%zu", count);
}

/* From here to the lines `x` and `y`. */
static void put_hunk(printer *p, size_t x, size_t y)
{
	BUF_LIT(p->out, "@@");
	put_range(p->out, '-', p->x, x - p->x);
	put_range(p->out, '+', p->y, y - p->y);
	BUF_LIT(p->out, " @@\n");
	while (p->x < x || p->y < y) {
		for (; p->found->gone[p->x]; p->x++)
			put_line(p->out, '-', p->before->ptr[p->x]);
		for (; p->found->fresh[p->y]; p->y++)
			put_line(p->out, '+', p->after->ptr[p->y]);
		for (; p->x < x && p->y < y && !differs(p, p->x, p->y); p->x++, p->y++)
			put_line(p->out, ' ', p->before->ptr[p->x]);
	}
}

/* Edits with at most twice the context between them stand in one hunk. */
static bool put_next(printer *p)
{
	size_t same = skip_same(p, &p->x, &p->y, SIZE_MAX);
	if (p->x >= p->before->len && p->y >= p->after->len)
		return false;
	size_t x = p->x, y = p->y, lead = same < p->context ? same : p->context;
	p->x -= lead;
	p->y -= lead;
	for (;;) {
		skip_edits(p, &x, &y);
		size_t far_x = x, far_y = y;
		skip_same(p, &far_x, &far_y, 2 * p->context);
		bool end = far_x >= p->before->len && far_y >= p->after->len;
		if (end || !differs(p, far_x, far_y))
			break;
		x = far_x;
		y = far_y;
	}
	skip_same(p, &x, &y, p->context);
	put_hunk(p, x, y);
	return true;
}

str line_diff(arena *a, str before, str after, size_t context)
{
	buf out = { .arena = a };
	lines old = split(a, before), new = split(a, after);
	differ found = { 0 };
	if (str_eq(before, after) || !find_edits(&found, a, &old, &new))
		return STR("");
	printer p = { .out = &out, .before = &old, .after = &new, .found = &found, .context = context };
	while (put_next(&p) && !a->failed)
		continue;
	return buf_done(&out);
}
