/* matches(): PCRE2 in UTF mode, unanchored, with limits on work, depth and memory. */
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

void cel_matcher_release(cel_matcher *m)
{
	if (!m)
		return;
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
}

static bool ready(cel_run *r)
{
	if (r->matcher)
		return true;
	cel_matcher *m = NEW(r->scratch, cel_matcher);
	if (!m)
		return false;
	r->matcher = m;
	m->context = pcre2_match_context_create(NULL);
	m->data = pcre2_match_data_create(1, NULL);
	if (!m->context || !m->data) {
		r->scratch->failed = true;
		return false;
	}
	pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
	return true;
}

static value match(cel_run *r, const cel_node *n, const pcre2_code *code, str subject)
{
	int found = PCRE2_ERROR_MATCHLIMIT;
	if (!ready(r) || !cel_charge(r, MATCH_COST + subject.len / 16))
		return value_bool(false);
	for (size_t i = 0; i < COUNT(match_limits) && found == PCRE2_ERROR_MATCHLIMIT; i++) {
		if (!cel_charge(r, i ? match_limits[i] : 0))
			return value_bool(false);
		pcre2_set_match_limit(r->matcher->context, match_limits[i]);
		found = pcre2_match(
			code, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, r->matcher->data, r->matcher->context);
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

value cel_matches(cel_run *r, const cel_node *n, const value *args)
{
	if (n->pattern)
		return match(r, n, n->pattern->code, args[0].string);
	str message;
	pcre2_code *code = compile(args[1].string, NULL, r->scratch, &message);
	if (!code)
		return cel_error(r, n, message);
	cel_charge(r, args[1].string.len + MATCH_COST);
	value v = match(r, n, code, args[0].string);
	pcre2_code_free(code);
	return v;
}
