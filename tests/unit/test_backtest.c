/* The figures of a backtest, its text, its JSON and its picture, from made-up counts. */
#include "policy_world.h"
#include "random.h"

#include "base/json.h"
#include "plan/backtest.h"
#include "render/backtest.h"

#include <libxml/parser.h>

enum { WINDOWS_MAX = 24, ITEMS_MAX = 64 };

/* Counts of vacancies that name each item, out of `sample` in every window. */
typedef struct {
	arena a;
	update_settings policy;
	backtest_window windows[WINDOWS_MAX];
	estimate estimates[ITEMS_MAX][WINDOWS_MAX];
	backtest_item items[ITEMS_MAX];
	backtest_input in;
	backtest out;
} scene;

static void open_scene(scene *s, size_t windows)
{
	*s = (scene){ .policy = shipped(PRESET_WILSON) };
	for (size_t w = 0; w < windows; w++)
		s->windows[w] =
			(backtest_window){ .from = arena_printf(&s->a, "%04zu-%02zu", 2020 + w / 12, w % 12 + 1),
				.until = arena_printf(&s->a, "%04zu-%02zu", 2020 + w / 12, w % 12 + 1),
				.vacancies = 26,
				.effective = 26,
				.employers = NAN };
	s->in = (backtest_input){
		.windows = { s->windows, windows }, .items = { s->items, 0 }, .policy = &s->policy
	};
}

static void add_item(scene *s, const char *id, const int *counts)
{
	size_t i = s->in.items.len++;
	for (size_t w = 0; w < s->in.windows.len; w++)
		s->estimates[i][w] = counted(counts[w], 26).now;
	s->items[i] = (backtest_item){ .id = str_from(id), .name = str_from(id), .windows = s->estimates[i] };
}

static void run_scene(scene *s)
{
	bool done = backtest_run(&s->out, &s->a, &s->in);
	require(done);
}

static void close_scene(scene *s)
{
	arena_free(&s->a);
}

#define COUNTS(...) ((const int[]){ __VA_ARGS__ })

/* The states of an item, a digit each. */
static str states_of(scene *s, size_t item, int which)
{
	buf b = { .arena = &s->a };
	for (size_t w = 0; w < s->in.windows.len; w++)
		buf_printf(&b, "%d", s->out.tracks.ptr[item].states[which][w]);
	return buf_done(&b);
}

Test(backtest, states_by_policy)
{
	scene s;
	open_scene(&s, 6);
	add_item(&s, "skill:a", COUNTS(11, 11, 4, 4, 8, 8));
	run_scene(&s);
	/* planned planned declining retired candidate planned */
	assert_str(states_of(&s, 0, BACKTEST_WILSON), "335623");
	assert_str(states_of(&s, 0, BACKTEST_NAIVE), "330033");
	const backtest_track *t = &s.out.tracks.ptr[0];
	require(t->flips[BACKTEST_WILSON] == 2 && t->flips[BACKTEST_NAIVE] == 2 && t->changes && t->differs);
	close_scene(&s);
	NO_LEAKS();
}

/* Of beta, that it asks the posterior of all windows so far, and its own threshold. */
Test(backtest, beta_asks_all_windows)
{
	scene s;
	open_scene(&s, 5);
	add_item(&s, "skill:a", COUNTS(9, 9, 9, 9, 9));
	add_item(&s, "skill:b", COUNTS(13, 13, 0, 0, 0));
	run_scene(&s);
	cycle_share nine[5], falling[5];
	for (size_t w = 0; w < 5; w++) {
		nine[w] = (cycle_share){ 26, 9 / 26.0 };
		falling[w] = (cycle_share){ 26, w < 2 ? 0.5 : 0 };
		bool in = posterior_above(nine, w + 1, 0.7, 0.3) >= 0.8;
		bool stays = posterior_above(falling, w + 1, 0.7, 0.2) >= 0.2;
		require(item_is_in(s.out.tracks.ptr[0].states[BACKTEST_BETA][w]) == in);
		require(item_is_in(s.out.tracks.ptr[1].states[BACKTEST_BETA][w]) == stays);
	}
	close_scene(&s);
	NO_LEAKS();
}

