// RE2::Set and vectorscan for bench_lexicon, each used as its manual recommends.
#include "bench_lexicon.h"

#include <memory>
#include <string>
#include <vector>

#ifdef HAVE_VECTORSCAN
#include <hs/hs.h>
#endif
#ifdef HAVE_RE2
#include <re2/re2.h>
#include <re2/set.h>
#endif

struct other_matcher {
	virtual ~other_matcher() = default;
	virtual const char *name() const = 0;
	virtual size_t scan(const char *text, size_t len) = 0;
	virtual void collect(const char *text, size_t len) = 0;
	std::vector<unsigned> ids;
};

#if defined(HAVE_VECTORSCAN) || defined(HAVE_RE2)
// The name between what is neither a letter nor a digit.
static std::string as_pattern(const char *name, bool caseless)
{
	std::string p = caseless ? "(?i)" : "";
	p += "(?:^|[^0-9A-Za-z])";
	for (const char *c = name; *c; c++) {
		if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == ' '))
			p += '\\';
		p += *c;
	}
	// Behind a sign, as in C++17, a word may follow.
	char last = p.back();
	bool word = (last >= '0' && last <= '9') || (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');
	return word ? p + "(?:[^0-9A-Za-z]|$)" : p;
}
#endif

#ifdef HAVE_VECTORSCAN
static int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void *context)
{
	++*static_cast<size_t *>(context);
	return 0;
}

static int keep_match(unsigned id, unsigned long long, unsigned long long, unsigned, void *context)
{
	static_cast<std::vector<unsigned> *>(context)->push_back(id);
	return 0;
}

struct vectorscan : other_matcher {
	hs_database_t *database = nullptr;
	hs_scratch_t *scratch = nullptr;
	bool words;

	vectorscan(const char *const *names, size_t count, bool as_words) : words(as_words)
	{
		std::vector<std::string> texts;
		std::vector<const char *> pointers;
		std::vector<unsigned> flags, numbers;
		std::vector<size_t> lengths;
		hs_compile_error_t *error = nullptr;
		for (size_t i = 0; i < count; i++)
			texts.push_back(words ? as_pattern(names[i], false) : names[i]);
		for (size_t i = 0; i < count; i++) {
			pointers.push_back(texts[i].c_str());
			lengths.push_back(texts[i].size());
			flags.push_back(words ? HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH : HS_FLAG_CASELESS);
			numbers.push_back(static_cast<unsigned>(i));
		}
		if (words)
			hs_compile_multi(pointers.data(), flags.data(), numbers.data(), static_cast<unsigned>(count),
				HS_MODE_BLOCK, nullptr, &database, &error);
		else
			hs_compile_lit_multi(pointers.data(), flags.data(), numbers.data(), lengths.data(),
				static_cast<unsigned>(count), HS_MODE_BLOCK, nullptr, &database, &error);
		hs_free_compile_error(error);
		if (database)
			hs_alloc_scratch(database, &scratch);
	}
	~vectorscan() override
	{
		hs_free_scratch(scratch);
		hs_free_database(database);
	}
	const char *name() const override
	{
		return words ? "vectorscan, words" : "vectorscan, literals";
	}
	size_t scan(const char *text, size_t len) override
	{
		size_t found = 0;
		hs_scan(database, text, static_cast<unsigned>(len), 0, scratch, count_match, &found);
		return found;
	}
	void collect(const char *text, size_t len) override
	{
		hs_scan(database, text, static_cast<unsigned>(len), 0, scratch, keep_match, &ids);
	}
};
#endif

#ifdef HAVE_RE2
struct re2_set : other_matcher {
	std::unique_ptr<re2::RE2::Set> set;
	std::vector<int> found;

	re2_set(const char *const *names, size_t count)
	{
		re2::RE2::Options options;
		options.set_max_mem(int64_t{ 1 } << 30);
		options.set_encoding(re2::RE2::Options::EncodingLatin1);
		set = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
		for (size_t i = 0; i < count; i++)
			set->Add(as_pattern(names[i], true), nullptr);
		if (!set->Compile())
			set.reset();
	}
	const char *name() const override
	{
		return "RE2::Set";
	}
	size_t scan(const char *text, size_t len) override
	{
		set->Match(re2::StringPiece(text, len), &found);
		return found.size();
	}
	void collect(const char *text, size_t len) override
	{
		scan(text, len);
		for (int id : found)
			ids.push_back(static_cast<unsigned>(id));
	}
};
#endif

extern "C" other_matcher *other_new(other_kind kind, const char *const *names, size_t count)
{
#ifdef HAVE_VECTORSCAN
	if (kind == OTHER_VECTORSCAN || kind == OTHER_VECTORSCAN_WORDS) {
		auto made = std::make_unique<vectorscan>(names, count, kind == OTHER_VECTORSCAN_WORDS);
		return made->scratch ? made.release() : nullptr;
	}
#endif
#ifdef HAVE_RE2
	if (kind == OTHER_RE2_SET) {
		auto made = std::make_unique<re2_set>(names, count);
		return made->set ? made.release() : nullptr;
	}
#endif
	(void)kind, (void)names, (void)count;
	return nullptr;
}

extern "C" void other_free(other_matcher *m)
{
	delete m;
}

extern "C" const char *other_name(const other_matcher *m)
{
	return m->name();
}

extern "C" size_t other_scan(other_matcher *m, const char *text, size_t len)
{
	return m->scan(text, len);
}

extern "C" const unsigned *other_ids(other_matcher *m, const char *text, size_t len, size_t *count)
{
	m->ids.clear();
	m->collect(text, len);
	*count = m->ids.size();
	return m->ids.data();
}
