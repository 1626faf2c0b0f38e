/* The words that checks look for. Verbs and their levels: the six categories of Anderson and Krathwohl
 * (eds.), "A Taxonomy for Learning, Teaching, and Assessing" (2001), with the verbs that published lists
 * commonly put under each, and verbs of engineering work placed by the author. Degree words and vague words:
 * the complaints about rubrics collected in Brookhart, "How to Create and Use Rubrics" (2013). Observables:
 * by the author, wide on purpose, since a false alarm costs more than a miss. Conditions: Mager, "Preparing
 * Instructional Objectives" (3rd ed. 1997), asks under which conditions and how well; the words that open
 * such a phrase are by the author, as are those of the teacher's side. All tables are sorted by word. */
#include "check/words.h"

#include "base/text.h"
#include "model/catalog.h"

#include <stdlib.h>
#include <string.h>

enum {
	REMEMBER = 1 << BLOOM_REMEMBER,
	UNDERSTAND = 1 << BLOOM_UNDERSTAND,
	APPLY = 1 << BLOOM_APPLY,
	ANALYSE = 1 << BLOOM_ANALYSE,
	EVALUATE = 1 << BLOOM_EVALUATE,
	CREATE = 1 << BLOOM_CREATE,
	WORD_LONGEST = 32
};

typedef struct {
	const char *word;
	unsigned levels;
} measurable;

