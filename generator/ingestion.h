/* Postings on their way into the ledger. They go in chunks: a chunk is read, what is not in the ledger yet is
 * understood, and the whole is written. One thread, the caller's, writes; the others read and understand what
 * comes next meanwhile. What a chunk holds and the order in which chunks are written do not depend on who did
 * what when, so neither do the ledger, the diagnostics and the progress. */
#ifndef INGESTION_H
#define INGESTION_H

#include "evidence_session.h"

/* How much at a time. A test may make it small. */
typedef struct {
	size_t threads;                     /* with the caller's */
	size_t chunk_postings, chunk_bytes; /* of text; whichever is reached first ends it */
	size_t batch_postings,
		batch_bytes;    /* that the ledger keeps as a whole or not at all, a chunk more at most */
	size_t ahead_bytes; /* of text that is read, and not written yet */
	unsigned fail_at;   /* of the chunks' arenas */
} ingest_limits;

typedef struct {
	posting posting;
	bool known; /* it is in the ledger, so the rest is empty */
	const ledger_digest *digest;
	understanding said;
	list_rollup_item items;
} read_posting;

typedef enum {
	CHUNK_READING,
	CHUNK_READ,
	CHUNK_CHECKED, /* it is known which are in the ledger */
	CHUNK_WORKING, /* somebody looks at it */
	CHUNK_DONE     /* understood */
} chunk_state;

/* One thread at a time has it, as its state says. */
typedef struct {
	chunk_state state;
	arena arena;
	sources sources;
	diags diags;
	VEC(read_posting) list;
	size_t bytes;        /* of text, also of what was left out */
	size_t left_out;     /* because of the title */
	size_t files_done;   /* when it was read */
	uint64_t bytes_done; /* of the files */
	bool last;
} chunk;

typedef struct crew crew;

typedef struct ingestion {
	ledger *ledger;
	reader reader;
	ingest_limits limits;
	posting_options options;
	list_str titles; /* alternatives, one of which a title must fit; none: all postings are kept */
	VEC(str) files;
	uint64_t bytes; /* of all files */
	crew *crew;     /* NULL before the first step */
	size_t postings, fresh, left_out;
	size_t files_done; /* of what is in the ledger */
	uint64_t bytes_done;
	bool done;

	/* Of the one that reads. */
	size_t next;            /* of the files */
	uint64_t bytes_before;  /* of the files that are done */
	posting_stream *stream; /* of the file at hand; NULL: the next one is to be opened */
	arena file;             /* memory of that stream */
} ingestion;

void ingestion_close(ingestion *i); /* NULL is fine */

/* ---- ingest_choice.c: what is read, and what of it is kept */

list_str title_alternatives(arena *a, str words); /* without empty ones */
bool title_fits(str title, list_str alternatives);
/* The files that a path names. Of a folder those are left out that are the course's own, which is said. */
list_str ingest_files(cw_context *c, const char *path);

/* ---- ingest_chunk.c */

void chunk_begin(chunk *k, const ingestion *i);
void chunk_read(chunk *k, ingestion *i);
void chunk_check(chunk *k, ledger *l); /* only the thread that has the ledger */
void chunk_understand(chunk *k, const reader *r, const ledger *l);
/* Its diagnostics and postings. False if the ledger or memory failed. */
bool chunk_write(const chunk *k, ingestion *i, diags *d);
void chunk_end(chunk *k);

/* ---- ingest_crew.c */

size_t crew_threads(void); /* as many as are of use on this machine */
crew *crew_new(arena *a, ingestion *i);
/* Between start and stop others may be at work; after it nobody is, and what they made waits. If no thread
 * can be had, the caller does everything. */
void crew_start(crew *c);
void crew_stop(crew *c);
/* The next chunk, for the caller to write and then to hand back; NULL once the last one was. The caller helps
 * until it is there. */
chunk *crew_next(crew *c);
void crew_give_back(crew *c);
void crew_free(crew *c); /* NULL is fine */

#endif
