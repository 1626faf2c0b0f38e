/* Timestamps (years 1 to 9999) and durations (64 bits of nanoseconds, about 292 years either way). */
#include "base/number.h"
#include "rules/cel_run.h"

#include <inttypes.h>

#define NANOS 1000000000
#define DAY 86400
#define FIRST_SECOND (-62135596800) /* 0001-01-01T00:00:00Z */
#define LAST_SECOND 253402300799    /* 9999-12-31T23:59:59Z */

enum { ZONE_COST = 5000 }; /* steps of the evaluation: a file may be read */

typedef struct {
	int64_t year;
	int64_t month, day;               /* from 1 */
	int64_t day_of_year, day_of_week; /* from 0; Sunday is 0 */
	int64_t hours, minutes, seconds;
} civil;

static value range_error(cel_run *r, const cel_node *n)
{
	return cel_error(r, n, STR("range error: the time is out of range"));
}

static bool stamp_fits(int64_t seconds)
{
	return seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
}

/* Days since 1970-01-01 and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t cel_days_from_civil(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static civil civil_from_seconds(int64_t seconds)
{
	int64_t days = seconds / DAY, rest = seconds % DAY;
	if (rest < 0) {
		rest += DAY;
		days--;
	}
	civil c = { .hours = rest / 3600, .minutes = rest / 60 % 60, .seconds = rest % 60 };
	c.day_of_week = ((days + 4) % 7 + 7) % 7;
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t day_of_era = shifted - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * from_march + 2) / 153;
	c.day = from_march - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = year_of_era + era * 400 + (c.month <= 2);
	c.day_of_year = days - cel_days_from_civil(c.year, 1, 1);
	return c;
}

int64_t cel_year_of(int64_t seconds)
{
	return civil_from_seconds(seconds).year;
}

static bool leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* A text that is taken apart from the left. */
typedef struct {
	str rest;
	bool ok;
} reader;

static int64_t read_digits(reader *in, size_t count)
{
	int64_t n = 0;
	for (size_t i = 0; i < count; i++) {
		if (i >= in->rest.len || !is_digit(in->rest.ptr[i])) {
			in->ok = false;
			return 0;
		}
		n = n * 10 + (in->rest.ptr[i] - '0');
	}
	in->rest = str_skip(in->rest, count);
	return n;
}

static bool read_char(reader *in, char c)
{
	if (!in->rest.len || in->rest.ptr[0] != c)
		return false;
	in->rest = str_skip(in->rest, 1);
	return true;
}

static void need_char(reader *in, char c)
{
	in->ok = read_char(in, c) && in->ok;
}

/* Digits after a point as nanoseconds; more than nine are an error. */
static int32_t read_fraction(reader *in)
{
	int32_t nanos = 0;
	size_t count = 0;
	for (; count < in->rest.len && is_digit(in->rest.ptr[count]); count++)
		nanos = count < 9 ? nanos * 10 + (in->rest.ptr[count] - '0') : nanos;
	in->ok = in->ok && count > 0 && count <= 9;
	in->rest = str_skip(in->rest, count);
	for (; count < 9; count++)
		nanos *= 10;
	return nanos;
}

static int64_t read_zone(reader *in)
{
	if (read_char(in, 'Z'))
		return 0;
	int64_t sign = read_char(in, '-') ? -1 : 1;
	if (sign > 0)
		need_char(in, '+');
	int64_t hours = read_digits(in, 2);
	need_char(in, ':');
	int64_t minutes = read_digits(in, 2);
	in->ok = in->ok && hours < 24 && minutes < 60;
	return sign * (hours * 3600 + minutes * 60);
}

/* RFC 3339. The year may be 0, which is then out of range. */
static bool parse_timestamp(value *out, str text)
{
	static const int64_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	reader in = { .rest = text, .ok = true };
	int64_t year = read_digits(&in, 4);
	need_char(&in, '-');
	int64_t month = read_digits(&in, 2);
	need_char(&in, '-');
	int64_t day = read_digits(&in, 2);
	need_char(&in, 'T');
	int64_t hours = read_digits(&in, 2);
	need_char(&in, ':');
	int64_t minutes = read_digits(&in, 2);
	need_char(&in, ':');
	int64_t seconds = read_digits(&in, 2);
	if (read_char(&in, '.'))
		out->time.nanos = read_fraction(&in);
	int64_t offset = read_zone(&in);
	if (!in.ok || in.rest.len || month < 1 || month > 12 || hours > 23 || minutes > 59 || seconds > 59)
		return false;
	if (day < 1 || day > lengths[month - 1] + (month == 2 && leap(year)))
		return false;
	out->time.seconds =
		cel_days_from_civil(year, month, day) * DAY + hours * 3600 + minutes * 60 + seconds - offset;
	return true;
}

