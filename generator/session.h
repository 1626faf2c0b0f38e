/* What a context holds: the inputs and every stage's result. The stages are pipeline.c; the functions of the
 * public header are in api.c, api_output.c and so on. */
#ifndef SESSION_H
#define SESSION_H

#include "check/check.h"
#include "coursewright/coursewright.h"
#include "model/curriculum.h"
#include "model/document.h"
#include "read/catalog.h"
#include "read/workbook_origin.h"
#include "render/templates.h"
#include "rules/engine.h"

struct cw_context {
	arena arena;
	sources sources;
	diags diags;
	const char *data_dir; /* NULL until it is asked for */
	str as_of;

	bool loaded;
	size_t said_loading; /* diagnostics that cw_load left */
	bool folder;         /* a course folder, not a bare workbook */
	str root;            /* the folder; of a bare workbook, the one it stands in */
	str workbook_path;

	course course;
	workbook workbook;
	catalog catalog;
	vec_rule rules;
	uint32_t own_from; /* sources from this number on are the course's own catalogue; UINT32_MAX: none are */
	facts facts;
	ruleset ruleset;
	selection selection;
	trace trace;
	plan plan;
	bool plan_exists; /* plan.yaml was read, not composed */
	curriculum curriculum;
	struct ingestion *ingestion; /* NULL: nothing is being ingested */
	analysis_filter counted;     /* what cw_analyze was asked for */
	int64_t counted_last;        /* ledger_last when it counted; -1: it did not */

	template_set templates;
	documents documents;
	findings findings;
};

/* Files of a course folder that change together, named while they do. */
#define UPDATE_JOURNAL "state/update.journal"
/* Finishes in the course folder what an update or a revert began and could not end; `root` is known. To be
 * called before anything of a course is read. */
bool finish_update(cw_context *c);
/* Names a folder as the course folder, finished as above. Anything else is a diagnostic, which says `what`
 * ("postings belong") is about a course folder, and false. */
bool course_folder(cw_context *c, const char *path, const char *what);

/* Reading, facts and rules. */
bool pipeline_prepare(cw_context *c, const char *path);
/* course.yaml, if it is there, and the catalogue; `folder` and `root` are known. */
bool pipeline_settings(cw_context *c);
/* Facts and rules from the text of a workbook, after pipeline_settings; it may be called again with another
 * text. */
bool pipeline_evidence(cw_context *c, str path, str text);
/* plan.yaml, with its decisions checked. */
bool pipeline_read_plan(cw_context *c);
/* Reading, facts, rules, plan: everything up to the curriculum. */
bool pipeline_load(cw_context *c, const char *path);
/* drafts.c: the skills of the plan that the catalogue does not know, in one warning, and which of them it has
 * for another level. */
void report_drafts(cw_context *c);
/* The templates of the course and those that are shipped. */
template_set *pipeline_templates(cw_context *c);
/* All documents into memory, and the checks on them. */
bool pipeline_render(cw_context *c, const char *only, const char *formats);
/* The composed plan, whatever plan.yaml says. */
bool pipeline_compose(cw_context *c, plan *out);

/* plan.yaml and state/plan.base.yaml as they are to be: staged first, so that they appear only together with
 * the rest. */
bool plan_stage(cw_context *c, const plan *p);
bool plan_commit(cw_context *c);
void plan_discard(cw_context *c);
str plan_path(cw_context *c);
str base_path(cw_context *c);
bool find_data_dir(cw_context *c);
/* Adds to the manifest every input, and every document but the manifest itself. */
void add_manifest(cw_context *c);
/* Adds instructor/findings.txt and .json. */
void add_findings(cw_context *c);
/* Writes all documents below `dir`, removes what an earlier build made and this one does not. */
bool write_outputs(cw_context *c, const char *dir, unsigned flags, bool partial, cw_result *result);
/* What explain prints. Flags: CW_JSON, CW_ALL. False after a diagnostic. */
bool explain_address(cw_context *c, buf *out, str address, unsigned flags);

cw_text text_of(str s);
/* The status that the diagnostics amount to. */
cw_status status_of(const cw_context *c, bool ok);

#endif
