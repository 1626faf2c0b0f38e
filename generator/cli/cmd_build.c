/* `coursewright build`: the main job. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_result result = CW_RESULT_INIT;
	cli_progress_begin(args, "building ...");
	cw_status status = cli_load(c, args);
	bool loaded = status == CW_OK;
	if (loaded)
		status = cw_build(c, args->output, NULL, NULL, cli_flags(args), &result);
	cli_progress_end();
	int code = cli_end(c, args, status);
	/* With --strict everything is written and yet the status is not fine. */
	if (loaded && (status == CW_OK || (args->strict && result.errors)))
		cli_summary(args, &result);
	return code;
}

const cli_command cmd_build = {
	.name = "build",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "read, analyse, apply rules, plan, check and render everything",
	.details = "COURSE is a folder with course.yaml or workbook.md, or a workbook file; default: the folder you\n"
			   "are in. A plan that exists is rendered as it is; without one, a plan is made and written. Files\n"
			   "that a person edited are kept. Findings of the checks never stop writing.",
	.options = {
		{ .name = "output", .letter = 'o', .value = "OUT",
			.brief = "folder to write to (default: out in the course folder, or beside the workbook)",
			.member = offsetof(cli_args, output) },
		{ .name = "strict", .brief = "exit 1 if the checks have findings of level error",
			.member = offsetof(cli_args, strict) },
		{ .name = "force", .brief = "replace files that a person edited", .member = offsetof(cli_args, force) },
	},
	.run = run,
};
