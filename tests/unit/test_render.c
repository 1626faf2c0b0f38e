/* Documents: every one is rendered from a hostile course and looked at as its readers would. */
#include "render_course.h"

#include "model/address.h"
#include "render/render.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	arena a, parsed; /* templates are parsed once, apart from what is tested for memory */
	sources sources;
	diags d;
	template_set templates;
	str folder;
	sample s;
	documents docs;
	bool ok;
} world;

static void world_init(world *w)
{
	*w = (world){ 0 };
	w->sources.arena = w->d.arena = w->templates.arena = &w->parsed;
	w->d.sources = &w->sources;
	sample_init(&w->s, &w->a);
	w->folder = str_from(w->s.folder);
	w->templates.folders = (list_str){ &w->folder, 1 };
}

static void world_render(world *w, const char *only)
{
	render_options o = { .templates = &w->templates,
		.only = str_from(only),
		.revisions = sample_revisions,
		.revision_count = COUNT(sample_revisions) };
	w->docs = (documents){ 0 };
	w->ok = render_course(&w->docs, &w->a, &w->s.c, &o, &w->d);
	EACH (const diag, one, w->d.list)
		fprintf(stderr, "%.*s\n", STRF(one->text));
}

static void world_free(world *w)
{
	arena_free(&w->a);
	arena_free(&w->parsed);
}

static const document *find(const world *w, const char *path)
{
	EACH (const document, d, w->docs.list)
		if (str_eq(d->path, str_from(path)))
			return d;
	return NULL;
}

static const document *get(const world *w, const char *path)
{
	const document *d = find(w, path);
	cr_assert(d != NULL, "no document %s", path);
	return d;
}

static bool contains(const document *d, const char *text)
{
	return str_find(d->bytes, str_from(text), 0) != SIZE_MAX;
}

#define has(w, path, text) cr_expect(contains(get((w), (path)), (text)), "%s has no '%s'", (path), (text))
#define has_not(w, path, text) \
	cr_expect(contains(get((w), (path)), (text)) == false, "%s has '%s'", (path), (text))

Test(render, makes_every_document)
{
	static const char *const paths[] = { "index.html", "style.css", "syllabus.md", "syllabus.html",
		"overview.md", "overview.html", "coverage.md", "coverage.html", "modules/mod-a.md",
		"modules/mod-a.html", "modules/mod-b.html", "quizzes/quiz-a.md", "quizzes/quiz-a.html",
		"quizzes/quiz-a-answers.md", "quizzes/quiz-a-answers.html", "labs/lab-a.md", "labs/lab-a.html",
		"labs/lab-a/link.md.mustache", "rubrics/rub-a.md", "rubrics/rub-a.html", "rubrics/rub-a.csv",
		"rubrics/rub-scn-a.html", "rubrics/rub-scn-a.csv", "assessments/scn-a/participant.md",
		"assessments/scn-a/participant.html", "assessments/scn-a/link.html.mustache",
		"instructor/assessments/scn-a/facilitator.md", "instructor/assessments/scn-a/facilitator.html",
		"instructor/assessments/scn-a/roles.md", "instructor/assessments/scn-a/roles.html",
		"instructor/assessments/scn-a/handouts/number.md.mustache", "instructor/rubrics/rub-a.md",
		"instructor/rubrics/rub-scn-a.html", "changes.md", "changes.html", "instructor/changes.md",
		"instructor/changes.html", "instructor/changes/0001.md", "instructor/changes/0002.html",
		"instructor/changes/0003.html", "instructor/plan.json", "instructor/trace.json" };
	world w;
	world_init(&w);
	world_render(&w, NULL);
	cr_expect(w.ok && w.d.list.len == 0);
	for (size_t i = 0; i < COUNT(paths); i++)
		cr_expect(find(&w, paths[i]) != NULL, "%s", paths[i]);
	EACH (const document, d, w.docs.list) {
		cr_expect(d->bytes.len > 0 && d->instructor == str_starts(d->path, STR("instructor/")), "%.*s",
			STRF(d->path));
		cr_expect(d->copied == str_ends(d->path, STR(".mustache")), "%.*s", STRF(d->path));
		EACH (const document, other, w.docs.list)
			cr_expect(d == other || !str_eq(d->path, other->path), "%.*s twice", STRF(d->path));
	}
	world_free(&w);
	NO_LEAKS();
}

