/* Which postings are the same vacancy. When a batch ends, everything that was touched is taken out of its
 * group together with the group's other members, compared with its candidates, and put together anew by
 * union-find; groups that nobody touched take part as they are. So the groups are a function of the postings
 * and the decisions, and the work is that of what was touched. */
#include "evidence/ledger_db.h"

#include <stdlib.h>

enum {
	BOILERPLATE_TITLES = 8, /* a block under so many different titles is boilerplate */
	BUCKET = 64             /* postings that one posting is compared with for each band, at most */
};

/* A posting that was touched, or a group that was not and may be joined by one. */
typedef struct {
	int64_t number; /* of the number, or of the group's earliest */
	int64_t group;  /* it was in; 0: none yet */
	int64_t source, members, cell;
	str id, date;
	uint64_t *bands; /* NULL: none */
	size_t parent;
	bool whole; /* a group */
	bool fresh, resign, apart;
} node;

typedef struct {
	ledger *l;
	VEC(node) nodes;
	map postings, groups; /* number (8 bytes) -> index + 1 */
	map used;             /* group numbers that are taken again */
	int64_t next_group;
} settler;

static void put_number(ledger *l, map *m, int64_t number, size_t index)
{
	int64_t *key = NEW(&l->batch, int64_t);
	if (!key)
		return;
	*key = number;
	map_put(m, db_key(key), (void *)(uintptr_t)(index + 1));
}

/* ---- boilerplate */

static bool has_titles(ledger *l, int64_t block)
{
	int64_t title = INT64_MIN;
	int count = 0;
	while (count < BOILERPLATE_TITLES && db_one(&title, l, Q_CARRIER_NEXT, "ii", block, title))
		count++;
	return count == BOILERPLATE_TITLES;
}

static void add_carrier(ledger *l, int64_t number, int64_t block, int64_t title)
{
	int64_t has;
	if (db_one(&has, l, Q_BOILERPLATE_HAS, "i", block))
		return;
	bool known = db_one(&has, l, Q_CARRIER_HAS, "ii", block, title);
	db_run(l, Q_CARRIER_ADD, "iii", block, title, number);
	if (known || !has_titles(l, block))
		return;
	db_run(l, Q_BOILERPLATE_ADD, "i", block);
	db_bind(l, Q_CARRIERS_OF, "i", block);
	while (db_row(l, Q_CARRIERS_OF))
		ledger_touch(l, (touched){ .number = db_int(l, Q_CARRIERS_OF, 0), .resign = true });
	db_run(l, Q_CARRIERS_DROP, "i", block);
}

/* The words are needed again when the batch ends. */
static void keep_digest(ledger *l, int64_t number, const ledger_digest *digest)
{
	arena *a = &l->batch;
	size_t words = digest->words.words.len, blocks = digest->words.blocks.len;
	ledger_digest *kept = NEW(a, ledger_digest);
	int64_t *key = NEW(a, int64_t);
	uint64_t *word = NEWN(a, uint64_t, words);
	text_block *block = NEWN(a, text_block, blocks);
	if (!word || !block)
		return; /* nothing in it, or no memory, which is latched */
	*kept = (ledger_digest){ .title = digest->title, .employer = digest->employer };
	*key = number;
	memcpy(word, digest->words.words.ptr, words * sizeof *word);
	memcpy(block, digest->words.blocks.ptr, blocks * sizeof *block);
	kept->words.words.ptr = word;
	kept->words.words.len = words;
	kept->words.blocks.ptr = block;
	kept->words.blocks.len = blocks;
	map_put(&l->digests, db_key(key), kept);
}

void duplicates_note(ledger *l, int64_t number, const ledger_digest *digest)
{
	EACH (const text_block, b, digest->words.blocks)
		if (b->len >= BLOCK_WORDS && !b->notice)
			add_carrier(l, number, (int64_t)b->hash, (int64_t)digest->title);
	keep_digest(l, number, digest);
}

