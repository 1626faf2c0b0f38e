/* `coursewright log`: what was updated, and why. */
#include "cli.h"

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cw_log(c, args->course ? args->course : ".", cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end(c, args, status);
}

const cli_command cmd_log = {
	.name = "log",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "list the updates of a course and what they changed, the newest first",
	.run = run,
};
