// npm run keys: the three identity settings of services that run apart, freshly made, as lines of an environment file.
import { newSigningKey, publicHalf } from '@sidekick/service-kit';
import { ulid } from 'ulid';

const gateway = await newSigningKey(`gateway-${ulid()}`);
const search = await newSigningKey(`search-${ulid()}`);
const line = (name: string, value: unknown): void => console.log(`${name}=${JSON.stringify(value)}`);
line('GATEWAY_IDENTITY_PRIVATE_KEY', gateway);
line('SEARCH_IDENTITY_PRIVATE_KEY', search);
line('IDENTITY_PUBLIC_KEYS', [publicHalf(gateway), publicHalf(search, ['ops'])]);
