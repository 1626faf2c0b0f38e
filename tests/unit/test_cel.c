/* CEL beyond the conformance tests: facts of the rules, messages and their places, limits, memory. */
#include "check.h"

#include "base/json.h"
#include "rules/cel.h"

#include <string.h>

static const cel_type string_type = { .kind = CEL_STRING };
static const cel_field skill_fields[] = {
	{ { "name", 4 }, { .kind = CEL_STRING } },
	{ { "category", 8 }, { .kind = CEL_STRING } },
	{ { "count", 5 }, { .kind = CEL_DOUBLE } },
	{ { "share", 5 }, { .kind = CEL_DOUBLE } },
	{ { "low", 3 }, { .kind = CEL_DOUBLE } },
	{ { "concepts", 8 }, { .kind = CEL_LIST, .element = &string_type } },
	{ { "note", 4 }, { .kind = CEL_DYN } },
};
static const record_type skill_record = { { "skill", 5 }, skill_fields, COUNT(skill_fields) };
static const cel_type skill_type = { .kind = CEL_RECORD, .record = &skill_record };
static const cel_variable variables[] = {
	{ { "skill", 5 }, { .kind = CEL_RECORD, .record = &skill_record } },
	{ { "skills", 6 }, { .kind = CEL_LIST, .element = &skill_type } },
	{ { "text", 4 }, { .kind = CEL_STRING } },
	{ { "n", 1 }, { .kind = CEL_INT } },
	{ { "any", 3 }, { .kind = CEL_DYN } },
	{ { "m", 1 }, { .kind = CEL_MAP, .key = &string_type, .element = &string_type } },
	{ { "broken", 6 }, { .kind = CEL_INT } },
};
static const cel_env env = { variables, COUNT(variables), .zones = true };

typedef struct {
	arena arena;
	sources sources;
	diags diags;
	text_run run;
	located text;
	value concepts[2];
	value skills[2][COUNT(skill_fields)];
	value records[2];
	value bindings[COUNT(variables)];
} world;

static value record(const value *slots)
{
	return (value){ .kind = V_RECORD, .record = { .ptr = slots, .type = &skill_record } };
}

static void fill_skill(world *w, size_t i, const char *name, const char *category, double count)
{
	value *slots = w->skills[i];
	slots[0] = value_literal(name);
	slots[1] = value_literal(category);
	slots[2] = value_double(count);
	slots[3] = value_double(count / 20);
	slots[4] = value_double(count / 25);
	slots[5] = (value){ .kind = V_LIST, .list = { .ptr = w->concepts, .len = 2 } };
	slots[6] = V_NONE;
	w->records[i] = record(slots);
}

static void start(world *w, str text)
{
	w->sources.arena = w->diags.arena = &w->arena;
	w->diags.sources = &w->sources;
	w->text = (located){ .text = text,
		.source = sources_add(&w->sources, STR("rules.yaml"), text),
		.runs = { .ptr = &w->run, .len = 1 } };
	w->concepts[0] = value_literal("gitops");
	w->concepts[1] = value_literal("kubernetes");
	fill_skill(w, 0, "Kubernetes", "Core", 18);
	fill_skill(w, 1, "Terraform", "Important", 9);
	value map = value_new_map(&w->arena);
	value_set(&w->arena, map, "k", value_literal("v"));
	w->bindings[0] = w->records[0];
	w->bindings[1] = (value){ .kind = V_LIST, .list = { .ptr = w->records, .len = 2 } };
	w->bindings[2] = value_literal("writes an Operator in Go");
	w->bindings[3] = value_int(7);
	w->bindings[4] = map;
	w->bindings[5] = map;
	w->bindings[6] = (value){ .kind = V_ERROR, .string = STR("no such fact") };
}

static cel_program *compile(world *w, const char *expression, bool check)
{
	start(w, str_from(expression));
	return cel_compile(&w->arena, &w->text, &env, check, &w->diags);
}

