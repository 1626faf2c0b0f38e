/* The words of a CEL text, one at a time, with literals decoded. */
#ifndef RULES_CEL_LEX_H
#define RULES_CEL_LEX_H

#include "base/diag.h"
#include "base/value.h"

#define CEL_TOKENS(X) \
	X(END, "the end of the expression") \
	X(NAME, "a name") \
	X(RESERVED, "a reserved word") \
	X(QUOTED, "a quoted field name") \
	X(INT, "a number") \
	X(LITERAL, "a literal") \
	X(TRUE, "'true'") \
	X(FALSE, "'false'") \
	X(NULL, "'null'") \
	X(IN, "'in'") \
	X(EQUAL, "'=='") \
	X(UNEQUAL, "'!='") \
	X(LESS_EQUAL, "'<='") \
	X(GREATER_EQUAL, "'>='") \
	X(AND, "'&&'") \
	X(OR, "'||'") \
	X(LESS, "'<'") \
	X(GREATER, "'>'") \
	X(PLUS, "'+'") \
	X(MINUS, "'-'") \
	X(STAR, "'*'") \
	X(SLASH, "'/'") \
	X(PERCENT, "'%'") \
	X(BANG, "'!'") \
	X(QUESTION, "'?'") \
	X(COLON, "':'") \
	X(COMMA, "','") \
	X(DOT, "'.'") \
	X(OPEN, "'('") \
	X(CLOSE, "')'") \
	X(OPEN_BRACKET, "'['") \
	X(CLOSE_BRACKET, "']'") \
	X(OPEN_BRACE, "'{'") \
	X(CLOSE_BRACE, "'}'")

typedef enum {
#define X(name, text) TOKEN_##name,
	CEL_TOKENS(X)
#undef X
} cel_token_kind;

typedef struct {
	cel_token_kind kind;
	uint32_t from, to;
	str name;      /* of a NAME, RESERVED word or QUOTED field */
	value literal; /* of an INT (its magnitude, as a uint) or LITERAL */
} cel_token;

typedef struct {
	arena *arena;
	const located *text;
	diags *diags;
	size_t at;
	bool failed; /* latched: the first error is reported, and only END comes after it */
} cel_lexer;

cel_token cel_next(cel_lexer *l);
const char *cel_token_name(cel_token_kind kind);
/* Reports the first error and latches. */
void cel_fail(cel_lexer *l, diag_code code, size_t from, size_t to, str message);

/* In cel_literal.c. `at` is at the first character of the literal, prefix included, and then after it. */
cel_token cel_lex_number(cel_lexer *l);
cel_token cel_lex_string(cel_lexer *l);

#endif
