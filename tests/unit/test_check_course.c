/* Each rule of outcomes, alignment, and hours and sequence. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

#include "check/words.h"

static void unassessed(small *k)
{
	k->lab.outcomes.len = 1;
	k->criteria[0].outcomes = k->criteria[2].outcomes = k->criteria[1].outcomes;
}
static void unpractised(small *k)
{
	k->activities[1].outcomes = k->activities[0].outcomes;
}
static void assesses_nothing(small *k)
{
	k->scenario.outcomes.len = 0;
}
static void unscored(small *k)
{
	k->criteria[0].outcomes = k->criteria[1].outcomes;
}
static void scores_other(small *k)
{
	k->criteria[2].outcomes = k->scenario.outcomes;
}
static void scores_nothing(small *k)
{
	k->criteria[2].outcomes.len = 0;
}
static void core_untaught(small *k)
{
	for (size_t i = 3; i < SMALL_OUTCOMES; i++)
		k->outcomes[i].concepts = k->outcomes[0].concepts;
}
static void untraced(small *k)
{
	k->facts_rows[1].concepts.len = 0;
	k->rows[1].category = STR("Nice");
}

static void activities_short(small *k)
{
	k->activities[0].minutes--;
}
static void budget_short(small *k)
{
	k->plan_lab.minutes -= 30;
}
static void declared_other(small *k)
{
	k->course.hours = 13;
}
static void weeks_short(small *k)
{
	k->plan.course.minutes_per_week = 230;
}
static void week_overfull(small *k)
{
	k->plan_lab.week = 3;
	k->plan.course.weeks = 4;
}
static void after_the_end(small *k)
{
	k->plan_scenario.due = 4;
}
static void backwards(small *k)
{
	k->plan_modules[1].week_from = 3;
}
static void prerequisite_unknown(small *k)
{
	k->ids[3][0] = STR("nowhere");
}
static void prerequisite_later(small *k)
{
	taught_module first = k->taught[0];
	k->taught[0] = k->taught[1];
	k->taught[1] = first;
}
static void too_early(small *k)
{
	k->plan_lab.week = 0;
}

static void denied_verb(small *k)
{
	k->outcomes[0].text = STR("Understand how controllers converge under load.");
}
static void unlisted_verb(small *k)
{
	k->outcomes[0].text = STR("Desing a controller for a given load.");
}
static void no_words(small *k)
{
	k->outcomes[0].text = STR("...");
}
static void two_verbs(small *k)
{
	k->outcomes[0].text = STR("Design and implement a controller for a given load.");
}
static void three_verbs(small *k)
{
	k->outcomes[0].text = STR("Design, implement and test a controller for a given load.");
}
static void wrong_bloom(small *k)
{
	k->outcomes[0].bloom = BLOOM_REMEMBER;
}
static void too_long(small *k)
{
	k->outcomes[0].text = STR("Design a b c d e f g h i j k l m n o p q r s t u v w for y z.");
}
static void same_text(small *k)
{
	k->outcomes[1].text = STR("design  a CONTROLLER that *converges* within a stated time");
	k->outcomes[1].bloom = BLOOM_CREATE;
}
static void same_id(small *k)
{
	k->outcomes[1].id = STR("ops-o1");
}

static void only_measured(small *k)
{
	k->outcomes[1].bloom = BLOOM_EVALUATE;
}

static void much_of_the_grade(small *k)
{
	for (size_t i = 0; i < 3; i++)
		k->outcomes[i].supports.len = 1;
}
static void little_of_the_grade(small *k)
{
	for (size_t i = 1; i < SMALL_OUTCOMES; i++)
		k->outcomes[i].supports.len = 3;
	k->criteria[0].weight = 96;
	k->criteria[1].weight = k->criteria[2].weight = 2;
}
/* Most of the weight is with the second module, and most of the time with the first. */
static void demand_both(small *k)
{
	demand *d = NEWN(&k->a, demand, 2);
	for (size_t i = 0; d && i < 2; i++) {
		d[i] = (demand){ .row = &k->facts_rows[i], .weight = i ? 3 : 0.5 };
		k->taught[i].weight = d[i].weight;
		k->taught[i].demands.ptr = &d[i];
		k->taught[i].demands.len = 1;
	}
}
static void time_elsewhere(small *k)
{
	demand_both(k);
	k->modules[0].minutes.min = 60;
}
static void no_feedback(small *k)
{
	k->activities[2].feedback = STR("");
}
static void readings_alone(small *k)
{
	k->modules[1].readings.ptr = NEW(&k->a, reading);
	k->modules[1].readings.len = k->modules[1].readings.ptr != NULL;
}

