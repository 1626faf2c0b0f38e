/* The difference inside a module, lab or scenario, and between rubrics. Of an item that only one course has,
 * everything inside it came or left. Names of things that are called by their ids stand in what differs
 * ("outcome k8s-o2"); what they say stands before and after. */
#include "base/number.h"
#include "base/text.h"
#include "plan/delta.h"
#include "plan/resolve.h"

#include <math.h>

enum { TEXT_MOST = 240 }; /* bytes of an activity's text: enough to know which it is */

static str line(delta *d, str text)
{
	return text_one_line(d->arena, text);
}

/* The beginning of a longer text, cut between words. */
static str beginning(delta *d, str text)
{
	str whole = line(d, text);
	if (whole.len <= TEXT_MOST)
		return whole;
	size_t end = TEXT_MOST;
	while (end && whole.ptr[end] != ' ')
		end--;
	if (!end) /* one long word */
		for (end = TEXT_MOST; end && ((unsigned char)whole.ptr[end] & 0xC0) == 0x80;)
			end--;
	return arena_printf(d->arena, "%.*s ...", STRF(str_sub(whole, 0, end)));
}

static str words(delta *d, const char *kind, str id)
{
	return arena_printf(d->arena, "%s %.*s", kind, STRF(id));
}

/* Things with an id on one side of an item, by id. Each walk goes over the later side in its order, then over
 * what only the earlier side has. */
typedef struct {
	map old, new;
} sides;

static sides both(delta *d)
{
	return (sides){ .old = { .arena = d->arena }, .new = { .arena = d->arena } };
}

typedef void say_one(delta *d, str item, const void *before, const void *after);

static void say_each(delta *d, str item, const sides *s, say_one *say)
{
	EACH (const map_entry, e, s->new.entries)
		say(d, item, map_get(&s->old, e->key), e->value);
	EACH (const map_entry, e, s->old.entries)
		if (!map_has(&s->new, e->key))
			say(d, item, e->value, NULL);
}

/* ---- modules */

static void say_outcome(delta *d, str item, const void *before, const void *after)
{
	const outcome *old = before, *new = after;
	str what = words(d, "outcome", new ? new->id : old->id);
	delta_say(d, item, what, old ? line(d, old->text) : STR(""), new ? line(d, new->text) : STR(""));
	if (old && new && old->bloom != new->bloom && old->bloom >= 0 && new->bloom >= 0)
		delta_say(d, item, arena_printf(d->arena, "%.*s, level of thinking", STRF(what)),
			str_from(bloom_names[old->bloom]), str_from(bloom_names[new->bloom]));
}

static const char *kind_text(const activity *act)
{
	return act->kind < 0 ? "activity" : activity_names[act->kind];
}

/* An exercise that came or left, with the beginning of its text. */
static void say_activity(delta *d, str item, const void *before, const void *after)
{
	const activity *old = before, *new = after, *one = new ? new : old;
	if (old && new)
		return;
	str text = arena_printf(d->arena, "%d min: %.*s", one->minutes, STRF(beginning(d, one->text)));
	delta_say(d, item, words(d, kind_text(one), one->id), old ? text : STR(""), new ? text : STR(""));
}

/* "exercise a2 135 min; reading a3 60 min". */
static void add_minutes(buf *b, const activity *act, str id)
{
	buf_printf(b, "%s%s %.*s %d min", b->len ? "; " : "", kind_text(act), STRF(id), act->minutes);
}

/* What an activity is called inside its module. */
static str short_id(str item, str id)
{
	str of_module = str_split(item, ':').tail;
	bool longer = str_starts(id, of_module) && id.len > of_module.len + 1 && id.ptr[of_module.len] == '-';
	return longer ? str_skip(id, of_module.len + 1) : id;
}

/* Where the time of a module changes, so do most of its activities: one line for all of them. */
static void say_minutes(delta *d, str item, const sides *activities)
{
	buf old = { .arena = d->arena }, new = { .arena = d->arena };
	const activity *was = NULL, *is = NULL;
	size_t count = 0;
	EACH (const map_entry, e, activities->new.entries) {
		const activity *former = map_get(&activities->old, e->key), *now = e->value;
		if (!former || former->minutes == now->minutes)
			continue;
		was = former;
		is = now;
		add_minutes(&old, was, short_id(item, was->id));
		add_minutes(&new, is, short_id(item, is->id));
		count++;
	}
	if (count == 1)
		delta_say(d, item, words(d, kind_text(is), is->id), arena_printf(d->arena, "%d min", was->minutes),
			arena_printf(d->arena, "%d min", is->minutes));
	else
		delta_say(d, item, arena_printf(d->arena, "minutes of %zu activities", count), buf_done(&old),
			buf_done(&new));
}

