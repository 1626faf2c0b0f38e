/* Finding and running a case. */
#define _POSIX_C_SOURCE 200809L
#include "case.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bad input has to be refused in bounded time; sanitizers and a busy machine are allowed for. */
enum { CPU_SECONDS = 60, WALL_SECONDS = 180, NOT_STARTED = 127 };

list_str cases_find(arena *a, str root)
{
	vec_str found = { 0 };
	list_str paths = io_walk(a, root.ptr, STR("cmd"));
	EACH (const str, path, paths)
		if (str_eq(io_base(*path), STR("cmd")))
			vec_push(a, &found, arena_str(a, io_parent(*path)));
	return (list_str){ .ptr = found.ptr, .len = found.len };
}

static bool is_name(char c)
{
	return is_alnum(c) || c == '_';
}

static size_t expand(arena *a, buf *word, str line, size_t at)
{
	size_t end = at;
	while (end < line.len && is_name(line.ptr[end]))
		end++;
	const char *found = getenv(arena_cstr(a, str_sub(line, at, end - at)));
	buf_str(word, str_from(found));
	return end;
}

static size_t next_word(arena *a, buf *word, str line, size_t at)
{
	char quote = 0;
	for (; at < line.len; at++) {
		char c = line.ptr[at];
		if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		else if (!quote && is_space(c))
			break;
		else if (c == '\\' && quote != '\'' && at + 1 < line.len)
			buf_char(word, line.ptr[++at]);
		else if (c == '$' && quote != '\'' && at + 1 < line.len && is_name(line.ptr[at + 1]))
			at = expand(a, word, line, at + 1) - 1;
		else
			buf_char(word, c);
	}
	return at;
}

char **case_words(arena *a, str line)
{
	VEC(char *) words = { 0 };
	for (size_t at = 0; at < line.len;) {
		if (is_space(line.ptr[at])) {
			at++;
			continue;
		}
		buf word = { .arena = a };
		at = next_word(a, &word, line, at);
		buf_char(&word, '\0');
		vec_push(a, &words, word.ptr);
	}
	vec_push(a, &words, NULL);
	return words.ptr;
}

static void child(char **argv, str scratch)
{
	struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS };
	int in = open("/dev/null", O_RDONLY);
	int out =
		open(arena_printf(&(arena){ 0 }, "%.*s.out", STRF(scratch)).ptr, O_WRONLY | O_CREAT | O_APPEND, 0666);
	int err =
		open(arena_printf(&(arena){ 0 }, "%.*s.err", STRF(scratch)).ptr, O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 ||
		chdir(scratch.ptr) != 0 || setrlimit(RLIMIT_CPU, &cpu) != 0)
		_exit(NOT_STARTED);
	unsetenv("COURSEWRIGHT_DATA");
	alarm(WALL_SECONDS);
	execv(argv[0], argv);
	_exit(NOT_STARTED);
}

/* The exit status; -1 if it was killed or could not be started. */
static int spawn(char **argv, str scratch)
{
	pid_t pid = fork();
	if (pid == 0)
		child(argv, scratch);
	int status;
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
		WEXITSTATUS(status) == NOT_STARTED)
		return -1;
	return WEXITSTATUS(status);
}

static int run_line(arena *a, str line, str scratch, bool *shell)
{
	*shell = str_starts(line, STR("$"));
	if (*shell) {
		char shell_path[] = "/bin/sh", flag[] = "-c";
		char *argv[] = { shell_path, flag, (char *)arena_cstr(a, str_skip(line, 1)), NULL };
		return spawn(argv, scratch);
	}
	char **words = case_words(a, line);
	size_t count = 0;
	while (words[count])
		count++;
	char **argv = NEWN(a, char *, count + 2);
	memcpy(argv + 1, words, count * sizeof *words);
	argv[0] = (char *)arena_cstr(a, str_from(getenv("CW_BIN")));
	return spawn(argv, scratch);
}

/* These are about the case, not its input. */
static bool is_expectation(str name)
{
	static const char *const names[] = { "cmd", "stdout", "stderr", "exit", "want", "skip-without-shared" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq(name, str_from(names[i])))
			return true;
	return false;
}

static const char *prepare(arena *a, str folder, str scratch)
{
	files_remove(a, scratch);
	files_remove(a, arena_printf(a, "%.*s.out", STRF(scratch)));
	files_remove(a, arena_printf(a, "%.*s.err", STRF(scratch)));
	diags d = { .arena = a };
	if (!io_make_folders(scratch.ptr, &d))
		return "the scratch folder cannot be made";
	list_str names = io_list(a, folder.ptr);
	EACH (const str, name, names)
		if (!is_expectation(*name) && !files_copy(a, io_join(a, folder, *name), io_join(a, scratch, *name)))
			return "the case cannot be copied";
	return NULL;
}

void case_do(case_run *out, arena *a, str folder, str scratch)
{
	*out = (case_run){ .out.arena = a, .err.arena = a, .trouble = prepare(a, folder, scratch) };
	str lines = files_read(a, io_join(a, folder, STR("cmd")));
	for (str_cut cut = { .tail = lines, .ok = true }; cut.ok && !out->trouble;) {
		cut = str_split(cut.tail, '\n');
		if (!cut.head.len)
			continue;
		bool shell;
		int status = run_line(a, cut.head, scratch, &shell);
		if (status < 0)
			out->trouble = arena_printf(a, "killed, or not started: %.*s", STRF(cut.head)).ptr;
		else if (shell && status)
			out->trouble = arena_printf(a, "exit %d: %.*s", status, STRF(cut.head)).ptr;
		else if (status > out->exit)
			out->exit = status;
	}
	buf_str(&out->out, files_read(a, arena_printf(a, "%.*s.out", STRF(scratch))));
	buf_str(&out->err, files_read(a, arena_printf(a, "%.*s.err", STRF(scratch))));
}
