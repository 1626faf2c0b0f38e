/* Postings of every form, good and bad, from small made-up files; and the real ones where they are. */
#define _POSIX_C_SOURCE 200809L
#include "posting_files.h"

#include "base/text.h"

typedef struct {
	const char *name, *bytes;
	size_t postings;
	const char *form, *facts,
		*outline; /* of the first; facts: title;employer;location;region;date;seniority */
	int code;     /* that is reported; -1: none */
} sample;

#define NONE (-1)
#define LD(json) \
	"<html><head><script type=\"application/ld+json\">" json "</script></head><body>x</body></html>"
#define JOB \
	"\"@type\":\"JobPosting\",\"title\":\"Data Engineer\",\"hiringOrganization\":{\"name\":\"Acme\"}," \
	"\"datePosted\":\"2026-05-01\",\"description\":\"<p>Build <b>pipes</b>.</p><ul><li>SQL</li></ul>\""
#define JOB_FACTS "Data Engineer;Acme;;;2026-05-01;"
#define JOB_TEXT "P Build pipes.|- SQL"

static const sample samples[] = {
	/* --- pages --- */
	{ "json-ld", LD("{" JOB "}"), 1, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "json-ld in a graph", LD("{\"@graph\":[{\"@type\":\"WebSite\"},{" JOB "}]}"), 1, "json-ld", JOB_FACTS,
		JOB_TEXT, NONE },
	{ "json-ld in a list", LD("[{\"@type\":\"Thing\"},{" JOB "}]"), 1, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "json-ld after another script",
		"<script type='application/ld+json'>null</script><script type='application/ld+json'>{" JOB
		"}</script>",
		1, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "json-ld with a full type",
		LD("{\"@type\":[\"https://schema.org/JobPosting\"],\"title\":\"T\",\"description\":\"some words\"}"),
		1, "json-ld", "T;;;;;", "P some words", NONE },
	{ "json-ld in CDATA", LD("//<![CDATA[\n{" JOB "}\n//]]>"), 1, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "json-ld in an HTML comment", LD("<!-- {" JOB "} -->"), 1, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "json-ld with comments", LD("{ // note\n" JOB ", /* end */ }"), 1, "json-ld", JOB_FACTS, JOB_TEXT,
		NONE },
	{ "json-ld with a raw line feed",
		LD("{\"@type\":\"JobPosting\",\"title\":\"T\",\"description\":\"one\ntwo\tthree\"}"), 1, "json-ld",
		"T;;;;;", "P one|P two three", NONE },
	{ "json-ld with entities in the description",
		LD("{\"@type\":\"JobPosting\",\"title\":\"R&amp;D\",\"description\":\"&lt;p&gt;C &amp;amp; "
		   "C++&lt;/p&gt;\"}"),
		1, "json-ld", "R&D;;;;;", "P C & C++", NONE },
	{ "json-ld with places",
		LD("{" JOB
		   ",\"jobLocation\":[{\"address\":{\"addressLocality\":\"Berlin\",\"addressCountry\":\"DE\"}},"
		   "{\"address\":{\"addressLocality\":\"Paris\",\"addressCountry\":{\"name\":\"France\"}}}]}"),
		1, "json-ld", "Data Engineer;Acme;Berlin, DE; Paris, France;Germany;2026-05-01;", JOB_TEXT, NONE },
	{ "json-ld with an address in words", LD("{" JOB ",\"jobLocation\":{\"address\":\"Oslo, Norway\"}}"), 1,
		"json-ld", "Data Engineer;Acme;Oslo, Norway;Norway;2026-05-01;", JOB_TEXT, NONE },
	{ "json-ld remote", LD("{" JOB ",\"jobLocationType\":\"TELECOMMUTE\"}"), 1, "json-ld",
		"Data Engineer;Acme;;remote;2026-05-01;", JOB_TEXT, NONE },
	{ "json-ld broken", LD("{\"@type\":\"JobPosting\" oops"), 0, "", "", "", E_POSTING_MARKUP },
	{ "json-ld of something else, broken", LD("{\"@type\":\"Event\" oops"), 0, "", "", "", E_POSTING_EMPTY },
	{ "json-ld with two postings", LD("[{" JOB "},{" JOB "}]"), 2, "json-ld", JOB_FACTS, JOB_TEXT, NONE },
	{ "a summary in json-ld, the text on the page",
		"<html><script "
		"type='application/ld+json'>{\"@type\":\"JobPosting\",\"title\":\"T\",\"description\":\"Short\"}"
		"</script><body><nav>Menu</nav><main><h1>T</h1><h2>Tasks</h2><ul><li>Write "
		"Go</li></ul></main></body></html>",
		1, "json-ld", "T;;;;;", "H* T|H* Tasks|- Write Go", NONE },
	{ "microdata",
		"<div itemscope itemtype='http://schema.org/JobPosting'><h1 itemprop='title'><span>Cook</span></h1>"
		"<div itemprop='hiringOrganization' itemscope itemtype='http://schema.org/Organization'>"
		"<span itemprop='name'>Inn</span></div><meta itemprop='datePosted' content='2026-01-02'>"
		"<div itemprop='description'><h3>Tasks</h3><ul><li>Soup</li></ul></div></div>",
		1, "microdata", "Cook;Inn;;;2026-01-02;", "H* Tasks|- Soup", NONE },
	{ "what can be seen",
		"<html><head><title>Site</title></head><body><header>Logo</header><nav>Menu</nav><main><h1>Senior "
		"Baker</h1>"
		"<p>We bake bread every day and look for people who want to bake it with us in the morning hours.</p>"
		"<script>var x</script><style>p{}</style><aside>Ad</aside></main><footer>Foot</footer></body></html>",
		1, "page", "Senior Baker;;;;;senior",
		"H* Senior Baker|P We bake bread every day and look for people who want to bake it with us in the "
		"morning "
		"hours.",
		E_POSTING_MARKUP },
	{ "a page without text", "<html><body><p>Gone.</p></body></html>", 0, "", "", "", E_POSTING_EMPTY },
	{ "latin-1 declared",
		"<html><head><meta charset='iso-8859-1'></head><script "
		"type='application/ld+json'>{\"@type\":\"JobPosting\","
		"\"title\":\"Caf\xE9\",\"description\":\"d\xFCrfen\"}</script></html>",
		1, "json-ld", "Caf\xC3\xA9;;;;;", "P d\xC3\xBCrfen", NONE },
	/* --- JSON --- */
	{ "plain",
		"{\"title\":\"Cook\",\"employer\":\"Inn\",\"text\":\"One.\\nTwo.\",\"date\":\"2026-03-04T10:00:"
		"00Z\"}",
		1, "plain", "Cook;Inn;;;2026-03-04;", "P One.|P Two.", NONE },
	{ "plain list", "[{\"title\":\"A\",\"text\":\"a\"},{\"title\":\"B\",\"text\":\"b\"}]", 2, "plain",
		"A;;;;;", "P a", NONE },
	{ "plain list with something else", "{\"postings\":[{\"title\":\"A\",\"text\":\"a\"},{\"x\":1}]}", 1,
		"plain", "A;;;;;", "P a", E_POSTING_SHAPE },
	{ "greenhouse",
		"{\"jobs\":[{\"absolute_url\":\"https://boards.greenhouse.io/acme/jobs/1\",\"title\":\"Staff Cook\","
		"\"location\":{\"name\":\"Austin, TX\"},\"first_published\":\"2026-01-05T00:00:00-04:00\","
		"\"content\":\"&lt;h2&gt;Tasks&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;R&amp;amp;D&lt;/li&gt;&lt;/ul&gt;\"}]}",
		1, "greenhouse", "Staff Cook;acme;Austin, TX;United States;2026-01-05;staff", "H* Tasks|- R&D",
		NONE },
	{ "lever",
		"[{\"hostedUrl\":\"https://jobs.lever.co/acme/"
		"1\",\"text\":\"Cook\",\"categories\":{\"location\":\"Rome\"},"
		"\"country\":\"IT\",\"createdAt\":1782821535482,\"description\":\"<p>Hello</"
		"p>\",\"lists\":[{\"text\":\"Must\","
		"\"content\":\"<li>Knife</li><li>Pan</li>\"}],\"additional\":\"<p>Bye</p>\"}]",
		1, "lever", "Cook;acme;Rome;Italy;2026-06-30;", "P Hello|H* Must|- Knife|- Pan|P Bye", NONE },
	{ "workday without text",
		"{\"jobPostings\":[{\"title\":\"A\",\"externalPath\":\"/"
		"a\",\"locationsText\":\"X\",\"postedOn\":\"Posted Today\"}]}",
		0, "", "", "", E_POSTING_EMPTY },
	{ "unknown shape", "{\"a\":1,\"b\":2}", 0, "", "", "", E_POSTING_SHAPE },
	{ "not JSON", "{\"title\": }", 0, "", "", "", E_JSON_SYNTAX },
	{ "empty list", "[]", 0, "", "", "", E_POSTING_SHAPE },
	{ "an old date", "{\"title\":\"A\",\"text\":\"a\",\"date\":\"1970-01-01\"}", 1, "plain", "A;;;;;", "P a",
		E_POSTING_DATE },
	{ "a date to come", "{\"title\":\"A\",\"text\":\"a\",\"date\":\"2027-01-01\"}", 1, "plain", "A;;;;;",
		"P a", E_POSTING_DATE },
	{ "days ago", "{\"title\":\"A\",\"text\":\"a\",\"date\":\"Posted 8 Days Ago\"}", 1, "plain",
		"A;;;;2026-06-22;", "P a", NONE },
	{ "30+ days ago", "{\"title\":\"A\",\"text\":\"a\",\"date\":\"Posted 30+ Days Ago\"}", 1, "plain",
		"A;;;;;", "P a", E_POSTING_DATE },
	/* --- JSON Lines --- */
	{ "lines", "{\"title\":\"A\",\"text\":\"a\"}\n\n{\"title\":\"B\",\"text\":\"b\"}\r\n", 2, "plain",
		"A;;;;;", "P a", NONE },
	{ "lines with a broken one",
		"{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\n{\"title\":\"B\",\"text\":\"b\"}\n", 2, "plain",
		"A;;;;;", "P a", E_JSON_SYNTAX },
	{ "lines with a broken second one",
		"{\"title\":\"A\",\"text\":\"a\"}\nnot json\n{\"title\":\"B\",\"text\":\"b\"}\n", 2, "plain",
		"A;;;;;", "P a", E_JSON_SYNTAX },
	{ "lines with a broken first one", "{\"title\":\n{\"title\":\"A\",\"text\":\"a\"}\n", 1, "plain",
		"A;;;;;", "P a", E_JSON_SYNTAX },
	{ "lines after words", "not json\n{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\"B\",\"text\":\"b\"}\n",
		2, "plain", "A;;;;;", "P a", E_JSON_SYNTAX },
	{ "lines, two of which in a row are whole",
		"{\"title\n{\n{\n{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\"B\",\"text\":\"b\"}\n{\"a\n", 2,
		"plain", "A;;;;;", "P a", E_JSON_SYNTAX },
	{ "a list with a posting on each line",
		"[\n{\"title\":\"A\",\"text\":\"a\"},\n{\"title\":\"B\",\"text\":\"b\"}\n]\n", 2, "plain", "A;;;;;",
		"P a", NONE },
	{ "an object around a posting on a line of its own",
		"{\"jobs\": [\n{\"title\":\"A\",\"text\":\"a\"}\n], \"more\": [\n{\"x\":1}\n]}\n", 1, "plain",
		"A;;;;;", "P a", NONE },
	{ "a text with some JSON", "Cook\n\nWe cook. Our answers are like this:\n{\"soup\": 1}\n", 1, "text",
		"Cook;;;;;", "P* We cook. Our answers are like this:|P {\"soup\": 1}", NONE },
	{ "lines with bytes that are no UTF-8",
		"{\"title\":\"A\",\"text\":\"\xC3\xA9 \xC3\xA9 \xFF\"}\n{\"title\":\"B\",\"text\":\"b\"}\n", 2,
		"plain", "A;;;;;", "P \xC3\xA9 \xC3\xA9 \xEF\xBF\xBD", E_POSTING_ENCODING },
	/* --- tables --- */
	{ "comma", "Job Title,Company,Description\nCook,Inn,\"Soup, \"\"hot\"\"\nand cold\"\n", 1, "csv",
		"Cook;Inn;;;;", "P Soup, \"hot\"|P and cold", NONE },
	{ "semicolon", "Titel;Firma;Ort;Beschreibung\r\nKoch;Gasthof;Wien, Austria;Suppe\r\n", 1, "csv",
		"Koch;Gasthof;Wien, Austria;Austria;;", "P Suppe", NONE },
	{ "tab, byte order mark", "\xEF\xBB\xBFtitle\ttext\nCook\tSoup\n", 1, "csv", "Cook;;;;;", "P Soup",
		NONE },
	{ "unbalanced", "title,text\nA,\"open\nB,\"b\"x\nC,c\n", 1, "csv", "C;;;;;", "P c", E_POSTING_CSV },
	{ "unbalanced at the end", "title,text\nA,a\nB,\"open\n", 1, "csv", "A;;;;;", "P a", E_POSTING_CSV },
	{ "too few cells", "title,company,text\nA\nB,x,b\n", 1, "csv", "B;x;;;;", "P b", E_POSTING_CSV },
	{ "windows-1252", "title,text\nCaf\xE9,na\xEFve\n", 1, "csv", "Caf\xC3\xA9;;;;;", "P na\xC3\xAFve",
		E_POSTING_ENCODING },
	{ "columns that nobody knows", "jobtitle,desc\nCook,\"Soup,\nhot\"\nBaker,Bread\n", 0, "", "", "",
		E_POSTING_SHAPE },
	{ "the same with a row of another length", "jobtitle;desc\nA;a\nB;b\nC\nD;d\n", 0, "", "", "",
		E_POSTING_SHAPE },
	{ "commas in sentences", "Cook, Vienna\nSoup, bread\nknife, spoon\n", 1, "text", "Cook, Vienna;;;;;",
		"P Soup, bread|P knife, spoon", NONE },
	{ "two lines with a semicolon", "Cook;Vienna\nSoup;bread\n", 1, "text", "Cook;Vienna;;;;;",
		"P Soup;bread", NONE },
	/* --- Markdown, plain text --- */
	{ "markdown",
		"# Analyst \xE2\x80\x94 Acme\n\n**URL:** https://x.example\n**Location:** Berlin, "
		"Germany\n\n---\n\n## Tasks\n\n"
		"- Count **things**\n    - and more\n\u2022 bullet\n\n**Must have**\nGo\n\n| a | b |\n|---|---|\n| 1 "
		"| 2 |\n\n"
		"## Layer B\n\nnotes\n",
		1, "markdown", "Analyst;Acme;Berlin, Germany;Germany;;",
		"H* Tasks|- Count things|- and more|- bullet|P* Must have|P Go|P 1 | 2", NONE },
	{ "front matter",
		"---\ntitle: \"Cook\"\ncompany: Inn\nother: x\ndate: 2026-02-03\n---\n\n## Tasks\n\nSoup\n", 1,
		"markdown", "Cook;Inn;;;2026-02-03;", "H* Tasks|P Soup", NONE },
	{ "text",
		"Senior Cook\nCompany: Inn\n\nWe cook.\n\nREQUIREMENTS\n\xE2\x80\xA2 Knife\no Pan\n1. Pot\nNice to "
		"have:\nSpoon\n",
		1, "text", "Senior Cook;Inn;;;;senior",
		"P We cook.|P* REQUIREMENTS|- Knife|- Pan|- Pot|P* Nice to have:|P Spoon", NONE },
	{ "a title that is named goes before the first line",
		"# Acme cook position\n\n**Company:** Acme\n\n**Job Title:** Cook\n\n## Tasks\n\nSoup\n", 1,
		"markdown", "Cook;Acme;;;;", "H* Tasks|P Soup", NONE },
	{ "a link by itself leads away",
		"<html><body><main><h1>Senior Baker</h1><p>We bake bread every day and look for people who want to "
		"bake it with "
		"us in the morning, at noon and in the evening, on all days but one.</p><p><a href='x'>See the "
		"GitHub "
		"issue</a></p><p>Ask <a href='y'>our good cook</a></p><ul><li><a href='z'>Soup and bread "
		"daily</a></li></ul></main></body></html>",
		1, "page", "Senior Baker;;;;;senior",
		"H* Senior Baker|P We bake bread every day and look for people who want to bake it with us in the "
		"morning, at "
		"noon and in the evening, on all days but one.|P Ask our good cook|- Soup and bread daily",
		E_POSTING_MARKUP },
	{ "text in brackets", "[Remote] Cook\n\nSoup and bread.\n", 1, "text", "[Remote] Cook;;;;;",
		"P Soup and bread.", NONE },
	/* --- what is none of these --- */
	{ "empty", "", 0, "", "", "", E_POSTING_EMPTY },
	{ "PDF", "%PDF-1.7 ...", 0, "", "", "", E_POSTING_FORM },
	{ "zip", "PK\x03\x04 ...", 0, "", "", "", E_POSTING_FORM },
	{ "feed", "<?xml version='1.0'?><rss><item/></rss>", 0, "", "", "", E_POSTING_FORM },
	{ "entity bomb",
		"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html><p>&b;</p></html>",
		0, "", "", "", E_POSTING_EMPTY },
};

