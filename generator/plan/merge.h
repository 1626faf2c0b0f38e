/* Merging a plan three ways: what was generated last, what people made of it, and what is generated now. Item
 * by item and field by field, by splicing the text of the edited file, so that comments, order and layout
 * stay. */
#ifndef PLAN_MERGE_H
#define PLAN_MERGE_H

#include "base/diag.h"

typedef struct {
	str item;  /* "module:ID", "lab:ID", "scenario:ID", "grading:lab:ID", "link:ITEM", "course" */
	str field; /* empty: the item as a whole */
	str base, edited, made; /* as text of YAML; empty: absent */
	str why; /* plain: "changed on both sides", "removed here and changed in the new plan" ... */
	loc at;  /* in the edited file */
} merge_conflict;
typedef LIST(merge_conflict) list_merge_conflict;

typedef struct {
	str text;                      /* the merged plan; empty if there are conflicts */
	list_merge_conflict conflicts; /* by place in the edited file */
	size_t taken;                  /* fields and items that came from the new plan */
	size_t kept;                   /* edits that the new plan does not touch */
} merge_result;

/* `base`, `edited` and `made` are numbers of sources of `d`: plans as plan_read reads them, which must be
 * free of errors; they must outlive the result. An edit is kept where the new plan leaves the field as the
 * base has it; a change is taken where the edited file does; the same on both sides is taken once. Values are
 * compared as values, not as they are written; a field that is absent is a value too, and one that holds a
 * list or map changes as a whole. Everything else is a conflict: both sides changed a field differently; one
 * side removed an item that the other changed; both added an item, but not the same; a change would touch an
 * item written in flow style, or something with an anchor, an alias or a tag, or would take comments away.
 * Nothing is ever guessed. `decisions` are people's and never change.
 *
 * A new item stands behind the one that precedes it in the new plan, or first; a new field behind the one
 * that precedes it there, or last; a new list likewise. Items are put into the order of the new plan where
 * people left that of the base alone, moving as few as can be; otherwise their order stays, and so do the
 * places of items that people added. Comments directly above an item, indented like its dash, move with it,
 * and so do those below it that are indented deeper; they stay where an item goes. A list whose last item
 * goes is removed if the new plan has none and no comment is lost, and is left empty otherwise. What is
 * inserted has the indentation and the line ends of the edited file.
 *
 * The result is the edited file byte for byte where there is nothing to take, which is so just where `taken`
 * is 0 (an item that moves counts). It was read again and is what it should be; what cannot be written so
 * that this holds is a conflict "cannot be spliced here". Costs grow with the length of the plans, but for
 * the sorting of items that move. False if memory ran out or a source is no plan, or has an id twice in a
 * list (see `d`). */
bool merge_plan(merge_result *out, arena *a, uint32_t base, uint32_t edited, uint32_t made, diags *d);

/* What people edited, by name: fields of items, "module:ID.minutes", "lab:ID.week", "course.title";
 * "module:ID" for an item that they removed, or added. First the course, then list by list in the order of
 * plan.yaml: items as the base has them, their fields likewise, and what was added behind them. Decisions are
 * not among them. As many as merge_plan keeps if the new plan is the base. False as for merge_plan. */
bool merge_edits(list_str *out, arena *a, uint32_t base, uint32_t edited, diags *d);

#endif
