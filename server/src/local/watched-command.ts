/** Runs a program that doesn't watch its parent process below a shell that does. */

/**
 * The shell ends the program when its stdin closes: the system closes that pipe when this process dies, even if it is
 * killed. It exits with the exit code of the program, whose standard error it joins to standard output.
 */
const script = (signal: string) => `
exec 3<&0
"$0" "$@" </dev/null 3<&- 2>&1 &
program=$!
{ read -r _ <&3; kill -${signal} "$program"; } >/dev/null 2>&1 &
watcher=$!
wait "$program"
code=$?
kill "$watcher"
exit "$code"`;

/** @param signal on which the program ends in an orderly way */
export function watchedCommand(
  program: string,
  args: readonly string[],
  signal: 'TERM' | 'INT',
): { readonly command: string; readonly args: readonly string[] } {
  return { command: 'sh', args: ['-c', script(signal), program, ...args] };
}
