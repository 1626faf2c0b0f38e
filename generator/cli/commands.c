/* The table of commands and the options that all of them take. */
#include "cli.h"

#include "base/text.h"

#include <stddef.h>
#include <string.h>

const cli_command *const cli_commands[] = {
#define X(name) &cmd_##name,
	CLI_COMMANDS(X)
#undef X
		NULL
};

const cli_option cli_everywhere[] = {
	{ .name = "course",
		.letter = 'C',
		.value = "COURSE",
		.brief = "folder or workbook file to work on (default: .)",
		.member = offsetof(cli_args, course) },
	{ .name = "data-dir",
		.value = "DIR",
		.brief = "folder of the shipped catalog/, rubrics/ and templates/",
		.member = offsetof(cli_args, data_dir) },
	{ .name = "as-of",
		.value = "DATE",
		.brief = "judge expiry against YYYY-MM-DD (default: the latest date in the input)",
		.member = offsetof(cli_args, as_of) },
	{ .name = "json",
		.brief = "data and diagnostics as JSON, for machines",
		.member = offsetof(cli_args, json) },
	{ .name = "quiet",
		.letter = 'q',
		.brief = "say nothing on stderr unless there is an error",
		.member = offsetof(cli_args, quiet) },
	{ .name = "help", .letter = 'h', .brief = "this help", .member = offsetof(cli_args, help) },
	{ .name = "version", .brief = "the program's version", .member = offsetof(cli_args, version) },
	{ 0 },
};

const cli_command *cli_find(const char *name)
{
	for (size_t i = 0; cli_commands[i]; i++)
		if (strcmp(cli_commands[i]->name, name) == 0)
			return cli_commands[i];
	return NULL;
}

enum { WORDS_MAX = 64 };

void cli_did_you_mean(const char *given, const char *dashes, const char *words)
{
	str list[WORDS_MAX];
	size_t count = 0;
	for (str_cut cut = { .tail = str_from(words), .ok = true }; cut.ok && count < WORDS_MAX;) {
		cut = str_split(cut.tail, ' ');
		if (cut.head.len)
			list[count++] = cut.head;
	}
	str best = text_suggest(str_from(given), list, count);
	if (best.len)
		fprintf(stderr, "; did you mean '%s%.*s'?", dashes, STRF(best));
}

size_t cli_command_words(char *out, size_t size)
{
	size_t len = 0;
	for (size_t i = 0; cli_commands[i]; i++) {
		size_t need = strlen(cli_commands[i]->name) + 1;
		if (len + need >= size)
			break;
		memcpy(out + len, cli_commands[i]->name, need - 1);
		out[len + need - 1] = ' ';
		len += need;
	}
	out[len ? --len : 0] = '\0';
	return len;
}
