/* The output folder: what is in it is listed in manifest.json with hashes, so that the next build knows what
 * it may remove and what a person has changed. */
#include "session.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/json.h"
#include "read/json.h"

#define MANIFEST "manifest.json"

static value hash_entry(cw_context *c, str path, str sha256)
{
	arena *a = &c->arena;
	value entry = value_new_map(a);
	value_set(a, entry, "path", value_string(path));
	value_set(a, entry, "sha256", value_string(sha256));
	return entry;
}

static str name_of_input(cw_context *c, str path)
{
	str data = str_from(c->data_dir);
	if (data.len && str_starts(path, data) && path.len > data.len && path.ptr[data.len] == '/')
		return str_skip(path, data.len + 1); /* no path of one machine in an output */
	str root = c->root;
	bool below = c->folder && str_starts(path, root) && path.len > root.len && path.ptr[root.len] == '/';
	return below ? str_skip(path, root.len + 1) : io_base(path);
}

/* Everything that was read: workbook, course, catalogue, rules, plan, templates. */
static value list_inputs(cw_context *c)
{
	vec_value items = { 0 };
	EACH (const source, s, c->sources.list)
		vec_push(
			&c->arena, &items, hash_entry(c, name_of_input(c, s->path), hash_sha256(&c->arena, s->text)));
	return value_of(items);
}

static value list_outputs(cw_context *c)
{
	vec_value items = { 0 };
	EACH (document, d, c->documents.list) {
		if (!d->sha256.len)
			d->sha256 = hash_sha256(&c->arena, d->bytes);
		vec_push(&c->arena, &items, hash_entry(c, d->path, d->sha256));
	}
	return value_of(items);
}

/* The sources by the names that outputs may say: no path of one machine. */
static sources named_sources(cw_context *c)
{
	sources out = { .arena = &c->arena };
	EACH (const source, s, c->sources.list)
		sources_add(&out, name_of_input(c, s->path), s->text);
	return out;
}

void add_findings(cw_context *c)
{
	arena *a = &c->arena;
	sources named = named_sources(c);
	buf text = { .arena = a }, json = { .arena = a };
	check_print_text(&text, &c->findings, &named);
	check_print_json(&json, &c->findings, &named);
	vec_push(a, &c->documents.list,
		(document){ .path = STR("instructor/findings.txt"), .bytes = buf_done(&text), .instructor = true });
	vec_push(a, &c->documents.list,
		(document){ .path = STR("instructor/findings.json"), .bytes = buf_done(&json), .instructor = true });
}

static void push_manifest(cw_context *c, value outputs)
{
	arena *a = &c->arena;
	value m = value_new_map(a);
	value_set(a, m, "coursewright", value_literal(cw_version()));
	value_set(a, m, "course", value_string(c->course.id));
	value_set(a, m, "inputs", list_inputs(c));
	value_set(a, m, "outputs", outputs);
	buf b = { .arena = a };
	json_value(&b, m, 0);
	buf_char(&b, '\n');
	vec_push(a, &c->documents.list, (document){ .path = STR(MANIFEST), .bytes = buf_done(&b) });
}

void add_manifest(cw_context *c)
{
	push_manifest(c, list_outputs(c));
}

/* After a partial render: what the former build wrote, with the documents at hand in place of theirs. */
static void add_merged_manifest(cw_context *c, const map *former)
{
	value fresh = list_outputs(c);
	map made = { .arena = &c->arena };
	vec_value all = { 0 };
	for (size_t i = 0; i < fresh.list.len; i++)
		map_put(&made, value_get(fresh.list.ptr[i], STR("path"))->string, &fresh.list.ptr[i]);
	EACH (const map_entry, e, former->entries)
		if (!map_has(&made, e->key))
			vec_push(&c->arena, &all, hash_entry(c, e->key, *(const str *)e->value));
	for (size_t i = 0; i < fresh.list.len; i++)
		vec_push(&c->arena, &all, fresh.list.ptr[i]);
	push_manifest(c, value_of(all));
}

/* Hashes of the former build by path; empty if there was none or its manifest cannot be read. */
static map former_outputs(cw_context *c, str dir, bool *foreign)
{
	map out = { .arena = &c->arena };
	str path = io_join(&c->arena, dir, STR(MANIFEST)), text;
	value m;
	arena scratch = { 0 };
	sources none = { .arena = &scratch };
	diags quiet = { .arena = &scratch, .sources = &none };
	*foreign = io_stat(path.ptr) != IO_NONE;
	if (io_stat(path.ptr) == IO_FILE && io_read(&text, &c->arena, path.ptr, &quiet) &&
		json_read(&m, &c->arena, &(located){ .text = text }, &quiet)) {
		const value *outputs = value_get(m, STR("outputs"));
		*foreign = !outputs || !value_get(m, STR("coursewright"));
		for (size_t i = 0; outputs && outputs->kind == V_LIST && i < outputs->list.len; i++) {
			const value *file = value_get(outputs->list.ptr[i], STR("path"));
			const value *hash = value_get(outputs->list.ptr[i], STR("sha256"));
			str *kept = NEW(&c->arena, str);
			if (!file || !hash || !kept || file->kind != V_STRING || hash->kind != V_STRING ||
				!io_is_safe(file->string))
				continue;
			*kept = hash->string;
			map_put(&out, file->string, kept);
		}
	}
	arena_free(&scratch);
	return out;
}

