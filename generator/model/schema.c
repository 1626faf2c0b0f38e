#include "model/schema.h"

#include <math.h>
#include <string.h>

const field *record_field(const record *r, str key)
{
	for (size_t i = 0; i < r->field_count; i++)
		if (str_eq(key, str_from(r->fields[i].key)))
			return &r->fields[i];
	return NULL;
}

void record_clear(const record *r, void *out)
{
	memset(out, 0, r->size);
	for (size_t i = 0; i < r->field_count; i++) {
		const field *f = &r->fields[i];
		void *at = (char *)out + f->offset;
		if (f->kind == F_NUMBER)
			*(double *)at = NAN;
		else if (f->kind == F_INT || f->kind == F_CLOCK)
			*(int *)at = SCHEMA_UNSET;
		else if (f->kind == F_CHOICE)
			*(int *)at = -1;
		else if (f->kind == F_RECORD)
			record_clear(f->record, at);
	}
}

str words_fill(arena *a, str text, list_fill_word words)
{
	size_t at = str_find(text, STR("{{"), 0);
	if (at == SIZE_MAX)
		return text;
	buf b = { .arena = a };
	size_t from = 0;
	while (at != SIZE_MAX) {
		size_t end = str_find(text, STR("}}"), at);
		if (end == SIZE_MAX)
			break;
		str name = str_trim(str_sub(text, at + 2, end - at - 2));
		buf_str(&b, str_sub(text, from, at - from));
		from = at;
		EACH (const fill_word, w, words)
			if (str_eq(w->name, name)) {
				buf_str(&b, w->value);
				from = end + 2;
			}
		if (from == at) { /* not one of ours: stays as it is */
			buf_str(&b, str_sub(text, at, end + 2 - at));
			from = end + 2;
		}
		at = str_find(text, STR("{{"), from);
	}
	buf_str(&b, str_skip(text, from));
	return buf_done(&b);
}

static bool holds_text(field_kind kind)
{
	return kind == F_PLAIN || kind == F_TEXT || kind == F_ID || kind == F_PATH || kind == F_DATE;
}

static void copy_list(arena *a, const field *f, void *out, const void *in, list_fill_word words)
{
	const list_any *from = in;
	list_any *to = out;
	bool records = f->kind == F_MAP || f->element == F_RECORD;
	if (!records && !holds_text(f->element))
		return; /* numbers: the slice is shared */
	size_t size = records ? f->record->size : sizeof(str);
	char *items = arena_alloc(a, size, from->len, _Alignof(max_align_t));
	to->ptr = items;
	to->len = items ? from->len : 0;
	for (size_t i = 0; i < to->len; i++) {
		const char *item = (const char *)from->ptr + i * size;
		if (records)
			record_copy(a, f->record, items + i * size, item, words);
		if (f->kind == F_MAP) { /* the key is the second member, and no field */
			str *key = (str *)(items + i * size + sizeof(loc));
			*key = words_fill(a, *key, words);
		} else if (!records)
			*(str *)(items + i * size) = words_fill(a, *(const str *)item, words);
	}
}

void record_copy(arena *a, const record *r, void *out, const void *in, list_fill_word words)
{
	memcpy(out, in, r->size);
	for (size_t i = 0; i < r->field_count; i++) {
		const field *f = &r->fields[i];
		void *to = (char *)out + f->offset;
		const void *from = (const char *)in + f->offset;
		if (holds_text(f->kind)) {
			*(str *)to = words_fill(a, *(const str *)from, words);
		} else if (f->kind == F_RECORD) {
			record_copy(a, f->record, to, from, words);
		} else if (f->kind == F_MAYBE && *(void *const *)from) {
			void *copy = arena_alloc(a, f->record->size, 1, _Alignof(max_align_t));
			if (copy)
				record_copy(a, f->record, copy, *(void *const *)from, words);
			*(void **)to = copy;
		} else if (f->kind == F_LIST || f->kind == F_MAP) {
			copy_list(a, f, to, from, words);
		}
	}
}
