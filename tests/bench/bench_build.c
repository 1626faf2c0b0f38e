/* How long a build takes, stage by stage, and how much memory: on the example course, and on generated
 * courses of 10, 100 and 1,000 entries to see how the cost grows. docs/benchmarks.md says how to read what it
 * prints. Arguments: the source folder, and how many times each course is built (the best time counts). */
#define _POSIX_C_SOURCE 200809L
#include "generated.h"

#include "base/io.h"
#include "check/check.h"
#include "evidence/facts.h"
#include "plan/compose.h"
#include "plan/resolve.h"
#include "read/catalog.h"
#include "read/course.h"
#include "read/plan.h"
#include "read/workbook.h"
#include "render/render.h"
#include "rules/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { REPEATS = 15, NAME_MAX_ = 256 };

/* A course on its way from files to documents. */
typedef struct {
	arena a;
	sources sources;
	diags d;
	str root, templates, workbook_path, course_path; /* no course file: empty */
	course settings;
	workbook w;
	catalog c;
	vec_rule rules;
	facts f;
	ruleset set;
	selection s;
	trace t;
	plan p;
	curriculum k;
	template_set template_files;
	documents documents;
	findings findings;
} build;

static bool read_text(build *b, str path, uint32_t *number)
{
	str text;
	*number = 0;
	if (path.len == 0)
		return true;
	if (!io_read(&text, &b->a, path.ptr, &b->d))
		return false;
	*number = sources_add(&b->sources, path, text);
	return *number != 0;
}

static bool stage_course(build *b)
{
	uint32_t number;
	return read_text(b, b->course_path, &number) && course_read(&b->settings, &b->a, number, &b->d);
}

static bool stage_workbook(build *b)
{
	uint32_t number;
	if (!read_text(b, b->workbook_path, &number) || !read_workbook(&b->w, &b->a, number, &b->d))
		return false;
	course_complete(&b->settings, &b->a, &b->w);
	return true;
}

static bool stage_catalog(build *b)
{
	catalog_input in = { .catalog = &b->c, .rules = &b->rules };
	return catalog_read(&in, &b->a, b->root, false, &b->d);
}

static bool stage_check_catalog(build *b)
{
	return catalog_check(&b->c, &b->a, &b->d);
}

static bool stage_facts(build *b)
{
	return facts_make(&b->f, &b->a, &b->w, &b->c, &b->settings, &b->d);
}

static bool stage_compile(build *b)
{
	return ruleset_compile(&b->set, &b->a, b->rules.ptr, b->rules.len, &b->d);
}

static bool stage_rules(build *b)
{
	return engine_run(&b->s, &b->t, &b->a, &b->set, &b->f, &b->c, &b->settings, &b->d);
}

static bool stage_plan(build *b)
{
	compose_input in = {
		.selection = &b->s, .facts = &b->f, .catalog = &b->c, .course = &b->settings, .evidence = STR("-")
	};
	return compose_plan(&b->p, &b->t, &b->a, &in, &b->d);
}

static bool stage_plan_text(build *b)
{
	return plan_text(&b->a, &b->p).len > 0;
}

static bool stage_resolve(build *b)
{
	resolve_input in = {
		.plan = &b->p, .facts = &b->f, .catalog = &b->c, .course = &b->settings, .trace = &b->t
	};
	return resolve_plan(&b->k, &b->a, &in, &b->d);
}

static bool stage_render(build *b)
{
	b->template_files = (template_set){ .arena = &b->a, .folders = { .ptr = &b->templates, .len = 1 } };
	render_options o = { .templates = &b->template_files };
	return render_course(&b->documents, &b->a, &b->k, &o, &b->d);
}

static bool stage_check(build *b)
{
	check_run(&b->findings, &b->a, &b->k, &b->documents, &b->d);
	return true;
}

static const struct {
	const char *name;
	bool (*run)(build *b);
} stages[] = {
	{ "read course.yaml", stage_course },
	{ "read workbook", stage_workbook },
	{ "read catalogue", stage_catalog },
	{ "check catalogue", stage_check_catalog },
	{ "facts", stage_facts },
	{ "compile rules", stage_compile },
	{ "run rules", stage_rules },
	{ "plan", stage_plan },
	{ "write plan.yaml", stage_plan_text },
	{ "resolve", stage_resolve },
	{ "render", stage_render },
	{ "check", stage_check },
};
enum { STAGES = COUNT(stages) };

typedef struct {
	double ns[STAGES]; /* the best of all repeats */
	size_t bytes[STAGES];
	unsigned allocations[STAGES];
	size_t rows, documents, document_bytes;
} measured;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void print_problems(build *b)
{
	buf text = { .arena = &b->a };
	EACH (diag, one, b->d.list)
		diag_print(&text, &b->d, one);
	fprintf(stderr, "%.*s", STRF(buf_done(&text)));
}

static void start(build *b, str root, str templates, str evidence, str course_file)
{
	*b = (build){
		.root = root, .templates = templates, .workbook_path = evidence, .course_path = course_file
	};
	b->sources.arena = b->d.arena = b->c.by_id.arena = b->c.folders.arena = &b->a;
	b->d.sources = &b->sources;
}

static bool run_once(build *b, measured *m)
{
	for (size_t i = 0; i < STAGES; i++) {
		double before = now();
		size_t bytes = b->a.total;
		unsigned count = b->a.count;
		if (!stages[i].run(b)) {
			fprintf(stderr, "the stage '%s' failed\n", stages[i].name);
			print_problems(b);
			return false;
		}
		double took = now() - before;
		if (m->ns[i] == 0 || took < m->ns[i])
			m->ns[i] = took;
		m->bytes[i] = b->a.total - bytes;
		m->allocations[i] = b->a.count - count;
	}
	m->rows = b->w.rows[ROW_SKILL].len + b->w.rows[ROW_TECHNOLOGY].len + b->w.rows[ROW_THEME].len;
	m->documents = b->documents.list.len;
	m->document_bytes = 0;
	EACH (const document, d, b->documents.list)
		m->document_bytes += d->bytes.len;
	return true;
}

static bool measure(measured *m, str root, str templates, str evidence, str course_file, int repeats)
{
	*m = (measured){ 0 };
	bool ok = true;
	for (int i = 0; ok && i < repeats; i++) {
		build b;
		start(&b, root, templates, evidence, course_file);
		ok = run_once(&b, m);
		arena_free(&b.a);
	}
	return ok;
}

static void print_example(const measured *m)
{
	double all = 0;
	size_t bytes = 0;
	for (size_t i = 0; i < STAGES; i++) {
		all += m->ns[i];
		bytes += m->bytes[i];
	}
	printf("The example course: %zu rows, %zu documents of %.2f MB\n\n", m->rows, m->documents,
		(double)m->document_bytes / 1e6);
	printf("%-18s %12s %7s %9s %12s\n", "stage", "ns", "%", "MB", "allocations");
	for (size_t i = 0; i < STAGES; i++)
		printf("%-18s %12.0f %7.1f %9.2f %12u\n", stages[i].name, m->ns[i], 100 * m->ns[i] / all,
			(double)m->bytes[i] / 1e6, m->allocations[i]);
	printf("%-18s %12.0f %7.1f %9.2f\n", "all", all, 100.0, (double)bytes / 1e6);
	printf("%.1f MB/s of documents\n\n", (double)m->document_bytes / all * 1e3);
}

/* The exponent e of a cost that grows as n^e. */
static double exponent(double small, double large, double factor)
{
	return small > 0 && large > 0 ? log(large / small) / log(factor) : 0;
}

