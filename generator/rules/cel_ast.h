/* The tree of an expression, inside the CEL files only. Nodes are never NULL: once the arena has failed,
 * parsing goes on with a spare node and its result is thrown away. */
#ifndef RULES_CEL_AST_H
#define RULES_CEL_AST_H

#include "rules/cel.h"
#include "rules/cel_types.h"

typedef enum {
	NODE_CONST,     /* `constant` */
	NODE_IDENT,     /* `name`; after checking: one that nothing is known about */
	NODE_VARIABLE,  /* binding number `slot` */
	NODE_LOCAL,     /* macro variable number `slot` */
	NODE_SELECT,    /* `target` . `name` */
	NODE_HAS,       /* has(target.name) */
	NODE_INDEX,     /* target[args[0]] */
	NODE_AND,       /* all of `args` */
	NODE_OR,        /* any of `args` */
	NODE_NOT,       /* !target */
	NODE_NEGATE,    /* -target */
	NODE_BINARY,    /* args[0] `op` args[1] */
	NODE_CONDITION, /* args[0] ? args[1] : args[2] */
	NODE_CALL,      /* name(args) or, if `member`, args[0].name(the rest) */
	NODE_LIST,      /* [args] */
	NODE_MAP,       /* args by twos: key, value */
	NODE_MACRO      /* target.name(variable, args) */
} cel_node_kind;

typedef enum {
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_LESS_EQUAL,
	OP_GREATER,
	OP_GREATER_EQUAL,
	OP_IN,
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_MODULO
} cel_op;

typedef enum {
	MACRO_ALL,
	MACRO_EXISTS,
	MACRO_EXISTS_ONE,
	MACRO_MAP,
	MACRO_MAP_IF,
	MACRO_FILTER,
	MACRO_COUNT /* size() of a filter, which needs no list then; made by folding */
} cel_macro;

typedef struct cel_node cel_node;
typedef struct cel_function cel_function;
typedef LIST(cel_node *) list_cel_node;

struct cel_node {
	cel_node_kind kind;
	cel_op op;
	cel_macro macro;
	bool member;         /* a call with a receiver */
	bool absolute;       /* a name with a leading dot: never a macro variable */
	uint16_t depth;      /* of the tree below and including this node */
	uint32_t from, to;   /* its bytes in the text */
	uint32_t at, at_end; /* what an error underlines: the operator, the field, the function's name */
	uint32_t slot;       /* of a variable; of a record's field + 1, 0 if unknown */
	str name;
	value constant;
	cel_node *target;
	list_cel_node args;
	const cel_function *functions; /* the overloads of a call's name */
	size_t function_count;
	const struct cel_pattern *pattern; /* of matches() with a constant pattern */
	cel_type type;
};

typedef struct cel_matcher cel_matcher;

struct cel_program {
	located text;
	cel_node *root;
	bool zones;
	cel_matcher *matcher; /* what its constant patterns match with; NULL if it has none */
};

/* Reads the whole text; false if there were errors. */
bool cel_parse(cel_node **out, arena *a, const located *text, diags *d);
/* Resolves names, finds out types, and reports if `check`; false if there were errors. */
bool cel_check(cel_node *root, arena *a, const located *text, const cel_env *env, bool check, diags *d);

/* Replaces what is constant by its value, where that is no error, and gets the constant patterns ready. False
 * once memory has run out. */
bool cel_fold(cel_program *p, arena *a);

const char *cel_op_name(cel_op op); /* "_+_" */

/* Bytes of the source from where byte `from` of the text stands to where the one before `to` does, so that
 * what escapes and folding added is underlined too; at least 1. */
uint32_t cel_span(const located *text, size_t from, size_t to);

/* Turns a call that is a macro into one; "" or what is wrong with it. */
str cel_macro_expand(arena *a, cel_node *call);
/* For suggestions: the names of all macros. */
#define CEL_MACRO_NAMES "has", "all", "exists", "exists_one", "map", "filter"

#endif
