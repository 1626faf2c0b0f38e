/* A file as a window that moves over it. The window grows only as far as somebody wants to see at once. */
#define _POSIX_C_SOURCE 200809L
#include "read/posting_parts.h"

#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

static bool make_room(posting_input *in)
{
	if (in->from && in->from >= in->cap / 2) {
		memmove(in->ptr, in->ptr + in->from, in->to - in->from);
		in->to -= in->from;
		in->from = 0;
	}
	if (in->cap - in->to >= BLOCK)
		return true;
	size_t cap = in->cap ? in->cap * 2 : 2 * (size_t)BLOCK;
	char *grown = arena_grow(&in->own, in->ptr, in->cap, cap, 1);
	if (!grown)
		return false;
	in->ptr = grown;
	in->cap = cap;
	return true;
}

/* Opening a pipe must not wait for somebody who may never come; reading from it may wait for those who are
 * there. */
static bool has_writer(posting_input *in, diags *d)
{
	struct pollfd one = { .fd = in->fd, .events = POLLIN };
	if (poll(&one, 1, POSTING_WAIT_MS) == 0) {
		ssize_t n = make_room(in) ? read(in->fd, in->ptr, 1) : 0;
		in->to = in->taken = n > 0 ? (size_t)n : 0;
		if (n == 0 && !in->own.failed)
			diag_file(d, E_FILE_READ, in->path, "nobody writes to this pipe");
		if (n == 0)
			return false;
	}
	return fcntl(in->fd, F_SETFL, 0) == 0;
}

bool input_open(posting_input *in, const char *path, str name, diags *d)
{
	*in = (posting_input){ .fd = -1, .line = 1, .path = name };
	bool standard = str_eq(str_from(path), STR("-"));
	int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st = { 0 };
	if (fd < 0) {
		diag_file(d, E_FILE_READ, name, "cannot open: %s", strerror(errno));
		return false;
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		diag_file(d, E_FILE_READ, name, "is a folder, not a file");
		close(fd);
		return false;
	}
	in->fd = fd;
	if (standard || S_ISREG(st.st_mode) || has_writer(in, d))
		return true;
	input_close(in);
	return false;
}

bool input_more(posting_input *in, diags *d)
{
	if (in->end || in->fd < 0 || !make_room(in))
		return false;
	ssize_t n;
	do
		n = read(in->fd, in->ptr + in->to, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		diag_file(d, E_FILE_READ, in->path, "cannot read: %s", strerror(errno));
	in->end = n <= 0;
	in->to += n > 0 ? (size_t)n : 0;
	in->taken += n > 0 ? (uint64_t)n : 0;
	return n > 0;
}

str input_here(const posting_input *in)
{
	return (str){ .ptr = in->ptr ? in->ptr + in->from : "", .len = in->to - in->from };
}

bool input_all(posting_input *in, diags *d)
{
	do
		if (in->to - in->from > IO_FILE_MAX) {
			diag_file(d, E_FILE_SIZE, in->path, "larger than the %zu MB that are read at most of this form",
				IO_FILE_MAX >> 20);
			return false;
		}
	while (input_more(in, d));
	return !in->own.failed;
}

void input_take(posting_input *in, size_t n)
{
	for (str s = str_sub(input_here(in), 0, n); s.len;) {
		const char *end = memchr(s.ptr, '\n', s.len);
		if (!end)
			break;
		in->line++;
		s = str_skip(s, (size_t)(end - s.ptr) + 1);
	}
	in->from += n;
}

/* Passes over the rest of a line that is longer than what is kept. */
static void skip_line(posting_input *in, diags *d)
{
	for (;;) {
		str here = input_here(in);
		const char *end = here.len ? memchr(here.ptr, '\n', here.len) : NULL;
		input_take(in, end ? (size_t)(end - here.ptr) + 1 : here.len);
		if (end || !input_more(in, d))
			return;
	}
}

bool input_line(posting_input *in, str *line, unsigned *number, bool *too_long, diags *d)
{
	size_t looked = 0;
	*line = STR("");
	*too_long = false;
	*number = in->line;
	for (;;) {
		str here = input_here(in);
		const char *end = here.len > looked ? memchr(here.ptr + looked, '\n', here.len - looked) : NULL;
		size_t len = end ? (size_t)(end - here.ptr) : here.len;
		if (len > POSTING_LINE_MAX) {
			*too_long = true;
			skip_line(in, d);
			return true;
		}
		if (end) {
			*line = str_sub(here, 0, len);
			input_take(in, len + 1);
			return true;
		}
		looked = here.len;
		if (input_more(in, d))
			continue;
		*line = input_here(in);
		input_take(in, line->len);
		return line->len > 0;
	}
}

void input_close(posting_input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	in->fd = -1;
	arena_free(&in->own);
	in->ptr = NULL;
	in->from = in->to = in->cap = 0;
}
