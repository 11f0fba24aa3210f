import { hash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url: what a cookie, a link or an API token holds. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** SHA-256 in hexadecimal. The store keeps secrets in this form alone: whoever reads it cannot use them. */
export const digest = (secret: string): string => hash('sha256', secret, 'hex');
