/* coursewright: from a job posting analysis workbook to a course that can be taught and graded.
 *
 * One context owns everything it hands out. In the comments, *borrowed* means valid until the next call that
 * returns the same kind of thing, or cw_close; *copied* means that yours may go. The library never prints,
 * exits or aborts. A context is used by one thread at a time; contexts share nothing. */
#ifndef COURSEWRIGHT_H
#define COURSEWRIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CW_API __attribute__((visibility("default")))
#define CW_MUST __attribute__((warn_unused_result))
#else
#define CW_API
#define CW_MUST
#endif

/** Everything that was read and made for one course. */
typedef struct cw_context cw_context;

/** Whether to go on. What is wrong is in the diagnostics. */
typedef enum {
	CW_OK = 0,
	CW_EINPUT, /**< the input has errors: see the diagnostics */
	CW_ENOMEM, /**< memory ran out */
	CW_EIO     /**< a file could not be read or written: see the diagnostics */
} cw_status;

/** Settings of a context. Strings are copied. */
typedef struct {
	uint32_t size;        /**< sizeof(cw_options) */
	const char *data_dir; /**< shipped catalog/, rubrics/ and templates/; NULL: found by cw_data_dir() */
	const char
		*as_of; /**< date YYYY-MM-DD against which expiry is judged; NULL: the latest date in the input */
} cw_options;
#define CW_OPTIONS_INIT \
	{ \
		sizeof(cw_options), NULL, NULL \
	}

/** Flags of the functions that write. */
enum {
	CW_FORCE = 1,    /**< replace what a person edited */
	CW_STRICT = 2,   /**< findings of level error make the result CW_EINPUT */
	CW_JSON = 4,     /**< text for machines */
	CW_CHECKED = 8,  /**< expressions are type-checked before they are evaluated */
	CW_LENIENT = 16, /**< a missing name in a template prints nothing */
	CW_ALL = 32,     /**< everything that a list would cut off */
	CW_ANSWER = 64,  /**< what a question has to say, without the warnings about the course */
	CW_DRY = 128     /**< says what would be done, and writes nothing */
};

/** Text that a context hands out: not NUL-terminated by promise, borrowed. */
typedef struct {
	const char *ptr;
	size_t len;
} cw_text;

/** What a build did. */
typedef struct {
	uint32_t size;    /**< sizeof(cw_result), set by the caller */
	size_t written;   /**< files whose bytes changed or that are new */
	size_t unchanged; /**< files left alone because they already had the bytes */
	size_t removed;   /**< outputs of an earlier build that are no longer produced */
	size_t kept;      /**< edited by a person and therefore left alone */
	size_t modules, labs, scenarios;
	double hours;                   /**< the course's budget */
	size_t errors, warnings, infos; /**< findings of the quality checks, without waived ones */
} cw_result;
#define CW_RESULT_INIT \
	{ \
		sizeof(cw_result), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 \
	}

/** Makes a context. `opts` is copied; NULL: defaults. CW_ENOMEM is the only failure. */
CW_API CW_MUST cw_status cw_open(cw_context **out, const cw_options *opts);
/** Releases the context and everything it handed out. NULL is fine. */
CW_API void cw_close(cw_context *c);
/** The version of the library, such as "0.1.0". */
CW_API const char *cw_version(void);

/** Reads a course: a folder with course.yaml or workbook.md, or a workbook file. Then evidence, rules and
 * plan are worked out in memory. Call it once, before everything that speaks of a course. CW_EINPUT: the
 * diagnostics say what is wrong and where. */
CW_API CW_MUST cw_status cw_load(cw_context *c, const char *path);

/** Renders everything into `out_dir` (NULL: "out" in the course folder, or beside the workbook) and writes
 * the plan of a course folder that has none. Nothing is written unless all of it can be; files that a person
 * edited are left alone without CW_FORCE. `result` may be NULL. `only` and `formats` (both may be NULL)
 * restrict what is rendered: a document kind or its path, and "md,html". Flags: CW_FORCE, CW_STRICT. */
