// Builds the guide into target/classes/io/berth/ui/guide: static pages of docs/, next to the web console.
// A broken link, or a document that the menu leaves out, fails the build.
import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, posix, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import hljs from 'highlight.js/lib/common';
import {load} from 'js-yaml';
import MarkdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';
import {filesBelow, install, once} from './steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const docs = join(here, '..', 'docs');
const openapi = join(docs, 'openapi.yaml');
const out = join(here, 'target', 'classes', 'io', 'berth', 'ui', 'guide');

/** The menu: what a section has, as files below docs/. */
const MENU = {
  'Get started': ['guide/index.md', 'guide/quickstart.md', 'guide/concepts.md', 'guide/clients.md'],
  'Tasks': ['guide/keys.md', 'guide/sdl.md', 'guide/deploy.md', 'guide/bids.md', 'guide/watch.md', 'guide/logs.md', 'guide/update.md',
    'guide/money.md', 'guide/providers.md', 'guide/audit.md', 'guide/close.md'],
  'Reference': ['guide/errors.md', 'guide/idempotency.md', 'guide/limits.md', 'guide/webhooks.md', 'compatibility.md'],
  'Run Berth': ['guide/self-hosting.md', 'operate.md', 'guide/security.md', 'custody.md', 'architecture.md'],
};
const LANGUAGES = {sh: 'curl', java: 'Java', ts: 'TypeScript', python: 'Python'};

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[c]);

const markdown = new MarkdownIt({
  html: true,
  highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, {language}).value : escape(code)),
}).use(anchor, {slugify: slug});

/** As hosts of Git make an anchor of a heading, so that links hold there and here. */
function slug(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
}

/** Neighbouring fences of different languages say the same: they become one thing with tabs. */
markdown.core.ruler.push('tabs', (state) => {
  let group = 0;
  const tokens = [];
  for (let i = 0; i < state.tokens.length; ) {
    let end = i;
    const seen = new Set();
    while (isExample(state.tokens[end]) && !seen.has(language(state.tokens[end]))) seen.add(language(state.tokens[end++]));
    if (end - i > 1) {
      const token = new state.Token('tabs', '', 0);
      token.children = state.tokens.slice(i, end);
      token.meta = group++;
      tokens.push(token);
      i = end;
    } else {
      tokens.push(state.tokens[i++]);
    }
  }
  state.tokens = tokens;
});

const language = (token) => token.info.trim().split(/\s+/)[0];
const isExample = (token) => token?.type === 'fence' && language(token) in LANGUAGES;

markdown.renderer.rules.fence = (tokens, at) => block(tokens[at]);
markdown.renderer.rules.tabs = (tokens, at) => {
  const {children, meta} = tokens[at];
  const choices = children.map((token, i) => {
    const id = `tab-${meta}-${language(token)}`;
    return `<input type="radio" name="tabs-${meta}" id="${id}" value="${language(token)}"${i === 0 ? ' checked' : ''}>` +
      `<label for="${id}">${LANGUAGES[language(token)]}</label>`;
  });
  return `<div class="tabs" role="group" aria-label="Language">${choices.join('')}${children.map(block).join('')}</div>\n`;
};
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

function block(token) {
  const [, title = ''] = /^\S+\s+(?!not run:)(.+)$/.exec(token.info.trim()) ?? [];
  const caption = title && `<figcaption>${escape(title)}</figcaption>`;
  const code = markdown.options.highlight(token.content, language(token) === 'ts' ? 'typescript' : language(token));
  return `<figure class="code" data-language="${escape(language(token))}">${caption}<pre tabindex="0"><code>${code}</code></pre></figure>\n`;
}

/** What each error says, means and needs, as the API's document tells it. */
function errors() {
  const {responses} = load(readFileSync(openapi, 'utf8')).components;
  return Object.entries(responses).map(([name, {description, content}]) => {
    const texts = new Map(Object.values(content['application/json'].examples).map(({value}) => [value.message, value.code]));
    const rows = [...texts].map(([text, code]) => `| ${text.replaceAll('|', '\\|')} | \`${code}\` |`);
    return `## ${name.slice(1)}\n\n${description}\n\n| example message | code |\n|---|---|\n${rows.join('\n')}\n`;
  }).join('\n');
}

