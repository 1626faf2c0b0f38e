/* Usage and help, made from the tables. */
#include "cli.h"

#include <string.h>

void cli_print_option(FILE *to, const cli_option *o)
{
	if (o->letter)
		fprintf(to, "-%c", o->letter);
	else
		fprintf(to, "--%s", o->name);
	if (o->value)
		fprintf(to, " %s", o->value);
}

void cli_usage(FILE *to, const cli_command *command)
{
	if (!command) {
		fputs("usage: coursewright [-C COURSE] COMMAND ...\n", to);
		if (to == stderr)
			fputs("'coursewright --help' lists the commands.\n", to);
		return;
	}
	fprintf(to, "usage: coursewright %s", command->name);
	if (command->operand)
		fprintf(to, command->operand_required ? " %s" : " [%s]", command->operand);
	for (const cli_option *o = command->options; o->name; o++) {
		fputs(o->required ? " " : " [", to);
		cli_print_option(to, o);
		fputs(o->required ? "" : "]", to);
	}
	fputc('\n', to);
	if (to == stderr)
		fprintf(to, "'coursewright %s --help' says more.\n", command->name);
}

static void help_option(const cli_option *o)
{
	char left[64];
	size_t len = 0;
	if (o->letter)
		len = (size_t)snprintf(left, sizeof left, "-%c, ", o->letter);
	else
		len = (size_t)snprintf(left, sizeof left, "    ");
	snprintf(
		left + len, sizeof left - len, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	printf("  %-22s %s", left, o->brief);
	if (o->choices)
		printf(" (%s)", o->choices);
	putchar('\n');
}

static void help_options(const char *title, const cli_option *o)
{
	if (!o->name)
		return;
	printf("\n%s\n", title);
	for (; o->name; o++)
		help_option(o);
}

void cli_help(const cli_command *command)
{
	cli_usage(stdout, command);
	if (!command) {
		puts(
			"\nFrom a job posting analysis workbook to a course that can be taught and graded.\n\nCommands:");
		for (size_t i = 0; cli_commands[i]; i++)
			printf("  %-12s %s\n", cli_commands[i]->name, cli_commands[i]->brief);
	} else {
		printf("\n%s\n", command->brief);
		if (command->details)
			printf("\n%s\n", command->details);
		if (command->choices)
			printf("\n%s: %s\n", command->operand, command->choices);
		help_options("Options:", command->options);
	}
	help_options("Options of every command:", cli_everywhere);
	if (!command)
		puts("\nExit status: 0 fine, 1 the input has errors, 2 usage, 3 system.\n"
			 "'coursewright help COMMAND' and coursewright(1) say more.");
}
