import { Component, type ReactNode } from 'react';
import { toast } from './toast.tsx';

interface Props {
  /** What did not open, for the sentence that says so. */
  what: string;
  failed: () => void;
  children: ReactNode;
}

/**
 * Keeps a failure of what floats over a screen away from the screen: most often its code is gone because the portal was updated
 * while the tab stood open. (Only a class can catch what fails below it.)
 */
export class Contained extends Component<Props, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override componentDidCatch(): void {
    const reload = { label: 'Reload', run: () => window.location.reload() };
    toast(`${this.props.what} did not open`, { tone: 'bad', detail: 'The portal does not answer, or was updated.', action: reload });
    this.props.failed();
  }
  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
