/* Whether Markdown holds raw HTML, which texts of the catalogue may not. */
#ifndef READ_RAW_HTML_H
#define READ_RAW_HTML_H

#include "base/str.h"

/* True and the offset of its '<' if there is any; code and autolinks are not HTML. */
bool raw_html_find(str markdown, size_t *at);

#endif
