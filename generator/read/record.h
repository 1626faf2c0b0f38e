/* YAML into structs, by the tables of model/schema.h. */
#ifndef READ_RECORD_H
#define READ_RECORD_H

#include "model/schema.h"
#include "read/yaml.h"

/* Clears `out` and fills it from `node`. Every problem is reported; true if there was none. */
bool record_read(const record *r, void *out, const yaml_node *node, arena *a, diags *d);
/* Sets only the fields that `node` gives, leaving the rest as they are, and passes over keys in `skip`: an
 * item of a plan that overrides fields of the catalogue. */
bool record_override(
	const record *r, void *out, const yaml_node *node, const record *skip, arena *a, diags *d);

#endif