CW_API CW_MUST cw_status cw_build(cw_context *c, const char *out_dir, const char *only, const char *formats,
	unsigned flags, cw_result *result);
/** Reads a course as cw_load does, up to the rules, and writes a fresh plan.yaml and its base; call it
 * instead of cw_load. A plan with hand edits is CW_EINPUT without CW_FORCE; with it, the former plan is kept
 * as state/plan.replaced.yaml and its decisions hold in the fresh one. `written` is the file; for a bare
 * workbook there is no folder to write to and `written` is the plan's text. */
CW_API CW_MUST cw_status cw_plan(cw_context *c, const char *path, unsigned flags, cw_text *written);
/** Runs the quality checks on the course and its documents. `format` is "text", "json" or "sarif". Errors
 * found are not a failure: see result->errors. */
CW_API CW_MUST cw_status cw_check(cw_context *c, const char *format, cw_text *out, cw_result *result);
/** Why an item or a number is there, or is not. `address` is KIND:ID or KIND:ID.FIELD. In a course folder
 * with a ledger (evidence.db), counts of rows and concepts go on to the vacancies behind them, the first ten
 * without CW_ALL, and posting:ID, or posting: and a beginning of the id, is an address too. Flags: CW_JSON,
 * CW_ALL. */
CW_API CW_MUST cw_status cw_explain(cw_context *c, const char *address, unsigned flags, cw_text *out);
/** Evaluates a CEL expression over the facts of the loaded course (without one there are no variables) or, if
 * `data` is not NULL, over the members of the JSON object in that file; the value as JSON. Flags: CW_CHECKED.
 */
CW_API CW_MUST cw_status cw_eval(
	cw_context *c, const char *expression, const char *data, unsigned flags, cw_text *out);
/** Renders one template file with the JSON in `data`; partials come from `partials` (NULL: the template's
 * folder). Flags: CW_LENIENT. No course needs to be loaded. */
CW_API CW_MUST cw_status cw_template(
	cw_context *c, const char *file, const char *data, const char *partials, unsigned flags, cw_text *out);
/** Lists things of one kind (see cw_list_kinds), a line each, or as JSON. Flags: CW_JSON. */
CW_API CW_MUST cw_status cw_list(cw_context *c, const char *kind, unsigned flags, cw_text *out);
/** Kinds that cw_list knows, ended by NULL. Static. */
CW_API const char *const *cw_list_kinds(void);
/** Whether that kind needs a loaded course. */
CW_API bool cw_list_needs_course(const char *kind);
/** Makes a course folder that builds at once. It must not exist or be empty. */
CW_API CW_MUST cw_status cw_init(cw_context *c, const char *dir);

/** How far an ingestion is. */
typedef struct {
	uint32_t size;              /**< sizeof(cw_ingestion), set by the caller */
	size_t files, files_done;   /**< files that were named, and those that are read */
	uint64_t bytes, bytes_done; /**< of them; what is not known to have a size counts nothing */
	size_t postings;            /**< read */
	size_t fresh;               /**< of them, those that were not in the ledger */
	size_t problems;            /**< files and postings that could not be read */
	size_t left_out;            /**< postings whose title has not the words of cw_ingest_title */
	double kept, vacancies;     /**< postings in the ledger, and vacancies: duplicates counted once */
	bool done;
} cw_ingestion;
#define CW_INGESTION_INIT \
	{ \
		sizeof(cw_ingestion), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false \
	}

/** Opens the ledger of the course folder `path` (evidence.db, made if it is not there) and reads the lexicon.
 * Call it instead of cw_load. `form` is a name of cw_posting_forms or of a shape of the catalogue; NULL:
 * recognised from what each file holds. */
CW_API CW_MUST cw_status cw_ingest_begin(cw_context *c, const char *path, const char *form);
/** Keeps only postings whose title fits. `words` is alternatives, separated by commas; the words of one must
 * stand in the title in this order, each at the beginning of a word, case ignored: "data eng, infra". Copied.
 * Call it after cw_ingest_begin and before the first step. CW_EINPUT: there are no words. */
