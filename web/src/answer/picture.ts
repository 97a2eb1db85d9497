/** A drawing on the page as a file: SVG as it is, PNG at twice its size. */

const SVG = "http://www.w3.org/2000/svg";

export function asSvg(drawing: SVGSVGElement): Blob {
  const copied = drawing.cloneNode(true) as SVGSVGElement;
  copied.setAttribute("xmlns", SVG);
  const title = document.createElementNS(SVG, "title");
  title.textContent = copied.getAttribute("aria-label");
  copied.prepend(title);
  return new Blob([new XMLSerializer().serializeToString(copied)], { type: "image/svg+xml" });
}

/** Rejects where the browser cannot draw it. */
export async function asPng(drawing: SVGSVGElement, scale = 2): Promise<Blob> {
  const image = new Image();
  // As data: pages may show pictures of their own site and these, no others.
  image.src = `data:image/svg+xml,${encodeURIComponent(await asSvg(drawing).text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(drawing.getAttribute("width")) * scale;
  canvas.height = Number(drawing.getAttribute("height")) * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("PNG"))), "image/png");
  });
}
