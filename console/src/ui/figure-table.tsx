/** A table of figures. It scrolls sideways by itself if it is wider than the page. */
import type { ComponentChildren } from 'preact';

export interface FigureTableProps {
  readonly caption: string;
  /** The first column is the row header. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: ComponentChildren;
    readonly cells: readonly string[];
  }[];
  readonly total?: { readonly name: string; readonly cells: readonly string[] };
}

export function FigureTable({ caption, columns, rows, total }: FigureTableProps) {
  const [first, ...others] = columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable with the keyboard
    <section class="figures" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <Row key={key} name={name} cells={cells} />
          ))}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <Row {...total} />
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Row({ name, cells }: { name: ComponentChildren; cells: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((cell, index) => (
        <td key={index}>{cell}</td>
      ))}
    </tr>
  );
}