/* The value as JSON; "!message" of an error; "?message" if it does not compile. */
static str result(world *w, const char *expression, bool check)
{
	cel_program *p = compile(w, expression, check);
	if (!p)
		return arena_printf(
			&w->arena, "?%.*s", STRF(w->diags.list.len ? w->diags.list.ptr[0].text : STR("no diagnostic")));
	value v = cel_eval(p, w->bindings, &w->arena, NULL);
	if (v.kind == V_ERROR)
		return arena_printf(&w->arena, "!%.*s", STRF(v.string));
	buf b = { .arena = &w->arena };
	json_value(&b, v, -1);
	return buf_done(&b);
}

typedef struct {
	const char *expression, *result;
} expectation;

static void expect_results(const expectation *rows, size_t count, bool check)
{
	for (size_t i = 0; i < count; i++) {
		world w = { 0 };
		str got = result(&w, rows[i].expression, check);
		cr_expect(str_eq(got, str_from(rows[i].result)), "%s: got %.*s, expected %s", rows[i].expression,
			STRF(got), rows[i].result);
		arena_free(&w.arena);
	}
	NO_LEAKS();
}

Test(cel, conditions_of_rules)
{
	static const expectation rows[] = {
		{ "skill.category == 'Core' && skill.low >= 0.5", "true" },
		{ "skill.count >= 10", "true" },
		{ "skill.count == 18 && 18u == skill.count", "true" },
		{ "text.matches('(?i)operator')", "true" },
		{ "text.matches('operator')", "false" },
		{ "matches(text, r'^writes\\b.*\\bGo$')", "true" },
		{ "skills.exists(s, s.share > 0.5 && 'gitops' in s.concepts)", "true" },
		{ "skills.all(s, s.share > 0.5)", "false" },
		{ "skills.filter(s, s.category == 'Important').map(s, s.name)", "[\"Terraform\"]" },
		{ "skills.map(s, s.count > 10.0, s.name)", "[\"Kubernetes\"]" },
		{ "skills.exists_one(s, s == skill)", "true" },
		{ "skills.existsOne(s, true)", "false" },
		{ "size(skills) == 2 && skills.size() == 2", "true" },
		{ "skill in skills && skills[0] == skill && skills[1] != skill", "true" },
		{ "has(skill.low) && !has(skill.note) && has(m.k) && !has(m.x)", "true" },
		{ "m.k + m['k']", "\"vv\"" },
		{ "any.k == 'v'", "true" },
		{ "skill.note == null", "true" },
		{ "type(skill.low) == double && type(n) == int && type(skill) != type(n)", "true" },
		{ "{'teaches': skill.concepts, 'at_least': skill.low > 0.5 ? 'expert' : 'working'}",
			"{\"teaches\": [\"gitops\", \"kubernetes\"], \"at_least\": \"expert\"}" },
		{ "[1, 2.5, 'x', null, [true]]", "[1, 2.5, \"x\", null, [true]]" },
		{ "n > 5 ? n : n - 1 // the rest is a comment", "7" },
		{ "m.`k` == 'v'", "true" },
	};
	expect_results(rows, COUNT(rows), true);
}

