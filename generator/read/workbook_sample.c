/* How many postings the workbook is about, and how many years of experience they ask for. */
#include "base/text.h"
#include "read/workbook_parts.h"

#include <string.h>

enum { WORDS_BETWEEN = 8, BETWEEN_MAX = 200, NUMBER_WINDOW = 4096 };

typedef struct {
	double value;
	str digits;
	bool found;
	bool firm; /* says that it is the sample; not a number of postings in passing */
	bool bad;  /* says that it is the sample size, and then no number */
} sample_hit;

/* Where a piece of text comes from: its own words for the sample, and what follows them. */
typedef struct {
	str text, label;
	loc at;
	bool quote; /* above the summary */
} candidate;

static bool is_one_of(str word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(word, str_from(words[i])))
			return true;
	return false;
}

typedef enum { KEY_OTHER, KEY_LOOSE, KEY_SURE } key_kind;

/* "Sample Size", "Number of Postings Reviewed" and the like are sure; "Sample" and "Postings" may be about
 * anything. */
static key_kind classify(arena *a, str key)
{
	static const char *const about[] = { "analysed", "analyzed", "collected", "count", "curated", "job", "n",
		"number", "posting", "postings", "reviewed", "sample", "sampled", "set", "size", "total", "unique" };
	static const char *const loose[] = { "n", "posting", "postings", "job postings", "sample", "sample set",
		"curated postings" };
	str words = name_words(a, key);
	if (is_one_of(words, loose, COUNT(loose)))
		return KEY_LOOSE;
	bool postings = false, sample = false, size = false;
	for (str rest = words; rest.len;) {
		str_cut cut = str_split(rest, ' ');
		if (!is_one_of(cut.head, about, COUNT(about)))
			return KEY_OTHER;
		postings |= str_starts(cut.head, STR("posting"));
		sample |= str_eq(cut.head, STR("sample"));
		size |= str_eq(cut.head, STR("size"));
		rest = cut.tail;
	}
	return postings || (sample && size) ? KEY_SURE : KEY_OTHER;
}

static bool usable(number_token t)
{
	return t.plain && t.value >= 1 && t.value <= WB_COUNT_MAX;
}

static void hit(sample_hit *out, str text, number_token t, bool firm)
{
	*out = (sample_hit){
		.value = t.value, .digits = str_sub(text, t.from, t.to - t.from), .found = true, .firm = firm
	};
}

/* Bytes up to and with the word "postings"; SIZE_MAX if something other than a few adjectives comes before
 * it. */
static size_t postings_after(str text)
{
	size_t one = text_find_word(text, STR("posting"), 0, false),
		   many = text_find_word(text, STR("postings"), 0, false);
	size_t word = one < many ? one : many;
	if (word == SIZE_MAX)
		return SIZE_MAX;
	str between = str_sub(text, 0, word);
	for (size_t i = 0; i < between.len; i++)
		if (is_digit(between.ptr[i]) || strchr(".;:()", between.ptr[i]))
			return SIZE_MAX;
	return text_words(between) > WORDS_BETWEEN ? SIZE_MAX
											   : word + strlen(one < many ? "posting" : "postings");
}

/* Nothing more is said: "26 postings", "25 curated postings (2025)", but not "12 postings from startups". */
static bool says_no_more(str rest)
{
	static const char *const ends[] = { "(", ".", ",", "reviewed", "analyzed", "analysed", "sampled",
		"collected", "in total", "total" };
	rest = str_trim(rest);
	for (size_t i = 0; i < COUNT(ends); i++)
		if (str_starts(rest, str_from(ends[i])))
			return true;
	return rest.len == 0;
}

/* The first number that counts postings: "20 enterprise and hyperscaler postings". A bare one is firm. */
static bool number_of_postings(sample_hit *out, str text, bool firm)
{
	for (number_token t = { 0 }; number_next(&t, text, t.to);) {
		str after = str_sub(text, t.to, BETWEEN_MAX);
		size_t end = usable(t) && !t.year ? postings_after(after) : SIZE_MAX;
		if (end == SIZE_MAX)
			continue;
		hit(out, text, t, firm || (t.from == 0 && says_no_more(str_skip(after, end))));
		return true;
	}
	return false;
}

/* What follows "Sample Size": the number it begins with, or else of postings, or else any that is no year. */
static bool number_of_value(sample_hit *out, str value)
{
	number_token t = { 0 };
	if (!number_next(&t, value, 0))
		return false;
	bool first = true;
	for (size_t i = 0; i < t.from; i++)
		first = first && !is_alpha(value.ptr[i]);
	if (first && !usable(t))
		return false;
	if (!first && number_of_postings(out, value, true))
		return true;
	for (bool more = true; more; more = number_next(&t, value, t.to)) {
		if (usable(t) && (first || !t.year)) {
			hit(out, value, t, true);
			return true;
		}
	}
	return false;
}

static size_t key_end(str text)
{
	size_t colon = str_find(text, STR(":"), 0), equals = str_find(text, STR("="), 0);
	return colon < equals ? colon : equals;
}

