// What the script says, in the language of the page, and how it makes elements: never from markup, always from texts.

const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById("words").textContent);
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });

function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// Letters without their marks, so that "viet nam" finds "Việt Nam".
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}
