/* The CEL specification's own conformance tests, where they are at hand: $CW_SHARED/conformance/cel or,
 * beside the source tree, ../shared. Cases that need protocol buffer messages, enums or a container are
 * skipped, by one fixed rule. */
#include "check.h"

#include "base/io.h"
#include "base/number.h"
#include "rules/cel.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One field of a message in the text format of protocol buffers. */
typedef struct field field;
typedef struct {
	field *ptr;
	size_t len, cap;
} message;

struct field {
	str name;
	str scalar; /* decoded if it was quoted */
	bool is_message;
	message inner;
};

typedef struct {
	arena *arena;
	str rest;
	bool bad;
} reader;

static void skip_space(reader *in)
{
	while (in->rest.len) {
		char c = in->rest.ptr[0];
		if (c == '#')
			in->rest = str_split(in->rest, '\n').tail;
		else if (is_space(c) || c == ',' || c == ';')
			in->rest = str_skip(in->rest, 1);
		else
			return;
	}
}

static bool accept(reader *in, char c)
{
	skip_space(in);
	if (!in->rest.len || in->rest.ptr[0] != c)
		return false;
	in->rest = str_skip(in->rest, 1);
	return true;
}

static uint32_t take_number(reader *in, size_t most, unsigned base)
{
	uint32_t n = 0;
	for (size_t i = 0; i < most && in->rest.len; i++) {
		char c = to_lower(in->rest.ptr[0]);
		unsigned digit = is_digit(c)            ? (unsigned)(c - '0')
						 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
												: 99;
		if (digit >= base)
			break;
		n = n * base + digit;
		in->rest = str_skip(in->rest, 1);
	}
	return n;
}

static void read_escape(reader *in, buf *out)
{
	static const char plain[] = "abfnrtv\\?\"'", meant[] = "\a\b\f\n\r\t\v\\?\"'";
	char c = in->rest.len ? in->rest.ptr[0] : 'q';
	const char *hit = memchr(plain, c, sizeof plain - 1);
	if (is_digit(c)) {
		buf_char(out, (char)take_number(in, 3, 8));
		return;
	}
	in->rest = str_skip(in->rest, 1);
	if (c == 'x' || c == 'X')
		buf_char(out, (char)take_number(in, 2, 16));
	else if (c == 'u' || c == 'U')
		buf_code_point(out, take_number(in, c == 'u' ? 4 : 8, 16));
	else if (hit)
		buf_char(out, meant[hit - plain]);
	else
		in->bad = true;
}

static str read_quoted(reader *in)
{
	buf out = { .arena = in->arena };
	skip_space(in);
	while (in->rest.len && (in->rest.ptr[0] == '"' || in->rest.ptr[0] == '\'')) {
		char quote = in->rest.ptr[0];
		in->rest = str_skip(in->rest, 1);
		while (in->rest.len && in->rest.ptr[0] != quote) {
			char c = in->rest.ptr[0];
			in->rest = str_skip(in->rest, 1);
			if (c == '\\')
				read_escape(in, &out);
			else
				buf_char(&out, c);
		}
		in->bad |= !accept(in, quote);
		skip_space(in);
	}
	return buf_done(&out);
}

static str read_word(reader *in)
{
	size_t n = 0;
	skip_space(in);
	if (in->rest.len && in->rest.ptr[0] == '[')
		while (n < in->rest.len && in->rest.ptr[n++] != ']') {
		}
	else
		while (n < in->rest.len && (is_alnum(in->rest.ptr[n]) || strchr("_.+-", in->rest.ptr[n])))
			n++;
	str word = str_sub(in->rest, 0, n);
	in->rest = str_skip(in->rest, n);
	in->bad |= n == 0;
	return word;
}

/* Fields up to the closing brace or the end. */
static message read_message(reader *in)
{
	message m = { 0 };
	while (!in->bad) {
		skip_space(in);
		if (!in->rest.len || accept(in, '}'))
			return m;
		field f = { .name = read_word(in) };
		bool colon = accept(in, ':');
		if (accept(in, '{')) {
			f.is_message = true;
			f.inner = read_message(in);
		} else if (!colon) {
			in->bad = true;
		} else {
			skip_space(in);
			bool quoted = in->rest.len && (in->rest.ptr[0] == '"' || in->rest.ptr[0] == '\'');
			f.scalar = quoted ? read_quoted(in) : read_word(in);
		}
		vec_push(in->arena, &m, f);
	}
	return m;
}

