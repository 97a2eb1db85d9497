/** Fetching a compressed file in pieces, and saying how much of it is there. */

export async function fetchPieces(
  address: string,
  total: number,
  progress: (done: number, total: number) => void,
): Promise<Uint8Array[]> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
  const reader = (await unzipped(response.body)).getReader();
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (;;) {
    const { value, done: isDone } = await reader.read();
    if (isDone) return pieces;
    pieces.push(value);
    done += value.byteLength;
    progress(done, total);
  }
}

/** Some hosts send `.gz` files as they are, some as the coding of what is in them: the browser has unpacked those. */
async function unzipped(stream: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const reader = stream.getReader();
  const { value: start } = await reader.read();
  const whole = new ReadableStream<Uint8Array>({
    start: (all) => start && all.enqueue(start),
    pull: async (all) => {
      const { value, done } = await reader.read();
      if (done) all.close();
      else all.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const isZipped = start !== undefined && start[0] === 0x1f && (start.length < 2 || start[1] === 0x8b);
  return isZipped ? whole.pipeThrough(new DecompressionStream("gzip") as never) : whole;
}
