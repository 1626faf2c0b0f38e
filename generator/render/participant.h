/* What a participant of a scenario may see. The type has no field for anything else: no injects, prompts,
 * actions, anchors, private briefs, branches, hints or relevance. */
#ifndef RENDER_PARTICIPANT_H
#define RENDER_PARTICIPANT_H

#include "render/view.h"

typedef struct {
	str id, title, brief;
	bool assessed;
} participant_role;

/* An evidence page that is there from the start. */
typedef struct {
	str title, kind, file, alt;
} participant_page;

typedef struct {
	str id, name;
	int weight;
} participant_criterion;

typedef struct {
	str id, version, title, summary, rubric_id, rubric_name;
	int kind, stakes, minutes, week, due, percent, brief_min, play_min, debrief_min;
	str system, scale, budget;
	LIST(pair_text) slo;
	list_str constraints, stakeholders, technologies, stack, modules, outcomes, deliverables;
	LIST(participant_role) roles;
	LIST(participant_page) pages;
	LIST(participant_criterion) criteria;
	bool more_pages;   /* some are handed out later */
	bool needs_author; /* made from a blueprint */
	double pass_total;
	double extra_time_pct;
	str accommodation, written_variant;
	why_item why; /* rows and rules behind it */
} participant_scenario;

/* The sentences about what its system is built from. */
list_str participant_stack(const view *v, const set_scenario *s);
void participant_make(participant_scenario *out, const view *v, const set_scenario *s);
value view_participant(const view *v, const participant_scenario *p);

#endif
