/* Where an entry needs more than its words: PCRE2. However a pattern is written, the time it takes is bounded
 * by the length of the text: a match reaches so far and takes so many steps, and a pattern that keeps passing
 * that limit is given up for the text. */
#include "evidence/lexicon_parts.h"

enum {
	MATCH_REACH = 4096,  /* bytes of a match */
	SEARCH_REACH = 2048, /* bytes that are searched at once; half of them is what a match is sure to reach */
	UNLESS_REACH = 128,  /* bytes around a hit in which `unless` is looked for */
	STEPS = 10000,       /* of one match at one place */
	DEPTH_LIMIT = 1000,
	FAILURES_MAX = 8, /* matches that took too many steps */
};

pcre2_match_context *pattern_limits(void)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	if (limits) {
		pcre2_set_match_limit(limits, STEPS);
		pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	}
	return limits;
}

static pcre2_code *compile(str p, int *error, size_t *offset)
{
	PCRE2_SIZE at = 0;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)p.ptr, p.len, PCRE2_UTF | PCRE2_UCP, error, &at, NULL);
	*offset = at;
	if (code)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

/* NULL if it does not compile, which is a diagnostic. */
static pcre2_code *compile_of(const concept *c, str p, diags *d)
{
	int error;
	size_t offset;
	pcre2_code *code = compile(p, &error, &offset);
	if (!code) {
		unsigned char text[128] = "";
		pcre2_get_error_message(error, text, sizeof text);
		diag_add(d, E_BAD_PATTERN, c->at, "pattern '%.*s' of concept '%.*s': %s at offset %zu", STRF(p),
			STRF(c->id), (const char *)text, offset);
	}
	return code;
}

static void add_literals(lexicon *l, const pattern_starts *starts, uint32_t number)
{
	for (size_t i = 0; i < starts->len; i++) {
		const pattern_start *one = &starts->ptr[i];
		str text = arena_str(l->arena, (str){ .ptr = one->bytes, .len = one->len });
		bool open = !one->closed && is_alnum(one->bytes[one->len - 1]);
		index_add(&l->index, l->arena,
			(literal){
				.owner = l->patterns.ptr[number].owner, .text = text, .pattern = number + 1, .open = open });
	}
}

static void add_pattern(lexicon *l, uint32_t number, str p, diags *d)
{
	const concept *c = l->owners.ptr[number].concept;
	pcre2_code *code = compile_of(c, p, d);
	size_t before = l->patterns.len;
	if (!code)
		return;
	vec_push(l->arena, &l->patterns, (pattern){ .owner = number, .text = p, .code = code });
	if (l->patterns.len == before) {
		pcre2_code_free(code);
		return;
	}
	pattern_starts starts;
	if (pattern_literals(&starts, p)) {
		add_literals(l, &starts, (uint32_t)before);
	} else {
		vec_push(l->arena, &l->slow, (uint32_t)before);
		diag_add(d, E_PATTERN_LITERAL, c->at,
			"pattern '%.*s' of concept '%.*s' does not begin with a word, so it is tried everywhere", STRF(p),
			STRF(c->id));
	}
}

static pcre2_code *condition(owner *o, str p, diags *d)
{
	pcre2_code *code = p.len ? compile_of(o->concept, p, d) : NULL;
	o->never |= p.len && !code;
	return code;
}

void pattern_add_all(lexicon *l, uint32_t number, diags *d)
{
	owner *o = &l->owners.ptr[number];
	EACH (str, p, o->concept->patterns)
		add_pattern(l, number, *p, d);
	o->near = condition(o, o->concept->requires.near_pattern, d);
	o->unless = condition(o, o->concept->requires.unless, d);
}

void pattern_free_all(lexicon *l)
{
	EACH (pattern, p, l->patterns)
		pcre2_code_free(p->code);
	EACH (owner, o, l->owners) {
		pcre2_code_free(o->near);
		pcre2_code_free(o->unless);
	}
	l->patterns.len = l->owners.len = 0;
}

/* The end of what may be looked at from `at`: never inside a character. */
static size_t reach(str text, size_t at, size_t most)
{
	if (text.len - at <= most)
		return text.len;
	for (at += most; ((unsigned char)text.ptr[at] & 0xC0) == 0x80;)
		at--;
	return at;
}

static bool ready(finding *f)
{
	if (!f->match) {
		f->match = pcre2_match_data_create(1, NULL);
		f->scratch->failed |= !f->match;
	}
	return f->match != NULL;
}

/* The first match at or after `at` and before `to`; not negative if found. */
static int run(finding *f, const pcre2_code *code, size_t at, size_t to, uint32_t options)
{
	options |= PCRE2_NO_UTF_CHECK | (to < f->text.len ? PCRE2_NOTEOL : 0);
	return ready(f) ? pcre2_match(code, (PCRE2_SPTR)f->text.ptr, to, at, options, f->match, f->l->limits)
					: PCRE2_ERROR_NOMEMORY;
}

