/* What the analysis of the postings says, and what the rules made of it; and the cover. */
#include "render/view_course.h"

#include "base/number.h"

static str share_chart(const view *v, row_kind kind, const char *id, const char *title)
{
	size_t count = v->c->facts->rows[kind].len, n = 0;
	chart_share *list = v->format == TEXT_HTML ? NEWN(v->arena, chart_share, count) : NULL;
	if (!list)
		return STR("");
	EACH (const fact_row, row, v->c->facts->rows[kind]) {
		buf text = { .arena = v->arena };
		buf_rounded(&text, row->row->share * 100, 0);
		BUF_LIT(&text, " %");
		list[n++] =
			(chart_share){ row->row->name, buf_done(&text), row->row->share, row->low80, row->high80 };
	}
	return chart_shares(v->arena, id, str_from(title),
		STR("A dot for each row's share of the postings, with its 80 % interval. The table below has the "
			"numbers."),
		list, count);
}

static value view_items(const view *v, list_item items)
{
	vec_value out = { 0 };
	EACH (const workbook_item, item, items)
		add(v, &out, value_string(item->text));
	return value_of(out);
}

static value view_insight(const view *v, const workbook_item *item)
{
	value out = view_map(v);
	put_plain(v, out, "text", item->text);
	vec_value answers = { 0 };
	const vec_effect *effects =
		map_get(&v->index->answers, arena_printf(v->arena, "insight:%.*s", STRF(item->id)));
	for (size_t i = 0; effects && i < effects->len; i++) {
		value one = view_map(v);
		put_plain(v, one, "rule", effects->ptr[i]->rule->id);
		put_plain(v, one, "did", effect_text(v, effects->ptr[i]));
		put_plain(v, one, "because", effects->ptr[i]->because);
		add(v, &answers, one);
	}
	put_flag(v, out, "answered", answers.len > 0);
	put(v, out, "answers", value_of(answers));
	return out;
}

static void put_insights(const view *v, value page)
{
	vec_value out = { 0 };
	EACH (const workbook_item, item, v->c->facts->workbook->insights)
		add(v, &out, view_insight(v, item));
	put_flag(v, page, "has_insights", out.len > 0);
	put(v, page, "insights", value_of(out));
}

static void put_not_taken(const view *v, value page)
{
	vec_value out = { 0 };
	if (v->c->trace)
		EACH (const remark, r, v->c->trace->remarks) {
			if (r->taken)
				continue;
			value one = view_map(v);
			put_plain(v, one, "name", title_of(v, r->item));
			put_plain(v, one, "kind", str_split(r->item, ':').head);
			put_plain(v, one, "reason", r->reason);
			add(v, &out, one);
		}
	put_flag(v, page, "has_not_taken", out.len > 0);
	put(v, page, "not_taken", value_of(out));
}

static void put_decisions(const view *v, value page)
{
	vec_value out = { 0 };
	EACH (const decision, one, v->c->plan->decisions) {
		value made = view_map(v);
		put_word(v, made, "kind", one->kind < 0 ? "" : decision_names[one->kind]);
		put_plain(v, made, "name", title_of(v, one->item));
		put_plain(v, made, "reason", one->reason);
		put_plain(v, made, "author", one->author);
		put_plain(v, made, "expires", one->expires);
		add(v, &out, made);
	}
	put_flag(v, page, "has_decisions", out.len > 0);
	put(v, page, "decisions", value_of(out));
}

static void put_factors(const view *v, value page)
{
	const weights *w = &v->c->course->weights;
	const struct {
		const char *key, *path;
		double factor;
	} factors[] = {
		{ "core", "category.Core", w->category.core },
		{ "important", "category.Important", w->category.important },
		{ "emerging", "category.Emerging", w->category.emerging },
		{ "nice", "category.Nice", w->category.nice },
		{ "technology", "technology", w->technology },
		{ "theme", "theme", w->theme },
		{ "emphasis_cap", "emphasis_cap", w->emphasis_cap },
	};
	value out = view_map(v);
	for (size_t i = 0; i < COUNT(factors); i++)
		put(v, out, factors[i].key,
			view_count(v, factors[i].factor, arena_printf(v->arena, "course.weights.%s", factors[i].path)));
	put(v, page, "factors", out);
}

