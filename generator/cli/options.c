/* Arguments against the tables: long options with "=value" or the value as the next word, letters that may
 * stand together, "--" before operands that begin with a dash. Everything that is wrong is said before the
 * usage. */
#include "cli.h"

#include "base/text.h"

#include <stddef.h>
#include <string.h>

typedef struct {
	const cli_command *command;
	cli_args *args;
	char **rest; /* ended by NULL */
	size_t errors;
	const char *course_operand;
} parser;

enum { WORDS_SIZE = 512 };

static void begin_error(parser *p)
{
	p->errors++;
	fputs("coursewright: ", stderr);
	if (p->command)
		fprintf(stderr, "%s: ", p->command->name);
}

static const cli_option *next_option(const cli_command *command, size_t *at)
{
	size_t own = 0;
	while (command && command->options[own].name)
		own++;
	size_t i = (*at)++;
	const cli_option *o = i < own ? &command->options[i] : &cli_everywhere[i - own];
	return o->name ? o : NULL;
}

static const cli_option *find_option(const cli_command *command, str name, char letter)
{
	const cli_option *o;
	for (size_t i = 0; (o = next_option(command, &i));)
		if (name.len ? str_eq(name, str_from(o->name)) : o->letter && o->letter == letter)
			return o;
	return NULL;
}

static void option_words(const cli_command *command, char *out, size_t size)
{
	const cli_option *o;
	size_t len = 0;
	for (size_t i = 0; (o = next_option(command, &i));) {
		size_t need = strlen(o->name) + 1;
		if (len + need >= size)
			break;
		memcpy(out + len, o->name, need - 1);
		out[len + need - 1] = ' ';
		len += need;
	}
	out[len] = '\0';
}

static bool is_choice(str word, const char *choices)
{
	for (str_cut cut = { .tail = str_from(choices), .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ' ');
		if (str_eq(cut.head, word))
			return true;
	}
	return false;
}

static void check_choice(parser *p, const char *what, const char *value, const char *choices, bool many)
{
	for (str_cut cut = { .tail = str_from(value), .ok = true }; cut.ok;) {
		cut = many ? str_split(cut.tail, ',') : (str_cut){ .head = cut.tail };
		if (is_choice(cut.head, choices))
			continue;
		begin_error(p);
		fprintf(stderr, "%s cannot be '%.*s'; it is %s: %s\n", what, STRF(cut.head),
			many ? "a list of" : "one of", choices);
	}
}

static void take_value(parser *p, const cli_option *o, const char *value)
{
	const char **slot = (const char **)(void *)((char *)p->args + o->member);
	if (*slot) {
		begin_error(p);
		fprintf(stderr, "--%s is given twice\n", o->name);
	}
	if (!*value) {
		begin_error(p);
		fprintf(stderr, "--%s is empty\n", o->name);
	}
	char what[64];
	snprintf(what, sizeof what, "--%s", o->name);
	if (o->choices)
		check_choice(p, what, value, o->choices, o->many);
	*slot = value;
}

static void take(parser *p, const cli_option *o, const char *attached)
{
	if (!o->value) {
		*(bool *)((char *)p->args + o->member) = true;
		if (!attached)
			return;
		begin_error(p);
		fprintf(stderr, "--%s takes no value\n", o->name);
	} else if (attached) {
		take_value(p, o, attached);
	} else if (*p->rest) {
		take_value(p, o, *p->rest++);
	} else {
		begin_error(p);
		fprintf(stderr, "--%s needs a value: %s\n", o->name, o->value);
	}
}

static void long_option(parser *p, const char *word)
{
	str_cut cut = str_split(str_from(word + 2), '=');
	const cli_option *o = find_option(p->command, cut.head, 0);
	if (o) {
		take(p, o, cut.ok ? cut.tail.ptr : NULL);
		return;
	}
	char name[64], words[WORDS_SIZE];
	snprintf(name, sizeof name, "%.*s", STRF(cut.head));
	option_words(p->command, words, sizeof words);
	begin_error(p);
	fprintf(stderr, "unknown option '--%s'", name);
	cli_did_you_mean(name, "--", words);
	fputc('\n', stderr);
}

