// A real SMTP receiver: takes what the program sends and keeps it.

import { createServer } from 'node:net';

export async function startMailbox() {
  const mails = [];
  const waiting = new Set();
  const server = createServer((socket) => {
    let mail = { from: '', to: [], data: '' };
    let inData = false;
    let rest = '';
    socket.write('220 mailbox ready\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      rest += bytes.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (inData) {
          if (line === '.') {
            inData = false;
            mails.push(mail);
            for (const look of waiting) look();
            mail = { from: '', to: [], data: '' };
            socket.write('250 kept\r\n');
          } else mail.data += `${line.startsWith('..') ? line.slice(1) : line}\r\n`;
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO' || verb === 'HELO') socket.write('250-mailbox\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n');
        else if (verb === 'MAIL') {
          mail.from = line;
          socket.write('250 ok\r\n');
        } else if (verb === 'RCPT') {
          mail.to.push(/<(.*)>/.exec(line)?.[1] ?? line);
          socket.write('250 ok\r\n');
        } else if (verb === 'DATA') {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (verb === 'QUIT') {
          socket.end('221 bye\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    mails,
    /** The first mail that `fits`, waiting up to a minute for it. */
    async until(fits) {
      const found = mails.find(fits);
      if (found) return found;
      return await new Promise((resolve, reject) => {
        const look = () => {
          const mail = mails.find(fits);
          if (!mail) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(mail);
        };
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no such mail came; there are ${mails.length}`));
        }, 60_000);
        waiting.add(look);
      });
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The text of a mail: headers decoded (RFC 2047) and the body decoded, as far as a test needs them. */
export function readable(mail) {
  const words = mail.data.replace(/=\?utf-8\?b\?([^?]*)\?=\s*/gi, (_, text) =>
    Buffer.from(text, 'base64').toString('utf8'),
  );
  const [head, ...parts] = words.split('\r\n\r\n');
  const body = parts.join('\r\n\r\n');
  const encoding = /content-transfer-encoding: *(\S+)/i.exec(mail.data)?.[1]?.toLowerCase();
  if (encoding === 'base64') return `${head}\n\n${Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8')}`;
  if (encoding === 'quoted-printable') {
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return `${head}\n\n${Buffer.from(bytes, 'latin1').toString('utf8')}`;
  }
  return `${head}\n\n${body}`;
}
