import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/UnstyledButton.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusReturn } from './focus-return.ts';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  size?: number;
  /** What is shown is shown once: neither Escape nor a click beside closes it. */
  hold?: boolean;
  /** Its answer is awaited: nothing closes it, and what is done with the answer finds it open. */
  busy?: boolean;
}

/** A question or a short form over the screen. Escape closes, focus returns to what opened it. */
export function Dialog(props: DialogProps) {
  useFocusReturn();
  return (
    <Modal
      opened
      centered
      title={props.title}
      onClose={() => props.busy || props.onClose()}
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
