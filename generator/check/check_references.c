/* Every id, file and local link that is referred to exists; the manifest speaks of what was rendered. */
#include "base/hash.h"
#include "base/io.h"
#include "check/checker.h"
#include "read/json.h"

enum { HASH_DIGITS = 64, PATH_PARTS_MAX = 64 };

static void need_known(checker *k, place where, const char *kind, list_str ids)
{
	EACH (const str, id, ids)
		if (!checker_knows(k, kind, *id))
			found(k, where, "refers to %s '%.*s', which does not exist", kind, STRF(*id));
}

static void need_in(checker *k, place where, const map *set, const char *what, list_str ids)
{
	EACH (const str, id, ids)
		if (!map_has(set, *id))
			found(k, where, "refers to %s '%.*s', which does not exist", what, STRF(*id));
}

static void check_module(checker *k, const taught_module *t)
{
	map own = { .arena = k->arena };
	EACH (const teach, one, t->module->teaches)
		need_known(k, place_module(t), "concept", (list_str){ .ptr = (str[]){ one->key }, .len = 1 });
	EACH (const outcome, o, t->module->outcomes) {
		place where = place_outcome(t, o);
		need_known(k, where, "concept", o->concepts);
		map_put(&own, o->id, k);
	}
	EACH (const activity, one, t->module->activities) {
		place where = { .kind = "activity", .id = one->id, .at = one->at };
		EACH (const str, id, one->outcomes)
			if (!map_has(&own, *id) && !checker_knows(k, "outcome", *id))
				found(k, where, "refers to outcome '%.*s', which does not exist", STRF(*id));
	}
}

static void check_lab_files(checker *k, const set_lab *l)
{
	bool fallback = false;
	place where = { .kind = "lab", .id = l->lab->id, .at = l->lab->at };
	EACH (const artifact, file, l->lab->starter)
		if (!checker_has_file(k, l->folder, file->path))
			found(k, where, "its starter file '%.*s' does not exist", STRF(file->path));
	EACH (const lab_tier, t, l->lab->tiers)
		fallback |= str_eq(t->tier, l->lab->fallback);
	if (!fallback)
		found(k, where, "its fallback '%.*s' is not one of its tiers", STRF(l->lab->fallback));
}

static void check_lab(checker *k, const graded *g)
{
	const set_lab *l = g->lab;
	map metrics = { .arena = k->arena };
	EACH (const metric, m, l->lab->metrics) {
		place where = { .kind = "metric", .parent = l->lab->id, .id = m->id, .at = m->at };
		map_put(&metrics, m->id, k);
		if (m->source && !checker_knows(k, "source", m->source->key))
			found(k, where, "cites source '%.*s', which does not exist", STRF(m->source->key));
	}
	if (g->rubric)
		EACH (const criterion, c, g->rubric->criteria)
			if (c->metric.len && !map_has(&metrics, c->metric))
				found(
					k, place_criterion(g, c), "scores metric '%.*s', which does not exist", STRF(c->metric));
	EACH (const pair_text, target, l->plan->targets)
		if (!map_has(&metrics, target->key))
			found(k, (place){ .kind = "lab", .id = l->lab->id, .at = target->at },
				"the plan sets a target for metric '%.*s', which does not exist", STRF(target->key));
	check_lab_files(k, l);
}

static void check_scenario_ids(checker *k, const scenario *s)
{
	map evidence = { .arena = k->arena }, samples = { .arena = k->arena };
	map constructs = { .arena = k->arena };
	place where = { .kind = "scenario", .id = s->id, .at = s->at };
	checker_add(&constructs, s->constructs);
	EACH (const evidence_item, e, s->evidence)
		map_put(&evidence, e->id, k);
	EACH (const scenario_inject, one, s->injects) {
		where.at = one->at;
		need_in(k, where, &constructs, "construct", one->tests);
		need_in(k, where, &evidence, "evidence", one->evidence);
		need_known(k, where, "outcome", one->outcomes);
	}
	EACH (const scenario_prompt, one, s->prompts) {
		where.at = one->at;
		need_in(k, where, &evidence, "evidence", one->evidence);
		need_known(k, where, "outcome", one->outcomes);
	}
	EACH (const sample_performance, one, s->rater_pack.samples)
		map_put(&samples, one->id, k);
	EACH (const gold, one, s->rater_pack.gold)
		if (!map_has(&samples, one->key)) {
			where.at = one->at;
			found(k, where, "gold scores are given for sample '%.*s', which does not exist", STRF(one->key));
		}
}

