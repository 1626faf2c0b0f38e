/* What every unit test needs beyond Criterion. */
#ifndef UNIT_CHECK_H
#define UNIT_CHECK_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/diag.h"

/* A leak found in a test's child process is reported but does not fail the test, so it is asked for here. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNIT_LSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define UNIT_LSAN 1
#endif
#ifdef UNIT_LSAN
#include <sanitizer/lsan_interface.h>
#define NO_LEAKS() cr_assert(__lsan_do_recoverable_leak_check() == 0, "leaked")
#else
#define NO_LEAKS() ((void)0)
#endif

#define assert_str(actual, expected) \
	do { \
		str actual_ = (actual), expected_ = str_from(expected); \
		cr_assert( \
			str_eq(actual_, expected_), "got '%.*s', expected '%.*s'", STRF(actual_), STRF(expected_)); \
	} while (0)

#endif