static const measurable verbs[] = { { "adapt", APPLY | CREATE }, { "advise", EVALUATE | CREATE },
	{ "allocate", APPLY }, { "analyse", ANALYSE }, { "analyze", ANALYSE }, { "annotate", APPLY | ANALYSE },
	{ "apply", APPLY }, { "appraise", EVALUATE }, { "arbitrate", EVALUATE }, { "argue", EVALUATE },
	{ "arrange", ANALYSE | CREATE }, { "articulate", UNDERSTAND }, { "assemble", APPLY | CREATE },
	{ "assess", EVALUATE }, { "attribute", ANALYSE }, { "audit", ANALYSE | EVALUATE }, { "author", CREATE },
	{ "automate", APPLY | CREATE }, { "benchmark", APPLY | ANALYSE }, { "budget", APPLY | CREATE },
	{ "build", APPLY | CREATE }, { "calculate", APPLY }, { "calibrate", APPLY | ANALYSE },
	{ "categorise", UNDERSTAND | ANALYSE }, { "categorize", UNDERSTAND | ANALYSE },
	{ "characterise", UNDERSTAND | ANALYSE }, { "characterize", UNDERSTAND | ANALYSE },
	{ "chart", APPLY | ANALYSE }, { "choose", EVALUATE }, { "cite", REMEMBER },
	{ "classify", UNDERSTAND | ANALYSE }, { "coach", CREATE }, { "compare", UNDERSTAND | ANALYSE | EVALUATE },
	{ "compile", APPLY | CREATE }, { "complete", APPLY }, { "compose", CREATE }, { "compute", APPLY },
	{ "conclude", EVALUATE }, { "configure", APPLY }, { "connect", APPLY }, { "construct", APPLY | CREATE },
	{ "contrast", UNDERSTAND | ANALYSE }, { "convert", UNDERSTAND | APPLY }, { "correlate", ANALYSE },
	{ "create", CREATE }, { "critique", EVALUATE }, { "debug", APPLY | ANALYSE }, { "decide", EVALUATE },
	{ "decommission", APPLY }, { "decompose", ANALYSE }, { "deduce", ANALYSE }, { "defend", EVALUATE },
	{ "define", REMEMBER }, { "demonstrate", UNDERSTAND | APPLY }, { "deploy", APPLY },
	{ "derive", APPLY | ANALYSE | CREATE }, { "describe", REMEMBER | UNDERSTAND }, { "design", CREATE },
	{ "detect", APPLY | ANALYSE }, { "determine", APPLY | ANALYSE | EVALUATE }, { "develop", APPLY | CREATE },
	{ "devise", CREATE }, { "diagnose", ANALYSE | EVALUATE }, { "diagram", APPLY | ANALYSE },
	{ "differentiate", ANALYSE }, { "discriminate", ANALYSE }, { "discuss", UNDERSTAND },
	{ "dissect", ANALYSE }, { "distinguish", UNDERSTAND | ANALYSE },
	{ "document", UNDERSTAND | APPLY | CREATE }, { "draft", CREATE }, { "draw", APPLY }, { "emulate", APPLY },
	{ "enforce", APPLY }, { "enumerate", REMEMBER }, { "estimate", UNDERSTAND | APPLY | EVALUATE },
	{ "evaluate", EVALUATE }, { "examine", ANALYSE | EVALUATE }, { "execute", APPLY },
	{ "explain", UNDERSTAND | ANALYSE }, { "extend", APPLY | CREATE }, { "facilitate", APPLY | CREATE },
	{ "forecast", EVALUATE }, { "formulate", CREATE }, { "generate", APPLY | CREATE }, { "grade", EVALUATE },
	{ "harden", APPLY }, { "identify", REMEMBER | UNDERSTAND | ANALYSE }, { "illustrate", UNDERSTAND },
	{ "implement", APPLY | CREATE }, { "infer", UNDERSTAND | ANALYSE }, { "inspect", ANALYSE },
	{ "instrument", APPLY }, { "integrate", APPLY | CREATE }, { "interpret", UNDERSTAND | EVALUATE },
	{ "interview", ANALYSE }, { "invent", CREATE }, { "investigate", ANALYSE },
	{ "isolate", APPLY | ANALYSE }, { "judge", EVALUATE }, { "justify", EVALUATE }, { "label", REMEMBER },
	{ "lead", APPLY | CREATE }, { "list", REMEMBER }, { "locate", REMEMBER | UNDERSTAND | ANALYSE },
	{ "manage", APPLY | CREATE }, { "map", APPLY | ANALYSE }, { "match", REMEMBER | UNDERSTAND },
	{ "measure", APPLY | ANALYSE | EVALUATE }, { "mentor", APPLY | CREATE }, { "migrate", APPLY },
	{ "minimise", APPLY }, { "minimize", APPLY }, { "mitigate", APPLY | EVALUATE },
	{ "model", APPLY | ANALYSE | CREATE }, { "moderate", EVALUATE }, { "modify", APPLY | CREATE },
	{ "monitor", APPLY | ANALYSE | EVALUATE }, { "name", REMEMBER }, { "negotiate", EVALUATE | CREATE },
	{ "operate", APPLY }, { "optimise", APPLY | EVALUATE | CREATE },
	{ "optimize", APPLY | EVALUATE | CREATE }, { "order", ANALYSE }, { "organise", APPLY | ANALYSE | CREATE },
	{ "organize", APPLY | ANALYSE | CREATE }, { "outline", REMEMBER | UNDERSTAND | ANALYSE },
	{ "paraphrase", UNDERSTAND }, { "partition", ANALYSE }, { "perform", APPLY },
	{ "plan", APPLY | ANALYSE | CREATE }, { "plot", APPLY },
	{ "predict", UNDERSTAND | APPLY | ANALYSE | EVALUATE }, { "prepare", APPLY | CREATE },
	{ "present", APPLY | CREATE }, { "prioritise", ANALYSE | EVALUATE }, { "prioritize", ANALYSE | EVALUATE },
	{ "produce", APPLY | CREATE }, { "profile", ANALYSE }, { "program", APPLY | CREATE },
	{ "propose", EVALUATE | CREATE }, { "protect", APPLY }, { "prototype", APPLY | CREATE },
	{ "prove", ANALYSE | EVALUATE }, { "provision", APPLY }, { "prune", APPLY },
	{ "quantify", APPLY | ANALYSE }, { "query", APPLY | ANALYSE }, { "rank", ANALYSE | EVALUATE },
	{ "rate", EVALUATE }, { "recall", REMEMBER }, { "recite", REMEMBER },
	{ "recognise", REMEMBER | UNDERSTAND }, { "recognize", REMEMBER | UNDERSTAND }, { "recommend", EVALUATE },
	{ "reconcile", APPLY | ANALYSE | EVALUATE }, { "reconstruct", ANALYSE | CREATE },
	{ "record", REMEMBER | APPLY }, { "recover", APPLY }, { "redesign", CREATE }, { "reduce", APPLY },
	{ "refactor", APPLY | CREATE }, { "rehearse", APPLY }, { "reject", EVALUATE },
	{ "relate", UNDERSTAND | ANALYSE }, { "remediate", APPLY }, { "reorganise", CREATE },
	{ "reorganize", CREATE }, { "repair", APPLY }, { "replicate", APPLY }, { "report", UNDERSTAND | APPLY },
	{ "reproduce", REMEMBER | APPLY }, { "resolve", APPLY | ANALYSE | EVALUATE }, { "restate", UNDERSTAND },
	{ "restore", APPLY }, { "reverse", ANALYSE }, { "review", ANALYSE | EVALUATE },
	{ "revise", EVALUATE | CREATE }, { "roll", APPLY }, { "route", APPLY }, { "run", APPLY },
	{ "sample", APPLY | ANALYSE }, { "scale", APPLY }, { "schedule", APPLY | CREATE }, { "score", EVALUATE },
	{ "script", APPLY | CREATE }, { "secure", APPLY }, { "segment", ANALYSE },
	{ "select", APPLY | ANALYSE | EVALUATE }, { "separate", ANALYSE }, { "sequence", APPLY | ANALYSE },
	{ "simulate", APPLY | ANALYSE | CREATE }, { "size", APPLY | ANALYSE }, { "sketch", APPLY | CREATE },
	{ "solve", APPLY }, { "sort", APPLY | ANALYSE }, { "specify", APPLY | ANALYSE | CREATE },
	{ "state", REMEMBER }, { "structure", ANALYSE | CREATE }, { "summarise", UNDERSTAND },
	{ "summarize", UNDERSTAND }, { "survey", ANALYSE }, { "synthesise", CREATE }, { "synthesize", CREATE },
	{ "tabulate", APPLY }, { "test", APPLY | ANALYSE | EVALUATE }, { "trace", REMEMBER | ANALYSE },
	{ "train", APPLY }, { "transform", APPLY | CREATE }, { "translate", UNDERSTAND | APPLY },
	{ "triage", ANALYSE }, { "troubleshoot", APPLY | ANALYSE }, { "tune", APPLY | ANALYSE | EVALUATE },
	{ "upgrade", APPLY }, { "use", APPLY }, { "validate", APPLY | ANALYSE | EVALUATE },
	{ "verify", APPLY | ANALYSE | EVALUATE }, { "visualise", APPLY }, { "visualize", APPLY },
	{ "weigh", EVALUATE }, { "write", APPLY | CREATE } };

