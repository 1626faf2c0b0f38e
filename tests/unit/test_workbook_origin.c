/* What is kept of the workbook that `analyze` wrote: its hash, what it was asked for, and in the ledger which
 * postings it had seen. */
#define _POSIX_C_SOURCE 200809L
#include "vacancies.h"

#include "base/io.h"
#include "evidence_session.h"

/* ---- the file */

static workbook_origin parsed(const char *text)
{
	workbook_origin out;
	workbook_origin_parse(&out, str_from(text));
	return out;
}

Test(workbook_origin, what_the_lines_say)
{
	workbook_origin all =
		parsed("abc\nsince: 2025-01\nuntil: 2025-06-30\nregion: New York: NY\nemployer: A & B\n");
	assert_str(all.hash, "abc");
	assert_str(all.filter.since, "2025-01");
	assert_str(all.filter.until, "2025-06-30");
	assert_str(all.filter.region, "New York: NY");
	assert_str(all.filter.employer, "A & B");
	assert_str(parsed("abc").hash, "abc");
	assert_str(parsed(" abc \r\n").hash, "abc");
	assert_str(parsed("").hash, "");
	assert_str(parsed("\nabc\n").hash, "");
	assert_str(
		parsed("abc\r\nsince : 2025-01 \r\n\r\nwhat: ever\n: x\nuntil\nsince").filter.since, "2025-01");
	assert_str(parsed("abc\nsince: 2025-01\nsince: 2025-02").filter.since, "2025-02");
	assert_str(parsed("since: 2025-01").filter.since, "");
	require(all.filter.as_of.len == 0);
	assert_str(parsed("abc\nas_of: 2025-01").filter.as_of, "");
	assert_str(parsed("abc\nSince: 2025-01\nregion :x").filter.region, "x");
}

Test(workbook_origin, what_is_written_reads_back)
{
	arena a = { 0 };
	workbook_origin plain = { .hash = STR("abc") };
	assert_str(workbook_origin_text(&a, &plain), "abc\n");
	plain.filter.as_of = STR("2026-01-01");
	assert_str(workbook_origin_text(&a, &plain), "abc\n");
	plain.filter.region = STR(" New\n  York\t: NY\nuntil: 2020-01");
	plain.filter.since = STR("2025-01");
	str text = workbook_origin_text(&a, &plain);
	assert_str(text, "abc\nsince: 2025-01\nregion: New York : NY until: 2020-01\n");
	workbook_origin again;
	workbook_origin_parse(&again, text);
	require(again.filter.until.len == 0);
	assert_str(workbook_origin_text(&a, &again), arena_cstr(&a, text));
	arena_free(&a);
	for (unsigned n = 1; n < 8; n++) {
		arena few = { .fail_at = n };
		workbook_origin_text(&few, &plain);
		arena_free(&few);
	}
	NO_LEAKS();
}

/* ---- a course folder */

typedef struct {
	arena a;
	char folder[sizeof VACANCY_FOLDER];
	const char *ledger, *workbook, *record, *other;
	concept *concepts;
} room;

static void room_open(room *r)
{
	*r = (room){ .folder = VACANCY_FOLDER };
	require(mkdtemp(r->folder) != NULL);
	r->ledger = arena_printf(&r->a, "%s/evidence.db", r->folder).ptr;
	r->workbook = arena_printf(&r->a, "%s/workbook.md", r->folder).ptr;
	r->record = arena_printf(&r->a, "%s/state/workbook.hash", r->folder).ptr;
	r->other = arena_printf(&r->a, "%s/other.md", r->folder).ptr;
	r->concepts = made_concepts(&r->a);
	r->concepts[0].id = STR("baking");
}

static void room_close(room *r)
{
	const char *const files[] = { r->ledger, r->workbook, r->record, r->other };
	for (size_t i = 0; i < COUNT(files); i++)
		unlink(files[i]);
	rmdir(arena_printf(&r->a, "%s/state", r->folder).ptr);
	rmdir(r->folder);
	arena_free(&r->a);
	NO_LEAKS();
}

static ledger *room_ledger(room *r)
{
	diags *d = NEW(&r->a, diags);
	require(d != NULL);
	d->arena = &r->a;
	ledger *l = ledger_open(&r->a, r->ledger, LEDGER_WRITE, d);
	require(l != NULL);
	return l;
}

/* With a catalogue that takes no time to read. */
static cw_context *open_context(room *r)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	cw_options o = CW_OPTIONS_INIT;
	cw_context *c = NULL;
	o.data_dir = arena_printf(&r->a, "%s/tests/data/small/data", root ? root : ".").ptr;
	require(cw_open(&c, &o) == CW_OK);
	return c;
}

static void add(room *r, uint32_t from, uint32_t to, const char *date)
{
	arena a = { 0 };
	cw_context *c = open_context(r);
	require(evidence_prepare(c, r->folder));
	ledger *l = room_ledger(r);
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, evidence_version(c)));
	for (uint32_t i = from; i < to; i++) {
		made_posting m = made_vacancy(&a, i, 0, r->concepts);
		m.p.date = str_from(date);
		rollup_item item = { .key = STR("concept:baking"), .strength = 2, .postings = 1, .mentions = 1 };
		m.items = (list_rollup_item){ .ptr = &item, .len = 1 };
		ledger_room_add(l, &m);
	}
	require(ledger_commit(l));
	ledger_close(l);
	cw_close(c);
	arena_free(&a);
}