static void skip_boilerplate(ledger *l, hashed_words *words)
{
	int64_t has;
	EACH (text_block, b, words->blocks)
		if (b->len >= BLOCK_WORDS && !b->skipped)
			b->skipped = db_one(&has, l, Q_BOILERPLATE_HAS, "i", (int64_t)b->hash);
}

/* From the text that is in the ledger. */
static ledger_digest *read_digest(ledger *l, int64_t number)
{
	arena *a = &l->scratch;
	ledger_digest *d = NEW(a, ledger_digest);
	db_bind(l, Q_POSTING_TEXT, "i", number);
	if (!db_row(l, Q_POSTING_TEXT) || !d)
		return NULL;
	str text = db_str(l, Q_POSTING_TEXT, 0, a), title = db_str(l, Q_POSTING_TEXT, 1, a),
		employer = db_str(l, Q_POSTING_TEXT, 2, a), location = db_str(l, Q_POSTING_TEXT, 3, a);
	db_done(l, Q_POSTING_TEXT);
	hashed_words_read(&d->words, a, text, &l->family);
	d->title = title_hash(a, title, location);
	d->employer = title_hash(a, employer, STR(""));
	return d;
}

list_hash duplicates_shingles(ledger *l, int64_t number)
{
	const list_hash *known = map_get(&l->shingles, db_key(&number));
	if (known)
		return *known;
	ledger_digest *d = map_get(&l->digests, db_key(&number));
	if (!d)
		d = read_digest(l, number);
	if (!d)
		return (list_hash){ 0 };
	skip_boilerplate(l, &d->words);
	list_hash *kept = NEW(&l->batch, list_hash);
	int64_t *key = NEW(&l->batch, int64_t);
	if (!kept || !key || !ledger_alive(l))
		return (list_hash){ 0 };
	*kept = shingles_make(&l->batch, &d->words, d->title, d->employer);
	*key = number;
	map_put(&l->shingles, db_key(key), kept);
	return *kept;
}

/* ---- what was touched */

