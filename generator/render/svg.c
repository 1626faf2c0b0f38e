#include "render/svg.h"

#include "base/number.h"
#include "base/utf8.h"
#include "render/escape.h"

/* Hundredths of the font size: the mean width of a letter in system fonts, rounded up. */
enum { LABEL_CHAR = 57 };

void svg_number(buf *b, const char *name, double n)
{
	buf_printf(b, " %s=\"", name);
	buf_rounded(b, n, 1);
	buf_char(b, '"');
}

void svg_begin(
	buf *b, const char *id, str title, str about, double width, double height, const char *class, str more)
{
	buf_printf(b, "<svg class=\"chart %s\" viewBox=\"0 0 ", class);
	buf_rounded(b, width, 0);
	buf_char(b, ' ');
	buf_rounded(b, height, 0);
	buf_printf(b,
		"\" role=\"img\" aria-labelledby=\"%s-title %s-about\" xmlns=\"http://www.w3.org/2000/svg\"%.*s>\n",
		id, id, STRF(more));
	buf_printf(b, "<title id=\"%s-title\">", id);
	escape_text(b, ESCAPE_HTML, title, '\0');
	buf_printf(b, "</title>\n<desc id=\"%s-about\">", id);
	escape_text(b, ESCAPE_HTML, about, '\0');
	BUF_LIT(b, "</desc>\n");
}

void svg_title(buf *b, str title)
{
	BUF_LIT(b, "<title>");
	escape_text(b, ESCAPE_HTML, title, '\0');
	BUF_LIT(b, "</title>\n");
}

void svg_line(buf *b, const char *class, double x1, double y1, double x2, double y2)
{
	buf_printf(b, "<line class=\"%s\"", class);
	svg_number(b, "x1", x1);
	svg_number(b, "y1", y1);
	svg_number(b, "x2", x2);
	svg_number(b, "y2", y2);
	BUF_LIT(b, "/>\n");
}

void svg_rect(buf *b, const char *class, double x, double y, double width, double height)
{
	buf_printf(b, "<rect class=\"%s\"", class);
	svg_number(b, "x", x);
	svg_number(b, "y", y);
	svg_number(b, "width", width);
	svg_number(b, "height", height);
	BUF_LIT(b, " rx=\"2\"/>\n");
}

void svg_circle(buf *b, const char *class, double x, double y, double radius)
{
	buf_printf(b, "<circle class=\"%s\"", class);
	svg_number(b, "cx", x);
	svg_number(b, "cy", y);
	svg_number(b, "r", radius);
	BUF_LIT(b, "/>\n");
}

static void open_text(buf *b, const char *class, double x, double y)
{
	buf_printf(b, "<text class=\"%s\"", class);
	svg_number(b, "x", x);
	svg_number(b, "y", y);
	buf_char(b, '>');
}

void svg_text(buf *b, const char *class, double x, double y, str s)
{
	open_text(b, class, x, y);
	escape_text(b, ESCAPE_HTML, s, '\0');
	BUF_LIT(b, "</text>\n");
}

static void put_cut(buf *b, str label, size_t most)
{
	size_t at = 0, seen = 0;
	if (utf8_count(label) <= most) {
		escape_text(b, ESCAPE_HTML, label, '\0');
		return;
	}
	while (at < label.len && seen + 1 < most) {
		utf8_next(label, &at);
		seen++;
	}
	escape_text(b, ESCAPE_HTML, str_trim(str_sub(label, 0, at)), '\0');
	BUF_LIT(b, "\xE2\x80\xA6");
}

void svg_label(buf *b, const char *class, double x, double y, str label, double width, int font)
{
	open_text(b, class, x, y);
	put_cut(b, label, width > 0 ? (size_t)(width * 100 / (LABEL_CHAR * font)) : 0);
	BUF_LIT(b, "</text>\n");
}