static void try_sample(const sample *s)
{
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, str_from(s->bytes), "", "2026-06-30");
	cr_expect(r.list.len == s->postings, "%s: %zu postings", s->name, r.list.len);
	cr_expect(s->code == NONE ? r.d.list.len == 0 : has_code(&r.d, (diag_code)s->code),
		"%s: %zu messages, the first %s", s->name, r.d.list.len,
		r.d.list.len ? arena_cstr(&r.a, r.d.list.ptr[0].text) : "none");
	EACH (const posting, p, r.list)
		check_posting(p);
	if (r.list.len && s->postings) {
		const posting *p = r.list.ptr;
		str facts = arena_printf(&r.a, "%.*s;%.*s;%.*s;%.*s;%.*s;%.*s", STRF(p->title), STRF(p->employer),
			STRF(p->location), STRF(p->region), STRF(p->date), STRF(p->seniority));
		str shown = outline(&r.a, p);
		cr_expect(str_eq(facts, str_from(s->facts)), "%s: facts are '%.*s'", s->name, STRF(facts));
		cr_expect(str_eq(shown, str_from(s->outline)), "%s: text is '%.*s'", s->name, STRF(shown));
		cr_expect(str_eq(str_from(p->form), str_from(s->form)), "%s: form is '%s'", s->name, p->form);
	}
	arena_free(&r.a);
}

