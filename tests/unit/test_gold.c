/* How much of what readers found in postings the program finds, and how much of what it finds they found too:
 * on the half that the lexicon was made with, and on the half that nobody looked at. docs/extraction.md has
 * the figures and says how postings were labelled. */
#define _DEFAULT_SOURCE
#include "gold.h"

#include "evidence_session.h"
#include "model/curriculum.h"
#include "read/catalog.h"

#include <string.h>

enum { LABELLED = 30 /* postings in each half, at least */ };

typedef struct {
	double found, extra, missed;
} score;

typedef struct {
	score kinds[4], years;   /* technology, skill, theme, certification, as in concept_kind */
	double agreed, compared; /* strengths */
	double right, judged;    /* of them, required against preferred */
} scores;

typedef struct {
	posting_case r;
	catalog c;
	vec_rule rules;
	reader reader;
} extraction;

static void extraction_open(extraction *x)
{
	*x = (extraction){ 0 };
	read_shapes(&x->r);
	catalog_input in = { .catalog = &x->c, .rules = &x->rules };
	const char *root = getenv("CW_SOURCE_ROOT");
	bool ok = catalog_read(&in, &x->r.a, str_from(root ? root : "."), false, &x->r.d);
	cr_assert(ok && catalog_check(&x->c, &x->r.a, &x->r.d));
	x->reader = (reader){ .catalog = &x->c,
		.lexicon = lexicon_new(&x->r.a, &x->c, &x->r.d),
		.understander = understander_new(&x->r.a, &x->c) };
	cr_assert(x->reader.lexicon && x->reader.understander);
}

static void extraction_close(extraction *x)
{
	reader_close(&x->reader);
	arena_free(&x->r.a);
}

/* ---- concepts */

/* What one posting was found to ask for. */
typedef struct {
	map direct, wider; /* concept id -> its strongest strength + 1, as a pointer */
} asked;

static void note(map *m, str id, int strength)
{
	uintptr_t former = (uintptr_t)map_get(m, id), fresh = (uintptr_t)strength + 1;
	if (fresh > former)
		map_put(m, id, (void *)fresh);
}

static void collect(asked *out, const understanding *u, const catalog *c, arena *a)
{
	out->direct.arena = out->wider.arena = a;
	EACH (const mention, m, u->mentions) {
		if (!m->counted)
			continue;
		note(&out->direct, m->concept->id, (int)m->strength);
		const concept *one = m->concept;
		for (int i = 0; i < PARENTS_MAX && (one = rollup_parent(one, c)); i++)
			note(&out->wider, one->id, (int)m->strength);
	}
}

/* A name that the lexicon does not have under that name is found if a technology was found at exactly its
 * place. */
static const mention *at_place(const understanding *u, const gold_label *l)
{
	EACH (const mention, m, u->mentions)
		if (m->counted && m->from <= l->from && l->to <= m->to && m->concept->kind == CONCEPT_TECHNOLOGY)
			return m;
	return NULL;
}

static int kind_of_label(char kind)
{
	return kind == 'T'   ? CONCEPT_TECHNOLOGY
		   : kind == 'S' ? CONCEPT_SKILL
		   : kind == 'H' ? CONCEPT_THEME
						 : CONCEPT_CERTIFICATION;
}

/* The strength with which a label was found; -1: it was not. A skill or theme is found where something
 * narrower is. */
static int find_label(const asked *found, const understanding *u, const gold_label *l)
{
	if (l->id.ptr[0] == '?') {
		const mention *m = at_place(u, l);
		return m ? (int)m->strength : -1;
	}
	int strength = (int)(uintptr_t)map_get(&found->direct, l->id) - 1;
	if (strength < 0 && (l->kind == 'S' || l->kind == 'H'))
		strength = (int)(uintptr_t)map_get(&found->wider, l->id) - 1;
	return strength;
}

static void score_labels(
	scores *s, map *labelled, const asked *found, const understanding *u, const gold_posting *p)
{
	for (size_t i = 0; i < p->labels.len; i++) {
		const gold_label *l = &p->labels.ptr[i];
		if (l->kind == 'Y' || l->strength < 0)
			continue;
		score *kind = &s->kinds[kind_of_label(l->kind)];
		const mention *there = l->id.ptr[0] == '?' ? at_place(u, l) : NULL;
		map_put(labelled, there ? there->concept->id : l->id, (void *)l);
		int strength = find_label(found, u, l);
		kind->found += strength >= 0;
		kind->missed += strength < 0;
		s->compared += strength >= 0;
		s->agreed += strength == l->strength;
		bool judged = strength > STRENGTH_MENTIONED && l->strength > STRENGTH_MENTIONED;
		s->judged += judged;
		s->right += judged && strength == l->strength;
	}
}

static void score_extras(scores *s, const map *labelled, const understanding *u, arena *a)
{
	map seen = { .arena = a };
	EACH (const mention, m, u->mentions)
		if (m->counted && !map_has(labelled, m->concept->id) && !map_put(&seen, m->concept->id, (void *)m))
			s->kinds[m->concept->kind].extra++;
}

