/* Named time zones from the system's tables: TZif files (RFC 8536), with the rule in their footer for later
 * times. The one place where a result depends on the machine, and only if a condition names a zone. */
#include "base/io.h"
#include "rules/cel_run.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum { HEADER_SIZE = 44, NAME_MAX_BYTES = 64, DAY = 86400, HOUR = 3600, RULE_HOURS_MAX = 167 };

/* The second part of a file: 64-bit times. */
typedef struct {
	const unsigned char *times, *indexes, *types;
	uint32_t time_count, type_count;
	str rule; /* the footer */
} zone_table;

typedef struct {
	uint32_t is_utc, is_std, leaps, times, types, chars;
} zone_counts;

static uint64_t big_endian(const unsigned char *p, size_t bytes)
{
	uint64_t n = 0;
	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | p[i];
	return n;
}

static bool read_header(zone_counts *out, str file)
{
	const unsigned char *p = (const unsigned char *)file.ptr;
	if (file.len < HEADER_SIZE || !str_starts(file, STR("TZif")) || p[4] < '2')
		return false;
	uint32_t *counts[] = { &out->is_utc, &out->is_std, &out->leaps, &out->times, &out->types, &out->chars };
	for (size_t i = 0; i < COUNT(counts); i++)
		*counts[i] = (uint32_t)big_endian(p + 20 + 4 * i, 4);
	return true;
}

static uint64_t data_size(const zone_counts *c, uint64_t time_size)
{
	return (uint64_t)c->times * (time_size + 1) + (uint64_t)c->types * 6 + c->chars +
		   (uint64_t)c->leaps * (time_size + 4) + c->is_std + c->is_utc;
}

static bool read_table(zone_table *out, str file)
{
	zone_counts c;
	if (!read_header(&c, file) || data_size(&c, 4) > file.len - HEADER_SIZE)
		return false;
	file = str_skip(file, HEADER_SIZE + (size_t)data_size(&c, 4));
	if (!read_header(&c, file) || data_size(&c, 8) > file.len - HEADER_SIZE || c.types == 0)
		return false;
	out->times = (const unsigned char *)file.ptr + HEADER_SIZE;
	out->indexes = out->times + (size_t)c.times * 8;
	out->types = out->indexes + c.times;
	out->time_count = c.times;
	out->type_count = c.types;
	out->rule = str_trim(str_skip(file, HEADER_SIZE + (size_t)data_size(&c, 8)));
	return true;
}

static bool type_offset(int32_t *out, const zone_table *t, uint32_t type)
{
	if (type >= t->type_count)
		return false;
	*out = (int32_t)(uint32_t)big_endian(t->types + (size_t)type * 6, 4);
	return *out > -2 * DAY && *out < 2 * DAY;
}

/* The rule of a footer, as in the variable TZ of POSIX: "CST6CDT,M3.2.0,M11.1.0". */
typedef struct {
	str rest;
	bool ok;
} rule_reader;

static bool accept(rule_reader *in, char c)
{
	if (!in->rest.len || in->rest.ptr[0] != c)
		return false;
	in->rest = str_skip(in->rest, 1);
	return true;
}

static int32_t read_number(rule_reader *in, int32_t most)
{
	int32_t n = 0;
	size_t digits = 0;
	for (; in->rest.len && is_digit(in->rest.ptr[0]) && n <= most; digits++) {
		n = n * 10 + (in->rest.ptr[0] - '0');
		in->rest = str_skip(in->rest, 1);
	}
	in->ok = in->ok && digits && n <= most;
	return in->ok ? n : 0;
}

static void skip_name(rule_reader *in)
{
	if (accept(in, '<')) {
		str_cut cut = str_split(in->rest, '>');
		in->ok = in->ok && cut.ok;
		in->rest = cut.tail;
		return;
	}
	while (in->rest.len && is_alpha(in->rest.ptr[0]))
		in->rest = str_skip(in->rest, 1);
}

