/* `coursewright version`: the same as --version. */
#include "cli.h"

static int run(cw_context *c, const cli_args *args)
{
	(void)c;
	printf(args->json ? "{\"version\": \"%s\"}\n" : "coursewright %s\n", cw_version());
	return CLI_OK;
}

const cli_command cmd_version = {
	.name = "version",
	.brief = "the version of the program",
	.run = run,
};
