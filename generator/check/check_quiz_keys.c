/* How the keys of all items of a course lie: who knows nothing but the habits of item writers must not pass.
 * One quiz has too few items to tell, so these rules count over all. */
#include "base/utf8.h"
#include "check/check_quizzes.h"
#include "check/chi_square.h"

/* Position: 40 % of the keys of items with four options and p = 0.01, after Lions et al. 2025 and the review
 * hal-04811221. Length: by chance the key is the longest of four options in a quarter of the items; 45 %
 * leaves room for keys that need a qualification. Both are limits for four options and grow as chance does
 * with fewer. Fewer items than ITEMS_MIN, or than EXPECTED_MIN for each position (Cochran 1954), say nothing.
 */
enum { ITEMS_MIN = 20, EXPECTED_MIN = 5, POSITIONS_MAX = 26 };
static const double position_share_max = 0.40, chance_min = 0.01, longest_share_max = 0.45;

typedef struct {
	size_t items;
	size_t at[POSITIONS_MAX]; /* how often the key is there */
} key_positions;

typedef struct {
	key_positions all;
	key_positions with[POSITIONS_MAX + 1]; /* of items with that many options */
	size_t longest;                        /* items whose key is the longest option */
	double by_chance;                      /* the sum of 1 / options */
} key_counts;

static size_t key_of(const quiz_item *item)
{
	size_t i = 0;
	while (i < item->options.len && !item->options.ptr[i].correct)
		i++;
	return i;
}

static bool is_longest(const quiz_item *item, size_t key)
{
	size_t length = utf8_count(str_trim(item->options.ptr[key].text));
	for (size_t i = 0; i < item->options.len; i++)
		if (i != key && utf8_count(str_trim(item->options.ptr[i].text)) >= length)
			return false;
	return true;
}

static void count_item(key_counts *n, const quiz_item *item)
{
	size_t options = item->options.len;
	if (item->multi || quiz_item_keys(item) != 1 || options < 2 || options > POSITIONS_MAX)
		return;
	size_t key = key_of(item);
	n->all.items++;
	n->all.at[key]++;
	n->with[options].items++;
	n->with[options].at[key]++;
	n->longest += is_longest(item, key);
	n->by_chance += 1 / (double)options;
}

static void count_keys(key_counts *n, const curriculum *c)
{
	*n = (key_counts){ 0 };
	EACH (const taught_module, t, c->modules)
		if (t->quiz)
			EACH (const quiz_item, item, t->quiz->items)
				count_item(n, item);
}

/* A limit for four options, as it is for the options that the items have. */
static double scaled(double limit, const key_counts *n)
{
	enum { USUAL_OPTIONS = 4 };
	return limit * USUAL_OPTIONS * n->by_chance / (double)n->all.items;
}

static place place_quizzes(const checker *k)
{
	place where = { .kind = "course" };
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz) {
			where.at = t->quiz->at;
			break;
		}
	return where;
}

/* Items with different numbers of options are tested against an even spread each; chi-squares and their
 * degrees of freedom may be added. 1 if there is nothing to test. */
static double chance_of(const key_counts *n)
{
	double x = 0;
	size_t freedom = 0;
	for (size_t options = 2; options <= POSITIONS_MAX; options++) {
		const key_positions *of = &n->with[options];
		double expected = (double)of->items / (double)options;
		if (expected < EXPECTED_MIN)
			continue;
		for (size_t i = 0; i < options; i++)
			x += ((double)of->at[i] - expected) * ((double)of->at[i] - expected) / expected;
		freedom += options - 1;
	}
	return freedom ? chi_square_tail(x, freedom) : 1;
}

/* "A 3, B 73, C 18" */
static str list_positions(checker *k, const key_positions *all)
{
	buf b = { .arena = k->arena };
	size_t last = POSITIONS_MAX;
	while (last > 0 && !all->at[last - 1])
		last--;
	for (size_t i = 0; i < last; i++)
		buf_printf(&b, "%s%c %zu", i ? ", " : "", (char)('A' + (int)i), all->at[i]);
	return buf_done(&b);
}

void rule_q_04(checker *k)
{
	key_counts n;
	count_keys(&n, k->c);
	if (n.all.items < ITEMS_MIN)
		return;
	size_t most = 0;
	for (size_t i = 1; i < POSITIONS_MAX; i++)
		if (n.all.at[i] > n.all.at[most])
			most = i;
	double share = (double)n.all.at[most] / (double)n.all.items;
	double limit = scaled(position_share_max, &n);
	if (share > limit)
		found(k, place_quizzes(k), "%c is the key of %.0f %% of %zu items, more than %.0f %% (%.*s)",
			(char)('A' + (int)most), share * 100, n.all.items, limit * 100, STRF(list_positions(k, &n.all)));
	else if (chance_of(&n) <= chance_min)
		found(k, place_quizzes(k),
			"chance alone spreads the keys of %zu items so unevenly in less than %.0f of 100 courses (%.*s)",
			n.all.items, chance_min * 100, STRF(list_positions(k, &n.all)));
}

void rule_q_05(checker *k)
{
	key_counts n;
	count_keys(&n, k->c);
	if (n.all.items < ITEMS_MIN)
		return;
	double share = (double)n.longest / (double)n.all.items, limit = scaled(longest_share_max, &n);
	if (share > limit)
		found(k, place_quizzes(k),
			"the key is the longest option of %zu of %zu items (%.0f %%), more than %.0f %%", n.longest,
			n.all.items, share * 100, limit * 100);
}
