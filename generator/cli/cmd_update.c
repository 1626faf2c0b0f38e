/* `coursewright update`: the smallest change of the plan that new evidence justifies. */
#include "cli.h"

#include "base/io.h"

#include <stddef.h>

static bool has_plan(const cli_args *args)
{
	arena a = { 0 };
	str path = io_join(&a, str_from(args->course ? args->course : "."), STR("plan.yaml"));
	bool there = io_stat(path.ptr) == IO_FILE;
	arena_free(&a);
	return there;
}

static void say_outcome(const cli_args *args, cw_update_outcome outcome)
{
	static const char *const texts[] = {
		"nothing is new: the course stays as it is",
		NULL, /* the diagnostics say how much is missing */
		"written: plan.yaml, workbook.md and state/; 'coursewright build' renders the course",
		"nothing is written: see above what a person has to say yes to",
		"nothing is written: edits by hand are in the way",
	};
	const char *text = texts[outcome];
	if (outcome == CW_UPDATE_CHANGED && args->check)
		text = "nothing is written: --check";
	else if (outcome == CW_UPDATE_CHANGED && !has_plan(args))
		text = "nothing is written: this is no course folder";
	if (text && !args->json && !args->quiet)
		fprintf(stderr, "update: %s\n", text);
}

static int run(cw_context *c, const cli_args *args)
{
	cw_update_options options = CW_UPDATE_INIT;
	cw_update_outcome outcome;
	cw_text record = { 0 };
	if (!args->from != !args->to)
		return cli_misuse(
			&cmd_update, args->from ? "--from OLD needs --to NEW" : "--to NEW needs --from OLD");
	options.from = args->from;
	options.to = args->to;
	options.approved_by = args->approve;
	cli_progress_begin(args, "updating ...");
	cw_status status =
		cw_update(c, args->course ? args->course : ".", &options, cli_flags(args), &record, &outcome);
	cli_progress_end();
	cli_print(record);
	int code = cli_end_answer(c, args, status);
	if (status == CW_OK || outcome == CW_UPDATE_APPROVAL || outcome == CW_UPDATE_CONFLICT)
		say_outcome(args, outcome);
	return status == CW_OK && args->check && outcome == CW_UPDATE_CHANGED ? CLI_INPUT : code;
}

const cli_command cmd_update = {
	.name = "update",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "follow new postings with the smallest justified change",
	.details = "What is new comes from the ledger (after 'coursewright ingest'), or from two workbooks. The record of the\n"
			   "change goes to standard output. Edits of plan.yaml by hand are kept; where they are in the way, nothing is\n"
			   "written. With --check the exit status is 1 if a change is due, and nothing is written.",
	.options = {
		{ .name = "check", .brief = "say what would change, and change nothing", .member = offsetof(cli_args, check) },
		{ .name = "from", .value = "OLD", .brief = "the workbook that the plan was made from; with --to", .member = offsetof(cli_args, from) },
		{ .name = "to", .value = "NEW", .brief = "the new workbook; becomes workbook.md of a course folder", .member = offsetof(cli_args, to) },
		{ .name = "approve", .value = "NAME", .brief = "say yes, in this name, to changes above the thresholds", .member = offsetof(cli_args, approve) },
	},
	.run = run,
};