/* `retire` of a course is that of its preset; the other one keeps its own. */
Test(backtest, each_preset_has_its_threshold)
{
	scene s;
	open_scene(&s, 4);
	s.policy = shipped(PRESET_BETA);
	s.policy.retire = 0.01;
	add_item(&s, "skill:a", COUNTS(13, 2, 2, 2));
	run_scene(&s);
	require(s.out.tracks.ptr[0].states[BACKTEST_WILSON][2] == ITEM_RETIRED);
	require(s.out.tracks.ptr[0].states[BACKTEST_BETA][3] == ITEM_PLANNED);
	close_scene(&s);
	NO_LEAKS();
}

Test(backtest, flips_leave_the_first_window_out)
{
	scene s;
	open_scene(&s, 4);
	add_item(&s, "skill:a", COUNTS(20, 20, 20, 20));
	add_item(&s, "skill:b", COUNTS(0, 20, 0, 20));
	run_scene(&s);
	const backtest_figures *f = &s.out.figures[BACKTEST_NAIVE];
	require(f->flips == 3 && fabs(f->flip_rate - 3 / 6.0) < 1e-12 && f->in == 2);
	require(s.out.tracks.ptr[0].changes == false);
	close_scene(&s);
	NO_LEAKS();
}

Test(backtest, novelty_and_removal)
{
	scene s;
	open_scene(&s, 3);
	add_item(&s, "skill:a", COUNTS(20, 20, 20));
	add_item(&s, "skill:b", COUNTS(20, 0, 0));
	add_item(&s, "skill:c", COUNTS(0, 20, 20));
	add_item(&s, "skill:d", COUNTS(0, 20, 20));
	run_scene(&s);
	const backtest_figures *f = &s.out.figures[BACKTEST_NAIVE];
	/* Two of three are new in the second window, none in the third; one of two goes, then none of three. */
	require(fabs(f->novelty - (2 / 3.0 + 0) / 2) < 1e-12 && fabs(f->removal - (1 / 2.0 + 0) / 2) < 1e-12);
	close_scene(&s);
	NO_LEAKS();
}

/* 11 and more come in at once, 8 to 10 after two windows, 4 and fewer go after two. */
Test(backtest, lag)
{
	scene s;
	open_scene(&s, 5);
	add_item(&s, "skill:at-once", COUNTS(0, 0, 13, 13, 13));
	add_item(&s, "skill:one-late", COUNTS(0, 0, 9, 9, 9));
	add_item(&s, "skill:falls", COUNTS(13, 13, 2, 2, 2));
	add_item(&s, "skill:never", COUNTS(13, 13, 13, 6, 6));
	add_item(&s, "skill:same", COUNTS(13, 13, 13, 13, 13));
	add_item(&s, "skill:too-soon", COUNTS(0, 0, 0, 0, 9));
	run_scene(&s);
	const backtest_figures *f = &s.out.figures[BACKTEST_WILSON], *naive = &s.out.figures[BACKTEST_NAIVE];
	/* 0, 1 and 1 windows; "never" stays in, for 6 of 26 are not surely few, and "too-soon" has not come in.
	 */
	require(f->late == 3 && f->open == 2 && fabs(f->lag - 2 / 3.0) < 1e-12);
	require(naive->late == 5 && naive->open == 0 && naive->lag == 0);
	close_scene(&s);
	NO_LEAKS();
}

/* A share that crosses and comes back has not crossed for good; what it did last counts. */
Test(backtest, lag_counts_from_the_last_crossing)
{
	scene s;
	open_scene(&s, 6);
	add_item(&s, "skill:a", COUNTS(0, 13, 7, 9, 9, 9));
	run_scene(&s);
	const backtest_figures *f = &s.out.figures[BACKTEST_WILSON];
	require(f->late == 1 && f->lag == 0); /* it had come in before, and stayed */
	close_scene(&s);
	NO_LEAKS();
}

