/* From words to a tree, by recursive descent. Chains of && and || become one flat node, so that only what is
 * really nested counts as depth. The first error ends it. */
#include "rules/cel_ast.h"
#include "rules/cel_lex.h"

typedef struct {
	cel_lexer lexer;
	cel_token token;  /* the next one */
	uint32_t last_to; /* where the one before it ends */
	unsigned depth;
	cel_node spare; /* stands in for every node once memory has run out */
} parser;

typedef VEC(cel_node *) vec_node;

static const struct {
	cel_token_kind token;
	cel_op op;
	int precedence;
} operators[] = {
	{ TOKEN_EQUAL, OP_EQUAL, 1 },
	{ TOKEN_UNEQUAL, OP_UNEQUAL, 1 },
	{ TOKEN_LESS, OP_LESS, 1 },
	{ TOKEN_LESS_EQUAL, OP_LESS_EQUAL, 1 },
	{ TOKEN_GREATER, OP_GREATER, 1 },
	{ TOKEN_GREATER_EQUAL, OP_GREATER_EQUAL, 1 },
	{ TOKEN_IN, OP_IN, 1 },
	{ TOKEN_PLUS, OP_ADD, 2 },
	{ TOKEN_MINUS, OP_SUBTRACT, 2 },
	{ TOKEN_STAR, OP_MULTIPLY, 3 },
	{ TOKEN_SLASH, OP_DIVIDE, 3 },
	{ TOKEN_PERCENT, OP_MODULO, 3 },
};

static cel_node *parse_expression(parser *p);

static bool stopped(const parser *p)
{
	return p->lexer.failed || p->lexer.arena->failed;
}

static void advance(parser *p)
{
	p->last_to = p->token.to;
	p->token = cel_next(&p->lexer);
}

static bool accept(parser *p, cel_token_kind kind)
{
	if (p->token.kind != kind || stopped(p))
		return false;
	advance(p);
	return true;
}

static void fail(parser *p, uint32_t from, uint32_t to, str message)
{
	cel_fail(&p->lexer, E_CEL_SYNTAX, from, to, message);
	p->token.kind = TOKEN_END;
}

/* "a?.b", "[?a]" and "{?a: b}": what other implementations have beyond the definition. */
static bool is_optional_syntax(const parser *p, uint32_t at)
{
	str rest = str_skip(p->lexer.text->text, at);
	return str_starts(rest, STR("?.")) || str_starts(rest, STR("[?")) || str_starts(rest, STR("{?"));
}

static void fail_optional(parser *p, uint32_t from)
{
	fail(p, from, from + 2, STR("optional values are an extension of CEL that is not supported"));
}

static void fail_expected(parser *p, const char *expected)
{
	static const char *const words[][2] = { { "and", "&&" }, { "or", "||" }, { "not", "!" }, { "is", "==" } };
	cel_token t = p->token;
	for (size_t i = 0; t.kind == TOKEN_NAME && i < COUNT(words); i++) {
		if (str_eq(t.name, str_from(words[i][0]))) {
			fail(p, t.from, t.to,
				arena_printf(p->lexer.arena, "'%s' is written '%s'", words[i][0], words[i][1]));
			return;
		}
	}
	str found = t.kind == TOKEN_NAME || t.kind == TOKEN_RESERVED
					? arena_printf(p->lexer.arena, "'%.*s'", STRF(t.name))
					: str_from(cel_token_name(t.kind));
	fail(p, t.from, t.to, arena_printf(p->lexer.arena, "expected %s but found %.*s", expected, STRF(found)));
}

static void expect(parser *p, cel_token_kind kind)
{
	if (!stopped(p) && !accept(p, kind))
		fail_expected(p, cel_token_name(kind));
}

static cel_node *start(parser *p, cel_node_kind kind, uint32_t from)
{
	cel_node *n = NEW(p->lexer.arena, cel_node);
	if (!n)
		n = &p->spare;
	*n = (cel_node){ .kind = kind, .from = from, .to = p->token.to, .at = from, .at_end = p->token.to };
	return n;
}

