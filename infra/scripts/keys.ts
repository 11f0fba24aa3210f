// npm run keys: the three identity settings of services that run apart, freshly made, as lines of an environment file.
import { identitySettings } from './identity.ts';

for (const [name, json] of await identitySettings()) console.log(`${name}=${json}`);
