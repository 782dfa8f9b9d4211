// A day of uploads: whole, over a line that breaks again and again, paused and taken up by a new client, cancelled.

const assert = require("node:assert/strict");
const { createHash, randomBytes } = require("node:crypto");
const net = require("node:net");
const { crc32, deflateSync } = require("node:zlib");
const tus = require("tus-js-client");

const { NEXUS, EMAIL, PASSWORD } = process.env;
const api = `${NEXUS}/api/v1`;
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A grey picture as PNG. */
function picture(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80).map((byte, at) => (at % (width + 1) === 0 ? 0 : byte));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

async function main() {
  const session = await fetch(`${api}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  const headers = { authorization: `Bearer ${(await session.json()).token}` };

  /** Uploads bytes; answers the id of the file. `watch` is told of the upload and how far it has come. */
  const upload = (bytes, options = {}, watch = () => {}) =>
    new Promise((resolve, reject) => {
      const sending = new tus.Upload(bytes, {
        endpoint: `${options.through ?? api}/files`,
        headers,
        chunkSize: 1_000_000,
        retryDelays: Array(60).fill(20),
        metadata: { filename: "Übersicht 2026.bin", filetype: "application/x-figures" },
        onProgress: (sent) => watch(sending, sent, resolve),
        onError: reject,
        onSuccess: () => resolve(sending.url.split("/").pop()),
        ...options,
      });
      sending.start();
    });
  const content = async (id, more = {}) =>
    fetch(`${api}/core/files/${id}/content`, { headers: { ...headers, ...more } });
  const is = async (id, bytes) => {
    const answer = await content(id);
    assert.equal(answer.status, 200);
    assert.equal(hash(Buffer.from(await answer.arrayBuffer())), hash(bytes));
    return answer;
  };

  const bytes = randomBytes(12_345_678);
  const whole = await upload(bytes);
  const answer = await is(whole, bytes);
  assert.equal(answer.headers.get("content-type"), "application/x-figures");
  assert.equal(
    answer.headers.get("content-disposition"),
    "attachment; filename=\"_bersicht 2026.bin\"; filename*=UTF-8''%C3%9Cbersicht%202026.bin",
  );
  console.log("a file of 12,345,678 bytes is uploaded and read back");

  const part = await content(whole, { range: "bytes=5000000-5000099" });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), "bytes 5000000-5000099/12345678");
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(5_000_000, 5_000_100));
  const known = await content(whole, { "if-none-match": answer.headers.get("etag") });
  assert.equal(known.status, 304);
  console.log("a range of it is that range, and who knows its tag is told so");

  // Ends each connection after a number of bytes, somewhere in the middle of a request.
  const target = new URL(NEXUS);
  let cuts = 0;
  const proxy = net.createServer((client) => {
    const server = net.connect(target.port, target.hostname);
    let left = 400_000 + Math.floor(Math.random() * 900_000);
    client.on("data", (data) => {
      left -= data.length;
      if (left < 0) {
        cuts += 1;
        server.write(data.subarray(0, data.length + left), () => server.destroy());
        client.destroy();
      } else server.write(data);
    });
    server.on("data", (data) => client.write(data));
    for (const [one, other] of [[client, server], [server, client]]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise((ready) => proxy.listen(0, "127.0.0.1", ready));
  const through = `http://127.0.0.1:${proxy.address().port}/api/v1`;
  const cut = await upload(bytes, { through });
  proxy.close();
  await is(cut, bytes);
  assert.ok(cuts >= 5, `the line broke ${cuts} times`);
  console.log("over a line that breaks in the middle of requests it ends with the same hash");

  const paused = await upload(bytes, {}, (sending, sent, stop) => {
    if (sent > 4_000_000) sending.abort().then(() => stop(sending.url));
  });
  const there = await fetch(paused, { method: "HEAD", headers: { ...headers, "tus-resumable": "1.0.0" } });
  const offset = Number(there.headers.get("upload-offset"));
  assert.ok(offset >= 3_000_000 && offset < bytes.length, `${offset} bytes are there`);
  assert.equal(there.headers.get("upload-length"), "12345678");
  await is(await upload(bytes, { uploadUrl: paused }), bytes);
  console.log("what one client left another takes up");

  const dropped = await upload(bytes, {}, (sending, sent, stop) => {
    if (sent > 2_000_000) sending.abort(true).then(() => stop(sending.url));
  });
  const gone = await fetch(dropped, { method: "HEAD", headers: { ...headers, "tus-resumable": "1.0.0" } });
  assert.equal(gone.status, 404);
  console.log("what is cancelled is gone");

  const png = picture(300, 150);
  const drawn = await upload(png, { metadata: { filename: "wide.png" } });
  assert.equal((await is(drawn, png)).headers.get("content-type"), "image/png");
  const small = await fetch(`${api}/core/files/${drawn}/thumbnail?size=64`, { headers });
  assert.equal(small.headers.get("content-type"), "image/png");
  const thumbnail = Buffer.from(await small.arrayBuffer());
  assert.deepEqual([thumbnail.readUInt32BE(16), thumbnail.readUInt32BE(20)], [64, 32]);
  console.log("a picture has a small one of its shape");

  const letter = Buffer.from("Dear Sir, the lighthouse needs paint.");
  const metadata = { filename: "letter.txt", filetype: "text/plain" };
  const text = await upload(letter, { metadata, uploadDataDuringCreation: true });
  await is(text, letter);
  // Its words are taken from it soon after; there is nothing else to wait for than the search itself.
  const found = async () => (await (await fetch(`${api}/search?q=lighthouse`, { headers })).json()).data;
  let hits = await found();
  for (let tries = 0; hits.length === 0 && tries < 200; tries += 1) {
    await new Promise((later) => setTimeout(later, 50));
    hits = await found();
  }
  assert.equal(hits.length, 1, JSON.stringify(hits));
  assert.ok(JSON.stringify(hits).includes(text));
  console.log("the words in it are found");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
