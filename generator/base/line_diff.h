/* Two texts, line by line. */
#ifndef BASE_LINE_DIFF_H
#define BASE_LINE_DIFF_H

#include "base/buf.h"

#define LINE_DIFF_CONTEXT 3

/* The hunks of a unified diff, as `diff -u` prints them below its two lines of file names: with `context`
 * lines around what differs, and a line that says so where the last line of a text has no end. Empty if the
 * texts are the same or memory ran out.
 *
 * The edits are the fewest possible (Myers 1986, "An O(ND) Difference Algorithm and Its Variations", with the
 * linear space of its section 4b), unless there are so many that finding them would take too long: then
 * stretches that have little in common are replaced as a whole. What is found depends on the texts only. */
str line_diff(arena *a, str before, str after, size_t context);

#endif
