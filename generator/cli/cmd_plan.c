/* `coursewright plan`: plan.yaml only; for a bare workbook, which has no folder, to stdout. */
#include "cli.h"

#include "base/io.h"
#include "base/json.h"

#include <stddef.h>

static void say_where(const cli_args *args, cw_text path)
{
	if (args->json) {
		arena a = { 0 };
		buf b = { .arena = &a };
		json_string(&b, (str){ .ptr = path.ptr, .len = path.len });
		printf("{\"plan\": %.*s}\n", STRF(buf_done(&b)));
		arena_free(&a);
	} else if (!args->quiet) {
		fprintf(stderr, "plan: %.*s\n", (int)path.len, path.ptr);
	}
}

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cw_plan(c, args->course ? args->course : ".", cli_flags(args), &text);
	int code = cli_end(c, args, status);
	if (status != CW_OK)
		return code;
	if (io_stat(args->course ? args->course : ".") == IO_FOLDER)
		say_where(args, text);
	else
		cli_print(text);
	return code;
}

const cli_command cmd_plan = {
	.name = "plan",
	.operand = "COURSE",
	.operand_is_course = true,
	.brief = "write plan.yaml only",
	.details = "A plan that a person edited is not replaced without --force; decisions in it are kept. The plan\n"
			   "of a bare workbook goes to standard output.",
	.options = {
		{ .name = "force", .brief = "replace a plan that a person edited", .member = offsetof(cli_args, force) },
	},
	.run = run,
};
