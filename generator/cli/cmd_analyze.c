/* `coursewright analyze`: the workbook from the ledger. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

static cw_status deliver(cw_context *c, const cli_args *args, cw_text workbook)
{
	cw_text written = { 0 };
	if (args->output && strcmp(args->output, "-") == 0) {
		cli_print(workbook);
		return CW_OK;
	}
	cw_status status = cw_write_workbook(c, workbook, args->output, cli_flags(args), &written);
	if (status == CW_OK && !args->quiet && !args->json)
		fprintf(stderr, "workbook: %.*s\n", (int)written.len, written.ptr);
	return status;
}

static int run(cw_context *c, const cli_args *args)
{
	cw_analysis options = CW_ANALYSIS_INIT;
	cw_text workbook = { 0 };
	options.since = args->since;
	options.until = args->until;
	options.region = args->region;
	options.employer = args->employer;
	cli_progress_begin(args, "analyzing ...");
	cw_status status = cw_analyze(c, args->course ? args->course : ".", &options, &workbook);
	cli_progress_end();
	if (status == CW_OK)
		status = deliver(c, args, workbook);
	return cli_end(c, args, status);
}

const cli_command cmd_analyze = {
	.name = "analyze",
	.brief = "write the workbook from the ledger",
	.details = "Without --output the workbook is workbook.md of the course folder; one that a person wrote or\n"
			   "edited is not replaced without --force.",
	.options = {
		{ .name = "output", .letter = 'o', .value = "FILE", .brief = "write it there; - is standard output", .member = offsetof(cli_args, output) },
		{ .name = "since", .value = "DATE", .brief = "count postings from this month on (YYYY-MM or YYYY-MM-DD)", .member = offsetof(cli_args, since) },
		{ .name = "until", .value = "DATE", .brief = "count postings up to this month", .member = offsetof(cli_args, until) },
		{ .name = "region", .value = "WORDS", .brief = "count postings whose region has these words", .member = offsetof(cli_args, region) },
		{ .name = "employer", .value = "WORDS", .brief = "count postings whose employer has these words", .member = offsetof(cli_args, employer) },
		{ .name = "force", .brief = "replace a workbook.md that a person wrote or edited", .member = offsetof(cli_args, force) },
	},
	.run = run,
};
