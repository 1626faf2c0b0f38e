/* The list of documents: which template makes which file from which view. */
#include "render/render.h"

#include "base/io.h"
#include "base/json.h"
#include "base/text.h"
#include "render/participant.h"
#include "render/revision.h"

typedef struct {
	arena *arena;
	arena page; /* of the view model at hand; empty between documents */
	const render_options *o;
	diags *diags;
	documents *out;
	render_index index;
	revision_book book;
	const curriculum *c;
	buf text; /* of one document at a time */
	map paths;
	bool md, html, found, failed;
} renderer;

/* Whether the options ask for the document with that path, which has no ending. */
static bool is_wanted(renderer *r, str stem)
{
	str only = r->o->only;
	if (str_ends(only, STR("/")))
		only.len--;
	bool hit = !only.len || str_eq(stem, only) || (str_starts(stem, only) && stem.ptr[only.len] == '/');
	r->found |= hit;
	return hit;
}

static void add_document(renderer *r, str path, str bytes, bool copied)
{
	if (map_put(&r->paths, path, r)) {
		diag_file(r->diags, E_DUPLICATE_ID, path, "two documents of the course have this path");
		r->failed = true;
		return;
	}
	vec_push(r->arena, &r->out->list,
		(document){ .path = path,
			.bytes = bytes,
			.instructor = str_starts(path, STR("instructor/")),
			.copied = copied });
}

/* A view model lives as long as its document is being printed. Its allocations count as those of the arena
 * that was given, so that its limits hold here too. */
static view open_page(renderer *r, text_format format)
{
	const arena *a = r->arena;
	r->page.fail_at = !a->fail_at ? 0 : a->fail_at > a->count ? a->fail_at - a->count : 1;
	return (view){ .arena = &r->page, .c = r->c, .index = &r->index, .diags = r->diags, .format = format };
}

static void close_page(renderer *r)
{
	r->arena->count += r->page.count;
	r->arena->failed |= r->page.failed;
	arena_free(&r->page);
}

static void print(renderer *r, const char *template_name, const char *format, str stem, value view_model)
{
	r->text.len = 0;
	if (!templates_render(
			r->o->templates, &r->text, str_from(template_name), str_from(format), view_model, r->diags))
		r->failed = true;
	close_page(r);
	str path = arena_printf(r->arena, "%.*s.%s", STRF(stem), format);
	add_document(r, path, arena_str(r->arena, buf_done(&r->text)), false);
}

/* One kind of document: its template and what makes its view of `item`. */
typedef struct {
	const char *template_name;
	value (*make)(const view *v, const void *item);
} document_kind;

static void print_both(renderer *r, const document_kind *kind, str stem, const void *item)
{
	if (!is_wanted(r, stem) || r->arena->failed)
		return;
	if (r->md) {
		view v = open_page(r, TEXT_MARKDOWN);
		print(r, kind->template_name, "md", stem, kind->make(&v, item));
	}
	if (r->html) {
		view v = open_page(r, TEXT_HTML);
		print(r, kind->template_name, "html", stem, kind->make(&v, item));
	}
}

static value make_syllabus(const view *v, const void *item)
{
	(void)item;
	return view_syllabus(v);
}

static value make_overview(const view *v, const void *item)
{
	(void)item;
	return view_overview(v);
}

static value make_coverage(const view *v, const void *item)
{
	(void)item;
	return view_coverage(v);
}

static value make_module(const view *v, const void *item)
{
	return view_module(v, item);
}

static value make_quiz(const view *v, const void *item)
{
	return view_quiz(v, item, false);
}

static value make_answers(const view *v, const void *item)
{
	return view_quiz(v, item, true);
}

static value make_lab(const view *v, const void *item)
{
	return view_lab(v, item);
}

static value make_capstone(const view *v, const void *item)
{
	return view_capstone(v, item);
}

static value make_panel(const view *v, const void *item)
{
	return view_panel(v, item);
}

static value make_participant(const view *v, const void *item)
{
	participant_scenario seen;
	participant_make(&seen, v, item);
	return view_participant(v, &seen);
}

static value make_facilitator(const view *v, const void *item)
{
	return view_facilitator(v, item);
}

static value make_roles(const view *v, const void *item)
{
	return view_roles(v, item);
}

static value make_revision(const view *v, const void *item)
{
	return view_revision(v, item);
}

static value make_revisions(const view *v, const void *item)
{
	(void)item;
	return view_revisions(v);
}

static value make_changes(const view *v, const void *item)
{
	(void)item;
	return view_changes(v);
}

