/* `coursewright revert`: takes back what an update did. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cw_revert(c, args->course ? args->course : ".", args->operand, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end(c, args, status);
}

const cli_command cmd_revert = {
	.name = "revert",
	.operand = "CHANGE",
	.operand_required = true,
	.brief = "take back a change, or all changes of an update",
	.details = "CHANGE is the id of a change, or the number of a revision; 'coursewright log' lists them. All of the\n"
			   "latest revision is taken back byte for byte, if no file was edited since; anything else is merged\n"
			   "with what changed later, and conflicts are errors. Evidence stays: the next update proposes the same\n"
			   "unless a decision in plan.yaml says no.",
	.options = {
		{ .name = "check", .brief = "say what would be done, and write nothing", .member = offsetof(cli_args, check) },
	},
	.run = run,
};
