/* `coursewright ingest`: postings into the ledger, with rate and remaining time on a terminal. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <stddef.h>
#include <time.h>
#include <unistd.h>

enum { SHOW_EVERY_MS = 200 };

/* A line on stderr that is written over and over. */
typedef struct {
	bool on, shown;
	double began, last; /* seconds */
} meter;

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *plural(double n)
{
	return n == 1 ? "" : "s";
}

static void show(meter *m, const cw_ingestion *p)
{
	double now = seconds(), spent = now - m->began;
	if (!m->on || (now - m->last) * 1000 < SHOW_EVERY_MS)
		return;
	m->last = now;
	m->shown = true;
	fprintf(stderr, "\r\033[K%zu of %zu file%s, %zu posting%s, %.0f a second", p->files_done, p->files,
		plural((double)p->files), p->postings, plural((double)p->postings),
		spent > 0 ? (double)p->postings / spent : 0);
	double part = p->bytes ? (double)p->bytes_done / (double)p->bytes : 0;
	if (part > 0 && part < 1)
		fprintf(stderr, ", %.0f s left", spent / part - spent);
	fflush(stderr);
}

static void clear(meter *m)
{
	if (m->shown)
		fputs("\r\033[K", stderr);
	m->shown = false;
}

static void sum_up(const cli_args *args, const cw_ingestion *p)
{
	if (args->json) {
		printf("{\n  \"files\": %zu,\n  \"postings\": %zu,\n  \"left_out\": %zu,\n  \"fresh\": %zu,\n"
			   "  \"problems\": %zu,\n  \"kept\": %.0f,\n  \"vacancies\": %.0f\n}\n",
			p->files, p->postings, p->left_out, p->fresh, p->problems, p->kept, p->vacancies);
		return;
	}
	if (args->quiet)
		return;
	fprintf(stderr, "%zu posting%s in %zu file%s, %zu of them new\n", p->postings,
		plural((double)p->postings), p->files, plural((double)p->files), p->fresh);
	if (args->title)
		fprintf(stderr, "left out because of the title: %zu\n", p->left_out);
	fprintf(stderr, "the ledger holds %.0f posting%s of %.0f vacanc%s\n", p->kept, plural(p->kept),
		p->vacancies, p->vacancies == 1 ? "y" : "ies");
}

static int run(cw_context *c, const cli_args *args)
{
	cw_ingestion p = CW_INGESTION_INIT;
	meter m = { .on = !args->quiet && !args->json && isatty(STDERR_FILENO), .began = seconds() };
	cw_status status = cw_ingest_begin(c, args->course ? args->course : ".", args->form);
	if (status == CW_OK && args->title)
		status = cw_ingest_title(c, args->title);
	for (size_t i = 0; status == CW_OK && i < args->operand_count; i++)
		status = cw_ingest_add(c, args->operands[i]);
	while (status == CW_OK && !p.done) {
		status = cw_ingest_step(c, &p);
		show(&m, &p);
	}
	clear(&m);
	if (status == CW_OK)
		sum_up(args, &p);
	if (status == CW_OK && p.problems)
		status = CW_EINPUT;
	return cli_end(c, args, status);
}

const cli_command cmd_ingest = {
	.name = "ingest",
	.operand = "FILE|DIR|-...",
	.operand_required = true,
	.operand_many = true,
	.brief = "add job postings to the ledger of a course folder",
	.details = "The form of each file is recognised from what it holds: saved pages, JSON of job boards, JSON\n"
			   "Lines, CSV, Markdown or plain text. A posting that is there already is counted once. What\n"
			   "cannot be read is reported, the rest goes on, and the exit status is 1.",
	.options = {
		{ .name = "as", .value = "FORM", .offers = cw_posting_forms, .brief = "read the files as this form", .member = offsetof(cli_args, form) },
		{ .name = "title", .value = "WORDS", .brief = "keep only postings whose title has these words; a comma separates alternatives", .member = offsetof(cli_args, title) },
	},
	.run = run,
};