Test(cel, values)
{
	static const expectation rows[] = {
		{ "1 + 2 * 3 - -4", "11" },
		{ "-2.5 + .5", "-2" },
		{ "7 / -2", "-3" },
		{ "-7 % 4", "-3" },
		{ "1 == 1.0 && 1u < 2.5 && 2 > 1u", "true" },
		{ "dyn(1) == '1'", "false" },
		{ "1 in [1.0, 2.0] && !(dyn('1') in [1, 2])", "true" },
		{ "0.0 / 0.0 == 0.0 / 0.0", "false" },
		{ "[0.0 / 0.0 < 1.0, 0.0 / 0.0 >= 1.0]", "[false, false]" },
		{ "[1, 2] + [3]", "[1, 2, 3]" },
		{ "b'ab' + b'\\xff'", "\"YWL/\"" },
		{ "'gr\\u00fc\\u00df'.size()", "4" },
		{ "size(b'\\xff\\x00')", "2" },
		{ "'\\101\\x42\\U00000043' + r'\\n' + '''a'\nb'''", "\"ABC\\\\na'\\nb\"" },
		{ "'abc'.contains('') && 'abc'.startsWith('ab') && !'abc'.endsWith('b')", "true" },
		{ "string(1.5) + string(2) + string(3u) + string(true) + string(b'x')", "\"1.523truex\"" },
		{ "[int('-12'), int(2.9), int(-2.9), int(timestamp(5))]", "[-12, 2, -2, 5]" },
		{ "[double('1e3'), double('-Infinity') < 0.0, "
		  "double('0.1000000000000000055511151231257827021181583404541015625')]",
			"[1000, true, 0.1]" },
		{ "duration('1h30m').getMinutes() + duration('-1.5s').getSeconds()", "89" },
		{ "string(duration('-1.5s')) + string(duration('1h0.000000001s'))", "\"-1.5s3600.000000001s\"" },
		{ "timestamp('2024-02-29T23:59:59.5+01:00')", "\"2024-02-29T22:59:59.5Z\"" },
		{ "timestamp('2024-03-01T00:00:00Z').getDayOfYear()", "60" },
		{ "timestamp('2024-03-01T00:00:00Z').getHours('-05:30')", "18" },
		{ "timestamp('2024-03-01T00:00:00Z') - duration('24h') == timestamp('2024-02-29T00:00:00Z')",
			"true" },
		{ "[[1, 2], [3]].map(x, x.map(y, y * 10))", "[[10, 20], [30]]" },
		{ "[1].exists(n, [2].exists(n, n == 2) && n == 1)", "true" },
		{ "[1].map(n, .n)", "[7]" },
		{ "[1].map(text, text + 1)", "[2]" },
		{ "{'a': 1, 2: 'b', true: 3u}.map(k, k)", "[\"a\", 2, true]" },
		{ "{1: 'a'}[1.0] + {1: 'a'}[1u]", "\"aa\"" },
		{ "false ? 1 : true ? 2 : 3", "2" },
		{ "[1, 2,]", "[1, 2]" },
	};
	expect_results(rows, COUNT(rows), true);
}

Test(cel, errors_while_running)
{
	static const expectation rows[] = {
		{ "x", "!undeclared reference to 'x'" },
		{ "x || true", "true" },
		{ "false && x", "false" },
		{ "x && x.y", "!undeclared reference to 'x'" },
		{ "f(1)", "!unbound function 'f'" },
		{ "broken + 1", "!no such fact" },
		{ "broken == 1 || n == 7", "true" },
		{ "skill.shares", "!no such field 'shares'" },
		{ "any.x", "!no such key: 'x'" },
		{ "n.x", "!type 'int' does not support field selection" },
		{ "1 + 'a'", "!no matching overload for '_+_' applied to (int, string)" },
		{ "n < 'a'", "!no matching overload for '_<_' applied to (int, string)" },
		{ "1 && true", "!no matching overload for '_&&_' applied to (int)" },
		{ "9223372036854775807 + 1", "!integer overflow: the result does not fit in 64 bits" },
		{ "-(-9223372036854775808)", "!integer overflow: the result does not fit in 64 bits" },
		{ "0u - 1u", "!integer overflow: the result does not fit in 64 bits" },
		{ "1 / 0", "!division by zero" },
		{ "1u % 0u", "!modulus by zero" },
		{ "[1][1]", "!index out of range; the list has 1 elements" },
		{ "[1][-1]", "!index out of range; the list has 1 elements" },
		{ "[1]['a']", "!a list has no index of type 'string'" },
		{ "{1: 1, 1.0: 2}", "!unsupported key type: double" },
		{ "{1: 1, 1u: 2}", "!the key is there already" },
		{ "int('1x')", "!type conversion error: '1x' is not an int" },
		{ "uint(-1.0)", "!range error: the value does not fit a uint" },
		{ "int(1e19)", "!range error: the value does not fit an int" },
		{ "string(b'\\xff')", "!invalid UTF-8 in bytes, cannot convert to string" },
		{ "'a'.matches('(')",
			"!not a regular expression: missing closing parenthesis (at character 2 of the pattern)" },
		{ "'a'.matches('[' + text)", "!not a regular expression: missing terminating ] for character class "
									 "(at character 26 of the pattern)" },
		{ "(text + 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!').matches('(a+)+$')",
			"!the pattern takes too long on this text" },
		{ "timestamp('2023-02-29T00:00:00Z')", "!'2023-02-29T00:00:00Z' is not a timestamp or out of range; "
											   "it looks like 2026-01-31T12:00:00Z" },
		{ "duration('1')", "!'1' is not a duration or out of range; it looks like 1h30m or 90s" },
		{ "duration('')", "!'' is not a duration or out of range; it looks like 1h30m or 90s" },
		{ "timestamp(0).getHours('Mars/Olympus')", "!unknown time zone 'Mars/Olympus'" },
		{ "timestamp(0).getHours('../../etc/passwd')", "!unknown time zone '../../etc/passwd'" },
		{ "1.exists(x, true)", "!no matching overload: macros run over a list or a map, not int" },
		{ "[1].all(x, x)", "!no matching overload: the condition of a macro is a bool, not int" },
		{ "[1, 2, 0].map(x, 4 / x)", "!division by zero" },
		{ "[1, 0].exists(x, 4 / x == 4) && [0, 1].exists(x, 4 / x == 4)", "true" },
		{ "[0, 1].all(x, 4 / x == 9)", "false" },
	};
	expect_results(rows, COUNT(rows), false);
}

