/* `coursewright completion`: a completion script for a shell, made from the tables. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

enum { WORDS_SIZE = 512 };

static void option_words(const cli_option *o)
{
	for (; o->name; o++) {
		if (o->letter)
			printf(" -%c", o->letter);
		printf(" --%s", o->name);
	}
}

static void offered_words(const char *const *word)
{
	fputs(") words='", stdout);
	for (const char *before = ""; *word; word++, before = " ")
		printf("%s%s", before, *word);
	puts("' ;;");
}

/* The values of options: words to choose from, or whatever the shell offers by itself. */
static void option_values(const char *command, const cli_option *o)
{
	for (; o->name; o++) {
		if (!o->value)
			continue;
		printf("\t%s:--%s", command, o->name);
		if (o->letter)
			printf(" | %s:-%c", command, o->letter);
		if (o->choices)
			printf(") words='%s' ;;\n", o->choices);
		else if (o->offers)
			offered_words(o->offers());
		else
			puts(") return ;;");
	}
}

/* Words that can be the operand; "" if the shell is to offer files. */
static void operand_words(const cli_command *command, char *out, size_t size)
{
	out[0] = '\0';
	if (command->choices)
		snprintf(out, size, "%s", command->choices);
	else if (command == &cmd_help)
		cli_command_words(out, size);
	else if (command == &cmd_list)
		for (const char *const *kind = cw_list_kinds(); *kind; kind++)
			snprintf(out + strlen(out), size - strlen(out), "%s%s", out[0] ? " " : "", *kind);
}

static void find_command(void)
{
	puts("\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' words='' i\n"
		 "\tCOMPREPLY=()\n"
		 "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		 "\t\tcase ${COMP_WORDS[i]} in");
	for (const cli_option *o = cli_everywhere; o->name; o++) {
		if (!o->value)
			continue;
		fputs("\t\t", stdout);
		if (o->letter)
			printf("-%c | ", o->letter);
		printf("--%s) i=$((i + 1)) ;;\n", o->name);
	}
	puts("\t\t-*) ;;\n\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone");
}

static void offer(void)
{
	char words[WORDS_SIZE];
	puts("\tcase $command:$prev in");
	for (size_t i = 0; cli_commands[i]; i++)
		option_values(cli_commands[i]->name, cli_commands[i]->options);
	option_values("*", cli_everywhere);
	puts("\tesac\n\tif [[ -z $words ]]; then\n\t\tcase $command:$cur in");
	for (size_t i = 0; cli_commands[i]; i++) {
		printf("\t\t%s:-*) words='", cli_commands[i]->name);
		option_words(cli_commands[i]->options);
		puts("' ;;");
		operand_words(cli_commands[i], words, sizeof words);
		if (words[0])
			printf("\t\t%s:*) words='%s' ;;\n", cli_commands[i]->name, words);
	}
	cli_command_words(words, sizeof words);
	fputs("\t\tesac\n\t\tcase $command:$cur in\n\t\t*:-*) words+='", stdout);
	option_words(cli_everywhere);
	printf("' ;;\n\t\t:*) words='%s' ;;\n\t\tesac\n\tfi\n", words);
}

static int run(cw_context *c, const cli_args *args)
{
	(void)c;
	if (strcmp(args->operand, "zsh") == 0)
		puts("#compdef coursewright\nautoload -U +X bashcompinit && bashcompinit");
	else
		puts("# Completion for bash: put this where bash-completion looks, or source it.");
	puts("_coursewright()\n{");
	find_command();
	offer();
	puts("\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
		 "complete -o bashdefault -o default -F _coursewright coursewright");
	return CLI_OK;
}

const cli_command cmd_completion = {
	.name = "completion",
	.operand = "SHELL",
	.operand_required = true,
	.choices = "bash zsh",
	.brief = "a completion script for the shell",
	.run = run,
};
