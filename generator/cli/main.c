/* The program: arguments, one context, one command, and whether all of its output could be written. */
#include "cli.h"

#include <errno.h>
#include <string.h>

static int run(const cli_command *command, const cli_args *args)
{
	cw_options options = CW_OPTIONS_INIT;
	options.data_dir = args->data_dir;
	options.as_of = args->as_of;
	cw_context *c;
	if (cw_open(&c, &options) != CW_OK)
		return cli_end(NULL, args, CW_ENOMEM);
	int status = command->run(c, args);
	cw_close(c);
	return status;
}

static int dispatch(int argc, char **argv)
{
	const cli_command *command;
	cli_args args = { 0 };
	if (!cli_parse(&command, &args, argc, argv))
		return CLI_USAGE;
	if (args.help) {
		cli_help(command);
		return CLI_OK;
	}
	if (args.version)
		return cmd_version.run(NULL, &args);
	if (!command)
		return cli_misuse(NULL, "COMMAND is missing");
	return run(command, &args);
}

int main(int argc, char **argv)
{
	int status = dispatch(argc, argv);
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "coursewright: cannot write to standard output%s%s\n", errno ? ": " : "",
		errno ? strerror(errno) : "");
	return CLI_SYSTEM;
}
