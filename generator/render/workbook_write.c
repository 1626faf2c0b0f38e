#include "render/workbook_write.h"

#include "base/number.h"
#include "base/text.h"
#include "render/escape.h"

#include <math.h>

enum {
	SHOWN = 5,           /* regions, employers */
	CERTIFICATIONS = 12, /* named under experience */
	LARGE = 200          /* from this sample on, shares have a decimal */
};

typedef struct {
	arena *a;
	buf out;
	const analysis *from;
} writer;

static void put(writer *w, const char *literal)
{
	buf_str(&w->out, str_from(literal));
}

static void put_plain(writer *w, str text)
{
	escape_markdown(&w->out, text_one_line(w->a, text), '\0');
}

static void put_cell(writer *w, str text)
{
	escape_markdown(&w->out, text_one_line(w->a, text), ' ');
	put(w, " | ");
}

static int decimals(const writer *w)
{
	return w->from->sample >= LARGE;
}

static double percent(double share)
{
	return share * 100;
}

/* ---- summary */

static void put_counts(writer *w, const char *label, list_analysis_count counts)
{
	if (!counts.len)
		return;
	buf_printf(&w->out, "- **%s**: ", label);
	for (size_t i = 0; i < counts.len && i < SHOWN; i++) {
		put(w, i ? ", " : "");
		put_plain(w, counts.ptr[i].name);
		buf_printf(&w->out, " (%.0f)", counts.ptr[i].postings);
	}
	if (counts.len > SHOWN)
		buf_printf(&w->out, ", and %zu more", counts.len - SHOWN);
	put(w, "\n");
}

/* The reader takes what stands before "postings" for the size of the sample, so words with it are not shown.
 */
static void put_words(writer *w, const char *before, str words)
{
	put(w, before);
	if (str_find_nocase(words, STR("posting"), 0) != SIZE_MAX) {
		put(w, "the words asked for");
		return;
	}
	put(w, "'");
	put_plain(w, words);
	put(w, "'");
}

static void put_span(writer *w, const analysis_filter *f)
{
	put(w, f->region.len || f->employer.len ? ", " : " ");
	if (!f->since.len)
		buf_printf(&w->out, "up to %.*s", STRF(f->until));
	else if (!f->until.len)
		buf_printf(&w->out, "from %.*s on", STRF(f->since));
	else
		buf_printf(&w->out, "from %.*s to %.*s", STRF(f->since), STRF(f->until));
}

static void put_filter(writer *w)
{
	const analysis *a = w->from;
	const analysis_filter *f = &a->filter;
	if (!f->region.len && !f->employer.len && !f->since.len && !f->until.len)
		return;
	put(w, " Only postings");
	if (f->region.len)
		put_words(w, " whose region has ", f->region);
	if (f->employer.len)
		put_words(w, f->region.len ? " and whose employer has " : " whose employer has ", f->employer);
	if (f->since.len || f->until.len)
		put_span(w, f);
	if (a->no_region > 0)
		buf_printf(&w->out, "; left out because they name no region: %.0f", a->no_region);
	if (a->no_employer > 0)
		buf_printf(&w->out, "; left out because they name no employer: %.0f", a->no_employer);
	put(w, ".");
}

static void put_front(writer *w, str role)
{
	const analysis *a = w->from;
	put(w, "# Job Posting Analysis Workbook");
	if (role.len) {
		put(w, " \xE2\x80\x94 ");
		put_plain(w, role);
	}
	put(w, "\n\n> Counted by coursewright; every number can be traced to the words that it counts.");
	if (a->weighted)
		buf_printf(&w->out,
			" Counts are weighted: %.0f vacancies say as much as %.1f that weigh the same. What is counted "
			"without weights stands in the notes.",
			a->postings, a->effective);
	if (a->undated > 0)
		buf_printf(&w->out, " Left out for want of a date: %.0f.", a->undated);
	put_filter(w);
	put(w, "\n\n## Summary\n\n");
	buf_printf(&w->out, "- **Sample Size**: %.0f postings\n", a->sample);
	if (a->first.len)
		buf_printf(&w->out, "- **Months**: %.*s to %.*s\n", STRF(a->first), STRF(a->last));
	put_counts(w, "Regions", a->regions);
	put_counts(w, "Employers", a->employers);
	put_counts(w, "Seniority", a->levels);
}

/* ---- tables */

static void put_count(writer *w, const analysis_row *row)
{
	buf_printf(&w->out, "%.0f | %.*f%% | ", row->count, decimals(w), percent(row->count / w->from->sample));
}

static void put_trend(writer *w, const analysis_trend *t)
{
	if (!t->direction)
		return;
	buf_printf(&w->out, "; %s from %.0f%% to %.0f%%, q ", t->direction > 0 ? "rising" : "falling",
		percent(t->before / t->before_sample), percent(t->now / t->now_sample));
	if (t->q < 0.001)
		put(w, "below 0.001");
	else
		buf_rounded(&w->out, t->q, 3);
}

static void put_notes(writer *w, const analysis_row *row)
{
	if (w->from->weighted)
		buf_printf(&w->out, "weighted %.1f%%; ", percent(row->share));
	buf_printf(&w->out, "95%%: %.0f-%.0f%%, 80%%: %.0f-%.0f%%; ", percent(row->low95), percent(row->high95),
		percent(row->low80), percent(row->high80));
	buf_printf(&w->out, "required %.0f, preferred %.0f, mentioned %.0f; ", row->strengths[2],
		row->strengths[1], row->strengths[0]);
	buf_printf(&w->out, "evidence: %.0f mention%s in %.0f posting%s", row->mentions,
		row->mentions == 1 ? "" : "s", row->postings, row->postings == 1 ? "" : "s");
	put_trend(w, &row->trend);
	put(w, " |\n");
}

