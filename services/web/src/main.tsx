import './app/jitless.ts';
import './ui/tokens.css';
import './ui/controls.css';
import './ui/base.css';
import './ui/shell.css';
import './ui/coverage.css';
import './ui/states.css';
import './ui/form.css';
import './ui/lists.css';
// Here and not with their screen: the gateway sends handbook pages as HTML, which must look right before any script runs.
import './features/handbook/side.css';
import './features/handbook/handbook.css';
import './features/handbook/prose.css';
import './features/handbook/code.css';
import './features/handbook/served.css';
import { start } from './shell/start.tsx';

await start();
