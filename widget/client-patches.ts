/** Leaves out of the Socket.IO client what the widget never uses, and corrects the Markdown parser. */
import path from 'node:path';
import type { Plugin } from 'vite';

/** The widget connects by WebSocket and fetches long-polling only where that fails; XMLHttpRequest is never used. */
export function websocketOnly(): Plugin {
  const id = '\0websocket-only';
  return {
    name: 'websocket-only',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer?.includes('engine.io-client') || !source.endsWith('transports/index.js')) return null;
      const real = await this.resolve(source, importer, { ...options, skipSelf: true });
      return real === null ? null : `${id}?${path.dirname(real.id)}`;
    },
    load(loaded) {
      if (!loaded.startsWith(id)) return null;
      const socket = JSON.stringify(path.join(loaded.slice(id.length + 1), 'websocket.js'));
      return `import { WS } from ${socket};\nexport const transports = { websocket: WS };`;
    },
  };
}

/**
 * Replaces what the widget never uses: it exchanges text packets only (a binary packet ends the connection with an error), the
 * browser parses URLs, and files loaded on demand need no preloading because none imports another.
 */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /engine\.io-parser.*encodePacket\.browser\.js$/,
    `import { PACKET_TYPES } from './commons.js';
     export const encodePacket = ({ type, data }, _, done) => done(PACKET_TYPES[type] + (data || ''));
     export const encodePacketToBinary = undefined;`,
  ],
  [
    /engine\.io-parser.*decodePacket\.browser\.js$/,
    `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
     export const decodePacket = (packet) => {
       const type = typeof packet === 'string' && PACKET_TYPES_REVERSE[packet[0]];
       if (!type) return ERROR_PACKET;
       return packet.length > 1 ? { type, data: packet.slice(1) } : { type };
     };`,
  ],
  [
    // The connection has its own parser, which supports only text packets.
    /socket\.io-parser.build.esm.index\.js$/,
    `export const protocol = 5;
     export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4, BINARY_EVENT: 5, BINARY_ACK: 6 };
     export const Encoder = undefined, Decoder = undefined;`,
  ],
  [
    /engine\.io-client.*parseuri\.js$/,
    `export const parse = (source) => {
       const { protocol, hostname, port, pathname } = new URL(source);
       return { source, protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ''), port, path: pathname, query: '' };
     };`,
  ],
  [/vite\/preload-helper\.js$/, 'export const __vitePreload = (load) => load();'],
];
export function textOnly(): Plugin {
  const replaced = new Set<RegExp>();
  return {
    name: 'text-only',
    enforce: 'pre',
    load(id) {
      const found = REPLACEMENTS.find(([module]) => module.test(id));
      if (found) replaced.add(found[0]);
      return found?.[1] ?? null;
    },
    // An update may move a module: fail, instead of shipping the unpatched library.
    buildEnd(error) {
      if (error) return;
      for (const [module] of REPLACEMENTS)
        if (!replaced.has(module)) this.error(`${module} matches no module. Check the installed socket.io-client.`);
    },
  };
}

