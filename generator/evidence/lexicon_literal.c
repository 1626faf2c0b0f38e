/* With which words the matches of a pattern can begin. Reads the beginning of PCRE2 syntax; whatever it does
 * not know ends a literal, or makes the pattern one that cannot be looked up. */
#include "evidence/lexicon_parts.h"

enum { NESTING_MAX = 16, CLASS_MAX = 4 };

typedef struct {
	str p;
	size_t at;
	bool unknown; /* syntax that is not understood */
	int depth;
} reader;

/* What one item of a pattern adds. */
typedef struct {
	pattern_starts texts;
	bool zero_width;
	bool ends_word; /* a sign or white space, which one is not known */
	bool anything;
} item;

static char peek(const reader *r)
{
	return r->at < r->p.len ? r->p.ptr[r->at] : '\0';
}

static bool take(reader *r, str s)
{
	bool found = str_starts(str_skip(r->p, r->at), s);
	r->at += found ? s.len : 0;
	return found;
}

static void starts_of(reader *r, pattern_starts *out);

static void put_start(pattern_starts *set, pattern_start one)
{
	for (size_t i = 0; i < set->len && i < LITERALS_MAX; i++)
		if (set->ptr[i].len == one.len && set->ptr[i].done == one.done && set->ptr[i].closed == one.closed &&
			memcmp(set->ptr[i].bytes, one.bytes, one.len) == 0)
			return;
	if (set->len < LITERALS_MAX)
		set->ptr[set->len] = one;
	set->len++;
}

static void put_char(item *out, char c)
{
	pattern_start one = { .len = 1 };
	one.bytes[0] = to_lower(c);
	put_start(&out->texts, one);
}

static void set_done(pattern_starts *set, bool closed)
{
	for (size_t i = 0; i < set->len && i < LITERALS_MAX; i++) {
		pattern_start *one = &set->ptr[i];
		one->closed |= closed && !one->done;
		one->done = true;
	}
}

/* \b after a letter says that a word ends there. */
static void set_border(pattern_starts *set)
{
	for (size_t i = 0; i < set->len && i < LITERALS_MAX; i++) {
		pattern_start *one = &set->ptr[i];
		one->closed |= !one->done && one->len && is_alnum(one->bytes[one->len - 1]);
	}
}

static pattern_start joined(pattern_start a, const pattern_start *b)
{
	if (a.done)
		return a;
	size_t room = LITERAL_BYTES - a.len, len = b->len < room ? b->len : room;
	memcpy(a.bytes + a.len, b->bytes, len);
	a.closed = b->closed || (b->len == 0 && a.closed);
	a.len = (uint8_t)(a.len + len);
	a.done = b->done;
	if (len < b->len) {
		a.done = true;
		a.closed = false;
	}
	return a;
}

static void append(pattern_starts *set, const pattern_starts *more)
{
	pattern_starts all = { 0 };
	if (set->len > LITERALS_MAX || more->len > LITERALS_MAX) {
		set->len = LITERALS_MAX + 1;
		return;
	}
	for (size_t i = 0; i < set->len; i++)
		for (size_t k = 0; k < more->len; k++)
			put_start(&all, joined(set->ptr[i], &more->ptr[k]));
	*set = all;
}

/* Past the parenthesis that closes the group whose contents are next. */
static void skip_group(reader *r)
{
	for (int depth = 1; depth && r->at < r->p.len; r->at++) {
		char c = peek(r);
		if (c == '\\') {
			r->at++;
		} else if (c == '[') {
			r->at += 1 + (r->at + 1 < r->p.len && r->p.ptr[r->at + 1] == '^');
			while (++r->at < r->p.len && peek(r) != ']')
				r->at += peek(r) == '\\';
		} else {
			depth += (c == '(') - (c == ')');
		}
	}
}

static void read_inner(reader *r, item *out)
{
	if (++r->depth > NESTING_MAX)
		r->unknown = true;
	else
		starts_of(r, &out->texts);
	r->depth--;
	r->unknown |= !take(r, STR(")"));
}

/* (?i) and (?i:...); those that change what white space or a number means are not known. */
static void read_options(reader *r, item *out)
{
	while (peek(r) == 'i' || peek(r) == 'm' || peek(r) == 's' || peek(r) == '-')
		r->at++;
	if (take(r, STR(")")))
		out->zero_width = true;
	else if (take(r, STR(":")))
		read_inner(r, out);
	else
		r->unknown = true;
}

static void read_group(reader *r, item *out)
{
	if (take(r, STR("?!")) || take(r, STR("?<!")) || take(r, STR("?<="))) {
		skip_group(r);
		out->zero_width = true;
	} else if (take(r, STR("?="))) {
		read_inner(r, out);
		set_done(&out->texts, false);
	} else if (take(r, STR("?:")) || take(r, STR("?>"))) {
		read_inner(r, out);
	} else if (take(r, STR("?<")) || take(r, STR("?P<"))) {
		while (r->at < r->p.len && peek(r) != '>')
			r->at++;
		r->at++;
		read_inner(r, out);
	} else if (take(r, STR("?"))) {
		read_options(r, out);
	} else if (peek(r) == '*') {
		r->unknown = true;
	} else {
		read_inner(r, out);
	}
}