static xmlDocPtr parse(const document *d)
{
	return xmlReadMemory(d->bytes.ptr, (int)d->bytes.len, "page", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
}

static int count(xmlDocPtr doc, const char *path)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);
	int n = !found ? -1 : found->nodesetval ? found->nodesetval->nodeNr : 0;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return n;
}

static void check_page(const document *d)
{
	static const struct {
		const char *path;
		int count;
	} rules[] = {
		{ "//h1", 1 },
		{ "/html[@lang]/head/title[text()]", 1 },
		{ "/html/body/header", 1 },
		{ "/html/body/main", 1 },
		{ "/html/body/footer", 1 },
		{ "/html/body/a[@class='skip'][@href='#content']", 1 },
		{ "//script | //style | //*[@onclick] | //iframe | //*[@style]", 0 },
		{ "//table[not(caption[normalize-space()])]", 0 },
		{ "//th[not(@scope)]", 0 },
		{ "//table[not(ancestor::div[@class='scroll'][@tabindex='0'][@role='region'][@aria-label])]", 0 },
		{ "//svg[not(title) or not(desc) or not(@viewBox)]", 0 },
		{ "//*[@id = following::*/@id]", 0 },
		{ "//a[not(normalize-space())]", 0 },
		{ "//a[starts-with(@href, 'javascript')]", 0 },
		{ "//data[not(@value) or not(@data-why)]", 0 },
		{ "//h2[not(normalize-space())] | //h3[not(normalize-space())]", 0 },
		{ "//h4[not(preceding::h3)] | //h3[not(preceding::h2)] | //h2[not(preceding::h1)]", 0 },
		{ "//p//p | //p//ul | //p//div | //a//a", 0 },
	};
	xmlDocPtr doc = parse(d);
	cr_assert(doc != NULL, "%.*s is not well-formed", STRF(d->path));
	for (size_t i = 0; i < COUNT(rules); i++)
		cr_expect(count(doc, rules[i].path) == rules[i].count, "%.*s: %s", STRF(d->path), rules[i].path);
	xmlFreeDoc(doc);
}

Test(render, pages_are_well_formed_and_have_their_parts)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	EACH (const document, d, w.docs.list)
		if (str_ends(d->path, STR(".html")))
			check_page(d);
	world_free(&w);
	xmlCleanupParser();
	NO_LEAKS();
}

/* Headings go up by one level at most. */
Test(render, headings_do_not_skip)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	EACH (const document, d, w.docs.list) {
		int last = 0;
		for (size_t at = 0;
			 str_ends(d->path, STR(".html")) && (at = str_find(d->bytes, STR("<h"), at)) != SIZE_MAX; at++) {
			char c = at + 3 < d->bytes.len ? d->bytes.ptr[at + 2] : '\0';
			if (!is_digit(c))
				continue;
			cr_expect(c - '0' <= last + 1, "%.*s: h%c after h%d", STRF(d->path), c, last);
			last = c - '0';
		}
	}
	has(&w, "modules/mod-a.html", "<h4>Part</h4>");
	has(&w, "modules/mod-a.html", "<h5>Deep</h5>");
	has(&w, "modules/mod-a.md", "#### Part");
	has(&w, "labs/lab-a.md", "# not a heading");
	world_free(&w);
	NO_LEAKS();
}

Test(render, hostile_names_stay_text_in_html)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	EACH (const document, d, w.docs.list)
		if (str_ends(d->path, STR(".html"))) {
			cr_expect(contains(d, "<script") == false, "%.*s", STRF(d->path));
			cr_expect(contains(d, "javascript:y\"") == false, "%.*s", STRF(d->path));
		}
	has(&w, "modules/mod-a.html",
		"<h1>&lt;script&gt;alert(1)&lt;/script&gt; | ` * &amp; &quot; &#39; [x](javascript:y) # _z_</h1>");
	has(&w, "labs/lab-a.html",
		"<code>code | pipe</code>, <strong>strong</strong> words &amp; a <a "
		"href=\"https://example.org/\">link</a>");
	world_free(&w);
	NO_LEAKS();
}