type Patches = readonly (readonly [RegExp, string])[];
/** Methods of Socket.IO's socket for features that the widget does not use. */
const SOCKET: Patches = [
  [/_addToQueue\(args\) \{[\s\S]*?\n {4}\}/, '_addToQueue() {}'],
  [/_drainQueue\(force = false\) \{[\s\S]*?\n {4}\}/, '_drainQueue() {}'],
  [/onAny\(listener\) \{[\s\S]*?(?=\n {4}notifyOutgoingListeners)/, ''],
  [/notifyOutgoingListeners\(packet\) \{[\s\S]*?\n {4}\}/, 'notifyOutgoingListeners() {}'],
  [/if \(this\._opts\.retries[\s\S]*?\n {8}\}/, ''],
  [/\n {4}send\(\.\.\.args\) \{[\s\S]*?\n {4}\}/, ''],
  [/\n {4}compress\(compress\) \{[\s\S]*?\n {4}\}/, ''],
  [/\n {4}get volatile\(\) \{[\s\S]*?\n {4}\}/, ''],
  // Connection state recovery: the widget resumes by its own sequence numbers.
  [/data: this\._pid\s*\?[\s\S]*?: data,/, 'data,'],
  [/if \(this\._pid && args[\s\S]*?\n {8}\}/, ''],
  [/this\.recovered = pid[^\n]*\n\s*this\._pid = pid;.*/, ''],
  [/new Error\("It seems[^"]*"\)/, 'new Error("no session")'],
  [/if \(this\._anyListeners && [\s\S]*?\n {8}\}/, ''],
  [/const RESERVED_EVENTS = [\s\S]*?\}\);/, ''],
  [/if \(RESERVED_EVENTS[\s\S]*?\n {8}\}/, ''],
  [/const isTransportWritable = .*/, ''],
  [/const discardPacket = [\s\S]*?else if/, 'if'],
  // The server asks for no acknowledgement.
  [/if \(null != packet\.id\) \{[\s\S]*?\n {8}\}/, ''],
  [/\n {4}ack\(id\) \{[\s\S]*?\n {4}\}/, ''],
];
/** Methods and options of Engine.IO's socket for a change of transport, for Node.js, and for more than 64 KB in one request: the widget sends one message at a time. */
const ENGINE: Patches = [
  [/_probe\(name\) \{[\s\S]*?\n {4}\}/, '_probe() {}'],
  [/_getWritablePackets\(\) \{[\s\S]*?\n {4}\}/, '_getWritablePackets() { return this.writeBuffer; }'],
  [
    /if \(uri && "object"[\s\S]*?(?=installTimerFunctions)/,
    `const { host, protocol: scheme, port } = parse(uri);
     opts.hostname = host; opts.secure = scheme === 'https'; opts.port = port;`,
  ],
  [/this\.secure =\s[\s\S]*?;/, 'this.secure = opts.secure;'],
  [/this\.hostname =\s[\s\S]*?;/, 'this.hostname = host;'],
  [/this\.port =\s[\s\S]*?;/, 'this.port = opts.port;'],
  [/if \(opts\.transportImplementations && [\s\S]*?\n {8}\}/, ''],
  [
    /agent: false,|rejectUnauthorized: true,|perMessageDeflate: \{[^}]*\},|rememberUpgrade: false,|closeOnBeforeunload: false,/g,
    '',
  ],
  [/if \(this\.opts\.closeOnBeforeunload\) \{[\s\S]*?\n {12}\}/, ''],
  [/if \(this\._beforeunloadEventListener\) \{[\s\S]*?\n {16}\}/, ''],
  [/this\.opts\.rememberUpgrade &&[\s\S]*?: this\.transports\[0\]/, 'this.transports[0]'],
  [/if \("open" === this\.readyState && this\.opts\.upgrade\) \{[\s\S]*?\n {8}\}/, ''],
  [/this\._upgrades = (\[\]|this\._filterUpgrades.*);/g, ''],
  [/_filterUpgrades\(upgrades\) \{[\s\S]*?\n {4}\}/, ''],
  [/const cleanupAndClose = [\s\S]*?(?=if \("opening")/, ''],
  [/if \(this\.upgrading\) \{\s*waitForUpgrade\(\);\s*\}\s*else /g, ''],
  [/if \((typeof this\.opts\.query|this\.opts\.(withCredentials|autoUnref|tryAllTransports)).*[\s\S]*?\n {8}\}/g, ''],
  [/if \("function" === typeof (data|options)\) \{[\s\S]*?\n {8}\}/g, ''],
  [/options = options[\s\S]*?(?=const packet)/, ''],
  [/if \(fn\)\s*this\.once\("flush", fn\);/, ''],
  [/if \(opts\.hostname && !opts\.port\) \{[\s\S]*?\n {8}\}/, ''],
];
/** The widget always passes its parser and the delays to the manager, and never changes them. */
const MANAGER: Patches = [
  [/import \* as parser from "socket\.io-parser";/, ''],
  [/opts\.parser \|\| parser/, 'opts.parser'],
  [
    /this\.reconnection\(opts[\s\S]*?this\.timeout\(null.*/,
    `this._reconnection = true;
     this.backoff = new Backoff({ min: opts.reconnectionDelay, max: opts.reconnectionDelayMax, jitter: opts.randomizationFactor });`,
  ],
  [/if \(this\.opts\.autoUnref\) \{\s*timer\.unref\(\);\s*\}/g, ''],
  [/if \(this\.backoff\.attempts >= this\._reconnectionAttempts\) \{[\s\S]*?\n {8}\}\s*else \{/, '{'],
  [/\n {4}reconnection\(v\) \{[\s\S]*?(?=\n {4}timeout\(v\))/, ''],
];
const BACKOFF: Patches = [[/Backoff\.prototype\.setMin[\s\S]*$/, '']];
/** Options that only Node.js has, and names of very old browsers. */
const WEBSOCKET: Patches = [
  [/const isReactNative =[\s\S]*?;\n/, 'const isReactNative = false;\n'],
  [/pick\(this\.opts,.*\)/, '{}'],
  [/ \|\| globalThis\.MozWebSocket/, ''],
  [/if \(this\.opts\.(extraHeaders|autoUnref)\) \{[\s\S]*?\n +\}/g, ''],
  [/if \((this\.opts\.timestampRequests|!this\.supportsBinary)\) \{[\s\S]*?\n {8}\}/g, ''],
  [/return !isReactNative[\s\S]*?opts\);/, 'return new WebSocketCtor(uri);'],
];
const GLOBALS: Patches = [
  [/nextTick = [\s\S]*?\}\)\(\)/, 'nextTick = (call) => Promise.resolve().then(call)'],
  [/globalThisShim = [\s\S]*?\}\)\(\)/, 'globalThisShim = globalThis'],
];
const EMITTER: Patches = [
  [/if \(obj\) return mixin\(obj\);/, ''],
  [/function mixin\(obj\) \{[\s\S]*?\n\}/, ''],
  [/Emitter\.prototype\.addEventListener = /, ''],
  [/Emitter\.prototype\.removeEventListener = /, ''],
  [/Emitter\.prototype\.listeners = [\s\S]*$/, ''],
];
export function unusedMethods(): Plugin {
  return patched('unused-methods', 'socket.io-client', [
    [/socket\.io-client.build.esm.socket\.js$/, SOCKET],
    [/engine\.io-client.build.esm.socket\.js$/, ENGINE],
    [/socket\.io-client.build.esm.manager\.js$/, MANAGER],
    [/socket\.io-client.build.esm.contrib.backo2\.js$/, BACKOFF],
    [/engine\.io-client.build.esm.transports.websocket\.js$/, WEBSOCKET],
    [/engine\.io-client.build.esm.globals\.js$/, GLOBALS],
    [/@socket\.io.component-emitter.lib.esm.index\.js$/, EMITTER],
  ]);
}

