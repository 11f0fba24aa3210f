import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/UnstyledButton.css';
import './sheet.css';
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusReturn } from './focus-return.ts';
import { useNarrow } from './narrow.ts';

/** A form beside the screen, from below on a phone. Escape closes, focus returns to what opened it. */
export function Sheet(props: { title: ReactNode; onClose: () => void; children: ReactNode; size?: number }) {
  const low = useNarrow();
  useFocusReturn();
  return (
    <Drawer
      opened
      position={low ? 'bottom' : 'right'}
      size={low ? '88dvh' : (props.size ?? 480)}
      title={props.title}
      onClose={props.onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ inner: 'sht-i', content: 'sht', header: 'sht-h', body: 'sht-b', title: 'sht-t' }}
      transitionProps={{ duration: 100 }}
      overlayProps={{ backgroundOpacity: 0.18 }}
      zIndex={60}
    >
      {props.children}
    </Drawer>
  );
}