/* Read back as Markdown, names are text: no raw HTML, no emphasis, no link to a script. */
static void check_markdown(const document *d, str evil)
{
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, d->bytes.ptr, d->bytes.len);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_iter *iter = cmark_iter_new(root);
	int last = 0, tops = 0;
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		if (cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER)
			continue;
		cmark_node_type type = cmark_node_get_type(n);
		cr_expect(type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE, "%.*s: %s", STRF(d->path),
			cmark_node_get_literal(n));
		if (type == CMARK_NODE_LINK)
			cr_expect(strncmp(cmark_node_get_url(n), "javascript", 10) != 0, "%.*s", STRF(d->path));
		if (type == CMARK_NODE_HEADING) {
			int level = cmark_node_get_heading_level(n);
			cr_expect(level <= last + 1, "%.*s: level %d after %d", STRF(d->path), level, last);
			last = level;
			tops += level == 1;
		}
	}
	cr_expect(tops == 1, "%.*s: %d first headings", STRF(d->path), tops);
	char *plain = cmark_render_plaintext(root, CMARK_OPT_DEFAULT, 0);
	cr_expect(str_find(str_from(plain), evil, 0) != SIZE_MAX, "%.*s: the name is changed", STRF(d->path));
	free(plain);
	cmark_iter_free(iter);
	cmark_node_free(root);
	cmark_parser_free(parser);
}

Test(render, hostile_names_stay_text_in_markdown)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	EACH (const document, d, w.docs.list)
		if (str_ends(d->path, STR(".md")))
			check_markdown(d, STR(EVIL));
	world_free(&w);
	NO_LEAKS();
}

/* Fields of a line of CSV; 0 if it is broken. */
static size_t fields(str line)
{
	size_t n = 1;
	bool inside = false;
	for (size_t i = 0; i < line.len; i++) {
		inside ^= line.ptr[i] == '"';
		n += line.ptr[i] == ',' && !inside;
	}
	return inside ? 0 : n;
}

Test(render, tables_of_rubrics_are_safe_to_open)
{
	world w;
	world_init(&w);
	world_render(&w, "rubrics");
	const document *d = get(&w, "rubrics/rub-a.csv");
	size_t lines = 0;
	for (str_cut cut = { .tail = d->bytes, .ok = true }; cut.ok && cut.tail.len; lines++) {
		cut = str_split(cut.tail, '\n');
		cr_expect(fields(cut.head) == 5, "%.*s", STRF(cut.head));
		cr_expect(str_starts(cut.head, STR("=")) == false && str_find(cut.head, STR(",="), 0) == SIZE_MAX &&
				  str_find(cut.head, STR(",-"), 0) == SIZE_MAX);
	}
	cr_expect(lines == 3, "%zu lines", lines);
	has(&w, "rubrics/rub-a.csv",
		"Criterion,Weight in per cent,Least points to pass,\"high, very (2)\",low (1)\n");
	has(&w, "rubrics/rub-a.csv", "'=cmd|' /C calc'!A0,60,2,\"Has, \"\"all\"\" | of it.\",'-1 of it.\n");
	has_not(&w, "rubrics/rub-scn-a.csv", "SECRET");
	world_free(&w);
	NO_LEAKS();
}

Test(render, participants_see_nothing_of_the_facilitator)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	static const char *const words[] = { "SECRET", "secret", "distractor", "+10:05", "number.md.mustache" };
	EACH (const document, d, w.docs.list)
		if (!d->instructor && !d->copied)
			for (size_t i = 0; i < COUNT(words); i++)
				cr_expect(contains(d, words[i]) == false, "%.*s has '%s'", STRF(d->path), words[i]);
	static const char *const told[] = { "INJECT SECRET text", "PURPOSE SECRET", "branch SECRET",
		"calm-secret", "ASK SECRET", "PROBE SECRET", "ACTION SECRET", "PATH SECRET", "SETUP SECRET",
		"SCRIPT SECRET", "HINT SECRET", "COMMON SECRET", "Why? SECRET", "SAFETY SECRET", "LATER SECRET",
		"+10:05", "at the end", "distractor" };
	for (size_t i = 0; i < COUNT(told); i++) {
		has(&w, "instructor/assessments/scn-a/facilitator.md", told[i]);
		has(&w, "instructor/assessments/scn-a/facilitator.html", told[i]);
	}
	has(&w, "instructor/assessments/scn-a/roles.html", "PRIVATE SECRET of the lead");
	has(&w, "instructor/rubrics/rub-a.html", "GRADER SECRET note");
	has(&w, "instructor/rubrics/rub-scn-a.md", "ANCHOR SECRET one");
	has(&w, "instructor/rubrics/rub-scn-a.md", "PERF SECRET");
	has(&w, "assessments/scn-a/participant.html", "More pages are handed out");
	static const char *const recorded[] = { "SUMMARY SECRET", "RULE SECRET", "STATE SECRET", "TREND SECRET",
		"SECRET0a1b2c", "EMPLOYER SECRET", "2026-q1-01 SECRET", "NOTE SECRET", "ANCHOR SECRET", "42 %",
		"11 of 26" };
	for (size_t i = 0; i < COUNT(recorded); i++) {
		has(&w, "instructor/changes/0001.md", recorded[i]);
		has(&w, "instructor/changes/0001.html", recorded[i]);
		has_not(&w, "changes.md", recorded[i]);
		has_not(&w, "changes.html", recorded[i]);
	}
	world_free(&w);
	NO_LEAKS();
}