CW_API CW_MUST cw_status cw_ingest_title(cw_context *c, const char *words);
/** Adds a file, a folder with all files below it, or "-" for standard input to what is to be read. Of a
 * folder the course's own files are left out, and a note says so. */
CW_API CW_MUST cw_status cw_ingest_add(cw_context *c, const char *path);
/** Reads some postings more and keeps them: when it returns, they are on the disk. What cannot be read is a
 * diagnostic, and the rest goes on. Call it until progress->done. */
CW_API CW_MUST cw_status cw_ingest_step(cw_context *c, cw_ingestion *progress);
/** Names of forms of postings, ended by NULL. Static. */
CW_API const char *const *cw_posting_forms(void);

/** Which postings are counted. Strings may be NULL. */
typedef struct {
	uint32_t size;                 /**< sizeof(cw_analysis) */
	const char *since, *until;     /**< months or days: YYYY-MM or YYYY-MM-DD */
	const char *region, *employer; /**< words that stand in it, case ignored */
} cw_analysis;
#define CW_ANALYSIS_INIT \
	{ \
		sizeof(cw_analysis), NULL, NULL, NULL, NULL \
	}

/** The workbook of the ledger of the course folder `path`: Markdown that cw_load reads. Postings that were
 * understood with another lexicon are understood again first, and a note says so. `as_of` of cw_open is the
 * day from which age is counted. Call it instead of cw_load. */
CW_API CW_MUST cw_status cw_analyze(
	cw_context *c, const char *path, const cw_analysis *options, cw_text *out);
/** Writes a workbook into the course folder of cw_analyze as workbook.md or, if `file` is not NULL, there. A
 * workbook.md that a person wrote or edited is CW_EINPUT without CW_FORCE. With workbook.md it is kept what
 * cw_analyze was asked for, and in the ledger which postings it had seen. `written` is the file. */
CW_API CW_MUST cw_status cw_write_workbook(
	cw_context *c, cw_text workbook, const char *file, unsigned flags, cw_text *written);

/** Lists the postings in the ledger of the course folder `path` that count as one vacancy: a group of two and
 * more after the other, each with the posting that stands for it first, and how alike to that one the others
 * are. Needs neither cw_load nor a workbook, and neither do the next three. Flags: CW_JSON. */
CW_API CW_MUST cw_status cw_duplicates(cw_context *c, const char *path, unsigned flags, cw_text *out);
/** Decides by hand that two postings count as one vacancy. `one` and `other` are ids or their beginnings, of
 * six digits and more. `out` is the groups before and after. An id that is unknown, or begins more than one,
 * is CW_EINPUT, and nothing is written. Flags: CW_JSON. */
CW_API CW_MUST cw_status cw_duplicates_join(
	cw_context *c, const char *path, const char *one, const char *other, unsigned flags, cw_text *out);
/** Decides by hand that a posting counts by itself: it is compared with nothing any more, and joins that it
 * was in are undone. The rest as for cw_duplicates_join. */
CW_API CW_MUST cw_status cw_duplicates_split(
	cw_context *c, const char *path, const char *one, unsigned flags, cw_text *out);
/** Lists the decisions of the last two functions, the oldest first, and which of them still hold. Flags:
 * CW_JSON. */
CW_API CW_MUST cw_status cw_duplicates_history(cw_context *c, const char *path, unsigned flags, cw_text *out);

/** What new evidence is and what may be done about it. Strings may be NULL. */
typedef struct {
	uint32_t size; /**< sizeof(cw_update_options) */
	const char *from,
		*to; /**< workbooks: the one that the plan was made from, and the new one; both or none */
	const char *approved_by; /**< who says yes to changes that need it */
} cw_update_options;
#define CW_UPDATE_INIT \
	{ \
		sizeof(cw_update_options), NULL, NULL, NULL \
	}