Test(posting, samples)
{
	for (size_t i = 0; i < COUNT(samples); i++)
		try_sample(&samples[i]);
	NO_LEAKS();
}

Test(posting, form_can_be_given)
{
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, STR("{\"title\":\"A\"} is how it begins\n"), "text", "");
	cr_assert(r.opened && r.d.errors == 0);
	read_bytes(&r, STR("title,text\nA,a\n"), "nonsense", "");
	cr_assert(has_code(&r.d, E_POSTING_FORM) && r.opened == false);
	read_path(&r, "/nowhere/at/all", "", "");
	cr_assert(has_code(&r.d, E_FILE_READ) && r.opened == false);
	arena_free(&r.a);
	NO_LEAKS();
}

Test(posting, wide_characters)
{
	static const char bytes[] = "\xFF\xFEt\0i\0t\0l\0e\0\t\0t\0e\0x\0t\0\n\0C\0a\0f\0\xE9\0\t\0S\0\n\0";
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, (str){ bytes, sizeof bytes - 1 }, "", "");
	cr_assert(r.list.len == 1 && r.d.list.len == 0);
	assert_str(r.list.ptr[0].title, "Caf\xC3\xA9");
	arena_free(&r.a);
	NO_LEAKS();
}

Test(posting, nul_bytes)
{
	static const char bytes[] = "{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\"\0\",\"text\":\"a\"}\n{"
								"\"title\":\"B\",\"text\":\"b\"}\n";
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, (str){ bytes, sizeof bytes - 1 }, "jsonl", "");
	cr_assert(r.list.len == 2 && has_code(&r.d, E_JSON_SYNTAX));
	arena_free(&r.a);
	NO_LEAKS();
}

