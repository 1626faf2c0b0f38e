/* `coursewright eval`: one expression, its value as JSON. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = args->data ? CW_OK : cli_load(c, args);
	if (status == CW_OK)
		status = cw_eval(c, args->operand, args->data, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end(c, args, status);
}

const cli_command cmd_eval = {
	.name = "eval",
	.operand = "EXPR",
	.operand_required = true,
	.brief = "evaluate a CEL expression over the course's facts; the value as JSON",
	.options = {
		{ .name = "data", .value = "FILE", .brief = "variables from a JSON object, instead of a course",
			.member = offsetof(cli_args, data) },
		{ .name = "check", .brief = "check types before evaluating", .member = offsetof(cli_args, checked) },
	},
	.run = run,
};
