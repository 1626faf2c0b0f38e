/* `init`: a course folder that builds at once, and that says in comments what can be changed. */
#include "session.h"

#include "base/io.h"

static const char course_text[] =
	"# What people decide about this course. Everything has a default; docs/formats.md lists all keys.\n"
	"id: my-course\n"
	"title: My course\n"
	"# level: senior          # junior, mid, senior, staff, principal; default: from the years of "
	"experience\n"
	"# hours: 360             # budget; default by level\n"
	"# hours_per_week: 12\n"
	"# lab_share: 0.45        # part of the budget that elective labs may fill up to\n"
	"# institution:\n"
	"#   late-policy: Work handed in late loses ...\n";

static const char workbook_text[] =
	"# Job Posting Analysis Workbook — Platform Engineer\n"
	"\n"
	"> Replace the rows with your own counts. Each row is the number of postings that name the skill.\n"
	"\n"
	"## Summary\n"
	"\n"
	"- **Sample Size**: 20 postings\n"
	"- **Regions**: Remote\n"
	"\n"
	"## Aggregate Skill Frequency\n"
	"\n"
	"| Skill | Frequency | % of Postings | Category | Notes |\n"
	"|-------|-----------|---------------|----------|-------|\n"
	"| Kubernetes operators | 16 | 80% | Core | Controllers and custom resources |\n"
	"| Infrastructure as code | 14 | 70% | Core | Module authoring, policy as code |\n"
	"| Observability and SLOs | 12 | 60% | Important | Alerts that page for harm |\n"
	"\n"
	"## Technology Mentions\n"
	"\n"
	"| Category | Tool / Platform | Frequency | Notes |\n"
	"|----------|-----------------|-----------|-------|\n"
	"| Orchestration | Kubernetes, Argo CD | 17 | GitOps |\n"
	"\n"
	"## Responsibility Themes\n"
	"\n"
	"| Theme | Representative Responsibilities | Frequency |\n"
	"|-------|--------------------------------|-----------|\n"
	"| Reliability | Lead incident response, define SLOs | 13 |\n"
	"\n"
	"## Experience Expectations\n"
	"\n"
	"- **Years of Experience**: 5+ years\n"
	"\n"
	"## Insights & Actions\n"
	"\n"
	"- Assessments should cover incident leadership.\n";

static const char ignore_text[] = "out/\nevidence.db\n";

cw_status cw_init(cw_context *c, const char *dir)
{
	static const struct {
		const char *path, *text;
		size_t len;
	} files[] = {
		{ "course.yaml", course_text, sizeof course_text - 1 },
		{ "workbook.md", workbook_text, sizeof workbook_text - 1 },
		{ ".gitignore", ignore_text, sizeof ignore_text - 1 },
	};
	str root = arena_str(&c->arena, str_from(dir));
	io_kind kind = io_stat(dir);
	if ((kind != IO_NONE && kind != IO_FOLDER) || io_list(&c->arena, dir).len ||
		io_stat(io_join(&c->arena, root, STR(".gitignore")).ptr) != IO_NONE) {
		diag_file(&c->diags, E_COURSE_EXISTS, root,
			"already exists and is not an empty folder; nothing was written");
		return status_of(c, false);
	}
	bool ok = io_make_folders(dir, &c->diags);
	for (size_t i = 0; ok && i < COUNT(files); i++)
		ok = io_write(io_join(&c->arena, root, str_from(files[i].path)).ptr,
				 (str){ .ptr = files[i].text, .len = files[i].len }, &c->arena, &c->diags) != IO_FAILED;
	return status_of(c, ok);
}
