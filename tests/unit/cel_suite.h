/* The CEL specification's own conformance tests, where they are at hand: $CW_SHARED/conformance/cel or,
 * beside the source tree, ../shared. Reads their files, and says by one fixed rule which cases apply: not
 * those that need protocol buffer messages, enums or a container. */
#ifndef UNIT_CEL_SUITE_H
#define UNIT_CEL_SUITE_H

#include "check.h"

#include "base/io.h"
#include "base/number.h"
#include "rules/cel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUITE_USE __attribute__((unused)) static

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

SUITE_USE void skip_space(reader *in)
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

SUITE_USE bool accept(reader *in, char c)
{
	skip_space(in);
	if (!in->rest.len || in->rest.ptr[0] != c)
		return false;
	in->rest = str_skip(in->rest, 1);
	return true;
}

SUITE_USE uint32_t take_number(reader *in, size_t most, unsigned base)
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

SUITE_USE void read_escape(reader *in, buf *out)
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

SUITE_USE str read_quoted(reader *in)
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

SUITE_USE str read_word(reader *in)
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
SUITE_USE message read_message(reader *in)
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

SUITE_USE message inner(message m, const char *name)
{
	const field *f = get(m, name);
	return f ? f->inner : (message){ 0 };
}

SUITE_USE str scalar(message m, const char *name)
{
	const field *f = get(m, name);
	return f ? f->scalar : STR("");
}

SUITE_USE double to_double(arena *a, str s)
{
	return strtod(arena_cstr(a, s), NULL);
}

SUITE_USE bool convert(value *out, arena *a, message m);

SUITE_USE bool convert_list(value *out, arena *a, message m)
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

SUITE_USE bool convert_map(value *out, arena *a, message m)
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

SUITE_USE bool convert_object(value *out, arena *a, message m)
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
SUITE_USE bool convert(value *out, arena *a, message m)
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

SUITE_USE bool same(value a, value b)
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

SUITE_USE bool convert_type(cel_type *out, arena *a, message m);

static const cel_type *type_below(arena *a, message m, const char *name, bool *ok)
{
	cel_type *t = NEW(a, cel_type);
	*ok = convert_type(t, a, inner(m, name)) && *ok;
	return t;
}

SUITE_USE bool convert_type(cel_type *out, arena *a, message m)
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
SUITE_USE bool needs_messages(message test)
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

SUITE_USE setting make_setting(arena *a, message test)
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

SUITE_USE str folder(arena *a)
{
	const char *shared = getenv("CW_SHARED"), *root = getenv("CW_SOURCE_ROOT");
	str base = shared ? str_from(shared) : io_join(a, str_from(root ? root : "."), STR("../shared"));
	return io_join(a, base, STR("conformance/cel"));
}

/* Every test of a file, with where it stands ("file/section"). Skips the Criterion test if there is no such
 * file. */
typedef void suite_visit(arena *a, const char *where, message test, void *data);

SUITE_USE void suite_each(const char *name, suite_visit *visit, void *data)
{
	arena a = { 0 };
	sources src = { .arena = &a };
	diags d = { .arena = &a, .sources = &src };
	str path = io_join(&a, folder(&a), arena_printf(&a, "%s.textproto", name)), text;
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
				visit(&a, where.ptr, test->inner, data);
	}
	arena_free(&a);
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

#endif