static int by_number(const void *a, const void *b)
{
	const touched *x = a, *y = b;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void merge_touched(ledger *l)
{
	if (l->touched.len < 2)
		return;
	touched *t = l->touched.ptr;
	qsort(t, l->touched.len, sizeof *t, by_number);
	size_t kept = 1;
	for (size_t i = 1; i < l->touched.len; i++) {
		if (t[i].number != t[kept - 1].number) {
			t[kept++] = t[i];
			continue;
		}
		t[kept - 1].fresh = t[kept - 1].fresh || t[i].fresh;
		t[kept - 1].resign = t[kept - 1].resign || t[i].resign;
	}
	l->touched.len = kept;
}

/* Adds the other members of the groups of what was touched. */
static void touch_groups(ledger *l)
{
	merge_touched(l);
	map seen = { .arena = &l->batch };
	size_t count = l->touched.len;
	for (size_t i = 0; i < count && ledger_alive(l); i++) {
		int64_t group;
		if (l->touched.ptr[i].fresh || !db_one(&group, l, Q_FOUND_GET, "i", l->touched.ptr[i].number) ||
			map_has(&seen, db_key(&group)))
			continue;
		put_number(l, &seen, group, 0);
		db_bind(l, Q_FOUND_MEMBERS, "i", group);
		while (db_row(l, Q_FOUND_MEMBERS))
			ledger_touch(l, (touched){ .number = db_int(l, Q_FOUND_MEMBERS, 0) });
	}
	merge_touched(l);
}

static bool is_apart(ledger *l, int64_t number)
{
	int64_t split = 0;
	return l->decided && db_one(&split, l, Q_DECISION_SPLIT, "i", number) && split > 0;
}

static void drop_group(ledger *l, int64_t group)
{
	db_bind(l, Q_GROUP_GET, "i", group);
	if (!db_row(l, Q_GROUP_GET))
		return;
	int64_t number = db_int(l, Q_GROUP_GET, 0), cell = db_int(l, Q_GROUP_GET, 2);
	db_done(l, Q_GROUP_GET);
	ledger_tally(l, number, cell, -1);
	db_run(l, Q_GROUP_DROP, "i", group);
}

static void read_node(settler *s, node *n)
{
	ledger *l = s->l;
	n->members = 1;
	n->apart = is_apart(l, n->number);
	db_one(&n->group, l, Q_FOUND_GET, "i", n->number);
	db_bind(l, Q_SOURCE_BEST, "i", n->number);
	if (db_row(l, Q_SOURCE_BEST)) {
		n->source = db_int(l, Q_SOURCE_BEST, 0);
		n->date = db_str(l, Q_SOURCE_BEST, 1, &l->batch);
		db_done(l, Q_SOURCE_BEST);
	}
	db_bind(l, Q_POSTING_ID, "i", n->number);
	if (db_row(l, Q_POSTING_ID)) {
		n->id = db_str(l, Q_POSTING_ID, 0, &l->batch);
		db_done(l, Q_POSTING_ID);
	}
}

static str bands_bytes(const uint64_t *bands)
{
	return (str){ .ptr = (const char *)bands, .len = bands ? BANDS * sizeof *bands : 0 };
}

static uint64_t *stored_bands(ledger *l, int64_t number)
{
	uint64_t *bands = NULL;
	db_bind(l, Q_FOUND_BANDS, "i", number);
	if (!db_row(l, Q_FOUND_BANDS))
		return NULL;
	str bytes = db_str(l, Q_FOUND_BANDS, 0, &l->batch);
	db_done(l, Q_FOUND_BANDS);
	if (bytes.len == BANDS * sizeof *bands)
		bands = NEWN(&l->batch, uint64_t, BANDS);
	if (bands)
		memcpy(bands, bytes.ptr, bytes.len);
	return bands;
}

static void sign(settler *s, node *n)
{
	ledger *l = s->l;
	n->bands = n->fresh ? NULL : stored_bands(l, n->number);
	if (!n->fresh && !n->resign)
		return;
	for (size_t i = 0; n->bands && i < BANDS; i++)
		db_run(l, Q_BAND_DROP, "ii", (int64_t)n->bands[i], n->number);
	list_hash shingles = duplicates_shingles(l, n->number);
	n->bands = shingles.len ? NEWN(&l->batch, uint64_t, BANDS) : NULL;
	if (n->bands)
		shingles_bands(n->bands, shingles, &l->family);
	for (size_t i = 0; n->bands && i < BANDS; i++)
		db_run(l, Q_BAND_ADD, "ii", (int64_t)n->bands[i], n->number);
	if (!n->fresh)
		db_run(l, Q_FOUND_SIGN, "ib", n->number, bands_bytes(n->bands));
}

/* ---- union-find */

static size_t root(settler *s, size_t i)
{
	node *n = s->nodes.ptr;
	while (n[i].parent != i)
		i = n[i].parent = n[n[i].parent].parent;
	return i;
}

static void unite(settler *s, size_t a, size_t b)
{
	size_t x = root(s, a), y = root(s, b);
	if (x < y)
		s->nodes.ptr[y].parent = x;
	else
		s->nodes.ptr[x].parent = y;
}

static size_t add_group(settler *s, int64_t group)
{
	ledger *l = s->l;
	node n = { .whole = true, .group = group, .parent = s->nodes.len };
	db_bind(l, Q_GROUP_GET, "i", group);
	if (db_row(l, Q_GROUP_GET)) {
		n.number = db_int(l, Q_GROUP_GET, 0);
		n.members = db_int(l, Q_GROUP_GET, 1);
		n.cell = db_int(l, Q_GROUP_GET, 2);
		n.date = db_str(l, Q_GROUP_GET, 3, &l->batch);
		n.id = db_str(l, Q_GROUP_GET, 4, &l->batch);
		db_done(l, Q_GROUP_GET);
	}
	put_number(l, &s->groups, group, s->nodes.len);
	vec_push(&l->batch, &s->nodes, n);
	return n.parent;
}

/* The node that a posting belongs to; SIZE_MAX if memory ran out. */
static size_t node_of(settler *s, int64_t number)
{
	uintptr_t index = (uintptr_t)map_get(&s->postings, db_key(&number));
	if (index)
		return index - 1;
	int64_t group;
	if (!db_one(&group, s->l, Q_FOUND_GET, "i", number))
		return SIZE_MAX;
	index = (uintptr_t)map_get(&s->groups, db_key(&group));
	size_t at = index ? index - 1 : add_group(s, group);
	return ledger_alive(s->l) ? at : SIZE_MAX;
}

static list_hash candidates(settler *s, const uint64_t *bands)
{
	ledger *l = s->l;
	vec_hash found = { 0 };
	for (size_t i = 0; i < BANDS; i++) {
		db_bind(l, Q_BAND_POSTINGS, "ii", (int64_t)bands[i], (int64_t)BUCKET);
		while (db_row(l, Q_BAND_POSTINGS))
			vec_push(&l->scratch, &found, (uint64_t)db_int(l, Q_BAND_POSTINGS, 0));
	}
	list_hash list = { .ptr = found.ptr, .len = found.len };
	hashes_sort(&list);
	return list;
}

static void link_alike(settler *s, size_t at)
{
	ledger *l = s->l;
	const node *n = &s->nodes.ptr[at];
	int64_t self = n->number;
	if (!n->bands)
		return;
	list_hash mine = { 0 }, list = candidates(s, n->bands);
	EACH (const uint64_t, c, list) {
		int64_t other = (int64_t)*c;
		size_t there = other == self ? SIZE_MAX : node_of(s, other);
		if (there == SIZE_MAX || root(s, there) == root(s, at) || is_apart(l, other))
			continue;
		if (!mine.len)
			mine = duplicates_shingles(l, self);
		if (shingles_jaccard(mine, duplicates_shingles(l, other)) >= DUPLICATE_JACCARD)
			unite(s, at, there);
	}
}

static void link_same(settler *s, size_t at)
{
	ledger *l = s->l;
	int64_t self = s->nodes.ptr[at].number, words;
	if (!db_one(&words, l, Q_POSTING_WORDS, "i", self) || words == 0)
		return;
	db_bind(l, Q_SAME_WORDS, "ii", words, (int64_t)BUCKET);
	while (db_row(l, Q_SAME_WORDS)) {
		int64_t other = db_int(l, Q_SAME_WORDS, 0);
		size_t there = other == self ? SIZE_MAX : node_of(s, other);
		if (there == SIZE_MAX || root(s, there) == root(s, at) || is_apart(l, other))
			continue;
		/* Nothing in common: all of it is boilerplate, and the titles differ. */
		if (shingles_jaccard(duplicates_shingles(l, self), duplicates_shingles(l, other)) > 0)
			unite(s, at, there);
	}
}

static void link_joined(settler *s, size_t at)
{
	ledger *l = s->l;
	int64_t self = s->nodes.ptr[at].number, split = 0;
	if (!l->decided)
		return;
	db_one(&split, l, Q_DECISION_SPLIT, "i", self);
	db_bind(l, Q_DECISION_JOINS, "i", self);
	while (db_row(l, Q_DECISION_JOINS)) {
		int64_t decision = db_int(l, Q_DECISION_JOINS, 0), other = db_int(l, Q_DECISION_JOINS, 1), theirs = 0;
		db_one(&theirs, l, Q_DECISION_SPLIT, "i", other);
		size_t there = decision > split && decision > theirs ? node_of(s, other) : SIZE_MAX;
		if (there != SIZE_MAX)
			unite(s, at, there);
	}
}

/* ---- writing the groups down */

static bool is_earlier(const node *a, const node *b)
{
	if (!a->date.len != !b->date.len)
		return a->date.len > 0;
	int order = str_cmp(a->date, b->date);
	return order ? order < 0 : str_cmp(a->id, b->id) < 0;
}

/* The smallest number that one of them had, so that a group keeps its own when it grows. */
static int64_t choose_number(settler *s, const size_t *list, size_t count)
{
	int64_t best = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t group = s->nodes.ptr[list[i]].group;
		if (group && (!best || group < best) && !map_has(&s->used, db_key(&group)))
			best = group;
	}
	if (!best)
		return s->next_group++;
	put_number(s->l, &s->used, best, 0);
	return best;
}

