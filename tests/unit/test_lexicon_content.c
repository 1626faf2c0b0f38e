/* The words that ship: no name belongs to two concepts, everyday words ask for more than themselves, and
 * sentences as postings write them name what a reader would say they name. */
#include "fixture.h"

#include "base/map.h"
#include "base/text.h"
#include "evidence/lexicon.h"
#include "model/curriculum.h"
#include "read/catalog.h"

#include <stdlib.h>
#include <string.h>

enum { PARENTS_MOST = 8, IDS_MOST = 32 };

typedef struct {
	fixture f;
	catalog c;
	vec_rule rules;
	lexicon *l;
} shipped;

static void shipped_open(shipped *s)
{
	*s = (shipped){ 0 };
	fixture_open(&s->f, STR("test"), STR(""));
	catalog_input in = { .catalog = &s->c, .rules = &s->rules };
	const char *root = getenv("CW_SOURCE_ROOT");
	bool ok = catalog_read(&in, &s->f.a, str_from(root ? root : "."), false, &s->f.d);
	ok &= catalog_check(&s->c, &s->f.a, &s->f.d);
	require_that(ok, "%.*s", STRF(fixture_said(&s->f)));
	s->l = lexicon_new(&s->f.a, &s->c, &s->f.d);
	require(s->l != NULL);
}

static void shipped_close(shipped *s)
{
	fixture_expect(&s->f, "");
	lexicon_free(s->l);
	fixture_close(&s->f);
}

/* Whether the concept is one of catalog/lexicon/, not one of those that modules teach. */
static bool is_content(shipped *s, const concept *c)
{
	const source *from = sources_get(&s->f.s, c->at.source);
	return from && str_find(from->path, STR("catalog/lexicon/"), 0) != SIZE_MAX;
}

static const concept *find(shipped *s, const char *id)
{
	const concept *c = catalog_find(&s->c, "concept", str_from(id));
	require_that(c != NULL, "no concept '%s'", id);
	return c;
}

/* ---- what is in it */

static void claim(shipped *s, map *owners, const concept *c, str name)
{
	str key = text_lower(&s->f.a, name);
	const concept *former = map_put(owners, key, (void *)c);
	cr_expect(former == NULL || former == c || (!is_content(s, c) && !is_content(s, former)),
		"'%.*s' names %.*s and %.*s", STRF(name), STRF(former ? former->id : STR("")), STRF(c->id));
}

Test(lexicon_content, no_name_belongs_to_two)
{
	shipped s;
	shipped_open(&s);
	map owners = { .arena = &s.f.a };
	EACH (concept *const, one, s.c.concepts) {
		claim(&s, &owners, *one, (*one)->name);
		EACH (const str, alias, (*one)->aliases)
			if (!str_eq_nocase(*alias, (*one)->name))
				claim(&s, &owners, *one, *alias);
	}
	shipped_close(&s);
}

Test(lexicon_content, as_many_as_promised)
{
	shipped s;
	shipped_open(&s);
	int count[CONCEPT_CERTIFICATION + 1] = { 0 };
	EACH (concept *const, one, s.c.concepts)
		count[(*one)->kind] += is_content(&s, *one);
	cr_expect(count[CONCEPT_TECHNOLOGY] >= 650, "%d technologies", count[CONCEPT_TECHNOLOGY]);
	cr_expect(count[CONCEPT_CERTIFICATION] >= 60, "%d certifications", count[CONCEPT_CERTIFICATION]);
	cr_expect(count[CONCEPT_SKILL] >= 40, "%d skills", count[CONCEPT_SKILL]);
	cr_expect(count[CONCEPT_THEME] >= 15, "%d themes", count[CONCEPT_THEME]);
	shipped_close(&s);
}

static bool is_group(str name)
{
	static const char *const groups[] = { "Languages", "Cloud platforms", "Orchestration", "IaC", "CI/CD",
		"Observability", "Security", "Data platforms", "Databases", "Messaging", "ML frameworks",
		"LLM tooling", "GPU stack", "Distributed compute", "Networking", "Operating systems",
		"Web frameworks", "BI & analytics", "Collaboration", "Testing", "Virtualisation", "Other" };
	for (size_t i = 0; i < COUNT(groups); i++)
		if (str_eq(name, str_from(groups[i])))
			return true;
	return false;
}