Test(render, answers_are_not_where_the_questions_are)
{
	static const char *const formats[] = { "md", "html" };
	static const char *const answers[] = { "WHY NOT", "WHY SO.", "BECAUSE OF", "orrect:" };
	world w;
	world_init(&w);
	world_render(&w, NULL);
	cr_assert(w.ok);
	for (size_t f = 0; f < COUNT(formats); f++) {
		const char *asked = arena_printf(&w.a, "quizzes/quiz-a.%s", formats[f]).ptr;
		const char *answered = arena_printf(&w.a, "quizzes/quiz-a-answers.%s", formats[f]).ptr;
		for (size_t i = 0; i < COUNT(answers); i++)
			has_not(&w, asked, answers[i]);
		has(&w, asked, "More than one option is correct.");
		has(&w, asked, "quiz-a-answers.");
		has(&w, answered, "Item 1: B");
		has(&w, answered, "Item 2: A and C");
		has(&w, answered, "BECAUSE OF BOTH.");
		has(&w, answered, "For outcome 2 of the module.");
	}
	has(&w, "quizzes/quiz-a.md", "- A: Plan *a* | b.");
	has(&w, "quizzes/quiz-a-answers.md", "- B, correct: Plan `b`. — WHY SO.");
	has(&w, "quizzes/quiz-a-answers.html", "<strong>Correct:</strong> Plan <code>b</code>.<br />");
	has(&w, "quizzes/quiz-a-answers.html", "WHY NOT <em>it</em>.");
	world_free(&w);
	NO_LEAKS();
}

Test(render, says_the_same_every_time)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	documents first = w.docs;
	world_render(&w, NULL);
	cr_assert(first.list.len == w.docs.list.len);
	for (size_t i = 0; i < first.list.len; i++)
		cr_expect(str_eq(first.list.ptr[i].path, w.docs.list.ptr[i].path) &&
					  str_eq(first.list.ptr[i].bytes, w.docs.list.ptr[i].bytes),
			"%.*s", STRF(first.list.ptr[i].path));
	world_free(&w);
	NO_LEAKS();
}

Test(render, numbers_lead_to_their_reasons)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	size_t seen = 0;
	EACH (const document, d, w.docs.list)
		for (size_t at = 0; str_ends(d->path, STR(".html")) &&
							(at = str_find(d->bytes, STR("data-why=\""), at)) != SIZE_MAX;) {
			at += STR("data-why=\"").len;
			str address_text = str_split(str_skip(d->bytes, at), '"').head;
			cr_expect(address_known(&w.s.c, address_text), "%.*s: %.*s", STRF(d->path), STRF(address_text));
			seen++;
		}
	cr_expect(seen > 200, "%zu numbers", seen);
	has(&w, "overview.html", "<data value=\"24\" data-why=\"skill:evil.count\">24</data>");
	has(&w, "modules/mod-a.html",
		"<data value=\"1.0833333333333333\" data-why=\"module:mod-a.hours\">1 h 5 min</data>");
	has(&w, "labs/lab-a.html", "<data value=\"0.3\" data-why=\"metric:lab-a/latency.asked\">0.3 s</data>");
	world_free(&w);
	NO_LEAKS();
}

/* The path of a link as seen from a document. */
static str resolve(arena *a, str from, str link_target)
{
	while (from.len && from.ptr[from.len - 1] != '/')
		from.len--;
	while (str_starts(link_target, STR("../"))) {
		link_target = str_skip(link_target, 3);
		from.len -= from.len > 0;
		while (from.len && from.ptr[from.len - 1] != '/')
			from.len--;
	}
	return arena_printf(a, "%.*s%.*s", STRF(from), STRF(link_target));
}