static void check_plan(checker *k)
{
	map tasks = { .arena = k->arena };
	EACH (const graded, g, k->tasks)
		map_put(&tasks, arena_printf(k->arena, "%s:%.*s", g->kind, STRF(g->id)), k);
	EACH (const plan_grade, one, k->c->plan->grading)
		if (!map_has(&tasks, one->item))
			found(k, (place){ .kind = "course", .at = one->at }, "grades '%.*s', which is not in the plan",
				STRF(one->item));
}

/* The path that a relative link on a page leads to; ".." if it leaves the output folder. */
static str resolve(checker *k, str from, str href)
{
	vec_str parts = { 0 };
	str_cut cut = { .tail = io_parent(from), .ok = str_find(from, STR("/"), 0) != SIZE_MAX };
	for (int i = 0; i < 2; i++) {
		while (cut.ok) {
			cut = str_split(cut.tail, '/');
			bool up = str_eq(cut.head, STR(".."));
			if (up && !parts.len)
				return STR("..");
			if (up)
				parts.len--;
			else if (cut.head.len && !str_eq(cut.head, STR(".")))
				vec_push(k->arena, &parts, cut.head);
		}
		cut = (str_cut){ .tail = href, .ok = i == 0 };
	}
	buf out = { .arena = k->arena };
	EACH (const str, part, parts) {
		buf_str(&out, out.len ? STR("/") : STR(""));
		buf_str(&out, *part);
	}
	return out.len ? buf_done(&out) : STR("index.html");
}