Test(lexicon_content, technologies_have_a_group_and_nothing_else_has)
{
	shipped s;
	shipped_open(&s);
	EACH (concept *const, one, s.c.concepts) {
		const concept *c = *one;
		if (!is_content(&s, c))
			continue;
		bool wanted = c->kind == CONCEPT_TECHNOLOGY;
		cr_expect(wanted ? is_group(c->group) : c->group.len == 0, "%.*s: group '%.*s'", STRF(c->id),
			STRF(c->group));
	}
	shipped_close(&s);
}

Test(lexicon_content, parents_end_somewhere)
{
	shipped s;
	shipped_open(&s);
	EACH (concept *const, one, s.c.concepts) {
		const concept *c = *one;
		int depth = 0;
		while (c && c->parent.len && depth++ < PARENTS_MOST)
			c = catalog_find(&s.c, "concept", c->parent);
		cr_expect(depth < PARENTS_MOST, "%.*s", STRF((*one)->id));
	}
	shipped_close(&s);
}

/* ---- everyday words */

/* Words that people use without meaning a technology: alone, in lower case, they must name nothing. */
Test(lexicon_content, everyday_words_name_nothing)
{
	static const char *const words[] = { "access", "amplitude", "argo", "as", "assembly", "backstage",
		"bamboo", "beam", "bedrock", "bun", "business", "c", "cadence", "caffe", "celery", "census", "chef",
		"clay", "cloud", "comet", "composer", "concourse", "confluence", "consul", "cube", "cucumber",
		"cursor", "cypress", "d", "dart", "dash", "data", "dask", "delphi", "druid", "elixir", "envoy",
		"excel", "express", "fabric", "falco", "feast", "fedora", "flask", "flux", "gatling", "gaudi",
		"gemini", "glue", "go", "gradle", "graphite", "groovy", "grok", "harbor", "harness", "helm", "hex",
		"hive", "honeycomb", "hugo", "iceberg", "if", "illustrator", "jaeger", "jest", "julia", "lambda",
		"leadership", "linear", "llama", "locust", "loki", "looker", "luigi", "make", "maven", "mercurial",
		"miro", "mistral", "mocha", "mode", "move", "nats", "neptune", "nix", "node", "nomad", "notion",
		"oil", "omni", "oracle", "outlook", "packer", "perl", "phoenix", "pinot", "postman", "prefect",
		"presto", "prettier", "prolog", "prophet", "pulsar", "puppet", "quay", "r", "rails", "rapids", "rasa",
		"ray", "react", "rest", "rust", "sail", "salt", "san", "scala", "scheme", "sears", "segment",
		"selenium", "sentry", "shadow", "sigma", "sketch", "slack", "snowflake", "soap", "soar", "soda",
		"spanner", "spark", "spinnaker", "spring", "stata", "storm", "swift", "swagger", "tableau", "team",
		"teams", "temporal", "thanos", "twig", "unity", "vagrant", "varnish", "vite", "waypoint", "wiz",
		"word", "xen", "yarn", "yolo", "zig", "zoom" };
	shipped s;
	shipped_open(&s);
	for (size_t i = 0; i < COUNT(words); i++) {
		vec_hit hits = { 0 };
		lexicon_find(&hits, s.l, str_from(words[i]), &s.f.a);
		cr_expect(hits.len == 0 || !is_content(&s, hits.ptr[0].concept), "'%s' names %.*s", words[i],
			STRF(hits.len ? hits.ptr[0].concept->id : STR("")));
	}
	shipped_close(&s);
}

