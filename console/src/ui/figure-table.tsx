/** A table of figures. It scrolls sideways by itself if it is wider than the page. */
import type { ComponentChildren } from 'preact';
import { CsvButton } from './csv-button.tsx';

export interface FigureTableProps {
  readonly caption: string;
  /** The first column is the row header. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: ComponentChildren;
    /** The name for a file, where `name` is not a text. */
    readonly text?: string;
    readonly cells: readonly string[];
  }[];
  readonly total?: { readonly name: string; readonly cells: readonly string[] };
  /** Cells with texts, which begin below their heading. */
  readonly texts?: boolean;
  /** Offers the table as a file. */
  readonly csv?: boolean;
}

export function FigureTable(props: FigureTableProps) {
  const { caption, columns, rows, total, texts, csv } = props;
  const [first, ...others] = columns;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable with the keyboard */}
      <section class={texts ? 'figures figures--texts' : 'figures'} aria-label={caption} tabIndex={0}>
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
      {csv && rows.length > 0 && <CsvButton caption={caption} rows={() => rowsOf(props)} />}
    </>
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

function rowsOf({ columns, rows, total }: FigureTableProps): (readonly string[])[] {
  const lines = rows.map(({ key, name, text = typeof name === 'string' ? name : key, cells }) => [text, ...cells]);
  return [columns, ...lines, ...(total === undefined ? [] : [[total.name, ...total.cells]])];
}