/* A line that is too long is left out and the next one is read; memory stays with the line. */
Test(posting, a_line_that_is_too_long)
{
	posting_case r = { 0 };
	read_shapes(&r);
	arena text = { 0 };
	buf b = { .arena = &text };
	BUF_LIT(&b, "{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\"");
	while (b.len < POSTING_LINE_MAX + 100)
		BUF_LIT(&b, "a long title that goes on and on ");
	BUF_LIT(&b, "\"}\n{\"title\":\"B\",\"text\":\"b\"}\n");
	read_bytes(&r, buf_done(&b), "jsonl", "");
	cr_assert(r.list.len == 2 && has_code(&r.d, E_POSTING_LINE));
	arena_free(&text);
	arena_free(&r.a);
	NO_LEAKS();
}

Test(posting, the_same_posting_has_the_same_id)
{
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, STR("{\"title\":\"A\",\"text\":\"a\"}"), "", "");
	read_bytes(&r, STR("title,text\nA,a\n"), "", "");
	read_bytes(&r, STR("title,text\nA,b\n"), "", "");
	cr_assert(r.list.len == 3);
	cr_assert(str_eq(r.list.ptr[0].id, r.list.ptr[1].id));
	cr_assert(str_eq(r.list.ptr[0].id, r.list.ptr[2].id) == false);
	arena_free(&r.a);
	NO_LEAKS();
}

