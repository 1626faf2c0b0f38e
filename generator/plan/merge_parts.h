/* What the files of plan/merge.h share. Three plans are matched item by item (merge_match.c); what becomes of
 * each item and field is decided on values (merge_items.c, merge_fields.c, merge_order.c) and written as
 * replacements of the edited text (merge_fields.c, merge_lines.c). */
#ifndef PLAN_MERGE_PARTS_H
#define PLAN_MERGE_PARTS_H

#include "plan/merge.h"
#include "plan/splice.h"
#include "read/yaml.h"

typedef enum { SIDE_BASE, SIDE_EDITED, SIDE_MADE, SIDES } merge_side;

/* Why a change is not made by itself. */
#define WHY_BOTH "changed on both sides"
#define WHY_ADDED "added on both sides, but not the same"
#define WHY_GONE_THERE "changed here and removed in the new plan"
#define WHY_GONE_HERE "removed here and changed in the new plan"
#define WHY_FLOW "written in flow style"
#define WHY_MARK "written with an anchor, an alias or a tag"
#define WHY_COMMENT "comments stand inside it"
#define WHY_ODD "cannot be spliced here"

/* A list of items. */
typedef struct {
	const char *key;    /* in the plan */
	const char *id;     /* field that tells its items apart */
	const char *prefix; /* of their names */
} merge_kind;
enum { MERGE_KINDS = 6 };
extern const merge_kind merge_kinds[MERGE_KINDS];
extern const char *const merge_course;

typedef enum {
	FATE_NOWHERE, /* in none of the lists, or not in the merged one */
	FATE_STAYS,   /* where the edited plan has it */
	FATE_MOVES,
	FATE_COMES, /* from the new plan */
	FATE_GOES,
} merge_fate;

typedef struct merge_item merge_item;
struct merge_item {
	str id;
	yaml_node *nodes[SIDES];
	size_t rank[SIDES]; /* number in the list of that side */
	merge_fate fate;
	yaml_node *result; /* NULL: not in the merged plan */
	vec_splice inside; /* changes of its fields */
	merge_item *next;  /* in the merged list */
};

typedef LIST(merge_item *) merge_order;

typedef struct {
	const merge_kind *kind;
	yaml_pair *pairs[SIDES]; /* NULL: the plan has no such list */
	/* Those of the edited plan in its order, then those that only the new one has, or only the base. */
	VEC(merge_item *) items;
	merge_order order[SIDES]; /* as each plan has them */
	merge_item *first;        /* of the merged list */
	size_t count;             /* items in it */
	bool dropped;             /* the merged plan has no such list */
} merge_list;

typedef struct {
	uint32_t source;
	str text; /* of the edited plan: with a line end behind the last line */
	yaml_node *root;
} merge_text;

typedef struct {
	const char *prefix;
	str id;
} merge_name;

typedef struct {
	arena *arena;
	diags *diags;
	merge_text sides[SIDES];
	str newline; /* of the edited plan */
	merge_list lists[MERGE_KINDS];
	vec_splice splices;
	VEC(merge_conflict) conflicts;
	VEC(yaml_pair) wanted; /* the merged plan as a value */
	size_t taken, kept;
} merger;

/* ---- merge_value.c */

/* Whether both are the same as values: texts, nothing, lists, and maps in any order. NULL is nothing at all
 * and only the same as NULL. */
bool merge_same(arena *a, const yaml_node *left, const yaml_node *right);
/* As it is written there, moved to the left; empty for NULL. */
str merge_written(arena *a, str text, const yaml_node *n);
void merge_add_conflict(
	merger *m, merge_name item, str field, yaml_node *const values[SIDES], size_t at, const char *why);

/* ---- merge_match.c */

/* The pair of that key; NULL if there is none or it is no map. */
yaml_pair *merge_find(const yaml_node *map, str key);
yaml_node *merge_value(const yaml_pair *p); /* NULL of NULL */
/* Reads a plan; false if it is none. */
bool merge_read(merger *m, merge_side side, uint32_t source);
/* Fills `lists`; false if an id stands twice in one, which is reported. */
bool merge_match(merger *m);
str merge_full_name(arena *a, merge_name name);
merge_name merge_item_name(const merge_list *list, const merge_item *item);

/* ---- merge_fields.c */

/* The three maps of an item, or the three course headers, field by field. What is taken is added to `out`.
 * `why`: if not NULL, why nothing in it can be replaced. Returns the merged map. */
yaml_node *merge_fields(
	merger *m, merge_name name, yaml_node *const maps[SIDES], const char *why, vec_splice *out);
/* A comment may follow a quote or bracket without a blank, but nothing else: adds the blank for what comes to
 * stand before `at`. */
void merge_keep_comment(merger *m, vec_splice *out, size_t at);
/* Why nothing inside of it can be replaced: it is an alias, or has an anchor, or stands between brackets.
 * NULL: nothing is in the way. */
const char *merge_obstacle(const yaml_node *n);

/* ---- merge_items.c, merge_order.c */

void merge_items(merger *m, merge_list *list);
void merge_item_conflict(merger *m, const merge_list *list, const merge_item *item, const char *why);
/* Finds out which items move, and links the merged list. */
void merge_arrange(merger *m, merge_list *list);

/* ---- merge_lines.c */

void merge_write_items(merger *m, merge_list *list);
/* Lists that the edited plan has not at all. */
void merge_write_lists(merger *m);

#endif
