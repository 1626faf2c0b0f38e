/* `coursewright duplicates`: postings that count as one vacancy, and decisions by hand about them. */
#include "cli.h"

#include <stddef.h>

static cw_status answer(cw_context *c, const cli_args *args, const char *course, cw_text *text)
{
	unsigned flags = cli_flags(args);
	if (args->join)
		return cw_duplicates_join(c, course, args->join, args->with, flags, text);
	if (args->split)
		return cw_duplicates_split(c, course, args->split, flags, text);
	if (args->history)
		return cw_duplicates_history(c, course, flags, text);
	return cw_duplicates(c, course, flags, text);
}

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	if (!args->join != !args->with)
		return cli_misuse(
			&cmd_duplicates, args->join ? "--join ID needs --with ID" : "--with ID needs --join ID");
	if ((args->join != NULL) + (args->split != NULL) + args->history > 1)
		return cli_misuse(&cmd_duplicates, "--join, --split and --history are asked for one at a time");
	cli_progress_begin(args, "comparing ...");
	cw_status status = answer(c, args, args->course ? args->course : ".", &text);
	cli_progress_end();
	if (status == CW_OK)
		cli_print(text);
	return cli_end(c, args, status);
}

const cli_command cmd_duplicates = {
	.name = "duplicates",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "list postings that count as one vacancy, join and split them",
	.details = "ID is the id of a posting or its beginning, six digits or more. What is decided by hand stays in the\n"
			   "ledger; the later decision wins.",
	.options = {
		{ .name = "join", .value = "ID", .brief = "count this posting and the one of --with as one vacancy", .member = offsetof(cli_args, join) },
		{ .name = "with", .value = "ID", .brief = "the other one", .member = offsetof(cli_args, with) },
		{ .name = "split", .value = "ID", .brief = "count this posting by itself", .member = offsetof(cli_args, split) },
		{ .name = "history", .brief = "list the decisions made by hand", .member = offsetof(cli_args, history) },
	},
	.run = run,
};
