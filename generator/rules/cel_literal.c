/* Numbers, strings and bytes of a CEL text. */
#include "base/utf8.h"
#include "rules/cel_lex.h"

#include <math.h>
#include <stdlib.h>

static char char_at(const cel_lexer *l, size_t at)
{
	str s = l->text->text;
	return at < s.len ? s.ptr[at] : '\0';
}

static unsigned hex_digit(char c)
{
	return is_digit(c)                         ? (unsigned)(c - '0')
		   : is_alpha(c) && to_lower(c) <= 'f' ? (unsigned)(to_lower(c) - 'a') + 10
											   : 16;
}

static cel_token bad(cel_lexer *l, size_t from, size_t to, str message)
{
	cel_fail(l, E_CEL_SYNTAX, from, to, message);
	return (cel_token){ .kind = TOKEN_END, .from = (uint32_t)from, .to = (uint32_t)to };
}

/* Digits in base 10 or 16 as a number; false if it does not fit 64 bits. */
static bool magnitude(uint64_t *out, str digits, unsigned base)
{
	uint64_t n = 0;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned digit = hex_digit(digits.ptr[i]);
		if (n > (UINT64_MAX - digit) / base)
			return false;
		n = n * base + digit;
	}
	*out = n;
	return true;
}

static cel_token finish_integer(cel_lexer *l, size_t from, str digits, unsigned base)
{
	bool is_uint = to_lower(char_at(l, l->at)) == 'u';
	l->at += is_uint;
	if (is_alnum(char_at(l, l->at)) || char_at(l, l->at) == '_')
		return bad(
			l, l->at, l->at + 1, STR("a number ends here; an operator is missing before the next character"));
	cel_token t = { .kind = is_uint ? TOKEN_LITERAL : TOKEN_INT,
		.from = (uint32_t)from,
		.to = (uint32_t)l->at,
		.literal = { .kind = V_UINT } };
	uint64_t n;
	if (!magnitude(&n, digits, base) || (!is_uint && n > (uint64_t)INT64_MAX + 1))
		return bad(l, from, l->at, STR("the number does not fit in 64 bits"));
	t.literal.uinteger = n;
	return t;
}

static void skip_digits(cel_lexer *l)
{
	while (is_digit(char_at(l, l->at)))
		l->at++;
}

static bool skip_exponent(cel_lexer *l)
{
	size_t at = l->at;
	if (to_lower(char_at(l, at)) != 'e')
		return false;
	at++;
	if (char_at(l, at) == '+' || char_at(l, at) == '-')
		at++;
	if (!is_digit(char_at(l, at)))
		return false;
	l->at = at;
	skip_digits(l);
	return true;
}

static cel_token finish_double(cel_lexer *l, size_t from)
{
	char next = char_at(l, l->at);
	if (is_alnum(next) || next == '_')
		return bad(
			l, l->at, l->at + 1, STR("a number ends here; an operator is missing before the next character"));
	double d = strtod(arena_cstr(l->arena, str_sub(l->text->text, from, l->at - from)), NULL);
	if (!isfinite(d))
		return bad(l, from, l->at, STR("the number is too large for a double"));
	return (cel_token){
		.kind = TOKEN_LITERAL, .from = (uint32_t)from, .to = (uint32_t)l->at, .literal = value_double(d)
	};
}

cel_token cel_lex_number(cel_lexer *l)
{
	size_t from = l->at;
	str s = l->text->text;
	if (char_at(l, from) == '0' && char_at(l, from + 1) == 'x') {
		l->at += 2;
		while (hex_digit(char_at(l, l->at)) < 16)
			l->at++;
		if (l->at == from + 2)
			return bad(l, from, l->at, STR("hexadecimal digits are expected after '0x'"));
		return finish_integer(l, from, str_sub(s, from + 2, l->at - from - 2), 16);
	}
	skip_digits(l);
	size_t whole_end = l->at;
	if (char_at(l, l->at) == '.' && is_digit(char_at(l, l->at + 1))) {
		l->at++;
		skip_digits(l);
	}
	bool exponent = skip_exponent(l);
	if (exponent || l->at > whole_end)
		return finish_double(l, from);
	return finish_integer(l, from, str_sub(s, from, whole_end - from), 10);
}

/* A string literal while it is being read. */
typedef struct {
	cel_lexer *lexer;
	buf out;
	size_t from;
	bool raw, bytes, triple;
	char quote;
} literal;

