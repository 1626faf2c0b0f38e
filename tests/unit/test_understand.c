/* What postings are understood to say, with the shipped wording and a small lexicon: one sentence at a time,
 * then whole postings. A mention is written id, strength (! required, ? preferred, . mentioned, - negated, s
 * the field of a degree, o the employer's own name, x not counted for its section) and /choice; then years
 * and degrees. */
#include "fixture.h"
#include "made_posting.h"

#include "evidence/understand.h"
#include "read/catalog.h"
#include "read/record.h"

#include <stdlib.h>

static const char concepts_text[] =
	"concepts:\n"
	"  - {id: k8s, kind: technology, name: Kubernetes}\n"
	"  - {id: docker, kind: technology, name: Docker}\n"
	"  - {id: python, kind: technology, name: Python}\n"
	"  - {id: java, kind: technology, name: Java}\n"
	"  - {id: go, kind: technology, name: Go, requires: {case: true}}\n"
	"  - {id: c, kind: technology, name: C, requires: {case: true}}\n"
	"  - {id: cpp, kind: technology, name: C++}\n"
	"  - {id: node, kind: technology, name: Node.js}\n"
	"  - {id: aws, kind: technology, name: AWS}\n"
	"  - {id: gcp, kind: technology, name: GCP}\n"
	"  - {id: azure, kind: technology, name: Azure}\n"
	"  - {id: tf, kind: technology, name: Terraform}\n"
	"  - {id: sql, kind: technology, name: SQL}\n"
	"  - {id: spark, kind: technology, name: Spark}\n"
	"  - {id: kafka, kind: technology, name: Kafka}\n"
	"  - {id: airflow, kind: technology, name: Airflow}\n"
	"  - {id: pmp, kind: certification, name: PMP}\n"
	"  - {id: cka, kind: certification, name: CKA}\n"
	"  - {id: mentoring, kind: theme, name: mentoring, aliases: [mentor]}\n"
	"  - {id: security, kind: skill, name: security}\n"
	"  - {id: lead, kind: skill, name: tech lead, requires: {section: [name, required]}}\n"
	"  - {id: rows, kind: skill, name: row words, requires: {section: [name]}}\n"
	"  - {id: wide, kind: skill, name: wide, patterns: ['(?i)container.*platform']}\n";

typedef struct {
	fixture f;
	catalog c;
	vec_rule rules;
	lexicon *l;
	understander *u;
} world;

static void world_open(world *w)
{
	*w = (world){ 0 };
	fixture_open(&w->f, STR("lexicon.yaml"), str_from(concepts_text));
	const char *root = getenv("CW_SOURCE_ROOT");
	catalog shipped = { 0 };
	catalog_input in = { .catalog = &shipped, .rules = &w->rules };
	require_that(catalog_read(&in, &w->f.a, str_from(root ? root : "."), false, &w->f.d), "%.*s",
		STRF(fixture_said(&w->f)));
	w->c.wordings = shipped.wordings;
	static catalog_file file;
	const yaml_node *node = yaml_read(&w->f.a, w->f.source, &w->f.d);
	require_that(node && record_read(&catalog_file_record, &file, node, &w->f.a, &w->f.d), "%.*s",
		STRF(fixture_said(&w->f)));
	EACH (concept, one, file.concepts)
		vec_push(&w->f.a, &w->c.concepts, one);
	w->l = lexicon_new(&w->f.a, &w->c, &w->f.d);
	w->u = understander_new(&w->f.a, &w->c);
	require(w->l && w->u);
}

static void world_close(world *w)
{
	lexicon_free(w->l);
	fixture_close(&w->f);
}

static void show_years(buf *out, const understanding *u)
{
	EACH (years_mention, y, u->years) {
		buf_printf(out, "%s", out->len ? " " : "");
		if (y->min >= 0)
			buf_printf(out, "%g", y->min);
		buf_printf(out, y->max >= 0 ? "-%gy" : "+y", y->max);
		if (y->degree.len)
			buf_printf(out, "(%.*s)", STRF(y->degree));
	}
	EACH (str, degree, u->education)
		buf_printf(out, "%s[%.*s]", out->len ? " " : "", STRF(*degree));
}

