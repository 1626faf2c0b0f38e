#define _POSIX_C_SOURCE 200809L
#include "made_postings.h"

#include "base/json.h"

#include "../unit/random.h"

#include <unistd.h>

enum {
	EMPLOYERS = 300,
	SENTENCE_LEAST = 6, /* words */
	SENTENCE_MORE = 14,
	NAME_EVERY = 16,  /* words, on average; about as in the real collections */
	AGAIN_EVERY = 5,  /* one of so many postings was there before */
	COMMON_EVERY = 8, /* of these names, one of so many is any of the lexicon, and not a usual one */
	USUAL = 120,      /* names that most postings draw from */
	MONTHS = 24
};

static const char *const plain[] = { "ability", "about", "accuracy", "across", "adapt", "aim", "align", "and",
	"answer", "architecture", "around", "as", "ask", "assess", "assist", "at", "basis", "become", "best",
	"better", "bring", "budget", "build", "business", "calm", "care", "cause", "change", "choose", "clear",
	"clients", "close", "collaborate", "colleagues", "combine", "communicate", "company", "complex",
	"concepts", "conditions", "consider", "context", "contribute", "cost", "create", "critical", "culture",
	"customers", "daily", "deadlines", "debate", "decide", "deep", "define", "deliver", "demand", "depend",
	"describe", "design", "detail", "develop", "devices", "direct", "discuss", "drive", "during", "early",
	"effective", "efficient", "effort", "enable", "end", "engage", "ensure", "environment", "equipment",
	"essential", "estimate", "evolve", "examine", "example", "excellent", "execute", "experience", "explain",
	"explore", "facilities", "failure", "fast", "features", "feedback", "field", "find", "focus", "follow",
	"for", "foster", "from", "full", "function", "future", "gather", "global", "goals", "good", "group",
	"grow", "guide", "handle", "help", "high", "highly", "hours", "ideas", "identify", "impact", "implement",
	"improve", "in", "include", "inform", "initiative", "innovation", "inputs", "insight", "integrate",
	"internal", "into", "investigate", "issues", "join", "journey", "keep", "knowledge", "large", "lead",
	"learn", "level", "life", "limits", "listen", "local", "long", "look", "maintain", "make", "manage",
	"market", "matter", "measure", "meet", "methods", "mission", "models", "motivated", "move", "multiple",
	"needs", "new", "next", "objectives", "of", "offer", "office", "on", "open", "operate", "options", "or",
	"organise", "our", "outcomes", "own", "parts", "partner", "people", "perform", "phase", "plan",
	"platform", "policy", "position", "practice", "prepare", "present", "priorities", "problems", "process",
	"produce", "product", "progress", "project", "propose", "provide", "quality", "questions", "quick",
	"range", "reach", "ready", "reason", "recommend", "reduce", "region", "relationships", "release",
	"reliable", "report", "requests", "requirements", "research", "resolve", "resources", "respond",
	"results", "review", "risk", "roadmap", "role", "routine", "scale", "schedule", "scope", "self", "sense",
	"service", "set", "shape", "share", "simple", "skills", "solutions", "solve", "source", "speed",
	"stakeholders", "standards", "start", "steps", "strong", "structure", "success", "suggest", "support",
	"sure", "systems", "tasks", "team", "technical", "techniques", "test", "that", "the", "think", "time",
	"to", "together", "tools", "topics", "towards", "track", "train", "trends", "trust", "turn", "under",
	"understand", "unit", "update", "us", "use", "users", "value", "various", "verify", "vision", "way", "we",
	"well", "what", "when", "where", "while", "wide", "will", "with", "within", "work", "world", "write",
	"year", "you", "your" };

static void add_name(buf *b, const made_options *o, random_source *r)
{
	size_t count = o->catalog->concepts.len;
	if (!count)
		return;
	uint32_t usual = draw(r, USUAL) * draw(r, USUAL) / USUAL * 7919;
	uint32_t any = draw(r, (uint32_t)count);
	size_t at = draw(r, COMMON_EVERY) ? usual % count : any;
	buf_str(b, o->catalog->concepts.ptr[at]->name);
}

