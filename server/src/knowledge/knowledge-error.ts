/** Articles that cannot be read or stored. The message names the place and what was expected, and is fit to be shown. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';
}
