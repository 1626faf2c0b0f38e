/* matches(): PCRE2 in UTF mode, unanchored, with limits on work, depth and memory. A constant pattern and
 * what it is matched with live in the program's arena; any other pattern is made and released by the match.
 * There is no just-in-time compiling: its code could not live in an arena. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/cel_run.h"

#include <pcre2.h>

enum {
	PATTERN_MAX = 10000, /* bytes */
	DEPTH_LIMIT = 2000,  /* nested backtracking points */
	HEAP_LIMIT_KIB = 20000,
	MATCH_COST = 200 /* steps of the evaluation */
};

/* Steps of one match. PCRE2 does not say how many it took, so a match is tried with a small limit first and
 * again with the next one; what the evaluation is charged is then near the truth. */
static const uint32_t match_limits[] = { 1000, 10000, 100000 };

struct cel_pattern {
	pcre2_code *code;
};

struct cel_matcher {
	pcre2_match_context *context;
	pcre2_match_data *data;
};

static void *arena_malloc(size_t size, void *data)
{
	return arena_alloc(data, 1, size, _Alignof(max_align_t));
}

static void arena_keep(void *block, void *data)
{
	(void)block;
	(void)data;
}

static pcre2_code *compile(str pattern, pcre2_compile_context *context, arena *a, str *message)
{
	int error = 0;
	PCRE2_SIZE at = 0;
	*message = STR("");
	if (pattern.len > PATTERN_MAX) {
		*message = arena_printf(a, "a pattern has at most %d bytes", PATTERN_MAX);
		return NULL;
	}
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
		PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY, &error, &at, context);
	if (!code) {
		PCRE2_UCHAR text[160] = { 0 };
		pcre2_get_error_message(error, text, sizeof text);
		*message = arena_printf(
			a, "not a regular expression: %s (at character %zu of the pattern)", (char *)text, at + 1);
	}
	return code;
}

const cel_pattern *cel_pattern_compile(arena *a, str pattern, str *message)
{
	cel_pattern *out = NEW(a, cel_pattern);
	pcre2_general_context *general = pcre2_general_context_create(arena_malloc, arena_keep, a);
	pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
	if (!out || !context)
		return NULL;
	out->code = compile(pattern, context, a, message);
	return out->code ? out : NULL;
}

/* `general` NULL: by malloc, to be closed. */
static bool open_matcher(cel_matcher *m, pcre2_general_context *general)
{
	m->context = pcre2_match_context_create(general);
	m->data = pcre2_match_data_create(1, general);
	if (!m->context || !m->data)
		return false;
	pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
	return true;
}

static void close_matcher(cel_matcher *m)
{
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
}

cel_matcher *cel_matcher_new(arena *a)
{
	cel_matcher *m = NEW(a, cel_matcher);
	pcre2_general_context *general = pcre2_general_context_create(arena_malloc, arena_keep, a);
	return m && general && open_matcher(m, general) ? m : NULL;
}

void cel_matcher_prepare(cel_matcher *m, const cel_pattern *pattern)
{
	pcre2_set_match_limit(m->context, match_limits[0]);
	pcre2_match(pattern->code, (PCRE2_SPTR) "", 0, 0, 0, m->data, m->context);
}

static value match(cel_run *r, const cel_node *n, const pcre2_code *code, cel_matcher *m, str subject)
{
	int found = PCRE2_ERROR_MATCHLIMIT;
	if (!cel_charge(r, MATCH_COST + subject.len / 16))
		return value_bool(false);
	for (size_t i = 0; i < COUNT(match_limits) && found == PCRE2_ERROR_MATCHLIMIT; i++) {
		if (!cel_charge(r, i ? match_limits[i] : 0))
			return value_bool(false);
		pcre2_set_match_limit(m->context, match_limits[i]);
		found = pcre2_match(code, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, m->data, m->context);
	}
	if (found >= 0)
		return value_bool(true);
	if (found == PCRE2_ERROR_NOMATCH)
		return value_bool(false);
	if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT || found == PCRE2_ERROR_HEAPLIMIT)
		return cel_error(r, n, STR("the pattern takes too long on this text"));
	PCRE2_UCHAR text[160] = { 0 };
	pcre2_get_error_message(found, text, sizeof text);
	return cel_error(r, n, arena_printf(r->scratch, "cannot match: %s", (char *)text));
}

static value match_new(cel_run *r, const cel_node *n, const pcre2_code *code, str subject)
{
	cel_matcher m = { 0 };
	value v = V_NONE;
	if (open_matcher(&m, NULL))
		v = match(r, n, code, &m, subject);
	else
		r->scratch->failed = true;
	close_matcher(&m);
	return v;
}

value cel_matches(cel_run *r, const cel_node *n, const value *args)
{
	if (n->pattern && r->matcher)
		return match(r, n, n->pattern->code, r->matcher, args[0].string);
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	if (!context) {
		r->scratch->failed = true;
		return V_NONE;
	}
	str message;
	pcre2_code *code = compile(args[1].string, context, r->scratch, &message);
	cel_charge(r, args[1].string.len + MATCH_COST);
	value v = code ? match_new(r, n, code, args[0].string) : cel_error(r, n, message);
	pcre2_code_free(code);
	pcre2_compile_context_free(context);
	return v;
}