/* Say nothing that somebody could see; the last ones begin a longer phrase, such as "be familiar with". */
static const char *const denied[] = { "appreciate", "be", "become", "comprehend", "experience", "explore",
	"familiarise", "familiarize", "gain", "grasp", "have", "internalise", "internalize", "know", "learn",
	"leverage", "master", "study", "understand", "utilise", "utilize" };

/* Open a phrase that says under which condition or how well something is done: given a trace, within a
 * minute, so that no key remains. */
static const char *const conditions[] = { "across", "after", "against", "at", "before", "by", "during",
	"following", "for", "from", "given", "on", "per", "so", "that", "through", "to", "under", "until",
	"using", "via", "when", "where", "while", "whose", "with", "within", "without" };

/* An outcome that speaks of teaching begins in one of three ways. It says what a part of the course does:
 * "the module covers", "introduces". It says what is done to learners: "students will be introduced to". Or
 * it asks the teacher to do something to them: "familiarise learners with". What a learner does to others,
 * such as "introduce a canary stage" or "teach a colleague", is none of these. */
static const char *const course_parts[] = { "class", "course", "instructor", "lecture", "lecturer", "lesson",
	"module", "session", "teacher", "unit", "workshop" };
static const char *const announcements[] = { "addresses", "covers", "discusses", "explores", "introduces",
	"introduction", "offers", "overview", "presents", "provides", "teaches" };
static const char *const learners[] = { "attendees", "learner", "learners", "participants", "student",
	"students", "trainee", "trainees" };
static const char *const undergoing[] = { "are", "be", "get", "gets", "hear", "hears", "is", "receive",
	"receives", "see", "sees" };
static const char *const addressing[] = { "acquaint", "enable", "encourage", "expose", "familiarise",
	"familiarize", "give", "help", "introduce", "offer", "provide", "show", "teach", "tell" };
static const char *const determiners[] = { "a", "all", "an", "each", "in", "our", "the", "these", "this" };
static const char *const modals[] = { "shall", "should", "to", "will" };

static const char *const degrees[] = { "acceptable", "accurately", "adequate", "adequately", "all", "almost",
	"always", "appropriate", "appropriately", "basic", "best", "better", "clear", "clearly", "complete",
	"completely", "consistently", "correctly", "deep", "detailed", "effectively", "entirely", "excellent",
	"exceptional", "exceptionally", "extensive", "extensively", "extremely", "fair", "fairly", "few",
	"frequently", "full", "fully", "generally", "good", "great", "high", "highly", "inaccurately",
	"incomplete", "incorrectly", "ineffectively", "insufficient", "insufficiently", "largely", "less",
	"limited", "little", "low", "major", "many", "minimal", "minimally", "minor", "moderate", "moderately",
	"more", "most", "mostly", "much", "nearly", "occasionally", "often", "outstanding", "partial",
	"partially", "partly", "poor", "proper", "properly", "quite", "rarely", "reasonably", "satisfactory",
	"several", "significant", "significantly", "slightly", "solid", "some", "sometimes", "somewhat", "strong",
	"substantial", "substantially", "sufficient", "sufficiently", "superficial", "superficially", "superior",
	"thorough", "thoroughly", "unclear", "unsatisfactory", "usually", "very", "weak", "well" };