/* All of them, of a module that came or left. */
static str all_minutes(delta *d, const map *activities)
{
	buf b = { .arena = d->arena };
	EACH (const map_entry, e, activities->entries) {
		const activity *act = e->value;
		add_minutes(&b, act, act->id);
	}
	return buf_done(&b);
}

static str link_text(delta *d, const plan_link *l)
{
	return l ? arena_printf(d->arena, "%.*s: %.*s", STRF(l->name), STRF(l->reason)) : STR("");
}

static void say_link(delta *d, str item, const void *before, const void *after)
{
	delta_say(d, item, STR("also covers"), link_text(d, before), link_text(d, after));
}

static void index_links(map *out, const plan *p, str item)
{
	EACH (const plan_link, l, p->links)
		if (str_eq(l->to, item))
			map_put(out, l->item, (void *)l);
}

static void index_module(map *outcomes, map *activities, const taught_module *m)
{
	if (!m)
		return;
	EACH (const outcome, o, m->module->outcomes)
		map_put(outcomes, o->id, (void *)o);
	EACH (const activity, act, m->module->activities)
		map_put(activities, act->id, (void *)act);
}

void delta_module(delta *d, str item, const void *before, const void *after)
{
	sides outcomes = both(d), activities = both(d), links = both(d);
	index_module(&outcomes.old, &activities.old, before);
	index_module(&outcomes.new, &activities.new, after);
	index_links(&links.old, d->before->plan, item);
	index_links(&links.new, d->after->plan, item);
	say_each(d, item, &outcomes, say_outcome);
	if (before && after) {
		say_each(d, item, &activities, say_activity);
		say_minutes(d, item, &activities);
	} else {
		delta_say(
			d, item, STR("activities"), all_minutes(d, &activities.old), all_minutes(d, &activities.new));
	}
	say_each(d, item, &links, say_link);
}

/* ---- labs */

static str goal_text(delta *d, const metric *m, double number)
{
	return isnan(number) ? STR("") : metric_text(d->arena, m, number);
}

static str tolerance_text(delta *d, const metric *m)
{
	if (isnan(m->tolerance.pct))
		return goal_text(d, m, metric_tolerance(m));
	buf b = { .arena = d->arena };
	buf_rounded(&b, m->tolerance.pct, 4);
	BUF_LIT(&b, " % of the baseline");
	return buf_done(&b);
}

/* "Latency, p99: target 5 s, stretch 2 s, tolerance 1 s". */
static str whole_metric(delta *d, const metric *m)
{
	const struct {
		const char *word;
		str text;
	} parts[] = { { "target", goal_text(d, m, metric_target(m)) },
		{ "stretch", goal_text(d, m, metric_stretch(m)) }, { "tolerance", tolerance_text(d, m) } };
	buf b = { .arena = d->arena };
	buf_str(&b, line(d, m->name));
	const char *between = ": ";
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (!parts[i].text.len)
			continue;
		buf_printf(&b, "%s%s %.*s", between, parts[i].word, STRF(parts[i].text));
		between = ", ";
	}
	return buf_done(&b);
}

static void say_metric(delta *d, str item, const void *before, const void *after)
{
	const metric *old = before, *new = after;
	if (!old || !new) {
		str text = whole_metric(d, new ? new : old);
		delta_say(
			d, item, words(d, "metric", new ? new->id : old->id), old ? text : STR(""), new ? text : STR(""));
		return;
	}
	str name = line(d, new->name);
	delta_say(d, item, words(d, "name of metric", new->id), line(d, old->name), name);
	delta_say(d, item, words(d, "target of", name), goal_text(d, old, metric_target(old)),
		goal_text(d, new, metric_target(new)));
	delta_say(d, item, words(d, "stretch of", name), goal_text(d, old, metric_stretch(old)),
		goal_text(d, new, metric_stretch(new)));
	delta_say(d, item, words(d, "tolerance of", name), tolerance_text(d, old), tolerance_text(d, new));
}

static void index_metrics(map *out, const set_lab *l)
{
	if (l)
		EACH (const metric, m, l->lab->metrics)
			map_put(out, m->id, (void *)m);
}

static str required_text(bool required)
{
	return required ? STR("required") : STR("elective");
}

static str all_metrics(delta *d, const set_lab *l)
{
	buf b = { .arena = d->arena };
	if (l)
		EACH (const metric, m, l->lab->metrics)
			buf_printf(&b, "%s%.*s", b.len ? "; " : "", STRF(whole_metric(d, m)));
	return buf_done(&b);
}

void delta_lab(delta *d, str item, const void *before, const void *after)
{
	const set_lab *old = before, *new = after;
	sides metrics = both(d);
	if (!old || !new) {
		delta_say(d, item, STR("metrics"), all_metrics(d, old), all_metrics(d, new));
		return;
	}
	delta_say(d, item, STR("required or elective"), required_text(old->plan->required),
		required_text(new->plan->required));
	index_metrics(&metrics.old, old);
	index_metrics(&metrics.new, new);
	say_each(d, item, &metrics, say_metric);
}