static void add_sentence(buf *b, const made_options *o, random_source *r)
{
	uint32_t words = SENTENCE_LEAST + draw(r, SENTENCE_MORE);
	for (uint32_t i = 0; i < words; i++) {
		if (i)
			buf_char(b, ' ');
		if (draw(r, NAME_EVERY) == 0)
			add_name(b, o, r);
		else
			buf_str(b, str_from(plain[draw(r, COUNT(plain))]));
	}
	buf_char(b, '.');
}

static void add_part(buf *b, const made_options *o, random_source *r, const char *heading, size_t bytes)
{
	bool items = draw(r, 4) != 0;
	size_t from = b->len;
	buf_printf(b, "<h2>%s</h2>%s", heading, items ? "<ul>" : "");
	do {
		buf_str(b, items ? STR("<li>") : STR("<p>"));
		add_sentence(b, o, r);
		buf_str(b, items ? STR("</li>") : STR("</p>"));
	} while (b->len - from < bytes);
	if (items)
		BUF_LIT(b, "</ul>");
}

static void add_text(buf *b, const made_options *o, random_source *r, uint32_t employer, bool changed)
{
	size_t tenth = o->bytes / 10;
	random_source house = seeded(7000000 + employer);
	add_part(b, o, &house, "About us", tenth);
	if (changed)
		BUF_LIT(b, "<p>This position is open again.</p>");
	add_part(b, o, r, "What you will do", 3 * tenth);
	add_part(b, o, r, "Requirements", 3 * tenth);
	buf_printf(b, "<p>%u+ years of experience in a similar role.</p>", 1 + draw(r, 9));
	add_part(b, o, r, "Nice to have", tenth);
	add_part(b, o, &house, "What we offer", tenth);
	BUF_LIT(b, "<p>We are an equal opportunity employer and value diversity at our company.</p>");
}

void made_posting_add(buf *out, const made_options *o, uint32_t n)
{
	static const char *const cities[] = { "Berlin, Germany", "Paris, France", "London, UK", "Austin, TX",
		"Toronto, Canada", "Remote" };
	static const char *const levels[] = { "Senior ", "", "Staff ", "Junior " };
	random_source version = seeded(9000000000u + n);
	bool again = n && draw(&version, AGAIN_EVERY) == 0;
	uint32_t first = again ? draw(&version, n) : n;
	random_source r = seeded(first + 1);
	uint32_t employer = draw(&r, EMPLOYERS) * draw(&r, EMPLOYERS) / EMPLOYERS, level = draw(&r, 4);
	uint32_t city = (employer + draw(&r, 2) + (again ? draw(&version, 6) : 0)) % 6, month = draw(&r, MONTHS);
	bool agency = again && draw(&version, 4) == 0;
	uint32_t from = agency ? EMPLOYERS + draw(&version, 9) : employer;
	buf_printf(out,
		"{\"title\": \"%sEngineer %u\", \"employer\": \"%s %u\", \"location\": \"%s\", "
		"\"date\": \"%u-%02u-%02u\", \"text\": ",
		levels[level], draw(&r, 500), agency ? "Agency" : "Employer", from, cities[city], 2024 + month / 12,
		1 + month % 12, 1 + draw(&r, 28));
	buf text = { .arena = out->arena };
	add_text(&text, o, &r, employer, again && draw(&version, 2));
	json_string(out, buf_done(&text));
	BUF_LIT(out, "}\n");
}

static bool write_all(int fd, str s)
{
	while (s.len) {
		ssize_t n = write(fd, s.ptr, s.len);
		if (n <= 0)
			return false;
		s = str_skip(s, (size_t)n);
	}
	return true;
}

size_t made_postings_write(int fd, const made_options *o, uint32_t count)
{
	enum { AT_ONCE = 16 };
	size_t bytes = 0;
	for (uint32_t n = 0; n < count;) {
		arena a = { 0 };
		buf b = { .arena = &a };
		for (int i = 0; i < AT_ONCE && n < count; i++)
			made_posting_add(&b, o, n++);
		bytes += b.len;
		bool ok = !a.failed && write_all(fd, buf_done(&b));
		arena_free(&a);
		if (!ok)
			return 0;
	}
	return bytes;
}