static void put(literal *s, uint32_t c)
{
	if (s->bytes)
		buf_char(&s->out, (char)(unsigned char)c);
	else
		buf_code_point(&s->out, c);
}

/* `digits` digits of the base after `skip` characters of the escape; a bad one is reported. */
static void numeric_escape(literal *s, size_t skip, size_t digits, unsigned base)
{
	cel_lexer *l = s->lexer;
	size_t from = l->at;
	uint32_t c = 0;
	for (size_t i = 0; i < digits; i++) {
		unsigned digit = hex_digit(char_at(l, from + skip + i));
		if (digit >= base) {
			cel_fail(l, E_CEL_SYNTAX, from, from + skip + i + 1,
				arena_printf(l->arena, "this escape needs %zu %s digits", digits,
					base == 8 ? "octal" : "hexadecimal"));
			return;
		}
		c = c * base + digit;
	}
	l->at = from + skip + digits;
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) || (digits <= 3 && c > 0xFF))
		cel_fail(l, E_CEL_SYNTAX, from, l->at, STR("no such character"));
	else
		put(s, c);
}

static void read_escape(literal *s)
{
	static const char plain[] = "abfnrtv\\?\"'`", meant[] = "\a\b\f\n\r\t\v\\?\"'`";
	cel_lexer *l = s->lexer;
	char c = char_at(l, l->at + 1);
	for (size_t i = 0; c && i + 1 < sizeof plain; i++) {
		if (plain[i] == c) {
			put(s, (unsigned char)meant[i]);
			l->at += 2;
			return;
		}
	}
	if (c == 'x' || c == 'X')
		numeric_escape(s, 2, 2, 16);
	else if (c == 'u' && !s->bytes)
		numeric_escape(s, 2, 4, 16);
	else if (c == 'U' && !s->bytes)
		numeric_escape(s, 2, 8, 16);
	else if (c >= '0' && c <= '3')
		numeric_escape(s, 1, 3, 8);
	else if (c == 'd' || c == 'w' || c == 's' || c == '.')
		cel_fail(l, E_CEL_SYNTAX, l->at, l->at + 2,
			STR("unknown escape; a pattern is best written as a raw string, r'...'"));
	else
		cel_fail(l, E_CEL_SYNTAX, l->at, l->at + 2, STR("unknown escape; a backslash is written '\\\\'"));
}

static bool at_end(const literal *s)
{
	const cel_lexer *l = s->lexer;
	if (l->at >= l->text->text.len || char_at(l, l->at) != s->quote)
		return false;
	return !s->triple || (char_at(l, l->at + 1) == s->quote && char_at(l, l->at + 2) == s->quote);
}

static void read_body(literal *s)
{
	cel_lexer *l = s->lexer;
	while (!l->failed && !l->arena->failed && !at_end(s)) {
		char c = char_at(l, l->at);
		if (l->at >= l->text->text.len || (!s->triple && (c == '\n' || c == '\r'))) {
			cel_fail(l, E_CEL_SYNTAX, s->from, l->at, STR("the string does not end"));
		} else if (c == '\\' && !s->raw) {
			read_escape(s);
		} else {
			buf_char(&s->out, c);
			l->at++;
		}
	}
}

cel_token cel_lex_string(cel_lexer *l)
{
	literal s = { .lexer = l, .out = { .arena = l->arena }, .from = l->at };
	s.bytes = to_lower(char_at(l, l->at)) == 'b';
	l->at += s.bytes;
	s.raw = to_lower(char_at(l, l->at)) == 'r';
	l->at += s.raw;
	s.quote = char_at(l, l->at);
	s.triple = char_at(l, l->at + 1) == s.quote && char_at(l, l->at + 2) == s.quote;
	l->at += s.triple ? 3 : 1;
	read_body(&s);
	if (l->failed || l->arena->failed)
		return (cel_token){ .kind = TOKEN_END, .from = (uint32_t)s.from, .to = (uint32_t)l->at };
	l->at += s.triple ? 3 : 1;
	return (cel_token){ .kind = TOKEN_LITERAL,
		.from = (uint32_t)s.from,
		.to = (uint32_t)l->at,
		.literal = { .kind = s.bytes ? V_BYTES : V_STRING, .string = buf_done(&s.out) } };
}