/** A link as it is among the pages; it must lead somewhere. */
function rewritten(href, page) {
  if (/^(https?:|mailto:|\/)/.test(href)) return href;
  const [path, hash] = href.split('#');
  if (path === '') return anchored(page, hash) && href;
  const target = posix.normalize(posix.join(posix.dirname(page), path));
  if (target === 'openapi.yaml') return '/v1/swagger';
  if (target.endsWith('.md') && sources.has(target)) {
    if (hash) anchored(target, hash);
    return posix.relative(posix.dirname(place(page)), place(target)) + (hash ? `#${hash}` : '');
  }
  if (!existsSync(join(docs, target))) throw new Error(`${page} links to ${href}, which is not there`);
  return undefined;
}

function anchored(page, hash) {
  const found = markdown.parse(sources.get(page), {}).some((token) => token.type === 'heading_open' && token.attrGet('id') === hash);
  if (!found) throw new Error(`${page} has no heading #${hash}`);
  return true;
}

/** Where a page is below the guide's folder. */
const place = (page) => page.replace(/^guide\//, '').replace(/\.md$/, '.html');

/** Links that lead to files of the checkout only become their text. */
function withLinks(tokens, page) {
  for (const token of tokens) {
    if (token.type === 'tabs') continue;
    if (token.children) withLinks(token.children, page);
  }
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].type !== 'link_open') continue;
    const href = rewritten(tokens[i].attrGet('href'), page);
    if (href) {
      tokens[i].attrSet('href', href);
    } else {
      const close = tokens.findIndex((token, at) => at > i && token.type === 'link_close');
      tokens.splice(close, 1);
      tokens.splice(i--, 1);
    }
  }
  return tokens;
}

const titleOf = (page) => /^# (.+)$/m.exec(sources.get(page))[1];

function menu(page) {
  const link = (target) =>
    `<li><a href="${posix.relative(posix.dirname(place(page)), place(target))}"${target === page ? ' aria-current="page"' : ''}>${escape(titleOf(target))}</a></li>`;
  const sections = Object.entries(MENU).map(([name, pages]) => `<section><h2>${name}</h2><ul>${pages.map(link).join('')}</ul></section>`);
  return sections.join('');
}

function html(page) {
  const up = posix.relative(posix.dirname(place(page)), '.') || '.';
  const body = markdown.renderer.render(withLinks(markdown.parse(sources.get(page), {}), page), markdown.options, {});
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(titleOf(page))} – Berth</title>
<link rel="icon" href="${up}/icon.svg">
<link rel="stylesheet" href="${up}/guide.css">
<script src="${up}/guide.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><a class="brand" href="${up}/index.html"><img src="${up}/icon.svg" alt="" width="28" height="28">Berth</a>
<nav aria-label="Berth"><a href="/">Console</a> <a href="/v1/swagger">API reference</a></nav></header>
<div class="columns">
<details class="menu" open><summary>Contents</summary><nav aria-label="Guide">${menu(page)}</nav></details>
<main id="content">
${body}</main>
</div>
</body>
</html>
`;
}

const outsideTheMenu = ['decisions', 'reference'].flatMap((folder) => filesBelow(join(docs, folder))).map((file) => relative(docs, file));
const pages = [...Object.values(MENU).flat(), ...outsideTheMenu];
const sources = new Map();

const base = join(here, 'src', 'base.css');
install(here);
const files = [openapi, join(here, 'guide.mjs'), join(here, 'package-lock.json'), join(here, 'src', 'icon.svg'), base, ...filesBelow(join(here, 'guide')),
  ...filesBelow(docs).filter((file) => file.endsWith('.md'))];
once(join(here, 'target', 'guide-stamp'), files, () => {
  for (const page of pages) sources.set(page, readFileSync(join(docs, page), 'utf8'));
  sources.set('guide/errors.md', sources.get('guide/errors.md').replace('<!-- every error -->', errors));
  const forgotten = filesBelow(docs).map((file) => relative(docs, file)).filter((file) => file.endsWith('.md') && !sources.has(file));
  if (forgotten.length > 0) throw new Error(`not in the menu: ${forgotten}`);
  rmSync(out, {recursive: true, force: true});
  for (const page of pages) {
    const file = join(out, place(page));
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, html(page));
  }
  for (const file of filesBelow(join(here, 'guide'))) cpSync(file, join(out, relative(join(here, 'guide'), file)));
  const style = join(out, 'guide.css');
  writeFileSync(style, readFileSync(base, 'utf8') + readFileSync(style, 'utf8'));
  cpSync(join(here, 'src', 'icon.svg'), join(out, 'icon.svg'));
});