/* These must not be named by their first letter being large either: they need company. */
Test(lexicon_content, ambiguous_words_need_company)
{
	static const char *const words[] = { "Access", "Assembly", "Backstage", "Bamboo", "Beam", "Bedrock", "C",
		"Cadence", "Census", "Chef", "Clay", "Cube", "Excel in", "Feast", "Gemini", "Glue", "Go", "Harbor",
		"Hex", "Hong Kong", "Illustrator", "Julia", "Lambda", "Luigi", "Miro", "Mode", "Node", "Notion",
		"Omni", "Oracle", "Outlook", "Packer", "R", "Rails", "Salt", "Segment", "Sigma", "Sketch", "Soda",
		"Spring", "Storm", "Teams", "Temporal", "Unity", "Word", "Yarn", "Zig", "Zoom" };
	shipped s;
	shipped_open(&s);
	for (size_t i = 0; i < COUNT(words); i++) {
		vec_hit hits = { 0 };
		lexicon_find(&hits, s.l, str_from(words[i]), &s.f.a);
		cr_expect(
			hits.len == 0, "'%s' names %.*s", words[i], STRF(hits.len ? hits.ptr[0].concept->id : STR("")));
	}
	shipped_close(&s);
}

Test(lexicon_content, words_that_are_also_names_match_as_written)
{
	static const char *const ids[] = { "apache-airflow", "apache-druid", "apache-hive", "apache-iceberg",
		"apache-pulsar", "apache-spark", "celery", "confluence", "cypress", "dart", "dbt", "elixir", "envoy",
		"falco", "flask", "groovy", "hashicorp-consul", "hashicorp-nomad", "hashicorp-vagrant", "helm",
		"informatica", "jaeger", "jest", "looker", "nats", "nix", "postman", "prefect", "presto", "puppet",
		"ruby", "rust", "scala", "selenium", "sentry", "slack", "snowflake", "spinnaker", "swift", "tableau",
		"vite", "xen" };
	shipped s;
	shipped_open(&s);
	for (size_t i = 0; i < COUNT(ids); i++)
		cr_expect(find(&s, ids[i])->requires.match_case, "%s", ids[i]);
	shipped_close(&s);
}

/* ---- sentences */

typedef struct {
	const char *text, *ids; /* ids with blanks between them, in any order */
} sample;

typedef struct {
	str ids[IDS_MOST];
	size_t count;
} id_set;

static bool has(const id_set *set, str id)
{
	for (size_t i = 0; i < set->count; i++)
		if (str_eq(set->ids[i], id))
			return true;
	return false;
}

static void put(id_set *set, str id)
{
	if (!has(set, id) && set->count < IDS_MOST)
		set->ids[set->count++] = id;
}

/* Inside a longer name of something else: the Azure in "Azure DevOps". */
static bool is_inside(const lexicon_hit *h, const vec_hit *hits)
{
	EACH (const lexicon_hit, other, *hits)
		if (other->concept != h->concept && other->from <= h->from && h->to <= other->to &&
			other->to - other->from > h->to - h->from)
			return true;
	return false;
}

static id_set named(shipped *s, str text, bool technologies)
{
	id_set set = { 0 };
	vec_hit hits = { 0 };
	lexicon_find(&hits, s->l, text, &s->f.a);
	EACH (const lexicon_hit, h, hits) {
		int kind = h->concept->kind;
		bool wanted = technologies == (kind == CONCEPT_TECHNOLOGY || kind == CONCEPT_CERTIFICATION);
		if (wanted && !is_inside(h, &hits))
			put(&set, h->concept->id);
	}
	return set;
}

static str next_id(str *rest)
{
	size_t end = str_find(*rest, STR(" "), 0);
	str id = str_sub(*rest, 0, end == SIZE_MAX ? rest->len : end);
	*rest = str_skip(*rest, id.len + 1);
	return id;
}