/* Gives the hash of the workbook. */
static str analyze_into(room *r, const cw_analysis *o, const char *file, unsigned flags)
{
	cw_context *c = open_context(r);
	cw_text text, written;
	require(cw_analyze(c, r->folder, o, &text) == CW_OK);
	require(cw_write_workbook(c, text, file, flags, &written) == CW_OK);
	str hash = hash_sha256(&r->a, (str){ text.ptr, text.len });
	cw_close(c);
	return hash;
}

static size_t count_fresh(room *r, str hash, bool *marked)
{
	ledger *l = room_ledger(r);
	ledger_news news;
	require(ledger_fresh(l, &r->a, hash, STR("2030-01"), &news));
	ledger_close(l);
	*marked = news.marked;
	return news.vacancies.len;
}

static void expect_fresh(room *r, str hash, size_t count)
{
	bool marked;
	size_t came = count_fresh(r, hash, &marked);
	cr_expect(marked && came == count, "%zu, not %zu%s", came, count, marked ? "" : "; there is no mark");
}

Test(workbook_origin, a_workbook_marks_the_ledger)
{
	room r;
	bool marked;
	room_open(&r);
	cw_analysis none = CW_ANALYSIS_INIT, early = CW_ANALYSIS_INIT;
	early.until = "2026-03";
	add(&r, 1, 6, "2026-02-01");
	str other = analyze_into(&r, &early, r.other, 0);
	count_fresh(&r, other, &marked);
	cr_expect(marked == false, "a workbook elsewhere is none of the course's");
	str one = analyze_into(&r, &early, NULL, 0);
	expect_fresh(&r, one, 0);
	require(str_eq(one, analyze_into(&r, &early, NULL, 0)));
	expect_fresh(&r, one, 0);
	/* what the workbook does not show stays new, however often it is written */
	add(&r, 6, 9, "2026-05-01");
	expect_fresh(&r, one, 3);
	require(str_eq(one, analyze_into(&r, &early, NULL, 0)));
	expect_fresh(&r, one, 3);
	str two = analyze_into(&r, &none, NULL, 0);
	require(str_eq(one, two) == false);
	expect_fresh(&r, two, 0);
	expect_fresh(&r, one, 3);
	room_close(&r);
}

Test(workbook_origin, what_it_was_asked_for)
{
	room r;
	room_open(&r);
	add(&r, 1, 9, "2026-02-01");
	cw_analysis asked = CW_ANALYSIS_INIT;
	asked.since = "2026-01";
	asked.region = " europe\n";
	str hash = analyze_into(&r, &asked, NULL, 0);
	cw_context *c = open_context(&r);
	workbook_origin origin;
	require(evidence_folder(c, r.folder));
	require(evidence_origin(&origin, c));
	require(str_eq(origin.hash, hash));
	assert_str(origin.filter.since, "2026-01");
	assert_str(origin.filter.region, "europe");
	require(!origin.filter.until.len && !origin.filter.employer.len && !origin.filter.as_of.len);
	cw_close(c);
	room_close(&r);
}

static void write_record(room *r, const char *text)
{
	diags d = { .arena = &r->a };
	require(io_write(r->record, str_from(text), &r->a, &d) != IO_FAILED);
}

Test(workbook_origin, records_that_are_not_there_or_wrong)
{
	room r;
	room_open(&r);
	cw_context *c = open_context(&r);
	workbook_origin origin;
	require(evidence_folder(c, r.folder));
	require(evidence_origin(&origin, c) && origin.hash.len == 0);
	write_record(&r, "abc\nsince: May\nuntil: 2026-02-30\nregion: x\n");
	require(evidence_origin(&origin, c) == false);
	require(c->diags.errors == 2 && c->diags.list.ptr[0].code == E_BAD_VALUE);
	write_record(&r, "abc\nsince: 2026-05\nuntil:\n");
	require(evidence_origin(&origin, c));
	assert_str(origin.hash, "abc");
	cw_close(c);
	room_close(&r);
}

/* Nobody knows which postings a text has seen that cw_analyze did not make. */
Test(workbook_origin, a_workbook_that_was_not_counted)
{
	room r;
	bool marked;
	room_open(&r);
	add(&r, 1, 3, "2026-02-01");
	cw_context *c = open_context(&r);
	cw_text text = { .ptr = "# Mine\n", .len = 7 }, written;
	require(evidence_folder(c, r.folder));
	require(cw_write_workbook(c, text, NULL, 0, &written) == CW_OK);
	count_fresh(&r, hash_sha256(&r.a, STR("# Mine\n")), &marked);
	require(marked == false);
	cw_close(c);
	room_close(&r);
}

Test(workbook_origin, out_of_memory)
{
	room r;
	room_open(&r);
	add(&r, 1, 3, "2026-02-01");
	cw_analysis none = CW_ANALYSIS_INIT;
	cw_text text, written;
	workbook_origin origin;
	unsigned n = 1;
	for (cw_status status = CW_ENOMEM; status != CW_OK; n++) {
		cw_context *c = open_context(&r);
		c->counted_last = 2;
		c->counted = (analysis_filter){ .since = STR("2025-01") };
		require(evidence_folder(c, r.folder));
		c->arena.fail_at = c->arena.count + n;
		text = (cw_text){ .ptr = "# Text\n", .len = 7 };
		status = cw_write_workbook(c, text, NULL, CW_FORCE, &written);
		require_that(status == CW_OK || c->arena.failed || c->diags.system, "%d", (int)status);
		if (status == CW_OK)
			cr_expect(evidence_origin(&origin, c) || c->arena.failed);
		cw_close(c);
	}
	cr_expect(n > 10, "%u", n);
	analyze_into(&r, &none, NULL, CW_FORCE);
	room_close(&r);
}
