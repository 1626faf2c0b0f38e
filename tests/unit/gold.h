/* Postings labelled by hand, tests/gold: what each file says, and the postings that it speaks of. */
#ifndef UNIT_GOLD_H
#define UNIT_GOLD_H

#include "posting_files.h"

#include "base/hash.h"
#include "base/number.h"
#include "model/mention.h"

typedef struct {
	char kind;    /* T technology, S skill, H theme, C certification, Y years */
	str id;       /* of a concept; "?NAME" if the lexicon does not know it */
	int strength; /* mention_strength; -1: named, but not asked for */
	double min, max;
	uint32_t from, to;
} gold_label;

typedef struct {
	str path, locator, hash; /* below $CW_SHARED/postings; of the text that was labelled */
	VEC(gold_label) labels;
} gold_posting;

typedef struct {
	arena *a;
	const char *shared; /* NULL: the postings are not here */
	VEC(gold_posting) postings;
	str path; /* of the file that was read last: there are many in some */
} gold_set;

static inline str gold_field(str *rest)
{
	str_cut cut = str_split(*rest, '\t');
	*rest = cut.ok ? cut.tail : STR("");
	return cut.head;
}

static inline double gold_number(str s)
{
	double n = -1;
	return number_parse(&n, s) ? n : -1;
}

static inline int gold_strength(str s)
{
	for (int i = 0; strength_names[i]; i++)
		if (str_eq(s, str_from(strength_names[i])))
			return i;
	return -1;
}

static inline void gold_line(gold_set *g, str line)
{
	str kind = gold_field(&line);
	if (kind.len == 0 || kind.ptr[0] == '#')
		return;
	if (str_eq(kind, STR("posting"))) {
		gold_posting p = { .path = gold_field(&line), .locator = gold_field(&line) };
		p.hash = gold_field(&line);
		vec_push(g->a, &g->postings, p);
		return;
	}
	cr_assert(g->postings.len > 0 && kind.len == 1);
	gold_label l = { .kind = kind.ptr[0], .from = (uint32_t)gold_number(gold_field(&line)) };
	l.to = (uint32_t)gold_number(gold_field(&line));
	l.id = gold_field(&line);
	str last = gold_field(&line);
	if (l.kind == 'Y') {
		l.min = gold_number(l.id);
		l.max = gold_number(last);
	} else {
		l.strength = gold_strength(last);
	}
	cr_assert(l.to > l.from);
	gold_posting *p = &g->postings.ptr[g->postings.len - 1];
	vec_push(g->a, &p->labels, l);
}

/* Reads tests/gold/HALF.tsv. */
static inline void gold_open(gold_set *g, arena *a, diags *d, const char *half)
{
	const char *root = getenv("CW_SOURCE_ROOT"), *stated = getenv("CW_SHARED");
	*g = (gold_set){ .a = a };
	str text, path = arena_printf(a, "%s/tests/gold/%s.tsv", root ? root : ".", half);
	cr_assert(io_read(&text, a, path.ptr, d));
	for (str_cut cut = { .tail = text, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		gold_line(g, cut.head);
	}
	g->shared = stated && *stated ? stated : arena_printf(a, "%s/../shared", root ? root : ".").ptr;
	if (io_stat(arena_printf(a, "%s/postings", g->shared).ptr) != IO_FOLDER)
		g->shared = NULL;
}

/* The posting that was labelled, as it is read today. */
static inline void gold_read(posting *out, gold_set *g, const gold_posting *p, posting_case *r)
{
	if (!str_eq(g->path, p->path)) {
		str path = arena_printf(&r->a, "%s/postings/%.*s", g->shared, STRF(p->path));
		r->list.len = 0;
		read_path(r, path.ptr, NULL, "2026-11-01");
		g->path = p->path;
	}
	const posting *found = NULL;
	EACH (const posting, one, r->list)
		if (str_eq(one->locator, p->locator))
			found = one;
	cr_assert(found != NULL, "%.*s %.*s: no such posting", STRF(p->path), STRF(p->locator));
	str hash = hash_sha256(&r->a, found->text);
	cr_assert(str_eq(hash, p->hash), "%.*s %.*s: its text is read in another way than when it was labelled",
		STRF(p->path), STRF(p->locator));
	*out = *found;
}

#endif