static void write_member(settler *s, const node *n, int64_t group, int64_t first)
{
	ledger *l = s->l;
	if (n->whole && n->group != group) {
		db_run(l, Q_MOVE_GROUP, "iii", n->group, n->number, first);
		db_run(l, Q_FOUND_MERGE, "ii", n->group, group);
	}
	if (n->whole)
		return;
	if (n->fresh)
		db_run(l, Q_FOUND_ADD, "iiiib", n->number, group, l->lexicon, n->source, bands_bytes(n->bands));
	else
		db_run(l, Q_FOUND_MOVE, "iii", n->number, group, n->source);
	if (n->fresh ? n->number != first : n->group != group)
		db_run(l, Q_MOVE_ADD, n->fresh ? "ini" : "iii", n->number, n->group, first);
}

static void write_group(settler *s, const size_t *list, size_t count)
{
	ledger *l = s->l;
	const node *nodes = s->nodes.ptr, *first = &nodes[list[0]];
	if (count == 1 && first->whole)
		return;
	int64_t members = 0;
	for (size_t i = 0; i < count; i++) {
		const node *n = &nodes[list[i]];
		members += n->members;
		first = is_earlier(n, first) ? n : first;
		if (n->whole)
			drop_group(l, n->group);
	}
	int64_t group = choose_number(s, list, count);
	for (size_t i = 0; i < count; i++)
		write_member(s, &nodes[list[i]], group, first->number);
	int64_t cell = ledger_cell(l, first->number);
	db_run(l, Q_GROUP_ADD, "iiii", group, first->number, members, cell);
	ledger_tally(l, first->number, cell, 1);
}