static void deepen(cel_node *n, const cel_node *child)
{
	if (child && child != n && child->depth >= n->depth)
		n->depth = child->depth + 1;
}

/* Ends the node at the last word read. */
static cel_node *finish(parser *p, cel_node *n)
{
	n->to = p->last_to;
	n->depth = 1;
	deepen(n, n->target);
	for (size_t i = 0; i < n->args.len; i++)
		deepen(n, n->args.ptr[i]);
	if (n->depth > CEL_DEPTH_MAX) {
		cel_fail(&p->lexer, E_CEL_LIMIT, n->at, n->at_end,
			arena_printf(p->lexer.arena, "more than %d operations inside one another", CEL_DEPTH_MAX));
		p->token.kind = TOKEN_END;
	}
	return n;
}

static void set_args(cel_node *n, vec_node args)
{
	n->args = (list_cel_node){ .ptr = args.ptr, .len = args.len };
}

static bool enter(parser *p)
{
	if (++p->depth <= CEL_DEPTH_MAX)
		return true;
	cel_fail(&p->lexer, E_CEL_LIMIT, p->token.from, p->token.to,
		arena_printf(p->lexer.arena, "more than %d levels of nesting", CEL_DEPTH_MAX));
	p->token.kind = TOKEN_END;
	return false;
}

static cel_node *constant(parser *p, value v)
{
	cel_node *n = start(p, NODE_CONST, p->token.from);
	n->constant = v;
	advance(p);
	return finish(p, n);
}

/* Expressions up to the closing token, which is consumed. */
static void parse_arguments(parser *p, vec_node *args, cel_token_kind close, bool trailing_comma)
{
	arena *a = p->lexer.arena;
	if (accept(p, close))
		return;
	while (!stopped(p)) {
		vec_push(a, args, parse_expression(p));
		if (accept(p, close))
			return;
		if (!accept(p, TOKEN_COMMA)) {
			fail_expected(p, close == TOKEN_CLOSE ? "',' or ')'" : "',' or ']'");
			return;
		}
		if (trailing_comma && accept(p, close))
			return;
	}
}

static cel_node *parse_list(parser *p)
{
	cel_node *n = start(p, NODE_LIST, p->token.from);
	vec_node args = { 0 };
	advance(p);
	parse_arguments(p, &args, TOKEN_CLOSE_BRACKET, true);
	set_args(n, args);
	return finish(p, n);
}

static cel_node *parse_map(parser *p)
{
	cel_node *n = start(p, NODE_MAP, p->token.from);
	vec_node args = { 0 };
	advance(p);
	while (!stopped(p) && p->token.kind != TOKEN_CLOSE_BRACE) {
		vec_push(p->lexer.arena, &args, parse_expression(p));
		expect(p, TOKEN_COLON);
		vec_push(p->lexer.arena, &args, parse_expression(p));
		if (p->token.kind != TOKEN_CLOSE_BRACE && !accept(p, TOKEN_COMMA) && !stopped(p))
			fail_expected(p, "',' or '}'");
	}
	expect(p, TOKEN_CLOSE_BRACE);
	set_args(n, args);
	return finish(p, n);
}

/* What follows a name and its opening parenthesis; `target` is the receiver, if any. */
static cel_node *parse_call(parser *p, cel_node *target, cel_token name)
{
	cel_node *n = start(p, NODE_CALL, target ? target->from : name.from);
	vec_node args = { 0 };
	n->name = name.name;
	n->at = name.from;
	n->at_end = name.to;
	n->member = target != NULL;
	if (target)
		vec_push(p->lexer.arena, &args, target);
	parse_arguments(p, &args, TOKEN_CLOSE, false);
	set_args(n, args);
	if (stopped(p))
		return n;
	str problem = cel_macro_expand(p->lexer.arena, n);
	if (problem.len)
		fail(p, n->at, p->last_to, problem);
	return finish(p, n);
}