value cel_to_timestamp(cel_run *r, const cel_node *n, const value *args)
{
	value out = { .kind = V_TIMESTAMP, .time = { 0 } };
	if (args[0].kind == V_TIMESTAMP)
		return args[0];
	if (args[0].kind == V_INT)
		out.time.seconds = args[0].integer;
	else if (!parse_timestamp(&out, args[0].string))
		return cel_error(r, n,
			arena_printf(r->scratch,
				"'%.*s' is not a timestamp or out of range; it looks like 2026-01-31T12:00:00Z",
				STRF(str_sub(args[0].string, 0, 80))));
	return stamp_fits(out.time.seconds) ? out : range_error(r, n);
}

/* Nanoseconds as seconds and nanoseconds of the same sign. */
static void set_duration(value *out, int64_t nanos)
{
	out->time.seconds = nanos / NANOS;
	out->time.nanos = (int32_t)(nanos % NANOS);
}

static bool nanos_of(int64_t *out, value v)
{
	return !__builtin_mul_overflow(v.time.seconds, NANOS, out) &&
		   !__builtin_add_overflow(*out, v.time.nanos, out);
}

/* Nanoseconds of one unit, which is taken off the text; 0 if there is none. */
static int64_t read_unit(reader *in)
{
	static const struct {
		const char *name;
		int64_t nanos;
	} units[] = {
		{ "ns", 1 },
		{ "us", 1000 },
		{ "µs", 1000 },
		{ "μs", 1000 },
		{ "ms", 1000000 },
		{ "s", NANOS },
		{ "m", 60 * (int64_t)NANOS },
		{ "h", 3600 * (int64_t)NANOS },
	};
	for (size_t i = 0; i < COUNT(units); i++) {
		str name = str_from(units[i].name);
		if (str_starts(in->rest, name)) {
			in->rest = str_skip(in->rest, name.len);
			return units[i].nanos;
		}
	}
	return 0;
}

/* A decimal number and its unit, in nanoseconds; digits below a nanosecond are dropped. Counts down from
 * zero, because there is one more negative number. */
static int64_t read_part(reader *in)
{
	int64_t whole = 0, out = 0, fraction = 0, scale = 1;
	size_t digits = 0;
	for (; in->rest.len && is_digit(in->rest.ptr[0]); in->rest = str_skip(in->rest, 1), digits++)
		in->ok = in->ok && !__builtin_mul_overflow(whole, 10, &whole) &&
				 !__builtin_sub_overflow(whole, in->rest.ptr[0] - '0', &whole);
	if (read_char(in, '.')) {
		for (; in->rest.len && is_digit(in->rest.ptr[0]); in->rest = str_skip(in->rest, 1), digits++) {
			if (scale < 1000000000000) {
				fraction = fraction * 10 + (in->rest.ptr[0] - '0');
				scale *= 10;
			}
		}
	}
	int64_t unit = read_unit(in);
	in->ok = in->ok && digits && unit && !__builtin_mul_overflow(whole, unit, &out);
	int64_t below = (int64_t)((double)fraction / (double)scale * (double)unit);
	if (scale <= NANOS && unit <= NANOS)
		below = fraction * unit / scale;
	in->ok = in->ok && !__builtin_sub_overflow(out, below, &out);
	return out;
}

/* As Go writes them: "1h30m", "-1.5s", "250ms"; a bare "0" needs no unit. */
static bool parse_duration(value *out, str text)
{
	reader in = { .rest = text, .ok = true };
	bool minus = read_char(&in, '-');
	if (!minus)
		read_char(&in, '+');
	int64_t total = 0;
	if (str_eq(in.rest, STR("0"))) {
		set_duration(out, 0);
		return true;
	}
	if (!in.rest.len)
		return false;
	while (in.ok && in.rest.len)
		in.ok = !__builtin_add_overflow(total, read_part(&in), &total) && in.ok;
	if (!in.ok || (!minus && total == INT64_MIN))
		return false;
	set_duration(out, minus ? total : -total);
	return true;
}

