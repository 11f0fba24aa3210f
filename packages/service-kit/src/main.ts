/**
 * The entry of a program: runs the command that its first argument names with the others, `serve` without one, and ends the process.
 * What goes wrong is one line on stderr and exit 1.
 */
export async function runCommand(
  commands: Readonly<Record<string, (...args: string[]) => Promise<void>>>,
  args: readonly string[],
): Promise<void> {
  const [name = 'serve', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new Error(`There is no command ${name}: ${Object.keys(commands).join(', ')}`);
    await command(...rest);
    process.exit(0);
  } catch (error) {
    const { message, code, port } = error as Error & { code?: string; port?: number };
    console.error(code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another with PORT.` : message);
    process.exit(1);
  }
}