static int hex_digit(char c)
{
	c = to_lower(c);
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static str decode(arena *a, str href)
{
	buf out = { .arena = a };
	for (size_t i = 0; i < href.len; i++) {
		bool escaped = href.ptr[i] == '%' && i + 2 < href.len && hex_digit(href.ptr[i + 1]) >= 0 &&
					   hex_digit(href.ptr[i + 2]) >= 0;
		buf_char(&out,
			escaped ? (char)(hex_digit(href.ptr[i + 1]) * 16 + hex_digit(href.ptr[i + 2])) : href.ptr[i]);
		i += escaped ? 2 : 0;
	}
	return buf_done(&out);
}

/* A link with a scheme, or one that begins at the root of a server, is not ours to follow. */
static bool is_local(str href)
{
	for (size_t i = 0; i < href.len; i++)
		if (href.ptr[i] == ':')
			return false;
		else if (href.ptr[i] == '/' || href.ptr[i] == '#' || href.ptr[i] == '?')
			break;
	return !str_starts(href, STR("/"));
}

typedef struct {
	checker *k;
	map documents; /* path -> document, and every folder above one */
	map pages;     /* path -> page */
} site;

static void add_document(site *s, const document *d)
{
	map_put(&s->documents, d->path, (void *)(uintptr_t)d);
	size_t parts = 0;
	for (size_t i = d->path.len; i-- > 0 && parts < PATH_PARTS_MAX;)
		if (d->path.ptr[i] == '/') {
			map_put(&s->documents, str_sub(d->path, 0, i), (void *)(uintptr_t)d);
			parts++;
		}
}

static void check_href(site *s, const page *p, const page_node *n, str href)
{
	str_cut parts = str_split(href, '#');
	str file = decode(s->k->arena, str_split(parts.head, '?').head);
	str path = file.len ? resolve(s->k, p->document->path, file) : p->document->path;
	const page *target = map_get(&s->pages, path);
	place where = place_document(p->document, n->line);
	if (!map_has(&s->documents, path))
		found(s->k, where, "links to '%.*s', which does not exist", STRF(href));
	else if (target && target->nodes.len && parts.tail.len &&
			 !map_has(&target->ids, decode(s->k->arena, parts.tail)))
		found(s->k, where, "links to '%.*s', and that page has no such id", STRF(href));
}

static void check_page_links(site *s, const page *p)
{
	static const char *const attributes[] = { "href", "src" };
	EACH (const page_node, n, p->nodes)
		for (size_t i = 0; i < COUNT(attributes); i++) {
			const str *to = page_get(n, attributes[i]);
			if (to && to->len && is_local(*to))
				check_href(s, p, n, *to);
		}
}

static void check_links(checker *k)
{
	site s = { .k = k, .documents = { .arena = k->arena }, .pages = { .arena = k->arena } };
	size_t count;
	const page *pages = checker_pages(k, &count);
	if (!k->docs)
		return;
	EACH (const document, d, k->docs->list)
		add_document(&s, d);
	for (size_t i = 0; i < count; i++)
		map_put(&s.pages, pages[i].document->path, (void *)(uintptr_t)&pages[i]);
	for (size_t i = 0; i < count; i++)
		check_page_links(&s, &pages[i]);
}

void rule_t_07(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		check_module(k, t);
	EACH (const graded, g, k->tasks) {
		place where = place_task(g);
		need_known(k, where, "module", g->integrates);
		need_known(k, where, "outcome", g->outcomes);
		if (g->lab)
			check_lab(k, g);
		else if (g->scenario)
			check_scenario_ids(k, g->scenario->scenario);
	}
	check_plan(k);
	check_links(k);
}

static str as_hash(value v)
{
	str s = v.kind == V_STRING ? v.string : STR("");
	if (str_starts(s, STR("sha256:")))
		s = str_skip(s, 7);
	if (s.len != HASH_DIGITS)
		return STR("");
	for (size_t i = 0; i < s.len; i++)
		if (hex_digit(s.ptr[i]) < 0)
			return STR("");
	return s;
}

static void keep_hash(map *hashes, str path, str hash)
{
	str *kept = NEW(hashes->arena, str);
	if (kept) {
		*kept = hash;
		map_put(hashes, path, kept);
	}
}

/* Both forms: {"PATH": "HASH"} and {"path": "PATH", "sha256": "HASH"}. Depth is capped by the reader. */
static void collect_hashes(map *hashes, value v)
{
	if (v.kind == V_LIST)
		EACH (const value, one, v.list)
			collect_hashes(hashes, *one);
	if (v.kind != V_MAP || !v.map)
		return;
	const value *path = value_get(v, STR("path"));
	EACH (const value_pair, pair, v.map->pairs) {
		str hash = as_hash(pair->value);
		if (hash.len && path && path->kind == V_STRING)
			keep_hash(hashes, path->string, hash);
		else if (hash.len)
			keep_hash(hashes, pair->key.string, hash);
		else
			collect_hashes(hashes, pair->value);
	}
}

static void check_hash(checker *k, const map *hashes, const document *d)
{
	const str *listed = map_get(hashes, d->path);
	if (!listed)
		found(k, place_document(d, 0), "is not listed in manifest.json");
	else if (!str_eq_nocase(*listed, hash_sha256(k->arena, d->bytes)))
		found(k, place_document(d, 0), "is not the document whose hash is in manifest.json");
}

static const document *find_manifest(const documents *docs)
{
	if (docs)
		EACH (const document, d, docs->list)
			if (str_eq(d->path, STR("manifest.json")))
				return d;
	return NULL;
}

void rule_t_08(checker *k)
{
	const document *manifest = find_manifest(k->docs);
	if (!manifest)
		return;
	/* What is wrong with the manifest is a finding here, and no diagnostic about the user's input. */
	sources own = { .arena = k->arena };
	diags ignored = { .arena = k->arena, .sources = &own };
	text_run run = { 0 };
	located text = { .text = manifest->bytes, .runs = { .ptr = &run, .len = 1 } };
	text.source = sources_add(&own, manifest->path, manifest->bytes);
	map hashes = { .arena = k->arena };
	value v;
	if (!json_read(&v, k->arena, &text, &ignored)) {
		found(k, place_document(manifest, 0), "is not JSON");
		return;
	}
	const value *outputs = value_get(v, STR("outputs"));
	collect_hashes(&hashes, outputs ? *outputs : v);
	EACH (const document, d, k->docs->list)
		if (d != manifest)
			check_hash(k, &hashes, d);
}