static const field *get(message m, const char *name)
{
	EACH (field, f, m)
		if (str_eq(f->name, str_from(name)))
			return f;
	return NULL;
}

static message inner(message m, const char *name)
{
	const field *f = get(m, name);
	return f ? f->inner : (message){ 0 };
}

static str scalar(message m, const char *name)
{
	const field *f = get(m, name);
	return f ? f->scalar : STR("");
}

static double to_double(arena *a, str s)
{
	return strtod(arena_cstr(a, s), NULL);
}

static bool convert(value *out, arena *a, message m);

static bool convert_list(value *out, arena *a, message m)
{
	vec_value items = { 0 };
	EACH (field, f, m) {
		value v;
		if (!convert(&v, a, f->inner))
			return false;
		vec_push(a, &items, v);
	}
	*out = value_of(items);
	return true;
}

static bool convert_map(value *out, arena *a, message m)
{
	*out = value_new_map(a);
	EACH (field, f, m) {
		value key, v;
		if (!convert(&key, a, inner(f->inner, "key")) || !convert(&v, a, inner(f->inner, "value")))
			return false;
		value_append(a, out->map, key, v);
	}
	return true;
}

static bool convert_object(value *out, arena *a, message m)
{
	(void)a;
	const field *duration = get(m, "[type.googleapis.com/google.protobuf.Duration]");
	int64_t seconds = 0, nanos = 0;
	if (!duration)
		return false;
	integer_parse(&seconds, scalar(duration->inner, "seconds"));
	integer_parse(&nanos, scalar(duration->inner, "nanos"));
	*out = (value){ .kind = V_DURATION, .time = { .seconds = seconds, .nanos = (int32_t)nanos } };
	return true;
}

/* A value; false if it is of a kind that needs protocol buffers. */
static bool convert(value *out, arena *a, message m)
{
	*out = V_NONE;
	const field *f = m.ptr;
	if (m.len != 1)
		return false;
	if (str_eq(f->name, STR("null_value")))
		return true;
	if (str_eq(f->name, STR("bool_value")))
		*out = value_bool(str_eq(f->scalar, STR("true")));
	else if (str_eq(f->name, STR("int64_value")))
		return out->kind = V_INT, integer_parse(&out->integer, f->scalar);
	else if (str_eq(f->name, STR("uint64_value")))
		*out = (value){ .kind = V_UINT, .uinteger = strtoull(arena_cstr(a, f->scalar), NULL, 10) };
	else if (str_eq(f->name, STR("double_value")))
		*out = value_double(to_double(a, f->scalar));
	else if (str_eq(f->name, STR("string_value")))
		*out = value_string(f->scalar);
	else if (str_eq(f->name, STR("bytes_value")))
		*out = (value){ .kind = V_BYTES, .string = f->scalar };
	else if (str_eq(f->name, STR("type_value")))
		*out = (value){ .kind = V_TYPE, .string = f->scalar };
	else if (str_eq(f->name, STR("list_value")))
		return convert_list(out, a, f->inner);
	else if (str_eq(f->name, STR("map_value")))
		return convert_map(out, a, f->inner);
	else if (str_eq(f->name, STR("object_value")))
		return convert_object(out, a, f->inner);
	else
		return false;
	return true;
}

static bool same(value a, value b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case V_NULL:
		return true;
	case V_BOOL:
		return a.boolean == b.boolean;
	case V_INT:
	case V_UINT:
		return a.uinteger == b.uinteger;
	case V_DOUBLE:
		return (isnan(a.number) && isnan(b.number)) ||
			   (a.number == b.number && !signbit(a.number) == !signbit(b.number));
	case V_STRING:
	case V_BYTES:
	case V_TYPE:
		return str_eq(a.string, b.string);
	case V_TIMESTAMP:
	case V_DURATION:
		return a.time.seconds == b.time.seconds && a.time.nanos == b.time.nanos;
	case V_LIST:
		for (size_t i = 0; i < a.list.len; i++)
			if (i >= b.list.len || !same(a.list.ptr[i], b.list.ptr[i]))
				return false;
		return a.list.len == b.list.len;
	case V_MAP:
		EACH (value_pair, x, a.map->pairs) {
			bool found = false;
			EACH (value_pair, y, b.map->pairs)
				found = found || (same(x->key, y->key) && same(x->value, y->value));
			if (!found)
				return false;
		}
		return a.map->pairs.len == b.map->pairs.len;
	default:
		return false;
	}
}

