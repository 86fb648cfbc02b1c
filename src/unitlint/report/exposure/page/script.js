"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const table = document.getElementById("services");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const words = document.getElementById("words");
  const rating = document.getElementById("rating");
  const least = document.getElementById("least");
  const shown = document.getElementById("shown");

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const serviceOf = row => data.services[Number(row.dataset.service)];

  // A service's assessments are laid out when somebody opens them: there may be thousands of services.
  const detailsOf = service => {
    const row = element("tr", undefined, "details");
    const cell = row.appendChild(element("td"));
    cell.colSpan = 4;
    const inner = cell.appendChild(element("table"));
    const head = inner.createTHead().insertRow();
    for (const name of ["", "Costs", "Setting", "What it means", "Where"]) head.appendChild(element("th", name)).scope = "col";
    const list = inner.createTBody();
    for (const [kind, badness, tenths, sentence, document_, line] of service.assessments) {
      const one = list.insertRow();
      const state = badness === null ? "na" : badness ? "bad" : "good";
      const mark = one.appendChild(element("td", { na: "–", bad: "✗", good: "✓" }[state], state));
      mark.setAttribute("aria-label", { na: "does not apply", bad: "open", good: "closed" }[state]);
      one.appendChild(element("td", badness ? (tenths / 10).toFixed(1) : "", "number"));
      const setting = one.appendChild(element("td")).appendChild(element("code"));
      for (const part of data.kinds[kind].match(/[^|]*\||[^|]+$/g)) setting.appendChild(element("span", part));
      one.appendChild(element("td", data.sentences[sentence]));
      const place = one.appendChild(element("td", "", "place"));
      if (line) for (const part of `${service.documents[document_]}:${line}`.match(/[^/]*\/|[^/]+$/g)) place.appendChild(element("span", part));
    }
    return row;
  };

  const toggle = row => {
    const button = row.querySelector(".open");
    const open = button.getAttribute("aria-expanded") === "true";
    if (open) row.nextElementSibling.remove();
    else row.after(detailsOf(serviceOf(row)));
    button.setAttribute("aria-expanded", String(!open));
  };

  const closeAll = () => {
    for (const row of rows) if (row.querySelector(".open").getAttribute("aria-expanded") === "true") toggle(row);
  };

  for (const row of rows) {
    const cell = row.cells[0];
    const button = element("button", cell.textContent, "open");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(row));
    cell.replaceChildren(button);
  }

  const sort = (header, direction) => {
    const key = header.dataset.key;
    const sign = direction === "ascending" ? 1 : -1;
    const number = key === "exposure" || key === "rating";
    const value = row => (number ? serviceOf(row).exposure : serviceOf(row)[key]);
    closeAll();
    rows.sort((one, two) => sign * (number ? value(one) - value(two) : value(one).localeCompare(value(two))));
    body.append(...rows);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", direction);
  };

  for (const header of table.tHead.rows[0].cells) {
    const button = element("button", header.textContent);
    button.type = "button";
    button.addEventListener("click", () => {
      const first = header.classList.contains("number") || header.dataset.key === "rating" ? "descending" : "ascending";
      const now = header.getAttribute("aria-sort");
      sort(header, now === null ? first : now === "ascending" ? "descending" : "ascending");
    });
    header.replaceChildren(button);
  }

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const service = serviceOf(row);
      const text = `${service.unit} ${service.path}`.toLowerCase();
      const fits = wanted.every(word => text.includes(word))
        && (!rating.value || service.rating === rating.value)
        && (!least.value || service.exposure >= Number(least.value));
      row.hidden = !fits;
      if (row.nextElementSibling?.classList.contains("details")) row.nextElementSibling.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };

  for (const input of [words, rating, least]) input.addEventListener("input", filter);
  document.getElementById("filters").addEventListener("submit", event => event.preventDefault());
  document.getElementById("filters").hidden = false;
  filter();

  // On paper nothing can be opened, so that a few services are laid out in full.
  addEventListener("beforeprint", () => {
    if (rows.length > 20) return;
    for (const row of rows) if (row.querySelector(".open").getAttribute("aria-expanded") === "false") toggle(row);
  });
})();
