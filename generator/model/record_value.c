#include "model/record_value.h"

#include <math.h>

static value number_value(double d)
{
	return d == floor(d) && fabs(d) < 1e15 ? value_int((int64_t)d) : value_double(d);
}

static value element_value(arena *a, const field *f, const char *at)
{
	switch (f->element) {
	case F_NUMBER:
		return number_value(*(const double *)(const void *)at);
	case F_INT:
		return value_int(*(const int *)(const void *)at);
	case F_RECORD:
		return record_value(a, f->record, at);
	default:
		return value_string(*(const str *)(const void *)at);
	}
}

static size_t element_size(const field *f)
{
	return f->element == F_NUMBER   ? sizeof(double)
		   : f->element == F_INT    ? sizeof(int)
		   : f->element == F_RECORD ? f->record->size
									: sizeof(str);
}

static value list_value(arena *a, const field *f, const list_any *list)
{
	value out = value_new_list(a, list->len);
	for (size_t i = 0; i < out.list.len; i++)
		out.list.ptr[i] = element_value(a, f, (const char *)list->ptr + i * element_size(f));
	return out;
}

/* An entry of a map begins with its place and its key. */
static value map_value(arena *a, const field *f, const list_any *list)
{
	value out = value_new_map(a);
	for (size_t i = 0; i < list->len; i++) {
		const char *entry = (const char *)list->ptr + i * f->record->size;
		str key = *(const str *)(const void *)(entry + sizeof(loc));
		value_set_str(a, out, key, record_value(a, f->record, entry));
	}
	return out;
}

/* V_NULL: not given. */
static value field_value(arena *a, const field *f, const void *at)
{
	const list_any *list = at;
	switch (f->kind) {
	case F_NUMBER:
		return isnan(*(const double *)at) ? V_NONE : number_value(*(const double *)at);
	case F_INT:
	case F_CLOCK:
		return *(const int *)at == SCHEMA_UNSET ? V_NONE : value_int(*(const int *)at);
	case F_BOOL:
		return value_bool(*(const bool *)at);
	case F_CHOICE:
		return *(const int *)at < 0 ? V_NONE : value_literal(f->choices[*(const int *)at]);
	case F_LIST:
		return list->len ? list_value(a, f, list) : V_NONE;
	case F_MAP:
		return list->len ? map_value(a, f, list) : V_NONE;
	case F_RECORD:
		return record_value(a, f->record, at);
	case F_LOCATED:
	case F_MAYBE:
	case F_ANY:
		return V_NONE;
	default:
		return ((const str *)at)->len ? value_string(*(const str *)at) : V_NONE;
	}
}

value record_value(arena *a, const record *r, const void *in)
{
	value out = value_new_map(a);
	for (size_t i = 0; i < r->field_count; i++) {
		const field *f = &r->fields[i];
		value v = field_value(a, f, (const char *)in + f->offset);
		if (r->whole && r->shorthand && str_eq(str_from(f->key), str_from(r->shorthand)))
			return v;
		if (v.kind != V_NULL)
			value_set(a, out, f->key, v);
	}
	return out;
}
