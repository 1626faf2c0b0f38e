#include "read/catalog.h"

#include "base/io.h"
#include "read/record.h"

typedef struct {
	catalog_input *in;
	arena *arena;
	diags *diags;
	bool course;
	str folder; /* of the file at hand */
	map mine;   /* addresses that this root has given, to tell a repetition from a replacement */
} loader;

static void replace(vec_item *items, const void *old, void *fresh)
{
	EACH (void *, one, *items)
		if (*one == old)
			*one = fresh;
}

/* Adds the item under KIND:ID. An id of the same root is an error; one of an earlier root is replaced. */
static bool add(loader *l, void *items, const char *kind, str id, void *item)
{
	vec_item *list = items;
	catalog *c = l->in->catalog;
	str key = arena_printf(l->arena, "%s:%.*s", kind, STRF(id));
	loc *first = map_get(&l->mine, key);
	if (first) {
		position p = sources_position(l->diags->sources, *first);
		const source *s = sources_get(l->diags->sources, first->source);
		diag_add(l->diags, E_DUPLICATE_ID, *(loc *)item, "%s '%.*s' is already given at %.*s:%u:%u", kind,
			STRF(id), STRF(s ? s->path : STR("?")), p.line, p.column);
		return false;
	}
	map_put(&l->mine, key, item); /* every item begins with its place */
	void *former = map_put(&c->by_id, key, item);
	if (former)
		replace(list, former, item);
	else
		vec_push(l->arena, list, item);
	return true;
}

static void add_folder(loader *l, const char *kind, str id, str folder)
{
	str path = io_join(l->arena, l->folder, folder);
	if (io_stat(path.ptr) == IO_FOLDER)
		map_put(
			&l->in->catalog->folders, arena_printf(l->arena, "%s:%.*s", kind, STRF(id)), (void *)path.ptr);
}

static void take_catalog(loader *l, catalog_file *f)
{
	catalog *c = l->in->catalog;
	EACH (source_ref, s, f->sources)
		add(l, &c->sources, "source", s->id, s);
	EACH (concept, one, f->concepts)
		add(l, &c->concepts, "concept", one->id, one);
	EACH (outcome, o, f->program_outcomes)
		add(l, &c->program_outcomes, "program-outcome", o->id, o);
	EACH (module, m, f->modules)
		add(l, &c->modules, "module", m->id, m);
	EACH (lab, one, f->labs)
		if (add(l, &c->labs, "lab", one->id, one))
			add_folder(l, "lab", one->id, one->id);
	EACH (scenario, s, f->scenarios)
		if (add(l, &c->scenarios, "scenario", s->id, s))
			add_folder(l, "scenario", s->id, s->id);
	EACH (quiz, q, f->quizzes)
		add(l, &c->quizzes, "quiz", q->id, q);
	EACH (capstone, one, f->capstones)
		add(l, &c->capstones, "capstone", one->id, one);
	EACH (blueprint, b, f->blueprints)
		if (add(l, &c->blueprints, "blueprint", b->id, b) && b->folder.len)
			add_folder(l, "blueprint", b->id, b->folder);
	EACH (extension, e, f->extensions)
		add(l, &c->extensions, "extension", e->id, e);
	EACH (insight_rule, one, f->insights)
		add(l, &c->insights, "insight-rule", one->id, one);
	EACH (posting_shape, one, f->postings)
		add(l, &c->shapes, "posting-shape", one->id, one);
	EACH (wording, w, f->wording)
		add(l, &c->wordings, "wording", w->id, w);
}

static void take_rubrics(loader *l, rubrics_file *f)
{
	catalog *c = l->in->catalog;
	if (f->scale.len)
		c->scale.ptr = f->scale.ptr, c->scale.len = f->scale.len;
	EACH (criterion, one, f->criteria)
		add(l, &c->library, "criterion", one->id, one);
	EACH (pair_text, band, f->bands)
		add(l, &c->bands, "band", band->key, band);
	EACH (rubric, r, f->rubrics)
		add(l, &c->rubrics, "rubric", r->id, r);
}

static void take_rules(loader *l, rules_file *f)
{
	EACH (rule, r, f->rules) {
		str key = arena_printf(l->arena, "rule:%.*s", STRF(r->id));
		const rule *former = map_get(&l->in->catalog->by_id, key);
		bool replaced = false;
		if (l->course && former && !map_has(&l->mine, key))
			EACH (const rule *, one, *l->in->rules)
				if (*one == former) {
					*one = r;
					replaced = true;
				}
		map_put(&l->in->catalog->by_id, key, r);
		map_put(&l->mine, key, r);
		if (!replaced)
			vec_push(l->arena, l->in->rules, r);
	}
}

typedef enum { TAKE_CATALOG, TAKE_RULES, TAKE_RUBRICS } take_kind;

static bool read_file(loader *l, str path, take_kind kind)
{
	str text;
	if (!io_read(&text, l->arena, path.ptr, l->diags))
		return false;
	uint32_t source_number = sources_add(l->diags->sources, path, text);
	size_t before = l->diags->errors;
	const yaml_node *root = yaml_read(l->arena, source_number, l->diags);
	if (!root)
		return l->diags->errors == before && !l->arena->failed;
	static const record *const records[] = { &catalog_file_record, &rules_file_record, &rubrics_file_record };
	void *file = arena_alloc(l->arena, records[kind]->size, 1, _Alignof(max_align_t));
	if (!file || !record_read(records[kind], file, root, l->arena, l->diags))
		return false;
	l->folder = io_parent(path);
	if (kind == TAKE_CATALOG)
		take_catalog(l, file);
	else if (kind == TAKE_RULES)
		take_rules(l, file);
	else
		take_rubrics(l, file);
	return true;
}

static bool read_folder(loader *l, str root, const char *name, take_kind kind)
{
	str folder = io_join(l->arena, root, str_from(name));
	list_str files = io_walk(l->arena, folder.ptr, STR(".yaml"));
	bool ok = true;
	EACH (const str, file, files) {
		/* catalog/rules holds rules; folders of labs and scenarios hold the learners' files. */
		bool rules = str_starts(*file, STR("rules/"));
		str path = io_join(l->arena, folder, *file);
		size_t depth = 0;
		for (size_t i = 0; i < file->len; i++)
			depth += file->ptr[i] == '/';
		if (depth > 1)
			continue;
		ok &= read_file(l, path, rules && kind == TAKE_CATALOG ? TAKE_RULES : kind);
	}
	return ok;
}

bool catalog_read(catalog_input *in, arena *a, str root, bool course, diags *d)
{
	loader l = { .in = in, .arena = a, .diags = d, .course = course, .mine = { .arena = a } };
	in->catalog->by_id.arena = a;
	in->catalog->folders.arena = a;
	size_t before = d->errors;
	bool ok = read_folder(&l, root, "catalog", TAKE_CATALOG);
	ok &= read_folder(&l, root, "rules", TAKE_RULES);
	ok &= read_folder(&l, root, "rubrics", TAKE_RUBRICS);
	return ok && d->errors == before && !a->failed;
}