Test(posting, streams_are_flat)
{
	enum { MANY = 20000, MOST = 12 << 20 };
	posting_case r = { 0 };
	read_shapes(&r);
	arena text = { 0 };
	buf b = { .arena = &text };
	BUF_LIT(&b, "title,text\n");
	for (int i = 0; i < MANY; i++)
		buf_printf(&b, "Title %d,\"Some words, and more of them %d\"\n", i, i);
	char path[] = "/tmp/cw-posting-XXXXXX";
	int fd = mkstemp(path);
	cr_assert(fd >= 0 && write(fd, b.ptr, b.len) == (ssize_t)b.len);
	close(fd);
	posting_options o = { .catalog = &r.catalog };
	posting_stream *s;
	size_t count = 0, before = r.a.total;
	cr_assert(postings_open(&s, &r.a, path, &o, &r.d));
	posting p;
	for (arena one = { 0 }; postings_next(&p, s, &one, &r.d); arena_free(&one))
		count++;
	cr_assert(count == MANY && postings_bytes(s) == b.len && r.a.total - before < MOST);
	postings_close(s);
	unlink(path);
	arena_free(&text);
	arena_free(&r.a);
}

/* Every allocation of every arena fails once; nothing leaks or crashes, and it is said. */
static void starve(const char *bytes)
{
	posting_case r = { 0 };
	read_shapes(&r);
	char path[] = "/tmp/cw-posting-XXXXXX";
	int fd = mkstemp(path);
	str all = str_from(bytes);
	cr_assert(fd >= 0 && write(fd, all.ptr, all.len) == (ssize_t)all.len);
	close(fd);
	posting_options o = { .catalog = &r.catalog, .as_of = STR("2026-06-30") };
	enum { MOST = 4000 };
	unsigned n = 1;
	for (; n < MOST; n++) {
		arena a = { .fail_at = n };
		arena said = { 0 };
		sources none = { .arena = &said };
		diags d = { .arena = &said, .sources = &none };
		posting_stream *s;
		posting p;
		if (postings_open(&s, &a, path, &o, &d)) {
			while (postings_next(&p, s, &a, &d)) {
			}
			postings_close(s);
		}
		bool failed = a.failed;
		arena_free(&a);
		arena_free(&said);
		if (!failed)
			break;
	}
	cr_expect(n < MOST);
	unlink(path);
	arena_free(&r.a);
}

