/** Stand-ins for built-in functions that pages and their older libraries (Prototype.js, MooTools) replace. */

/** A `JSON.stringify` replacer that undoes a page's `toJSON`, such as `Array.prototype.toJSON` of Prototype.js. */
export function withoutToJson(this: Readonly<Record<string, unknown>>, key: string): unknown {
  return this[key];
}

/** In place of `Element.prototype.remove`, which pages replace with functions that behave differently. */
export function detach(node: Node): void {
  node.parentNode?.removeChild(node);
}
