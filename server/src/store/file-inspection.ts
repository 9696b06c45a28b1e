/** Looks into a stored file for what its first bytes don't show: whether it is what it claims, and whether it could act. */
import { open } from 'node:fs/promises';
import type { FileType } from '@firstword/shared/files';
import type { FileRisk } from '@firstword/shared/wire';
import { readZipDirectory } from './zip-directory.ts';

export type Inspection =
  /** It is no file of that type. */
  | { readonly kind: 'content' }
  /** It contains macros or scripts. */
  | { readonly kind: 'unsafe' }
  /** `risk`: agents are warned. */
  | { readonly kind: 'fine'; readonly risk?: FileRisk };

const FINE: Inspection = { kind: 'fine' };
const OFFICE_PARTS = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
/** Macros, embedded programs, and controls. */
const ACTIVE_PART = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|activeX\/|embeddings\/[^/]*\.bin$)|macrosheets\//i;
/** Actions that run code or start programs, as names of a PDF. */
const ACTIVE_NAME = /\/(?:JavaScript|JS|Launch|ImportData|RichMedia)(?![A-Za-z])/;
/** What a document loads from elsewhere when it is opened, apart from pictures: a template with macros, an object, a frame. */
const RELATIONS = /(?:^|\/)_rels\/[^/]*\.rels$/i;
const LOADED = /\/(?:attachedTemplate|oleObject|frame|subDocument)["']/i;
const EXTERNAL = /\bTargetMode\s*=\s*["']External["']/i;
/** Large documents have a few dozen of these parts, and few of them hundreds of links. */
const RELATIONS_MAX = 100;
const RELATIONS_BYTES = 8 * 1024;
const CODED = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi;
/** A cell that begins with one of these is a formula in spreadsheet programs, also behind the mark of UTF-8, and in full width. */
const FORMULA =
  /(?:^(?:\xef\xbb\xbf)?|[\n\r,;\t])["' ]*(?:[=+@-]|\xef\xbc[\x8b\x8d\x9d\xa0])(?![\d., ]*["']?(?:[\n\r,;\t]|$))/;
const PIECE_BYTES = 64 * 1024;
const OVERLAP = 64;

export async function inspectFile(path: string, type: FileType): Promise<Inspection> {
  switch (type) {
    case 'docx':
    case 'xlsx':
      return inspectOffice(path, OFFICE_PARTS[type]);
    case 'pdf':
      return inspectPdf(path);
    case 'csv':
      return (await somePiece(path, (text) => FORMULA.test(text))) ? { kind: 'fine', risk: 'formulas' } : FINE;
    default:
      return FINE;
  }
}

async function inspectOffice(path: string, mainPart: string): Promise<Inspection> {
  const file = await open(path);
  try {
    const parts = await readZipDirectory(file);
    const types = parts?.find(({ name }) => name === '[Content_Types].xml');
    const main = parts?.find(({ name }) => name === mainPart);
    if (parts === undefined || types === undefined || main === undefined) return { kind: 'content' };
    const isXml = async (part: typeof main) => /^\uFEFF?\s*<\?xml\b/.test(await part.beginning());
    if (!(await isXml(types)) || !(await isXml(main))) return { kind: 'content' };
    if (parts.some(({ name }) => ACTIVE_PART.test(name))) return { kind: 'unsafe' };
    const relations = parts.filter(({ name }) => RELATIONS.test(name));
    if (relations.length > RELATIONS_MAX) return { kind: 'unsafe' };
    for (const part of relations) if (loadsOthers(await part.beginning(RELATIONS_BYTES))) return { kind: 'unsafe' };
    return FINE;
  } finally {
    await file.close();
  }
}

function loadsOthers(relations: string): boolean {
  // As a program reads it, whatever its encoding; in a tag, `<` is always written as an entity.
  const tags = relations.replaceAll('\0', '').split('<');
  return tags.some((tag) => {
    const read = tag.replaceAll(CODED, (_, hex?: string, decimal?: string) =>
      String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    );
    return EXTERNAL.test(read) && LOADED.test(read);
  });
}

/** Names that are compressed inside of the file are not seen: a virus scanner looks there. */
async function inspectPdf(path: string): Promise<Inspection> {
  let end = '';
  const isActive = await somePiece(path, (text) => {
    end = text.slice(-1024);
    return ACTIVE_NAME.test(
      text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  });
  if (isActive) return { kind: 'unsafe' };
  return end.includes('%%EOF') ? FINE : { kind: 'content' };
}

/** Reads piece by piece, each with the end of the one before, until one is found. */
async function somePiece(path: string, isFound: (text: string) => boolean): Promise<boolean> {
  const file = await open(path);
  try {
    let before = '';
    for await (const bytes of file.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false })) {
      const text: string = before + Buffer.from(bytes).toString('latin1');
      if (isFound(text)) return true;
      before = text.slice(-OVERLAP);
    }
    return false;
  } finally {
    await file.close();
  }
}