static value make_rubric(const view *v, const void *item)
{
	return view_rubric(v, item, false);
}

static value make_grader_rubric(const view *v, const void *item)
{
	return view_rubric(v, item, true);
}

/* A file of the catalogue, as it is. */
static void copy_file(renderer *r, str path, const char *folder, str file)
{
	if (!is_wanted(r, path))
		return;
	str from = io_join(r->arena, str_from(folder), file), bytes;
	if (r->arena->failed)
		return;
	if (!folder || !io_is_safe(file)) {
		diag_file(r->diags, folder ? E_UNSAFE_PATH : E_DATA_MISSING, file,
			folder ? "leads out of the item's folder" : "the item has no folder of files");
		r->failed = true;
	} else if (io_read(&bytes, r->arena, from.ptr, r->diags)) {
		add_document(r, path, bytes, true);
	} else {
		r->failed = true;
	}
}

static void print_rubric(renderer *r, const rubric_source *from)
{
	static const document_kind learner = { "rubric", make_rubric },
							   grader = { "rubric-grader", make_grader_rubric };
	str stem = arena_printf(r->arena, "rubrics/%.*s", STRF(from->name));
	if (is_wanted(r, stem) && !r->arena->failed) {
		print_both(r, &learner, stem, from);
		view v = open_page(r, TEXT_CSV);
		print(r, "rubric", "csv", stem, view_rubric(&v, from, false));
	}
	print_both(r, &grader, arena_printf(r->arena, "instructor/rubrics/%.*s", STRF(from->name)), from);
}

static str rubric_name(renderer *r, const char *kind, str id)
{
	const str *name = map_get(&r->index.rubric_names, arena_printf(r->arena, "%s:%.*s", kind, STRF(id)));
	return name ? *name : STR("");
}

static void render_module(renderer *r, const taught_module *m)
{
	static const document_kind page = { "module", make_module }, quiz_page = { "quiz", make_quiz },
							   answers = { "answers", make_answers };
	print_both(r, &page, arena_printf(r->arena, "modules/%.*s", STRF(m->module->id)), m);
	if (!m->quiz)
		return;
	str stem = arena_printf(r->arena, "quizzes/%.*s", STRF(m->quiz->id));
	print_both(r, &quiz_page, stem, m);
	print_both(r, &answers, arena_printf(r->arena, "%.*s-answers", STRF(stem)), m);
}

static void render_lab(renderer *r, const set_lab *l)
{
	static const document_kind kind = { "lab", make_lab };
	const lab *of = l->lab;
	str stem = arena_printf(r->arena, "labs/%.*s", STRF(of->id));
	print_both(r, &kind, stem, l);
	EACH (const artifact, s, of->starter)
		copy_file(r, arena_printf(r->arena, "%.*s/%.*s", STRF(stem), STRF(s->path)), l->folder, s->path);
	rubric_source from = { .rubric = l->rubric,
		.kind = "lab",
		.lab = of,
		.task_id = of->id,
		.task_title = of->title,
		.name = rubric_name(r, "lab", of->id) };
	print_rubric(r, &from);
}

static void copy_evidence(renderer *r, const set_scenario *s)
{
	EACH (const evidence_item, e, s->scenario->evidence) {
		bool start = evidence_at_start(s->scenario, e->id);
		copy_file(r,
			arena_printf(r->arena,
				start ? "assessments/%.*s/%.*s" : "instructor/assessments/%.*s/handouts/%.*s",
				STRF(s->scenario->id), STRF(e->file)),
			s->folder, e->file);
	}
}

static void render_scenario(renderer *r, const set_scenario *s)
{
	static const document_kind participant = { "participant", make_participant },
							   facilitator_guide = { "facilitator", make_facilitator },
							   cards = { "roles", make_roles };
	const scenario *of = s->scenario;
	str folder = arena_printf(r->arena, "assessments/%.*s", STRF(of->id));
	print_both(r, &participant, arena_printf(r->arena, "%.*s/participant", STRF(folder)), s);
	copy_evidence(r, s);
	print_both(r, &facilitator_guide, arena_printf(r->arena, "instructor/%.*s/facilitator", STRF(folder)), s);
	print_both(r, &cards, arena_printf(r->arena, "instructor/%.*s/roles", STRF(folder)), s);
	rubric_source from = { .rubric = s->rubric,
		.kind = "scenario",
		.scenario = of,
		.task_id = of->id,
		.task_title = of->title,
		.name = rubric_name(r, "scenario", of->id) };
	print_rubric(r, &from);
}