static cel_node *parse_name(parser *p)
{
	uint32_t from = p->token.from;
	bool absolute = accept(p, TOKEN_DOT);
	cel_token name = p->token;
	if (name.kind == TOKEN_RESERVED) {
		fail(p, name.from, name.to,
			arena_printf(p->lexer.arena, "'%.*s' is a reserved word and cannot be a name", STRF(name.name)));
		return start(p, NODE_IDENT, from);
	}
	if (name.kind == TOKEN_QUESTION && name.from > 0 && is_optional_syntax(p, name.from - 1))
		fail_optional(p, name.from - 1);
	else if (name.kind != TOKEN_NAME)
		fail_expected(p, absolute ? "a name" : "a value");
	else
		advance(p);
	if (accept(p, TOKEN_OPEN))
		return parse_call(p, NULL, name);
	cel_node *n = start(p, NODE_IDENT, from);
	n->name = name.name;
	n->at_end = name.to;
	n->absolute = absolute;
	return finish(p, n);
}

static cel_node *parse_primary(parser *p)
{
	switch (p->token.kind) {
	case TOKEN_TRUE:
	case TOKEN_FALSE:
		return constant(p, value_bool(p->token.kind == TOKEN_TRUE));
	case TOKEN_NULL:
		return constant(p, V_NONE);
	case TOKEN_LITERAL:
		return constant(p, p->token.literal);
	case TOKEN_INT:
		if (p->token.literal.uinteger > INT64_MAX)
			fail(p, p->token.from, p->token.to, STR("the number does not fit in 64 bits"));
		return constant(p, value_int((int64_t)(p->token.literal.uinteger & INT64_MAX)));
	case TOKEN_OPEN: {
		advance(p);
		cel_node *inner = parse_expression(p);
		expect(p, TOKEN_CLOSE);
		return inner;
	}
	case TOKEN_OPEN_BRACKET:
		return parse_list(p);
	case TOKEN_OPEN_BRACE:
		return parse_map(p);
	default:
		return parse_name(p);
	}
}

static cel_node *parse_select(parser *p, cel_node *target)
{
	cel_token name = p->token;
	if (name.kind != TOKEN_NAME && name.kind != TOKEN_RESERVED && name.kind != TOKEN_QUOTED) {
		fail_expected(p, "a field name");
		return target;
	}
	advance(p);
	if (name.kind != TOKEN_QUOTED && accept(p, TOKEN_OPEN))
		return parse_call(p, target, name);
	cel_node *n = start(p, NODE_SELECT, target->from);
	n->target = target;
	n->name = name.name;
	n->at = name.from;
	n->at_end = name.to;
	return finish(p, n);
}

static cel_node *parse_index(parser *p, cel_node *target)
{
	cel_node *n = start(p, NODE_INDEX, target->from);
	vec_node args = { 0 };
	n->target = target;
	vec_push(p->lexer.arena, &args, parse_expression(p));
	n->at = args.len ? args.ptr[0]->from : 0;
	n->at_end = p->last_to;
	expect(p, TOKEN_CLOSE_BRACKET);
	set_args(n, args);
	return finish(p, n);
}

static cel_node *parse_members(parser *p, cel_node *n)
{
	while (!stopped(p)) {
		if (accept(p, TOKEN_DOT)) {
			n = parse_select(p, n);
		} else if (accept(p, TOKEN_OPEN_BRACKET)) {
			n = parse_index(p, n);
		} else if (p->token.kind == TOKEN_OPEN_BRACE && (n->kind == NODE_IDENT || n->kind == NODE_SELECT)) {
			fail(
				p, n->from, p->token.to, STR("records cannot be made here; a map is written {'key': value}"));
		} else {
			return n;
		}
	}
	return n;
}

