/** Puts the runs of text on a page of a PDF together to rows, in the order in which they are read: column by column. Pure. */

/** A piece of text as the file places it. Lengths are in points; y grows upwards. */
export interface PdfRun {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly font: string;
  readonly isRightToLeft: boolean;
}

/** Runs without a wide gap between them: a line of a column, or a cell of a table. */
export type PdfCell = Omit<PdfRun, 'isRightToLeft'>;

export interface PdfRow extends Omit<PdfCell, 'text'> {
  readonly cells: readonly PdfCell[];
  readonly text: string;
  /** The edges of its column, or of the text that is as wide as the page. */
  readonly left: number;
  readonly edge: number;
}

/** In sizes of the text. Runs of one baseline, such as a raised number, differ by less. */
const BASELINE = 0.4;
/** A narrower gap is the distance of two letters. */
const SPACE = 0.12;
/** A wider gap parts columns; justified lines stretch their spaces up to this. */
const WIDE = 1;
/** In points: edges that were meant to be equal. */
const ALIGNED = 2;

export function rowsOfPage(runs: readonly PdfRun[]): PdfRow[] {
  const cells = topDown(baselines(runs).flatMap(cellsOf));
  return inReadingOrder(cells).flatMap(rowsOfColumn);
}

const topDown = <Placed extends { readonly x: number; readonly y: number }>(list: readonly Placed[]) =>
  [...list].sort((a, b) => b.y - a.y || a.x - b.x);

const isSameBaseline = (a: { y: number; size: number }, b: { y: number; size: number }) =>
  Math.abs(a.y - b.y) <= BASELINE * Math.max(a.size, b.size);

function baselines<Placed extends Pick<PdfCell, 'x' | 'y' | 'size'>>(list: readonly Placed[]): Placed[][] {
  const lines: Placed[][] = [];
  for (const placed of topDown(list)) {
    const [first] = lines.at(-1) ?? [];
    if (first !== undefined && isSameBaseline(first, placed)) lines.at(-1)?.push(placed);
    else lines.push([placed]);
  }
  return lines;
}

function cellsOf(line: readonly PdfRun[]): PdfCell[] {
  const cells: { runs: PdfRun[]; right: number }[] = [];
  for (const run of [...line].sort((a, b) => a.x - b.x)) {
    const last = cells.at(-1);
    if (last === undefined || run.x - last.right > WIDE * run.size) cells.push({ runs: [run], right: run.right });
    else {
      last.runs.push(run);
      last.right = Math.max(last.right, run.right);
    }
  }
  return cells.map(({ runs, right }) => cellOf(runs, right));
}

function cellOf(runs: readonly PdfRun[], right: number): PdfCell {
  const largest = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best));
  const isRightToLeft = runs.filter((run) => run.isRightToLeft).length * 2 > runs.length;
  const ordered = isRightToLeft ? [...runs].reverse() : runs;
  let text = '';
  for (const [at, run] of ordered.entries()) {
    const before = ordered[at - 1];
    const gap = before === undefined ? 0 : isRightToLeft ? before.x - run.right : run.x - before.right;
    text += gap > SPACE * run.size ? ` ${run.text}` : run.text;
  }
  const { y, size, font } = largest;
  return { text: text.replace(/\s+/g, ' ').trim(), x: runs[0]?.x ?? 0, right, y, size, font };
}

/** Fewer lines are no column. */
const COLUMN_LINES = 4;
/** Titles and wide figures may cross the gap between columns; running text does not. */
const CROSSING_MOST = 0.3;
/** Lines of a column of text are longer than the cells of a table, and most fill it. */
const LINE_LETTERS = 18;
const FILLED = 0.6;
/** In sizes of the upper one: two lines of a column are no further apart, except above a heading. */
const LINE_APART = 2.2;
/** Of a page of very many cells, no more edges are looked at. */
const STARTS_TRIED = 20;

/** Two columns of text, and what is above and below them. */
interface Columns {
  readonly above: readonly PdfCell[];
  readonly beside: readonly PdfCell[];
  readonly below: readonly PdfCell[];
  /** Where the right one begins. */
  readonly at: number;
  readonly crossing: number;
}

