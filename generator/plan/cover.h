/* Whether a plan covers an item: by what it teaches, by what is practised, or by name. */
#ifndef PLAN_COVER_H
#define PLAN_COVER_H

#include "model/update.h"
#include "plan/draft.h"

/* An item as plans know it. */
typedef struct {
	str id, name; /* "technology:falco" */
	row_kind kind;
	list_str own;   /* concepts that it names */
	list_str wide;  /* the same, and for each that nothing in the catalogue is about the nearest wider one */
	list_str above; /* everything wider in the lexicon, nearest first, without what is in `wide` */
	str slug;       /* of its name: the skill that a blueprint's module was made for */
} cover_item;

void cover_item_init(cover_item *out, arena *a, const catalog *c, str id, str name, list_str concepts);

bool cover_teaches(const module *m, list_str concepts); /* any of them */
/* A planned module teaches it (what is wider counts), was made for it, has an exercise for it, or a link says
 * where it is taught. */
bool cover_taught(const plan_draft *d, const cover_item *i);
/* A planned lab or scenario assesses it (of a technology itself, of others also what is wider), or names it
 * in its setting, or was made for it, or a module has an exercise for it. */
bool cover_practised(const plan_draft *d, const cover_item *i);
/* Of a technology: taught or practised by its own name. */
bool cover_named(const plan_draft *d, const cover_item *i);
/* What an item of the course in this state needs: planned, to be taught, and a technology by name; core, to
 * be practised as well. */
bool cover_holds(const plan_draft *d, const cover_item *i, int state);

bool cover_is_made_for(const plan_module *m, const cover_item *i);
bool cover_shares(list_str a, list_str b); /* have one in common */

#endif
