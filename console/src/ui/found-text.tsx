/** Texts of search results, with what was found marked. */
import type { FoundText } from '@firstword/shared/conversation-records';

/** A part of a message, with the marks of the server. */
export function ExcerptText({ found: { excerpt, marks } }: { found: FoundText }) {
  return (
    <>
      {marks.map(([start, end], index) => (
        <>
          {excerpt.slice(marks[index - 1]?.[1] ?? 0, start)}
          <mark>{excerpt.slice(start, end)}</mark>
        </>
      ))}
      {excerpt.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}

/** A name, an address or an id, which is found by a part of it. */
export function NamedText({ text, q }: { text: string; q: string | undefined }) {
  const start = q === undefined ? -1 : text.toLowerCase().indexOf(q.toLowerCase());
  if (q === undefined || start === -1) return <>{text}</>;
  const end = start + q.length;
  return (
    <>
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}