static void print_growth(const measured *m, const unsigned *sizes, size_t count)
{
	printf("Growth: ns per entry for that many skills, technologies, themes, modules and labs; exponent of "
		   "the last step\n\n");
	printf("%-18s", "stage");
	for (size_t k = 0; k < count; k++)
		printf(" %11u", sizes[k]);
	printf(" %8s %12s\n", "time", "allocations");
	for (size_t i = 0; i < STAGES; i++) {
		printf("%-18s", stages[i].name);
		for (size_t k = 0; k < count; k++)
			printf(" %11.0f", m[k].ns[i] / sizes[k]);
		double factor = (double)sizes[count - 1] / sizes[count - 2];
		printf(" %8.2f %12.2f\n", exponent(m[count - 2].ns[i], m[count - 1].ns[i], factor),
			exponent(m[count - 2].allocations[i], m[count - 1].allocations[i], factor));
	}
}

/* The generated data folder: a catalogue, with the shipped rules and rubrics. */
static bool write_generated(arena *a, str folder, str shipped, unsigned n, diags *d)
{
	static const char *const kept[] = { "catalog/rules/demand.yaml", "catalog/rules/insights.yaml",
		"rubrics/library.yaml" };
	bool ok =
		io_write(io_join(a, folder, STR("catalog/all.yaml")).ptr, generated_catalog(a, n), a, d) !=
			IO_FAILED &&
		io_write(io_join(a, folder, STR("workbook.md")).ptr, generated_workbook(a, n), a, d) != IO_FAILED;
	for (size_t i = 0; ok && i < COUNT(kept); i++) {
		str text;
		ok = io_read(&text, a, io_join(a, shipped, str_from(kept[i])).ptr, d) &&
			 io_write(io_join(a, folder, str_from(kept[i])).ptr, text, a, d) != IO_FAILED;
	}
	return ok;
}

static void remove_generated(arena *a, str folder)
{
	static const char *const files[] = { "catalog/rules/demand.yaml", "catalog/rules/insights.yaml",
		"rubrics/library.yaml", "catalog/all.yaml", "workbook.md" };
	static const char *const folders[] = { "catalog/rules", "rubrics", "catalog" };
	for (size_t i = 0; i < COUNT(files); i++)
		io_remove(io_join(a, folder, str_from(files[i])).ptr);
	for (size_t i = 0; i < COUNT(folders); i++)
		io_remove_folder(io_join(a, folder, str_from(folders[i])).ptr);
	io_remove_folder(folder.ptr);
}

static bool measure_growth(arena *a, str shipped, int repeats)
{
	static const unsigned sizes[] = { 10, 100, 1000 };
	measured m[COUNT(sizes)];
	const char *tmp = getenv("TMPDIR");
	char name[NAME_MAX_];
	snprintf(name, sizeof name, "%s/coursewright-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(name))
		return false;
	str folder = arena_str(a, str_from(name));
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	bool ok = true;
	for (size_t k = 0; ok && k < COUNT(sizes); k++)
		ok = write_generated(a, folder, shipped, sizes[k], &d) &&
			 measure(&m[k], folder, io_join(a, shipped, STR("templates")),
				 io_join(a, folder, STR("workbook.md")), STR(""),
				 sizes[k] > 100 ? (repeats + 4) / 5 : repeats);
	remove_generated(a, folder);
	if (ok)
		print_growth(m, sizes, COUNT(sizes));
	return ok;
}

int main(int argc, char **argv)
{
	const char *root = argc > 1 ? argv[1] : getenv("CW_SOURCE_ROOT");
	int repeats = argc > 2 ? (int)strtol(argv[2], NULL, 10) : REPEATS;
	arena a = { 0 };
	measured m;
	str shipped = arena_str(&a, str_from(root ? root : "."));
	str folder = io_join(&a, shipped, STR("examples/senior-ai-infrastructure"));
	bool ok =
		measure(&m, shipped, io_join(&a, shipped, STR("templates")), io_join(&a, folder, STR("workbook.md")),
			io_join(&a, folder, STR("course.yaml")), repeats > 0 ? repeats : 1);
	if (ok)
		print_example(&m);
	ok &= measure_growth(&a, shipped, repeats > 0 ? repeats : 1);
	arena_free(&a);
	return ok ? 0 : 1;
}