/* ---- scenarios */

static void say_technologies(delta *d, str item, const set_scenario *of, const set_scenario *other, bool came)
{
	if (of)
		EACH (const str, one, of->plan->setting)
			if (!other || !list_has(other->plan->setting, *one))
				delta_say(d, item, STR("names the technology"), came ? STR("") : line(d, *one),
					came ? line(d, *one) : STR(""));
}

void delta_scenario(delta *d, str item, const void *before, const void *after)
{
	const set_scenario *old = before, *new = after;
	if (old && new)
		delta_say(d, item, STR("required or elective"), required_text(old->plan->required),
			required_text(new->plan->required));
	say_technologies(d, item, new, old, true);
	say_technologies(d, item, old, new, false);
}

/* ---- rubrics */

static str weight_text(delta *d, const criterion *c)
{
	return arena_printf(d->arena, "%d %%", c->weight);
}

static const str *descriptor(const criterion *c, str level)
{
	EACH (const pair_text, l, c->levels)
		if (str_eq(l->key, level))
			return &l->value;
	return NULL;
}

/* Descriptors, level by level. */
static void say_levels(delta *d, str item, const criterion *old, const criterion *new)
{
	EACH (const pair_text, l, new->levels) {
		const str *former = descriptor(old, l->key);
		delta_say(d, item, arena_printf(d->arena, "%.*s, level %.*s", STRF(line(d, new->name)), STRF(l->key)),
			former ? line(d, *former) : STR(""), line(d, l->value));
	}
	EACH (const pair_text, l, old->levels)
		if (!descriptor(new, l->key))
			delta_say(d, item,
				arena_printf(d->arena, "%.*s, level %.*s", STRF(line(d, new->name)), STRF(l->key)),
				line(d, l->value), STR(""));
}

static void say_criterion(delta *d, str item, const void *before, const void *after)
{
	const criterion *old = before, *new = after, *one = new ? new : old;
	if (!old || !new) {
		str text = arena_printf(d->arena, "%.*s, %d %%", STRF(line(d, one->name)), one->weight);
		delta_say(d, item, words(d, "criterion", one->id), old ? text : STR(""), new ? text : STR(""));
		return;
	}
	delta_say(d, item, words(d, "name of criterion", new->id), line(d, old->name), line(d, new->name));
	delta_say(d, item, words(d, "weight of", line(d, new->name)), weight_text(d, old), weight_text(d, new));
	say_levels(d, item, old, new);
}

static str pass_text(delta *d, const rubric *r)
{
	buf b = { .arena = d->arena };
	if (r && !isnan(r->pass.percent)) {
		buf_rounded(&b, r->pass.percent, 2);
		BUF_LIT(&b, " %");
	}
	return buf_done(&b);
}

static void index_criteria(map *out, const rubric *r)
{
	if (r)
		EACH (const criterion, c, r->criteria)
			map_put(out, c->id, (void *)c);
}

/* "Height, 50 %; Log, 20 %" */
static str all_criteria(delta *d, const rubric *r)
{
	buf b = { .arena = d->arena };
	if (r)
		EACH (const criterion, c, r->criteria)
			buf_printf(&b, "%s%.*s, %d %%", b.len ? "; " : "", STRF(line(d, c->name)), c->weight);
	return buf_done(&b);
}

static void say_rubric(delta *d, str item, const rubric *old, const rubric *new)
{
	sides criteria = both(d);
	if (!old || !new) {
		delta_say(d, item, STR("criteria"), all_criteria(d, old), all_criteria(d, new));
		return;
	}
	delta_say(d, item, STR("needed to pass"), pass_text(d, old), pass_text(d, new));
	index_criteria(&criteria.old, old);
	index_criteria(&criteria.new, new);
	say_each(d, item, &criteria, say_criterion);
}

void delta_lab_rubric(delta *d, str item, const void *before, const void *after)
{
	const set_lab *old = before, *new = after;
	say_rubric(d, item, old ? old->rubric : NULL, new ? new->rubric : NULL);
}

void delta_scenario_rubric(delta *d, str item, const void *before, const void *after)
{
	const set_scenario *old = before, *new = after;
	say_rubric(d, item, old ? old->rubric : NULL, new ? new->rubric : NULL);
}

static str integrated(delta *d, const curriculum *c, const set_capstone *s)
{
	buf b = { .arena = d->arena };
	if (s)
		EACH (const str, id, s->plan->modules) {
			const taught_module *m = curriculum_module(c, *id);
			buf_printf(&b, "%s%.*s", b.len ? "; " : "", STRF(m ? line(d, m->module->title) : *id));
		}
	return buf_done(&b);
}

void delta_capstone(delta *d, str item, const void *before, const void *after)
{
	delta_say(d, item, STR("integrates"), integrated(d, d->before, before), integrated(d, d->after, after));
}
