import { request } from 'node:http';

/** The raw text of an event stream. */
export function listen(url: string, cookie: string): Promise<{ readonly text: string; leave(): void }> {
  return new Promise((resolve, reject) => {
    const req = request(`${url}/api/v1/events`, { headers: { cookie }, agent: false }, (res) => {
      const stream = { text: '', leave: () => void res.destroy() };
      res.setEncoding('utf8').on('data', (text: string) => {
        stream.text += text;
      });
      res.on('error', () => undefined);
      resolve(stream);
    });
    req.on('error', reject);
    req.end();
  });
}