static void expect_error_at(const char *expression, size_t expected)
{
	world w = { 0 };
	size_t at = 999;
	cel_program *p = compile(&w, expression, false);
	cr_assert(p != NULL, "%s does not compile", expression);
	value v = cel_eval(p, w.bindings, &w.arena, &at);
	cr_expect(
		v.kind == V_ERROR && at == expected, "%s: error at %zu, expected %zu", expression, at, expected);
	arena_free(&w.arena);
}

Test(cel, places_of_errors_while_running)
{
	expect_error_at("1 +  1 / 0", 7);
	expect_error_at("skill.low > 1.0 || n / 0 > 1 || x", 21);
	expect_error_at("[1, 2].all(e, e < 3 || e / 0 > 1) && any.nothing == 1", 41);
	expect_error_at("[3, 2].exists(e, e / 0 > 1 || x)", 19);
	NO_LEAKS();
}

/* `column` is where the first diagnostic points, from 1. */
static void expect_diagnostic(
	const char *expression, diag_code code, unsigned column, unsigned length, const char *text)
{
	world w = { 0 };
	cel_program *p = compile(&w, expression, true);
	cr_assert(p == NULL && w.diags.list.len > 0, "%s compiles", expression);
	const diag *d = &w.diags.list.ptr[0];
	position at = sources_position(&w.sources, d->at);
	cr_expect(
		d->code == code && at.column == column && d->length == length && str_eq(d->text, str_from(text)),
		"%s: got CW%u at %u, %u bytes: %.*s", expression, diag_number(d->code), at.column, d->length,
		STRF(d->text));
	arena_free(&w.arena);
}