/* Artifacts, quantities and behaviours that two raters can both see. */
static const char *const observables[] = { "accept", "account", "acknowledge", "act", "adapt", "add", "admit",
	"adopt", "adr", "advise", "agenda", "agree", "alert", "align", "allocate", "allow", "amend", "analyse",
	"analysis", "analyze", "anchor", "annotate", "announce", "answer", "api", "appendix", "appraise",
	"approve", "arbitrate", "argue", "argument", "arrange", "artefact", "articulate", "artifact", "ask",
	"assemble", "assess", "assign", "assume", "assumption", "attach", "attempt", "attribute", "audit",
	"author", "automate", "base", "baseline", "begin", "benchmark", "bill", "blame", "block", "bound",
	"branch", "break", "bring", "broke", "broken", "brought", "budget", "bug", "build", "built", "bundle",
	"bytes", "calculate", "calculation", "calibrate", "call", "cancel", "cap", "capture", "carry", "case",
	"catch", "categorise", "categorize", "caught", "cause", "certificate", "challenge", "change",
	"characterise", "characterize", "charge", "chart", "check", "checklist", "checkpoint", "choose", "chose",
	"chosen", "cite", "claim", "clarify", "class", "classify", "clause", "client", "close", "cluster",
	"coach", "code", "collect", "column", "combine", "command", "comment", "commit", "compare", "comparison",
	"compile", "compose", "compute", "concede", "conclude", "condition", "config", "configuration",
	"configure", "confirm", "confirmation", "connect", "construct", "consult", "contain", "container",
	"contradict", "contrast", "controller", "convert", "copy", "correct", "correlate", "cost", "count",
	"create", "criterion", "critique", "csv", "curve", "cut", "dashboard", "data", "dataset", "date", "day",
	"deadline", "debug", "decide", "decision", "declare", "decline", "decommission", "decompose", "deduce",
	"defeat", "defect", "defend", "defer", "define", "definition", "delegate", "delete", "deliver", "deny",
	"deploy", "deployment", "derive", "describe", "design", "detect", "determine", "develop", "devise",
	"diagnose", "diagnosis", "diagram", "dictate", "diff", "differ", "differentiate", "digest", "disable",
	"disagree", "discard", "discriminate", "discuss", "dismiss", "dispute", "dissect", "distinguish",
	"divide", "document", "draft", "draw", "drawn", "drew", "drill", "drop", "edit", "email", "emulate",
	"enable", "encourage", "end", "enforce", "entry", "enumerate", "error", "escalate", "estimate",
	"evaluate", "event", "evidence", "examine", "example", "exception", "exclude", "excuse", "execute",
	"exempt", "expectation", "experiment", "explain", "explanation", "export", "expose", "extend",
	"facilitate", "fail", "failure", "fallen", "fault", "fell", "field", "figure", "file", "fill", "filter",
	"find", "finding", "finish", "fix", "flag", "folder", "follow", "forecast", "forget", "formula",
	"formulate", "found", "frame", "function", "gap", "gate", "gather", "gave", "generate", "give", "given",
	"grade", "graph", "guardrail", "guess", "hand", "handover", "harden", "heading", "hear", "held", "hide",
	"hold", "hour", "hypothesis", "identifier", "identify", "ignore", "illustrate", "image", "implement",
	"incident", "index", "indicator", "infer", "inform", "insert", "insist", "inspect", "install",
	"instrument", "integrate", "interpret", "interrupt", "interval", "interview", "introduce", "invent",
	"investigate", "invite", "invoice", "invoke", "isolate", "issue", "job", "judge", "justify", "keep",
	"kept", "key", "label", "lay", "layout", "lead", "leave", "lecture", "led", "ledger", "left", "let",
	"library", "limit", "line", "link", "list", "listen", "locate", "log", "look", "lose", "loss", "lower",
	"manifest", "map", "mark", "match", "matrix", "measure", "measurement", "meet", "mention", "mentor",
	"merge", "message", "met", "metric", "migrate", "milestone", "minimise", "minimize", "minute",
	"mis-state", "miss", "mitigate", "mix", "mock", "model", "moderate", "modify", "module", "monitor",
	"move", "name", "namespace", "negotiate", "note", "notebook", "notice", "notify", "number", "object",
	"objection", "objective", "offer", "omit", "open", "operate", "operator", "oppose", "optimise",
	"optimize", "option", "order", "organise", "organize", "outcome", "outlier", "outline", "output",
	"overlook", "override", "overwrite", "owner", "packet", "page", "pager", "paid", "pair", "paragraph",
	"parameter", "paraphrase", "partition", "pass", "paste", "patch", "path", "pause", "pay", "percentile",
	"period", "permission", "persuade", "phase", "pick", "pin", "pipeline", "place", "plan", "plead", "plot",
	"pod", "point", "policy", "post", "postmortem", "postpone", "praise", "predict", "prediction", "prepare",
	"press", "prevent", "price", "print", "prioritise", "prioritize", "probe", "procedure", "produce",
	"profile", "program", "promise", "prompt", "proof", "proposal", "propose", "protect", "protocol",
	"prototype", "prove", "provision", "prune", "publish", "pull", "push", "quantify", "quantile", "query",
	"question", "quota", "quote", "raise", "rank", "ranking", "rate", "ratio", "read", "reason", "reassign",
	"recall", "receive", "recite", "recognise", "recognize", "recommend", "recommendation", "reconcile",
	"reconstruct", "record", "recover", "redesign", "reduce", "refactor", "refer", "reference", "refuse",
	"register", "rehearse", "reject", "relate", "release", "rely", "remediate", "remove", "rename", "reopen",
	"reorganise", "reorganize", "repair", "repeat", "replace", "replicate", "reply", "report", "repository",
	"reproduce", "request", "require", "requirement", "reset", "residual", "resolve", "resource", "respond",
	"response", "rest", "restart", "restate", "restore", "result", "retain", "retry", "return", "reuse",
	"reveal", "reverse", "revert", "review", "revise", "revision", "rewrite", "risk", "role", "roll",
	"rollback", "root", "route", "row", "rubric", "rule", "run", "runbook", "sacrifice", "sample", "save",
	"say", "scale", "scan", "schedule", "schema", "score", "screenshot", "script", "search", "second",
	"secret", "section", "secure", "seed", "seek", "segment", "select", "send", "sent", "sentence",
	"separate", "sequence", "serve", "service", "set", "setting", "settle", "severity", "share", "sheet",
	"shift", "ship", "shrink", "side", "sign", "signal", "signature", "silence", "simulate", "simulation",
	"size", "sketch", "skip", "slide", "slo", "slow", "snippet", "soften", "solve", "sort", "sought",
	"source", "span", "speak", "spec", "specification", "specify", "spend", "split", "spoke", "spoken",
	"spreadsheet", "stand", "start", "state", "statement", "status", "steer", "step", "stop", "store",
	"string", "strip", "structure", "submit", "suggest", "suite", "sum", "summarise", "summarize", "summary",
	"surrender", "survey", "suspend", "swap", "switch", "symptom", "synthesise", "synthesize", "table",
	"tabulate", "tag", "take", "taken", "talk", "target", "task", "taught", "tell", "template", "term",
	"test", "text", "thank", "threshold", "ticket", "tie", "time", "timeline", "timestamp", "title", "token",
	"told", "took", "tool", "topology", "total", "trace", "track", "trade", "trade-off", "train",
	"transcript", "transform", "translate", "treat", "triage", "trial", "trigger", "troubleshoot", "tune",
	"turn", "type", "unblock", "undo", "unit", "update", "upgrade", "user", "validate", "validation", "value",
	"variable", "variant", "vary", "vendor", "verify", "version", "video", "view", "visualise", "visualize",
	"vote", "wait", "walk", "warn", "warning", "watch", "webhook", "week", "weigh", "window", "withdraw",
	"withdrawn", "withheld", "withhold", "workaround", "workload", "wrap", "write", "written", "wrote",
	"yield" };