static void other_contact(small *k)
{
	k->course.contact_ratio = 0.5;
}
static void less_hands_on(small *k)
{
	k->activities[0].kind = ACT_LECTURE;
	k->course.hands_on = 0.9;
}
static void long_session(small *k)
{
	k->activities[0].contact = true;
	k->activities[0].minutes = 185;
}
static void long_activity(small *k)
{
	k->activities[0].minutes = 510;
}
static void lab_in_one_step(small *k)
{
	k->plan_lab.minutes = 510;
}
static void uneven_weeks(small *k)
{
	k->plan_lab.week = 3;
	k->plan.course.minutes_per_week = 480;
}
static void two_scenarios(small *k)
{
	set_scenario *both = NEWN(&k->a, set_scenario, 2);
	scenario *other = NEW(&k->a, scenario);
	if (!both || !other)
		return;
	*other = k->scenario;
	other->id = STR("scn-other");
	both[0] = both[1] = k->set_scenario;
	both[1].scenario = other;
	both[1].percent = 0;
	k->c.scenarios.ptr = both;
	k->c.scenarios.len = 2;
}
static void due_at_the_end(small *k)
{
	k->plan.course.weeks = k->plan_lab.due = k->plan_scenario.week = k->plan_scenario.due = 5;
}

#define WEEK(number, cells) \
	"<tr><th scope=\"row\"><data value=\"" number "\" data-why=\"week:" number "\">" number \
	"</data></th>" cells "</tr>"
#define OPS "<a href=\"modules/ops.html\">Operators</a>"
#define LEAD "<a href=\"modules/lead.html\">Leading</a>"
#define LAB "<a href=\"labs/lab-burst.html\">Burst</a>"
#define CALL "<a href=\"assessments/scn-call/participant.html#top\">The call</a>"

/* The syllabus with a table of weeks in its place. */
static void put_calendar(small *k, const char *weeks)
{
	str whole = small_syllabus(k, "", ""), mark = STR("Part schedule</h2>");
	size_t at = str_find(whole, mark, 0);
	cr_assert(at != SIZE_MAX);
	at += mark.len;
	buf b = { .arena = &k->a };
	buf_str(&b, str_sub(whole, 0, at));
	buf_printf(&b,
		"<p>" LAB "</p><table><caption>Weeks</caption><thead><tr><th scope=\"col\">Week</th></tr></thead>"
		"<tbody>%s</tbody></table>",
		weeks);
	buf_str(&b, str_skip(whole, at));
	k->docs[DOC_SYLLABUS].bytes = buf_done(&b);
}
static void calendar_short(small *k)
{
	put_calendar(k,
		WEEK("1", "<td>" OPS LEAD "</td>") WEEK("2", "<td>" LEAD LAB "</td>") WEEK("3", "<td>" LAB "</td>"));
}
static void calendar_other_week(small *k)
{
	put_calendar(k,
		WEEK("1", "<td>" OPS LEAD "</td>") WEEK("2", "<td>" OPS LAB "</td>") WEEK("3", "<td>" CALL "</td>"));
}
static void calendar_twice(small *k)
{
	put_calendar(k, WEEK("1", "<td>" OPS LEAD OPS "</td>") WEEK("2", "<td>" LAB "</td>")
						WEEK("3", "<td>" CALL "</td><td>" CALL "</td>"));
}

static void no_condition(small *k)
{
	k->outcomes[0].text = STR("Design a controller.");
}
static void no_object(small *k)
{
	k->outcomes[0].text = STR("Design.");
}
static void two_outcomes(small *k)
{
	k->modules[1].outcomes.len = 2;
}
static void small_program(small *k)
{
	k->c.program.len = 3;
}
static void shallow(small *k)
{
	k->outcomes[3].bloom = BLOOM_APPLY;
}
static void supports_nothing(small *k)
{
	k->outcomes[0].supports.len = 0;
}
static void supports_unknown(small *k)
{
	k->ids[2][0] = STR("po-gone");
	k->outcomes[0].supports.ptr = &k->ids[2][0];
}
static void introduced(small *k)
{
	k->outcomes[0].text = STR("Students will be introduced to controllers under load.");
}

