// What part of the picture is seen. The picture itself never changes, so every zoom is as sharp as the first.

class View {
  #box;

  constructor(picture) {
    this.picture = picture;
    const { x, y, width, height } = picture.getBBox();
    this.all = { x: x - 12, y: y - 12, width: width + 24, height: height + 24 };
    this.original = picture.getAttribute("viewBox");
    picture.style.aspectRatio = `${this.all.width} / ${this.all.height}`;
    this.whole();
  }

  whole() {
    this.#show(this.all);
  }

  // By a factor, about a point of the screen or the middle; between a few letters and twice the picture.
  zoom(factor, point = null) {
    const { x, y, width, height } = this.#box;
    const wide = Math.min(Math.max(width * factor, 120), 2 * this.all.width);
    const real = wide / width;
    const fixed = point ? this.#at(point) : { x: x + width / 2, y: y + height / 2 };
    this.#show({
      x: fixed.x - (fixed.x - x) * real,
      y: fixed.y - (fixed.y - y) * real,
      width: wide,
      height: height * real,
    });
  }

  // By shares of what is seen.
  move(across, down) {
    const { x, y, width, height } = this.#box;
    this.#show({ x: x + across * width, y: y + down * height, width, height });
  }

  // By a distance on the screen.
  drag(across, down) {
    const scale = this.picture.getScreenCTM().a;
    const { x, y, width, height } = this.#box;
    this.#show({ x: x - across / scale, y: y - down / scale, width, height });
  }

  // Until an element is within what is seen.
  reveal(element) {
    const frame = this.picture.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (inside) return;
    this.drag(
      (frame.left + frame.right) / 2 - (box.left + box.right) / 2,
      (frame.top + frame.bottom) / 2 - (box.top + box.bottom) / 2,
    );
  }

  // So that certain elements fill what is seen.
  frame(elements) {
    const boxes = elements.map((element) => element.getBoundingClientRect());
    const first = this.#at({ x: Math.min(...boxes.map((box) => box.left)), y: Math.min(...boxes.map((box) => box.top)) });
    const last = this.#at({ x: Math.max(...boxes.map((box) => box.right)), y: Math.max(...boxes.map((box) => box.bottom)) });
    const width = Math.max(last.x - first.x + 24, 480);
    const height = last.y - first.y + 24;
    this.#show({ x: (first.x + last.x - width) / 2, y: (first.y + last.y - height) / 2, width, height });
  }

  // On paper the whole page of the picture stands, with title, legend and sources.
  print(isPrinting) {
    if (isPrinting) this.picture.setAttribute("viewBox", this.original);
    else this.#show(this.#box);
  }

  #at(point) {
    return new DOMPoint(point.x, point.y).matrixTransform(this.picture.getScreenCTM().inverse());
  }

  #show(box) {
    // Never so far away that nothing of the picture is seen.
    const x = Math.min(Math.max(box.x, this.all.x - box.width / 2), this.all.x + this.all.width - box.width / 2);
    const y = Math.min(Math.max(box.y, this.all.y - box.height / 2), this.all.y + this.all.height - box.height / 2);
    this.#box = { ...box, x, y };
    this.picture.setAttribute("viewBox", `${x} ${y} ${box.width} ${box.height}`);
    // A finger moves the page while the whole is seen, the picture when there is more of it.
    this.picture.classList.toggle("near", box.width < 0.98 * this.all.width);
  }
}

let view = null; // Of the picture, as soon as there is one that can be moved.
