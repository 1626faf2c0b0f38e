/* Following new evidence: what `coursewright update` holds while it works. The order of calls is update.c. */
#ifndef UPDATE_H
#define UPDATE_H

#include "evidence_session.h"
#include "history.h"

#include "evidence/cycle.h"
#include "plan/merge.h"
#include "plan/policy.h"
#include "plan/replan.h"

/* A tracked item in this cycle. */
typedef struct {
	tracked_item now; /* as it is to be kept */
	policy_memory before;
	policy_input input;
	policy_result result;
	const cycle_item *counted; /* NULL: nothing names it now */
	const decision *pin, *against;
	str trend;
	bool dropped; /* out, and too rare to be kept */
} item_step;

typedef struct {
	cw_context *context;
	const cw_update_options *options;
	bool from_ledger, bare, dry, written;
	ledger *ledger;
	int64_t ledger_last; /* the last posting that was seen */
	reader reader;
	analysis_filter filter;

	uint32_t edited_source, base_source, made_source;
	plan base; /* as generated last; as people have it, it is the context's */
	course_state state;
	bool has_state;
	str as_of;

	str workbook;         /* text of the new one */
	str evidence;         /* its hash */
	cycle_counts counts;  /* of this cycle */
	cycle_counts settled; /* of the one before, if there is no state yet */
	bool undated, few;    /* too few are new to decide anything */

	VEC(item_step) items; /* by id */
	plan fresh;
	bool has_fresh;
	draft_context draft;
	replan_result replanned;
	merge_result merged;
	plan merged_plan;
	size_t former_revisions, former_changes; /* there are so many already; of this quarter */
	revision revision;
	str former_version; /* the latest that the history has */
	str made_version;   /* of the generated plan */
	vec_str notes;
} updating;

/* update_evidence.c: the course, what is new, and the workbook that follows. `news` is what there is to do.
 */
typedef enum {
	NEWS_NONE,
	NEWS_FEW,      /* too few to decide anything */
	NEWS_BASELINE, /* nothing is new, and nothing says yet where the course stands */
	NEWS_CYCLE
} update_news;
bool update_read_evidence(updating *u, const char *path, update_news *news);
/* update_items.c: states before and after. */
bool update_read_state(updating *u);
bool update_first_cycle(updating *u); /* states from the plan and the evidence that it was made from */
bool update_step_items(updating *u);
void update_close_cycle(updating *u); /* the cycle is appended, and the items are as they are to be */
/* update_robust.c: leaving employers out, and how much more evidence would take a decision back. */
change_robust update_robustness(updating *u, const item_step *i);
/* The estimate with posteriors over all cycles. */
estimate update_estimate(updating *u, const item_step *i, estimate now);
/* update_record.c: the revision, with everything that a reader wants to know. */
bool update_make_record(updating *u);
/* Why a person has to say yes; filled into the changes. True if somebody has to and nobody has. */
bool update_ask_approval(updating *u);
/* update_compare.c: the differences between the courses before and after, for readers. */
bool update_compare(updating *u);
/* update_write.c: everything that changes, at once. */
bool update_write(updating *u);

/* update_print.c */
void update_print(updating *u, buf *out, unsigned flags, cw_update_outcome result, bool ok);

void update_note(updating *u, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