/* A few characters are alternatives; signs alone end a word; everything else is anything. */
static void read_class(reader *r, item *out)
{
	bool negated = take(r, STR("^")), words = false, complex = false;
	size_t count = 0;
	for (bool first = true; r->at < r->p.len && (first || peek(r) != ']'); first = false) {
		char c = r->p.ptr[r->at++];
		bool escaped = c == '\\';
		if (escaped) {
			c = peek(r);
			r->at++;
		}
		bool range = peek(r) == '-' && r->at + 1 < r->p.len && r->p.ptr[r->at + 1] != ']';
		bool word = (is_alnum(c) && !(escaped && c == 's')) || (unsigned char)c >= 0x80;
		words |= word || range || c == '[';
		complex |= range || (escaped && is_alnum(c)) || (unsigned char)c >= 0x80 || c == '[';
		if (++count <= CLASS_MAX && !complex)
			put_char(out, c);
	}
	r->at++;
	if (negated || complex || count > CLASS_MAX) {
		out->texts.len = 0;
		out->ends_word = !negated && !words;
		out->anything = !out->ends_word;
	}
}

static void skip_property(reader *r)
{
	if (peek(r) == '{')
		while (r->at < r->p.len && peek(r) != '}')
			r->at++;
	r->at++;
}

static void read_escape(reader *r, item *out, pattern_starts *set)
{
	char c = peek(r);
	r->at++;
	switch (c) {
	case 'b':
		set_border(set);
		out->zero_width = true;
		break;
	case 'A':
	case 'G':
	case 'K': /* what was found begins here, but it is searched for from the beginning on */
		out->zero_width = true;
		break;
	case 's':
	case 'W':
	case 'h':
	case 'n':
	case 't':
	case 'R':
	case 'z':
	case 'Z':
		out->ends_word = true;
		break;
	case 'd':
	case 'w':
	case 'S':
	case 'D':
		out->anything = true;
		break;
	case 'p':
	case 'P':
		skip_property(r);
		out->anything = true;
		break;
	default:
		if (is_alnum(c) || c == '\0')
			r->unknown = true;
		else
			put_char(out, c);
	}
}

static item read_item(reader *r, pattern_starts *set)
{
	item out = { 0 };
	char c = r->p.ptr[r->at++];
	if (c == '(')
		read_group(r, &out);
	else if (c == '[')
		read_class(r, &out);
	else if (c == '\\')
		read_escape(r, &out, set);
	else if (c == '^')
		out.zero_width = true;
	else if (c == '$')
		out.ends_word = true;
	else if (c == '.' || (unsigned char)c >= 0x80)
		out.anything = true;
	else if (c == '*' || c == '+' || c == '?' || c == '{')
		r->unknown = true;
	else
		put_char(&out, c);
	return out;
}

typedef enum { ONCE, OPTIONAL, AT_LEAST_ONCE, ANY_NUMBER } repetition;

static repetition read_repetition(reader *r)
{
	char c = peek(r);
	repetition n = c == '?' ? OPTIONAL : c == '*' ? ANY_NUMBER : c == '+' ? AT_LEAST_ONCE : ONCE;
	if (c == '{' && r->at + 1 < r->p.len && is_digit(r->p.ptr[r->at + 1])) {
		n = r->p.ptr[r->at + 1] == '0' ? ANY_NUMBER : AT_LEAST_ONCE;
		while (r->at < r->p.len && peek(r) != '}')
			r->at++;
	}
	r->at += n != ONCE;
	if (n != ONCE && (peek(r) == '?' || peek(r) == '+'))
		r->at++;
	return n;
}

static void add_item(pattern_starts *set, const item *one, repetition times)
{
	if (one->zero_width)
		return;
	if (times == ANY_NUMBER || one->anything || one->ends_word) {
		set_done(set, one->ends_word && (times == ONCE || times == AT_LEAST_ONCE));
		return;
	}
	pattern_starts without = *set;
	append(set, &one->texts);
	if (times == AT_LEAST_ONCE)
		set_done(set, false);
	for (size_t i = 0; times == OPTIONAL && i < without.len && i < LITERALS_MAX; i++)
		put_start(set, without.ptr[i]);
}

static void read_sequence(reader *r, pattern_starts *out)
{
	pattern_starts set = { .len = 1 };
	while (r->at < r->p.len && peek(r) != '|' && peek(r) != ')' && !r->unknown) {
		item one = read_item(r, &set);
		repetition times = read_repetition(r);
		r->unknown |= one.zero_width && times != ONCE;
		add_item(&set, &one, times);
	}
	if (set.len > LITERALS_MAX) {
		out->len = LITERALS_MAX + 1;
		return;
	}
	for (size_t i = 0; i < set.len; i++)
		put_start(out, set.ptr[i]);
}

static void starts_of(reader *r, pattern_starts *out)
{
	do
		read_sequence(r, out);
	while (take(r, STR("|")));
}

/* Whether matches that begin so can be looked up by the first word. */
static bool usable(const pattern_start *one)
{
	size_t lead = 0, end;
	while (lead < one->len && !is_alnum(one->bytes[lead]))
		lead++;
	for (end = lead; end < one->len && is_alnum(one->bytes[end]);)
		end++;
	bool whole = end < one->len || one->closed;
	return end > lead && (whole || end - lead >= OPEN_BYTES - 1);
}

bool pattern_literals(pattern_starts *out, str p)
{
	reader r = { .p = p };
	*out = (pattern_starts){ 0 };
	starts_of(&r, out);
	if (r.unknown || r.at < p.len || out->len > LITERALS_MAX)
		return false;
	for (size_t i = 0; i < out->len; i++)
		if (!usable(&out->ptr[i]))
			return false;
	return out->len > 0;
}
