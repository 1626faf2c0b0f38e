#include "read/plan.h"

#include "read/record.h"
#include "read/record_write.h"

/* The items of a list in the order of the file, with the nodes they were read from. */
#define KEEP_NODES(list, root, name) \
	do { \
		const yaml_node *nodes_ = yaml_get((root), STR(name)); \
		for (size_t i_ = 0; nodes_ && i_ < (list).len; i_++) \
			(list).ptr[i_].node = nodes_->items.ptr[i_]; \
	} while (0)

bool plan_read(plan *out, arena *a, uint32_t number, diags *d)
{
	record_clear(&plan_record, out);
	const yaml_node *root = yaml_read(a, number, d);
	if (!root) {
		if (!d->errors)
			diag_add(d, E_MISSING_KEY, (loc){ .source = number }, "the plan is empty");
		return false;
	}
	if (!record_read(&plan_record, out, root, a, d))
		return false;
	KEEP_NODES(out->modules, root, "modules");
	KEEP_NODES(out->labs, root, "labs");
	KEEP_NODES(out->scenarios, root, "scenarios");
	KEEP_NODES(out->capstone, root, "capstone");
	return true;
}

str plan_text(arena *a, const plan *p)
{
	buf b = { .arena = a };
	BUF_LIT(&b, "# The plan of the course. Edit it: ids are permanent, and any field of a module, lab or "
				"scenario may be\n"
				"# overridden in its entry. What was generated last is kept in state/plan.base.yaml.\n");
	return record_write(&b, &plan_record, p) ? buf_done(&b) : STR("");
}