static const row rows[] = {
	{ "A-01", "no lab, scenario or capstone", unassessed, "R-04" },
	{ "A-02", "no activity", unpractised },
	{ "A-03", "assesses no outcome", assesses_nothing, "A-01 A-05" },
	{ "A-04", "only the number of a metric assesses it", only_measured },
	{ "A-05", "no criterion scores its outcome 'ops-o2'", unscored },
	{ "A-05", "scores 'lead-o1', which is no outcome of lab:lab-burst", scores_other },
	{ "A-05", "names no outcome", scores_nothing },
	{ "A-06", "carries 70.0 % of the grade, more than 40 %", much_of_the_grade },
	{ "A-06", "carries 0.3 % of the grade, less than 2 %", little_of_the_grade, "R-15" },
	{ "A-07", "is a core skill", core_untaught },
	{ "A-07", "traces to no row", untraced },
	{ "A-08", "gets 40.0 % of the modules' time for 85.7 % of the weight", time_elsewhere },
	{ "A-08", "gets 60.0 % of the modules' time for 14.3 % of the weight", time_elsewhere },
	{ "A-09", "before scenario:scn-call", no_feedback },
	{ "A-10", "lists readings", readings_alone },
	{ "H-01", "take 179 minutes, the plan gives it 180", activities_short },
	{ "H-01", "take 690 minutes, the budget is 720", budget_short },
	{ "H-02", "12 h (0.3 US credits, 0.4 to 0.5 ECTS credits or 1.2 UK credits), course.yaml declares 13 h",
		declared_other },
	{ "H-03", "16.7 % of the time is with an instructor, course.yaml declares 50.0 %", other_contact },
	{ "H-04", "in 83.3 % of the time learners work themselves", less_hands_on },
	{ "H-05", "is one session of 3 h 5 min", long_session, "H-01" },
	{ "H-05", "takes 8.5 h without a milestone", long_activity, "H-01" },
	{ "H-05", "takes 8.5 h, and its procedure has 1 step", lab_in_one_step, "H-01 H-06" },
	{ "H-06", "3 weeks of work hold 11.5 h", weeks_short },
	{ "H-06", "needs at least 7 h, and a week has 4 h", week_overfull, "H-09" },
	{ "H-06", "ends in week 4 of 3", after_the_end },
	{ "H-06", "begins in week 3 and ends in week 2", backwards },
	{ "H-07", "not in the catalogue", prerequisite_unknown },
	{ "H-07", "before its prerequisite module:ops", prerequisite_later },
	{ "H-08", "starts in week 0, and module:ops lasts until week 1", too_early },
	{ "H-09", "varies by 0.61 of its mean", uneven_weeks },
	{ "H-10", "is due in week 3, and so is scenario:scn-call", two_scenarios },
	{ "H-10", "100 % of the grade falls due in the last 1 of 5 weeks", due_at_the_end },
	{ "H-11", "does not stand in the calendar", calendar_short, "T-07" },
	{ "H-11", "stands in week 2 of the calendar, and in weeks 1 to 1 of the plan", calendar_other_week,
		"T-07" },
	{ "H-11", "twice in one cell", calendar_twice, "T-07" },
	{ "O-01", "nobody can see", denied_verb },
	{ "O-01", "did you mean 'design'", unlisted_verb },
	{ "O-01", "begins with ''", no_words },
	{ "O-02", "2 verbs", two_verbs, NULL, CHECK_WARNING },
	{ "O-02", "3 verbs", three_verbs },
	{ "O-03", "remember, but 'Design' stands for create", wrong_bloom },
	{ "O-04", "has 27 words", too_long },
	{ "O-05", "neither under which condition nor how well", no_condition },
	{ "O-05", "names nothing", no_object },
	{ "O-06", "same as outcome:ops-o1", same_text, "O-03" },
	{ "O-06", "used for two", same_id, "T-07 Q-01" },
	{ "O-07", "has 2 outcomes; 3 to 8", two_outcomes, "T-07" },
	{ "O-07", "has 3 program outcomes; 4 to 12", small_program, "O-09" },
	{ "O-08", "1 of its 3 outcomes", shallow, "O-03" },
	{ "O-09", "supports no program outcome", supports_nothing },
	{ "O-09", "supports no program outcome", supports_unknown },
	{ "O-10", "begins with 'Students will be'", introduced, "O-01" },
};

