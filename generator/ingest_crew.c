/* Who does what: chunks stand in a ring in the order in which they were read, and whoever has nothing to do
 * takes the first one that waits for something. Only the caller's thread knows the ledger. */
#define _POSIX_C_SOURCE 200809L
#include "ingestion.h"

#include <pthread.h>
#include <unistd.h>

enum { RING = 16, THREADS_MAX = 8 };

struct crew {
	ingestion *i;
	pthread_mutex_t lock; /* for all below; not held while somebody works */
	pthread_cond_t changed;
	chunk ring[RING];
	size_t oldest, count;
	size_t bytes; /* of text in them */
	bool reading; /* somebody is, and nobody else may */
	bool ended;   /* the last one was read */
	bool stopping;
	pthread_t helpers[THREADS_MAX];
	size_t helper_count;
};

size_t crew_threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;
}

crew *crew_new(arena *a, ingestion *i)
{
	crew *c = NEW(a, crew);
	if (!c)
		return NULL;
	c->i = i;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->changed, NULL);
	return c;
}

static chunk *find(crew *c, chunk_state state)
{
	for (size_t n = 0; n < c->count; n++) {
		chunk *k = &c->ring[(c->oldest + n) % RING];
		if (k->state == state)
			return k;
	}
	return NULL;
}

static void become(crew *c, chunk *k, chunk_state state)
{
	k->state = state;
	pthread_cond_broadcast(&c->changed);
}

static void understand_one(crew *c, chunk *k)
{
	k->state = CHUNK_WORKING;
	pthread_mutex_unlock(&c->lock);
	chunk_understand(k, &c->i->reader, c->i->ledger);
	pthread_mutex_lock(&c->lock);
	become(c, k, CHUNK_DONE);
}

static void read_one(crew *c)
{
	chunk *k = &c->ring[(c->oldest + c->count++) % RING];
	chunk_begin(k, c->i);
	c->reading = true;
	pthread_mutex_unlock(&c->lock);
	chunk_read(k, c->i);
	pthread_mutex_lock(&c->lock);
	c->reading = false;
	c->ended = k->last;
	c->bytes += k->bytes;
	become(c, k, CHUNK_READ);
}

/* Something that anybody can do. */
static bool help(crew *c)
{
	chunk *k = find(c, CHUNK_CHECKED);
	if (k)
		understand_one(c, k);
	else if (!c->reading && !c->ended && c->count < RING &&
			 (c->count == 0 || c->bytes < c->i->limits.ahead_bytes))
		read_one(c);
	else
		return false;
	return true;
}

static void *work(void *arg)
{
	crew *c = arg;
	pthread_mutex_lock(&c->lock);
	while (!c->stopping) {
		if (help(c))
			continue;
		/* While the ledger commits nobody can say what it holds. To understand a posting that it has costs
		 * time, and nothing else. */
		chunk *k = find(c, CHUNK_READ);
		if (k)
			understand_one(c, k);
		else
			pthread_cond_wait(&c->changed, &c->lock);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

void crew_start(crew *c)
{
	size_t wanted = c->i->limits.threads < THREADS_MAX ? c->i->limits.threads : THREADS_MAX;
	c->stopping = false;
	while (c->helper_count + 1 < wanted && pthread_create(&c->helpers[c->helper_count], NULL, work, c) == 0)
		c->helper_count++;
}

void crew_stop(crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->stopping = true;
	pthread_cond_broadcast(&c->changed);
	pthread_mutex_unlock(&c->lock);
	while (c->helper_count)
		pthread_join(c->helpers[--c->helper_count], NULL);
}

static void check_all(crew *c)
{
	for (chunk *k; (k = find(c, CHUNK_READ)) != NULL;) {
		k->state = CHUNK_WORKING;
		pthread_mutex_unlock(&c->lock);
		chunk_check(k, c->i->ledger);
		pthread_mutex_lock(&c->lock);
		become(c, k, CHUNK_CHECKED);
	}
}

chunk *crew_next(crew *c)
{
	chunk *k = NULL;
	pthread_mutex_lock(&c->lock);
	while (c->count || !c->ended) {
		check_all(c);
		k = &c->ring[c->oldest];
		if (c->count && k->state == CHUNK_DONE)
			break;
		k = NULL;
		if (!help(c))
			pthread_cond_wait(&c->changed, &c->lock);
	}
	pthread_mutex_unlock(&c->lock);
	return k;
}

void crew_give_back(crew *c)
{
	chunk *k = &c->ring[c->oldest];
	size_t bytes = k->bytes;
	chunk_end(k);
	pthread_mutex_lock(&c->lock);
	c->bytes -= bytes;
	c->oldest = (c->oldest + 1) % RING;
	c->count--;
	pthread_cond_broadcast(&c->changed);
	pthread_mutex_unlock(&c->lock);
}

void crew_free(crew *c)
{
	if (!c)
		return;
	while (c->count)
		crew_give_back(c);
	pthread_cond_destroy(&c->changed);
	pthread_mutex_destroy(&c->lock);
}