static void expect_samples(const sample *samples, size_t count, bool technologies)
{
	shipped s;
	shipped_open(&s);
	for (size_t i = 0; i < count; i++) {
		id_set got = named(&s, str_from(samples[i].text), technologies), wanted = { 0 };
		for (str rest = str_from(samples[i].ids), id; (id = next_id(&rest)).len;)
			put(&wanted, id);
		buf wrong = { .arena = &s.f.a };
		for (size_t k = 0; k < got.count; k++)
			if (!has(&wanted, got.ids[k]))
				buf_printf(&wrong, " +%.*s", STRF(got.ids[k]));
		for (size_t k = 0; k < wanted.count; k++)
			if (!has(&got, wanted.ids[k]))
				buf_printf(&wrong, " -%.*s", STRF(wanted.ids[k]));
		str said = buf_done(&wrong);
		cr_expect(said.len == 0, "\"%s\":%.*s", samples[i].text, STRF(said));
	}
	shipped_close(&s);
}

Test(lexicon_content, traps)
{
	static const sample samples[] = {
		/* Go */
		{ "Own the go-to-market plan", "" },
		{ "Go-to-market experience, and go beyond the obvious", "" },
		{ "Ready to Go? Go big and go the extra mile.", "" },
		{ "Coffee to go, or delivery", "" },
		{ "Experience with Go, Java or Python", "go java python" },
		{ "Services written in Go and Rust", "go rust" },
		{ "Proficient in Java/Go/Python", "java go python" },
		{ "Backend: Golang", "go" },
		{ "Python or Go, particularly for tools", "python go" },
		{ "java/go/node developers", "java go" },
		{ "A modern language (e.g., Java, Go).", "java go" },
		{ "We love to write code in Go.", "go" },
		/* R */
		{ "Join our R&D team", "" },
		{ "The R & D department", "" },
		{ "H&R Block and Toys R Us", "" },
		{ "Python or R proficiency", "python r-language" },
		{ "SQL, R, SAS", "sql r-language sas" },
		{ "Statistics in R or Stata", "r-language stata" },
		{ "Python/R scripts", "python r-language" },
		{ "R programming", "r-language" },
		{ "Part R of the appendix", "" },
		/* C and its relatives */
		{ "C-level executives and the C-suite", "" },
		{ "P&C insurance and B2C sales", "" },
		{ "C/C++ on Linux", "c cpp linux" },
		{ "Languages: C, C++ or Rust", "c cpp rust" },
		{ "C++17 and CMake", "cpp cmake" },
		{ "C# and .NET Core", "csharp dotnet" },
		{ "Objective-C and Swift", "objective-c swift" },
		{ "Objective C programming", "objective-c" },
		{ "Series C funding", "" },
		{ "Vitamin C, iron", "" },
		/* Java and JavaScript */
		{ "JavaScript and TypeScript", "javascript typescript" },
		{ "Java, not JavaScript", "java javascript" },
		{ "Node.js services", "node-js" },
		{ "React Native apps", "react-native" },
		{ "React and React Native", "react react-native" },
		{ "We react quickly to change", "" },
		{ "Vue.js or Angular", "vue-js angular" },
		{ "Un beau tableau de bord", "" },
		{ "Tableau or Power BI", "tableau power-bi" },
		{ "Croissance: vite, partout", "" },
		{ "Ingegneria Informatica", "" },
		{ "Informatica PowerCenter", "informatica" },
		{ "Su larga scala", "" },
		{ "Scala or Kotlin", "scala kotlin" },
		/* names of other things */
		{ "Veeva Vault administration", "veeva" },
		{ "X-ray technician", "" },
		{ "Our office in Hong Kong, Singapore", "" },
		{ "Lean Six Sigma", "six-sigma" },
		{ "Pinot Noir tasting", "" },
		{ "Apache Pinot and Druid", "apache-pinot apache-druid" },
		{ "Executive Chef for our kitchens", "" },
		{ "Chef, Puppet or Ansible", "chef puppet ansible" },
		{ "Warehouse Packer needed", "" },
		{ "Terraform, Packer", "terraform packer" },
		{ "Spring 2026 internship", "" },
		{ "Java, Spring and Hibernate", "java spring hibernate" },
		{ "Spring Boot microservices", "spring-boot" },
		{ "You excel at details", "" },
		{ "Excel in a fast place", "" },
		{ "Excel, PowerPoint", "excel microsoft-powerpoint" },
		{ "Advanced Excel skills", "excel" },
		{ "Several teams work with Teams in other regions", "" },
		{ "Slack, Teams and Zoom", "slack microsoft-teams" },
		{ "Cut the slack", "" },
		{ "The outlook is good. Outlook for the year", "" },
		{ "Word of mouth; Access to benefits", "" },
		{ "Word, Excel and Outlook", "microsoft-word excel" },
		{ "The rest of EMEA", "" },
		{ "REST APIs and GraphQL", "rest-api graphql" },
		{ "A swift response to rust and dart throwing", "" },
		{ "A unity of purpose; Unity Catalog", "unity-catalog" },
		{ "See https://www.example.org/jobs.json", "" },
		{ "HTTP and TLS", "http tls" },
		{ "at the helm of a harbor", "" },
		{ "Helm charts", "helm" },
		{ "a digital nomad", "" },
		{ "Personal Care (HPC) team", "" },
		{ "HPC clusters with Slurm", "slurm" },
		{ "the notion of trust", "" },
		{ "monthly cadence of reviews", "" },
		{ "San Francisco, San Jose", "" },
		{ "customer segment and market segment", "" },
		{ "Snowplow, Segment", "snowplow segment-cdp" },
		{ "star and snowflake schemas", "" },
		{ "Snowflake or BigQuery", "snowflake google-bigquery" },
		{ "Argo AI builds cars", "" },
		{ "Electronic medical records (EMR)", "" },
		{ "AWS EMR, Glue and Athena", "amazon-emr aws-glue amazon-athena" },
		{ "a spark of joy; airflow in the building", "" },
		{ "foo.net is a site; mail me at me@corp.net", "" },
		{ "Temporal data and spatial data", "" },
		{ "Airflow, Temporal", "apache-airflow temporal" },
		{ "Monte Carlo simulation", "" },
		{ "Soda and snacks", "" },
		{ "Great Expectations, Soda", "great-expectations soda-core" },
		{ "US Census data", "" },
		{ "Hightouch or Census", "hightouch census" },
		{ "Mouse cursor", "" },
		{ "GitHub Copilot, Cursor", "github-copilot cursor" },
		{ "Visual Basic for Applications", "vba" },
		{ "VB.NET and ASP.NET Core", "visual-basic aspdotnet" },
		{ "SQL Server", "sql-server" },
		{ "NoSQL and SQL", "sql" },
		{ "T-SQL and PL/SQL", "t-sql pl-sql" },
	};
	expect_samples(samples, COUNT(samples), true);
}

