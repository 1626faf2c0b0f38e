/* Ten thousand rules over a thousand facts: reading, compiling, matching all, and one fact that changes; the
 * same rules and facts in CLIPS, where it is installed, in the same run. docs/performance.md says how to read
 * what it prints. Argument: how many times each step is done (the best time counts). */
#define _POSIX_C_SOURCE 200809L
#include "generated_rules.h"

#include "read/record.h"
#include "rules/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { REPEATS = 9, FACTS = 1000, CHANGES = 200, LINE_MAX_ = 256 };

typedef enum { STEP_YAML, STEP_COMPILE, STEP_MATCH, STEP_RUN, STEP_CHANGE, STEPS } step;

typedef struct {
	arena a;
	sources sources;
	diags d;
	rules_file *file;
	workbook w;
	facts f;
	course settings;
	catalog c;
	ruleset set;
} world;

typedef struct {
	double ns[STEPS]; /* the best of all repeats; a change is the mean over all facts' changes */
	size_t matches, flips, looked_at, bytes;
} measured;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static bool fail(world *w, const char *what)
{
	buf text = { .arena = &w->a };
	EACH (diag, one, w->d.list)
		diag_print(&text, &w->d, one);
	fprintf(stderr, "%s failed\n%.*s", what, STRF(buf_done(&text)));
	return false;
}

static bool read_rules(world *w, str text)
{
	uint32_t number = sources_add(&w->sources, STR("rules.yaml"), text);
	const yaml_node *root = yaml_read(&w->a, number, &w->d);
	w->file = NEW(&w->a, rules_file);
	return root && w->file && record_read(&rules_file_record, w->file, root, &w->a, &w->d);
}

static bool compile(world *w)
{
	const rule **all = NEWN(&w->a, const rule *, w->file->rules.len);
	for (size_t i = 0; all && i < w->file->rules.len; i++)
		all[i] = &w->file->rules.ptr[i];
	return all && ruleset_compile(&w->set, &w->a, all, w->file->rules.len, &w->d);
}

static size_t match_rules(world *w, const factset *set, const value *lists, double *took)
{
	arena scratch = { 0 };
	size_t found = 0;
	double before = now();
	EACH (const rule_stratum, s, w->set.strata) {
		vec_match out;
		match_view *v = match_open(&scratch, s->index, set, lists);
		match_all(&out, v, &scratch, &scratch);
		found += out.len;
	}
	*took = now() - before;
	arena_free(&scratch);
	return found;
}

/* Every fact in turn has its lower bound changed and changed back. */
static void change_facts(world *w, factset *set, const value *lists, measured *m)
{
	arena views = { 0 };
	match_view *v = match_open(&views, w->set.strata.ptr[0].index, set, lists);
	size_t slots = fact_type(FACT_SKILL)->field_count, low = generated_low_slot(), done = 0, flips = 0;
	value *fresh = NEWN(&views, value, slots), *former = NEWN(&views, value, slots);
	arena scratch = { 0 };
	double before = now();
	for (uint32_t i = 0; v && fresh && former && i < set->of[FACT_SKILL].len; i++) {
		vec_flip out = { 0 };
		for (size_t k = 0; k < slots; k++)
			fresh[k] = set->of[FACT_SKILL].ptr[i]->slots[k];
		fresh[low].number = fresh[low].number < 0.5 ? fresh[low].number + 0.1 : fresh[low].number - 0.1;
		fact_change change = { .kind = FACT_SKILL, .fact = i, .slots = fresh };
		match_change(&out, v, &change, former, &scratch, &scratch);
		flips += out.len;
		fact_change back = { .kind = FACT_SKILL, .fact = i, .slots = former };
		match_change(&out, v, &back, fresh, &scratch, &scratch);
		done += 2;
	}
	double took = (now() - before) / (double)(done ? done : 1);
	if (m->ns[STEP_CHANGE] == 0 || took < m->ns[STEP_CHANGE])
		m->ns[STEP_CHANGE] = took;
	m->flips = flips;
	m->looked_at = v ? match_looked_at(v) / (done ? done : 1) : 0;
	arena_free(&scratch);
	arena_free(&views);
}

static void keep_best(measured *m, step s, double took)
{
	if (m->ns[s] == 0 || took < m->ns[s])
		m->ns[s] = took;
}

static bool measure_once(measured *m, str rules, unsigned facts_wanted)
{
	world w = { .settings = { .weights = { .emphasis_cap = 1.5 } } };
	w.sources.arena = w.d.arena = w.c.by_id.arena = w.c.folders.arena = &w.a;
	w.d.sources = &w.sources;
	double t0 = now();
	if (!read_rules(&w, rules))
		return fail(&w, "reading");
	double t1 = now();
	if (!compile(&w))
		return fail(&w, "compiling");
	double t2 = now(), took;
	keep_best(m, STEP_YAML, t1 - t0);
	keep_best(m, STEP_COMPILE, t2 - t1);
	generated_facts(&w.f, &w.w, &w.a, facts_wanted);
	factset set;
	value lists[FACT_KINDS];
	factset_init(&set, &w.a, &w.f, &w.settings);
	factset_lists(&set, lists, &w.a);
	m->matches = match_rules(&w, &set, lists, &took);
	keep_best(m, STEP_MATCH, took);
	change_facts(&w, &set, lists, m);
	selection picked;
	trace t = { 0 };
	double t3 = now();
	if (!engine_run(&picked, &t, &w.a, &w.set, &w.f, &w.c, &w.settings, &w.d))
		return fail(&w, "running");
	keep_best(m, STEP_RUN, now() - t3);
	m->bytes = rules.len;
	arena_free(&w.a);
	return true;
}

