// node server.mjs FOLDER: an S3 server with the bucket "linli" in a folder, on a port of its own, until its input ends.
// Prints {"port": …}. The key is S3RVER; other keys are refused.
import S3rver from "s3rver";
import objects from "s3rver/lib/controllers/object.js";

// S3 takes the source of a copy with every sign encoded, as Amazon's own clients send it; s3rver decodes only some.
const copy = objects.putObjectCopy;
objects.putObjectCopy = (ctx) => {
  ctx.req.headers["x-amz-copy-source"] = decodeURIComponent(ctx.req.headers["x-amz-copy-source"]);
  return copy(ctx);
};

const server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory: process.argv[2], vhostBuckets: false, configureBuckets: [{ name: "linli" }] });
const { port } = await server.run();
console.log(JSON.stringify({ port }));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