/* ---- years: a range that a posting repeats is one */

static bool has_range(const double (*all)[2], size_t count, double min, double max)
{
	for (size_t i = 0; i < count; i++)
		if (all[i][0] == min && all[i][1] == max)
			return true;
	return false;
}

enum { RANGES = 32 };

static size_t put_range(double (*all)[2], size_t count, double min, double max)
{
	if (count == RANGES || has_range((const double(*)[2])all, count, min, max))
		return count;
	all[count][0] = min;
	all[count][1] = max;
	return count + 1;
}

static void score_years(scores *s, const understanding *u, const gold_posting *p)
{
	double wanted[RANGES][2], got[RANGES][2];
	size_t wants = 0, gots = 0;
	for (size_t i = 0; i < p->labels.len; i++)
		if (p->labels.ptr[i].kind == 'Y')
			wants = put_range(wanted, wants, p->labels.ptr[i].min, p->labels.ptr[i].max);
	EACH (const years_mention, y, u->years)
		gots = put_range(got, gots, y->min, y->max);
	for (size_t i = 0; i < wants; i++)
		has_range((const double(*)[2])got, gots, wanted[i][0], wanted[i][1]) ? s->years.found++
																			 : s->years.missed++;
	for (size_t i = 0; i < gots; i++)
		s->years.extra += !has_range((const double(*)[2])wanted, wants, got[i][0], got[i][1]);
}

/* ---- a half */

static void score_posting(scores *s, extraction *x, gold_set *g, const gold_posting *p)
{
	posting text;
	understanding u;
	vec_rollup_item items = { 0 };
	arena a = { 0 };
	asked found = { 0 };
	map labelled = { .arena = &a };
	gold_read(&text, g, p, &x->r);
	reader_read(&x->reader, &u, &items, &text, &a);
	collect(&found, &u, &x->c, &a);
	score_labels(s, &labelled, &found, &u, p);
	score_extras(s, &labelled, &u, &a);
	score_years(s, &u, p);
	cr_assert(a.failed == false);
	arena_free(&a);
}

static score sum(score a, score b)
{
	return (score){ a.found + b.found, a.extra + b.extra, a.missed + b.missed };
}

static double precision(score s)
{
	return s.found / (s.found + s.extra);
}

static double recall(score s)
{
	return s.found / (s.found + s.missed);
}

static void expect(const char *half, const char *what, score s, double least_precision, double least_recall)
{
	fprintf(stderr, "%s: %s: precision %.3f, recall %.3f (%.0f found, %.0f extra, %.0f missed)\n", half, what,
		precision(s), recall(s), s.found, s.extra, s.missed);
	cr_expect(precision(s) >= least_precision, "%s: precision of %s is %.3f", half, what, precision(s));
	cr_expect(recall(s) >= least_recall, "%s: recall of %s is %.3f", half, what, recall(s));
}

typedef struct {
	double technology[2], skill[2], years[2], strength, preferred;
} least;

static void expect_part(const char *half, const char *what, double right, double of, double least_part)
{
	fprintf(stderr, "%s: %s: %.0f of %.0f right, %.3f\n", half, what, right, of, right / of);
	cr_expect(right / of >= least_part, "%s: %s is right in %.3f", half, what, right / of);
}

static bool stated_shared(void)
{
	const char *stated = getenv("CW_SHARED");
	return stated && *stated;
}

static void measure(const char *half, const least *l)
{
	extraction x;
	gold_set g;
	scores s = { 0 };
	extraction_open(&x);
	gold_open(&g, &x.r.a, &x.r.d, half);
	cr_assert(g.postings.len >= LABELLED);
	if (!g.shared) {
		cr_assert(stated_shared() == false, "CW_SHARED has no postings");
		extraction_close(&x);
		cr_skip_test("the postings are not here");
	}
	for (size_t i = 0; i < g.postings.len; i++)
		score_posting(&s, &x, &g, &g.postings.ptr[i]);
	score skills = sum(s.kinds[CONCEPT_SKILL], s.kinds[CONCEPT_THEME]);
	expect(half, "technologies", s.kinds[CONCEPT_TECHNOLOGY], l->technology[0], l->technology[1]);
	expect(half, "skills", s.kinds[CONCEPT_SKILL], 0, 0);
	expect(half, "themes", s.kinds[CONCEPT_THEME], 0, 0);
	expect(half, "skills and themes", skills, l->skill[0], l->skill[1]);
	expect(half, "years", s.years, l->years[0], l->years[1]);
	expect_part(half, "required, preferred or mentioned", s.agreed, s.compared, l->strength);
	expect_part(half, "required against preferred", s.right, s.judged, l->preferred);
	extraction_close(&x);
	NO_LEAKS();
}

Test(gold, work)
{
	measure("work", &(least){ { 0.95, 0.90 }, { 0.90, 0.85 }, { 0.93, 0.91 }, 0.87, 0.92 });
}

Test(gold, report)
{
	measure("report", &(least){ { 0.94, 0.84 }, { 0.83, 0.70 }, { 0.85, 0.80 }, 0.90, 0.93 });
}