static bool convert_type(cel_type *out, arena *a, message m);

static const cel_type *type_below(arena *a, message m, const char *name, bool *ok)
{
	cel_type *t = NEW(a, cel_type);
	*ok = convert_type(t, a, inner(m, name)) && *ok;
	return t;
}

static bool convert_type(cel_type *out, arena *a, message m)
{
	static const struct {
		const char *name;
		cel_kind kind;
	} primitives[] = { { "BOOL", CEL_BOOL }, { "INT64", CEL_INT }, { "UINT64", CEL_UINT },
		{ "DOUBLE", CEL_DOUBLE }, { "STRING", CEL_STRING }, { "BYTES", CEL_BYTES } };
	bool ok = true;
	*out = (cel_type){ .kind = CEL_DYN };
	for (size_t i = 0; i < COUNT(primitives); i++) {
		if (str_eq(scalar(m, "primitive"), str_from(primitives[i].name))) {
			out->kind = primitives[i].kind;
			return true;
		}
	}
	if (get(m, "null"))
		out->kind = CEL_NULL;
	else if (str_eq(scalar(m, "message_type"), STR("google.protobuf.Duration")))
		out->kind = CEL_DURATION;
	else if (get(m, "list_type"))
		*out =
			(cel_type){ .kind = CEL_LIST, .element = type_below(a, inner(m, "list_type"), "elem_type", &ok) };
	else if (get(m, "map_type"))
		*out = (cel_type){ .kind = CEL_MAP,
			.key = type_below(a, inner(m, "map_type"), "key_type", &ok),
			.element = type_below(a, inner(m, "map_type"), "value_type", &ok) };
	else
		return false;
	return ok;
}

/* The rule for what is left out: a container, a message literal, or a value or type that is a message or an
 * enum. */
static bool needs_messages(message test)
{
	str expr = scalar(test, "expr");
	if (get(test, "container") || str_find(expr, STR("TestAllTypes"), 0) != SIZE_MAX)
		return true;
	size_t at = str_find(expr, STR("google.protobuf."), 0);
	for (; at != SIZE_MAX; at = str_find(expr, STR("google.protobuf."), at + 1)) {
		size_t end = at + strlen("google.protobuf.");
		while (end < expr.len && is_alnum(expr.ptr[end]))
			end++;
		if (end < expr.len && expr.ptr[end] == '{')
			return true;
	}
	return false;
}

typedef struct {
	arena *arena;
	vec_value bindings;
	VEC(cel_variable) variables;
	bool ok;
} setting;

static setting make_setting(arena *a, message test)
{
	setting s = { .arena = a, .ok = true };
	EACH (field, f, test) {
		if (!str_eq(f->name, STR("type_env")))
			continue;
		cel_variable v = { .name = scalar(f->inner, "name") };
		s.ok = convert_type(&v.type, a, inner(inner(f->inner, "ident"), "type")) && s.ok;
		vec_push(a, &s.variables, v);
		vec_push(a, &s.bindings, (value){ .kind = V_ERROR, .string = STR("unbound") });
	}
	EACH (field, f, test) {
		if (!str_eq(f->name, STR("bindings")))
			continue;
		value v;
		s.ok = convert(&v, a, inner(inner(f->inner, "value"), "value")) && s.ok;
		size_t i = 0;
		while (i < s.variables.len && !str_eq(s.variables.ptr[i].name, scalar(f->inner, "key")))
			i++;
		if (i < s.variables.len) {
			s.bindings.ptr[i] = v;
		} else {
			vec_push(a, &s.variables, (cel_variable){ .name = scalar(f->inner, "key") });
			vec_push(a, &s.bindings, v);
		}
	}
	return s;
}

typedef enum { RUN_PASSED, RUN_SKIPPED, RUN_FAILED } outcome;

