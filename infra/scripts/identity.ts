import { newSigningKey, publicHalf } from '@sidekick/service-kit';
import { ulid } from 'ulid';

/** The three identity settings of services that run apart, freshly made: name and JSON of each. */
export async function identitySettings(): Promise<[name: string, json: string][]> {
  const gateway = await newSigningKey(`gateway-${ulid()}`);
  const search = await newSigningKey(`search-${ulid()}`);
  return [
    ['GATEWAY_IDENTITY_PRIVATE_KEY', JSON.stringify(gateway)],
    ['SEARCH_IDENTITY_PRIVATE_KEY', JSON.stringify(search)],
    ['IDENTITY_PUBLIC_KEYS', JSON.stringify([publicHalf(gateway), publicHalf(search, ['ops'])])],
  ];
}