static void render_capstone(renderer *r, const set_capstone *c)
{
	static const document_kind learner = { "capstone", make_capstone }, panel = { "panel", make_panel };
	const capstone *of = c->capstone;
	print_both(r, &learner, arena_printf(r->arena, "capstone/%.*s", STRF(of->id)), c);
	print_both(r, &panel, arena_printf(r->arena, "instructor/capstone/%.*s", STRF(of->id)), c);
	rubric_source from = { .rubric = c->rubric,
		.kind = "capstone",
		.task_id = of->id,
		.task_title = of->title,
		.name = rubric_name(r, "capstone", of->id) };
	print_rubric(r, &from);
}

static void render_course_documents(renderer *r)
{
	static const document_kind syllabus = { "syllabus", make_syllabus },
							   overview = { "overview", make_overview },
							   coverage = { "coverage", make_coverage };
	if (r->html && is_wanted(r, STR("index"))) {
		view v = open_page(r, TEXT_HTML);
		print(r, "index", "html", STR("index"), view_index(&v));
	}
	print_both(r, &syllabus, STR("syllabus"), NULL);
	print_both(r, &overview, STR("overview"), NULL);
	print_both(r, &coverage, STR("coverage"), NULL);
	if (r->html && is_wanted(r, STR("style")))
		print(r, "style", "css", STR("style"), value_new_map(&r->page));
}

/* A course that was never changed has nothing to say about changes. */
static void render_revisions(renderer *r)
{
	static const document_kind changes = { "changes", make_changes },
							   records = { "revisions", make_revisions },
							   record_page = { "revision", make_revision };
	if (!r->index.book)
		return;
	print_both(r, &changes, STR("changes"), NULL);
	print_both(r, &records, STR("instructor/changes"), NULL);
	EACH (const revision, one, r->book.list) {
		str name = revision_name(r->arena, one);
		print_both(r, &record_page, arena_printf(r->arena, "instructor/changes/%.*s", STRF(name)), one);
	}
}

static void print_json(renderer *r, str stem, value (*make)(arena *a, const curriculum *c))
{
	if (!is_wanted(r, stem) || r->arena->failed)
		return;
	view v = open_page(r, TEXT_MARKDOWN);
	r->text.len = 0;
	json_value(&r->text, make(v.arena, r->c), 0);
	buf_char(&r->text, '\n');
	close_page(r);
	add_document(
		r, arena_printf(r->arena, "%.*s.json", STRF(stem)), arena_str(r->arena, buf_done(&r->text)), false);
}

static bool take_formats(renderer *r)
{
	static const str known[] = { { "html", 4 }, { "md", 2 } };
	r->md = r->html = r->o->formats.len == 0;
	EACH (const str, f, r->o->formats) {
		r->md |= str_eq(*f, STR("md"));
		r->html |= str_eq(*f, STR("html"));
		if (str_eq(*f, known[0]) || str_eq(*f, known[1]))
			continue;
		str meant = text_suggest(*f, known, COUNT(known));
		diag_add(r->diags, E_UNKNOWN_NAME, (loc){ 0 },
			"there is no format '%.*s'; there are html and md%s%.*s%s", STRF(*f),
			meant.len ? ". Did you mean '" : "", STRF(meant), meant.len ? "'?" : "");
		return false;
	}
	return true;
}

bool render_course(documents *out, arena *a, const curriculum *c, const render_options *o, diags *d)
{
	renderer r = {
		.arena = a, .o = o, .diags = d, .out = out, .c = c, .text = { .arena = a }, .paths = { .arena = a }
	};
	if (!take_formats(&r))
		return false;
	render_index_make(&r.index, a, c);
	if (o->revision_count) {
		revision_book_make(&r.book, a, o->revisions, o->revision_count);
		r.index.book = &r.book;
	}
	render_course_documents(&r);
	EACH (const taught_module, m, c->modules)
		render_module(&r, m);
	EACH (const set_lab, l, c->labs)
		render_lab(&r, l);
	EACH (const set_scenario, s, c->scenarios)
		render_scenario(&r, s);
	EACH (const set_capstone, one, c->capstone)
		render_capstone(&r, one);
	render_revisions(&r);
	print_json(&r, STR("instructor/plan"), view_plan_json);
	print_json(&r, STR("instructor/trace"), view_trace_json);
	if (!r.found && !a->failed) {
		diag_add(d, E_UNKNOWN_NAME, (loc){ 0 }, "the course has no document '%.*s'", STRF(o->only));
		return false;
	}
	return !r.failed && !a->failed;
}