typedef struct {
	size_t root, index;
} rooted;

static int by_root(const void *a, const void *b)
{
	const rooted *x = a, *y = b;
	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void write_groups(settler *s)
{
	ledger *l = s->l;
	size_t count = s->nodes.len;
	rooted *order = NEWN(&l->batch, rooted, count);
	size_t *list = NEWN(&l->batch, size_t, count);
	if (!order || !list)
		return;
	for (size_t i = 0; i < count; i++)
		order[i] = (rooted){ .root = root(s, i), .index = i };
	qsort(order, count, sizeof *order, by_root);
	for (size_t i = 0; i < count; i++)
		list[i] = order[i].index;
	for (size_t from = 0, to; from < count && ledger_alive(l); from = to) {
		for (to = from + 1; to < count && order[to].root == order[from].root;)
			to++;
		write_group(s, list + from, to - from);
		arena_free(&l->scratch);
	}
}

static void make_nodes(settler *s)
{
	ledger *l = s->l;
	EACH (const touched, t, l->touched) {
		node n = { .number = t->number, .fresh = t->fresh, .resign = t->resign, .parent = s->nodes.len };
		read_node(s, &n);
		if (!ledger_alive(l))
			return;
		put_number(l, &s->postings, n.number, s->nodes.len);
		vec_push(&l->batch, &s->nodes, n);
	}
	EACH (node, n, s->nodes) {
		if (!ledger_alive(l))
			return;
		if (n->group)
			drop_group(l, n->group); /* which does nothing the second time */
		sign(s, n);
		arena_free(&l->scratch);
	}
}

void duplicates_settle(ledger *l)
{
	settler s = { .l = l,
		.postings = { .arena = &l->batch },
		.groups = { .arena = &l->batch },
		.used = { .arena = &l->batch } };
	if (!l->touched.len || !ledger_alive(l))
		return;
	touch_groups(l);
	db_one(&s.next_group, l, Q_GROUP_LAST, "");
	s.next_group++;
	make_nodes(&s);
	size_t count = s.nodes.len;
	for (size_t i = 0; i < count && ledger_alive(l); i++) {
		if (!s.nodes.ptr[i].apart) {
			link_same(&s, i);
			link_alike(&s, i);
		}
		link_joined(&s, i);
		if (ledger_alive(l))
			arena_free(&l->scratch);
	}
	if (ledger_alive(l))
		write_groups(&s);
	l->touched.len = 0;
}