static bool measure(measured *m, const generated_shape *shape, unsigned rules, unsigned facts_, int repeats)
{
	arena a = { 0 };
	*m = (measured){ 0 };
	str text = generated_rules(&a, shape, rules, facts_);
	bool ok = text.len > 0;
	for (int i = 0; ok && i < repeats; i++)
		ok = measure_once(m, text, facts_);
	arena_free(&a);
	return ok;
}

/* ------------------------------------------------------------------------------------------ CLIPS */

typedef struct {
	double load, match, run; /* ns */
	size_t matches;
} clips_times;

static bool write_file(const char *folder, const char *name, str text)
{
	char path[LINE_MAX_];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	bool ok = f && fwrite(text.ptr, 1, text.len, f) == text.len;
	return f && fclose(f) == 0 && ok;
}

static void remove_files(const char *folder)
{
	static const char *const names[] = { "rules.clp", "facts.clp", "run.clp" };
	char path[LINE_MAX_];
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		remove(path);
	}
	rmdir(folder);
}

static void take_line(clips_times *out, const char *line)
{
	double number;
	if (sscanf(line, "load %lf", &number) == 1)
		out->load = number * 1e9;
	else if (sscanf(line, "match %lf", &number) == 1)
		out->match = number * 1e9;
	else if (sscanf(line, "run %lf", &number) == 1)
		out->run = number * 1e9;
	else if (sscanf(line, "hits %lf", &number) == 1)
		out->matches = (size_t)number;
}

static bool run_clips(clips_times *best, const char *folder, int repeats)
{
	char command[LINE_MAX_ * 2], line[LINE_MAX_];
	*best = (clips_times){ 0 };
	snprintf(command, sizeof command, "cd '%s' && clips -f2 run.clp 2>&1", folder);
	for (int i = 0; i < repeats; i++) {
		clips_times one = { 0 };
		FILE *p = popen(command, "r");
		while (p && fgets(line, sizeof line, p))
			take_line(&one, line);
		if (!p || pclose(p) != 0 || one.match == 0)
			return false;
		best->load = i && best->load < one.load ? best->load : one.load;
		best->match = i && best->match < one.match ? best->match : one.match;
		best->run = i && best->run < one.run ? best->run : one.run;
		best->matches = one.matches;
	}
	return true;
}

static bool measure_clips(clips_times *out, const generated_shape *shape, unsigned rules, unsigned facts_)
{
	arena a = { 0 };
	char folder[] = "/tmp/coursewright-clips-XXXXXX";
	bool ok = mkdtemp(folder) != NULL;
	ok = ok && write_file(folder, "rules.clp", generated_clips_rules(&a, shape, rules, facts_));
	ok = ok && write_file(folder, "facts.clp", generated_clips_facts(&a, facts_));
	ok = ok && write_file(folder, "run.clp", generated_clips_run());
	ok = ok && run_clips(out, folder, 3);
	remove_files(folder);
	arena_free(&a);
	return ok;
}

/* ----------------------------------------------------------------------------------------- tables */

static void print_row(const char *name, unsigned rules, const measured *m)
{
	printf("%-9s %7u %9.2f %10.2f %10.1f %10.1f %9.0f %8.0fx %8zu\n", name, rules, m->ns[STEP_YAML] / 1e6,
		m->ns[STEP_COMPILE] / 1e6, m->ns[STEP_MATCH] / 1e3, m->ns[STEP_RUN] / 1e3, m->ns[STEP_CHANGE],
		m->ns[STEP_MATCH] / m->ns[STEP_CHANGE], m->matches);
}

static void print_clips(const char *name, const measured *m, const clips_times *c)
{
	printf("%-9s CLIPS: load %.1f ms, match %.2f ms, match and run %.2f ms, %zu matches%s\n", name,
		c->load / 1e6, c->match / 1e6, (c->match + c->run) / 1e6, c->matches,
		c->matches == m->matches ? "" : " (DIFFERENT)");
	printf(
		"%-9s faster by: load %.0fx compiling, %.1fx with YAML; matching %.0fx; matching and running %.1fx\n",
		"", c->load / m->ns[STEP_COMPILE], c->load / (m->ns[STEP_COMPILE] + m->ns[STEP_YAML]),
		c->match / m->ns[STEP_MATCH], (c->match + c->run) / m->ns[STEP_RUN]);
}

int main(int argc, char **argv)
{
	static const unsigned sizes[] = { 100, 1000, 10000 };
	int repeats = argc > 1 ? (int)strtol(argv[1], NULL, 10) : REPEATS;
	printf("%d facts\n%-9s %7s %9s %10s %10s %10s %9s %9s %8s\n", FACTS, "shape", "rules", "YAML ms",
		"compile ms", "match us", "run us", "change ns", "cheaper", "matches");
	for (size_t s = 0; s < generated_shape_count; s++) {
		const generated_shape *shape = &generated_shapes[s];
		measured m = { 0 };
		for (size_t i = 0; i < COUNT(sizes); i++) {
			if (!measure(&m, shape, sizes[i], FACTS, repeats > 0 ? repeats : 1))
				return 1;
			print_row(shape->name, sizes[i], &m);
		}
		clips_times c;
		if (measure_clips(&c, shape, sizes[COUNT(sizes) - 1], FACTS))
			print_clips(shape->name, &m, &c);
		else
			printf("%-9s CLIPS is not installed or failed\n", shape->name);
	}
	return 0;
}
