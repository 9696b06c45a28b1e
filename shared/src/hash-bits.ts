/**
 * SHA-256 of many short texts that begin alike, for proofs of work: browsers offer it only as a promise for each text, and only
 * on secure pages.
 */

const BLOCK = 64;
const WORD = 2 ** 32;

/** SHA-256's constants: the fractions of the square and cube roots of the first primes. */
const START = new Int32Array(8);
const ROUNDS = new Int32Array(64);
for (let n = 2, found = 0; found < 64; n += 1) {
  let isPrime = true;
  for (let by = 2; by * by <= n; by += 1) if (n % by === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) START[found] = n ** (1 / 2) * WORD;
  ROUNDS[found] = n ** (1 / 3) * WORD;
  found += 1;
}

/**
 * Returns a function of the first 32 bits of SHA-256 of `prefix` and a number. Whole blocks of the prefix are hashed once.
 * @param prefix ASCII
 */
export function firstBitsOf(prefix: string): (n: number) => number {
  const bytes = new Uint8Array(prefix.length);
  for (let at = 0; at < prefix.length; at += 1) bytes[at] = prefix.charCodeAt(at);
  const whole = bytes.length - (bytes.length % BLOCK);
  const middle = START.slice();
  for (let at = 0; at < whole; at += BLOCK) addBlock(middle, new DataView(bytes.buffer, at, BLOCK));
  const rest = bytes.length - whole;
  const state = new Int32Array(8);
  const tail = new Uint8Array(2 * BLOCK);
  tail.set(bytes.subarray(whole));
  const first = new DataView(tail.buffer, 0, BLOCK);
  const second = new DataView(tail.buffer, BLOCK);
  return (n) => {
    const digits = String(n);
    const length = rest + digits.length;
    const isLong = length + 9 > BLOCK;
    tail.fill(0, rest);
    for (let at = 0; at < digits.length; at += 1) tail[rest + at] = digits.charCodeAt(at);
    tail[length] = 0x80;
    (isLong ? second : first).setUint32(BLOCK - 4, (whole + length) * 8);
    state.set(middle);
    addBlock(state, first);
    if (isLong) addBlock(state, second);
    return at(state, 0) >>> 0;
  };
}

const schedule = new Int32Array(64);
const at = (words: Int32Array, index: number) => words[index] ?? 0;
const turned = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

/** SHA-256's compression function (FIPS 180-4, 6.2.2). */
function addBlock(state: Int32Array, block: DataView): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = block.getInt32(i * 4);
  for (let i = 16; i < 64; i += 1) {
    const near = at(schedule, i - 15);
    const far = at(schedule, i - 2);
    const sum0 = turned(near, 7) ^ turned(near, 18) ^ (near >>> 3);
    const sum1 = turned(far, 17) ^ turned(far, 19) ^ (far >>> 10);
    schedule[i] = at(schedule, i - 16) + sum0 + at(schedule, i - 7) + sum1;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let i = 0; i < 64; i += 1) {
    const sum1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + sum1 + ((e & f) ^ (~e & g)) + at(ROUNDS, i) + at(schedule, i)) | 0;
    const sum0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}
