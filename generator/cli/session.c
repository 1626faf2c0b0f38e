/* What the commands share: loading the course, saying what is wrong, summing up. */
#include "cli.h"

#include <stdarg.h>

int cli_misuse(const cli_command *command, const char *format, ...)
{
	va_list list;
	fprintf(stderr, "coursewright: %s%s", command ? command->name : "", command ? ": " : "");
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	cli_usage(stderr, command);
	return CLI_USAGE;
}

cw_status cli_load(cw_context *c, const cli_args *args)
{
	return cw_load(c, args->course ? args->course : ".");
}

static int exit_status(cw_status status)
{
	switch (status) {
	case CW_OK:
		return CLI_OK;
	case CW_EINPUT:
		return CLI_INPUT;
	case CW_ENOMEM:
	case CW_EIO:
		break;
	}
	return CLI_SYSTEM;
}

static int end(cw_context *c, const cli_args *args, cw_status status, unsigned flags)
{
	bool talk = !args->quiet || status != CW_OK;
	cw_text text = c && talk ? cw_diagnostics(c, cli_flags(args) | flags) : (cw_text){ 0 };
	if (text.len)
		fwrite(text.ptr, 1, text.len, stderr);
	if (text.len && text.ptr[text.len - 1] != '\n')
		fputc('\n', stderr);
	if (status == CW_ENOMEM)
		fputs("coursewright: out of memory\n", stderr);
	return exit_status(status);
}

int cli_end(cw_context *c, const cli_args *args, cw_status status)
{
	return end(c, args, status, 0);
}

int cli_end_answer(cw_context *c, const cli_args *args, cw_status status)
{
	return end(c, args, status, CW_ANSWER);
}

unsigned cli_flags(const cli_args *args)
{
	return (args->json ? CW_JSON : 0u) | (args->force ? CW_FORCE : 0u) | (args->strict ? CW_STRICT : 0u) |
		   (args->checked ? CW_CHECKED : 0u) | (args->lenient ? CW_LENIENT : 0u) | (args->all ? CW_ALL : 0u) |
		   (args->check ? CW_DRY : 0u);
}

void cli_print(cw_text text)
{
	if (text.len)
		fwrite(text.ptr, 1, text.len, stdout);
	if (text.len && text.ptr[text.len - 1] != '\n')
		putchar('\n');
}

static void count(const char *before, size_t n, const char *one, const char *many)
{
	fprintf(stderr, "%s%zu %s", before, n, n == 1 ? one : many);
}

static void summary_json(const cw_result *r)
{
	printf("{\n  \"modules\": %zu,\n  \"labs\": %zu,\n  \"scenarios\": %zu,\n  \"hours\": %.10g,\n",
		r->modules, r->labs, r->scenarios, r->hours);
	printf("  \"written\": %zu,\n  \"unchanged\": %zu,\n  \"removed\": %zu,\n  \"kept\": %zu,\n", r->written,
		r->unchanged, r->removed, r->kept);
	printf(
		"  \"errors\": %zu,\n  \"warnings\": %zu,\n  \"infos\": %zu\n}\n", r->errors, r->warnings, r->infos);
}

void cli_summary(const cli_args *args, const cw_result *r)
{
	if (args->json) {
		summary_json(r);
		return;
	}
	if (args->quiet)
		return;
	count("", r->modules, "module", "modules");
	count(", ", r->labs, "lab", "labs");
	count(", ", r->scenarios, "scenario", "scenarios");
	fprintf(stderr, ", %.10g hours\n", r->hours);
	count("", r->written, "file written", "files written");
	fprintf(stderr, ", %zu unchanged, %zu removed, %zu kept\n", r->unchanged, r->removed, r->kept);
	count("quality checks: ", r->errors, "error", "errors");
	count(", ", r->warnings, "warning", "warnings");
	fprintf(stderr, ", %zu for information\n", r->infos);
	if (r->errors + r->warnings + r->infos)
		fputs("'coursewright check' shows them.\n", stderr);
}