value cel_to_duration(cel_run *r, const cel_node *n, const value *args)
{
	value out = { .kind = V_DURATION, .time = { 0 } };
	if (args[0].kind == V_DURATION)
		return args[0];
	if (!parse_duration(&out, args[0].string))
		return cel_error(r, n,
			arena_printf(r->scratch, "'%.*s' is not a duration or out of range; it looks like 1h30m or 90s",
				STRF(str_sub(args[0].string, 0, 80))));
	return out;
}

static bool add_durations(value *out, value a, value b, int sign)
{
	int64_t x, y, sum;
	if (!nanos_of(&x, a) || !nanos_of(&y, b))
		return false;
	if (sign > 0 ? __builtin_add_overflow(x, y, &sum) : __builtin_sub_overflow(x, y, &sum))
		return false;
	set_duration(out, sum);
	return true;
}

static bool subtract_stamps(value *out, value a, value b)
{
	int64_t seconds, nanos;
	if (__builtin_sub_overflow(a.time.seconds, b.time.seconds, &seconds) ||
		__builtin_mul_overflow(seconds, NANOS, &nanos) ||
		__builtin_add_overflow(nanos, a.time.nanos - b.time.nanos, &nanos))
		return false;
	set_duration(out, nanos);
	return true;
}

bool cel_time_add(value *out, value a, value b, int sign)
{
	if (a.kind == V_DURATION && b.kind == V_DURATION)
		return add_durations(out, a, b, sign);
	if (a.kind == V_TIMESTAMP && b.kind == V_TIMESTAMP)
		return subtract_stamps(out, a, b);
	if (a.kind == V_DURATION) {
		value swap = a;
		a = b;
		b = swap;
	}
	int64_t nanos = a.time.nanos + sign * (int64_t)b.time.nanos, seconds = 0;
	int64_t carry = nanos < 0 ? -1 : nanos >= NANOS ? 1 : 0;
	bool bad = sign > 0 ? __builtin_add_overflow(a.time.seconds, b.time.seconds, &seconds)
						: __builtin_sub_overflow(a.time.seconds, b.time.seconds, &seconds);
	bad = bad || __builtin_add_overflow(seconds, carry, &seconds);
	out->time.seconds = seconds;
	out->time.nanos = (int32_t)(nanos - carry * NANOS);
	return !bad && stamp_fits(seconds);
}

static void write_fraction(buf *b, int32_t nanos)
{
	int32_t n = nanos < 0 ? -nanos : nanos;
	int digits = 9;
	if (n == 0)
		return;
	for (; n % 10 == 0; digits--)
		n /= 10;
	buf_printf(b, ".%0*" PRId32, digits, n);
}

str cel_timestamp_text(arena *a, value v)
{
	buf b = { .arena = a };
	civil c = civil_from_seconds(v.time.seconds);
	buf_printf(&b, "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64, c.year,
		c.month, c.day, c.hours, c.minutes, c.seconds);
	write_fraction(&b, v.time.nanos);
	buf_char(&b, 'Z');
	return buf_done(&b);
}

str cel_duration_text(arena *a, value v)
{
	buf b = { .arena = a };
	bool minus = v.time.seconds < 0 || v.time.nanos < 0;
	buf_printf(&b, "%s%" PRIu64, minus ? "-" : "",
		v.time.seconds < 0 ? (uint64_t)0 - (uint64_t)v.time.seconds : (uint64_t)v.time.seconds);
	write_fraction(&b, v.time.nanos);
	buf_char(&b, 's');
	return buf_done(&b);
}

/* "UTC", "+01:00", "02:00" */
static bool fixed_offset(int32_t *out, str zone)
{
	reader in = { .rest = zone, .ok = true };
	*out = 0;
	if (str_eq(zone, STR("UTC")) || str_eq(zone, STR("Z")))
		return true;
	int32_t sign = read_char(&in, '-') ? -1 : 1;
	if (sign > 0)
		read_char(&in, '+');
	int64_t hours = read_digits(&in, 2);
	need_char(&in, ':');
	int64_t minutes = read_digits(&in, 2);
	*out = sign * (int32_t)(hours * 3600 + minutes * 60);
	return in.ok && !in.rest.len && hours < 24 && minutes < 60;
}

