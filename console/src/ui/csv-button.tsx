/** Downloads a table as a CSV file. */
import { toCsv } from '../csv.ts';
import { reportTexts } from '../texts/report-texts.ts';

export interface CsvButtonProps {
  /** Names the file. */
  readonly caption: string;
  readonly rows: () => readonly (readonly string[])[];
}

export function CsvButton({ caption, rows }: CsvButtonProps) {
  function download() {
    const link = document.createElement('a');
    link.download = `${caption.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`;
    // Spreadsheets take a file without this mark for one of an older encoding.
    link.href = URL.createObjectURL(new Blob(['\ufeff', toCsv(rows())], { type: 'text/csv' }));
    link.click();
    URL.revokeObjectURL(link.href);
  }
  return (
    <button
      type="button"
      class="button button--quiet figures__csv"
      aria-label={`${reportTexts.csv}, ${caption}`}
      onClick={download}
    >
      {reportTexts.csv}
    </button>
  );
}
