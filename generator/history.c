#include "history.h"

#include "base/hash.h"
#include "base/number.h"
#include "read/update.h"

#define OBJECTS "state/objects"
#define CHANGES "state/changes"

const char *const tracked_paths[TRACKED_FILES] = {
	[TRACKED_PLAN] = "plan.yaml",
	[TRACKED_BASE] = "state/plan.base.yaml",
	[TRACKED_ITEMS] = "state/items.yaml",
	[TRACKED_WORKBOOK] = "workbook.md",
	[TRACKED_HASH] = "state/workbook.hash",
};

static int tracked_file(str path)
{
	for (int i = 0; i < TRACKED_FILES; i++)
		if (str_eq(path, str_from(tracked_paths[i])))
			return i;
	return -1;
}

/* ---- objects */

bool history_object(str *out, cw_context *c, str hash)
{
	*out = STR("");
	str path = io_join(&c->arena, c->root, arena_printf(&c->arena, OBJECTS "/%.*s", STRF(hash)));
	if (!hash_is_sha256(hash) || io_stat(path.ptr) == IO_NONE) {
		diag_file(&c->diags, E_BAD_OBJECT, path, "a file version that the history names is not here");
		return false;
	}
	if (!io_read(out, &c->arena, path.ptr, &c->diags))
		return false;
	if (str_eq(hash_sha256(&c->arena, *out), hash))
		return true;
	if (!c->arena.failed)
		diag_file(&c->diags, E_BAD_OBJECT, path, "these are not the bytes that the name stands for");
	return false;
}

static bool is_among(const vec_io_set_file *files, str path)
{
	EACH (const io_set_file, f, *files)
		if (str_eq(f->path, path))
			return true;
	return false;
}

str history_keep(vec_io_set_file *files, cw_context *c, str text)
{
	str hash = hash_sha256(&c->arena, text);
	str path = arena_printf(&c->arena, OBJECTS "/%.*s", STRF(hash));
	if (!is_among(files, path))
		vec_push(&c->arena, files, (io_set_file){ .path = path, .bytes = text });
	return hash;
}

/* ---- the tracked files */

bool snapshot_now(snapshot *out, cw_context *c)
{
	*out = (snapshot){ 0 };
	bool ok = true;
	for (int i = 0; ok && i < TRACKED_FILES; i++) {
		str path = io_join(&c->arena, c->root, str_from(tracked_paths[i]));
		out->there[i] = io_stat(path.ptr) != IO_NONE;
		ok = !out->there[i] || io_read(&out->bytes[i], &c->arena, path.ptr, &c->diags);
	}
	return ok && !c->arena.failed;
}

static bool snapshot_of(snapshot *out, cw_context *c, const file_version *versions, size_t count)
{
	*out = (snapshot){ 0 };
	for (size_t i = 0; i < count; i++) {
		int file = tracked_file(versions[i].key);
		if (file < 0 || !versions[i].value.len)
			continue;
		out->there[file] = true;
		if (!history_object(&out->bytes[file], c, versions[i].value))
			return false;
	}
	return !c->arena.failed;
}

bool snapshot_before(snapshot *out, cw_context *c, const revision *r)
{
	return snapshot_of(out, c, r->before.ptr, r->before.len);
}

bool snapshot_after(snapshot *out, cw_context *c, const revision *r)
{
	return snapshot_of(out, c, r->after.ptr, r->after.len);
}

bool snapshot_same(const snapshot *a, const snapshot *b)
{
	for (int i = 0; i < TRACKED_FILES; i++)
		if (a->there[i] != b->there[i] || !str_eq(a->bytes[i], b->bytes[i]))
			return false;
	return true;
}

/* ---- reading revisions */

static str change_name(arena *a, int number)
{
	return arena_printf(a, "%04d.yaml", number);
}

/* The number of NNNN.yaml; 0 for any other name. */
static int number_of(str name)
{
	int number = 0;
	if (name.len != sizeof "NNNN.yaml" - 1 || !str_ends(name, STR(".yaml")))
		return 0;
	for (size_t i = 0; i < 4; i++) {
		if (!is_digit(name.ptr[i]))
			return 0;
		number = 10 * number + (name.ptr[i] - '0');
	}
	return number;
}

/* How many there are, if none is missing; the highest number. */
static int last_number(cw_context *c)
{
	int last = 0;
	list_str names = io_list(&c->arena, io_join(&c->arena, c->root, STR(CHANGES)).ptr);
	EACH (const str, name, names) {
		int number = number_of(*name);
		last = number > last ? number : last;
	}
	return last;
}

static bool bad(cw_context *c, loc at, const char *text)
{
	diag_add(&c->diags, E_BAD_HISTORY, at, "%s", text);
	return false;
}

static bool check_versions(cw_context *c, const file_version *list, size_t count)
{
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		if (tracked_file(list[i].key) < 0)
			ok = bad(c, list[i].at, "this is not a file of which the history knows versions");
		else if (!hash_is_sha256(list[i].value))
			ok = bad(c, list[i].at, "the version of a file is the SHA-256 of its bytes");
	}
	return ok;
}

