/** Exits if Node is too old. Imported first, in syntax that old versions can parse. */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Firstword needs Node 20.19 or later. This is Node ${process.versions.node}. Install a newer version: https://nodejs.org/download`,
  );
  process.exit(1);
}
