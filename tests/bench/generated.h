/* Courses of any size, for measuring how the cost grows: `n` skills, technologies and themes in a workbook,
 * and a catalogue of `n` concepts, modules and labs that answer them. */
#ifndef BENCH_GENERATED_H
#define BENCH_GENERATED_H

#include "base/buf.h"

str generated_workbook(arena *a, unsigned n);
str generated_catalog(arena *a, unsigned n);

#endif