/** Groups of cells: of two columns the left one comes first; what crosses both parts them. */
function inReadingOrder(cells: readonly PdfCell[]): PdfCell[][] {
  const columns = columnsOf(cells);
  if (columns === undefined) return cells.length === 0 ? [] : [[...cells]];
  const { at } = columns;
  const groups = inReadingOrder(columns.above);
  let beside: PdfCell[] = [];
  const flush = () => {
    const isOnRight = (cell: PdfCell) => isRight(cell, at);
    groups.push(
      ...inReadingOrder(beside.filter((cell) => !isOnRight(cell))),
      ...inReadingOrder(beside.filter(isOnRight)),
    );
    beside = [];
  };
  for (const cell of columns.beside) {
    if (isRight(cell, at) || isLeft(cell, at)) beside.push(cell);
    else {
      flush();
      groups.push([cell]);
    }
  }
  flush();
  return [...groups, ...inReadingOrder(columns.below)];
}

const isRight = ({ x }: PdfCell, at: number) => x >= at - ALIGNED;
const isLeft = ({ right }: PdfCell, at: number) => right < at;

function columnsOf(cells: readonly PdfCell[]): Columns | undefined {
  const starts = new Map<number, number>();
  for (const { x } of cells) starts.set(Math.round(x), (starts.get(Math.round(x)) ?? 0) + 1);
  const frequent = [...starts].filter(([, count]) => count >= COLUMN_LINES).sort(([, a], [, b]) => b - a);
  let best: Columns | undefined;
  for (const [at] of frequent.slice(0, STARTS_TRIED)) {
    const columns = columnsAt(cells, at);
    if (columns !== undefined && (best === undefined || columns.crossing < best.crossing)) best = columns;
  }
  return best;
}

/** Between the first and the last line that begins there. */
function columnsAt(cells: readonly PdfCell[], at: number): Columns | undefined {
  const lines = cells.filter(({ x }) => Math.abs(x - at) <= ALIGNED);
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return undefined;
  // The left column may begin higher and end lower by a line or two, which then stand apart.
  const beside = cells.filter(({ y, size }) => y <= first.y + size / 2 && y >= last.y - size / 2);
  const right = beside.filter((cell) => isRight(cell, at));
  const left = beside.filter((cell) => isLeft(cell, at) && !isRight(cell, at));
  const crossing = beside.length - right.length - left.length;
  if (crossing > CROSSING_MOST * beside.length || !isColumn(left) || !isColumn(right)) return undefined;
  const isLower = ({ y }: PdfCell) => y < last.y;
  const others = cells.filter((cell) => !beside.includes(cell));
  const tail = others.filter(isLower);
  // What goes on below in the left column only belongs to it.
  const rest = tail.findIndex((cell, index) => {
    const before = tail[index - 1] ?? left.at(-1);
    return !isLeft(cell, at) || before === undefined || before.y - cell.y > LINE_APART * before.size;
  });
  const goesOn = rest < 0 ? tail : tail.slice(0, rest);
  return {
    above: others.filter((cell) => !isLower(cell)),
    beside: [...beside, ...goesOn],
    below: tail.slice(goesOn.length),
    at,
    crossing,
  };
}

function isColumn(cells: readonly PdfCell[]): boolean {
  if (cells.length < COLUMN_LINES) return false;
  const width = Math.max(...cells.map(({ right }) => right)) - Math.min(...cells.map(({ x }) => x));
  const isFull = (cell: PdfCell) => cell.text.length >= LINE_LETTERS && cell.right - cell.x >= FILLED * width;
  return cells.filter(isFull).length * 2 >= cells.length;
}

function rowsOfColumn(cells: readonly PdfCell[]): PdfRow[] {
  const left = Math.min(...cells.map(({ x }) => x));
  const edge = Math.max(...cells.map(({ right }) => right));
  return baselines(cells).map((row) =>
    rowOf(
      row.sort((a, b) => a.x - b.x),
      left,
      edge,
    ),
  );
}

/** A bullet or number stands apart from its text. */
const MARKER = /^(?:[•◦▪▸►‣●○■□–—*\uF0B7\uF0A7]|\d{1,2}[.)])$/u;

function rowOf(found: readonly PdfCell[], left: number, edge: number): PdfRow {
  const [marker, item, ...rest] = found;
  const isItem = marker !== undefined && item !== undefined && MARKER.test(marker.text);
  const cells = isItem ? [{ ...item, x: marker.x, text: `${marker.text} ${item.text}` }, ...rest] : [...found];
  const widest = cells.reduce((best, cell) => (cell.text.length > best.text.length ? cell : best));
  return {
    cells,
    text: cells.map(({ text }) => text).join(' '),
    x: cells[0]?.x ?? 0,
    right: Math.max(...cells.map(({ right }) => right)),
    y: widest.y,
    size: widest.size,
    font: widest.font,
    left,
    edge,
  };
}
