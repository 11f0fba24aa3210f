import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Modal } from '@mantine/core';
import type { FocusEvent } from 'react';
import { useLeave, useSession } from '../app/session.tsx';
import { SignInForm } from '../features/sign-in/sign-in.tsx';
import { Button } from '../ui/button.tsx';

/** Over what is on screen when the session has ended: it is covered, waits, and goes on when its reader has signed in again. */
export function SignInAgain() {
  const { me, ended } = useSession();
  const leave = useLeave();
  if (!me || !ended) return null;
  return (
    <Modal
      opened
      centered
      title="Your session has ended"
      onClose={leave}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={1000}
      overlayProps={{ blur: 14, backgroundOpacity: 0.7 }}
      transitionProps={{ duration: 0 }}
      onFocusCapture={keepEscape}
    >
      <p className="mid">
        Sign in again as {me.name} and this screen goes on where it is: nothing that you typed is lost. As somebody else you begin anew, and
        it is kept in this browser for {me.name}.
      </p>
      <SignInForm />
      <div className="acts">
        <Button look="quiet" onClick={leave}>
          Leave this screen
        </Button>
      </div>
    </Modal>
  );
}

/** Escape in here must not close a form that waits below. (Mantine's dialogs look at the element alone.) */
function keepEscape({ target }: FocusEvent): void {
  target.setAttribute('data-mantine-stop-propagation', 'true');
}
