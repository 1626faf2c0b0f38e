/* `coursewright list`: what there is. */
#include "cli.h"

#include <string.h>

enum { WORDS_SIZE = 512 };

static bool is_kind(const char *name)
{
	for (const char *const *kind = cw_list_kinds(); *kind; kind++)
		if (strcmp(*kind, name) == 0)
			return true;
	return false;
}

static int unknown_kind(const char *given)
{
	char words[WORDS_SIZE] = "";
	size_t len = 0;
	for (const char *const *kind = cw_list_kinds(); *kind && len < sizeof words; kind++)
		len += (size_t)snprintf(words + len, sizeof words - len, "%s%s", len ? " " : "", *kind);
	fprintf(stderr, "coursewright: list: unknown kind '%s'", given);
	cli_did_you_mean(given, "", words);
	fprintf(stderr, "\nkinds: %s\n", words);
	cli_usage(stderr, &cmd_list);
	return CLI_USAGE;
}

static void list_kinds(const cli_args *args)
{
	const char *const *kinds = cw_list_kinds();
	if (args->json)
		putchar('[');
	for (size_t i = 0; kinds[i]; i++)
		printf(args->json ? "%s\"%s\"" : "%s%s", i == 0 ? "" : args->json ? ", " : "\n", kinds[i]);
	puts(args->json ? "]" : "");
}

static int run(cw_context *c, const cli_args *args)
{
	if (!args->operand) {
		list_kinds(args);
		return CLI_OK;
	}
	if (!is_kind(args->operand))
		return unknown_kind(args->operand);
	cw_text text = { 0 };
	cw_status status = cw_list_needs_course(args->operand) ? cli_load(c, args) : CW_OK;
	if (status == CW_OK)
		status = cw_list(c, args->operand, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end_answer(c, args, status);
}

const cli_command cmd_list = {
	.name = "list",
	.operand = "KIND",
	.brief = "list skills, modules, rules, checks and other kinds of things",
	.details = "Without KIND: the kinds. Those that belong to a course need one.",
	.run = run,
};