/* Whether the file on disk is still what the former build wrote. A file that no build wrote counts as a
 * person's. */
static bool is_ours(cw_context *c, const map *former, str relative, const char *path)
{
	str text;
	const str *hash = map_get(former, relative);
	return hash && io_read(&text, &c->arena, path, &c->diags) && str_eq(*hash, hash_sha256(&c->arena, text));
}

typedef struct {
	cw_context *context;
	str dir;
	map former;
	unsigned flags;
	VEC(str) staged; /* full paths */
	cw_result *result;
} outputs;

static bool stage(outputs *o, const document *d)
{
	cw_context *c = o->context;
	str path = io_join(&c->arena, o->dir, d->path);
	bool manifest = str_eq(d->path, STR(MANIFEST));
	if (io_same(path.ptr, d->bytes)) {
		o->result->unchanged++;
		return true;
	}
	if (!manifest && !(o->flags & CW_FORCE) && io_stat(path.ptr) == IO_FILE &&
		!is_ours(c, &o->former, d->path, path.ptr)) {
		diag_file(&c->diags, E_OUTPUT_EDITED, path,
			"was changed by hand and is left as it is; --force replaces it");
		o->result->kept++;
		return true;
	}
	io_written written = io_stage(path.ptr, d->bytes, &c->arena, &c->diags);
	if (written == IO_WRITTEN)
		vec_push(&c->arena, &o->staged, path);
	o->result->written += written == IO_WRITTEN;
	o->result->unchanged += written == IO_UNCHANGED;
	return written != IO_FAILED;
}

static void remove_empty_parents(outputs *o, str relative)
{
	for (str parent = io_parent(relative); !str_eq(parent, STR(".")); parent = io_parent(parent))
		if (!io_remove_folder(io_join(&o->context->arena, o->dir, parent).ptr))
			return;
}

static void remove_stale(outputs *o)
{
	cw_context *c = o->context;
	map made = { .arena = &c->arena };
	EACH (const document, d, c->documents.list)
		map_put(&made, d->path, (void *)d);
	EACH (const map_entry, e, o->former.entries) {
		str path = io_join(&c->arena, o->dir, e->key);
		if (map_has(&made, e->key) || io_stat(path.ptr) != IO_FILE)
			continue;
		if (!is_ours(c, &o->former, e->key, path.ptr)) {
			diag_file(&c->diags, E_OUTPUT_EDITED, path,
				"is no longer produced, but was changed by hand; it is left as it is");
			o->result->kept++;
		} else if (io_remove(path.ptr)) {
			o->result->removed++;
			remove_empty_parents(o, e->key);
		}
	}
}

/* Takes back a staged file, and the folders that were made for it. */
static void undo(outputs *o, str path)
{
	io_discard(path.ptr, &o->context->arena);
	for (str parent = io_parent(path); str_starts(parent, o->dir) && parent.len > 1;
		 parent = io_parent(parent))
		if (!io_remove_folder(arena_cstr(&o->context->arena, parent)))
			return;
}

bool write_outputs(cw_context *c, const char *dir, unsigned flags, bool partial, cw_result *result)
{
	outputs o = { .context = c, .dir = str_from(dir), .flags = flags, .result = result };
	bool foreign;
	o.former = former_outputs(c, o.dir, &foreign);
	if (foreign && !(flags & CW_FORCE)) {
		diag_file(&c->diags, E_OUTPUT_FOREIGN, io_join(&c->arena, o.dir, STR(MANIFEST)),
			"was not written by coursewright; choose another folder with -o, or --force to replace it");
		return false;
	}
	if (partial)
		add_merged_manifest(c, &o.former);
	if (!io_make_folders(dir, &c->diags))
		return false;
	bool ok = true;
	EACH (const document, d, c->documents.list)
		ok = ok && stage(&o, d);
	EACH (const str, path, o.staged) {
		if (ok)
			ok = io_commit(path->ptr, &c->arena, &c->diags);
		else
			undo(&o, *path);
	}
	if (ok && !partial)
		remove_stale(&o);
	return ok && !c->arena.failed;
}
