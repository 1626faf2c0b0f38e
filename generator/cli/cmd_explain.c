/* `coursewright explain`: why something is there, or is not. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cli_load(c, args);
	if (status == CW_OK)
		status = cw_explain(c, args->operand, cli_flags(args), &text);
	if (status == CW_OK)
		cli_print(text);
	return cli_end_answer(c, args, status);
}

const cli_command cmd_explain = {
	.name = "explain",
	.operand = "ADDRESS",
	.operand_required = true,
	.brief = "why an item or a number is there, or is not: evidence, rule, values",
	.details =
		"ADDRESS is KIND:ID or KIND:ID.FIELD, such as skill:gpu-optimization-cuda.share or\n"
		"module:k8s-operators.hours; every number in the HTML carries its address as data-why.\n"
		"KIND is sample, course, experience, week, skill, technology, theme, insight, module, lab,\n"
		"scenario, rule, concept, posting, outcome, activity, metric, guardrail, criterion or grade. Of what\n"
		"is not in the course it names the rules that came nearest, what kept them, and how many postings\n"
		"would change it. In a course folder with a ledger, counts lead on to the postings behind them, and\n"
		"the ID of a posting may be its beginning, six digits or more.",
	.options = {
		{ .name = "all", .brief = "list all postings behind a count, not only the first ten", .member = offsetof(cli_args, all) },
	},
	.run = run,
};
