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
	str why; /* plain: "changed on both sides", "removed here and changed there", "written in flow style" ...
			  */
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
 * free of errors. An edit is kept where the new plan leaves the field as the base has it; a change is taken
 * where the edited file does; the same on both sides is taken once. Everything else is a conflict: both sides
 * changed a field differently; one side removed an item that the other changed; a change would touch a field
 * written in flow style inside its item, with an anchor or alias, or a removed item holds comments. Nothing
 * is ever guessed. `decisions` are people's and never change. The result is the edited file byte for byte
 * where there is nothing to take. False if memory ran out or a source is no plan (see `d`). */
bool merge_plan(merge_result *out, arena *a, uint32_t base, uint32_t edited, uint32_t made, diags *d);

/* Fields of items that people edited: "module:ID.minutes", "lab:ID.week"; an item they removed: "module:ID",
 * one they added "module:ID" too. In the order of the files. */
bool merge_edits(list_str *out, arena *a, uint32_t base, uint32_t edited, diags *d);

#endif
