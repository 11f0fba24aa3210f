/** Tells the parent a line and goes on when it is out of this process: a parent that is slow to read is waited for. */
export const say = (line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });
