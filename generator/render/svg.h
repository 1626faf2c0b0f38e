/* The few elements that our figures consist of. Attributes of look come from the classes of a stylesheet. */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "base/buf.h"

/* ` name="12.5"`, with one decimal at most. */
void svg_number(buf *b, const char *name, double n);
/* The beginning of a figure that says what it shows; `id` is unique in the page, and `more` further
 * attributes of the element. */
void svg_begin(
	buf *b, const char *id, str title, str about, double width, double height, const char *class, str more);
/* What the element is about; it stands first in it. */
void svg_title(buf *b, str title);
void svg_line(buf *b, const char *class, double x1, double y1, double x2, double y2);
void svg_rect(buf *b, const char *class, double x, double y, double width, double height);
void svg_circle(buf *b, const char *class, double x, double y, double radius);
void svg_text(buf *b, const char *class, double x, double y, str s);
/* What fits into so many units at that font size, with a mark where it was cut. */
void svg_label(buf *b, const char *class, double x, double y, str label, double width, int font);

#endif
