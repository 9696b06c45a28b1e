/** The demo engine's answer to the prompt of the reference benchmark: a fixed text of the requested length. */

export const BENCHMARK_TEXT = `This is the demo engine. There is no model behind it, and this text is always the same.

Recursion means that the solution of a task uses the same solution for a smaller part of that task. Every recursive \
function has two halves. The base case is an input so small that its answer is known at once. The other half takes one \
step towards that base case and calls the function again with what is left.

Take the height of a tower of boxes. An empty tower has height zero: that is the base case. For any other tower, lift \
off the top box, ask for the height of the rest, and add the height of the box. Each question waits for the answer to \
the next smaller one, until the empty tower answers, and then the sums come back one after the other.

The waiting questions lie on the call stack, so a recursion without a base case fills it and fails. Where every call \
repeats work that was done before, keep results in a table. A loop can always replace recursion; it is often quicker, \
while recursion often reads more like the task itself: trees, nested folders, grammars and puzzles are defined in \
terms of themselves, and so are the functions that walk through them.`;
