/* Runs a fuzz target over its seeds as an ordinary test, a TAP line for each: the whole seed, and the seed
 * cut off at every length up to STEP and then at every multiple of it. */
#define _POSIX_C_SOURCE 200809L
#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 2048 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An allocation of exactly this size, so that reading past the end is seen. */
static void run(str bytes, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	memcpy(copy, bytes.ptr, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void replay(str bytes)
{
	run(bytes, bytes.len);
	for (size_t size = 0; size < bytes.len; size += size < STEP ? 1 : STEP)
		run(bytes, size);
}

int main(int argc, char **argv)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str folder = str_from(argc > 1 ? argv[1] : ".");
	list_str names = io_list(&a, folder.ptr);
	printf("1..%zu\n", names.len);
	for (size_t i = 0; i < names.len; i++) {
		str bytes;
		bool ok = io_read(&bytes, &a, io_join(&a, folder, names.ptr[i]).ptr, &d);
		if (ok)
			replay(bytes);
		/* Said after the run, so that a crash leaves the seed unnamed but the number of tests wrong. */
		printf("%sok %zu - %.*s\n", ok ? "" : "not ", i + 1, STRF(names.ptr[i]));
		fflush(stdout);
	}
	arena_free(&a);
	return names.len ? EXIT_SUCCESS : EXIT_FAILURE;
}
