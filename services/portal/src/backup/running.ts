/** Milliseconds; a service that runs answers in a few. */
const patience = 3_000;

/** Throws when any of the services at these addresses answers: what it holds in memory would be written over what is restored. */
export async function refuseRunning(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const runs = await fetch(`${address.trim().replace(/\/$/, '')}/livez`, { signal: AbortSignal.timeout(patience) }).then(
      () => true,
      () => false,
    );
    if (runs) throw new Error(`A service runs at ${address}. Stop every service first: nothing was changed.`);
  }
}
