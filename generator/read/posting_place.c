/* Where a job is, as far as words say it: a country, or remote. */
#include "read/posting_parts.h"

#include "base/text.h"

/* Sorted by name. The codes are those of ISO 3166; further names are separated by a bar. */
static const struct {
	const char *name, *two, *three, *also;
} countries[] = {
	{ "Argentina", "AR", "ARG", NULL },
	{ "Australia", "AU", "AUS", NULL },
	{ "Austria", "AT", "AUT", "Österreich" },
	{ "Belgium", "BE", "BEL", "België|Belgique" },
	{ "Brazil", "BR", "BRA", "Brasil" },
	{ "Bulgaria", "BG", "BGR", NULL },
	{ "Canada", "CA", "CAN", NULL },
	{ "Chile", "CL", "CHL", NULL },
	{ "China", "CN", "CHN", "Mainland China" },
	{ "Colombia", "CO", "COL", NULL },
	{ "Costa Rica", "CR", "CRI", NULL },
	{ "Croatia", "HR", "HRV", NULL },
	{ "Cyprus", "CY", "CYP", NULL },
	{ "Czechia", "CZ", "CZE", "Czech Republic" },
	{ "Denmark", "DK", "DNK", "Danmark" },
	{ "Egypt", "EG", "EGY", NULL },
	{ "Estonia", "EE", "EST", NULL },
	{ "Finland", "FI", "FIN", "Suomi" },
	{ "France", "FR", "FRA", NULL },
	{ "Germany", "DE", "DEU", "Deutschland" },
	{ "Greece", "GR", "GRC", NULL },
	{ "Hong Kong", "HK", "HKG", NULL },
	{ "Hungary", "HU", "HUN", NULL },
	{ "India", "IN", "IND", NULL },
	{ "Indonesia", "ID", "IDN", NULL },
	{ "Ireland", "IE", "IRL", "Republic of Ireland" },
	{ "Israel", "IL", "ISR", NULL },
	{ "Italy", "IT", "ITA", "Italia" },
	{ "Japan", "JP", "JPN", NULL },
	{ "Kenya", "KE", "KEN", NULL },
	{ "Latvia", "LV", "LVA", NULL },
	{ "Lithuania", "LT", "LTU", NULL },
	{ "Luxembourg", "LU", "LUX", NULL },
	{ "Malaysia", "MY", "MYS", NULL },
	{ "Malta", "MT", "MLT", NULL },
	{ "Mexico", "MX", "MEX", "México" },
	{ "Netherlands", "NL", "NLD", "The Netherlands|Nederland|Holland" },
	{ "New Zealand", "NZ", "NZL", NULL },
	{ "Nigeria", "NG", "NGA", NULL },
	{ "Norway", "NO", "NOR", "Norge" },
	{ "Pakistan", "PK", "PAK", NULL },
	{ "Peru", "PE", "PER", NULL },
	{ "Philippines", "PH", "PHL", NULL },
	{ "Poland", "PL", "POL", "Polska" },
	{ "Portugal", "PT", "PRT", NULL },
	{ "Romania", "RO", "ROU", NULL },
	{ "Saudi Arabia", "SA", "SAU", NULL },
	{ "Serbia", "RS", "SRB", NULL },
	{ "Singapore", "SG", "SGP", NULL },
	{ "Slovakia", "SK", "SVK", NULL },
	{ "Slovenia", "SI", "SVN", NULL },
	{ "South Africa", "ZA", "ZAF", NULL },
	{ "South Korea", "KR", "KOR", "Korea|Republic of Korea" },
	{ "Spain", "ES", "ESP", "España" },
	{ "Sweden", "SE", "SWE", "Sverige" },
	{ "Switzerland", "CH", "CHE", "Schweiz|Suisse" },
	{ "Taiwan", "TW", "TWN", NULL },
	{ "Thailand", "TH", "THA", NULL },
	{ "Turkey", "TR", "TUR", "Türkiye" },
	{ "Ukraine", "UA", "UKR", NULL },
	{ "United Arab Emirates", "AE", "ARE", "UAE" },
	{ "United Kingdom", "GB", "GBR", "UK|Great Britain|England|Scotland|Wales|Northern Ireland" },
	{ "United States", "US", "USA", "United States of America|U.S.|U.S.A.|the U.S." },
	{ "Uruguay", "UY", "URY", NULL },
	{ "Vietnam", "VN", "VNM", NULL },
};

static bool is_one_of(str s, const char *names)
{
	for (str_cut cut = { .tail = str_from(names), .ok = names != NULL }; cut.ok;) {
		cut = str_split(cut.tail, '|');
		if (str_eq_nocase(cut.head, s))
			return true;
	}
	return false;
}

static str find_country(str s, bool codes)
{
	s = str_trim(s);
	for (size_t i = 0; i < COUNT(countries); i++)
		if (str_eq_nocase(s, str_from(countries[i].name)) || is_one_of(s, countries[i].also) ||
			str_eq(s, str_from(countries[i].three)) || (codes && str_eq(s, str_from(countries[i].two))))
			return str_from(countries[i].name);
	return STR("");
}

str fact_country(str s)
{
	return find_country(s, true);
}

static bool is_state(str s)
{
	static const char states[] =
		"AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|"
		"ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|Alabama|Alaska|Arizona|Arkansas|California|"
		"Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|"
		"Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
		"New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|"
		"Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|"
		"Washington|West Virginia|Wisconsin|Wyoming";
	return (s.len != 2 || (s.ptr[0] < 'a' && s.ptr[1] < 'a')) && is_one_of(s, states);
}

bool fact_says_remote(str s)
{
	static const char *const words[] = { "remote", "telecommute", "work from home", "anywhere", "home office",
		"worldwide" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_find_word(s, str_from(words[i]), 0, false) != SIZE_MAX)
			return true;
	return false;
}

/* The parts between commas, bars, brackets, dashes and semicolons, the last of the first place first:
 * "Berlin, Germany; Paris, France" is in Germany. */
static str last_of(str place)
{
	str found = STR("");
	size_t from = 0;
	for (size_t i = 0; i <= place.len; i++) {
		if (i < place.len && !strchr(",|()/", place.ptr[i]) &&
			!(place.ptr[i] == '-' && i && place.ptr[i - 1] == ' '))
			continue;
		str part = str_trim(str_sub(place, from, i - from));
		str country = find_country(part, false);
		if (!country.len && (is_state(part) || str_eq(part, STR("US"))))
			country = STR("United States");
		found = country.len ? country : found;
		from = i + 1;
	}
	return found;
}

/* "DEU Wiesbaden", "USA DC Washington": a code in front. */
static str first_word(str place)
{
	size_t at = 0;
	str word = text_next_word(place, &at);
	return word.len == 3 ? find_country(word, false) : STR("");
}

str fact_region(str location)
{
	for (str_cut cut = { .tail = location, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ';');
		str country = last_of(cut.head);
		if (!country.len)
			country = first_word(cut.head);
		if (country.len)
			return country;
	}
	return fact_says_remote(location) ? STR("remote") : STR("");
}
