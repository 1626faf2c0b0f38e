/* `coursewright diff`: what one update changed. */
#include "cli.h"

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cw_diff(c, args->course ? args->course : ".", args->operand, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end(c, args, status);
}

const cli_command cmd_diff = {
	.name = "diff",
	.operand = "REV",
	.operand_required = true,
	.brief = "show what an update changed in syllabus, labs, rubrics and plan",
	.details = "REV is the number of a revision, or the id of one of its changes; 'coursewright log' lists "
			   "them. The\n"
			   "output is Markdown, with a unified diff of plan.yaml at its end.",
	.run = run,
};
