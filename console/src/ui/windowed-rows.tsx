/**
 * The rows of a long list of which only those near the visible part are in the document. The row that is read keeps its place
 * when rows are added above it, and when estimated heights turn out otherwise. It is the first part of the box that scrolls.
 */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createRowTops } from '../row-tops.ts';

/** Attributes of a row's `<li>`. */
export interface RowPlace {
  readonly 'aria-setsize': number;
  readonly 'aria-posinset': number;
  readonly style?: { readonly marginBlockStart: string };
}

export interface WindowedRowsProps<Row> {
  readonly rows: readonly Row[];
  readonly label?: string | undefined;
  /** How many rows the list has; undefined while that is unknown, because there are more pages. */
  readonly total: number | undefined;
  /** Height of a usual row. */
  readonly rowPx: number;
  /** The row of the keyboard cursor. It stays in the document, so that it can be focused. */
  readonly cursorId: string | undefined;
  /** The box that scrolls. */
  readonly box: RefObject<HTMLElement | null>;
  /** Changes when another list is shown, which begins at its top. */
  readonly listKey: unknown;
  /** Draws the `<li>` of a row. */
  readonly draw: (row: Row, place: RowPlace) => ComponentChildren;
}

/** Of the box's height, before and after what is visible. */
const AHEAD = 1;
/** The window moves by this many rows, so that not every frame draws. */
const STEP = 8;
/** Shown before the box has been measured. */
const FIRST_ROWS = 24;

export function WindowedRows<Row extends { readonly id: string }>(props: WindowedRowsProps<Row>) {
  const { rows, label, total, rowPx, cursorId, box, listKey, draw } = props;
  const list = useRef<HTMLUListElement>(null);
  const measured = useRef(new Map<string, number>());
  const tops = useMemo(() => createRowTops(rows.map(({ id }) => measured.current.get(id) ?? rowPx)), [rows, rowPx]);
  const indexOf = useMemo(() => new Map(rows.map(({ id }, index) => [id, index])), [rows]);
  const [[start, end], setWindow] = useState<readonly [number, number]>([0, FIRST_ROWS]);
  const [focusedId, setFocusedId] = useState<string | undefined>();
  /** The first visible row, and where it begins. Undefined at the top, where new rows are to be seen. */
  const anchor = useRef<{ readonly id: string; readonly top: number } | undefined>(undefined);
  /** Where the box is scrolled to. Some browsers forget that of a hidden box; until it is restored, it must not be noted. */
  const place = useRef({ scrollTop: 0, wasHidden: false });

  const kept = [cursorId, focusedId].flatMap((id) => (id === undefined ? [] : (indexOf.get(id) ?? [])));
  const inWindow = Array.from({ length: Math.max(0, Math.min(end, rows.length) - start) }, (_, at) => start + at);
  const drawn = [...new Set([...kept, ...inWindow])].sort((one, other) => one - other);

  const look = () => {
    const { current } = box;
    if (current === null || current.clientHeight === 0) return;
    const { scrollTop, clientHeight } = current;
    place.current.scrollTop = scrollTop;
    const first = tops.indexAt(scrollTop);
    const row = rows[first];
    anchor.current = scrollTop <= 0 || row === undefined ? undefined : { id: row.id, top: tops.top(first) };
    const from = tops.indexAt(scrollTop - AHEAD * clientHeight);
    const to = tops.indexAt(scrollTop + (1 + AHEAD) * clientHeight);
    const next = [Math.floor(from / STEP) * STEP, Math.ceil((to + 1) / STEP) * STEP] as const;
    setWindow((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  };
  /** Measures what was drawn, and scrolls to where the row that is read is now. */
  const settle = () => {
    const { current } = box;
    if (current === null || current.clientHeight === 0) return;
    for (const [at, item] of [...(list.current?.children ?? [])].entries()) {
      const index = drawn[at];
      const row = index === undefined ? undefined : rows[index];
      if (index === undefined || row === undefined) continue;
      const px = item.getBoundingClientRect().height;
      measured.current.set(row.id, px);
      tops.set(index, px);
    }
    const { current: seen } = anchor;
    const index = seen && indexOf.get(seen.id);
    const moved = seen === undefined || index === undefined ? 0 : tops.top(index) - seen.top;
    // A focused row may have scrolled the box since it was noted, so what has moved is added to where it is now.
    const from = place.current.wasHidden ? place.current.scrollTop : current.scrollTop;
    if (Math.abs(from + moved - current.scrollTop) >= 1) current.scrollTop = from + moved;
    place.current.wasHidden = false;
    look();
  };
  const latest = useRef({ look, settle });
  latest.current = { look, settle };

  useLayoutEffect(() => {
    anchor.current = undefined;
    place.current.scrollTop = 0;
    box.current?.scrollTo({ top: 0 });
  }, [listKey, box]);
  useLayoutEffect(settle);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const scrolled = () => {
      if (!place.current.wasHidden) latest.current.look();
    };
    const observer = new ResizeObserver(() => {
      if (current.clientHeight === 0) place.current.wasHidden = true;
      else latest.current.settle();
    });
    current.addEventListener('scroll', scrolled, { passive: true });
    observer.observe(current);
    return () => {
      current.removeEventListener('scroll', scrolled);
      observer.disconnect();
    };
  }, [box]);

  const last = drawn.at(-1);
  const rest = last === undefined ? 0 : tops.height() - tops.top(last + 1);
  return (
    <ul
      ref={list}
      aria-label={label}
      style={{ paddingBlockEnd: `${rest}px` }}
      onFocusIn={({ target }) => {
        const item = target instanceof Element ? target.closest('li') : null;
        const index = item === null ? undefined : drawn[[...(list.current?.children ?? [])].indexOf(item)];
        setFocusedId(index === undefined ? undefined : rows[index]?.id);
      }}
      onFocusOut={() => {
        // Another window may have the focus; it comes back to this row.
        if (document.hasFocus()) setFocusedId(undefined);
      }}
    >
      {drawn.map((index, at) => {
        const row = rows[index];
        if (row === undefined) return null;
        const before = drawn[at - 1];
        const gap = tops.top(index) - (before === undefined ? 0 : tops.top(before + 1));
        return draw(row, {
          'aria-setsize': total ?? -1,
          'aria-posinset': index + 1,
          ...(gap === 0 ? {} : { style: { marginBlockStart: `${gap}px` } }),
        });
      })}
    </ul>
  );
}