Test(backtest, nothing_to_replay)
{
	scene s;
	open_scene(&s, 2);
	run_scene(&s);
	require(s.out.tracks.len == 0 && isnan(s.out.figures[0].novelty) && isnan(s.out.figures[0].flip_rate));
	s.in.windows.len = 0;
	add_item(&s, "skill:a", COUNTS(1, 2));
	run_scene(&s);
	require(s.out.tracks.len == 0 && isnan(s.out.figures[0].lag));
	close_scene(&s);
	open_scene(&s, 1);
	add_item(&s, "skill:a", COUNTS(20));
	run_scene(&s);
	require(s.out.figures[0].in == 1 && isnan(s.out.figures[0].flip_rate) && isnan(s.out.figures[0].lag));
	close_scene(&s);
	NO_LEAKS();
}

/* Figures recounted from the states, whatever the counts. */
Test(backtest, figures_follow_from_states)
{
	for (uint64_t seed = 1; seed <= 40; seed++) {
		static scene s;
		random_source r = seeded(seed);
		open_scene(&s, 2 + draw(&r, 10));
		for (size_t i = 0; i < 20; i++) {
			int counts[WINDOWS_MAX];
			for (size_t w = 0; w < s.in.windows.len; w++)
				counts[w] = (int)draw(&r, 16);
			add_item(&s, name(&s.a, "skill:", (uint32_t)i), counts);
		}
		run_scene(&s);
		for (int which = 0; which < BACKTEST_POLICIES; which++) {
			size_t flips = 0, in = 0;
			EACH (const backtest_track, t, s.out.tracks) {
				for (size_t w = 1; w < s.in.windows.len; w++)
					flips += item_is_in(t->states[which][w]) != item_is_in(t->states[which][w - 1]);
				in += item_is_in(t->states[which][s.in.windows.len - 1]);
			}
			const backtest_figures *f = &s.out.figures[which];
			require(f->flips == flips && f->in == in);
			require(f->late + f->open <= s.out.tracks.len && !(f->lag < 0));
			require(!(f->novelty > 1) && !(f->removal > 1));
		}
		close_scene(&s);
	}
	NO_LEAKS();
}

Test(backtest, worth_showing)
{
	scene s;
	open_scene(&s, 4);
	add_item(&s, "skill:b", COUNTS(0, 20, 20, 20));
	add_item(&s, "skill:a", COUNTS(0, 20, 20, 20));
	add_item(&s, "skill:most", COUNTS(0, 20, 0, 20));
	add_item(&s, "skill:same", COUNTS(20, 20, 20, 20));
	add_item(&s, "skill:differs", COUNTS(9, 9, 9, 9));
	run_scene(&s);
	list_backtest_track worth = backtest_worth_showing(&s.a, &s.out);
	static const char *const order[] = { "skill:most", "skill:a", "skill:b", "skill:differs" };
	require(worth.len == COUNT(order));
	for (size_t i = 0; i < COUNT(order); i++)
		assert_str(worth.ptr[i]->item->id, order[i]);
	close_scene(&s);
	NO_LEAKS();
}

Test(backtest, out_of_memory)
{
	scene s;
	open_scene(&s, 4);
	add_item(&s, "skill:a", COUNTS(0, 20, 0, 20));
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		backtest out = { 0 };
		bool done = backtest_run(&out, &a, &s.in);
		backtest_report report = { .result = &out, .input = &s.in };
		buf text = { .arena = &a };
		if (done) {
			backtest_text(&text, &report);
			json_value(&text, backtest_json(&a, &report), 0);
			backtest_picture(&a, &report);
		}
		bool failed = a.failed;
		arena_free(&a);
		if (!failed)
			break;
	}
	close_scene(&s);
	NO_LEAKS();
}

/* ---- what readers see */