static sample_hit find_sample(reader *r, const candidate *c)
{
	static const char *const openings[] = { "sample size", "sample of", "sample set of" };
	sample_hit out = { 0 };
	size_t end = key_end(c->text);
	str key = c->label.len ? c->label : end == SIZE_MAX ? STR("") : str_sub(c->text, 0, end);
	key_kind kind = classify(r->a, key);
	size_t skip = c->label.len ? str_find(c->text, c->label, 0) + c->label.len : end;
	if (kind != KEY_OTHER && number_of_value(&out, str_skip(c->text, skip)))
		return out;
	for (size_t i = 0; i < COUNT(openings) && kind == KEY_OTHER; i++)
		if (text_find_word(c->text, str_from(openings[i]), 0, false) == 0 &&
			number_of_value(&out, str_skip(c->text, str_from(openings[i]).len)))
			return out;
	out.bad = kind == KEY_SURE;
	if (out.bad || (c->label.len && kind == KEY_OTHER && !c->quote))
		return out;
	number_of_postings(&out, c->text, c->quote);
	return out;
}

/* The place of the digits in the source, where they stand as they are, marked up or not. */
static loc digits_place(reader *r, const candidate *c, str digits)
{
	str text = str_skip(sources_get(r->d->sources, c->at.source)->text, c->at.offset);
	size_t hit_at = str_find(str_sub(text, 0, NUMBER_WINDOW), digits, 0);
	return hit_at == SIZE_MAX ? c->at
							  : (loc){ .source = c->at.source, .offset = c->at.offset + (uint32_t)hit_at };
}

typedef struct {
	double value;
	loc at;
	uint32_t length;
	bool firm;
} sample_state;

static void consider(reader *r, sample_state *state, candidate c)
{
	sample_hit found = find_sample(r, &c);
	if (found.bad) {
		str text = shown(c.text);
		diag_add(r->d, E_BAD_NUMBER, c.at,
			"'%.*s' does not say how many postings there are; expected a whole number, such as '26 postings'",
			STRF(text));
		state->at = c.at;
		state->firm = true;
	}
	if (!found.found || (state->firm && !found.firm))
		return;
	loc at = digits_place(r, &c, found.digits);
	if (state->firm && state->value > 0 && state->value != found.value) {
		position first = sources_position(r->d->sources, state->at);
		diag_span(r->d, E_SAMPLE_CONFLICT, at, (uint32_t)found.digits.len,
			"a sample of %.0f postings here, but of %.0f in line %u, column %u", found.value, state->value,
			first.line, first.column);
		return;
	}
	if (state->value > 0 && state->firm == found.firm)
		return;
	*state = (sample_state){ .value = found.value, .at = at, .firm = found.firm };
}

static void report_missing(reader *r)
{
	const md_block *front = NULL, *summary = NULL;
	EACH (const part, p, r->parts) {
		if (p->section == SECTION_SUMMARY && !summary)
			summary = p->heading;
		if (p->section == SECTION_FRONT && !front)
			front = p->heading;
	}
	const md_block *at = summary ? summary : front;
	diag_add(r->d, E_NO_SAMPLE_SIZE, at ? at->at : (loc){ .source = r->source },
		"no sample size: %s; write '- **Sample Size**: 26 postings' under '## Summary'",
		summary
			? "neither the summary nor the text above it says how many postings were analysed"
			: "there is no '## Summary', and the text above the first section does not say how many postings "
			  "were analysed");
}

void sample_read(reader *r)
{
	sample_state state = { 0 };
	size_t errors = r->d->errors;
	EACH (const part, p, r->parts)
		EACH (const md_block, b, p->blocks)
			if (p->section == SECTION_FRONT && b->kind != MD_TABLE)
				consider(r, &state, (candidate){ .text = b->text, .at = b->at, .quote = b->quoted });
	EACH (const workbook_item, item, r->items[SECTION_SUMMARY])
		consider(r, &state, (candidate){ .text = item->text, .label = item->label, .at = item->at });
	if (state.value <= 0 && r->d->errors == errors)
		report_missing(r);
	r->out->sample_size = state.value;
	r->out->at_sample = state.at;
}

/* ---- years */

static bool widen(workbook *out, str text)
{
	double fewest, most;
	if (!years_find(text, &fewest, &most))
		return false;
	bool first = out->years_min < 0;
	out->years_max = most < 0 || (!first && out->years_max < 0) ? -1
					 : most > out->years_max                    ? most
																: out->years_max;
	out->years_min = first || fewest < out->years_min ? fewest : out->years_min;
	return true;
}

/* "Years of Experience", but not "Junior (0-2 years)", which is one band of several. */
static bool speaks_of_years(str label)
{
	number_token t;
	return str_find_nocase(label, STR("year"), 0) != SIZE_MAX && !number_next(&t, label, 0);
}

static bool years_of(reader *r, section s, bool labelled)
{
	bool found = false;
	EACH (const workbook_item, item, r->items[s])
		if (!labelled || speaks_of_years(item->label))
			found |= widen(r->out, item->text);
	return found;
}

void years_read(reader *r)
{
	r->out->years_min = r->out->years_max = -1;
	if (!years_of(r, SECTION_EXPERIENCE, true) && !years_of(r, SECTION_EXPERIENCE, false))
		years_of(r, SECTION_SIGNALS, false);
}