static outcome run_test(arena *a, const char *where, message test)
{
	str name = scalar(test, "name"), expr = scalar(test, "expr");
	value expected = value_bool(true);
	setting s = make_setting(a, test);
	bool known = !get(test, "value") || convert(&expected, a, inner(test, "value"));
	if (needs_messages(test) || !s.ok || !known)
		return RUN_SKIPPED;
	sources src = { .arena = a };
	diags d = { .arena = a, .sources = &src };
	text_run run = { 0 };
	located text = {
		.text = expr, .source = sources_add(&src, name, expr), .runs = { .ptr = &run, .len = 1 }
	};
	cel_env env = { .ptr = s.variables.ptr, .len = s.variables.len };
	bool check = !str_eq(scalar(test, "disable_check"), STR("true"));
	cel_program *p = cel_compile(a, &text, &env, check, &d);
	if (!p) {
		cr_log_error("%s/%.*s: %.*s: does not compile: %.*s", where, STRF(name), STRF(expr),
			STRF(d.list.len ? d.list.ptr[0].text : STR("?")));
		return RUN_FAILED;
	}
	value got = cel_eval(p, s.bindings.ptr, a, NULL);
	if (get(test, "eval_error") ? got.kind == V_ERROR : same(got, expected))
		return RUN_PASSED;
	cr_log_error("%s/%.*s: %.*s: wrong result, kind %d %.*s", where, STRF(name), STRF(expr), (int)got.kind,
		STRF(got.kind == V_ERROR ? got.string : STR("")));
	return RUN_FAILED;
}

static str folder(arena *a)
{
	const char *shared = getenv("CW_SHARED"), *root = getenv("CW_SOURCE_ROOT");
	str base = shared ? str_from(shared) : io_join(a, str_from(root ? root : "."), STR("../shared"));
	return io_join(a, base, STR("conformance/cel"));
}

static void run_file(const char *name)
{
	arena a = { 0 };
	sources src = { .arena = &a };
	diags d = { .arena = &a, .sources = &src };
	str path = io_join(&a, folder(&a), arena_printf(&a, "%s.textproto", name)), text;
	size_t counts[3] = { 0 };
	if (io_stat(path.ptr) != IO_FILE) {
		arena_free(&a);
		cr_skip_test("%s.textproto is not at hand", name);
	}
	cr_assert(io_read(&text, &a, path.ptr, &d));
	reader in = { .arena = &a, .rest = text };
	message file = read_message(&in);
	cr_assert(in.bad == false, "%s: cannot be read near '%.*s'", name, STRF(str_sub(in.rest, 0, 40)));
	EACH (field, section, file) {
		if (!str_eq(section->name, STR("section")))
			continue;
		str where = arena_printf(&a, "%s/%.*s", name, STRF(scalar(section->inner, "name")));
		EACH (field, test, section->inner)
			if (str_eq(test->name, STR("test")))
				counts[run_test(&a, where.ptr, test->inner)]++;
	}
	cr_log_info("%s: %zu passed, %zu skipped, %zu failed", name, counts[RUN_PASSED], counts[RUN_SKIPPED],
		counts[RUN_FAILED]);
	cr_assert(counts[RUN_PASSED] > 0 && counts[RUN_FAILED] == 0, "%s: %zu of %zu failed", name,
		counts[RUN_FAILED], counts[RUN_PASSED] + counts[RUN_FAILED]);
	arena_free(&a);
	NO_LEAKS();
}

#define FILES(X) \
	X(basic) \
	X(comparisons) \
	X(conversions) \
	X(fields) \
	X(fp_math) \
	X(integer_math) \
	X(lists) \
	X(logic) \
	X(macros) \
	X(parse) \
	X(plumbing) \
	X(string) \
	X(timestamps)

#define X(name) \
	Test(cel_conformance, name) \
	{ \
		run_file(#name); \
	}
FILES(X)
#undef X

/* Were the specification to gain a file, it would be missed silently. */
Test(cel_conformance, every_file_is_run)
{
#define X(name) #name ".textproto",
	static const char *const files[] = { FILES(X) };
#undef X
	arena a = { 0 };
	list_str found = io_list(&a, folder(&a).ptr);
	if (!found.len) {
		arena_free(&a);
		cr_skip_test("the conformance tests are not at hand");
	}
	EACH (str, name, found) {
		bool known = false;
		for (size_t i = 0; i < COUNT(files); i++)
			known = known || str_eq(*name, str_from(files[i]));
		cr_expect(known, "%.*s is not run", STRF(*name));
	}
	arena_free(&a);
	NO_LEAKS();
}
