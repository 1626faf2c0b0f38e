/* The command table: sorted, parsed as it says, and in step with the man pages and the golden cases. */
#include "check.h"

#include "base/io.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static str source_file(arena *a, const char *path)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	return io_join(a, str_from(root ? root : "."), str_from(path));
}

static str read_file(arena *a, str path)
{
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	str text;
	return io_read(&text, a, path.ptr, &d) ? text : STR("");
}

static bool parse(const cli_command **command, cli_args *args, const char *const *words)
{
	int count = 0;
	while (words[count])
		count++;
	*args = (cli_args){ 0 };
	return cli_parse(command, args, count, (char **)(uintptr_t)words);
}

#define WORDS(...) ((const char *const[]){ "coursewright", __VA_ARGS__, NULL })

Test(cli, table_is_sorted_and_complete)
{
	for (size_t i = 0; cli_commands[i]; i++) {
		const cli_command *c = cli_commands[i];
		cr_expect(c->name && c->brief && c->run, "row %zu", i);
		cr_expect(i == 0 || strcmp(cli_commands[i - 1]->name, c->name) < 0, "%s is out of order", c->name);
		cr_expect_eq(cli_find(c->name), c);
		cr_expect(c->operand || !c->operand_is_course, "%s", c->name);
		for (const cli_option *o = c->options; o->name; o++)
			cr_expect(o->brief && o->member < sizeof(cli_args), "%s --%s", c->name, o->name);
	}
	cr_expect_null(cli_find("bild"));
}

Test(cli, no_option_hides_another)
{
	for (size_t i = 0; cli_commands[i]; i++)
		for (const cli_option *o = cli_commands[i]->options; o->name; o++)
			for (const cli_option *e = cli_everywhere; e->name; e++)
				cr_expect(strcmp(o->name, e->name) != 0 && (!o->letter || o->letter != e->letter), "%s --%s",
					cli_commands[i]->name, o->name);
}

Test(cli, options_in_every_spelling)
{
	const cli_command *command;
	cli_args args;
	cr_assert(parse(&command, &args, WORDS("build", "--output=x", "--strict", "in")));
	cr_expect_eq(command, &cmd_build);
	cr_expect_str_eq(args.output, "x");
	cr_expect_str_eq(args.course, "in");
	cr_expect(args.strict && !args.force);
	cr_assert(parse(&command, &args, WORDS("-qC", "in", "build", "-ox", "--as-of", "2024-02-29")));
	cr_expect_str_eq(args.output, "x");
	cr_expect_str_eq(args.course, "in");
	cr_expect(args.quiet);
	cr_assert(parse(&command, &args, WORDS("explain", "--", "--odd")));
	cr_expect_str_eq(args.operand, "--odd");
	cr_assert(parse(&command, &args, WORDS("template", "f", "--data", "-")));
	cr_expect_str_eq(args.data, "-");
	cr_assert(parse(&command, &args, WORDS("eval", "")));
	cr_expect_str_eq(args.operand, "");
	cr_assert(parse(&command, &args, WORDS("--help")));
	cr_expect(args.help && !command);
}

Test(cli, misuse_is_refused)
{
	static const char *const lines[][5] = {
		{ "coursewright", "bild" },
		{ "coursewright", "build", "--stict" },
		{ "coursewright", "build", "a", "b" },
		{ "coursewright", "-C", "a", "build", "b" },
		{ "coursewright", "build", "-o" },
		{ "coursewright", "build", "--strict=yes" },
		{ "coursewright", "build", "-x" },
		{ "coursewright", "build", "-oa", "-ob" },
		{ "coursewright", "explain" },
		{ "coursewright", "template", "f" },
		{ "coursewright", "check", "--format=pdf" },
		{ "coursewright", "render", "--format=md,,html" },
		{ "coursewright", "completion", "tcsh" },
		{ "coursewright", "version", "x" },
		{ "coursewright", "plan", "--as-of=" },
		{ "coursewright", "plan", "--as-of=2023-02-29" },
		{ "coursewright", "plan", "--as-of=2023-13-01" },
		{ "coursewright", "plan", "--as-of=2023-01-01x" },
		{ "coursewright", "plan", "--as-of=2023-1-1" },
	};
	for (size_t i = 0; i < COUNT(lines); i++) {
		const cli_command *command;
		cli_args args;
		cr_expect(parse(&command, &args, lines[i]) == false, "line %zu is taken", i);
	}
}

static void check_options(arena *a, str page, const cli_option *o, const char *name)
{
	for (; o->name; o++) {
		str flag = arena_printf(a, "Fl -%s", o->name);
		cr_expect(str_find(page, flag, 0) != SIZE_MAX, "%s does not say --%s", name, o->name);
	}
}

Test(cli, man_page_of_every_command)
{
	arena a = { 0 };
	str main_page = read_file(&a, source_file(&a, "docs/man/coursewright.1"));
	check_options(&a, main_page, cli_everywhere, "coursewright.1");
	for (size_t i = 0; cli_commands[i]; i++) {
		const cli_command *c = cli_commands[i];
		str name = arena_printf(&a, "docs/man/coursewright-%s.1", c->name);
		str page = read_file(&a, source_file(&a, name.ptr));
		cr_expect(page.len > 0, "%s is missing", name.ptr);
		check_options(&a, page, c->options, name.ptr);
		str link = arena_printf(&a, "Xr coursewright-%s 1", c->name);
		cr_expect(str_find(main_page, link, 0) != SIZE_MAX, "coursewright.1 does not name %s", c->name);
		cr_expect(c->operand == NULL || str_find(page, arena_printf(&a, "Ar %s", c->operand), 0) != SIZE_MAX,
			"%s does not say %s", name.ptr, c->operand);
	}
	arena_free(&a);
	NO_LEAKS();
}

static bool has_case(arena *a, str folder, const char *command)
{
	str begin = arena_printf(a, "%s ", command), alone = arena_printf(a, "%s\n", command);
	list_str paths = io_walk(a, folder.ptr, STR("cmd"));
	EACH (const str, path, paths) {
		for (str_cut line = { .tail = read_file(a, io_join(a, folder, *path)), .ok = true }; line.ok;) {
			str at = line.tail;
			line = str_split(line.tail, '\n');
			if (str_starts(at, begin) || str_starts(at, alone))
				return true;
		}
	}
	return false;
}

Test(cli, case_of_every_command)
{
	arena a = { 0 };
	str folder = source_file(&a, "tests/cases");
	for (size_t i = 0; cli_commands[i]; i++)
		cr_expect(has_case(&a, folder, cli_commands[i]->name), "no case runs %s", cli_commands[i]->name);
	arena_free(&a);
	NO_LEAKS();
}
