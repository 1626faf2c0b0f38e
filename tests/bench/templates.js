// One JavaScript engine on one template, for templates.py.
// node templates.js ENGINE FOLDER DATA SECONDS: prints as JSON the version, the median ns of a rendering and its text.
// With SECONDS 0 it renders once and prints the text, as a program would that is called for one page.
"use strict";
const fs = require("fs");
const path = require("path");
const [engine, folder, dataFile, seconds] = process.argv.slice(2);
const module_ = require(engine);
const read = (name) => fs.readFileSync(path.join(folder, name + ".html.mustache"), "utf8");
const data = JSON.parse(fs.readFileSync(dataFile, "utf8"));
const page = read("page");
const partials = { demand: read("demand") };

const engines = {
	mustache() {
		module_.parse(page); // kept by the library, and the partial's too
		return () => module_.render(page, data, partials);
	},
	handlebars() {
		for (const name in partials) module_.registerPartial(name, module_.compile(partials[name]));
		const template = module_.compile(page);
		return () => template(data);
	},
};

const now = () => Number(process.hrtime.bigint());
const render = engines[engine]();

function round(ns) {
	const begin = now();
	let end = begin, count = 0;
	for (; end - begin < ns; count++, end = now()) render();
	return (end - begin) / count;
}

if (Number(seconds) === 0) {
	process.stdout.write(render());
} else {
	const rounds = 25;
	round(seconds * 1e9); // warms up
	const times = Array.from({ length: rounds }, () => round((seconds * 1e9) / rounds));
	times.sort((a, b) => a - b);
	const version = module_.VERSION || module_.version;
	process.stdout.write(JSON.stringify({ version, ns: times[rounds >> 1], text: render() }));
}