static backtest_report report_of(const scene *s)
{
	return (backtest_report){ .result = &s->out, .input = &s->in };
}

Test(backtest, text_shows_forty_and_counts_the_rest)
{
	static scene s;
	open_scene(&s, 3);
	for (size_t i = 0; i < 50; i++)
		add_item(&s, arena_printf(&s.a, "skill:i%02zu", i).ptr, COUNTS(0, 20, 0));
	run_scene(&s);
	backtest_report r = report_of(&s);
	buf text = { .arena = &s.a };
	backtest_text(&text, &r);
	require(str_find(buf_done(&text), STR("skill:i39"), 0) != SIZE_MAX);
	require(str_find(buf_done(&text), STR("skill:i40"), 0) == SIZE_MAX);
	require(str_find(buf_done(&text), STR("... and 10 more\n"), 0) != SIZE_MAX);
	close_scene(&s);
	NO_LEAKS();
}

static void check_picture(scene *s, const char *what)
{
	backtest_report r = report_of(s);
	str svg = backtest_picture(&s->a, &r);
	xmlDoc *doc = xmlReadMemory(svg.ptr, (int)svg.len, "b.svg", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
	require_that(doc != NULL, "%s: not well-formed:\n%.*s", what, STRF(svg));
	xmlFreeDoc(doc);
	require(str_find(svg, STR("nan"), 0) == SIZE_MAX && str_find(svg, STR("inf"), 0) == SIZE_MAX);
	require(
		str_find(svg, STR("<title id="), 0) != SIZE_MAX && str_find(svg, STR("<desc id="), 0) != SIZE_MAX);
	require(str_find(svg, STR("href"), 0) == SIZE_MAX && str_find(svg, STR("url("), 0) == SIZE_MAX);
}

Test(backtest, picture_is_well_formed_whatever_stands_in_it)
{
	static scene s;
	open_scene(&s, 24);
	int counts[WINDOWS_MAX];
	for (int w = 0; w < WINDOWS_MAX; w++)
		counts[w] = w % 2 ? 26 : 0;
	add_item(&s, "skill:plain", counts);
	add_item(&s, "skill:<script>&\"'\x01", counts);
	add_item(
		&s, "skill:\xE5\xB0\xB9\xC3\xA9 a very long name that does not fit into the column of names", counts);
	run_scene(&s);
	check_picture(&s, "24 windows");
	close_scene(&s);
	open_scene(&s, 2);
	add_item(&s, "skill:same", counts);
	run_scene(&s);
	check_picture(&s, "nothing changes");
	close_scene(&s);
	open_scene(&s, 3);
	for (size_t i = 0; i < 50; i++)
		add_item(&s, arena_printf(&s.a, "skill:i%02zu", i).ptr, counts);
	run_scene(&s);
	check_picture(&s, "more than are shown");
	close_scene(&s);
	xmlCleanupParser();
	NO_LEAKS();
}

/* Its strips are the states: as many filled bars as there are runs of windows in the course. */
Test(backtest, picture_has_a_bar_for_each_stay)
{
	scene s;
	open_scene(&s, 6);
	add_item(&s, "skill:a", COUNTS(20, 0, 20, 20, 0, 20));
	run_scene(&s);
	backtest_report r = report_of(&s);
	str svg = backtest_picture(&s.a, &r);
	size_t bars = 0, stays = 0;
	for (size_t at = str_find(svg, STR("class=\"in\""), 0); at != SIZE_MAX;
		 at = str_find(svg, STR("class=\"in\""), at + 1))
		bars++;
	for (int which = 0; which < BACKTEST_POLICIES; which++)
		for (size_t w = 0; w < 6; w++)
			stays += item_is_in(s.out.tracks.ptr[0].states[which][w]) &&
					 (!w || !item_is_in(s.out.tracks.ptr[0].states[which][w - 1]));
	require(bars == stays + 1); /* and one in the legend */
	close_scene(&s);
	NO_LEAKS();
}
