/* `coursewright eval`: one expression, its value as JSON. */
#include "cli.h"

#include "base/io.h"

#include <stddef.h>

/* Whether the folder one is in holds a course. Without one an expression has no variables; a course that was
 * named must be there. */
static bool is_course_here(void)
{
	return io_stat("workbook.md") != IO_NONE || io_stat("course.yaml") != IO_NONE;
}

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	bool load = !args->data && (args->course || is_course_here());
	cw_status status = load ? cli_load(c, args) : CW_OK;
	if (status == CW_OK)
		status = cw_eval(c, args->operand, args->data, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end_answer(c, args, status);
}

const cli_command cmd_eval = {
	.name = "eval",
	.operand = "EXPR",
	.operand_required = true,
	.operand_is_expression = true,
	.brief = "evaluate a CEL expression over the course's facts; the value as JSON",
	.details = "Without --data and -C, and where the folder you are in holds no course, there are no variables.",
	.options = {
		{ .name = "data", .value = "FILE", .brief = "variables from a JSON object, instead of a course",
			.member = offsetof(cli_args, data) },
		{ .name = "check", .brief = "check types before evaluating", .member = offsetof(cli_args, checked) },
	},
	.run = run,
};