static str show(arena *a, const understanding *u)
{
	buf out = { .arena = a };
	EACH (mention, m, u->mentions) {
		char sign = m->passed ? "?-so"[m->passed] : !m->counted ? 'x' : ".?!"[m->strength];
		buf_printf(&out, "%s%.*s%c", out.len ? " " : "", STRF(m->concept->id), sign);
		if (m->choice)
			buf_printf(&out, "/%u", m->choice);
		bool passed_over = m->passed != PASSED_NOT;
		require(m->counted == (!passed_over && m->section < SECTION_COMPANY));
	}
	show_years(&out, u);
	return buf_done(&out);
}

static understanding understand_text(world *w, arena *a, posting *p, const char *text)
{
	understanding u;
	vec_hit hits = { 0 };
	make_posting(p, a, str_from(text));
	lexicon_find(&hits, w->l, p->text, a);
	understand(&u, w->u, p, &hits, a);
	return u;
}

typedef struct {
	const char *text, *expected;
} row;

/* Each text stands under the heading. */
static void expect_rows(const char *heading, const row *rows, size_t count)
{
	world w;
	world_open(&w);
	for (size_t i = 0; i < count; i++) {
		arena a = { 0 };
		posting p;
		str text = arena_printf(&a, "%s%s", heading, rows[i].text);
		understanding u = understand_text(&w, &a, &p, text.ptr);
		str got = show(&a, &u);
		cr_expect(str_eq(got, str_from(rows[i].expected)), "'%s': got '%.*s', expected '%s'", rows[i].text,
			STRF(got), rows[i].expected);
		arena_free(&a);
	}
	world_close(&w);
}