Test(cel, type_errors)
{
	expect_diagnostic(
		"skill.shares > 0.5", E_CEL_TYPE, 7, 6, "no such field 'shares' on skill; did you mean 'share'?");
	expect_diagnostic(
		"has(skill.shares)", E_CEL_TYPE, 11, 6, "no such field 'shares' on skill; did you mean 'share'?");
	expect_diagnostic(
		"true && skil.low > 1.0", E_CEL_TYPE, 9, 4, "undeclared reference to 'skil'; did you mean 'skill'?");
	expect_diagnostic("skills.exists(each, eahc.low > 1.0)", E_CEL_TYPE, 21, 4,
		"undeclared reference to 'eahc'; did you mean 'each'?");
	expect_diagnostic("zzz", E_CEL_TYPE, 1, 3, "undeclared reference to 'zzz'");
	expect_diagnostic("skill.category >= 0.5", E_CEL_TYPE, 16, 2,
		"no matching overload for '_>=_' applied to (string, double)");
	expect_diagnostic("skill.count * 2 > 1.0", E_CEL_TYPE, 13, 1,
		"no matching overload for '_*_' applied to (double, int); write 2.0");
	expect_diagnostic("skill.count - n > 1.0", E_CEL_TYPE, 13, 1,
		"no matching overload for '_-_' applied to (double, int); arithmetic does not mix types of numbers, "
		"convert one with double() or int()");
	expect_diagnostic(
		"'a' == 1", E_CEL_TYPE, 5, 2, "no matching overload for '_==_' applied to (string, int)");
	expect_diagnostic(
		"1 in ['a']", E_CEL_TYPE, 3, 2, "no matching overload for 'in' applied to (int, list(string))");
	expect_diagnostic("skills.low > 1.0", E_CEL_TYPE, 8, 3,
		"list(skill) has no fields, so no 'low'; to look at its elements, write exists(x, x.low ...) or "
		"all(x, ...)");
	expect_diagnostic(
		"text.contain('a')", E_CEL_TYPE, 6, 7, "there is no function 'contain'; did you mean 'contains'?");
	expect_diagnostic("contains(text, 'a')", E_CEL_TYPE, 1, 8,
		"no matching overload for 'contains' applied to (string, string); it is called as x.contains(...)");
	expect_diagnostic("text.string()", E_CEL_TYPE, 6, 6,
		"no matching overload for 'string' applied to string.(); it is called as string(x)");
	expect_diagnostic("text.startsWith(1)", E_CEL_TYPE, 6, 10,
		"no matching overload for 'startsWith' applied to string.(int)");
	expect_diagnostic("skills.all(s)", E_CEL_TYPE, 8, 3,
		"all() takes a variable and an expression, as in list.all(x, x > 0)");
	expect_diagnostic("skills.all(s, s.name)", E_CEL_TYPE, 17, 4,
		"the condition of a macro is true or false; this is string");
	expect_diagnostic(
		"text.all(c, true)", E_CEL_TYPE, 6, 3, "macros run over a list or the keys of a map; this is string");
	expect_diagnostic("skill.low > 0.5 && text", E_CEL_TYPE, 20, 4,
		"'&&' needs true or false on both sides; this is string");
	expect_diagnostic("!text", E_CEL_TYPE, 1, 1, "no matching overload for '!_' applied to (string)");
	expect_diagnostic(
		"n ? 1 : 2", E_CEL_TYPE, 3, 1, "no matching overload for '_?_:_' applied to (int, int, int)");
	expect_diagnostic("{1.5: 'a'}", E_CEL_TYPE, 2, 3, "a key is a string, int, uint or bool, not double");
	expect_diagnostic(
		"m[1]", E_CEL_TYPE, 3, 1, "no matching overload for '_[_]' applied to (map(string, string), int)");
	expect_diagnostic("text.matches('a(')", E_BAD_PATTERN, 14, 4,
		"not a regular expression: missing closing parenthesis (at character 3 of the pattern)");
	NO_LEAKS();
}