typedef enum {
	PART_YEAR,
	PART_MONTH,
	PART_DAY,
	PART_DAY_OF_WEEK,
	PART_DAY_OF_YEAR,
	PART_HOURS,
	PART_MINUTES,
	PART_SECONDS
} part;

static int64_t civil_part(const civil *c, part which)
{
	switch (which) {
	case PART_YEAR:
		return c->year;
	case PART_MONTH:
		return c->month - 1;
	case PART_DAY:
		return c->day;
	case PART_DAY_OF_WEEK:
		return c->day_of_week;
	case PART_DAY_OF_YEAR:
		return c->day_of_year;
	case PART_HOURS:
		return c->hours;
	case PART_MINUTES:
		return c->minutes;
	default:
		return c->seconds;
	}
}

bool cel_zone_is_fixed(str zone)
{
	int32_t offset;
	return fixed_offset(&offset, zone);
}

str cel_zone_refusal(arena *a, str zone)
{
	return arena_printf(a,
		"time zone '%.*s': a rule takes 'UTC' or an offset such as '+01:00', because names depend on the "
		"machine",
		STRF(str_sub(zone, 0, 80)));
}

/* An offset, or a name from the zone tables. False: `*error` is the error. */
static bool zone_offset(int32_t *out, value *error, cel_run *r, const cel_node *n, const value *args)
{
	str zone = args[1].string;
	if (fixed_offset(out, zone))
		return true;
	if (!r->zones) {
		*error = cel_error(r, n, cel_zone_refusal(r->scratch, zone));
		return false;
	}
	cel_charge(r, ZONE_COST);
	if (cel_zone_offset(out, r->scratch, zone, args[0].time.seconds))
		return true;
	*error =
		cel_error(r, n, arena_printf(r->scratch, "unknown time zone '%.*s'", STRF(str_sub(zone, 0, 80))));
	return false;
}

static value get(cel_run *r, const cel_node *n, const value *args, part which)
{
	int32_t offset = 0;
	value error;
	if (n->args.len > 1 && !zone_offset(&offset, &error, r, n, args))
		return error;
	civil c = civil_from_seconds(args[0].time.seconds + offset);
	return value_int(civil_part(&c, which));
}

value cel_get_full_year(cel_run *r, const cel_node *n, const value *args)
{
	return get(r, n, args, PART_YEAR);
}

value cel_get_month(cel_run *r, const cel_node *n, const value *args)
{
	return get(r, n, args, PART_MONTH);
}

value cel_get_date(cel_run *r, const cel_node *n, const value *args)
{
	return get(r, n, args, PART_DAY);
}

/* Counts from 0, unlike the date. */
value cel_get_day_of_month(cel_run *r, const cel_node *n, const value *args)
{
	value day = get(r, n, args, PART_DAY);
	return day.kind == V_INT ? value_int(day.integer - 1) : day;
}

value cel_get_day_of_week(cel_run *r, const cel_node *n, const value *args)
{
	return get(r, n, args, PART_DAY_OF_WEEK);
}

value cel_get_day_of_year(cel_run *r, const cel_node *n, const value *args)
{
	return get(r, n, args, PART_DAY_OF_YEAR);
}

/* Of a duration, hours, minutes and seconds are the whole of it in that unit. */
value cel_get_hours(cel_run *r, const cel_node *n, const value *args)
{
	return args[0].kind == V_DURATION ? value_int(args[0].time.seconds / 3600) : get(r, n, args, PART_HOURS);
}

value cel_get_minutes(cel_run *r, const cel_node *n, const value *args)
{
	return args[0].kind == V_DURATION ? value_int(args[0].time.seconds / 60) : get(r, n, args, PART_MINUTES);
}

value cel_get_seconds(cel_run *r, const cel_node *n, const value *args)
{
	return args[0].kind == V_DURATION ? value_int(args[0].time.seconds) : get(r, n, args, PART_SECONDS);
}

value cel_get_milliseconds(cel_run *r, const cel_node *n, const value *args)
{
	value zone_is_known = args[0].kind == V_DURATION ? V_NONE : get(r, n, args, PART_SECONDS);
	return zone_is_known.kind == V_ERROR ? zone_is_known : value_int(args[0].time.nanos / 1000000);
}
