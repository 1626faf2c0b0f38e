#include "read/raw_html.h"

#include <cmark-gfm.h>

/* A '<' that could begin a tag, comment or declaration. */
static size_t suspect(str s, size_t from)
{
	for (size_t i = from; i + 1 < s.len; i++)
		if (s.ptr[i] == '<' &&
			(is_alpha(s.ptr[i + 1]) || s.ptr[i + 1] == '/' || s.ptr[i + 1] == '!' || s.ptr[i + 1] == '?'))
			return i;
	return SIZE_MAX;
}

bool raw_html_find(str s, size_t *at)
{
	*at = suspect(s, 0);
	if (*at == SIZE_MAX)
		return false;
	bool found = false;
	cmark_node *root = cmark_parse_document(s.ptr, s.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = root ? cmark_iter_new(root) : NULL;
	while (iter && !found && cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(n);
		if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE)
			continue;
		found = true;
		size_t exact = str_find(s, str_from(cmark_node_get_literal(n)), 0);
		if (exact != SIZE_MAX)
			*at = exact;
	}
	if (iter)
		cmark_iter_free(iter);
	if (root)
		cmark_node_free(root);
	return found;
}
