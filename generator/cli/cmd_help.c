/* `coursewright help`: the same as --help. */
#include "cli.h"

static int run(cw_context *c, const cli_args *args)
{
	(void)c;
	const cli_command *command = args->operand ? cli_find(args->operand) : NULL;
	if (args->operand && !command) {
		char words[512];
		fprintf(stderr, "coursewright: help: unknown command '%s'", args->operand);
		cli_command_words(words, sizeof words);
		cli_did_you_mean(args->operand, "", words);
		fputc('\n', stderr);
		cli_usage(stderr, &cmd_help);
		return CLI_USAGE;
	}
	cli_help(command);
	return CLI_OK;
}

const cli_command cmd_help = {
	.name = "help",
	.operand = "COMMAND",
	.brief = "what a command does and takes",
	.run = run,
};
