/* `coursewright render`: some of the documents, from the plan. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_result result = CW_RESULT_INIT;
	cli_progress_begin(args, "rendering ...");
	cw_status status = cli_load(c, args);
	if (status == CW_OK)
		status = cw_build(c, args->output, args->only, args->format, cli_flags(args), &result);
	cli_progress_end();
	int code = cli_end(c, args, status);
	if (status == CW_OK)
		cli_summary(args, &result);
	return code;
}

const cli_command cmd_render = {
	.name = "render",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "render documents from the plan",
	.details = "WHAT is a kind of document, such as syllabus or labs, or one of them, such as labs/ID.",
	.options = {
		{ .name = "only", .value = "WHAT", .brief = "only these documents", .member = offsetof(cli_args, only) },
		{ .name = "format", .value = "LIST", .choices = "md html", .many = true,
			.brief = "only these formats, separated by commas", .member = offsetof(cli_args, format) },
		{ .name = "output", .letter = 'o', .value = "OUT",
			.brief = "folder to write to (default: out in the course folder, or beside the workbook)",
			.member = offsetof(cli_args, output) },
		{ .name = "force", .brief = "replace files that a person edited", .member = offsetof(cli_args, force) },
	},
	.run = run,
};