static const char *const number_words[] = { "both", "dozen", "eight", "eleven", "five", "four", "half",
	"nine", "once", "quarter", "seven", "six", "ten", "third", "three", "thrice", "twelve", "twice", "two",
	"zero" };

/* A vague word is none when it is part of a term: it is followed by one of these. */
static const char *const good_terms[] = { "event", "events", "measurement", "measurements", "minute",
	"minutes", "request", "requests", "response", "responses", NULL };
static const char *const clean_terms[] = { "build", "checkout", "clone", "clones", "cluster", "container",
	"copy", "environment", "install", "installation", "machine", "room", "run", "runs", "shutdown", "slate",
	"start", "state", "up", "working", NULL };
static const char *const no_terms[] = { NULL };
static const struct {
	const char *phrase;
	const char *const *terms;
} vague[] = { { "adequate", no_terms }, { "adequately", no_terms }, { "appropriate", no_terms },
	{ "appropriately", no_terms }, { "best practice", no_terms }, { "best practices", no_terms },
	{ "clean", clean_terms }, { "cleanly", no_terms }, { "good", good_terms },
	{ "industry standard", no_terms }, { "industry standards", no_terms }, { "industry-standard", no_terms },
	{ "properly", no_terms }, { "robust", no_terms } };

/* Words that hold a sentence together: alone they are about nothing. */
typedef struct {
	const char *word;
	unsigned kinds;
} function_word;
static const function_word function_words[] = { { "a", WORD_ARTICLE }, { "about", WORD_LINK },
	{ "above", WORD_LINK }, { "absent", WORD_NEGATIVE }, { "across", WORD_LINK }, { "after", WORD_LINK },
	{ "again", WORD_PLAIN }, { "against", WORD_LINK }, { "all", WORD_PLAIN }, { "along", WORD_LINK },
	{ "also", WORD_ADVERB }, { "although", WORD_LINK }, { "always", WORD_ADVERB }, { "am", WORD_VERB },
	{ "among", WORD_LINK }, { "an", WORD_ARTICLE }, { "and", WORD_JOIN }, { "another", WORD_PLAIN },
	{ "any", WORD_PLAIN }, { "anybody", WORD_PLAIN }, { "anyone", WORD_PLAIN }, { "anything", WORD_PLAIN },
	{ "are", WORD_VERB }, { "around", WORD_LINK }, { "as", WORD_LINK }, { "at", WORD_LINK },
	{ "be", WORD_VERB }, { "because", WORD_LINK }, { "been", WORD_PLAIN }, { "before", WORD_LINK },
	{ "behind", WORD_LINK }, { "being", WORD_PLAIN }, { "below", WORD_LINK }, { "beneath", WORD_LINK },
	{ "beside", WORD_LINK }, { "besides", WORD_LINK }, { "between", WORD_LINK }, { "beyond", WORD_LINK },
	{ "both", WORD_PLAIN }, { "but", WORD_JOIN }, { "by", WORD_LINK }, { "can", WORD_VERB },
	{ "can't", WORD_VERB | WORD_NEGATIVE }, { "cannot", WORD_VERB | WORD_NEGATIVE }, { "could", WORD_VERB },
	{ "despite", WORD_LINK }, { "did", WORD_VERB }, { "didn't", WORD_VERB | WORD_NEGATIVE },
	{ "do", WORD_VERB }, { "does", WORD_VERB }, { "doesn't", WORD_VERB | WORD_NEGATIVE },
	{ "doing", WORD_PLAIN }, { "don't", WORD_VERB | WORD_NEGATIVE }, { "down", WORD_PLAIN },
	{ "during", WORD_LINK }, { "each", WORD_PLAIN }, { "either", WORD_PLAIN }, { "else", WORD_PLAIN },
	{ "even", WORD_ADVERB }, { "every", WORD_PLAIN }, { "everybody", WORD_PLAIN }, { "everyone", WORD_PLAIN },
	{ "everything", WORD_PLAIN }, { "except", WORD_LINK }, { "few", WORD_PLAIN }, { "for", WORD_LINK },
	{ "from", WORD_LINK }, { "further", WORD_PLAIN }, { "given", WORD_LINK }, { "had", WORD_VERB },
	{ "has", WORD_VERB }, { "hasn't", WORD_VERB | WORD_NEGATIVE }, { "have", WORD_VERB },
	{ "having", WORD_PLAIN }, { "he", WORD_PLAIN }, { "her", WORD_ARTICLE }, { "here", WORD_PLAIN },
	{ "him", WORD_PLAIN }, { "his", WORD_ARTICLE }, { "how", WORD_PLAIN }, { "i", WORD_PLAIN },
	{ "if", WORD_LINK }, { "in", WORD_LINK }, { "inside", WORD_LINK }, { "into", WORD_LINK },
	{ "is", WORD_VERB }, { "isn't", WORD_VERB | WORD_NEGATIVE }, { "it", WORD_PLAIN },
	{ "its", WORD_ARTICLE }, { "itself", WORD_PLAIN }, { "just", WORD_ADVERB }, { "lack", WORD_NEGATIVE },
	{ "lacking", WORD_NEGATIVE }, { "lacks", WORD_VERB | WORD_NEGATIVE }, { "like", WORD_LINK },
	{ "may", WORD_VERB }, { "me", WORD_PLAIN }, { "might", WORD_VERB }, { "missing", WORD_NEGATIVE },
	{ "more", WORD_PLAIN }, { "most", WORD_PLAIN }, { "must", WORD_VERB }, { "my", WORD_ARTICLE },
	{ "near", WORD_LINK }, { "neither", WORD_NEGATIVE }, { "never", WORD_ADVERB | WORD_NEGATIVE },
	{ "no", WORD_NEGATIVE }, { "nobody", WORD_NEGATIVE }, { "none", WORD_NEGATIVE }, { "nor", WORD_NEGATIVE },
	{ "not", WORD_ADVERB | WORD_NEGATIVE }, { "nothing", WORD_NEGATIVE }, { "nowhere", WORD_NEGATIVE },
	{ "of", WORD_LINK }, { "off", WORD_LINK }, { "often", WORD_ADVERB }, { "on", WORD_LINK },
	{ "once", WORD_PLAIN }, { "one", WORD_PLAIN }, { "only", WORD_ADVERB }, { "onto", WORD_LINK },
	{ "or", WORD_PLAIN }, { "other", WORD_PLAIN }, { "others", WORD_PLAIN }, { "our", WORD_ARTICLE },
	{ "out", WORD_LINK }, { "outside", WORD_LINK }, { "over", WORD_LINK }, { "own", WORD_PLAIN },
	{ "per", WORD_LINK }, { "regarding", WORD_LINK }, { "same", WORD_PLAIN }, { "seldom", WORD_ADVERB },
	{ "shall", WORD_VERB }, { "she", WORD_PLAIN }, { "should", WORD_VERB }, { "since", WORD_LINK },
	{ "so", WORD_PLAIN }, { "some", WORD_PLAIN }, { "somebody", WORD_PLAIN }, { "someone", WORD_PLAIN },
	{ "something", WORD_PLAIN }, { "sometimes", WORD_ADVERB }, { "still", WORD_ADVERB },
	{ "such", WORD_PLAIN }, { "than", WORD_PLAIN }, { "that", WORD_PLAIN }, { "the", WORD_ARTICLE },
	{ "their", WORD_ARTICLE }, { "them", WORD_PLAIN }, { "themselves", WORD_PLAIN }, { "then", WORD_PLAIN },
	{ "there", WORD_PLAIN }, { "these", WORD_ARTICLE }, { "they", WORD_PLAIN }, { "this", WORD_ARTICLE },
	{ "those", WORD_ARTICLE }, { "through", WORD_LINK }, { "throughout", WORD_LINK }, { "to", WORD_LINK },
	{ "too", WORD_PLAIN }, { "toward", WORD_LINK }, { "towards", WORD_LINK }, { "under", WORD_LINK },
	{ "unless", WORD_LINK }, { "until", WORD_LINK }, { "up", WORD_LINK }, { "upon", WORD_LINK },
	{ "very", WORD_PLAIN }, { "was", WORD_VERB }, { "wasn't", WORD_VERB | WORD_NEGATIVE },
	{ "we", WORD_PLAIN }, { "were", WORD_VERB }, { "weren't", WORD_VERB | WORD_NEGATIVE },
	{ "what", WORD_PLAIN }, { "when", WORD_LINK }, { "whenever", WORD_LINK }, { "where", WORD_LINK },
	{ "whereas", WORD_LINK }, { "whether", WORD_LINK }, { "which", WORD_PLAIN },
	{ "while", WORD_LINK | WORD_JOIN }, { "who", WORD_PLAIN }, { "whom", WORD_PLAIN },
	{ "whose", WORD_PLAIN }, { "why", WORD_PLAIN }, { "will", WORD_VERB }, { "with", WORD_LINK },
	{ "within", WORD_LINK }, { "without", WORD_LINK | WORD_NEGATIVE | WORD_JOIN }, { "would", WORD_VERB },
	{ "yet", WORD_PLAIN }, { "you", WORD_PLAIN }, { "your", WORD_ARTICLE } };

