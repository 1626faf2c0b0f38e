/* Types of CEL expressions: names, equality, what fits where. */
#include "rules/cel_types.h"

static const char *const kind_names[] = {
	[CEL_DYN] = "dyn",
	[CEL_NULL] = "null_type",
	[CEL_BOOL] = "bool",
	[CEL_INT] = "int",
	[CEL_UINT] = "uint",
	[CEL_DOUBLE] = "double",
	[CEL_STRING] = "string",
	[CEL_BYTES] = "bytes",
	[CEL_LIST] = "list",
	[CEL_MAP] = "map",
	[CEL_TYPE] = "type",
	[CEL_TIMESTAMP] = "google.protobuf.Timestamp",
	[CEL_DURATION] = "google.protobuf.Duration",
	[CEL_RECORD] = "record",
};

const char *cel_kind_name(cel_kind kind)
{
	return kind_names[kind];
}

bool cel_named_type(str *out, str name)
{
	for (size_t i = CEL_NULL; i < CEL_RECORD; i++) {
		*out = str_from(kind_names[i]);
		if (str_eq(*out, name))
			return true;
	}
	return false;
}

cel_kind cel_kind_of(value v)
{
	static const cel_kind kinds[] = {
		[V_NULL] = CEL_NULL,
		[V_BOOL] = CEL_BOOL,
		[V_INT] = CEL_INT,
		[V_UINT] = CEL_UINT,
		[V_DOUBLE] = CEL_DOUBLE,
		[V_STRING] = CEL_STRING,
		[V_BYTES] = CEL_BYTES,
		[V_LIST] = CEL_LIST,
		[V_MAP] = CEL_MAP,
		[V_TYPE] = CEL_TYPE,
		[V_TIMESTAMP] = CEL_TIMESTAMP,
		[V_DURATION] = CEL_DURATION,
		[V_RECORD] = CEL_RECORD,
		[V_ERROR] = CEL_DYN,
	};
	return kinds[v.kind];
}

str cel_type_name_of(value v)
{
	if (v.kind == V_RECORD && v.record.type)
		return v.record.type->name;
	return str_from(kind_names[cel_kind_of(v)]);
}

cel_type cel_element(cel_type t)
{
	return (t.kind == CEL_LIST || t.kind == CEL_MAP) && t.element ? *t.element : CEL_TYPE_OF(CEL_DYN);
}

cel_type cel_key(cel_type t)
{
	return t.kind == CEL_MAP && t.key ? *t.key : CEL_TYPE_OF(CEL_DYN);
}

static const cel_type *stored(arena *a, cel_type t)
{
	cel_type *copy = t.kind == CEL_DYN ? NULL : NEW(a, cel_type);
	if (copy)
		*copy = t;
	return copy;
}

cel_type cel_list_of(arena *a, cel_type element)
{
	return (cel_type){ .kind = CEL_LIST, .element = stored(a, element) };
}

cel_type cel_map_of(arena *a, cel_type key, cel_type element)
{
	return (cel_type){ .kind = CEL_MAP, .key = stored(a, key), .element = stored(a, element) };
}

bool cel_type_equal(cel_type a, cel_type b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case CEL_LIST:
		return cel_type_equal(cel_element(a), cel_element(b));
	case CEL_MAP:
		return cel_type_equal(cel_key(a), cel_key(b)) && cel_type_equal(cel_element(a), cel_element(b));
	case CEL_RECORD:
		return a.record == b.record;
	default:
		return true;
	}
}

static bool may_be_null(cel_kind kind)
{
	return kind == CEL_RECORD || kind == CEL_TIMESTAMP || kind == CEL_DURATION;
}

bool cel_type_comparable(cel_type a, cel_type b)
{
	if (a.kind == CEL_DYN || b.kind == CEL_DYN)
		return true;
	if (cel_is_number(a.kind) && cel_is_number(b.kind))
		return true;
	if ((a.kind == CEL_NULL && may_be_null(b.kind)) || (b.kind == CEL_NULL && may_be_null(a.kind)))
		return true;
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case CEL_LIST:
		return cel_type_comparable(cel_element(a), cel_element(b));
	case CEL_MAP:
		return cel_type_comparable(cel_key(a), cel_key(b)) &&
			   cel_type_comparable(cel_element(a), cel_element(b));
	case CEL_RECORD:
		return a.record == b.record;
	default:
		return true;
	}
}

cel_type cel_type_join(cel_type a, cel_type b)
{
	return cel_type_equal(a, b) ? a : CEL_TYPE_OF(CEL_DYN);
}

bool cel_is_number(cel_kind kind)
{
	return kind == CEL_INT || kind == CEL_UINT || kind == CEL_DOUBLE;
}

bool cel_is_kind(cel_type t, cel_kind kind)
{
	return t.kind == kind || t.kind == CEL_DYN;
}

bool cel_has_records(cel_type t)
{
	while (t.kind == CEL_LIST || t.kind == CEL_MAP)
		t = cel_element(t);
	return t.kind == CEL_RECORD;
}

static void write_type(buf *b, cel_type t)
{
	switch (t.kind) {
	case CEL_LIST:
		BUF_LIT(b, "list(");
		write_type(b, cel_element(t));
		buf_char(b, ')');
		return;
	case CEL_MAP:
		BUF_LIT(b, "map(");
		write_type(b, cel_key(t));
		BUF_LIT(b, ", ");
		write_type(b, cel_element(t));
		buf_char(b, ')');
		return;
	case CEL_RECORD:
		buf_str(b, t.record ? t.record->name : STR("record"));
		return;
	case CEL_NULL:
		BUF_LIT(b, "null");
		return;
	case CEL_TIMESTAMP:
		BUF_LIT(b, "timestamp");
		return;
	case CEL_DURATION:
		BUF_LIT(b, "duration");
		return;
	default:
		buf_str(b, str_from(kind_names[t.kind]));
	}
}

str cel_type_text(arena *a, cel_type type)
{
	buf b = { .arena = a };
	write_type(&b, type);
	return buf_done(&b);
}
