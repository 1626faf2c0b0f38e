/* YAML as a tree with places, over libyaml's events. Depth, size and the expansion of anchors are capped;
 * duplicate keys are errors that name both places. A key is always a scalar. */
#ifndef READ_YAML_H
#define READ_YAML_H

#include "base/diag.h"

typedef enum { YAML_SCALAR, YAML_LIST, YAML_MAP } yaml_kind;

typedef struct yaml_node yaml_node;

/* Bytes of the source, from the first to the one behind the last. */
typedef struct {
	uint32_t from, to;
} yaml_span;

typedef struct {
	str key;
	loc at;
	yaml_span written; /* the key as it stands in this map */
	yaml_node *value;
} yaml_pair;

struct yaml_node {
	yaml_kind kind;
	bool quoted; /* a scalar in quotes or a block scalar: never a number, a bool or null */
	bool block;  /* a block scalar */
	bool flow;   /* a list or map between brackets */
	bool marked; /* has an anchor or a tag of its own */
	bool alias;  /* stands for the node with that anchor */
	str text;    /* of a scalar */
	loc at;      /* first byte; of an alias that of the anchored node */
	uint32_t end;
	/* Where it stands: with its anchor and tag, without what is around it; of an alias the alias itself. A
	 * block scalar includes the empty lines that follow it. */
	yaml_span written;
	VEC(yaml_node *) items;
	VEC(yaml_pair) pairs;
	size_t size;     /* nodes in it, aliases counted in full */
	unsigned height; /* levels of lists and maps in it, aliases counted in full */
};

#define YAML_DEPTH 64
#define YAML_NODES 1000000 /* after expansion of anchors */

/* The document in source number `source`; NULL after an error, and NULL without one for an empty document. */
yaml_node *yaml_read(arena *a, uint32_t source, diags *d);
yaml_node *yaml_get(const yaml_node *map, str key); /* NULL if absent or not a map */
bool yaml_is_null(const yaml_node *n);              /* plain ~, null or nothing */
/* The scalar's text with the place of every byte, in block, folded and quoted scalars too. */
located yaml_located(arena *a, const yaml_node *n, const sources *all);

#endif