static void check_links(world *w, const document *d, const char *begin, char end)
{
	for (size_t at = 0; (at = str_find(d->bytes, str_from(begin), at)) != SIZE_MAX;) {
		at += strlen(begin);
		str to = str_split(str_skip(d->bytes, at), end).head;
		if (str_starts(to, STR("#")) || str_starts(to, STR("http")) || str_starts(to, STR("javascript")))
			continue;
		str path = resolve(&w->a, d->path, to);
		cr_expect(
			find(w, arena_cstr(&w->a, path)) != NULL, "%.*s: %.*s leads nowhere", STRF(d->path), STRF(to));
	}
}

Test(render, links_lead_to_documents)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	EACH (const document, d, w.docs.list) {
		if (d->copied)
			continue;
		if (str_ends(d->path, STR(".html")))
			check_links(&w, d, "href=\"", '"');
		else if (str_ends(d->path, STR(".md")))
			check_links(&w, d, "](", ')');
	}
	world_free(&w);
	NO_LEAKS();
}

Test(render, every_row_rule_and_slot_is_there)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	static const char *const everywhere[] = { "syllabus.html", "overview.html", "coverage.html" };
	for (size_t i = 0; i < COUNT(everywhere); i++)
		for (size_t k = 1; k < COUNT(sample_rows); k++) /* the first name is escaped */
			has(&w, everywhere[i], sample_rows[k].name.ptr);
	has(&w, "syllabus.html", "not taught in this course");
	has(&w, "syllabus.md", "Text with `code | pipe`");
	has(&w, "syllabus.html", "<p class=\"slot\"><strong>To be filled in.</strong> Grading scale");
	has(&w, "syllabus.md", "institution: licence");
	has_not(&w, "syllabus.md", "institution: late-policy");
	has(&w, "syllabus.md", "house-rules");
	has(&w, "syllabus.md", "Because it is new (rule `rule-a`)");
	has(&w, "syllabus.html", "from 2027-01-04"); /* week 2, after the turn of the year */
	has(&w, "overview.md", "No rule answers this insight");
	has(&w, "overview.md", "(times 1.25)");
	has(&w, "overview.md", "nothing that the catalogue has, because none fits");
	has(&w, "modules/mod-a.md", "`rule-a` (emphasise, times 1.25): it says so.");
	has(&w, "modules/mod-b.html", "This module needs an author");
	has(&w, "labs/lab-a.md", "The planner: assesses an outcome.");
	has(&w, "labs/lab-a.html", "Author: our own figure.");
	has(&w, "labs/lab-a.html", "read in the primary source");
	has(&w, "labs/lab-a.md", "`rule-a` (target): it is common.");
	has(&w, "instructor/trace.json", "\"taken\": true");
	has(&w, "instructor/plan.json", "\"latency\": \"stretch\"");
	world_free(&w);
	NO_LEAKS();
}

Test(render, links_of_the_plan)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	has(&w, "syllabus.html", "<h3 id=\"also\">Also covered</h3>");
	has(&w, "syllabus.html", ": see module <a href=\"modules/mod-a.html\">");
	has(&w, "syllabus.md", "- Beta: taught in ");
	has(&w, "syllabus.md", ", because it is deeper there.");
	has(&w, "syllabus.md", "- Gamma: taught in module:gone, because it was there.");
	has(&w, "modules/mod-a.html", "<p>This module also stands for: ");
	has(&w, "modules/mod-a.md", "This module also stands for: ");
	has_not(&w, "modules/mod-b.md", "also stands for");
	w.s.plan.links.len = 0;
	world_render(&w, NULL);
	has_not(&w, "syllabus.html", "Also covered");
	has_not(&w, "modules/mod-a.html", "also stands for");
	world_free(&w);
	NO_LEAKS();
}