static bool check_revision(cw_context *c, const revision *r, int number)
{
	bool ok = true;
	if (r->number != number)
		ok = bad(c, r->at, "the number of this revision is not the one in the name of its file");
	if (!str_eq(r->kind, STR("update")) && !str_eq(r->kind, STR("revert")))
		ok = bad(c, r->at, "the kind of a revision is update or revert");
	EACH (const change, one, r->changes)
		if ((one->base.len && !hash_is_sha256(one->base)) || (one->made.len && !hash_is_sha256(one->made)))
			ok = bad(c, one->at, "the plan before or after this change is no SHA-256");
	ok &= check_versions(c, r->before.ptr, r->before.len);
	return check_versions(c, r->after.ptr, r->after.len) && ok;
}

static bool read_one(revision *out, cw_context *c, int number)
{
	str text, name = change_name(&c->arena, number);
	str path = io_join(&c->arena, c->root, arena_printf(&c->arena, CHANGES "/%.*s", STRF(name)));
	if (io_stat(path.ptr) == IO_NONE) {
		diag_file(&c->diags, E_BAD_HISTORY, path, "this revision is missing, and there is a later one");
		return false;
	}
	if (!io_read(&text, &c->arena, path.ptr, &c->diags))
		return false;
	uint32_t added = sources_add(&c->sources, path, text);
	return added && revision_read(out, &c->arena, added, &c->diags) && check_revision(c, out, number);
}

bool history_read(list_revision *out, cw_context *c)
{
	VEC(revision) all = { 0 };
	bool ok = true;
	int last = last_number(c);
	for (int number = 1; number <= last && !c->arena.failed; number++) {
		revision one;
		if (read_one(&one, c, number))
			vec_push(&c->arena, &all, one);
		else
			ok = false;
	}
	*out = (list_revision){ .ptr = all.ptr, .len = all.len };
	return ok && !c->arena.failed;
}

/* ---- adding one */

static void keep_versions(
	file_version *out, size_t *count, vec_io_set_file *files, cw_context *c, const snapshot *s)
{
	for (int i = 0; out && i < TRACKED_FILES; i++)
		if (s->there[i])
			out[(*count)++] = (file_version){ .key = str_from(tracked_paths[i]),
				.value = history_keep(files, c, s->bytes[i]) };
}

static void add_tracked(vec_io_set_file *files, cw_context *c, const snapshot *before, const snapshot *after)
{
	for (int i = 0; i < TRACKED_FILES; i++)
		if (before->there[i] != after->there[i] || !str_eq(before->bytes[i], after->bytes[i]))
			vec_push(&c->arena, files,
				(io_set_file){ .path = str_from(tracked_paths[i]),
					.bytes = after->bytes[i],
					.remove = !after->there[i] });
}

void history_add(
	vec_io_set_file *files, cw_context *c, revision *r, const snapshot *before, const snapshot *after)
{
	arena *a = &c->arena;
	add_tracked(files, c, before, after);
	r->number = last_number(c) + 1;
	r->before.ptr = NEWN(a, file_version, TRACKED_FILES);
	r->after.ptr = NEWN(a, file_version, TRACKED_FILES);
	r->before.len = r->after.len = 0;
	keep_versions(r->before.ptr, &r->before.len, files, c, before);
	keep_versions(r->after.ptr, &r->after.len, files, c, after);
	vec_push(a, files,
		(io_set_file){ .path = arena_printf(a, CHANGES "/%.*s", STRF(change_name(a, r->number))),
			.bytes = revision_text(a, r),
			.fresh = true });
}

/* Whether the revision among the files could be read. */
static bool reads_back(cw_context *c, const io_set_file *f)
{
	revision again;
	int number = number_of(io_base(f->path));
	uint32_t added = sources_add(&c->sources, f->path, f->bytes);
	return added && revision_read(&again, &c->arena, added, &c->diags) && check_revision(c, &again, number);
}

bool history_write(cw_context *c, const vec_io_set_file *files)
{
	EACH (const io_set_file, f, *files)
		if (f->fresh && !reads_back(c, f))
			return false;
	return !c->arena.failed &&
		   io_set_write(c->root.ptr, STR(UPDATE_JOURNAL),
			   (list_io_set_file){ .ptr = files->ptr, .len = files->len }, &c->arena, &c->diags);
}

/* ---- versions */

str version_after(arena *a, str version, int step)
{
	int64_t parts[3];
	str rest = version;
	for (int i = 0; i < 3; i++) {
		str_cut cut = str_split(rest, '.');
		rest = cut.tail;
		if (cut.ok != (i < 2) || !cut.head.len || !is_digit(cut.head.ptr[0]) ||
			!integer_parse(&parts[i], cut.head) || parts[i] > 1000000)
			return version;
	}
	int raised = BUMP_MAJOR - step;
	if (raised < 0 || raised > 2)
		return version;
	parts[raised]++;
	for (int i = raised + 1; i < 3; i++)
		parts[i] = 0;
	return arena_printf(a, "%lld.%lld.%lld", (long long)parts[0], (long long)parts[1], (long long)parts[2]);
}
