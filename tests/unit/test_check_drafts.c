/* What was made from blueprints is listed by the weight of its skill. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

typedef struct {
	small k;
	blueprint general;
	str author[2];
} drafts;

/* Both modules are drafts; the lab belongs to the first. */
static void make_drafts(drafts *d)
{
	small *k = &d->k;
	small_init(k, 0);
	d->general = (blueprint){ .id = STR("general") };
	d->author[0] = STR("the tools of {{subject}}");
	d->author[1] = STR("faults at {{level}} level");
	PUT(d->general.author, d->author);
	map_put(&k->catalog.by_id, STR("blueprint:general"), &d->general);
	for (size_t i = 0; i < 2; i++) {
		k->plan_modules[i].blueprint = STR("general");
		k->plan_modules[i].skill = k->rows[i].id;
		k->rows[i].at = (loc){ .source = 1, .offset = (uint32_t)i };
	}
	k->plan_lab.blueprint = STR("general");
	k->plan_lab.skill = k->rows[0].id;
}

static size_t count_drafts(const small *k, const finding *found_[], size_t most)
{
	size_t count = 0;
	EACH (const finding, f, k->out)
		if (strcmp(f->rule->id, "G-01") == 0 && count < most)
			found_[count++] = f;
	return count;
}

static void expect_text(const finding *f, const char *text)
{
	cr_expect(str_eq(f->text, str_from(text)), "%.*s", STRF(f->text));
}

Test(drafts, the_heaviest_skill_comes_first)
{
	drafts d = { 0 };
	const finding *found_[4];
	make_drafts(&d);
	d.k.facts_rows[1].weight = 0.7;
	small_run(&d.k);
	cr_assert_eq(count_drafts(&d.k, found_, 4), 2);
	cr_expect(str_eq(found_[0]->item, STR("module:lead")));
	cr_expect(found_[0]->at.offset == 1 && found_[0]->level == CHECK_INFO);
	expect_text(found_[0],
		"made from blueprint:general for the skill 'Leading people' (weight 0.7, share 0.5): module:lead. "
		"To be added: (1) the tools of Leading people; (2) faults at senior level");
	expect_text(found_[1],
		"made from blueprint:general for the skill 'K8s operators' (weight 0.5, share 0.5): module:ops, "
		"lab:lab-burst. To be added: (1) the tools of K8s operators; (2) faults at senior level");
	small_free(&d.k);
}

Test(drafts, of_equal_weight_the_row_decides)
{
	drafts d = { 0 };
	const finding *found_[4];
	make_drafts(&d);
	small_run(&d.k);
	cr_assert_eq(count_drafts(&d.k, found_, 4), 2);
	cr_expect(str_eq(found_[0]->item, STR("module:ops")));
	small_free(&d.k);
}

Test(drafts, a_row_that_is_gone_comes_last)
{
	drafts d = { 0 };
	const finding *found_[4];
	make_drafts(&d);
	d.k.plan_modules[0].skill = STR("smithing");
	d.k.plan_lab.skill = STR("smithing");
	d.general.author.len = 0;
	small_run(&d.k);
	cr_assert_eq(count_drafts(&d.k, found_, 4), 2);
	expect_text(found_[1], "made from blueprint:general for the skill 'smithing' (no row of the workbook any "
						   "more): module:ops, lab:lab-burst");
	small_free(&d.k);
}

Test(drafts, a_task_without_its_module_is_listed_by_itself)
{
	drafts d = { 0 };
	const finding *found_[4];
	make_drafts(&d);
	d.k.plan_modules[0].blueprint = d.k.plan_modules[1].blueprint = STR("");
	d.k.plan_scenario.blueprint = STR("forgotten");
	d.k.plan_scenario.skill = d.k.rows[1].id;
	small_run(&d.k);
	cr_assert_eq(count_drafts(&d.k, found_, 4), 2);
	cr_expect(str_eq(found_[0]->item, STR("lab:lab-burst")));
	expect_text(found_[1], "made from blueprint:forgotten for the skill 'Leading people' (weight 0.5, share "
						   "0.5): scenario:scn-call");
	small_free(&d.k);
}

static void draft_with_scenario_fault(small *k)
{
	k->scenario.needs_author = true;
	k->roles[1].private_brief = STR("");
}

Test(drafts, what_waits_for_an_author_is_no_error)
{
	const row rows[] = { { "S-01", "has no private information", draft_with_scenario_fault, NULL,
		CHECK_WARNING } };
	expect_rows(rows, COUNT(rows));
}