/* To the beginning of a character. */
static size_t aligned(str text, size_t at)
{
	while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* The same to the end of the text, a part at a time: some patterns look at everything behind each place. */
static int run_on(finding *f, const pcre2_code *code, size_t at)
{
	for (;;) {
		size_t to = reach(f->text, at, SEARCH_REACH), half = at + SEARCH_REACH / 2;
		int found = run(f, code, at, to, 0);
		if (to == f->text.len || (found < 0 && found != PCRE2_ERROR_NOMATCH))
			return found;
		size_t from = found >= 0 ? pcre2_get_ovector_pointer(f->match)[0] : half;
		if (found >= 0 && from < half)
			return found;
		at = aligned(f->text, from);
	}
}

static bool over_limit(int result)
{
	return result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT ||
		   result == PCRE2_ERROR_HEAPLIMIT || result == PCRE2_ERROR_JIT_STACKLIMIT;
}

static bool near_holds(finding *f, uint32_t number)
{
	const owner *o = &f->l->owners.ptr[number];
	if (!o->near)
		return true;
	if (!f->near)
		f->near = NEWN(f->scratch, uint8_t, f->l->owners.len);
	if (f->near && f->near[number] == 0)
		f->near[number] = run_on(f, o->near, 0) >= 0 ? 2 : 1;
	return f->near && f->near[number] == 2;
}

/* Whether from..to lies in a match of `code` on the same line. */
static bool inside_match(finding *f, const pcre2_code *code, size_t from, size_t to)
{
	size_t begin = from, end = reach(f->text, to, UNLESS_REACH);
	while (begin && from - begin < UNLESS_REACH && f->text.ptr[begin - 1] != '\n')
		begin--;
	begin = aligned(f->text, begin);
	size_t line = str_find(str_sub(f->text, 0, end), STR("\n"), to);
	end = line == SIZE_MAX ? end : line;
	while (begin <= from && run(f, code, begin, end, 0) >= 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(f->match);
		if (ends[0] <= from && to <= ends[1])
			return true;
		begin = aligned(f->text, ends[1] > begin ? ends[1] : begin + 1);
	}
	return false;
}

bool pattern_allows(finding *f, uint32_t number, size_t from, size_t to)
{
	const owner *o = &f->l->owners.ptr[number];
	return !o->never && !(o->unless && inside_match(f, o->unless, from, to)) && near_holds(f, number);
}

static pattern_state *state_of(finding *f, uint32_t number)
{
	if (!f->states)
		f->states = NEWN(f->scratch, pattern_state, f->l->patterns.len);
	return f->states ? &f->states[number] : NULL;
}

/* Takes the match that was found last. */
static void add_match(finding *f, uint32_t number, pattern_state *s)
{
	const pattern *p = &f->l->patterns.ptr[number];
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(f->match);
	size_t from = ends[0], to = ends[1];
	if (from >= to || from < s->past)
		return;
	s->past = (uint32_t)to;
	if (pattern_allows(f, p->owner, from, to))
		finding_add(f, p->owner, p->text, from, to);
}

void pattern_try(finding *f, uint32_t number, size_t start)
{
	pattern *p = &f->l->patterns.ptr[number];
	pattern_state *s = state_of(f, number);
	if (!s || start < s->past || s->failures == FAILURES_MAX)
		return;
	int found = run(f, p->code, start, reach(f->text, start, MATCH_REACH), PCRE2_ANCHORED);
	if (found >= 0)
		add_match(f, number, s);
	else if (over_limit(found) && ++s->failures == FAILURES_MAX)
		atomic_store(&p->gave_up, true);
}

void pattern_search(finding *f, uint32_t number)
{
	pattern *p = &f->l->patterns.ptr[number];
	pattern_state *s = state_of(f, number);
	int found = 0;
	for (size_t at = 0; s && at <= f->text.len && (found = run_on(f, p->code, at)) >= 0;) {
		size_t from = pcre2_get_ovector_pointer(f->match)[0], to = pcre2_get_ovector_pointer(f->match)[1];
		if (border_inside(f->text, from)) {
			for (at = from > at ? from : at; border_inside(f->text, at);)
				at++;
			continue;
		}
		add_match(f, number, s);
		at = to > at ? to : aligned(f->text, (from > at ? from : at) + 1);
	}
	if (over_limit(found))
		atomic_store(&p->gave_up, true);
}

bool pattern_found(str p, str text)
{
	int error;
	size_t offset;
	pcre2_code *code = compile(p, &error, &offset);
	pcre2_match_data *match = code ? pcre2_match_data_create(1, NULL) : NULL;
	pcre2_match_context *limits = pattern_limits();
	bool found =
		match && limits && pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, 0, 0, match, limits) >= 0;
	pcre2_match_context_free(limits);
	pcre2_match_data_free(match);
	pcre2_code_free(code);
	return found;
}
