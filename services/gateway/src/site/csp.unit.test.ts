import { expect, test } from '@jest/globals';
import { appCsp } from './csp.ts';

const imagesIn = (csp: string) => csp.split('; ').find((line) => line.startsWith('img-src'));

test('pictures come from the portal, and from the hosts of the setting by https alone', () => {
  expect(imagesIn(appCsp('n'))).toBe("img-src 'self' data:");
  expect(imagesIn(appCsp('n', ['img.example.org', '*.example.net']))).toBe(
    "img-src 'self' data: https://img.example.org https://*.example.net",
  );
});
