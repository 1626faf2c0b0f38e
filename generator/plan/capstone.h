/* The capstone: which one a course gets, which modules it integrates, and what it then asks for. */
#ifndef PLAN_CAPSTONE_H
#define PLAN_CAPSTONE_H

#include "base/diag.h"
#include "model/curriculum.h"
#include "plan/choose.h"

/* A capstone may take this part of the budget: what is larger would leave a small course little to integrate.
 */
#define CAPSTONE_PART_MOST 0.125

typedef struct {
	const capstone *item; /* NULL: the course gets none */
	int minutes;          /* whole units */
	list_str modules;     /* heaviest first */
	bool pinned;
} capstone_choice;

/* The first capstone of the catalogue that suits the level, fits into its part of `budget` (minutes) and has
 * parts for as many of the chosen modules as it takes. One with a part for any module suits every level and
 * is content with two modules. None if the course gives capstones no part of the grade. A
 * pinned one comes first, whatever its level and size. Remarks say why. */
void capstone_choose(capstone_choice *out, choice *c, int budget);

/* Takes the choice back, because there is no time for it. */
void capstone_drop(capstone_choice *out, choice *c);

/* The part for a module; NULL: there is none. */
const capstone_part *capstone_part_for(const capstone *c, str module_id);

/* Sets `parts` of `c` to those of the modules, each with the module's id, its outcomes and words filled in.
 * False after a diagnostic at `at`: no module, a module that is not taught, given twice, or without a part.
 */
bool capstone_fill(capstone *c, arena *a, const curriculum *in, list_str modules, loc at, diags *d);

#endif
