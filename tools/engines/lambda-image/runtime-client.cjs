// In place of the compiled part of AWS's runtime client: its three calls of the Lambda runtime API, by Node's own HTTP.
const { request } = require('node:http');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');

/** Sends one request, and gives the answer as the runtime client reads it. */
function call(method, path, headers = {}, body = '') {
  return new Promise((resolve, reject) => {
    const options = { host, port, method, path: `/2018-06-01/runtime/invocation/${path}`, headers };
    const outgoing = request(options, async (answer) => {
      const chunks = await answer.toArray().catch(reject);
      if (chunks) resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: answer.headers });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

// The next invocation may only be asked for when the last one's result has been taken.
let reported = Promise.resolve();
const report = (path, headers, body) => {
  const sized = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers };
  reported = call('POST', path, sized, body);
};

module.exports = {
  next: async () => {
    await reported;
    return call('GET', 'next');
  },
  done: (id, body) => report(`${id}/response`, {}, body),
  error: (id, body) => {
    const type = JSON.parse(body).errorType || 'Error';
    report(`${id}/error`, { 'Lambda-Runtime-Function-Error-Type': type }, body);
  },
};