/* [+-]hh[:mm[:ss]] in seconds */
static int32_t read_clock(rule_reader *in)
{
	int32_t sign = accept(in, '-') ? -1 : 1;
	if (sign > 0)
		accept(in, '+');
	int32_t seconds = read_number(in, RULE_HOURS_MAX) * HOUR;
	if (accept(in, ':'))
		seconds += read_number(in, 59) * 60;
	if (accept(in, ':'))
		seconds += read_number(in, 59);
	return sign * seconds;
}

/* The day that "Mmonth.week.day" means; week 5 is the last. */
static int64_t weekday_rule(rule_reader *in, int64_t year)
{
	int32_t month = read_number(in, 12);
	in->ok = accept(in, '.') && in->ok;
	int32_t week = read_number(in, 5);
	in->ok = accept(in, '.') && in->ok;
	int32_t weekday = read_number(in, 6);
	if (!in->ok || month < 1 || week < 1) {
		in->ok = false;
		return 0;
	}
	int64_t first = cel_days_from_civil(year, month, 1);
	int64_t next_month =
		month == 12 ? cel_days_from_civil(year + 1, 1, 1) : cel_days_from_civil(year, month + 1, 1);
	int64_t first_weekday = ((first + 4) % 7 + 7) % 7;
	int64_t day = first + (weekday - first_weekday + 7) % 7 + (week - 1) * 7;
	return day >= next_month ? day - 7 : day;
}

/* When a change of the clock happens in that year, in seconds of local time. */
static int64_t read_change(rule_reader *in, int64_t year)
{
	int64_t january = cel_days_from_civil(year, 1, 1), day;
	in->ok = accept(in, ',') && in->ok;
	if (accept(in, 'M')) {
		day = weekday_rule(in, year);
	} else if (accept(in, 'J')) {
		int32_t n = read_number(in, 365);
		bool leap = cel_days_from_civil(year, 3, 1) - january == 60;
		day = january + n - 1 + (leap && n >= 60);
	} else {
		day = january + read_number(in, 365);
	}
	return day * DAY + (accept(in, '/') ? read_clock(in) : 2 * HOUR);
}

static bool rule_offset(int32_t *out, str rule, int64_t seconds)
{
	rule_reader in = { .rest = rule, .ok = true };
	skip_name(&in);
	int32_t standard = -read_clock(&in);
	*out = standard;
	if (!in.rest.len || !in.ok)
		return in.ok;
	skip_name(&in);
	int32_t summer = standard + HOUR;
	if (in.rest.len && in.rest.ptr[0] != ',')
		summer = -read_clock(&in);
	int64_t year = cel_year_of(seconds + standard);
	int64_t start = read_change(&in, year) - standard;
	int64_t end = read_change(&in, year) - summer;
	bool is_summer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
	*out = is_summer ? summer : standard;
	return in.ok && !in.rest.len;
}

static bool table_offset(int32_t *out, const zone_table *t, int64_t seconds)
{
	size_t low = 0, high = t->time_count; /* `low`: how many changes are not later */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if ((int64_t)big_endian(t->times + middle * 8, 8) <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == t->time_count && t->rule.len)
		return rule_offset(out, t->rule, seconds);
	return type_offset(out, t, low ? t->indexes[low - 1] : 0);
}

static bool is_zone_name(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_alnum(name.ptr[i]) && name.ptr[i] != '_' && name.ptr[i] != '-' && name.ptr[i] != '+' &&
			name.ptr[i] != '/')
			return false;
	return name.len <= NAME_MAX_BYTES && io_is_safe(name);
}

bool cel_zone_offset(int32_t *out, arena *scratch, str zone, int64_t seconds)
{
	*out = 0;
	if (!is_zone_name(zone))
		return false;
	sources none = { .arena = scratch };
	diags ignored = { .arena = scratch, .sources = &none };
	const char *path = io_join(scratch, STR(ZONE_FOLDER), zone).ptr;
	zone_table table;
	str file;
	if (scratch->failed || io_stat(path) != IO_FILE || !io_read(&file, scratch, path, &ignored))
		return false;
	return read_table(&table, file) && table_offset(out, &table, seconds);
}