static const char *const empty_links[] = { "click", "click here", "go", "here", "learn more", "link", "more",
	"more info", "read", "read more", "see here", "see more", "this", "this link", "this page" };

/* Options that speak of the others: what is right depends on their order, and one of them known decides. */
static const char *const of_the_above[] = { "all of the above", "all the above", "any of the above",
	"both of the above", "neither of the above", "none of the above" };

/* Beginnings of questions that ask for the exception. A question may say "not" of something else and ask for
 * what is so: "Which change explains why the pod is not scheduled?" */
static const char *const negative_questions[] = { "of the following are not", "of the following can not",
	"of the following cannot", "of the following do not", "of the following does not",
	"of the following is not", "of the following should not", "of the following would not",
	"of these are not", "of these can not", "of these cannot", "of these do not", "of these does not",
	"of these is not", "of these should not", "of these would not" };

/* Grammar and the words of asking: never a clue to the answer. */
static const char *const common[] = { "about", "above", "after", "again", "against", "among", "answer",
	"because", "before", "being", "below", "between", "cause", "causes", "change", "could", "describe",
	"describes", "doing", "during", "either", "every", "explain", "explains", "first", "following", "given",
	"happen", "happens", "having", "might", "needs", "never", "option", "other", "others", "question",
	"right", "shall", "should", "shows", "since", "statement", "still", "their", "there", "these", "thing",
	"things", "those", "through", "true", "under", "until", "using", "where", "whether", "which", "while",
	"whose", "within", "without", "would", "wrong" };

