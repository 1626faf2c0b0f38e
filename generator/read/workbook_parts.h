/* What the files of the workbook reader share; nothing else includes this. */
#ifndef READ_WORKBOOK_PARTS_H
#define READ_WORKBOOK_PARTS_H

#include "base/map.h"
#include "read/markdown.h"
#include "read/workbook.h"

typedef enum {
	SECTION_FRONT, /* the title and what stands above the first section */
	SECTION_SUMMARY,
	SECTION_SKILLS,
	SECTION_TECHNOLOGY,
	SECTION_THEMES,
	SECTION_EXPERIENCE,
	SECTION_INSIGHTS,
	SECTION_SIGNALS,
	SECTION_REFERENCES,
	SECTION_INVENTORY,
	SECTION_UNKNOWN,
	SECTION_COUNT
} section;

typedef struct {
	section section;
	const md_block *heading; /* NULL above the first heading */
	list_md_block blocks;    /* without the heading; sub-headings that are no sections are among them */
} part;

typedef struct {
	arena *a;
	diags *d;
	workbook *out;
	uint32_t source;
	list_md_block blocks;
	VEC(part) parts;
	VEC(workbook_row) rows[ROW_KINDS];
	map seen[ROW_KINDS];  /* name in lower case -> workbook_row's place (loc) */
	map slugs[ROW_KINDS]; /* slug -> how often (unsigned) */
	VEC(workbook_item) items[SECTION_COUNT];
	unsigned numbers[SECTION_COUNT]; /* items at the outermost level so far */
	bool skills_tried; /* there were skill rows or a table meant for them, whatever was wrong with it */
} reader;

/* workbook_names.c: headings and column names, in the forms that people write */
typedef enum {
	COLUMN_NONE,
	COLUMN_NAME,
	COLUMN_CATEGORY,
	COLUMN_TOOLS,
	COLUMN_TEXT,
	COLUMN_FREQUENCY,
	COLUMN_SHARE,
	COLUMN_NOTES,
	COLUMN_KINDS
} column;

section section_find(arena *a, str heading);        /* SECTION_UNKNOWN if it is none */
const char *section_suggest(arena *a, str heading); /* the title of the section that may be meant; NULL */
const char *section_title(section s);
/* Lower case, words separated by one space, without numbers, punctuation and words such as "of"; '%' is
 * "percent". */
str name_words(arena *a, str name);
/* How well a column name fits each column of each kind of table: 2 well, 1 if nothing fits better, 0 not at
 * all. */
typedef struct {
	unsigned char fit[ROW_KINDS][COLUMN_KINDS];
} column_fits;
column_fits columns_fit(str words);
const char *kind_name(row_kind kind);

/* workbook_number.c */
typedef struct {
	bool has_count, has_of, has_share;
	double count, of;    /* "24 of 26" */
	double share;        /* per cent */
	int decimals;        /* written after the point of the share */
	const char *problem; /* NULL, or what is wrong: "is negative" */
} quantity;

/* "24", "1,024", "24 postings", "24/26", "24 of 26", "92%", "92.5 %", "24 (92%)"; in a column of shares also
 * "92" and "0.92". */
quantity quantity_parse(str text, bool share_column);

typedef struct {
	size_t from, to;
	double value;
	bool plain; /* digits alone, perhaps with separators of thousands: no sign, fraction, unit or range */
	bool year;  /* could be a calendar year */
} number_token;

bool number_next(number_token *out, str text, size_t from);
/* "5-8+ years" -> 5 and -1 (open); false if no years are mentioned. */
bool years_find(str text, double *fewest, double *most);

/* workbook_table.c */
bool table_read(reader *r, section s, const md_block *table); /* false if it is no frequency table */
bool table_is_frequency(reader *r, const md_block *table);

/* workbook_text.c */
void items_read(reader *r, const part *p);
void sample_read(reader *r);
void years_read(reader *r);

str shown(str text); /* the beginning of a long text, for messages */

#endif
