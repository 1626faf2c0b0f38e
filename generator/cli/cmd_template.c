/* `coursewright template`: one template, rendered to stdout byte for byte. */
#include "cli.h"

#include <stddef.h>

static int run(cw_context *c, const cli_args *args)
{
	cw_text text = { 0 };
	cw_status status = cw_template(c, args->operand, args->data, args->partials, cli_flags(args), &text);
	if (status == CW_OK && text.len)
		fwrite(text.ptr, 1, text.len, stdout);
	return cli_end(c, args, status);
}

const cli_command cmd_template = {
	.name = "template",
	.operand = "FILE",
	.operand_required = true,
	.brief = "render one template to standard output",
	.details = "The name says how values are escaped: NAME.FORMAT.mustache; an unknown FORMAT is HTML.",
	.options = {
		{ .name = "data", .value = "FILE", .required = true, .brief = "the view: a JSON file",
			.member = offsetof(cli_args, data) },
		{ .name = "partials", .value = "DIR", .brief = "folder of partials (default: the template's)",
			.member = offsetof(cli_args, partials) },
		{ .name = "lenient", .brief = "a missing name prints nothing instead of being an error",
			.member = offsetof(cli_args, lenient) },
	},
	.run = run,
};