Test(posting, out_of_memory)
{
	static const char *const names[] = { "json-ld with places", "microdata", "what can be seen", "lever",
		"lines", "comma", "markdown", "text", "latin-1 declared", "lines with bytes that are no UTF-8" };
	for (size_t k = 0; k < COUNT(names); k++)
		for (size_t i = 0; i < COUNT(samples); i++)
			if (str_eq(str_from(samples[i].name), str_from(names[k])))
				starve(samples[i].bytes);
	NO_LEAKS();
}

/* --- real files --- */

static str shared(arena *a, const char *name)
{
	const char *root = getenv("CW_SHARED"), *tree = getenv("CW_SOURCE_ROOT");
	str folder = root ? arena_str(a, str_from(root)) : arena_printf(a, "%s/../shared", tree ? tree : ".");
	return io_join(a, folder, str_from(name));
}

static void expect_real(const char *name, size_t postings, size_t errors)
{
	posting_case r = { 0 };
	read_shapes(&r);
	str path = shared(&r.a, name);
	if (io_stat(path.ptr) == IO_NONE) {
		arena_free(&r.a);
		cr_skip_test("%s is not here", name);
	}
	list_str files = postings_files(&r.a, path.ptr);
	EACH (const str, file, files)
		read_path(&r, file->ptr, "", "2026-12-31");
	cr_expect(r.list.len == postings, "%s: %zu postings", name, r.list.len);
	cr_expect(r.d.errors == errors, "%s: %zu errors", name, r.d.errors);
	size_t titles = 0;
	EACH (const posting, p, r.list) {
		check_posting(p);
		titles += p->title.len > 0;
	}
	cr_expect(titles + 2 >= postings, "%s: %zu titles", name, titles); /* some files begin with the text */
	arena_free(&r.a);
	NO_LEAKS();
}

Test(posting, real_boards)
{
	expect_real("postings/ats", 24, 0);
}

Test(posting, real_collection)
{
	expect_real("postings/uber", 776, 0);
}

Test(posting, real_pages)
{
	expect_real("postings/html-jsonld", 100, 0);
}

Test(posting, real_archive)
{
	expect_real("postings/analytics-engineer", 69, 69);
}