static void put_skills(writer *w)
{
	put(w, "\n## Aggregate Skill Frequency\n\n| Skill | Frequency | % of Postings | Category | Notes |\n"
		   "|-------|-----------|---------------|----------|-------|\n");
	EACH (const analysis_row, row, w->from->rows[ANALYSIS_SKILL]) {
		put(w, "| ");
		put_cell(w, row->name);
		put_count(w, row);
		put_cell(w, row->category);
		put_notes(w, row);
	}
}

static void put_technologies(writer *w)
{
	if (!w->from->rows[ANALYSIS_GROUP].len)
		return;
	put(w, "\n## Technology Mentions\n\n| Category | Tool / Platform | Frequency | % of Postings | Notes |\n"
		   "|----------|-----------------|-----------|---------------|-------|\n");
	EACH (const analysis_row, row, w->from->rows[ANALYSIS_GROUP]) {
		buf tools = { .arena = w->a };
		EACH (const str, tool, row->tools)
			buf_printf(&tools, "%s%.*s", tool == row->tools.ptr ? "" : ", ", STRF(*tool));
		put(w, "| ");
		put_cell(w, row->name);
		put_cell(w, tools.len ? buf_done(&tools) : row->name);
		put_count(w, row);
		put_notes(w, row);
	}
}

static void put_themes(writer *w)
{
	if (!w->from->rows[ANALYSIS_THEME].len)
		return;
	put(w, "\n## Responsibility Themes\n\n"
		   "| Theme | Representative Responsibilities | Frequency | % of Postings | Notes |\n"
		   "|-------|---------------------------------|-----------|---------------|-------|\n");
	EACH (const analysis_row, row, w->from->rows[ANALYSIS_THEME]) {
		put(w, "| ");
		put_cell(w, row->name);
		put_cell(w, row->text);
		put_count(w, row);
		put_notes(w, row);
	}
}

/* ---- experience */

static void put_years(writer *w)
{
	const analysis *a = w->from;
	if (!(a->years_asked > 0))
		return;
	put(w, "- **Years of Experience**: ");
	buf_rounded(&w->out, floor(a->years_low), 0);
	if (floor(a->years_high) > floor(a->years_low)) {
		put(w, "-");
		buf_rounded(&w->out, floor(a->years_high), 0);
	}
	put(w, "+ years; half of the postings that say so ask for at least ");
	buf_rounded(&w->out, a->years_mid, 1);
	buf_printf(&w->out, ", and %.0f of %.0f say so\n", a->years_asked, a->postings);
}

/* The reader looks for years in every item of this section, so a name that speaks of them is not shown. */
static void put_certifications(writer *w, list_analysis_row held)
{
	size_t shown = 0;
	EACH (const analysis_row, row, held) {
		if (shown == CERTIFICATIONS || str_find_nocase(row->name, STR("year"), 0) != SIZE_MAX ||
			str_find_nocase(row->name, STR("yr"), 0) != SIZE_MAX)
			continue;
		put(w, shown++ ? ", " : "- **Certifications**: ");
		put_plain(w, row->name);
		buf_printf(&w->out, " in %.0f (required in %.0f, preferred in %.0f)", row->postings,
			row->strengths[2], row->strengths[1]);
	}
	put(w, shown ? "\n" : "");
}

static void put_experience(writer *w)
{
	const analysis *a = w->from;
	const list_analysis_row *held = &a->rows[ANALYSIS_CERTIFICATION];
	if (!(a->years_asked > 0) && !a->degrees.len && !held->len)
		return;
	put(w, "\n## Experience Expectations\n\n");
	put_years(w);
	if (a->degrees.len) {
		put(w, "- **Education**: ");
		EACH (const analysis_count, c, a->degrees) {
			put(w, c == a->degrees.ptr ? "" : ", ");
			put_plain(w, c->name);
			buf_printf(&w->out, " in %.0f (%.0f%%)", c->postings, percent(c->postings / a->postings));
		}
		put(w, "\n");
	}
	put_certifications(w, *held);
}

static void put_insights(writer *w)
{
	if (!w->from->insights.len)
		return;
	put(w, "\n## Insights & Actions\n\n");
	EACH (const analysis_insight, i, w->from->insights) {
		put(w, "- **");
		escape_markdown(&w->out, text_one_line(w->a, i->label), '*');
		put(w, "**: ");
		put_plain(w, i->text);
		put(w, "\n");
	}
}

static void put_inventory(writer *w)
{
	const analysis *a = w->from;
	if (!a->inventory.len)
		return;
	put(w, "\n## Posting Inventory\n\n| Title | Employer | Date | Location | URL |\n"
		   "|-------|----------|------|----------|-----|\n");
	EACH (const posting_line, p, a->inventory) {
		put(w, "| ");
		put_cell(w, p->title.len ? p->title : STR("(no title)"));
		put_cell(w, p->employer);
		put_cell(w, p->date);
		put_cell(w, p->location);
		escape_markdown(&w->out, text_one_line(w->a, p->url), ' ');
		put(w, " |\n");
	}
	if ((double)a->inventory.len < a->inventory_total)
		buf_printf(&w->out, "\nThe latest %zu of %.0f are listed.\n", a->inventory.len, a->inventory_total);
}

str workbook_text(arena *a, const analysis *from, str role)
{
	writer w = { .a = a, .out = { .arena = a }, .from = from };
	put_front(&w, role);
	put_skills(&w);
	put_technologies(&w);
	put_themes(&w);
	put_experience(&w);
	put_insights(&w);
	put_inventory(&w);
	return a->failed ? STR("") : buf_done(&w.out);
}
