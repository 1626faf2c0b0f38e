/* `coursewright init`: a course folder to start from. */
#include "cli.h"

static int run(cw_context *c, const cli_args *args)
{
	cw_status status = cw_init(c, args->operand);
	int code = cli_end(c, args, status);
	if (status == CW_OK && !args->quiet && !args->json)
		fprintf(stderr, "made %s; next: coursewright build %s\n", args->operand, args->operand);
	return code;
}

const cli_command cmd_init = {
	.name = "init",
	.operand = "DIR",
	.operand_required = true,
	.brief = "make a course folder that builds at once",
	.details = "DIR must not exist, or be empty.",
	.run = run,
};
