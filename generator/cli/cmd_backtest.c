/* `coursewright backtest`: what policies would have done with past evidence. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	const char *course = args->course ? args->course : ".";
	cli_progress_begin(args, "replaying ...");
	cw_status status = cw_backtest(c, course, args->windows, args->output, cli_flags(args), &text);
	cli_progress_end();
	if (status == CW_OK) {
		cli_print(text);
		if (args->output && !args->quiet && !args->json)
			fprintf(stderr, "picture: %s\n", args->output);
	}
	return cli_end(c, args, status);
}

const cli_command cmd_backtest = {
	.name = "backtest",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "replay past evidence under several policies",
	.details = "LIST is a number of windows of equally many months, or the months with which windows end, such as\n"
			   "2025-09,2025-11,2025-12.",
	.options = {
		{ .name = "windows", .value = "LIST", .brief = "the windows of time to replay", .required = true, .member = offsetof(cli_args, windows) },
		{ .name = "output", .letter = 'o', .value = "FILE", .brief = "write a picture of it there, as SVG", .member = offsetof(cli_args, output) },
	},
	.run = run,
};
