/* Three plans, separated by the byte 0x1F: generated last, edited, generated now. The first byte chooses how
 * the edited one ends its lines, and which is which. What comes out without conflicts is a plan, and merging
 * it again changes nothing. */
#include "plan/merge.h"
#include "read/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEPARATOR = 0x1F, CRLF = 1, CUT = 2, SWAP = 4 };

#define REQUIRE(condition) \
	do { \
		if (!(condition)) \
			__builtin_trap(); \
	} while (0)

typedef struct {
	arena a;
	sources s;
	diags d;
} merging;

static str with_crlf(arena *a, str text)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			buf_char(&b, '\r');
		buf_char(&b, text.ptr[i]);
	}
	return buf_done(&b);
}

/* Nothing is taken from what was there before. */
static void check_kept(merging *r, uint32_t base, uint32_t edited, str text)
{
	merge_result kept;
	list_str edits;
	bool ok = merge_plan(&kept, &r->a, base, edited, base, &r->d) &&
			  merge_edits(&edits, &r->a, base, edited, &r->d);
	if (r->a.failed)
		return;
	REQUIRE(ok && kept.conflicts.len == 0 && str_eq(kept.text, text));
	REQUIRE(kept.taken == 0 && kept.kept == edits.len);
}

static void check_merged(merging *r, const merge_result *merged, uint32_t edited, uint32_t made)
{
	plan unused;
	uint32_t number = sources_add(&r->s, STR("merged"), merged->text);
	bool same = str_eq(merged->text, sources_get(&r->s, edited)->text);
	bool is_plan = plan_read(&unused, &r->a, number, &r->d);
	if (r->a.failed)
		return;
	REQUIRE(is_plan && same == (merged->taken == 0));
	check_kept(r, made, number, merged->text);
}

static void check(merging *r, uint32_t base, uint32_t edited, uint32_t made)
{
	merge_result merged;
	bool ok = merge_plan(&merged, &r->a, base, edited, made, &r->d);
	if (r->a.failed)
		return;
	REQUIRE(ok || r->d.errors);
	if (!ok)
		return;
	REQUIRE((merged.conflicts.len > 0) == (merged.text.len == 0));
	uint32_t last = 0;
	EACH (const merge_conflict, c, merged.conflicts) {
		REQUIRE(c->item.len && c->why.len && c->at.source == edited && c->at.offset >= last);
		last = c->at.offset;
	}
	if (!merged.conflicts.len)
		check_merged(r, &merged, edited, made);
	check_kept(r, base, edited, sources_get(&r->s, edited)->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	merging r = { .a = { .limit = (size_t)256 << 20 } };
	r.s.arena = r.d.arena = &r.a;
	r.d.sources = &r.s;
	str_cut first = str_split((str){ .ptr = (const char *)data + 1, .len = size - 1 }, SEPARATOR),
			second = str_split(first.tail, SEPARATOR);
	str edited = second.head;
	if (data[0] & CUT)
		edited = str_trim(edited);
	if (data[0] & CRLF)
		edited = with_crlf(&r.a, edited);
	bool swap = data[0] & SWAP;
	uint32_t base = sources_add(&r.s, STR("base"), swap ? second.tail : first.head),
			 here = sources_add(&r.s, STR("edited"), edited),
			 made = sources_add(&r.s, STR("made"), swap ? first.head : second.tail);
	check(&r, base, here, made);
	arena_free(&r.a);
	return 0;
}