Test(cel, syntax_errors)
{
	expect_diagnostic("", E_CEL_SYNTAX, 1, 1, "expected a value but found the end of the expression");
	expect_diagnostic("1 +", E_CEL_SYNTAX, 4, 1, "expected a value but found the end of the expression");
	expect_diagnostic("(1", E_CEL_SYNTAX, 3, 1, "expected ')' but found the end of the expression");
	expect_diagnostic("[1 2]", E_CEL_SYNTAX, 4, 1, "expected ',' or ']' but found a number");
	expect_diagnostic("f(1,)", E_CEL_SYNTAX, 5, 1, "expected a value but found ')'");
	expect_diagnostic("{'a' 1}", E_CEL_SYNTAX, 6, 1, "expected ':' but found a number");
	expect_diagnostic("a ? b", E_CEL_SYNTAX, 6, 1, "expected ':' but found the end of the expression");
	expect_diagnostic(
		"a b", E_CEL_SYNTAX, 3, 1, "expected an operator or the end of the expression but found 'b'");
	expect_diagnostic("a and b", E_CEL_SYNTAX, 3, 3, "'and' is written '&&'");
	expect_diagnostic("a = b", E_CEL_SYNTAX, 3, 1, "'=' is not an operator; equality is written '=='");
	expect_diagnostic("a & b", E_CEL_SYNTAX, 3, 1, "'&' is not an operator; 'and' is written '&&'");
	expect_diagnostic(
		"a.1", E_CEL_SYNTAX, 2, 2, "expected an operator or the end of the expression but found a literal");
	expect_diagnostic("a.true", E_CEL_SYNTAX, 3, 4, "expected a field name but found 'true'");
	expect_diagnostic("for + 1", E_CEL_SYNTAX, 1, 3, "'for' is a reserved word and cannot be a name");
	expect_diagnostic(
		"a{b: 1}", E_CEL_SYNTAX, 1, 2, "records cannot be made here; a map is written {'key': value}");
	expect_diagnostic("'abc", E_CEL_SYNTAX, 1, 4, "the string does not end");
	expect_diagnostic("'a\nb'", E_CEL_SYNTAX, 1, 2, "the string does not end");
	expect_diagnostic(
		"'\\d+'", E_CEL_SYNTAX, 2, 2, "unknown escape; a pattern is best written as a raw string, r'...'");
	expect_diagnostic("'\\u12'", E_CEL_SYNTAX, 2, 5, "this escape needs 4 hexadecimal digits");
	expect_diagnostic("'\\ud800'", E_CEL_SYNTAX, 2, 6, "no such character");
	expect_diagnostic("9223372036854775808", E_CEL_SYNTAX, 1, 19, "the number does not fit in 64 bits");
	expect_diagnostic("0x", E_CEL_SYNTAX, 1, 2, "hexadecimal digits are expected after '0x'");
	expect_diagnostic("1e999", E_CEL_SYNTAX, 1, 5, "the number is too large for a double");
	expect_diagnostic(
		"12abc", E_CEL_SYNTAX, 3, 1, "a number ends here; an operator is missing before the next character");
	expect_diagnostic("has(skill)", E_CEL_SYNTAX, 1, 10, "has() asks for a field, as in has(skill.low)");
	expect_diagnostic("[1].map(1, 2)", E_CEL_SYNTAX, 5, 9,
		"the first argument of map() names its variable, as in list.map(x, x > 0)");
	expect_diagnostic("a.``", E_CEL_SYNTAX, 3, 1,
		"a quoted field name holds letters, digits, '_', '.', '-', '/' and spaces, and ends with '`'");
	expect_diagnostic("1 + \xc3\xa9", E_CEL_SYNTAX, 5, 2, "unexpected character '\xc3\xa9'");
	expect_diagnostic("1 + \xff", E_BAD_UTF8, 5, 0, "the expression is not UTF-8");
	NO_LEAKS();
}

Test(cel, reports_every_type_error)
{
	world w = { 0 };
	cr_assert(compile(&w, "skill.shares > 1 && text.lenght() == nn", true) == NULL);
	cr_assert(w.diags.list.len == 3, "%zu", w.diags.list.len);
	arena_free(&w.arena);
	NO_LEAKS();
}

/* A folded YAML scalar: the text is in one piece, its bytes stand on two lines. */
Test(cel, places_in_scattered_text)
{
	world w = { 0 };
	start(&w, STR("when: >\n  skill.low > 0.5 &&\n  skill.hihg > 0.9\n"));
	text_run runs[] = { { .text = 0, .offset = 10 }, { .text = 19, .offset = 31 } };
	w.text.text = STR("skill.low > 0.5 && skill.hihg > 0.9");
	w.text.runs.ptr = runs;
	w.text.runs.len = 2;
	cr_assert(cel_compile(&w.arena, &w.text, &env, true, &w.diags) == NULL);
	position at = sources_position(&w.sources, w.diags.list.ptr[0].at);
	cr_assert(at.line == 3 && at.column == 9, "%u:%u", at.line, at.column);
	arena_free(&w.arena);
	NO_LEAKS();
}

static void expect_reads(const char *expression, const char *expected)
{
	world w = { 0 };
	cel_program *p = compile(&w, expression, true);
	cr_assert(p != NULL, "%s does not compile", expression);
	buf b = { .arena = &w.arena };
	list_cel_read reads = cel_reads(p, &w.arena);
	EACH (cel_read, read, reads)
		buf_printf(&b, "%.*s.%.*s ", STRF(read->type), STRF(read->field));
	cr_expect(str_eq(buf_done(&b), str_from(expected)), "%s: got %.*s", expression, STRF(buf_done(&b)));
	arena_free(&w.arena);
}

