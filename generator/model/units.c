#include "model/units.h"

#include "base/text.h"

const char *const quantity_names[] = { "time", "a pure number", "a rate", "data", "money", NULL };

const metric_unit units[] = {
	{ "ns", QUANTITY_TIME },
	{ "us", QUANTITY_TIME },
	{ "ms", QUANTITY_TIME },
	{ "s", QUANTITY_TIME },
	{ "min", QUANTITY_TIME },
	{ "h", QUANTITY_TIME },
	{ "d", QUANTITY_TIME },
	{ "%", QUANTITY_PURE },
	{ "ratio", QUANTITY_PURE },
	{ "count", QUANTITY_PURE },
	{ "points", QUANTITY_PURE },
	{ "req/s", QUANTITY_RATE },
	{ "tokens/s", QUANTITY_RATE },
	{ "samples/s", QUANTITY_RATE },
	{ "reconciles/min", QUANTITY_RATE },
	{ "incidents/shift", QUANTITY_RATE },
	{ "Mbit/s", QUANTITY_DATA },
	{ "Gbit/s", QUANTITY_DATA },
	{ "MiB", QUANTITY_DATA },
	{ "GiB", QUANTITY_DATA },
	{ "USD", QUANTITY_MONEY },
	{ "USD/h", QUANTITY_MONEY },
};
const size_t unit_count = COUNT(units);

const metric_unit *unit_find(str name)
{
	for (size_t i = 0; i < unit_count; i++)
		if (str_eq(name, str_from(units[i].name)))
			return &units[i];
	return NULL;
}

str unit_suggest(str name)
{
	str names[COUNT(units)];
	for (size_t i = 0; i < unit_count; i++)
		names[i] = str_from(units[i].name);
	for (size_t i = 0; i < unit_count; i++)
		if (str_eq_nocase(name, names[i]))
			return names[i];
	return text_suggest(name, names, unit_count);
}