static void letters(parser *p, const char *word)
{
	for (const char *c = word + 1; *c; c++) {
		const cli_option *o = find_option(p->command, STR(""), *c);
		if (!o) {
			begin_error(p);
			fprintf(stderr, "unknown option '-%c'\n", *c);
			return;
		}
		take(p, o, o->value && c[1] ? c + 1 : NULL);
		if (o->value)
			return;
	}
}

/* "-1", "-(x)" or "-x" where an expression is expected and there is no such option. */
static bool is_expression(const parser *p, const char *word)
{
	const cli_command *command = p->command;
	if (!command || !command->operand_is_expression || p->args->operand)
		return false;
	bool one = word[1] != '-';
	char first = one ? word[1] : word[2];
	return first && (one ? !find_option(command, STR(""), first) : !is_alpha(first));
}

static void operand(parser *p, const char *word)
{
	const cli_command *command = p->command;
	if (!command) {
		char words[WORDS_SIZE];
		p->command = cli_find(word);
		if (p->command)
			return;
		begin_error(p);
		fprintf(stderr, "unknown command '%s'", word);
		cli_command_words(words, sizeof words);
		cli_did_you_mean(word, "", words);
		fputc('\n', stderr);
		/* What follows belongs to a command that is not known. */
		while (*p->rest)
			p->rest++;
		return;
	}
	if (!command->operand || (p->args->operand && !command->operand_many)) {
		begin_error(p);
		fprintf(stderr, "'%s' is one word too many\n", word);
		return;
	}
	if (command->choices)
		check_choice(p, command->operand, word, command->choices, false);
	if (!p->args->operand)
		p->args->operand = word;
	if (p->args->operand_count < CLI_OPERANDS_MAX) {
		p->args->operands[p->args->operand_count++] = word;
		return;
	}
	begin_error(p);
	fprintf(stderr, "more than %d files; a folder stands for all files in it\n", CLI_OPERANDS_MAX);
	while (*p->rest)
		p->rest++;
}

static void check_date(parser *p, const char *name, const char *value, bool month)
{
	str date = str_from(value);
	if (!value || text_is_date(date) || (month && text_is_month(date)))
		return;
	begin_error(p);
	fprintf(stderr, "--%s needs a date as %sYYYY-MM-DD, not '%s'\n", name, month ? "YYYY-MM or " : "", value);
}

/* What can only be judged once everything has been read. */
static void check_whole(parser *p)
{
	const cli_command *command = p->command;
	cli_args *args = p->args;
	check_date(p, "as-of", args->as_of, false);
	check_date(p, "since", args->since, true);
	check_date(p, "until", args->until, true);
	if (!command)
		return;
	if (command->operand_required && !args->operand) {
		begin_error(p);
		fprintf(stderr, "%s is missing\n", command->operand);
	}
	for (const cli_option *o = command->options; o->name; o++)
		if (o->required && !*(const char **)(void *)((char *)args + o->member)) {
			begin_error(p);
			fprintf(stderr, "--%s %s is missing\n", o->name, o->value);
		}
	if (command->operand_is_course && args->operand) {
		if (args->course) {
			begin_error(p);
			fputs("the course is given twice, by -C and as an operand\n", stderr);
		}
		args->course = args->operand;
	}
}

bool cli_parse(const cli_command **command, cli_args *args, int argc, char **argv)
{
	parser p = { .args = args, .rest = argv + (argc > 0) };
	bool options = true;
	while (*p.rest) {
		const char *word = *p.rest++;
		if (options && strcmp(word, "--") == 0)
			options = false;
		else if (options && word[0] == '-' && is_expression(&p, word))
			operand(&p, word);
		else if (options && word[0] == '-' && word[1] == '-')
			long_option(&p, word);
		else if (options && word[0] == '-' && word[1])
			letters(&p, word);
		else
			operand(&p, word);
	}
	*command = p.command;
	if (!args->help && !args->version)
		check_whole(&p);
	if (p.errors)
		cli_usage(stderr, p.command);
	return p.errors == 0;
}