Test(cel, reads)
{
	const char *all =
		"skill.name skill.category skill.count skill.share skill.low skill.concepts skill.note ";
	expect_reads("n > 1", "");
	expect_reads("skill.low > 0.5 && skill.low < skill.share", "skill.low skill.share ");
	expect_reads("size(skills) > 3", "skill. ");
	expect_reads("skills.exists(s, s.share > 0.5)", "skill. skill.share ");
	expect_reads("skills[0].name == 'x' || has(skill.note)", "skill. skill.name skill.note ");
	expect_reads("skills.filter(s, s.share > 0.5).size() > 1", "skill. skill.share ");
	expect_reads("skills.filter(s, s.low > 0.5).exists(s, s.name == 'x')", "skill. skill.low skill.name ");
	expect_reads("dyn(skill).share > 0.5", all);
	expect_reads("[skill].exists(x, x.low > 1.0)", all);
	NO_LEAKS();
}

static void expect_observed(const char *expression, const char *expected)
{
	world w = { 0 };
	cel_program *p = compile(&w, expression, false);
	cr_assert(p != NULL, "%s does not compile", expression);
	buf b = { .arena = &w.arena };
	list_observation seen = cel_observe(p, w.bindings, &w.arena);
	EACH (observation, one, seen) {
		buf_printf(&b, "%.*s=", STRF(one->text));
		json_value(&b, one->value, -1);
		buf_char(&b, ' ');
	}
	cr_expect(str_eq(buf_done(&b), str_from(expected)), "%s: got %.*s", expression, STRF(buf_done(&b)));
	arena_free(&w.arena);
}

Test(cel, observations)
{
	expect_observed("skill.low > 0.5 && skill.low < skill.share", "skill.low=0.72 skill.share=0.9 ");
	expect_observed("skill . category == m.`k` || n > 1", "skill.category=\"Core\" m.`k`=\"v\" n=7 ");
	expect_observed("skills.exists(s, s.low > skill.low)", "");
	expect_observed("skill == skills[n]", "n=7 ");
	expect_observed("has(skill.name) || broken == 1 || x", "skill.name=\"Kubernetes\" ");
	NO_LEAKS();
}

static str repeat(
	arena *a, const char *head, const char *part, size_t times, const char *middle, const char *tail)
{
	buf b = { .arena = a };
	buf_str(&b, str_from(head));
	for (size_t i = 0; i < times; i++)
		buf_str(&b, str_from(part));
	buf_str(&b, str_from(middle));
	for (size_t i = 0; i < times; i++)
		buf_str(&b, str_from(tail));
	return buf_done(&b);
}

static void expect_limit(
	const char *head, const char *part, size_t times, const char *middle, const char *tail, bool fits)
{
	world w = { 0 };
	start(&w, repeat(&w.arena, head, part, times, middle, tail));
	cel_program *p = cel_compile(&w.arena, &w.text, &env, true, &w.diags);
	if (fits)
		cr_expect(p && cel_eval(p, w.bindings, &w.arena, NULL).kind != V_ERROR, "%s x %zu does not fit", part,
			times);
	else
		cr_expect(p == NULL && w.diags.list.len == 1 && w.diags.list.ptr[0].code == E_CEL_LIMIT,
			"%s x %zu: no limit", part, times);
	arena_free(&w.arena);
}

Test(cel, depth)
{
	expect_limit("", "(", 240, "1", ")", true);
	expect_limit("", "(", 100000, "1", ")", false);
	expect_limit("", "[", 100000, "1", "]", false);
	expect_limit("", "{1:", 100000, "1", "}", false);
	expect_limit("", "!", 240, "true", "", true);
	expect_limit("", "!", 100000, "true", "", false);
	expect_limit("", "-", 100000, "n", "", false);
	expect_limit("1", " + 1", 240, "", "", true);
	expect_limit("1", " + 1", 100000, "", "", false);
	expect_limit("m", ".a", 100000, "", "", false);
	expect_limit("dyn(m)", "[0]", 100000, "", "", false);
	expect_limit("", "true ? 1 : ", 100000, "1", "", false);
	expect_limit("", "[1].map(x, ", 120, "x", ")", true);
	expect_limit("", "int(", 100000, "1", ")", false);
	NO_LEAKS();
}

Test(cel, length)
{
	expect_limit("true", " && true", 50000, "", "", true);
	expect_limit("false", " || n == 7", 50000, "", "", true);
	expect_limit("[1", ", 1", 100000, "]", "", true);
	expect_limit("'", "x", CEL_TEXT_MAX, "'", "", false);
	NO_LEAKS();
}

