// npm run -s keys: the three identity settings of services that run apart, freshly made, as lines of an environment file.
import { identitySettings } from './identity.mjs';

for (const [name, json] of identitySettings()) console.log(`${name}=${json}`);
