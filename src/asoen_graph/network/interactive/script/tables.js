// The tables: sorted by any column, and each row leads to its place in the picture.

function nameOfColumn(head) {
  return head.dataset.name_shown ?? head.textContent;
}

function valueOf(cell) {
  const text = cell.dataset.value ?? (cell.querySelector("bdi") ?? cell).textContent;
  const number = Number(text);
  return text.trim() === "" ? null : Number.isNaN(number) ? text : number;
}

// Numbers by size, texts as people of the language sort them, what is not known last either way.
function compare(one, other, sign) {
  if (one === null || other === null) return (one === null) - (other === null);
  if (typeof one === "number" && typeof other === "number") return sign * (one - other);
  return sign * String(one).localeCompare(String(other), language);
}

function sort(table, head) {
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0];
  const column = head.cellIndex;
  const rows = Array.from(body.rows, (row) => ({ row, value: valueOf(row.cells[column]) }));
  rows.sort((one, other) => compare(one.value, other.value, ascending ? 1 : -1));
  body.append(...rows.map(({ row }) => row));
}

function arrangeTables() {
  for (const table of document.querySelectorAll("#nodes, #links")) {
    for (const head of table.tHead.rows[0].cells) {
      head.dataset.name_shown = head.textContent;
      const button = make("button", { type: "button", onclick: () => sort(table, head) }, head.textContent);
      head.replaceChildren(button);
    }
    table.tBodies[0].addEventListener("pointerover", (event) => look(thingOf.get(event.target.closest("tr")?.id) ?? null));
    table.tBodies[0].addEventListener("pointerleave", () => look(null));
  }
  for (const thing of things) {
    const label = say("in picture of", { label: nameOf(thing) });
    const button = make("button", { type: "button", class: "row-button", "aria-label": label }, say("in picture"));
    button.addEventListener("click", () => {
      choose(thing, { lead: true });
      zoomTo(thing);
      document.getElementById("stage").scrollIntoView({ block: "nearest" });
    });
    thing.row.cells[0].append(" ", button);
  }
}
