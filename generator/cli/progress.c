/* One word on a terminal when a command takes longer than half a second; it disappears when the command ends.
 * A timer's signal writes it, because the library makes no calls back. */
#define _XOPEN_SOURCE 700
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_MICROSECONDS = 500000 };

static volatile sig_atomic_t shown;
static const char *volatile word_shown;

static void show(int number)
{
	(void)number;
	const char *word = word_shown;
	shown = 1;
	if (write(STDERR_FILENO, word, strlen(word)) < 0)
		shown = 0;
}

static void set_timer(int microseconds)
{
	struct itimerval timer = { .it_value.tv_usec = microseconds };
	setitimer(ITIMER_REAL, &timer, NULL);
}

void cli_progress_begin(const cli_args *args, const char *word)
{
	if (args->quiet || args->json || !isatty(STDERR_FILENO))
		return;
	struct sigaction action = { .sa_handler = show, .sa_flags = SA_RESTART };
	word_shown = word;
	if (sigaction(SIGALRM, &action, NULL) == 0)
		set_timer(PATIENCE_MICROSECONDS);
}

void cli_progress_end(void)
{
	if (!word_shown)
		return;
	set_timer(0);
	if (shown)
		fputs("\r\033[K", stderr);
	shown = 0;
	word_shown = NULL;
}