static int compare(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

/* The table's rows begin with their word. */
static const void *find(const void *rows, size_t count, size_t size, const char *word)
{
	return bsearch(word, rows, count, size, compare);
}

#define FIND(table, word) find((table), COUNT(table), sizeof(table)[0], (word))

/* Lower case; false if it is longer than any word of the tables. */
static bool copy_word(char out[WORD_LONGEST], str word)
{
	if (word.len >= WORD_LONGEST)
		return false;
	for (size_t i = 0; i < word.len; i++)
		out[i] = to_lower(word.ptr[i]);
	out[word.len] = '\0';
	return true;
}

unsigned words_verb_levels(str word)
{
	char lower[WORD_LONGEST];
	if (!copy_word(lower, word))
		return 0;
	const measurable *row = FIND(verbs, lower);
	return row ? row->levels : 0;
}

static bool listed(const char *const *table, size_t count, str word)
{
	char lower[WORD_LONGEST];
	return copy_word(lower, word) && find(table, count, sizeof *table, lower);
}

#define LISTED(table, word) listed((table), COUNT(table), (word))

bool words_denied(str word)
{
	return LISTED(denied, word);
}

bool words_condition(str word)
{
	return LISTED(conditions, word);
}

#define NEXT_BUT(text, at, table) next_but((text), (at), (table), COUNT(table))

static str next_but(str text, size_t *at, const char *const *table, size_t count)
{
	str word = text_next_word(text, at);
	while (listed(table, count, word))
		word = text_next_word(text, at);
	return word;
}

str words_teacher_side(str text)
{
	size_t at = 0;
	str first = NEXT_BUT(text, &at, determiners);
	bool found = LISTED(course_parts, first) || LISTED(announcements, first);
	if (LISTED(learners, first))
		found = LISTED(undergoing, NEXT_BUT(text, &at, modals));
	else if (LISTED(addressing, first))
		found = LISTED(learners, NEXT_BUT(text, &at, determiners));
	return found ? str_trim(str_sub(text, 0, at)) : STR("");
}

str words_suggest_verb(str word)
{
	str names[COUNT(verbs)];
	for (size_t i = 0; i < COUNT(verbs); i++)
		names[i] = str_from(verbs[i].word);
	return text_suggest(word, names, COUNT(verbs));
}

bool words_degree(str word)
{
	return LISTED(degrees, word);
}

bool words_number(str word)
{
	return (word.len && is_digit(word.ptr[0])) || LISTED(number_words, word);
}

/* Endings of nouns and verbs, and what stood in their place; the first row is the word as it is. */
static const struct {
	const char *ending, *instead;
} endings[] = { { "", "" }, { "s", "" }, { "es", "" }, { "ies", "y" }, { "ed", "" }, { "d", "" },
	{ "ied", "y" }, { "ing", "" }, { "ing", "e" } };

static bool observable_stem(const char *word, size_t len, const char *instead)
{
	char stem[WORD_LONGEST + 2];
	size_t more = strlen(instead);
	if (len + more >= sizeof stem)
		return false;
	memcpy(stem, word, len);
	memcpy(stem + len, instead, more + 1);
	if (FIND(observables, stem))
		return true;
	/* planned: plan */
	if (len < 3 || more || stem[len - 1] != stem[len - 2])
		return false;
	stem[len - 1] = '\0';
	return FIND(observables, stem);
}

bool words_observable(str word)
{
	char lower[WORD_LONGEST];
	if (!copy_word(lower, word))
		return false;
	for (size_t i = 0; i < COUNT(endings); i++) {
		str ending = str_from(endings[i].ending);
		if (word.len > ending.len && str_ends((str){ .ptr = lower, .len = word.len }, ending) &&
			observable_stem(lower, word.len - ending.len, endings[i].instead))
			return true;
	}
	return false;
}

static bool is_term(str text, size_t after, const char *const *terms)
{
	if (after < text.len && text.ptr[after] == '-')
		return true;
	str next = text_next_word(text, &after);
	for (; *terms; terms++)
		if (str_eq_nocase(next, str_from(*terms)))
			return true;
	return false;
}

str words_vague(str text)
{
	for (size_t i = 0; i < COUNT(vague); i++) {
		str phrase = str_from(vague[i].phrase);
		for (size_t at = text_find_word(text, phrase, 0, false); at != SIZE_MAX;
			 at = text_find_word(text, phrase, at + 1, false))
			if (!is_term(text, at + phrase.len, vague[i].terms))
				return str_sub(text, at, phrase.len);
	}
	return STR("");
}

unsigned words_function(str word)
{
	char lower[WORD_LONGEST];
	if (!copy_word(lower, word))
		return 0;
	const function_word *row = FIND(function_words, lower);
	return row ? row->kinds : 0;
}

bool words_empty_link(str text)
{
	return LISTED(empty_links, text);
}

/* The first of the phrases that stands in the text; empty if none does. */
static str find_phrase(str text, const char *const *phrases, size_t count, bool match_case)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = text_find_word(text, str_from(phrases[i]), 0, match_case);
		if (at != SIZE_MAX)
			return str_sub(text, at, strlen(phrases[i]));
	}
	return STR("");
}