value view_overview(const view *v)
{
	value page = view_page(v, STR("Overview of the analysis"), "");
	const workbook *w = v->c->facts->workbook;
	vec_value crumbs = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put(v, page, "sample", view_count(v, w->sample_size, STR("sample.size")));
	put_plain(v, page, "workbook_title", w->title);
	put_plain(v, page, "quote", w->quote);
	put(v, page, "summary", view_items(v, w->summary));
	put(v, page, "skills_chart",
		value_string(share_chart(v, ROW_SKILL, "skills", "Skills by share of postings")));
	put(v, page, "technologies_chart",
		value_string(share_chart(v, ROW_TECHNOLOGY, "technologies", "Technologies by share of postings")));
	put(v, page, "themes_chart",
		value_string(share_chart(v, ROW_THEME, "themes", "Themes by share of postings")));
	put_rows(v, page);
	put_flag(v, page, "has_experience", w->experience.len > 0);
	put(v, page, "experience", view_items(v, w->experience));
	put_flag(v, page, "has_signals", w->signals.len > 0);
	put(v, page, "signals", view_items(v, w->signals));
	put_factors(v, page);
	put_insights(v, page);
	put_not_taken(v, page);
	put_decisions(v, page);
	return page;
}

value view_index(const view *v)
{
	value page =
		view_page(v, v->c->plan->course.title.len ? v->c->plan->course.title : v->c->course->title, "");
	put_course_times(v, page);
	put_plain(v, page, "start_date", v->c->course->start_date);
	put_flag(v, page, "has_changes", v->index->book != NULL);
	vec_value modules = { 0 }, labs = { 0 }, scenarios = { 0 }, last = { 0 };
	EACH (const taught_module, m, v->c->modules) {
		value one = view_module_link(v, m);
		put(v, one, "hours", view_hours(v, m->plan->minutes, why_at(v, "module", m->module->id, "hours")));
		put(v, one, "weeks",
			view_week_span(v, (week_span){ "module", m->module->id, m->plan->week_from, m->plan->week_to }));
		add(v, &modules, one);
	}
	EACH (const set_lab, l, v->c->labs) {
		value one = view_lab_link(v, l);
		put(v, one, "hours", view_hours(v, l->plan->minutes, why_at(v, "lab", l->lab->id, "hours")));
		put(v, one, "weeks",
			view_week_span(v, (week_span){ "lab", l->lab->id, l->plan->week, l->plan->due }));
		add(v, &labs, one);
	}
	EACH (const set_scenario, s, v->c->scenarios) {
		value one = view_scenario_link(v, s);
		put(v, one, "hours",
			view_hours(v, s->plan->minutes, why_at(v, "scenario", s->scenario->id, "hours")));
		put(v, one, "weeks",
			view_week_span(v, (week_span){ "scenario", s->scenario->id, s->plan->week, s->plan->due }));
		add(v, &scenarios, one);
	}
	put(v, page, "modules", value_of(modules));
	put(v, page, "labs", value_of(labs));
	EACH (const set_capstone, c, v->c->capstone) {
		value one = view_capstone_link(v, c);
		put(v, one, "hours",
			view_hours(v, c->plan->minutes, why_at(v, "capstone", c->capstone->id, "hours")));
		put(v, one, "weeks",
			view_week_span(v, (week_span){ "capstone", c->capstone->id, c->plan->week, c->plan->due }));
		add(v, &last, one);
	}
	put(v, page, "scenarios", value_of(scenarios));
	put(v, page, "capstone", value_of(last));
	return page;
}
