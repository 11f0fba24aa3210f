import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './mantine.css';
import { createTheme, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTheme } from './theme.ts';

const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  respectReducedMotion: true,
  // The first item has the focus: in its place Mantine would put one that is no item, which no menu may hold.
  components: { Menu: { defaultProps: { withInitialFocusPlaceholder: false } } },
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
});

/** The nonce that the gateway put into the page for styles made at run time. */
export const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** Mantine behind our tokens, for what is hard to do well: menus, popovers, dialogs, pickers. */
export function Ui({ children, test = false }: { children: ReactNode; test?: boolean }) {
  return (
    <MantineProvider theme={theme} forceColorScheme={useTheme()} getStyleNonce={styleNonce} env={test ? 'test' : 'default'}>
      {children}
    </MantineProvider>
  );
}
