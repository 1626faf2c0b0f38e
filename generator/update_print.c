/* What an update says: the record as Markdown for people, or as JSON. */
#include "update.h"

#include "base/json.h"
#include "model/record_value.h"
#include "render/revision.h"

static void print_json(updating *u, buf *out, cw_update_outcome result, bool ok)
{
	arena *a = &u->context->arena;
	value top = value_new_map(a);
	value_set(a, top, "status",
		value_literal(!ok && result == CW_UPDATE_SAME ? "error" : cw_update_outcome_name(result)));
	value_set(a, top, "written", value_bool(u->written));
	value_set(a, top, "new_vacancies", value_int((int64_t)u->counts.vacancies));
	value_set(a, top, "effective", value_double(u->counts.effective));
	if (u->revision.number)
		value_set(a, top, "revision", record_value(a, &revision_record, &u->revision));
	json_value(out, top, 0);
	buf_char(out, '\n');
}

void update_print(updating *u, buf *out, unsigned flags, cw_update_outcome result, bool ok)
{
	cw_context *c = u->context;
	if (flags & CW_JSON)
		print_json(u, out, result, ok);
	if (!(flags & CW_JSON) && u->revision.number && !ok)
		BUF_LIT(out, "**Not written.** What stands in the way is said with the errors; this is what would "
					 "change.\n\n");
	if (!(flags & CW_JSON) && u->revision.number)
		render_revision(out, &c->arena, &u->revision, pipeline_templates(c), "md", &c->diags);
}