Test(lexicon_content, technologies)
{
	static const sample samples[] = {
		{ "AWS, GCP or Azure", "aws gcp azure" },
		{ "Terraform, Pulumi and CloudFormation", "terraform pulumi aws-cloudformation" },
		{ "Prometheus, Grafana, Datadog", "prometheus grafana datadog" },
		{ "EKS, GKE or OpenShift", "amazon-eks google-kubernetes-engine openshift" },
		{ "Argo CD and Flux", "argo-cd flux" },
		{ "HashiCorp Vault, OPA and Kyverno", "hashicorp-vault open-policy-agent kyverno" },
		{ "vLLM, LangChain and Pinecone", "vllm langchain pinecone" },
		{ "\xe7\x86\x9f\xe6\x82\x89Golang\xe5\x92\x8cKafka\xe3\x80\x82", "go apache-kafka" },
		{ "Amazon Web Services (EC2, S3, RDS, Lambda)", "aws amazon-ec2 amazon-s3 amazon-rds aws-lambda" },
		{ "SQS/SNS and EventBridge", "amazon-sqs amazon-sns amazon-eventbridge" },
		{ "Google Cloud Platform: GCS, Cloud Run, Pub/Sub",
			"gcp google-cloud-storage google-cloud-run google-cloud-pub-sub" },
		{ "Azure DevOps, Azure Data Factory and Cosmos DB",
			"azure-devops azure-data-factory azure-cosmos-db" },
		{ "Azure Key Vault", "azure-key-vault" },
		{ "Docker and Docker Compose", "docker docker-compose" },
		{ "Istio, Envoy and Linkerd", "istio envoy linkerd" },
		{ "etcd, ZooKeeper and Consul", "etcd apache-zookeeper hashicorp-consul" },
		{ "Terragrunt and Ansible playbooks", "terragrunt ansible" },
		{ "Jenkins, GitLab CI or GitHub Actions", "jenkins gitlab-ci github-actions" },
		{ "CI/CD with CircleCI and Spinnaker", "ci-cd circleci spinnaker" },
		{ "Artifactory and Bazel", "jfrog-artifactory bazel" },
		{ "Linux (RHEL, Ubuntu)", "linux red-hat-enterprise-linux ubuntu" },
		{ "VMware vSphere, KVM", "vmware-vsphere kvm" },
		{ "BGP, OSPF and MPLS over TCP/IP", "bgp ospf mpls tcp-ip" },
		{ "NGINX or HAProxy", "nginx haproxy" },
		{ "InfiniBand and RoCE", "infiniband roce" },
		{ "Splunk, New Relic or Dynatrace", "splunk new-relic dynatrace" },
		{ "ELK stack, Kibana", "elk-stack kibana" },
		{ "Loki, Jaeger and Zipkin", "grafana-loki jaeger zipkin" },
		{ "PagerDuty rotation", "pagerduty" },
		{ "OAuth 2.0, OIDC and SAML", "oauth openid-connect saml" },
		{ "SIEM, EDR and SOAR", "siem edr soar-platforms" },
		{ "Okta SSO with MFA", "okta mfa" },
		{ "CrowdStrike Falcon and SentinelOne", "crowdstrike sentinelone" },
		{ "Snyk, SonarQube, SAST/DAST", "snyk sonarqube sast dast" },
		{ "MITRE ATT&CK and NIST CSF", "mitre-attack nist-cybersecurity-framework" },
		{ "PostgreSQL, MySQL and MongoDB", "postgresql mysql mongodb" },
		{ "Cassandra, Redis, DynamoDB", "apache-cassandra redis amazon-dynamodb" },
		{ "Oracle, MySQL or SQL Server", "oracle-database mysql sql-server" },
		{ "Elasticsearch or OpenSearch", "elasticsearch opensearch" },
		{ "ClickHouse and DuckDB", "clickhouse duckdb" },
		{ "dbt, Airflow and Snowflake", "dbt apache-airflow snowflake" },
		{ "DBT models in BigQuery", "dbt google-bigquery" },
		{ "Fivetran or Airbyte", "fivetran airbyte" },
		{ "Databricks Unity Catalog and Delta Lake", "databricks unity-catalog delta-lake" },
		{ "Kafka, Flink and Spark", "apache-kafka apache-flink apache-spark" },
		{ "PySpark on Hadoop (HDFS, Hive, YARN)", "apache-spark hadoop hdfs apache-hive" },
		{ "Trino/Presto over Iceberg", "trino presto apache-iceberg" },
		{ "RabbitMQ, NATS or Pulsar", "rabbitmq nats apache-pulsar" },
		{ "gRPC and protobuf", "grpc protocol-buffers" },
		{ "PyTorch, TensorFlow and JAX", "pytorch tensorflow jax" },
		{ "scikit-learn, pandas and NumPy", "scikit-learn pandas numpy" },
		{ "XGBoost, LightGBM", "xgboost lightgbm" },
		{ "Kubeflow, MLflow or SageMaker", "kubeflow mlflow amazon-sagemaker" },
		{ "Weights & Biases (W&B)", "weights-and-biases" },
		{ "LLMs, OpenAI and Claude", "openai claude" },
		{ "Hugging Face Transformers with LoRA", "hugging-face lora" },
		{ "MCP servers for AI agents", "mcp" },
		{ "NVIDIA H100 GPUs with NVLink", "nvidia-h100 nvlink" },
		{ "Slurm and MPI/OpenMP", "slurm mpi openmp" },
		{ "React.js with Redux and Tailwind CSS", "react redux tailwind-css" },
		{ "Ruby on Rails", "rails" },
		{ "Django, Flask and FastAPI", "django flask fastapi" },
		{ "Power BI (DAX, Power Query)", "power-bi dax power-query" },
		{ "Looker and LookML", "looker" },
		{ "Looker Studio", "looker-studio" },
		{ "Google Sheets and GA4", "google-sheets google-analytics" },
		{ "Jira and Confluence", "jira confluence" },
		{ "Selenium, Cypress and Playwright", "selenium cypress playwright" },
		{ "JUnit, pytest", "junit pytest" },
		{ "Salesforce and ServiceNow", "salesforce servicenow" },
		{ "SAP S/4HANA and SAP HANA", "sap sap-hana" },
		{ "PLC and SCADA", "plc scada" },
		{ "AWS Certified Solutions Architect – Associate", "aws-solutions-architect-associate" },
		{ "CISSP, CISM or CISA", "cissp cism cisa" },
		{ "CompTIA Security+ or CEH", "security-plus ceh" },
		{ "PMP or PRINCE2; ITIL v4", "pmp prince2 itil" },
		{ "CCNA/CCNP", "ccna ccnp" },
		{ "AZ-104 and AZ-305", "azure-administrator-associate azure-solutions-architect-expert" },
		{ "CKAD preferred", "ckad" },
		{ "HashiCorp Certified: Terraform Associate", "terraform-associate" },
	};
	expect_samples(samples, COUNT(samples), true);
}

