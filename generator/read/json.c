/* Reads JSON by jansson and copies what it found into the arena. Depth is looked at first, on the bytes,
 * because jansson's values do not know where they stood. */
#include "read/json.h"

#include "base/io.h"

#include <jansson.h>

/* Offset of the bracket that nests too deep; SIZE_MAX if there is none. */
static size_t find_too_deep(str s)
{
	size_t depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (quoted) {
			if (c == '\\')
				i++;
			quoted = c != '"';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '[' || c == '{') {
			if (++depth > JSON_DEPTH_MAX)
				return i;
		} else if ((c == ']' || c == '}') && depth) {
			depth--;
		}
	}
	return SIZE_MAX;
}

static value convert(arena *a, json_t *from);

static value convert_object(arena *a, json_t *from)
{
	value map = value_new_map(a);
	for (void *i = json_object_iter(from); i && !a->failed; i = json_object_iter_next(from, i)) {
		str key = arena_str(a, str_from(json_object_iter_key(i)));
		value_append(a, map.map, value_string(key), convert(a, json_object_iter_value(i)));
	}
	return map;
}

static value convert_array(arena *a, json_t *from)
{
	value list = value_new_list(a, json_array_size(from));
	for (size_t i = 0; i < list.list.len; i++)
		list.list.ptr[i] = convert(a, json_array_get(from, i));
	return list;
}

static value convert(arena *a, json_t *from)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		return convert_object(a, from);
	case JSON_ARRAY:
		return convert_array(a, from);
	case JSON_STRING:
		return value_string(
			arena_str(a, (str){ .ptr = json_string_value(from), .len = json_string_length(from) }));
	case JSON_INTEGER:
		return value_int(json_integer_value(from));
	case JSON_REAL:
		return value_double(json_real_value(from));
	case JSON_TRUE:
	case JSON_FALSE:
		return value_bool(json_is_true(from));
	case JSON_NULL:
		break;
	}
	return V_NONE;
}

/* jansson says how far it had read, and ends its message with "near '...'": what it had read last. */
static size_t error_offset(str text, const json_error_t *error, str *message)
{
	size_t end = error->position > 0 ? (size_t)error->position : 0;
	end = end < text.len ? end : text.len;
	*message = str_from(error->text);
	size_t near = str_find(*message, STR(" near '"), 0);
	if (near == SIZE_MAX || !str_ends(*message, STR("'")))
		return end;
	str token = str_skip(*message, near + STR(" near '").len);
	token.len--;
	bool is_there = token.len <= end && str_eq(token, str_sub(text, end - token.len, token.len));
	return is_there ? end - token.len : end;
}

static void report(const located *text, const json_error_t *error, diags *d)
{
	str message;
	loc at = located_at(text, error_offset(text->text, error, &message));
	enum json_error_code code = json_error_code(error);
	if (code == json_error_out_of_memory)
		diag_add(d, E_NO_MEMORY, at, "out of memory while reading JSON");
	else if (code == json_error_duplicate_key)
		diag_add(d, E_DUPLICATE_KEY, at, "this key is in the object already");
	else if (code == json_error_invalid_utf8)
		diag_add(d, E_BAD_UTF8, at, "not UTF-8");
	else if (code == json_error_numeric_overflow)
		diag_add(d, E_JSON_SYNTAX, at, "this number is too large");
	else
		diag_add(d, E_JSON_SYNTAX, at, "%.*s", STRF(message));
}

bool json_read(value *out, arena *a, const located *text, diags *d)
{
	*out = V_NONE;
	if (text->text.len > IO_FILE_MAX) {
		diag_add(d, E_FILE_SIZE, located_at(text, 0), "larger than the %zu MB that are read at most",
			IO_FILE_MAX >> 20);
		return false;
	}
	size_t nul = str_find(text->text, (str){ .ptr = "", .len = 1 }, 0);
	if (nul != SIZE_MAX) { /* jansson passes over them in silence */
		diag_add(d, E_JSON_SYNTAX, located_at(text, nul), "a NUL byte is not JSON");
		return false;
	}
	size_t deep = find_too_deep(text->text);
	if (deep != SIZE_MAX) {
		diag_add(d, E_JSON_DEPTH, located_at(text, deep), "nested more than %d levels deep", JSON_DEPTH_MAX);
		return false;
	}
	json_error_t error;
	json_t *json = json_loadb(
		text->text.ptr, text->text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (!json) {
		report(text, &error, d);
		return false;
	}
	*out = convert(a, json);
	json_decref(json);
	return !a->failed;
}
