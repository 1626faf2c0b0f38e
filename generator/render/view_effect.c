/* What rules did, in words. */
#include "base/number.h"
#include "render/view_course.h"

str title_of(const view *v, str address_text)
{
	str_cut cut = str_split(address_text, ':');
	const char *kind = arena_cstr(v->arena, cut.head);
	const void *item = cut.ok ? catalog_find(v->c->catalog, kind, cut.tail) : NULL;
	if (!item) {
		const taught_module *m = str_eq(cut.head, STR("module")) ? curriculum_module(v->c, cut.tail) : NULL;
		const set_lab *l = str_eq(cut.head, STR("lab")) ? curriculum_lab(v->c, cut.tail) : NULL;
		const set_scenario *s =
			str_eq(cut.head, STR("scenario")) ? curriculum_scenario(v->c, cut.tail) : NULL;
		return m ? m->module->title : l ? l->lab->title : s ? s->scenario->title : address_text;
	}
	return str_eq(cut.head, STR("module"))     ? ((const module *)item)->title
		   : str_eq(cut.head, STR("lab"))      ? ((const lab *)item)->title
		   : str_eq(cut.head, STR("scenario")) ? ((const scenario *)item)->title
		   : str_eq(cut.head, STR("capstone")) ? ((const capstone *)item)->title
		   : str_eq(cut.head, STR("concept"))  ? ((const concept *)item)->name
											   : address_text;
}

/* "A; B and C", without the kind. */
static void put_names(const view *v, buf *b, list_str items)
{
	for (size_t i = 0; i < items.len; i++) {
		str_cut cut = str_split(items.ptr[i], ':');
		str title = title_of(v, items.ptr[i]);
		if (i)
			buf_str(b, i + 1 == items.len ? STR(" and ") : STR(", "));
		buf_str(b, str_eq(title, items.ptr[i]) && cut.ok ? cut.tail : title);
	}
}

static const char *verb(const effect *e)
{
	switch (e->kind) {
	case DO_MODULE:
		return e->required ? "requires the module " : "proposes the module ";
	case DO_LAB:
		return e->required ? "requires the lab " : "proposes the lab ";
	case DO_SCENARIO:
		return e->required ? "requires the scenario " : "proposes the scenario ";
	case DO_EMPHASISE:
		return "gives more weight to ";
	case DO_REQUIRE:
		return "accepts only tasks that have ";
	case DO_TARGET:
		return "asks for the stretch instead of the target in labs on ";
	case DO_SETTING:
		return "names its technologies in scenarios on ";
	case DO_NOTE:
		return "adds a note to the syllabus";
	case DO_SET:
		return "sets ";
	case DO_KINDS:
		break;
	}
	return "";
}

str effect_text(const view *v, const effect *e)
{
	buf b = { .arena = v->arena };
	buf_str(&b, str_from(verb(e)));
	if (e->kind == DO_NOTE)
		return buf_done(&b);
	if (e->items.len)
		put_names(v, &b, e->items);
	else
		BUF_LIT(&b, "nothing that the catalogue has");
	if (e->kind == DO_EMPHASISE) {
		BUF_LIT(&b, " (times ");
		buf_rounded(&b, e->factor, 3);
		buf_char(&b, ')');
	}
	return buf_done(&b);
}
