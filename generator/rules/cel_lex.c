/* The words of a CEL text. White space and comments separate; numbers and strings are in cel_literal.c. */
#include "rules/cel_lex.h"

#include "rules/cel_ast.h"

static const char *const token_names[] = {
#define X(name, text) [TOKEN_##name] = text,
	CEL_TOKENS(X)
#undef X
};

const char *cel_token_name(cel_token_kind kind)
{
	return token_names[kind];
}

void cel_fail(cel_lexer *l, diag_code code, size_t from, size_t to, str message)
{
	if (!l->failed)
		diag_span(
			l->diags, code, located_at(l->text, from), cel_span(l->text, from, to), "%.*s", STRF(message));
	l->failed = true;
}

/* The character `ahead` of the current one; NUL past the end. */
static char peek(const cel_lexer *l, size_t ahead)
{
	str s = l->text->text;
	return l->at + ahead < s.len ? s.ptr[l->at + ahead] : '\0';
}

static void skip_space(cel_lexer *l)
{
	str s = l->text->text;
	while (l->at < s.len) {
		char c = s.ptr[l->at];
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
			l->at++;
		} else if (c == '/' && peek(l, 1) == '/') {
			while (l->at < s.len && s.ptr[l->at] != '\n')
				l->at++;
		} else {
			return;
		}
	}
}

static cel_token end_token(const cel_lexer *l)
{
	return (cel_token){ .kind = TOKEN_END, .from = (uint32_t)l->at, .to = (uint32_t)l->at };
}

static cel_token_kind word_kind(str word)
{
	static const struct {
		str text;
		cel_token_kind kind;
	} words[] = {
#define WORD(text, kind) { { text, sizeof(text) - 1 }, kind }
		WORD("true", TOKEN_TRUE),
		WORD("false", TOKEN_FALSE),
		WORD("null", TOKEN_NULL),
		WORD("in", TOKEN_IN),
		WORD("as", TOKEN_RESERVED),
		WORD("break", TOKEN_RESERVED),
		WORD("const", TOKEN_RESERVED),
		WORD("continue", TOKEN_RESERVED),
		WORD("else", TOKEN_RESERVED),
		WORD("for", TOKEN_RESERVED),
		WORD("function", TOKEN_RESERVED),
		WORD("if", TOKEN_RESERVED),
		WORD("import", TOKEN_RESERVED),
		WORD("let", TOKEN_RESERVED),
		WORD("loop", TOKEN_RESERVED),
		WORD("namespace", TOKEN_RESERVED),
		WORD("package", TOKEN_RESERVED),
		WORD("return", TOKEN_RESERVED),
		WORD("var", TOKEN_RESERVED),
		WORD("void", TOKEN_RESERVED),
		WORD("while", TOKEN_RESERVED),
#undef WORD
	};
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_eq(word, words[i].text))
			return words[i].kind;
	return TOKEN_NAME;
}

static cel_token lex_word(cel_lexer *l)
{
	size_t from = l->at;
	while (is_alnum(peek(l, 0)) || peek(l, 0) == '_')
		l->at++;
	str word = str_sub(l->text->text, from, l->at - from);
	return (
		cel_token){ .kind = word_kind(word), .from = (uint32_t)from, .to = (uint32_t)l->at, .name = word };
}

/* A field name in backticks: letters, digits and _ . - / and space. */
static cel_token lex_quoted(cel_lexer *l)
{
	size_t from = l->at++;
	for (char c = peek(l, 0); is_alnum(c) || c == '_' || c == '.' || c == '-' || c == '/' || c == ' ';
		 c = peek(l, 0))
		l->at++;
	str name = str_sub(l->text->text, from + 1, l->at - from - 1);
	if (peek(l, 0) != '`' || name.len == 0) {
		cel_fail(l, E_CEL_SYNTAX, from, l->at,
			STR("a quoted field name holds letters, digits, '_', '.', '-', '/' and spaces, and ends with "
				"'`'"));
		return end_token(l);
	}
	l->at++;
	return (cel_token){ .kind = TOKEN_QUOTED, .from = (uint32_t)from, .to = (uint32_t)l->at, .name = name };
}

static bool starts_string(const cel_lexer *l)
{
	size_t i = 0;
	if (to_lower(peek(l, i)) == 'b')
		i++;
	if (to_lower(peek(l, i)) == 'r')
		i++;
	return peek(l, i) == '\'' || peek(l, i) == '"';
}

static cel_token unknown_character(cel_lexer *l)
{
	size_t to = l->at + 1;
	str s = l->text->text;
	while (to < s.len && ((unsigned char)s.ptr[to] & 0xC0) == 0x80)
		to++;
	char c = s.ptr[l->at];
	str message =
		c == '='   ? STR("'=' is not an operator; equality is written '=='")
		: c == '&' ? STR("'&' is not an operator; 'and' is written '&&'")
		: c == '|' ? STR("'|' is not an operator; 'or' is written '||'")
				   : arena_printf(l->arena, "unexpected character '%.*s'", (int)(to - l->at), s.ptr + l->at);
	cel_fail(
		l, E_CEL_SYNTAX, l->at, to, (unsigned char)c < ' ' ? STR("unexpected control character") : message);
	return end_token(l);
}

/* By their first character. Longer operators stand before their beginnings in the list of tokens. */
static cel_token_kind first_operator(char c)
{
	switch (c) {
	case '=':
		return TOKEN_EQUAL;
	case '!':
		return TOKEN_UNEQUAL;
	case '<':
		return TOKEN_LESS_EQUAL;
	case '>':
		return TOKEN_GREATER_EQUAL;
	case '&':
		return TOKEN_AND;
	case '|':
		return TOKEN_OR;
	default:
		return TOKEN_PLUS;
	}
}

static cel_token lex_operator(cel_lexer *l)
{
	str rest = str_skip(l->text->text, l->at);
	for (size_t kind = first_operator(rest.ptr[0]); kind < COUNT(token_names); kind++) {
		if (token_names[kind][1] != rest.ptr[0])
			continue;
		str quoted = str_from(token_names[kind]);
		str op = str_sub(quoted, 1, quoted.len - 2);
		if (!str_starts(rest, op))
			continue;
		cel_token t = { .kind = (cel_token_kind)kind, .from = (uint32_t)l->at };
		l->at += op.len;
		t.to = (uint32_t)l->at;
		return t;
	}
	return unknown_character(l);
}

cel_token cel_next(cel_lexer *l)
{
	skip_space(l);
	if (l->failed || l->arena->failed || l->at >= l->text->text.len)
		return end_token(l);
	char c = peek(l, 0);
	if (starts_string(l))
		return cel_lex_string(l);
	if (is_alpha(c) || c == '_')
		return lex_word(l);
	if (is_digit(c) || (c == '.' && is_digit(peek(l, 1))))
		return cel_lex_number(l);
	if (c == '`')
		return lex_quoted(l);
	return lex_operator(l);
}