Test(check_course, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_course, each_rule_has_a_change)
{
	expect_row_for_each_rule("AHO", rows, COUNT(rows));
}

static size_t count_of(const small *k, const char *id)
{
	size_t count = 0;
	EACH (const finding, f, k->out)
		count += strcmp(f->rule->id, id) == 0;
	return count;
}

/* What looks like a finding, and is none. */
static void expect_none(const char *id, void (*change)(small *k))
{
	small k;
	small_init(&k, 0);
	change(&k);
	small_run(&k);
	cr_expect(count_of(&k, id) == 0, "%s", id);
	small_free(&k);
}

static void time_at_its_limits(small *k)
{
	demand_both(k); /* the first module has its least time, so that there is none to give */
}
static void junior(small *k)
{
	shallow(k);
	k->plan.course.level = LEVEL_MID;
}
static void near_enough(small *k)
{
	k->course.contact_ratio = 0.25;
	k->course.hands_on = 0.9;
}
static void lab_in_steps(small *k)
{
	k->lab.procedure.ptr = NEWN(&k->a, lab_step, 2);
	k->lab.procedure.len = 2;
	lab_in_one_step(k);
}
static void formative(small *k)
{
	k->scenario.stakes = STAKES_FORMATIVE;
	two_scenarios(k);
}
static void quiz_instead(small *k)
{
	static const quiz bank = { .id = { "quiz-lead", 9 } };
	no_feedback(k);
	k->taught[1].quiz = &bank;
}
static void reading_activity(small *k)
{
	readings_alone(k);
	k->activities[2].kind = ACT_READING;
}
static void no_program(small *k)
{
	supports_nothing(k);
	k->c.program.len = k->catalog.program_outcomes.len = 0;
}
static void judged_elsewhere(small *k)
{
	only_measured(k);
	k->criteria[1].outcomes = k->lab.outcomes;
}
static void calendar_right(small *k)
{
	put_calendar(k, WEEK("1", "<td>" OPS LEAD "</td>") WEEK("2", "<td>" LEAD LAB "</td>")
						WEEK("3", "<td>" LAB CALL "</td><td>" LAB CALL "</td>"));
}

Test(check_course, what_is_no_finding)
{
	expect_none("A-04", judged_elsewhere);
	expect_none("A-08", time_at_its_limits);
	expect_none("A-09", quiz_instead);
	expect_none("A-10", reading_activity);
	expect_none("H-03", near_enough);
	expect_none("H-04", near_enough);
	expect_none("H-05", lab_in_steps);
	expect_none("H-10", formative);
	expect_none("H-11", calendar_right);
	expect_none("O-07", no_program);
	expect_none("O-08", junior);
	expect_none("O-09", no_program);
	NO_LEAKS();
}

Test(check_course, teacher_side)
{
	static const char *const taught[][2] = {
		{ "Students will be introduced to GitOps.", "Students will be" },
		{ "The learners are shown how a queue fills.", "The learners are" },
		{ "Covers the basics of tracing.", "Covers" },
		{ "In this module we look at tracing.", "In this module" },
		{ "An introduction to tracing.", "An introduction" },
		{ "Familiarise students with tracing.", "Familiarise students" },
		{ "Help the participants to trace a request.", "Help the participants" },
	};
	static const char *const learned[] = { "Introduce a canary stage to a pipeline within an hour.",
		"Teach a colleague to read a trace.", "Cover every rule of a bundle by a test.",
		"Students will design a controller.", "Present a decision to a board.", "Classify alerts by harm.",
		"Give an order one owner.", "" };
	for (size_t i = 0; i < COUNT(taught); i++)
		assert_str(words_teacher_side(str_from(taught[i][0])), taught[i][1]);
	for (size_t i = 0; i < COUNT(learned); i++)
		cr_expect(words_teacher_side(str_from(learned[i])).len == 0, "'%s'", learned[i]);
}