/* A minus sign right before a number belongs to it, so that the smallest integer can be written. */
static cel_node *parse_negative(parser *p, uint32_t from)
{
	value v = p->token.literal;
	if (p->token.kind == TOKEN_INT)
		v = value_int((int64_t)(0 - v.uinteger));
	else
		v.number = -v.number;
	cel_node *n = constant(p, v);
	n->from = from;
	n->at = from;
	return parse_members(p, n);
}

static cel_node *parse_unary(parser *p)
{
	cel_token_kind kind = p->token.kind;
	uint32_t from = p->token.from;
	if (kind != TOKEN_BANG && kind != TOKEN_MINUS)
		return parse_members(p, parse_primary(p));
	cel_node *n = start(p, kind == TOKEN_BANG ? NODE_NOT : NODE_NEGATE, from);
	advance(p);
	bool number =
		p->token.kind == TOKEN_INT || (p->token.kind == TOKEN_LITERAL && p->token.literal.kind == V_DOUBLE);
	if (kind == TOKEN_MINUS && number)
		return parse_negative(p, from);
	if (!enter(p))
		return n;
	n->target = parse_unary(p);
	p->depth--;
	return finish(p, n);
}

static cel_node *parse_binary(parser *p, int least)
{
	cel_node *left = parse_unary(p);
	while (!stopped(p)) {
		size_t i = 0;
		while (i < COUNT(operators) && operators[i].token != p->token.kind)
			i++;
		if (i == COUNT(operators) || operators[i].precedence < least)
			break;
		cel_node *n = start(p, NODE_BINARY, left->from);
		vec_node args = { 0 };
		n->op = operators[i].op;
		n->at = p->token.from;
		n->at_end = p->token.to;
		advance(p);
		vec_push(p->lexer.arena, &args, left);
		vec_push(p->lexer.arena, &args, parse_binary(p, operators[i].precedence + 1));
		set_args(n, args);
		left = finish(p, n);
	}
	return left;
}

static cel_node *parse_logic(parser *p, cel_node_kind kind)
{
	cel_token_kind token = kind == NODE_OR ? TOKEN_OR : TOKEN_AND;
	cel_node *first = kind == NODE_OR ? parse_logic(p, NODE_AND) : parse_binary(p, 1);
	if (p->token.kind != token || stopped(p))
		return first;
	cel_node *n = start(p, kind, first->from);
	vec_node args = { 0 };
	n->at = p->token.from;
	n->at_end = p->token.to;
	vec_push(p->lexer.arena, &args, first);
	while (accept(p, token))
		vec_push(p->lexer.arena, &args, kind == NODE_OR ? parse_logic(p, NODE_AND) : parse_binary(p, 1));
	set_args(n, args);
	return finish(p, n);
}

static cel_node *parse_expression(parser *p)
{
	if (!enter(p))
		return start(p, NODE_CONST, p->token.from);
	cel_node *first = parse_logic(p, NODE_OR);
	if (p->token.kind == TOKEN_QUESTION && !stopped(p)) {
		cel_node *n = start(p, NODE_CONDITION, first->from);
		vec_node args = { 0 };
		n->at = p->token.from;
		n->at_end = p->token.to;
		advance(p);
		vec_push(p->lexer.arena, &args, first);
		vec_push(p->lexer.arena, &args, parse_logic(p, NODE_OR));
		if (p->token.kind != TOKEN_COLON && !stopped(p) && is_optional_syntax(p, n->at))
			fail_optional(p, n->at);
		expect(p, TOKEN_COLON);
		vec_push(p->lexer.arena, &args, parse_expression(p));
		set_args(n, args);
		first = finish(p, n);
	}
	p->depth--;
	return first;
}

bool cel_parse(cel_node **out, arena *a, const located *text, diags *d)
{
	parser *p = NEW(a, parser);
	if (!p)
		return false;
	p->lexer = (cel_lexer){ .arena = a, .text = text, .diags = d };
	advance(p);
	*out = parse_expression(p);
	if (!stopped(p) && p->token.kind != TOKEN_END)
		fail_expected(p, "an operator or the end of the expression");
	return !stopped(p);
}
