#include "read/record_write.h"

#include "base/number.h"

#include <math.h>
#include <yaml.h>

typedef struct {
	yaml_emitter_t emitter;
	arena *arena;
	bool ok;
} writer;

enum { LINE_WIDTH = 110 };

static int append(void *data, unsigned char *bytes, size_t size)
{
	buf *out = data;
	buf_str(out, (str){ .ptr = (const char *)bytes, .len = size });
	return !out->arena->failed;
}

static void emit(writer *w, yaml_event_t *e)
{
	if (w->ok && !yaml_emitter_emit(&w->emitter, e))
		w->ok = false;
	else if (!w->ok)
		yaml_event_delete(e);
}

static void emit_scalar(writer *w, str s, bool text)
{
	yaml_event_t e;
	double number;
	if (!s.ptr)
		s = STR("");
	/* Text that would read back as a number, a bool or nothing keeps its quotes. */
	bool quote = text && (s.len == 0 || number_parse(&number, s) || str_eq(s, STR("true")) ||
							 str_eq(s, STR("false")) || str_eq(s, STR("null")) || str_eq(s, STR("~")));
	if (!yaml_scalar_event_initialize(&e, NULL, NULL, (const yaml_char_t *)s.ptr, (int)s.len, 1, 1,
			quote ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_ANY_SCALAR_STYLE))
		w->ok = false;
	else
		emit(w, &e);
}

static void emit_number(writer *w, double d)
{
	buf b = { .arena = w->arena };
	buf_double(&b, d);
	emit_scalar(w, buf_done(&b), false);
}

static void emit_clock(writer *w, int seconds)
{
	emit_scalar(w,
		seconds == INT_MAX ? STR("end") : arena_printf(w->arena, "+%02d:%02d", seconds / 60, seconds % 60),
		false);
}

static void begin(writer *w, bool list, bool flow)
{
	yaml_event_t e;
	int made = list ? yaml_sequence_start_event_initialize(
						  &e, NULL, NULL, 1, flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE)
					: yaml_mapping_start_event_initialize(
						  &e, NULL, NULL, 1, flow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE);
	if (!made)
		w->ok = false;
	else
		emit(w, &e);
}

static void end(writer *w, bool list)
{
	yaml_event_t e;
	if (!(list ? yaml_sequence_end_event_initialize(&e) : yaml_mapping_end_event_initialize(&e)))
		w->ok = false;
	else
		emit(w, &e);
}

static bool is_given(const field *f, const void *at);

/* A record inside of which nothing is given would only be asked for what it needs when it is read. */
static bool holds_any(const record *r, const void *in)
{
	for (size_t i = 0; i < r->field_count; i++)
		if (is_given(&r->fields[i], (const char *)in + r->fields[i].offset))
			return true;
	return false;
}

static bool is_given(const field *f, const void *at)
{
	switch (f->kind) {
	case F_NUMBER:
		return !isnan(*(const double *)at);
	case F_INT:
	case F_CLOCK:
		return *(const int *)at != SCHEMA_UNSET;
	case F_CHOICE:
		return *(const int *)at >= 0;
	case F_BOOL:
		return *(const bool *)at || f->required;
	case F_LIST:
	case F_MAP:
		return ((const list_any *)at)->len > 0 || f->required;
	case F_RECORD:
		return f->required || holds_any(f->record, at);
	case F_LOCATED:
	case F_MAYBE:
	case F_ANY:
		return false; /* nothing that is written has these */
	default:
		return ((const str *)at)->len > 0;
	}
}

static void emit_record(writer *w, const record *r, const void *in);

static void emit_map(writer *w, const field *f, const list_any *list)
{
	begin(w, false, true);
	for (size_t i = 0; i < list->len; i++) {
		const char *item = (const char *)list->ptr + i * f->record->size;
		emit_scalar(w, *(const str *)(item + sizeof(loc)), true);
		emit_record(w, f->record, item);
	}
	end(w, false);
}

static void emit_list(writer *w, const field *f, const list_any *list)
{
	bool records = f->element == F_RECORD;
	begin(w, true, !records);
	for (size_t i = 0; i < list->len; i++) {
		if (records)
			emit_record(w, f->record, (const char *)list->ptr + i * f->record->size);
		else if (f->element == F_NUMBER)
			emit_number(w, ((const double *)list->ptr)[i]);
		else
			emit_scalar(w, ((const str *)list->ptr)[i], true);
	}
	end(w, true);
}

static void emit_field(writer *w, const field *f, const void *at)
{
	switch (f->kind) {
	case F_NUMBER:
		emit_number(w, *(const double *)at);
		return;
	case F_INT:
		emit_number(w, *(const int *)at);
		return;
	case F_CLOCK:
		emit_clock(w, *(const int *)at);
		return;
	case F_BOOL:
		emit_scalar(w, *(const bool *)at ? STR("true") : STR("false"), false);
		return;
	case F_CHOICE:
		emit_scalar(w, str_from(f->choices[*(const int *)at]), false);
		return;
	case F_RECORD:
		emit_record(w, f->record, at);
		return;
	case F_LIST:
		emit_list(w, f, at);
		return;
	case F_MAP:
		emit_map(w, f, at);
		return;
	case F_LOCATED:
	case F_MAYBE:
	case F_ANY:
		return;
	default:
		emit_scalar(w, *(const str *)at, true);
	}
}

static void emit_record(writer *w, const record *r, const void *in)
{
	if (r->whole) {
		const field *f = record_field(r, str_from(r->shorthand));
		emit_field(w, f, (const char *)in + f->offset);
		return;
	}
	begin(w, false, false);
	for (size_t i = 0; i < r->field_count; i++) {
		const field *f = &r->fields[i];
		const void *at = (const char *)in + f->offset;
		if (!is_given(f, at))
			continue;
		emit_scalar(w, str_from(f->key), false);
		emit_field(w, f, at);
	}
	end(w, false);
}

bool record_write(buf *out, const record *r, const void *in)
{
	writer w = { .arena = out->arena, .ok = true };
	yaml_event_t e;
	if (!yaml_emitter_initialize(&w.emitter))
		return false;
	yaml_emitter_set_output(&w.emitter, append, out);
	yaml_emitter_set_unicode(&w.emitter, 1);
	yaml_emitter_set_width(&w.emitter, LINE_WIDTH);
	if (yaml_stream_start_event_initialize(&e, YAML_UTF8_ENCODING))
		emit(&w, &e);
	if (yaml_document_start_event_initialize(&e, NULL, NULL, NULL, 1))
		emit(&w, &e);
	emit_record(&w, r, in);
	if (yaml_document_end_event_initialize(&e, 1))
		emit(&w, &e);
	if (yaml_stream_end_event_initialize(&e))
		emit(&w, &e);
	w.ok = w.ok && yaml_emitter_flush(&w.emitter);
	yaml_emitter_delete(&w.emitter);
	return w.ok && !out->arena->failed;
}