str words_of_the_above(str text)
{
	return find_phrase(text, of_the_above, COUNT(of_the_above), false);
}

/* "... except:", "... except?" */
static str closing_except(str text)
{
	str word = STR("except");
	for (size_t at = text_find_word(text, word, 0, false); at != SIZE_MAX;
		 at = text_find_word(text, word, at + 1, false)) {
		str rest = str_trim(str_skip(text, at + word.len));
		if (!rest.len || rest.ptr[0] == ':' || rest.ptr[0] == '?' || rest.ptr[0] == '.')
			return str_sub(text, at, word.len);
	}
	return STR("");
}

str words_negative_stem(str text)
{
	static const char *const shouted[] = { "EXCEPT", "NOT" };
	str hit = find_phrase(text, shouted, COUNT(shouted), true);
	if (!hit.len)
		hit = find_phrase(text, negative_questions, COUNT(negative_questions), false);
	return hit.len ? hit : closing_except(text);
}

bool words_common(str word)
{
	char lower[WORD_LONGEST];
	return copy_word(lower, word) && FIND(common, lower);
}

static const char *unsorted(const void *rows, size_t count, size_t size)
{
	for (size_t i = 1; i < count; i++) {
		const char *word = *(const char *const *)((const char *)rows + i * size);
		const char *before = *(const char *const *)((const char *)rows + (i - 1) * size);
		if (strcmp(before, word) >= 0)
			return word;
	}
	return NULL;
}

#define UNSORTED(table) unsorted((table), COUNT(table), sizeof(table)[0])

const char *words_unsorted(void)
{
	const char *first[] = { UNSORTED(verbs), UNSORTED(denied), UNSORTED(conditions), UNSORTED(course_parts),
		UNSORTED(announcements), UNSORTED(learners), UNSORTED(undergoing), UNSORTED(addressing),
		UNSORTED(determiners), UNSORTED(modals), UNSORTED(degrees), UNSORTED(observables),
		UNSORTED(number_words), UNSORTED(vague), UNSORTED(function_words), UNSORTED(empty_links),
		UNSORTED(of_the_above), UNSORTED(negative_questions), UNSORTED(common) };
	for (size_t i = 0; i < COUNT(first); i++)
		if (first[i])
			return first[i];
	return NULL;
}
