/* Findings for people, for programs, and for tools that read SARIF; and the list of rules. */
#include "base/json.h"
#include "check/check.h"

static const char *shown_level(const finding *f)
{
	return f->waived ? "waived" : check_level_names[f->level];
}

static str path_of(const finding *f, const sources *all)
{
	const source *src = sources_get(all, f->at.source);
	if (src)
		return src->path;
	return str_starts(f->item, STR("file:")) ? str_skip(f->item, 5) : STR("");
}

static position position_of(const finding *f, sources *all)
{
	position at = sources_position(all, f->at);
	return at.line ? at : (position){ .line = f->line, .column = f->line ? 1 : 0 };
}

static void print_one(buf *out, const finding *f, sources *all)
{
	str path = path_of(f, all);
	position at = position_of(f, all);
	if (path.len)
		buf_printf(out, "%.*s:", STRF(path));
	if (at.line)
		buf_printf(out, "%u:%u:", at.line, at.column);
	buf_printf(out, "%s%s: %.*s: %.*s [%s]\n", path.len ? " " : "", shown_level(f), STRF(f->item),
		STRF(f->text), f->rule->id);
	if (f->waived)
		buf_printf(out, "    waived by %.*s until %.*s: %.*s\n", STRF(f->waived->author),
			STRF(f->waived->expires), STRF(f->waived->reason));
}

static size_t count_level(const findings *f, check_level level)
{
	size_t count = 0;
	EACH (const finding, one, *f)
		count += !one->waived && one->level == level;
	return count;
}

static size_t count_waived(const findings *f)
{
	size_t count = 0;
	EACH (const finding, one, *f)
		count += one->waived != NULL;
	return count;
}

void check_print_text(buf *out, const findings *f, sources *all)
{
	for (size_t i = 0; i < f->len; i++) {
		const finding *one = &f->ptr[i];
		print_one(out, one, all);
		if (i + 1 == f->len || f->ptr[i + 1].rule != one->rule)
			buf_printf(out, "    %s: %s\n    fix: %s\n", one->rule->id, one->rule->brief, one->rule->fix);
	}
	size_t errors = count_level(f, CHECK_ERROR), warnings = count_level(f, CHECK_WARNING),
		   infos = count_level(f, CHECK_INFO);
	buf_printf(out, "%zu error%s, %zu warning%s, %zu info%s, %zu waived\n", errors, errors == 1 ? "" : "s",
		warnings, warnings == 1 ? "" : "s", infos, infos == 1 ? "" : "s", count_waived(f));
}

static value waiver_value(arena *a, const waiver *w)
{
	value v = value_new_map(a);
	value_set(a, v, "reason", value_string(w->reason));
	value_set(a, v, "author", value_string(w->author));
	value_set(a, v, "expires", value_string(w->expires));
	return v;
}

static value finding_value(arena *a, const finding *f, sources *all)
{
	value v = value_new_map(a);
	position at = position_of(f, all);
	value_set(a, v, "rule", value_literal(f->rule->id));
	value_set(a, v, "level", value_literal(check_level_names[f->level]));
	value_set(a, v, "item", value_string(f->item));
	value_set(a, v, "file", value_string(path_of(f, all)));
	value_set(a, v, "line", value_int(at.line));
	value_set(a, v, "column", value_int(at.column));
	value_set(a, v, "text", value_string(f->text));
	value_set(a, v, "fix", value_literal(f->rule->fix));
	if (f->waived)
		value_set(a, v, "waived", waiver_value(a, f->waived));
	return v;
}

void check_print_json(buf *out, const findings *f, sources *all)
{
	arena *a = out->arena;
	value top = value_new_map(a), list = value_new_list(a, f->len);
	for (size_t i = 0; i < list.list.len; i++)
		list.list.ptr[i] = finding_value(a, &f->ptr[i], all);
	value_set(a, top, "findings", list);
	value_set(a, top, "errors", value_int((int64_t)count_level(f, CHECK_ERROR)));
	value_set(a, top, "warnings", value_int((int64_t)count_level(f, CHECK_WARNING)));
	value_set(a, top, "infos", value_int((int64_t)count_level(f, CHECK_INFO)));
	value_set(a, top, "waived", value_int((int64_t)count_waived(f)));
	json_value(out, top, 0);
	buf_char(out, '\n');
}

static value one_pair(arena *a, const char *key, value inner)
{
	value v = value_new_map(a);
	value_set(a, v, key, inner);
	return v;
}

static value one_item(arena *a, value v)
{
	value list = value_new_list(a, 1);
	if (list.list.len)
		list.list.ptr[0] = v;
	return list;
}