/**
 * A blank line after a list ends only the list; if the list is quoted, it must end the quote, too. Formulas are left out: the
 * widget draws none, and `$` is usually a price.
 */
const MARKDOWN: Patches = [
  [/case '\$':[\s\S]*?(?=\/\* \[Image\]\(url\) \*\/)/, ''],
  [/p\.tokens\[p\.len\] === LIST_ITEM && p\.token === LINE_BREAK/, '$& && p.tokens[1] !== BLOCKQUOTE'],
];
export function markdownPatches(): Plugin {
  return patched('markdown-patches', 'streaming-markdown', [[/streaming-markdown.smd\.js$/, MARKDOWN]]);
}

/** Fails when a file or a pattern is not found, because an update of the library may have changed it. */
function patched(name: string, library: string, files: readonly (readonly [RegExp, Patches])[]): Plugin {
  const found = new Set<RegExp>();
  return {
    name,
    enforce: 'pre',
    transform(code, id) {
      const [file, patches] = files.find(([path]) => path.test(id)) ?? [];
      if (file === undefined || patches === undefined) return null;
      found.add(file);
      return patches.reduce((left, [pattern, instead]) => {
        if (!pattern.test(left)) this.error(`${pattern} does not match in ${id}. Check the installed ${library}.`);
        return left.replace(pattern, instead);
      }, code);
    },
    buildEnd(error) {
      if (!error && found.size < files.length)
        this.error(`${found.size} of ${files.length} files to patch were found. Check the installed ${library}.`);
    },
  };
}
