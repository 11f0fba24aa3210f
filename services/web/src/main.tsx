import './app/jitless.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/shell.css';
import './ui/coverage.css';
import './ui/states.css';
import './ui/form.css';
import './ui/lists.css';
import { start } from './app/start.tsx';

await start();