static const char *sarif_level(check_level level)
{
	return level == CHECK_ERROR     ? "error"
		   : level == CHECK_WARNING ? "warning"
		   : level == CHECK_INFO    ? "note"
									: "none";
}

/* A path as a relative URI reference (RFC 3986). */
static str uri(arena *a, str path)
{
	buf out = { .arena = a };
	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];
		bool plain = is_alnum(c) || c == '/' || c == '-' || c == '.' || c == '_' || c == '~';
		if (plain)
			buf_char(&out, c);
		else
			buf_printf(&out, "%%%02X", (unsigned char)c);
	}
	return buf_done(&out);
}

static value sarif_place(arena *a, const finding *f, sources *all)
{
	value v = value_new_map(a);
	str path = path_of(f, all);
	position at = position_of(f, all);
	if (path.len) {
		value file = value_new_map(a);
		value_set(a, file, "artifactLocation", one_pair(a, "uri", value_string(uri(a, path))));
		if (at.line) {
			value region = one_pair(a, "startLine", value_int(at.line));
			value_set(a, region, "startColumn", value_int(at.column));
			value_set(a, file, "region", region);
		}
		value_set(a, v, "physicalLocation", file);
	}
	value_set(
		a, v, "logicalLocations", one_item(a, one_pair(a, "fullyQualifiedName", value_string(f->item))));
	return v;
}

static value sarif_result(arena *a, const finding *f, sources *all)
{
	value v = value_new_map(a);
	value_set(a, v, "ruleId", value_literal(f->rule->id));
	value_set(a, v, "ruleIndex", value_int(f->rule - check_rules));
	value_set(a, v, "level", value_literal(sarif_level(f->level)));
	str text = arena_printf(a, "%.*s: %.*s", STRF(f->item), STRF(f->text));
	value_set(a, v, "message", one_pair(a, "text", value_string(text)));
	value_set(a, v, "locations", one_item(a, sarif_place(a, f, all)));
	if (f->waived) {
		value waived = one_pair(a, "kind", value_literal("external"));
		value_set(a, waived, "justification", value_string(f->waived->reason));
		value_set(a, v, "suppressions", one_item(a, waived));
	}
	return v;
}

static value sarif_rules(arena *a)
{
	value list = value_new_list(a, check_rule_count);
	for (size_t i = 0; i < list.list.len; i++) {
		const check_rule *r = &check_rules[i];
		value v = one_pair(a, "id", value_literal(r->id));
		value_set(a, v, "shortDescription", one_pair(a, "text", value_literal(r->brief)));
		value_set(a, v, "fullDescription",
			one_pair(a, "text", value_string(arena_printf(a, "%s Source: %s.", r->brief, r->source))));
		value_set(a, v, "help", one_pair(a, "text", value_literal(r->fix)));
		value_set(a, v, "defaultConfiguration", one_pair(a, "level", value_literal(sarif_level(r->level))));
		list.list.ptr[i] = v;
	}
	return list;
}

void check_print_sarif(buf *out, const findings *f, sources *all)
{
	arena *a = out->arena;
	value top = value_new_map(a), run = value_new_map(a), driver = value_new_map(a);
	value results = value_new_list(a, f->len);
	for (size_t i = 0; i < results.list.len; i++)
		results.list.ptr[i] = sarif_result(a, &f->ptr[i], all);
	value_set(a, driver, "name", value_literal("coursewright"));
	value_set(a, driver, "rules", sarif_rules(a));
	value_set(a, run, "tool", one_pair(a, "driver", driver));
	value_set(a, run, "columnKind", value_literal("unicodeCodePoints"));
	value_set(a, run, "results", results);
	value_set(a, top, "$schema", value_literal("https://json.schemastore.org/sarif-2.1.0.json"));
	value_set(a, top, "version", value_literal("2.1.0"));
	value_set(a, top, "runs", one_item(a, run));
	json_value(out, top, 0);
	buf_char(out, '\n');
}

value check_list(arena *a)
{
	value list = value_new_list(a, check_rule_count);
	for (size_t i = 0; i < list.list.len; i++) {
		const check_rule *r = &check_rules[i];
		value v = value_new_map(a);
		value_set(a, v, "id", value_literal(r->id));
		value_set(a, v, "level", value_literal(check_level_names[r->level]));
		value_set(a, v, "brief", value_literal(r->brief));
		value_set(a, v, "source", value_literal(r->source));
		value_set(a, v, "fix", value_literal(r->fix));
		list.list.ptr[i] = v;
	}
	return list;
}
