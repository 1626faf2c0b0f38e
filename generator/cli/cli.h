/* The command line: a row per command, a row per option, and everything that is printed about them made from
 * these rows. Knows the public header and base/ only. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/str.h"
#include "coursewright/coursewright.h"

#include <stdio.h>

/* What a process ends with. */
enum { CLI_OK = 0, CLI_INPUT = 1, CLI_USAGE = 2, CLI_SYSTEM = 3 };

enum { CLI_OPTIONS_MAX = 6, CLI_OPERANDS_MAX = 4096 };

/* What was asked for, on the stack of main. Strings are borrowed from argv; NULL: not given. */
typedef struct {
	const char *course, *data_dir, *as_of, *output, *only, *format, *data, *partials;
	const char *form, *title, *since, *until, *region, *employer; /* of postings */
	const char *from, *to, *approve;                              /* of updates */
	const char *windows;                                          /* of a backtest */
	const char *join, *with, *split;                              /* ids of postings */
	bool json, quiet, help, version, strict, force, checked, lenient, history, all, check;
	const char *operand; /* the first one */
	const char *operands[CLI_OPERANDS_MAX];
	size_t operand_count;
} cli_args;

typedef struct {
	const char *name;    /* long, without the dashes */
	const char *value;   /* what its value is called; NULL: a flag */
	const char *choices; /* the only words that are values, separated by spaces; NULL: anything */
	const char *const *(*offers)(void); /* words for completion, ended by NULL; others are values too */
	const char *brief;
	size_t member;       /* of cli_args: a bool for a flag, else a const char * */
	char letter;         /* the short form; 0: none */
	bool required, many; /* many: several choices, separated by commas */
} cli_option;

typedef struct {
	const char *name;
	const char *operand; /* what the operand is called; NULL: takes none */
	const char *brief;   /* one line for the list of commands */
	const char *details; /* further paragraphs for --help; NULL: none */
	const char *choices; /* the only words that are operands; NULL: anything */
	bool operand_required;
	bool operand_is_course;                  /* then it says the same as -C */
	bool operand_is_expression;              /* it may begin with a minus sign */
	bool operand_many;                       /* one or more */
	cli_option options[CLI_OPTIONS_MAX + 1]; /* ended by a row without a name */
	int (*run)(cw_context *c, const cli_args *args);
} cli_command;

/* Sorted by name. A row here and a file cmd_NAME.c make a command. */
#define CLI_COMMANDS(X) \
	X(analyze) \
	X(backtest) \
	X(build) \
	X(check) \
	X(completion) \
	X(diff) \
	X(duplicates) \
	X(eval) \
	X(explain) \
	X(help) \
	X(ingest) \
	X(init) \
	X(list) \
	X(log) \
	X(plan) \
	X(render) \
	X(revert) \
	X(template) \
	X(update) \
	X(version)

#define X(name) extern const cli_command cmd_##name;
CLI_COMMANDS(X)
#undef X

extern const cli_command *const cli_commands[]; /* ended by NULL */
extern const cli_option cli_everywhere[];       /* options of every command; ended by a row without a name */

const cli_command *cli_find(const char *name); /* NULL if there is none */
/* Prints to stderr what name was probably meant, if one of the words separated by spaces is near. */
void cli_did_you_mean(const char *given, const char *dashes, const char *words);
size_t cli_command_words(char *out, size_t size); /* their names, separated by spaces */

/* Reads the arguments. The command is NULL if none was named. False: what is wrong, and the usage, stand on
 * stderr. */
bool cli_parse(const cli_command **command, cli_args *args, int argc, char **argv);
/* An option as it is typed: "-o OUT", "--strict". */
void cli_print_option(FILE *to, const cli_option *option);
void cli_usage(FILE *to, const cli_command *command); /* one line; NULL: of the program */
void cli_help(const cli_command *command);            /* to stdout; NULL: of the program */

/* "coursewright: COMMAND: text" and the usage, to stderr. Returns CLI_USAGE. */
int cli_misuse(const cli_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
cw_status cli_load(cw_context *c, const cli_args *args); /* the course of -C or the operand */
/* Diagnostics to stderr; the exit status. */
int cli_end(cw_context *c, const cli_args *args, cw_status status);
/* The same for a question: without the warnings about the course. */
int cli_end_answer(cw_context *c, const cli_args *args, cw_status status);
unsigned cli_flags(const cli_args *args);
void cli_print(cw_text text);                               /* to stdout, ended by a new line */
void cli_summary(const cli_args *args, const cw_result *r); /* of a build: to stderr, or as JSON to stdout */

/* A word on a terminal if what follows takes longer than half a second. */
void cli_progress_begin(const cli_args *args, const char *word);
void cli_progress_end(void);

#endif
