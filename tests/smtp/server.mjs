// A real mail server for tests. Takes every letter and prints it, decoded, as one line of JSON; prints its port first.
// Addresses decide what happens: full@… is refused for now, nobody@… for good.
import { createServer } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: process.argv.includes('--tls') ? [] : ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: (auth, session, done) => (auth.password === 'right-password' ? done(null, { user: auth.username }) : done(new Error('wrong password'))),
  onRcptTo: (address, session, done) => {
    if (address.address.startsWith('nobody@')) {
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    } else if (address.address.startsWith('full@')) {
      done(Object.assign(new Error('try later'), { responseCode: 452 }));
    } else {
      done();
    }
  },
  onData: async (stream, session, done) => {
    const chunks = [];
    for await (const chunk of stream) {
      chunks.push(chunk);
    }
    const raw = Buffer.concat(chunks);
    const letter = await PostalMime.parse(raw);
    const header = (name) => letter.headers.find((h) => h.key === name)?.value ?? null;
    say({
      from: letter.from?.address,
      to: session.envelope.rcptTo.map((r) => r.address),
      subject: letter.subject,
      text: letter.text,
      messageId: letter.messageId,
      autoSubmitted: header('auto-submitted'),
      contentType: header('content-type'),
      user: session.user ?? null,
      secure: session.secure,
      raw: raw.toString('latin1'),
    });
    done();
  },
});
server.on('error', (error) => process.stderr.write(`${error.message}\n`));

// SMTPServer does not tell which port the system gave it, so a socket asks first.
const wanted = Number(process.argv.find((a) => a.startsWith('--port='))?.slice('--port='.length) ?? 0);
const probe = createServer().listen(wanted, '127.0.0.1', () => {
  const { port } = probe.address();
  probe.close(() => server.listen(port, '127.0.0.1', () => say({ port })));
});
process.stdin.resume().on('end', () => process.exit(0)); // ends with the test run
