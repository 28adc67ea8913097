
(() => {
  "use strict";
  const enhance = (form) => {
    const table = document.getElementById(form.dataset.for);
    const body = table.tBodies[0];
    const status = form.querySelector("[role=status]");
    const search = form.querySelector("input");
    const order = form.querySelector(".sort");
    const chosen = [...form.querySelectorAll("select[data-k]")];
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.s);
    const rows = [...body.rows].map((row, place) => ({
      row, place,
      keys: row.dataset.k.split(" ").map((key, at) => (at === 5 && key === "0" ? Infinity : Number(key))),
      title: row.querySelector("th").textContent.toLowerCase(),
      text: row.textContent.toLowerCase(),
    }));

    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, keys, text } of rows) {
        const fits = chosen.every((s) => s.value === "" || keys[s.dataset.k] === Number(s.value))
          && words.every((word) => text.includes(word));
        row.hidden = !fits;
        shown += fits;
      }
      const all = rows.length === 1 ? "1 gap" : `${rows.length} gaps`;
      status.textContent = shown === rows.length ? `All of ${all} shown` : `${shown} of ${all} shown`;
    };

    const sort = (by, down) => {
      const weigh = {
        n: (a, b) => a.place - b.place,
        t: (a, b) => a.title.localeCompare(b.title),
      }[by] ?? ((a, b) => (a.keys[by] > b.keys[by]) - (a.keys[by] < b.keys[by]));
      const sorted = [...rows].sort((a, b) => (down ? -weigh(a, b) : weigh(a, b)) || a.place - b.place);
      body.append(...sorted.map(({ row }) => row));
      for (const head of heads) {
        if (head.dataset.s === by) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      order.value = by;
    };

    for (const head of heads) {
      const name = head.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      head.replaceChildren(button);
      button.addEventListener("click", () => sort(head.dataset.s, head.getAttribute("aria-sort") === "ascending"));
      order.add(new Option(name, head.dataset.s));
    }
    order.addEventListener("change", () => sort(order.value, false));
    for (const select of chosen) select.addEventListener("change", filter);
    search.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { sort("n", false); filter(); }));
    addEventListener("hashchange", () => {
      const row = document.getElementById(location.hash.slice(1));
      if (row && row.hidden && table.contains(row)) {
        form.reset();
        setTimeout(() => row.scrollIntoView());
      }
    });
    form.hidden = false;
    sort("n", false);
    filter();
  };
  document.querySelectorAll("form[data-for]").forEach(enhance);

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
})();
