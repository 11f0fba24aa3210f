import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/UnstyledButton.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusReturn } from './focus-return.ts';

/**
 * A question or a short form over the screen. Escape closes, focus returns to what opened it. With `hold` neither Escape nor a click
 * beside closes: it shows what is shown once, or is about to.
 */
export function Dialog(props: { title: ReactNode; onClose: () => void; children: ReactNode; size?: number; hold?: boolean }) {
  useFocusReturn();
  return (
    <Modal
      opened
      centered
      title={props.title}
      onClose={props.onClose}
      closeOnEscape={!props.hold}
      closeOnClickOutside={!props.hold}
      size={props.size ?? 480}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 100 }}
    >
      {props.children}
    </Modal>
  );
}