Test(understand, words_in_requirements)
{
	static const row rows[] = {
		{ "- Python and SQL", "python! sql!" },
		{ "- PMP preferred", "pmp?" },
		{ "- PMP certification preferred.", "pmp?" },
		{ "- PMP is a plus", "pmp?" },
		{ "- PMP would be a plus.", "pmp?" },
		{ "- PMP or CKA a plus", "pmp?/1 cka?/1" },
		{ "- Python required, Java a plus", "python! java?" },
		{ "- Python (required), Java (a plus)", "python! java?" },
		{ "- Python, Java (preferred), Go", "python! java? go!" },
		{ "- Python, Java, Go (preferred)", "python? java? go?" },
		{ "- AWS, GCP or Azure (AWS preferred)", "aws!/1 gcp!/1 azure!/1 aws?" },
		{ "- Strong Python; Kafka is a bonus", "python! kafka?" },
		{ "- Strong Python. Kafka is a bonus.", "python! kafka?" },
		{ "- Experience with Python, and familiarity with Kafka is a plus", "python! kafka?" },
		{ "- Experience with Python, but Kafka is nice to have", "python! kafka?" },
		{ "- Solid Python, ideally with Spark", "python! spark?" },
		{ "- Ideally Spark", "spark?" },
		{ "- Python and preferably Spark or Kafka", "python! spark?/1 kafka?/1" },
		{ "- Spark, ideally", "spark?" },
		{ "- Nice to have: Spark, Kafka", "spark? kafka?" },
		{ "- Nice to have: Spark; Kafka; Go", "spark? kafka? go?" },
		{ "- Preferred: Spark", "spark?" },
		{ "- Bonus points for Kafka", "kafka?" },
		{ "- Bonus points if you know Kafka and Spark", "kafka? spark?" },
		{ "- It is a plus if you know Kafka", "kafka?" },
		{ "- Kafka knowledge is desirable", "kafka?" },
		{ "- Knowledge of Kafka will be advantageous", "kafka?" },
		{ "- Kafka would be an advantage", "kafka?" },
		{ "- Preferred experience with Kafka", "kafka?" },
		{ "- Preferred skills include Kafka and Spark", "kafka? spark?" },
		{ "- Kafka highly desired", "kafka?" },
		{ "- Kafka is helpful but not required", "kafka?" },
		{ "- Kafka not required but a plus", "kafka?" },
		{ "- Python must be used as required by law", "python!" },
		{ "- Keep the desired state of Kubernetes", "k8s!" },
		{ "- C and C++ preferred", "c? cpp?" },
		{ "- C++, Node.js a plus", "cpp? node?" },
		{ "- Kafka is optional", "kafka?" },
		{ "- Python \xE2\x80\x93 Kafka a plus", "python! kafka?" },
		{ "- Python, Kafka is a plus", "python? kafka?" }, /* as a list reads */
		{ "- CKA von Vorteil", "cka?" },
		{ "- Idealerweise Erfahrung mit Spark", "spark?" },
		{ "- Kafka serait un plus", "kafka?" },
		{ "- Se valorar\xC3\xA1 Kafka", "kafka?" },
		{ "- Kennis van Kafka is een pr\xC3\xA9", "kafka?" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
}

Test(understand, words_in_wishes)
{
	static const row rows[] = {
		{ "- Python", "python?" },
		{ "- Python is required", "python!" },
		{ "- Must have Python", "python!" },
		{ "- Python is a must", "python!" },
		{ "- You must know Python; Spark", "python! spark?" },
		{ "- Python (mandatory), Spark", "python! spark?" },
		{ "- Experience with Python", "python?" },
		{ "- Required skills: Python, Go", "python! go!" },
		{ "- Essential: Python", "python!" },
		{ "- We require Python", "python!" },
		{ "- Python erforderlich", "python!" },
		{ "- Python not required", "python-" },
	};
	expect_rows("# Nice to have\n", rows, COUNT(rows));
}

Test(understand, words_in_duties_and_elsewhere)
{
	static const row duties[] = {
		{ "- Run Kubernetes", "k8s." },
		{ "- Mentor engineers", "mentoring." },
		{ "- Build on AWS, GCP or Azure", "aws./1 gcp./1 azure./1" },
		{ "- Experience with Python", "python!" }, /* a requirement in the wrong list */
		{ "- 2+ years of experience with Python", "python! 2+y" },
		{ "- Work with the team on Python, experience with Spark helps", "python. spark." },
		{ "- You must know Python", "python!" },
		{ "- Support Go services as needed", "go." },
	};
	static const row elsewhere[] = {
		{ "The platform runs on Kubernetes.", "k8s." },
		{ "Experience with Python is what counts.", "python!" },
		{ "You have Python and SQL.", "python! sql!" },
		{ "You are proficient in Python. The team uses Go.", "python! go." },
		{ "Python is a plus.", "python?" },
		{ "Experience with Python; Spark is a plus.", "python! spark?" },
		{ "Hands-on experience in Python required.", "python!" },
		{ "Sehr gute Kenntnisse in Python.", "python!" },
		{ "Ma\xC3\xAEtrise de Python.", "python!" },
		{ "Dominio de Python.", "python!" },
		{ "Ervaring met Python.", "python!" },
	};
	expect_rows("# What you'll do\n", duties, COUNT(duties));
	expect_rows("", elsewhere, COUNT(elsewhere));
}

Test(understand, negation)
{
	static const row rows[] = {
		{ "- no Kubernetes required", "k8s-" },
		{ "- No prior Kubernetes experience required", "k8s-" },
		{ "- No experience with Kubernetes or Docker is needed", "k8s-/1 docker-/1" },
		{ "- No Java, Python or Go", "java-/1 python-/1 go-/1" },
		{ "- No Java but Python", "java- python!" },
		{ "- This is not a Java role", "java-" },
		{ "- not a Java role, a Python role", "java- python!" },
		{ "- Python without Java", "python! java-" },
		{ "- Experience with Java is not required", "java-" },
		{ "- Experience with Java isn\xE2\x80\x99t required", "java-" },
		{ "- Java is not a must", "java-" },
		{ "- Java not necessary; Python", "java- python!" },
		{ "- You don't need Java", "java-" },
		{ "- We do not use Java", "java-" },
		{ "- Python rather than Java", "python! java-" },
		{ "- Go instead of Java", "go! java-" },
		{ "- not only Python but also Go", "python! go!" },
		{ "- including but not limited to AWS", "aws!" },
		{ "- no later than May, Python", "python!" },
		{ "- No two days with Kafka are the same", "kafka!" },
		{ "- without compromising security", "security!" },
		{ "- There is no doubt: Kafka", "kafka!" },
		{ "- No, really: Kafka", "kafka!" },
		{ "- No nonsense; Kafka", "kafka!" },
		{ "- no fear of Kafka", "kafka!" },
		{ "- Keine Java", "java-" },
		{ "- Java nicht erforderlich", "java-" },
		{ "- Pas de Java", "java-" },
		{ "- Geen Java", "java-" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
}

Test(understand, alternatives)
{
	static const row rows[] = {
		{ "- AWS, GCP or Azure", "aws!/1 gcp!/1 azure!/1" },
		{ "- AWS, GCP, or Azure", "aws!/1 gcp!/1 azure!/1" },
		{ "- AWS, GCP and Azure", "aws! gcp! azure!" },
		{ "- AWS and/or GCP", "aws!/1 gcp!/1" },
		{ "- AWS/GCP/Azure", "aws!/1 gcp!/1 azure!/1" },
		{ "- AWS / GCP", "aws!/1 gcp!/1" },
		{ "- AWS/GCP, Kafka", "aws!/1 gcp!/1 kafka!" },
		{ "- AWS/GCP and Kafka/Spark", "aws!/1 gcp!/1 kafka!/2 spark!/2" },
		{ "- Python and AWS or GCP", "python! aws!/1 gcp!/1" },
		{ "- one of Python, Java, Go", "python!/1 java!/1 go!/1" },
		{ "- one of: Python, Java and Go", "python!/1 java!/1 go!/1" },
		{ "- at least one of Python, Java", "python!/1 java!/1" },
		{ "- either Python or Java", "python!/1 java!/1" },
		{ "- Python or Java; AWS or GCP", "python!/1 java!/1 aws!/2 gcp!/2" },
		{ "- Python or Java. AWS or GCP.", "python!/1 java!/1 aws!/2 gcp!/2" },
		{ "- a language (Python, Java, or Go)", "python!/1 java!/1 go!/1" },
		{ "- Python, Rust or Java", "python!/1 java!/1" },
		{ "- Python, Java", "python! java!" },
		{ "- Python or something that is quite unlike Java", "python! java!" },
		{ "- C/C++", "c!/1 cpp!/1" },
		{ "- C++ or Node.js", "cpp!/1 node!/1" },
		{ "- Python oder Java", "python!/1 java!/1" },
		{ "- Python ou Java", "python!/1 java!/1" },
		{ "- Python \xC3\xB3 Java", "python! java!" },
		{ "- Python o Java", "python!/1 java!/1" },
		{ "- Python", "python!" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
}

Test(understand, years)
{
	static const row rows[] = {
		{ "- 5+ years of experience", "5+y" },
		{ "- 5 years of experience", "5+y" },
		{ "- 3-5 years of experience", "3-5y" },
		{ "- 3 - 5 years of experience", "3-5y" },
		{ "- 3\xE2\x80\x93"
		  "5 years of experience",
			"3-5y" },
		{ "- 3 to 5 years' experience", "3-5y" },
		{ "- three to five years of experience", "3-5y" },
		{ "- between 3 and 5 years of experience", "3-5y" },
		{ "- at least five years of experience", "5+y" },
		{ "- minimum of 3 years", "3+y" },
		{ "- min. 3 years of experience", "3+y" },
		{ "- five (5) years of experience", "5+y" },
		{ "- five (5) or more years of experience", "5+y" },
		{ "- 5 or more years in IT", "5+y" },
		{ "- 5yrs experience", "5+y" },
		{ "- 5+ yrs of Python", "python! 5+y" },
		{ "- 10 plus years of experience", "10+y" },
		{ "- up to 3 years of experience", "-3y" },
		{ "- 5-8+ years of experience", "5-8y" },
		{ "- Years of work experience: 0-3", "0-3y" },
		{ "- Years of experience: 4", "4+y" },
		{ "- 3\xE5\xB9\xB4\xE4\xBB\xA5\xE4\xB8\x8A\xE5\xBC\x80\xE5\x8F\x91\xE7\xBB\x8F\xE9\xAA\x8C", "3+y" },
		{ "- 1-year of experience", "1+y" },
		{ "- Experience: 7 + years", "7+y" },
		{ "- 8+ years, including 3+ years of leading", "8+y 3+y" },
		{ "- 5 years with a Master's or 3 with a PhD", "5+y(master) 3+y(doctorate) [master] [doctorate]" },
		{ "- Bachelor's and 8 years, Master's and 6 years or PhD and 3 years",
			"8+y(bachelor) 6+y(master) 3+y(doctorate) [bachelor] [master] [doctorate]" },
		{ "- 3+ years with a master's degree", "3+y(master) [master]" },
		{ "- PhD with 2+ years of experience", "2+y(doctorate) [doctorate]" },
		{ "- Bachelor's degree. 5+ years of experience", "5+y [bachelor]" },
		{ "- 6+ years of experience (4+ years with a Ph.D.)", "6+y 4+y(doctorate) [doctorate]" },
		{ "- mindestens 5 Jahre Berufserfahrung", "5+y" },
		{ "- 3 bis 5 Jahre Erfahrung", "3-5y" },
		{ "- 5 ans d'exp\xC3\xA9rience", "5+y" },
		{ "- 3 \xC3\xA0 5 ans d\xE2\x80\x99"
		  "exp\xC3\xA9rience",
			"3-5y" },
		{ "- 5 a\xC3\xB1os de experiencia", "5+y" },
		{ "- 5 jaar ervaring", "5+y" },
		{ "- in the last 5 years", "" },
		{ "- a 4-year degree", "[bachelor]" },
		{ "- 18 years old", "" },
		{ "- 2 years ago", "" },
		{ "- 2024 years of experience", "" },
		{ "- 41 years of experience", "" },
		{ "- years of experience", "" },
		{ "- $5 and years", "" },
	};
	static const row elsewhere[] = {
		{ "You have 5+ years of experience.", "5+y" },
		{ "We are looking for someone with 5+ years of experience.", "5+y" },
		{ "We have over 20 years of experience.", "" },
		{ "Our firm has 20 years of experience in cloud.", "" },
		{ "Founded 12 years ago by a 19-year-old.", "" },
		{ "A contract of 2 years.", "" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
	expect_rows("", elsewhere, COUNT(elsewhere));
	static const row benefits[] = { { "- 4 weeks off after 5 years of experience", "" } };
	expect_rows("# Benefits\n", benefits, COUNT(benefits));
}

Test(understand, education)
{
	static const row rows[] = {
		{ "- Bachelor's degree in Computer Science", "[bachelor]" },
		{ "- BS or MS in Computer Science", "[bachelor] [master]" },
		{ "- BS/MS/PhD", "[bachelor] [master] [doctorate]" },
		{ "- B.Sc. or M.Sc.", "[bachelor] [master]" },
		{ "- Master's degree in Physics", "[master]" },
		{ "- an advanced degree", "[master]" },
		{ "- a degree in physics", "[bachelor]" },
		{ "- no degree required", "" },
		{ "- A Bachelor's degree is not required", "" },
		{ "- answers in 5 ms, as BA", "[bachelor]" },
		{ "- Scrum Master, master data", "" },
		{ "- abgeschlossenes Studium", "[bachelor]" },
		{ "- a high degree of care", "" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
	static const row company[] = { { "Half of us have a PhD.", "" } };
	expect_rows("# About us\n", company, COUNT(company));
}

Test(understand, fields_of_degrees)
{
	static const row rows[] = {
		{ "- A degree in security or mathematics", "securitys [bachelor]" },
		{ "- Bachelor's or Master's degree in Computer Science, security, or a related field",
			"securitys [bachelor] [master]" },
		{ "- BS in Computer Science and experience with security", "security! [bachelor]" },
		{ "- A degree in mathematics; security", "security! [bachelor]" },
		{ "- A degree in Python", "python! [bachelor]" },
		{ "- Security, and a degree", "security!" },
		{ "- PhD level understanding of security", "security! [doctorate]" },
		{ "- BS in Computer Science or related field and strong security skills", "security! [bachelor]" },
		{ "- BS (CS, Math, etc.) with a focus on security", "security! [bachelor]" },
	};
	expect_rows("# Requirements\n", rows, COUNT(rows));
}

Test(understand, the_employer_is_not_asked_for)
{
	world w;
	world_open(&w);
	posting p;
	make_posting(
		&p, &w.f.a, STR("Join Docker and build.\n# Your tasks\n- Run Docker\n# Requirements\n- Docker"));
	p.employer = STR("docker Inc");
	vec_hit hits = { 0 };
	understanding u;
	lexicon_find(&hits, w.l, p.text, &w.f.a);
	understand(&u, w.u, &p, &hits, &w.f.a);
	str got = show(&w.f.a, &u);
	cr_expect(str_eq(got, STR("dockero docker. docker!")), "got '%.*s'", STRF(got));
	world_close(&w);
}

Test(understand, chinese)
{
	static const row rows[] = {
		{ "- \xE7\x86\x9F\xE6\x82\x89Python\xE5\x92\x8CSpark", "python! spark!" },
		{ "- Python\xEF\xBC\x9B\xE6\x9C\x89 Kafka "
		  "\xE7\xBB\x8F\xE9\xAA\x8C\xE8\x80\x85\xE4\xBC\x98\xE5\x85\x88",
			"python! kafka?" },
	};
	expect_rows("# \xE4\xBB\xBB\xE8\x81\x8C\xE8\xA6\x81\xE6\xB1\x82\n", rows, COUNT(rows));
}

Test(understand, what_does_not_count)
{
	static const row rows[] = {
		{ "We offer Kubernetes training and AWS credits.", "k8sx awsx" },
		{ "Acme is an equal opportunity employer. Python for all.", "pythonx" },
		{ "We are a leading vendor of Kubernetes. You run Docker.", "k8sx docker." },
		{ "- We offer mentoring", "mentoringx" },
		{ "# About Acme\nKubernetes made us.", "k8sx" },
		{ "# Our mission\nSecurity for Java.", "securityx javax" },
		{ "# Benefits\n- AWS certificates\n** Health\n- Python snake insurance", "awsx pythonx" },
		{ "# Perks & Benefits\nSQL\n# The role\nPython", "sqlx python." },
		{ "# Requirements\n- We offer Python\nWe offer Java", "python! javax" },
		{ "# Equal opportunity\nPython", "pythonx" },
		{ "** About us\nJava\n** Backend\nPython", "javax python." },
		{ "# Requirements\n- tech lead\n# What you'll do\n- tech lead\n- row words", "lead! rows." },
		{ "Our container and Kubernetes platform", "wide. k8s." },
	};
	expect_rows("", rows, COUNT(rows));
}

/* ---- sections */

static void expect_sections(const char *text, const char *expected)
{
	world w;
	world_open(&w);
	posting p;
	understanding u = understand_text(&w, &w.f.a, &p, text);
	buf out = { .arena = &w.f.a };
	uint32_t at = 0;
	EACH (posting_section, s, u.sections) {
		buf_printf(&out, "%s%s", out.len ? " " : "", section_names[s->kind]);
		require(s->from == at && s->from < s->to && s->body_from >= s->from && s->body_from <= s->to);
		at = s->to;
	}
	require(at == p.text.len);
	str got = buf_done(&out);
	cr_expect(str_eq(got, str_from(expected)), "'%s': got '%.*s', expected '%s'", text, STRF(got), expected);
	world_close(&w);
}

Test(sections, real_headings)
{
	expect_sections(
		"Intro\n# About the Role\nx\n# What You\xE2\x80\x99ll Do\n- x\n# Basic Qualifications\n- x\n"
		"# Preferred Qualifications\n- x\n# Benefits\n- x\n# Equal Opportunity\nx",
		"other other responsibilities required preferred benefits equal-opportunity");
}

Test(sections, bold_lines)
{
	expect_sections("** Who we are\nx\n** Your impact\n- x\n** Your profile:\n- x\n** Bonus points if\n- x\n"
					"** What's in it for you?\n- x",
		"company responsibilities required preferred benefits");
}

Test(sections, capitals)
{
	expect_sections("ABOUT US\nx\nRESPONSIBILITIES\n- x\nREQUIREMENTS\n- x\nNICE TO HAVE\n- x",
		"company responsibilities required preferred");
}

Test(sections, colons)
{
	expect_sections("Responsibilities:\n- x\nWhat we need:\n- x\nIt would be a plus:\n- x\nWe offer:\n- x",
		"responsibilities required preferred benefits");
}

Test(sections, plain_lines)
{
	expect_sections(
		"Overview\nx\nKey responsibilities\nx.\nSkills\nx\nThis is no heading about skills\nPerks\nx",
		"other responsibilities required benefits");
}

Test(sections, dashes_and_numbers)
{
	expect_sections("---- What the Candidate Will Do ----\n- x\n---- Basic Qualifications ----\n- x\n"
					"# 3. Nice to have\n- x",
		"responsibilities required preferred");
}

Test(sections, divided)
{
	expect_sections("# Requirements\n** Backend\n- x\n# Data\n- x\n# Preferred\n- x\n** Backend\n- x",
		"required required required preferred preferred");
}

Test(sections, labels)
{
	expect_sections(
		"Requirements: Python.\n- Java\nNice to have: Go.\nAnd more text.", "required preferred other");
	expect_sections("# Requirements\n- Python\n- Nice to have: Go\n- Java\n- Experience: SQL",
		"required preferred required");
	expect_sections("We build. Requirements: Python. Nice to have: Go. Benefits: cake.",
		"other required preferred benefits");
	expect_sections("Location: Berlin\nx", "other");
}

Test(sections, headings_that_run_into_their_text)
{
	expect_sections("Your profile You bring x.\nAnd x.\nNice to have Experience with x.\nBenefits Free x.",
		"required preferred");
	expect_sections("Technical Skills SQL and x.\nNice-to-Have Skills Exposure to x.", "required preferred");
	expect_sections("Our team builds x.\nRequirements are few.", "other");
	expect_sections("Experience What we're looking for\n- x", "required");
	expect_sections("x ## Responsibilities - x ## Requirements - x ## Nice to have - x",
		"other responsibilities required preferred");
	expect_sections("# Responsibilities\n- x\n- Minimum qualifications\n- x", "responsibilities required");
}

Test(sections, words_that_say_too_little)
{
	expect_sections("# Senior privacy engineer\nx\n# Requirements\n- x\n# Fraud detection\n- x",
		"other required required");
	expect_sections(
		"# Requirements\n- x\n- Data protection\n- x\n- Diversity and inclusion\n- x", "required");
	expect_sections("# Requirements\n- x\n# Privacy\nx", "required equal-opportunity");
}

Test(sections, labels_in_text_without_lists)
{
	expect_sections("# Requirements\nx.\nx.\nNice to have: x.\nx.", "required preferred");
	expect_sections("# Requirements\n- x.\nNice to have: x.\nx.", "required preferred required");
}

Test(sections, duties_under_a_wrong_heading)
{
	expect_sections(
		"# What the candidate will need\n- Build x\n- Design x\n- Lead x\n# Basic qualifications\n- x",
		"responsibilities required");
	expect_sections("# Requirements\n- Build x\n- Python\n- Java\n- Go", "required");
}

Test(sections, other_languages)
{
	expect_sections("# \xE5\xB2\x97\xE4\xBD\x8D\xE8\x81\x8C\xE8\xB4\xA3\n- "
					"x\n\xE4\xBB\xBB\xE8\x81\x8C\xE8\xA6\x81\xE6\xB1\x82\xEF\xBC\x9A\n- x\n"
					"# \xE5\x8A\xA0\xE5\x88\x86\xE9\xA1\xB9\n- x",
		"responsibilities required preferred");
	expect_sections("# Deine Aufgaben\n- x\n# Dein Profil\n- x\n# Wir bieten\n- x\n# \xC3\x9C"
					"ber uns\nx",
		"responsibilities required benefits company");
	expect_sections("# Vos missions\n- x\n# PROFIL RECHERCH\xC3\x89\n- x\n# Ce que nous offrons\n- x",
		"responsibilities required benefits");
	expect_sections(
		"# Responsabilidades\n- x\n# Requisitos\n- x\n# Deseable\n- x\n# Qu\xC3\xA9 ofrecemos\n- x",
		"responsibilities required preferred benefits");
	expect_sections(
		"# Wat ga je doen?\n- x\n# Wat breng je mee\n- x\n# Wat bieden wij jou\n- x\n# Over ons\nx",
		"responsibilities required benefits company");
}

Test(sections, none)
{
	expect_sections("", "");
	expect_sections("x", "other");
	expect_sections("A sentence about requirements and benefits and skills that goes on.", "other");
	expect_sections("# Requirements", "required");
	expect_sections("# Requirements\n# Benefits", "required benefits");
}

/* ---- limits */

Test(understand, sentences_as_they_are_judged)
{
	world w;
	world_open(&w);
	arena *a = &w.f.a;
	posting p;
	vec_sentence list = { 0 };
	buf out = { .arena = a };
	make_posting(
		&p, a, STR("# Requirements\n- Go, e.g. for tools. (Java) \xE2\x80\xA2 SQL!\n\nWe offer lunch."));
	understand_sentences(&list, w.u, &p, a);
	EACH (const posting_sentence, s, list)
		buf_printf(
			&out, "%s: %.*s|", section_names[s->section], STRF(str_sub(p.text, s->from, s->to - s->from)));
	assert_str(buf_done(&out), "required: Requirements|required: Go, e.g. for tools.|required: Java)|"
							   "required: SQL!|benefits: We offer lunch.|");
	world_close(&w);
}

Test(understand, cost_grows_with_the_text)
{
	world w;
	world_open(&w);
	static const char *const parts[] = { "Python ", "a plus ", "no ", "( ", ", ", "or ", "5 years ",
		"Requirements: ", "Python or ", "PhD ", "ideally " };
	for (size_t i = 0; i < COUNT(parts); i++) {
		arena a = { 0 };
		buf text = { .arena = &a };
		while (text.len < 400000)
			buf_str(&text, str_from(parts[i]));
		posting p;
		buf_char(&text, '\0');
		understanding u = understand_text(&w, &a, &p, buf_done(&text).ptr);
		require(a.failed == false);
		(void)u;
		arena_free(&a);
	}
	world_close(&w);
}

static const char whole_posting[] = "# Requirements\n- 5+ years with AWS, GCP or Azure and a BS\n- Java (a "
									"plus), no Go\n# Benefits\n- Python\n"
									"Nice to have: Kafka";

Test(understand, out_of_memory)
{
	world w;
	world_open(&w);
	for (unsigned n = 1;; n++) {
		arena a = { 0 };
		posting p;
		vec_hit hits = { 0 };
		understanding u;
		make_posting(&p, &a, str_from(whole_posting));
		lexicon_find(&hits, w.l, p.text, &a);
		arena results = { .fail_at = n };
		understand(&u, w.u, &p, &hits, &results);
		arena others = { .fail_at = n };
		vec_sentence list = { 0 };
		understand_sentences(&list, w.u, &p, &others);
		require(others.failed == (list.len == 0));
		arena_free(&others);
		bool failed = results.failed;
		require(failed == false || (u.mentions.len == 0 && u.sections.len == 0 && u.years.len == 0));
		require_that(failed || u.mentions.len == 7, "%zu", u.mentions.len);
		arena_free(&results);
		arena_free(&a);
		if (!failed)
			break;
		require(n < 10000);
	}
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		understander *u = understander_new(&a, &w.c);
		bool failed = a.failed;
		require(failed == (u == NULL));
		arena_free(&a);
		if (!failed)
			break;
		require(n < 100000);
	}
	world_close(&w);
}