static void expect_too_long(const char *expression)
{
	world w = { 0 };
	str got = result(&w, expression, true);
	cr_expect(str_eq(got, STR("!the evaluation takes too long")), "%s: %.*s", expression, STRF(got));
	arena_free(&w.arena);
}

Test(cel, steps, .timeout = 60)
{
#define TEN "[0,1,2,3,4,5,6,7,8,9]"
	expect_too_long(TEN ".all(a," TEN ".all(b," TEN ".all(c," TEN ".all(d," TEN ".all(e," TEN ".all(f," TEN
						".all(g, a+b+c+d+e+f+g>=0)))))))");
	expect_too_long(TEN ".exists(a," TEN ".exists(b," TEN ".exists(c," TEN ".exists(d," TEN ".exists(e," TEN
						".exists(f," TEN ".exists(g, a < 0)))))))");
#undef TEN
	world w = { 0 };
	buf b = { .arena = &w.arena };
	for (int i = 0; i < 60; i++)
		BUF_LIT(&b, "[x+x].map(x, ");
	BUF_LIT(&b, "x");
	for (int i = 0; i < 60; i++)
		BUF_LIT(&b, ")[0]");
	str text = repeat(&w.arena, "['0123456789'].map(x, ", "", 0, arena_cstr(&w.arena, buf_done(&b)), "");
	expect_too_long(arena_printf(&w.arena, "%.*s)", STRF(text)).ptr);
	arena_free(&w.arena);
	NO_LEAKS();
}

Test(cel, out_of_memory)
{
	static const char *const expressions[] = {
		"skill.category == 'Core' && skills.exists(s, s.share > 0.5 && 'gitops' in s.concepts + [text])",
		"text.matches('(?i)oper(a|b)tor') && text.matches(m.k) ? {'a': [1, 2, n], 'b': string(1.5)} : {}",
		"skill.shares > 1 && text.lenght() == nn || 'a'.matches('(')",
		"skills.map(s, s.count > 10.0, timestamp('2024-01-01T00:00:00Z').getHours('Europe/Berlin'))",
		"((1 + 2) * 3, ",
		"broken || x.y[1] || f(1, 2) || has(m.x)",
	};
	for (size_t i = 0; i < COUNT(expressions) * 2; i++) {
		for (unsigned n = 1;; n++) {
			world w = { .arena = { .fail_at = n } };
			cel_program *p = compile(&w, expressions[i / 2], i % 2);
			if (p) {
				value v = cel_eval(p, w.bindings, &w.arena, NULL);
				cr_expect(v.kind == V_ERROR || w.arena.failed == false, "%s", expressions[i / 2]);
				cel_reads(p, &w.arena);
				cel_observe(p, w.bindings, &w.arena);
				cel_type_text(&w.arena, cel_result_type(p));
			}
			bool failed = w.arena.failed;
			arena_free(&w.arena);
			if (!failed)
				break;
			cr_assert(n < 100000);
		}
	}
	NO_LEAKS();
}

Test(cel, result_types)
{
	static const expectation rows[] = {
		{ "skill.low > 0.5", "bool" },
		{ "skill.concepts", "list(string)" },
		{ "skills", "list(skill)" },
		{ "{'a': [1.5]}", "map(string, list(double))" },
		{ "[1, 'a']", "list(dyn)" },
		{ "any.x", "dyn" },
		{ "skills.map(s, s.low)", "list(double)" },
		{ "timestamp(0) - timestamp(1)", "duration" },
		{ "skill.note == null ? null : null", "null" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		world w = { 0 };
		cel_program *p = compile(&w, rows[i].expression, true);
		cr_assert(p != NULL, "%s does not compile", rows[i].expression);
		str got = cel_type_text(&w.arena, cel_result_type(p));
		cr_expect(str_eq(got, str_from(rows[i].result)), "%s: %.*s", rows[i].expression, STRF(got));
		cr_expect(str_eq(cel_text(p)->text, str_from(rows[i].expression)));
		arena_free(&w.arena);
	}
	NO_LEAKS();
}
