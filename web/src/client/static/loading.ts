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
  const [start, whole] = stream.tee();
  const reader = start.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  const isZipped = value !== undefined && value[0] === 0x1f && (value.length < 2 || value[1] === 0x8b);
  return isZipped ? whole.pipeThrough(new DecompressionStream("gzip") as never) : whole;
}