Test(render, changes)
{
	world w;
	world_init(&w);
	world_render(&w, NULL);
	has(&w, "index.html", "<a href=\"changes.html\">What has changed</a>");
	has(&w, "syllabus.md", "[What has changed](changes.md)");
	has(&w, "syllabus.html", "<a href=\"changes.html\">What has changed</a>");
	has(&w, "instructor/changes/0002.html", "What this record describes was undone by change record 3.");
	has(&w, "instructor/changes/0003.md", "This record takes back change record 2.");
	has(&w, "instructor/changes/0002.md",
		"Before this one: [Change record 1](../../instructor/changes/0001.md)");
	has(&w, "instructor/changes.html", "<td>taken back by change record 3</td>");
	has(&w, "instructor/changes/0001.html", "<section id=\"chg-1\">");
	has(&w, "changes.md", "If you finished it: ");
	has(&w, "instructor/changes/0003.html", "<p>What change record 2 did is undone.</p>");
	has(&w, "changes.html", "Version 1.1.1 is taken back");
	has(&w, "changes.html", "<strong>Taken back</strong>: the course went on with version 1.1.2.");
	has(&w, "changes.md", " (30 min). Less time is given to one # two");
	has(&w, "changes.md", "The first version.");
	w.docs = (documents){ 0 };
	render_options never = { .templates = &w.templates };
	cr_assert(render_course(&w.docs, &w.a, &w.s.c, &never, &w.d));
	cr_expect(find(&w, "changes.md") == NULL && find(&w, "instructor/changes.html") == NULL);
	has_not(&w, "index.html", "changes.html");
	has_not(&w, "syllabus.md", "changes.md");
	world_free(&w);
	NO_LEAKS();
}

Test(render, only_what_is_asked_for)
{
	world w;
	world_init(&w);
	world_render(&w, "labs/lab-a");
	cr_expect(w.ok && w.docs.list.len == 3, "%zu", w.docs.list.len);
	world_render(&w, "modules/");
	cr_expect(w.ok && w.docs.list.len == 4, "%zu", w.docs.list.len);
	world_render(&w, "sylla");
	cr_expect(
		w.ok == false && w.docs.list.len == 0 && w.d.errors == 1 && w.d.list.ptr[0].code == E_UNKNOWN_NAME);
	str md = STR("md"), wrong = STR("htm");
	render_options o = { .templates = &w.templates, .formats = { &md, 1 } };
	w.docs = (documents){ 0 };
	cr_expect(render_course(&w.docs, &w.a, &w.s.c, &o, &w.d));
	EACH (const document, d, w.docs.list)
		cr_expect(str_ends(d->path, STR(".html")) == false && !str_ends(d->path, STR(".css")), "%.*s",
			STRF(d->path));
	has(&w, "rubrics/rub-a.csv", "Criterion");
	o.formats.ptr = &wrong;
	cr_expect(render_course(&w.docs, &w.a, &w.s.c, &o, &w.d) == false);
	world_free(&w);
	NO_LEAKS();
}

Test(render, missing_files_are_said)
{
	world w;
	world_init(&w);
	w.s.c.labs.ptr[0].folder = NULL;
	w.s.c.scenarios.ptr[0].folder = "/nowhere";
	world_render(&w, NULL);
	cr_expect(w.ok == false && w.d.errors == 3, "%zu errors", w.d.errors);
	has(&w, "labs/lab-a.html", "link.md.mustache"); /* the rest is there */
	world_free(&w);
	NO_LEAKS();
}

Test(render, paths_that_meet_are_said)
{
	world w;
	world_init(&w);
	w.s.c.modules.ptr[1].module = w.s.c.modules.ptr[0].module;
	world_render(&w, "modules");
	cr_expect(w.ok == false && w.d.errors == 2 && w.d.list.ptr[0].code == E_DUPLICATE_ID, "%zu", w.d.errors);
	world_free(&w);
	NO_LEAKS();
}

Test(render, empty_course)
{
	world w;
	world_init(&w);
	w.s.c.modules.len = w.s.c.labs.len = w.s.c.scenarios.len = 0;
	w.s.c.trace = NULL;
	w.s.plan.course.weeks = 0;
	for (int i = 0; i < ROW_KINDS; i++)
		w.s.facts.rows[i].len = 0;
	world_render(&w, NULL);
	cr_expect(w.ok);
	EACH (const document, d, w.docs.list)
		if (str_ends(d->path, STR(".html")))
			check_page(d);
	world_free(&w);
	xmlCleanupParser();
	NO_LEAKS();
}

/* Every allocation fails once in a while; near the beginning each, later every so many. */
Test(render, out_of_memory)
{
	world w;
	world_init(&w);
	world_render(&w, NULL); /* parses the templates */
	cr_assert(w.ok);
	bool failed = true;
	for (unsigned n = 1; failed; n += 1 + n / 40) {
		arena a = { .fail_at = n };
		documents out = { 0 };
		render_options o = { .templates = &w.templates,
			.revisions = sample_revisions,
			.revision_count = COUNT(sample_revisions) };
		bool ok = render_course(&out, &a, &w.s.c, &o, &w.d);
		failed = a.failed;
		cr_expect(ok == !failed);
		arena_free(&a);
	}
	world_free(&w);
	NO_LEAKS();
}
