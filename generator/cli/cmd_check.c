/* `coursewright check`: the quality checks. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_result result = CW_RESULT_INIT;
	cw_text text = { 0 };
	const char *format = args->format ? args->format : args->json ? "json" : "text";
	cw_status status = cli_load(c, args);
	if (status == CW_OK)
		status = cw_check(c, format, &text, &result);
	cli_print(text);
	int code = cli_end(c, args, status);
	return code == CLI_OK && result.errors ? CLI_INPUT : code;
}

const cli_command cmd_check = {
	.name = "check",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "run the quality checks on the course and its documents",
	.details = "Exit 1 if there are findings of level error. 'coursewright list checks' lists the checks.",
	.options = {
		{ .name = "format", .value = "FORMAT", .choices = "text json sarif", .brief = "how findings are printed",
			.member = offsetof(cli_args, format) },
	},
	.run = run,
};