/** What an update came to. */
typedef enum {
	CW_UPDATE_SAME,     /**< nothing is new */
	CW_UPDATE_WAITING,  /**< too little is new to decide anything */
	CW_UPDATE_CHANGED,  /**< the course changed, or would change */
	CW_UPDATE_APPROVAL, /**< a person must say yes first; nothing was written */
	CW_UPDATE_CONFLICT  /**< edits by hand are in the way; nothing was written */
} cw_update_outcome;
/** "unchanged", "waiting", "changed", "needs-approval", "conflict". Static. */
CW_API const char *cw_update_outcome_name(cw_update_outcome outcome);

/** Reads what is new in the ledger of the course folder `path`, or in the workbooks of the options, and makes
 * the smallest change to the plan that it justifies; edits by hand are kept. Writes plan.yaml, workbook.md
 * and state/, all of them or none. A path that is no course folder is fine with two workbooks: then the plan
 * of the first is made in memory, and nothing is written. `out` is the record of the change as Markdown, or
 * with CW_JSON as JSON. CW_EINPUT with CW_UPDATE_APPROVAL or CW_UPDATE_CONFLICT: see the diagnostics. Call it
 * instead of cw_load. */
CW_API CW_MUST cw_status cw_update(cw_context *c, const char *path, const cw_update_options *options,
	unsigned flags, cw_text *out, cw_update_outcome *outcome);

/** Lists the revisions of the course folder `path` (what runs of update and revert changed, and why), the
 * newest first. Needs neither cw_load nor a workbook, and neither do the next two. Flags: CW_JSON. */
CW_API CW_MUST cw_status cw_log(cw_context *c, const char *path, unsigned flags, cw_text *out);
/** What a revision changed, as Markdown: the course, part by part, and plan.yaml as a unified diff. `what` is
 * its number, or the id of one of its changes. Flags: CW_JSON. */
CW_API CW_MUST cw_status cw_diff(
	cw_context *c, const char *path, const char *what, unsigned flags, cw_text *out);
/** Takes back a revision or one change, by number or id. If all of the latest revision is meant and no file
 * was edited since, the plan, its base, the state of the items and the workbook become byte for byte what
 * they were before; otherwise the plan is merged, the item goes back to its former state, and the workbook
 * stays. It is a revision of its own. What conflicts with later edits, or was taken back already, is
 * CW_EINPUT, and nothing is written. `out` says what was done, or with CW_DRY what would be. Flags: CW_JSON,
 * CW_DRY. */
CW_API CW_MUST cw_status cw_revert(
	cw_context *c, const char *path, const char *what, unsigned flags, cw_text *out);

/** Replays the dated evidence in the ledger of the course folder `path` under the policies wilson, beta and
 * naive (docs/update.md), and says what each would have done: as text, or as JSON. `windows` is how many
 * windows of equally many months the evidence is cut into, or the months with which windows end,
 * "2025-09,2025-11". A window that is too small for the course's policy counts with the next one. If
 * `picture` is not NULL, an SVG file is written there. Needs neither cw_load nor a workbook. Flags: CW_JSON.
 */
CW_API CW_MUST cw_status cw_backtest(
	cw_context *c, const char *path, const char *windows, const char *picture, unsigned flags, cw_text *out);

/** All diagnostics so far, printed: "path:line:column: error: text [CW214]" with the source line, or as a
 * JSON array with CW_JSON. What is said of many files in the same words is printed three times and counted;
 * the array has all of it. With CW_ANSWER, of what cw_load said only errors, and that the plan is stale: the
 * rest is about the course, and not about an answer. */
CW_API cw_text cw_diagnostics(cw_context *c, unsigned flags);
/** How many of them are errors. */
CW_API size_t cw_error_count(const cw_context *c);
/** The folder of the shipped data: COURSEWRIGHT_DATA, else that of the build tree the program runs in, else
 * the installed one. Borrowed. */
CW_API const char *cw_data_dir(cw_context *c);

#ifdef __cplusplus
}
#endif

#endif
