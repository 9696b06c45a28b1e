/** Ends with one clear line on a Node that is too old. Imported first, and in words that an old Node can read. */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Firstword needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org/download`,
  );
  process.exit(1);
}