Test(lexicon_content, skills_and_themes)
{
	static const sample samples[] = {
		{ "NoSQL databases, microservices and message queues", "nosql microservices message-queues" },
		{ "LLMs and AI agents on GPUs", "llm ai-agents gpu" },
		{ "Work closely with product and engineering teams", "cross-functional-collaboration" },
		{ "Terraform modules under version control", "" },
		{ "You own the end-to-end pipeline", "ownership-and-delivery" },
		{ "Write documentation for our visas", "technical-writing" },
		{ "Optimize slow queries", "database-administration" },
		{ "\xe7\x86\x9f\xe6\x82\x89\xe5\xbe\xae\xe6\x9c\x8d\xe5\x8a\xa1\xe5\x92\x8c\xe6\x9c\xba\xe5\x99\xa8"
		  "\xe5\xad\xa6\xe4\xb9\xa0",
			"microservices machine-learning" },
		{ "Build data pipelines and data models", "data-engineering data-modeling" },
		{ "Capacity planning and performance tuning", "capacity-planning performance-engineering" },
		{ "Threat modeling, penetration testing", "threat-modeling penetration-testing" },
		{ "Vulnerability management and patching", "vulnerability-management" },
		{ "Machine learning and deep learning", "machine-learning deep-learning" },
		{ "A/B testing and causal inference", "experimentation causal-inference" },
		{ "Natural language processing (NLP)", "natural-language-processing" },
		{ "MLOps and feature engineering", "mlops feature-engineering" },
		{ "Large-scale distributed systems", "system-design" },
		{ "Linux administration", "linux-administration" },
		{ "Work with cross-functional teams", "cross-functional-collaboration" },
		{ "Scalability and reliability", "scalability reliability" },
		{ "Platform engineering and developer experience", "platform-engineering developer-experience" },
		{ "Agile and Scrum", "agile" },
		{ "an agile mind", "" },
		{ "Improve data quality", "data-quality" },
		{ "Process automation", "automation" },
		{ "Pay down technical debt", "modernisation-and-migration" },
		{ "500 ml of water", "" },
		{ "hiring now: drivers", "" },
		{ "monitoring of deliveries", "" },
		{ "a dashboard in your car", "" },
		{ "offices in San Francisco", "" },
		{ "share ownership plan", "" },
		{ "our documentation must be complete for visas", "" },
		{ "a data center", "" },
	};
	expect_samples(samples, COUNT(samples), false);
}
